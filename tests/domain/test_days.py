from datetime import date

import pytest

from cxdesk.domain.days import Day, ahead, kind_named, read_day
from cxdesk.domain.records import SpecialDay


def day(month: int, on: int, *, lunar: bool = False) -> SpecialDay:
    return SpecialDay("d1", "c1", "birthday", month, on, lunar, "contact", 0)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("3/5", Day(3, 5)),
        ("3월 5일", Day(3, 5)),
        ("03.05.", Day(3, 5)),
        ("1990-03-05", Day(3, 5)),
        ("1990년 3월 5일", Day(3, 5)),
        ("음력 8월 15일", Day(8, 15, lunar=True)),
        ("8.15 (음)", Day(8, 15, lunar=True)),
        ("lunar 8/15", Day(8, 15, lunar=True)),
        ("음력 2.30", Day(2, 30, lunar=True)),
        ("5 March", Day(3, 5)),
        ("Mar 5th, 1990", Day(3, 5)),
        ("2/29", Day(2, 29)),
    ],
)
def test_a_day_is_read_as_people_write_it_and_never_with_its_year(text: str, read: Day) -> None:
    assert read_day(text) == read


@pytest.mark.parametrize("text", ["", "내일", "13/1", "2/30", "0/5", "4.31", "음력 13월 1일", "5 Foo", "March", "35"])
def test_what_is_no_day_of_the_year_is_not_read(text: str) -> None:
    assert read_day(text) is None


@pytest.mark.parametrize(
    ("special", "today", "left"),
    [
        (day(11, 21), date(2026, 11, 21), 0),
        (day(11, 24), date(2026, 11, 21), 3),
        (day(11, 20), date(2026, 11, 21), 364),
        (day(1, 2), date(2026, 12, 30), 3),
        (day(2, 29), date(2026, 2, 27), 1),
        (day(2, 29), date(2028, 2, 27), 2),
        (day(11, 21, lunar=True), date(2026, 11, 21), None),
    ],
)
def test_how_far_off_a_day_is(special: SpecialDay, today: date, left: int | None) -> None:
    assert ahead(special, today) == left


def test_days_are_known_by_their_names_in_either_language() -> None:
    assert [kind_named(word) for word in ("생일", "Birthday", "결혼 기념일", "사이즈")] == [
        "birthday",
        "birthday",
        "anniversary",
        None,
    ]
