"""The line under a reply: why, and what the key does about it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk import i18n
from cxdesk.domain.words import Language
from cxdesk.i18n import t
from cxdesk.widgets.advice import Advice, advice_lines
from cxdesk.widgets.lines import Line, width_of

VAGUE = Advice("vague-time", "최대한 빨리", "{? 시각 ?}까지", "write", 2, 3)


@pytest.fixture(autouse=True)
def korean() -> None:
    i18n.use(Language.KO)


def text(line: Line) -> str:
    return "".join(words for words, _ in line)


def test_with_room_everything_is_on_one_row() -> None:
    (line,) = advice_lines(VAGUE, "Tab", 90, 1)
    assert text(line) == "! “최대한 빨리” 시간을 말해 주세요  Tab → {? 시각 ?}까지 2/3"


def test_where_it_is_narrow_why_is_above_and_the_key_below() -> None:
    above, below = advice_lines(VAGUE, "Tab", 44, 2)
    assert text(above).startswith("! “최대한 빨리”")
    assert text(above).endswith("2/3")
    assert text(below) == "  Tab → {? 시각 ?}까지"


def test_where_the_words_do_not_fit_why_is_told_without_them() -> None:
    above, _ = advice_lines(VAGUE._replace(said="아주 긴 말 " * 9), "Tab", 30, 2)
    assert text(above) == f"! {t('advice.vague-time')} 2/3"


def test_one_finding_is_not_counted_and_a_grave_one_is_marked() -> None:
    (line,) = advice_lines(Advice("unfilled", "{? 날짜 ?}", "", "show", grave=True), "Tab", 90, 1)
    assert line[0] == ("! ", "bad")
    assert "1/1" not in text(line)
    assert t("advice.show") in text(line)


def test_a_promise_is_read_back() -> None:
    (line,) = advice_lines(Advice("promise-untracked", "", "내일 오후 3시 전화", "promise"), "Tab", 90, 1)
    assert t("advice.promise", better="내일 오후 3시 전화") in text(line)


@pytest.mark.parametrize("rows", [1, 2])
def test_nothing_found_takes_as_many_rows_as_something(rows: int) -> None:
    assert len(advice_lines(None, "Tab", 40, rows)) == len(advice_lines(VAGUE, "Tab", 40, rows)) == rows


@given(st.text(max_size=60), st.text(max_size=60), st.integers(10, 120), st.sampled_from([1, 2]))
def test_no_words_make_it_wider_than_its_room(said: str, better: str, width: int, rows: int) -> None:
    advice = Advice("no-alternative", said, better, "write", 12, 34)
    assert all(width_of(line) <= width for line in advice_lines(advice, "Tab", width, rows))
