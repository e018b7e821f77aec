"""Stretches of whole days in the shop's own calendar: a day, week, month, quarter or year, or from a day to a day.

Read from what was typed in either language, moved by keys, and compared with the stretch of the same kind before.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from enum import StrEnum

from cxdesk.domain.values import dataclass

__all__ = ["Cover", "Level", "Period", "Unit", "around", "cover", "days", "read_period", "span"]

_EARLIEST, _LATEST = date(1900, 1, 1), date(9000, 12, 31)
_ONE = timedelta(days=1)


class Unit(StrEnum):
    """What kind of stretch it is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    SPAN = "span"


class Level(StrEnum):
    """What figures are kept by."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Period:
    """From the ``first`` day to the ``last``, both included."""

    unit: Unit
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def step(self, by: int) -> "Period":
        """The stretch of the same kind so many further on; it stays where the calendar ends."""
        try:
            moved = span(*self._stepped(by)) if self.unit is Unit.SPAN else around(self.unit, self._stepped(by)[0])
        except (OverflowError, ValueError):
            return self
        return moved if moved.first >= _EARLIEST and moved.last <= _LATEST else self

    def _stepped(self, by: int) -> tuple[date, date]:
        match self.unit:
            case Unit.MONTH | Unit.QUARTER | Unit.YEAR:
                months = by * {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}[self.unit]
                first = _month(self.first.year * 12 + self.first.month - 1 + months)
                return first, first
        shift = timedelta(days=by * self.days)
        return self.first + shift, self.last + shift

    def before(self, today: date) -> "Period":
        """What it is compared with: as many days of the stretch of the same kind before.

        Of a stretch that is not over, only the days so far count, and as many from the start of the one before.
        """
        earlier = self.step(-1)
        so_far = (today - self.first).days + 1
        if not 0 < so_far < self.days:
            return earlier
        return span(earlier.first, min(earlier.last, earlier.first + timedelta(days=so_far - 1)))

    def until(self, today: date) -> "Period":
        """Its days so far, where it is not over; itself otherwise."""
        return span(self.first, today) if self.first <= today < self.last else self

    def parts(self) -> tuple[tuple[date, date], ...]:
        """What a curve over it is drawn by: days up to a quarter, months up to twelve years, then years."""
        cut: Callable[[date], date] = _year_end
        if self.days <= 12 * 366:
            cut = _month_end if self.days > 92 else lambda day: day
        made, at = [], self.first
        while at <= self.last:
            end = min(self.last, cut(at))
            made.append((at, end))
            at = end + _ONE
        return tuple(made)


def span(first: date, last: date) -> Period:
    """From one day to another, in whichever order they are given."""
    return Period(Unit.SPAN, min(first, last), max(first, last))


def around(unit: Unit, day: date) -> Period:
    """The stretch of a kind that a day lies in; a week begins on Monday. A span is the day alone."""
    match unit:
        case Unit.WEEK:
            monday = day - timedelta(days=day.weekday())
            return Period(unit, monday, monday + timedelta(days=6))
        case Unit.MONTH:
            return Period(unit, day.replace(day=1), _month_end(day))
        case Unit.QUARTER:
            first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
            return Period(unit, first, _month_end(first.replace(month=first.month + 2)))
        case Unit.YEAR:
            return Period(unit, date(day.year, 1, 1), _year_end(day))
    return Period(unit, day, day)


def days(number: int, today: date) -> Period:
    """The last so many days, today included."""
    return span(today - timedelta(days=max(1, number) - 1), today)


Cover = tuple[Level, int, int]
"""A level and the first and the last of its numbers: a day's ordinal, ``12 * year + month - 1``, or the year."""


def cover(first: date, last: date) -> tuple[Cover, ...]:
    """The fewest stretches of kept figures that make up some days: whole years, whole months, and days at the ends."""
    return tuple(_years(first, last))


def _years(first: date, last: date) -> Iterator[Cover]:
    low = first.year if first == date(first.year, 1, 1) else first.year + 1
    high = last.year if last == _year_end(last) else last.year - 1
    if low > high:
        yield from _months(first, last)
        return
    if first < date(low, 1, 1):
        yield from _months(first, date(low, 1, 1) - _ONE)
    yield Level.YEAR, low, high
    if last > date(high, 12, 31):
        yield from _months(date(high + 1, 1, 1), last)


