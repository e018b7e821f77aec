"""Screens as text, kept beside this file and read in review.

``CXDESK_WRITE_GOLDENS=1 pytest tests/golden`` writes them anew; look at the difference before it is committed.
"""

import difflib
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.golden.screens import SIZES, Taken

HERE = Path(__file__).parent
WRITE = bool(os.environ.get("CXDESK_WRITE_GOLDENS"))
PROMISE = {"ko": "내일 오후 3시 전화", "en": "tomorrow 3pm call"}
REPLY = {
    "ko": "확인해 보니 교환은 안 됩니다. 최대한 빨리 연락드리겠습니다.",
    "en": "I checked, and we can't exchange it. I'll call you as soon as possible.",
}
PRACTISED = {
    "ko": ("많이 놀라셨겠어요. 언제 쓰실 그릇인가요?", "① 새 그릇으로 ② 환불, 골라 주세요."),
    "en": ("How upsetting. When do you need them?", "A new set, or your money back. Which would you like?"),
}
NEWCOMER = {"ko": "김", "en": "a"}


def _same(name: str, screen: str) -> None:
    path = HERE / f"{name}.txt"
    screen += "\n"
    if WRITE:
        path.write_text(screen, encoding="utf-8")
        return
    assert path.exists(), f"{path.name} is missing; CXDESK_WRITE_GOLDENS=1 writes it"
    kept = path.read_text(encoding="utf-8")
    if kept != screen:
        difference = difflib.unified_diff(kept.splitlines(), screen.splitlines(), "kept", "now", lineterm="", n=1)
        pytest.fail(f"{path.name} reads differently:\n" + "\n".join(difference), pytrace=False)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_contact_from_the_queue_to_its_end(taken: Taken, size: tuple[int, int]) -> None:
    """One walk through the desk with a picture at every stop."""
    prefix = f"{taken.lang}-{size[0]}x{size[1]}"
    pictures: list[tuple[str, str]] = []
    async with taken.shot(size) as hands:

        async def take(name: str, *keys: str, text: str = "") -> None:
            await hands.press(*keys)
            await hands.type(text)
            pictures.append((f"{prefix}-{name}", hands.text))

        await take("queue")
        await take("ticket", "n")
        if size[0] < 116:
            await take("drawer-memory", "i")
            await take("drawer-lines", "escape", "s")
            await hands.press("escape")
        await take("promise", "f", text=PROMISE[taken.lang])
        await take("help", "escape", "?")
        await take("new-contact", "escape", "c", text=NEWCOMER[taken.lang])
        await hands.press("escape")
        if size[0] == 120:
            await take("palette", "ctrl+p")
            await hands.press("escape")
        await take("feeling", "e")
    _all_the_same(pictures)


@pytest.mark.parametrize("size", SIZES[:2], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_reply_that_is_looked_over_and_a_practice(taken: Taken, size: tuple[int, int]) -> None:
    prefix = f"{taken.lang}-{size[0]}x{size[1]}"
    pictures: list[tuple[str, str]] = []
    async with taken.shot(size) as hands:
        await hands.press("n", "r")
        await hands.type(REPLY[taken.lang])
        pictures.append((f"{prefix}-reply", hands.text))
        await hands.press("escape", "g", "p")
        pictures.append((f"{prefix}-practise-with", hands.text))
        await hands.press("enter")
        for said in PRACTISED[taken.lang]:
            await hands.type(said)
            await hands.press("ctrl+s")
        pictures.append((f"{prefix}-practice", hands.text))
    _all_the_same(pictures)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_desk_with_nobody(taken: Taken, size: tuple[int, int]) -> None:
    async with taken.shot(size, empty=True) as hands:
        _same(f"{taken.lang}-{size[0]}x{size[1]}-empty", hands.text)


def _all_the_same(pictures: Sequence[tuple[str, str]]) -> None:
    failures = []
    for name, screen in pictures:
        try:
            _same(name, screen)
        except (AssertionError, pytest.fail.Exception) as failure:
            failures.append(str(failure))
    assert not failures, "\n\n".join(failures)


@pytest.mark.parametrize("size", SIZES[:2], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_list_of_customers_and_a_persons_page(taken: Taken, size: tuple[int, int]) -> None:
    prefix = f"{taken.lang}-{size[0]}x{size[1]}"
    async with taken.shot(size) as hands:
        await hands.press("g", "c")
        pictures = [(f"{prefix}-customers", hands.text)]
        await hands.press("tab", "tab")
        await hands.type(NEWCOMER[taken.lang])
        pictures.append((f"{prefix}-customers-found", hands.text))
        await hands.press("enter")
        pictures.append((f"{prefix}-person", hands.text))
        await hands.press("f4")
        pictures.append((f"{prefix}-person-shared", hands.text))
        await hands.press("f4")
    _all_the_same(pictures)


@pytest.mark.parametrize("size", SIZES[:2], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_same_person_twice_and_what_is_kept_of_somebody(taken: Taken, size: tuple[int, int]) -> None:
    prefix = f"{taken.lang}-{size[0]}x{size[1]}"
    async with taken.shot(size) as hands:
        await hands.press("g", "m")
        _same(f"{prefix}-duplicates", hands.text)
        await hands.press("enter")
        _same(f"{prefix}-side-by-side", hands.text)
        await hands.press("escape", "escape", "n", "-")
        _same(f"{prefix}-prefer", hands.text)
        await hands.press("l")
        _same(f"{prefix}-kept", hands.text)


REASON = {"ko": "재고 확인이 늦어짐", "en": "the stock check took longer"}


@pytest.mark.parametrize("size", SIZES[:2], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_promises_and_the_morning_list(taken: Taken, size: tuple[int, int]) -> None:
    prefix = f"{taken.lang}-{size[0]}x{size[1]}"
    async with taken.shot(size) as hands:
        await hands.press("g", "t")
        pictures = [(f"{prefix}-morning", hands.text)]
        await hands.press("escape", "g", "f")
        pictures.append((f"{prefix}-promises", hands.text))
        await hands.press("j", "f")
        await hands.type(PROMISE[taken.lang])
        await hands.press("enter")
        await hands.type(REASON[taken.lang])
        pictures.append((f"{prefix}-promise-moved", hands.text))
        await hands.press("escape")
    _all_the_same(pictures)


SOUGHT = {"ko": "ㅎㅂ", "en": "refund"}


@pytest.mark.parametrize("size", SIZES[:2], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_library_of_lines_and_finding_one_while_writing(taken: Taken, size: tuple[int, int]) -> None:
    prefix = f"{taken.lang}-{size[0]}x{size[1]}"
    async with taken.shot(size) as hands:
        await hands.press("n", "ctrl+t")
        await hands.type(SOUGHT[taken.lang])
        pictures = [(f"{prefix}-find-line", hands.text)]
        await hands.press("escape", "g", "l", "3", "h", "1")
        pictures.append((f"{prefix}-lines", hands.text))
        await hands.press("enter")
        pictures.append((f"{prefix}-line", hands.text))
        await hands.press("escape")
    _all_the_same(pictures)
