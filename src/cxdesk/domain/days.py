"""Days of the year that matter to a customer: read from what was typed, and how far off they are.

Only month and day are kept; a year that was typed is dropped, for how old somebody is is nobody's business here. A day
by the lunar calendar is kept as such and never counted towards: the sun's calendar does not say when it falls.
"""

import re
from datetime import date
from typing import NamedTuple

from cxdesk.domain.records import SpecialDay

__all__ = ["KINDS", "Day", "ahead", "kind_named", "read_day"]

KINDS = ("birthday", "anniversary")

_NAMES = {
    "생일": "birthday", "생신": "birthday", "birthday": "birthday",
    "기념일": "anniversary", "결혼기념일": "anniversary", "결혼 기념일": "anniversary", "anniversary": "anniversary",
}  # fmt: skip
_LUNAR = re.compile(r"음력|음|\blunar\b", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = re.compile(r"(?:\d{4}\s*[-./년]\s*)?(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*일?\.?")
_WORDED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([a-z]{3,9})\.?(?:\s+(\d{1,2})(?:st|nd|rd|th)?)?(?:,?\s*\d{4})?"
)


class Day(NamedTuple):
    """Month and day of every year."""

    month: int
    day: int
    lunar: bool = False


def kind_named(word: str) -> str | None:
    """The kind of day a word names in either language."""
    return _NAMES.get(" ".join(word.casefold().split()))


def read_day(text: str) -> Day | None:
    """``3/5``, ``3월 5일``, ``음력 8.15``, ``5 March``, ``1990-03-05``; ``None`` for no day there is."""
    lunar = _LUNAR.search(text) is not None
    plain = _LUNAR.sub("", text).strip(" ()").casefold()
    if found := _NUMBERS.fullmatch(plain):
        month, day = int(found[1]), int(found[2])
    elif (worded := _WORDED.fullmatch(plain)) and worded[2][:3] in _MONTHS and (worded[1] or worded[3]):
        month, day = _MONTHS.index(worded[2][:3]) + 1, int(worded[1] or worded[3])
    else:
        return None
    return Day(month, day, lunar) if _exists(month, day, lunar) else None


def ahead(special: SpecialDay, today: date) -> int | None:
    """Days until it comes round again, 0 on the day; ``None`` by the lunar calendar. 29 February can be the 28th."""
    if special.lunar:
        return None
    this_year = _in_year(special, today.year)
    return ((this_year if this_year >= today else _in_year(special, today.year + 1)) - today).days


def _in_year(special: SpecialDay, year: int) -> date:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return date(year, special.month, 28 if (special.month, special.day) == (2, 29) and not leap else special.day)


def _exists(month: int, day: int, lunar: bool) -> bool:
    if lunar:
        return 1 <= month <= 12 and 1 <= day <= 30
    try:
        date(2000, month, day)
    except ValueError:
        return False
    return True
