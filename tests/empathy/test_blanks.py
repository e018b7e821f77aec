from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.empathy.blanks import Blank, next_blank, unfilled


def test_blanks_are_found_where_they_are_with_what_they_ask() -> None:
    text = "{? 시각 ?}까지 {?할 일?} 마치겠습니다."
    assert unfilled(text) == [Blank(0, 8, "시각"), Blank(11, 18, "할 일")]
    assert text[0:8] == "{? 시각 ?}"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("{{ customer.name }} 고객님", "{{ customer.name }}"),
        ("{% if x %}", "{% if x %}"),
        ("{? 시각까지", "{?"),
        ("시각 ?}까지", "?}"),
        ("{{ customer.name", "{{"),
        ("name }} 고객님", "}}"),
        ("{??}", "{??}"),
    ],
)
def test_leftovers_and_half_deleted_marks_are_found(text: str, left: str) -> None:
    assert [text[blank.start : blank.end] for blank in unfilled(text)] == [left]


@pytest.mark.parametrize("text", ["", "내일 오후 3시까지 전화드리겠습니다.", "{S} 사이즈요? 50% 할인!", "a{b}c"])
def test_a_finished_reply_has_none(text: str) -> None:
    assert unfilled(text) == []


def test_the_next_blank_comes_round_again() -> None:
    text = "{? a ?} 그리고 {? b ?}"
    first, second = unfilled(text)
    assert next_blank(text) == first
    assert next_blank(text, 1) == second
    assert next_blank(text, second.end) == first
    assert next_blank("다 채웠습니다", 0) is None


@given(st.text(alphabet="{}?% 시a\n", max_size=60))
def test_spans_are_in_order_and_never_overlap(text: str) -> None:
    found = unfilled(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert bool(found) == any(mark in text for mark in ("{?", "{{", "{%", "?}", "}}", "%}"))
