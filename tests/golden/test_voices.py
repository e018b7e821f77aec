"""What customers say, from the words that are kept to those who are told, and the question how it was: as text."""

import pytest

from tests.golden.screens import Taken
from tests.golden.test_golden import _all_the_same


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_voice_the_board_a_theme_and_the_question_how_it_was(taken: Taken, size: tuple[int, int]) -> None:
    prefix = f"{taken.lang}-{size[0]}x{size[1]}"
    pictures: list[tuple[str, str]] = []
    async with taken.shot(size) as hands:

        async def take(name: str, *keys: str) -> None:
            await hands.press(*keys)
            pictures.append((f"{prefix}-{name}", hands.text))

        await take("voice", "v")
        await take("voices", "escape", "g", "v")
        await take("matrix", "m")
        await take("theme", "m", "right", "right", "right", "enter")
        await hands.press("escape", "escape")
        await take("feedback", "n", "e", "6", "q")
    _all_the_same(pictures)
