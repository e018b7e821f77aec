"""Why a wait is what it is, how honest waits have been, and how many people: as text, on a small and a usual screen."""

import pytest

from cxdesk.i18n import t
from tests.golden.screens import Taken
from tests.golden.test_golden import _all_the_same


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_wait_explained_looked_back_at_and_reckoned_ahead(taken: Taken, size: tuple[int, int]) -> None:
    prefix = f"{taken.lang}-{size[0]}x{size[1]}"
    pictures: list[tuple[str, str]] = []
    async with taken.shot(size) as hands:
        await hands.press("j", "j", "l")
        pictures.append((f"{prefix}-why", hands.text))
        await hands.press("escape", "g", "h")
        pictures.append((f"{prefix}-honesty", hands.text))
        await hands.press("escape", "g", "w")
        for page, words in (("now", t("staffing.now")), ("line", t("staffing.line")), ("day", t("staffing.people"))):
            await hands.press("t" if page == "day" else "2" if page == "line" else "1")
            if page == "day":
                await hands.press("3")
            for _ in range(400):
                if words in hands.dialog:
                    break
                await hands.settle()
            pictures.append((f"{prefix}-staffing-{page}", hands.text))
    _all_the_same(pictures)
