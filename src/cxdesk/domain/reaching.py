"""Reading whom an incident touches from a line: the days of their orders, and a part of the option such as a batch.

``11/1~11/5 LOT-3`` is the orders of five days whose option holds ``LOT-3``; ``11/3`` one day, ``11/3~`` from that day
on, ``~11/5`` up to and with it; an empty line everybody who ever bought the thing.
"""

import re
from datetime import date, datetime, timedelta, tzinfo

from cxdesk.domain.moments import Instant, instant, local
from cxdesk.domain.values import dataclass

__all__ = ["Stretch", "read_stretch"]

_DAY = (
    r"(?:(?P<y{0}>\d{{4}})\s*[-./년]\s*)?(?P<m{0}>\d{{1,2}})\s*(?:[-./]|월)\s*(?P<d{0}>\d{{1,2}})일?"
    r"|(?P<w{0}>오늘|어제|today|yesterday)"
)
_STRETCH = re.compile(
    rf"^\s*(?:(?:{_DAY.format(1)})(?![-./\d]))?\s*(?P<to>~|부터|from|to)?\s*(?:(?:{_DAY.format(2)})(?![-./\d]))?(?:까지)?"
    r"(?P<rest>(?:\s.*)?)$",
    re.IGNORECASE,
)
_NEAR = {"오늘": 0, "today": 0, "어제": 1, "yesterday": 1}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Orders from ``since`` until before ``until`` (either may be open), whose option holds ``option``."""

    since: Instant | None = None
    until: Instant | None = None
    option: str = ""


def read_stretch(text: str, now: Instant, zone: tzinfo) -> Stretch | None:
    """What a line means; ``None`` for a day that does not exist, or one that ends before it begins.

    A day without a year is the latest such day that is not ahead: orders have been made already.
    """
    found = _STRETCH.match(text)
    if found is None:
        return Stretch(option=text.strip())
    try:
        first, last = (_day(found, side, local(now, zone).date()) for side in ("1", "2"))
    except ValueError:
        return None
    if not found["to"]:
        first, last = first or last, last or first
    elif found["to"].lower() == "from":
        first, last = last, None
    if first is not None and last is not None and last < first:
        return None
    since = _midnight(first, zone) if first is not None else None
    until = _midnight(last + timedelta(days=1), zone) if last is not None else None
    return Stretch(since, until, found["rest"].strip())


def _day(found: re.Match[str], side: str, today: date) -> date | None:
    if word := found[f"w{side}"]:
        return today - timedelta(days=_NEAR[word.lower()])
    if not found[f"m{side}"]:
        return None
    month, day = int(found[f"m{side}"]), int(found[f"d{side}"])
    if year := found[f"y{side}"]:
        return date(int(year), month, day)
    this_year = date(today.year, month, day)
    return this_year if this_year <= today else date(today.year - 1, month, day)


def _midnight(day: date, zone: tzinfo) -> Instant:
    return instant(datetime(day.year, day.month, day.day, tzinfo=zone))
