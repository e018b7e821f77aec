"""The checklist of candour, the frame its answers fill, and the days of orders read from a line."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cxdesk.domain.candour import Check, draft, nameless, read_candour
from cxdesk.domain.incidents import Form

TABLE: dict[str, Any] = {
    "check": [{"id": "known", "ask": "확인된 것은?", "example": "하나"}, {"id": "doing", "ask": "하는 일은?"}],
    "word": {"write": "안 것: {? known ?}. 하는 일: {? doing ?}\n", "speak": "{? doing ?} 그리고 {? shop ?}"},
}
SEOUL = ZoneInfo("Asia/Seoul")


def test_answers_fill_the_frame_and_what_is_missing_asks() -> None:
    candour = read_candour(TABLE)
    assert candour.checks == (Check("known", "확인된 것은?", "하나"), Check("doing", "하는 일은?"))
    assert draft(candour, Form.WRITE, {"known": " 셋. "}) == "안 것: 셋. 하는 일: {? 하는 일은 ?}"
    assert draft(candour, Form.SPEAK, {"doing": "통화"}) == "통화 그리고 {? shop ?}"


def test_an_answer_is_only_ever_words() -> None:
    assert draft(read_candour(TABLE), Form.SPEAK, {"doing": r"\1 {? known ?}"}) == r"\1 {? known ?} 그리고 {? shop ?}"


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"check": [{"id": "a"}], "word": TABLE["word"]},
        {"check": ["a"], "word": TABLE["word"]},
        {"check": TABLE["check"] * 2, "word": TABLE["word"]},
        {"check": TABLE["check"], "word": {"write": "글"}},
        {"check": TABLE["check"]},
    ],
)
def test_a_file_that_cannot_be_used_is_refused(broken: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"check|word"):
        read_candour(broken)


@pytest.mark.parametrize(
    ("body", "without"),
    [
        ("{{ customer.name }} 고객님, 죄송합니다.", "죄송합니다."),
        ("{{ customer.name | first }}, this is about your order.", "This is about your order."),
        ("죄송합니다, {{ customer.name }} 고객님.", "죄송합니다, {{ customer.name }} 고객님."),
        ("안내드립니다.", "안내드립니다."),
    ],
)
def test_a_name_at_the_beginning_can_be_left_out(body: str, without: str) -> None:
    assert nameless(body) == without
