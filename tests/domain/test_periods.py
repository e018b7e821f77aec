from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.periods import Level, Period, Unit, around, cover, days, read_period, span

TODAY = date(2026, 11, 22)  # a Sunday
DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))

TYPED = {
    "오늘": (date(2026, 11, 22), date(2026, 11, 22)),
    "어제": (date(2026, 11, 21), date(2026, 11, 21)),
    "지난주": (date(2026, 11, 9), date(2026, 11, 15)),
    "이번 주": (date(2026, 11, 16), date(2026, 11, 22)),
    "지난 달": (date(2026, 10, 1), date(2026, 10, 31)),
    "last month": (date(2026, 10, 1), date(2026, 10, 31)),
    "Last Week": (date(2026, 11, 9), date(2026, 11, 15)),
    "작년": (date(2025, 1, 1), date(2025, 12, 31)),
    "지난 분기": (date(2026, 7, 1), date(2026, 9, 30)),
    "2026-10": (date(2026, 10, 1), date(2026, 10, 31)),
    "2026년 2월": (date(2026, 2, 1), date(2026, 2, 28)),
    "2024": (date(2024, 1, 1), date(2024, 12, 31)),
    "2026 Q3": (date(2026, 7, 1), date(2026, 9, 30)),
    "2026년 3분기": (date(2026, 7, 1), date(2026, 9, 30)),
    "2026-10-05": (date(2026, 10, 5), date(2026, 10, 5)),
    "최근 30일": (date(2026, 10, 24), date(2026, 11, 22)),
    "last 7 days": (date(2026, 11, 16), date(2026, 11, 22)),
    "2026-10-01 ~ 2026-10-15": (date(2026, 10, 1), date(2026, 10, 15)),
    "2026-10-01 to 2026-10-15": (date(2026, 10, 1), date(2026, 10, 15)),
    "2026. 10. 1. ~ 2026. 10. 15.": (date(2026, 10, 1), date(2026, 10, 15)),
    "2026-08 ~ 2026-10": (date(2026, 8, 1), date(2026, 10, 31)),
    "2026-10-15 ~ 2026-10-01": (date(2026, 10, 1), date(2026, 10, 15)),  # from after to
}


@pytest.mark.parametrize("text", TYPED)
def test_a_period_is_read_as_people_write_it(text: str) -> None:
    found = read_period(text, TODAY)
    assert found is not None
    assert (found.first, found.last) == TYPED[text]


@pytest.mark.parametrize(
    "text",
    ["", "언젠가", "2026-13", "2026-02-30", "0000", "9999-12", "2026 Q5", "1 ~ 2 ~ 3", "최근 0일", "~", "2026-10 ~"],
)
def test_what_names_no_days_there_are_is_no_period(text: str) -> None:
    assert read_period(text, TODAY) is None


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_period_or_none(text: str) -> None:
    found = read_period(text, TODAY)
    assert found is None or found.first <= found.last


@given(DAYS, st.sampled_from(list(Unit)))
def test_a_day_lies_in_its_period_and_the_next_begins_when_it_ends(day: date, unit: Unit) -> None:
    period = around(unit, day)
    assert period.first <= day <= period.last
    assert period.step(1).first == period.last + timedelta(days=1)
    assert period.step(1).step(-1) == period


def test_at_the_end_of_the_calendar_it_goes_no_further() -> None:
    last = around(Unit.YEAR, date(9000, 1, 1))
    assert last.step(1) == last
    assert span(date(1900, 1, 1), date(1950, 1, 1)).step(-1).first == date(1900, 1, 1)


def test_a_period_that_is_not_over_is_compared_with_as_many_days_of_the_one_before() -> None:
    month = around(Unit.MONTH, TODAY)
    assert month.until(TODAY) == span(date(2026, 11, 1), TODAY)
    assert month.before(TODAY) == span(date(2026, 10, 1), date(2026, 10, 22))
    assert around(Unit.MONTH, date(2026, 3, 31)).before(date(2026, 3, 30)).last == date(2026, 2, 28)
    assert month.step(-1).before(TODAY) == around(Unit.MONTH, date(2026, 9, 1))
    assert month.step(5).before(TODAY) == month.step(4)  # of one that has not begun there are no days so far


def test_days_back_from_today_include_it() -> None:
    assert days(7, TODAY) == span(date(2026, 11, 16), TODAY)


@given(DAYS, DAYS)
def test_a_cover_is_every_day_once(one: date, other: date) -> None:
    first, last = sorted((one, other))
    found: list[int] = []
    for level, low, high in cover(first, last):
        for number in range(low, high + 1):
            found += _days_of(level, number)
    assert found == list(range(first.toordinal(), last.toordinal() + 1))


def _days_of(level: Level, number: int) -> list[int]:
    if level is Level.DAY:
        return [number]
    period = around(Unit.MONTH, date(number // 12, number % 12 + 1, 1)) if level is Level.MONTH else _year(number)
    return list(range(period.first.toordinal(), period.last.toordinal() + 1))


def _year(number: int) -> Period:
    return around(Unit.YEAR, date(number, 1, 1))


@given(DAYS, DAYS)
def test_the_steps_of_a_curve_are_its_days_in_order_and_never_too_many(one: date, other: date) -> None:
    period = span(one, other)
    parts = period.parts()
    assert (parts[0][0], parts[-1][1]) == (period.first, period.last)
    assert all(before[1] + timedelta(days=1) == after[0] for before, after in pairwise(parts))
    assert len(parts) <= 150
