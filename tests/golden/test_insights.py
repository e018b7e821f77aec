"""The figures of a month, the customers' way and one person's, as text."""

import pytest

from tests.golden.screens import SIZES, Taken
from tests.golden.test_golden import NEWCOMER, _all_the_same

PAGES = {"summary": "1", "flow": "2", "week": "3", "parts": "4", "hearts": "5", "journey": "6", "touch": "7"}


@pytest.mark.parametrize("size", SIZES[:2], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_month_page_by_page(taken: Taken, size: tuple[int, int]) -> None:
    prefix = f"{taken.lang}-{size[0]}x{size[1]}"
    async with taken.shot(size) as hands:
        await hands.press("g", "d", "m")
        pictures = []
        for name, key in PAGES.items():
            await hands.press(key)
            pictures.append((f"{prefix}-insights-{name}", hands.text))
        await hands.press("4", "t")
        pictures.append((f"{prefix}-insights-parts-table", hands.text))
        await hands.press("escape", "/")
        await hands.type(NEWCOMER[taken.lang])
        await hands.press("enter", "w")
        pictures.append((f"{prefix}-person-journey", hands.text))
    _all_the_same(pictures)


async def test_a_wide_screen_shows_what_a_figure_was_and_by_which_formula(taken: Taken) -> None:
    async with taken.shot(SIZES[2]) as hands:
        await hands.press("g", "d", "m")
        _all_the_same([(f"{taken.lang}-200x50-insights-summary", hands.text)])
