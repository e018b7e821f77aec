"""Resident registration and customs numbers: dropped at the door, in every column, and said so."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.imports.private import REMOVED, scrubbed, scrubbed_id
from cxdesk.imports.reasons import REMARKS
from tests.imports.conftest import Desk
from tests.imports.test_run import counts, orders, people

Write = Callable[..., Path]
HEAD = "이름,전화,메일,번호,주소,메모\n"
NUMBER = "900101-2000000"


def with_check(twelve: str) -> str:
    """Thirteen digits of which the last is the check digit (the rule of the registration act's decree)."""
    total = sum(int(digit) * weight for digit, weight in zip(twelve, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5), strict=True))
    return twelve + str((11 - total % 11) % 10)


BARE = with_check("900101200000")


@pytest.mark.parametrize(
    "text",
    [
        NUMBER,
        f"주민 {NUMBER} 확인",
        "900101 - 2000000",
        "900101‑2000000",
        f"({BARE})",
        "P123456789012",
        "900101-8000000",
    ],
)
def test_numbers_are_taken_out_of_text(text: str) -> None:
    assert REMOVED in scrubbed(text)
    assert "000000" not in scrubbed(text)
    assert "123456789" not in scrubbed(text)


@pytest.mark.parametrize(
    "text",
    [
        "010-1234-5678",
        "2026112112345678",
        "901301-2000000",
        "900101-9000000",
        "SP123456789012",
        "1234567-8901234",
        BARE[:-1] + str((int(BARE[-1]) + 1) % 10),
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert scrubbed(text) == text


def test_an_order_number_of_thirteen_digits_is_an_order_number() -> None:
    assert scrubbed_id(BARE) == BARE
    assert scrubbed_id(NUMBER) == REMOVED


@given(st.text(max_size=60))
def test_scrubbing_twice_is_scrubbing_once(text: str) -> None:
    assert scrubbed(scrubbed(text)) == scrubbed(text)


@pytest.mark.parametrize(
    "row",
    [
        f"{NUMBER},010-1234-5678,,1,,",
        f"김민지 {NUMBER},010-1234-5678,,1,,",
        f"김민지,{NUMBER},,1,,",
        f"김민지,010-1234-5678,{NUMBER}@example.com,1,,",
        f"김민지,010-1234-5678,,{NUMBER},,",
        f"김민지,010-1234-5678,,1,서울 {NUMBER},",
        f"김민지,010-1234-5678,,1,,본인 확인 {NUMBER}",
        "김민지,010-1234-5678,,1,,통관 P123456789012",
        f"김민지,010-1234-5678,,1,,본인 확인 {BARE}",
        f"김민지,010-1234-5678,,1,,{NUMBER},한 칸 많음",
        f"김민지,,,,,{NUMBER}",
    ],
)
def test_no_column_of_a_customer_keeps_one(desk: Desk, write: Write, row: str) -> None:
    outcome = desk.bring_in(write(f"{HEAD}{row}\n"), people())
    everything = "\n".join(desk.store.db.iterdump())
    if outcome.rejects is not None:
        everything += outcome.rejects.read_text("utf-8")
    assert not any(number in everything for number in (NUMBER, BARE, "2000000", "P1234567"))


def test_no_column_of_an_order_keeps_one(desk: Desk, write: Write) -> None:
    names = ("주문", "일시", "금액", "수량", "상품", "상태", "이름")
    map_, header = orders(*names)
    good = ["1", "2026-01-02", "5000", "1", "셔츠", "배송중", "김민지"]
    rows = [",".join([*good[:place], NUMBER, *good[place + 1 :]]) for place in range(len(names))]
    outcome = desk.bring_in(write(header + "\n".join(rows) + "\n"), map_)
    everything = "\n".join(desk.store.db.iterdump()) + repr(outcome)
    everything += outcome.rejects.read_text("utf-8") if outcome.rejects else ""
    assert "2000000" not in everything
    assert counts(outcome)[3] == 3, "a date, an amount and a quantity that are none"


def test_what_was_taken_out_is_reported(desk: Desk, write: Write) -> None:
    outcome = desk.bring_in(write(f"{HEAD}김민지,,,1,서울 {NUMBER},{NUMBER}\n"), people())
    (said,) = [remark for remark in outcome.remarks if remark.code == "dropped_number"]
    assert dict(said.values) == {"count": 2}
    assert set(said.values) == set(REMARKS["dropped_number"])
    assert desk.rows("SELECT body FROM note") == [(REMOVED,)]


def test_a_preview_does_not_show_one_either(desk: Desk, write: Write) -> None:
    preview = desk.preview(write(f"{HEAD}김민지,,,1,,{NUMBER}\n,,,,,{NUMBER}\n한 칸,{NUMBER}\n"), people())
    assert "2000000" not in repr(preview)
