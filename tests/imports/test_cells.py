import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.inert import inert_line
from cxdesk.domain.moments import instant
from cxdesk.imports.cells import given as given_cell
from cxdesk.imports.cells import is_masked, read_email, read_name, read_quantity, times, unfloated
from cxdesk.imports.dates import day_order, read_moment
from cxdesk.imports.occurrences import Occurrences

SEOUL = ZoneInfo("Asia/Seoul")
NOON = instant(datetime(2026, 11, 21, 14, 3, tzinfo=SEOUL))
MIDNIGHT = instant(datetime(2026, 11, 21, tzinfo=SEOUL))


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-21 14:03",
        "2026-11-21T14:03:00",
        "2026-11-21 05:03:00Z",
        "2026-11-21 00:03:00 -0500",
        "20261121 14:03",
        "2026. 11. 21. 오후 2:03",
        "2026.11.21 14:03",
        "2026/11/21 14:03",
        "2026년 11월 21일 14시 3분",
        "26/11/21 14:03",
        "2026-11-21 14:03:00.000",
        "21-11-2026 14:03:00",
        "11/21/2026 2:03 PM",
        "202611211403",
        "20261121140300",
        "46347.585416666669",
        "２０２６-11-21 14:03",
        "2026. 11. 21. PM 2:03",
        "2026-11-21 14:03:00 +0900",
    ],
)
def test_moments_are_read_as_exports_write_them(text: str) -> None:
    assert read_moment(text, SEOUL) == NOON


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-21",
        "2026.11.21",
        "2026. 11. 21.",
        "20261121",
        "2026년 11월 21일",
        "26/11/21",
        "46347",
        "2026.11.21(토)",
        "2026-11-21 오전 12:00",
    ],
)
def test_a_day_alone_is_its_midnight_in_the_shop(text: str) -> None:
    assert read_moment(text, SEOUL) == MIDNIGHT


@pytest.mark.parametrize(
    ("text", "order", "code"),
    [
        ("03/04/2026", "", "ambiguous_date"),
        ("2026-13-01", "", "bad_date"),
        ("soon", "", "bad_date"),
        ("2026-11-21 25:00", "", "bad_date"),
        ("", "", "bad_date"),
        ("2026-02-30", "", "bad_date"),
        ("12:30", "", "bad_date"),
    ],
)
def test_a_date_nobody_could_tell_is_not_guessed(text: str, order: str, code: str) -> None:
    with pytest.raises(ValueError, match=code):
        read_moment(text, SEOUL, order)


def test_the_order_of_day_and_month_can_be_said_or_seen() -> None:
    assert read_moment("03/04/2026", UTC, "dmy") == instant(datetime(2026, 4, 3, tzinfo=UTC))
    assert read_moment("03/04/2026", UTC, "mdy") == instant(datetime(2026, 3, 4, tzinfo=UTC))
    assert day_order(["03/04/2026", "25/04/2026"]) == "dmy"
    assert day_order(["2026-04-25"]) == ""


@given(st.text(max_size=30))
def test_any_text_is_a_moment_or_a_reason(text: str) -> None:
    try:
        answer: object = read_moment(text, SEOUL)
    except ValueError as error:
        answer = str(error)
    assert isinstance(answer, int) or answer in ("bad_date", "ambiguous_date")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (" a ", "a"),
        ("NULL", None),
        ("", None),
        ("-", None),
        ("Null", "Null"),
        ("'+49 170", "+49 170"),
        ("'010", "010"),
        ("'tis", "'tis"),
        ("'", "'"),
    ],
)
def test_cells_that_say_nothing_are_none(cell: str, text: str | None) -> None:
    assert given_cell(cell) == text


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("김민지(선물)", "김민지"),
        ("한빛(주)", "한빛(주)"),
        ("(주)한빛", "(주)한빛"),
        ("Kim Minji", "Kim Minji"),
        ("NULL", None),
        ("(선물)", "(선물)"),
    ],
)
def test_a_name_is_what_a_person_is_called(cell: str, name: str | None) -> None:
    assert read_name(cell) == name


@pytest.mark.parametrize("text", ["김*수", "김**", "남궁*수", "minj****", "010-****-5678", "김●수"])
def test_masks_are_seen(text: str) -> None:
    assert is_masked(text)


def test_ids_that_went_through_a_float_are_mended() -> None:
    assert [unfloated(text) for text in ("17850.0", "17850", "1.0.0", ".0")] == ["17850", "17850", "1.0.0", ".0"]


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        ("Kim@Example.COM ", "kim@example.com"),
        ("mailto:a@b.kr", "a@b.kr"),
        ("ki***@example.com", None),
        ("kim", None),
        ("a@b", None),
    ],
)
def test_addresses_are_lower_case_and_whole(cell: str, address: str | None) -> None:
    assert read_email(cell) == address


@pytest.mark.parametrize(
    ("cell", "count"), [("3", 3), ("-12", -12), ("1,200", 1200), ("2개", 2), ("3.0", 3), ("３", 3)]
)
def test_quantities_are_whole(cell: str, count: int) -> None:
    assert read_quantity(cell) == count


@pytest.mark.parametrize("cell", ["", "1.5", "many", "1e99999", "inf", "nan"])
def test_what_is_no_quantity_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="bad_quantity"):
        read_quantity(cell)


def test_prices_finer_than_the_currency_are_multiplied_before_they_are_rounded() -> None:
    assert times("2.55", 6, "GBP") == (1530, "GBP")
    assert times("0.001", 1, "GBP") == (0, "GBP")
    assert times("0.001", 1500, "GBP") == (150, "GBP")
    assert times("0.005", -1, "GBP") == (-1, "GBP")


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(["x", "y"])), max_size=60))
def test_equal_lines_are_counted_even_when_an_order_comes_back_later(lines: list[tuple[str, str]]) -> None:
    counting = Occurrences()
    seen: list[tuple[str, str]] = []
    for line in lines:
        seen.append(line)
        assert counting.count(*line) == seen.count(line)


def test_cells_never_hold_what_occurrences_put_between_them() -> None:
    assert "\x1f" not in inert_line(json.loads('"a\\u001fb"'))
