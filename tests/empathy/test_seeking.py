import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.words import Stage
from cxdesk.empathy.library import Line
from cxdesk.empathy.seeking import Seeker
from tests.empathy.shipped import shipped

LIBRARY, _ = shipped()
SEEKER = Seeker(LIBRARY)


def line(key: str, text: str) -> Line:
    return Line(key, Stage.GREET, text)


FEW = Seeker(
    [
        line("a", "일주일이나 기다리셨으니 얼마나 답답하셨어요, {{ customer.name }} 고객님."),
        line("b", "환불은 {? 날짜 ?}까지 입금됩니다."),
        line("c", "I'm sorry about the delay with your refund."),
        line("d", "꼭 확인하고 다시 연락드리겠습니다."),
    ],
    labels=lambda one: {"a": "공감 배송", "c": "acknowledge delivery"}.get(one.id, ""),
)


def ids(text: str, seeker: Seeker = FEW) -> list[str]:
    return [one.id for one in seeker.find(text)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("답답", ["a"]),
        ("답ㄷ", ["a"]),
        ("기다리", ["a"]),
        ("ㅎㅂ", ["b"]),
        ("ㄲㅎㅇ", ["d"]),
        ("ㄱㅎㅇ", ["d"]),
        ("refund", ["c"]),
        ("REFUND delay", ["c"]),
        ("ghksqnf", ["b"]),
        ("ㄱㄷ려", ["c"]),
        ("ㄱㄷㄹ", ["a"]),
        ("ㄱㄷㄹㅅㅇ", ["a"]),
        ("ㅎㅎㅎ", []),
        ("공감", ["a"]),
        ("delivery", ["c"]),
        ("refnud", ["c"]),
        ("refuund", ["c"]),
        ("답답하셧어요", ["a"]),
        ("customer", []),
        ("답답 환불", []),
        ("입금 환불", ["b"]),
    ],
)
def test_a_line_is_found_by_words_initials_the_wrong_mode_or_nearly(typed: str, found: list[str]) -> None:
    assert ids(typed) == found


def test_english_typed_in_korean_mode_is_found_too() -> None:
    assert ids("ㄱㄷ려ㅜㅇ") == ["c"]


def test_nothing_typed_is_every_line_in_its_order() -> None:
    assert ids("  ") == ["a", "b", "c", "d"]


def test_a_word_from_its_start_comes_before_one_in_the_middle() -> None:
    seeker = Seeker([line("inside", "배달환불"), line("start", "배달 환불")])
    assert ids("환불", seeker) == ["start", "inside"]


def test_what_is_nearly_so_is_shown_only_when_nothing_is_so() -> None:
    seeker = Seeker([line("near", "답답하셨지요"), line("exact", "답답하셨어요")])
    assert ids("답답하셨어요", seeker) == ["exact"]
    assert ids("답답하셨너요", seeker) == ["exact", "near"]


@given(st.sampled_from(list(LIBRARY)), st.integers(0, 99))
def test_a_word_of_any_shipped_line_finds_it(one: Line, which: int) -> None:
    words = re.sub(r"\{\{.*?\}\}|\{\?|\?\}", " ", one.text).split()
    assert one in SEEKER.find(words[which % len(words)])


@given(st.text(max_size=40))
def test_anything_can_be_typed(text: str) -> None:
    assert set(SEEKER.find(text)) <= set(LIBRARY)


def test_five_hundred_lines_are_searched_in_less_than_ten_milliseconds() -> None:
    assert len(LIBRARY) >= 500
    for typed in ("환불", "ㅎㅂ", "ghksqnf", "답답하셧어요 고객님", "refnud delayed"):
        took = []
        for _ in range(5):
            begun = process_time()
            SEEKER.find(typed)
            took.append(process_time() - begun)
        assert min(took) < 0.010, typed