def _months(first: date, last: date) -> Iterator[Cover]:
    low = first.year * 12 + first.month - 1 + (first.day > 1)
    high = last.year * 12 + last.month - 1 - (last != _month_end(last))
    if low > high:
        yield Level.DAY, first.toordinal(), last.toordinal()
        return
    if first < _month(low):
        yield Level.DAY, first.toordinal(), _month(low).toordinal() - 1
    yield Level.MONTH, low, high
    if last > _month_end(_month(high)):
        yield Level.DAY, _month_end(_month(high)).toordinal() + 1, last.toordinal()


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def _month_end(day: date) -> date:
    return _month(day.year * 12 + day.month) - _ONE


def _year_end(day: date) -> date:
    return date(day.year, 12, 31)


# -- what was typed

_DAY = r"(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*일?\.?"
_MONTH = re.compile(r"(\d{4})\s*[-./년]\s*(\d{1,2})\s*월?")
_QUARTER = re.compile(r"(\d{4})\s*[-./년]?\s*(?:q([1-4])|([1-4])\s*분기)")
_YEAR = re.compile(r"(\d{4})\s*년?")
_BETWEEN = re.compile(r"\s*(?:~|–|—|\.\.+|부터|\bto\b|\buntil\b|\s-\s)\s*")
_LAST_DAYS = re.compile(r"(?:최근|지난|last|past)?\s*(\d{1,4})\s*(?:일(?:간|동안)?|days?)")
_NAMED = {
    "오늘": (Unit.DAY, 0), "today": (Unit.DAY, 0), "어제": (Unit.DAY, -1), "yesterday": (Unit.DAY, -1),
    "그제": (Unit.DAY, -2), "그저께": (Unit.DAY, -2),
    "이번주": (Unit.WEEK, 0), "금주": (Unit.WEEK, 0), "thisweek": (Unit.WEEK, 0), "week": (Unit.WEEK, 0),
    "지난주": (Unit.WEEK, -1), "저번주": (Unit.WEEK, -1), "lastweek": (Unit.WEEK, -1), "주": (Unit.WEEK, 0),
    "이번달": (Unit.MONTH, 0), "이달": (Unit.MONTH, 0), "thismonth": (Unit.MONTH, 0), "month": (Unit.MONTH, 0),
    "지난달": (Unit.MONTH, -1), "저번달": (Unit.MONTH, -1), "lastmonth": (Unit.MONTH, -1), "달": (Unit.MONTH, 0),
    "이번분기": (Unit.QUARTER, 0), "thisquarter": (Unit.QUARTER, 0), "quarter": (Unit.QUARTER, 0),
    "지난분기": (Unit.QUARTER, -1), "lastquarter": (Unit.QUARTER, -1), "분기": (Unit.QUARTER, 0),
    "올해": (Unit.YEAR, 0), "thisyear": (Unit.YEAR, 0), "year": (Unit.YEAR, 0), "금년": (Unit.YEAR, 0),
    "작년": (Unit.YEAR, -1), "지난해": (Unit.YEAR, -1), "lastyear": (Unit.YEAR, -1), "재작년": (Unit.YEAR, -2),
}  # fmt: skip


def read_period(text: str, today: date) -> Period | None:
    """``2026-10``, ``지난주``, ``last month``, ``2026 Q3``, ``최근 30일``, ``2026-10-01 ~ 2026-10-15``; else ``None``.

    From and to are put in order; no day outside the years 1900 to 9000 is one.
    """
    plain = " ".join(text.casefold().split())
    found = _one(plain, today)
    if found is None:
        ends = [_one(part, today) for part in _BETWEEN.split(plain) if part]
        if len(ends) != 2 or ends[0] is None or ends[1] is None:
            return None
        one, other = sorted((ends[0], ends[1]), key=lambda period: period.first)
        found = span(one.first, max(one.last, other.last))
    return found if found.first >= _EARLIEST and found.last <= _LATEST else None


def _one(text: str, today: date) -> Period | None:
    try:
        if named := _NAMED.get(text.replace(" ", "")):
            unit, by = named
            return around(unit, today).step(by)
        if some := re.fullmatch(_DAY, text):
            return around(Unit.DAY, date(int(some[1]), int(some[2]), int(some[3])))
        if some := _QUARTER.fullmatch(text):
            return around(Unit.QUARTER, date(int(some[1]), 3 * int(some[2] or some[3]) - 2, 1))
        if some := _MONTH.fullmatch(text):
            return around(Unit.MONTH, date(int(some[1]), int(some[2]), 1))
        if some := _YEAR.fullmatch(text):
            return around(Unit.YEAR, date(int(some[1]), 1, 1))
        if (some := _LAST_DAYS.fullmatch(text)) and int(some[1]):
            return days(int(some[1]), today)
    except (ValueError, OverflowError):
        return None  # the 31st of a month that has none, a year 0
    return None
