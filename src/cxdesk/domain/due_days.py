"""Which day a sentence speaks of, seen from today; see ``due`` for how unclear ones are read."""

import re
from calendar import monthrange
from datetime import date, timedelta

from cxdesk.domain.due_scan import Scan, count_of
from cxdesk.domain.due_words import (
    DATES,
    DAY_SPANS,
    KO_DAYS,
    MONTH_END,
    MONTHS,
    NEAR_DAYS,
    PAST_DAYS,
    WEEK,
    WEEK_DAY,
    WEEKDAYS,
    WORKING_DAYS,
    YEAR_END,
)
from cxdesk.domain.words import Language

__all__ = ["PAST", "read_day"]

_A_YEAR = 365
PAST = date.min
"""A day that lies behind today, whichever it is."""


def read_day(scan: Scan, today: date, lang: str | None, assumed: list[str]) -> date | None:
    """Take the day out of a sentence; ``None`` when it names none, ``PAST`` for one like yesterday.

    Adds what had to be assumed. Raises ``ValueError`` for a day that does not exist.
    """
    if found := scan.take(WORKING_DAYS):
        assumed.append("weekdays_counted")
        return _worked(today, count_of(found["ko"] or found["ko_short"] or found["en"], 1))
    for pattern in DAY_SPANS:
        if found := scan.take(pattern):
            if found.groupdict().get("range"):
                assumed.append("range_end")
            return _shifted(today, found.groupdict())
    for days, pattern in NEAR_DAYS:
        if scan.take(pattern):
            return today + timedelta(days=days)
    for pattern in DATES:
        if found := scan.take(pattern):
            return _dated(today, found.groupdict(), lang, assumed)
    if found := scan.take(MONTH_END):
        return _month_end(today, found.groupdict())
    if scan.take(YEAR_END):
        return date(today.year, 12, 31)
    for pattern in WEEK_DAY:
        if found := scan.take(pattern):
            return _on_weekday(today, found["weekday"], found.groupdict().get("week"), assumed)
    if found := scan.take(WEEK):
        return _in_week(today, found, assumed)
    return PAST if PAST_DAYS.search(scan.rest) else None


def _worked(today: date, count: int) -> date:
    """So many days on, Saturdays and Sundays left out; the shop's own days off are not known here."""
    if count > _A_YEAR:
        raise ValueError(count)
    day = today
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _month_end(today: date, said: dict[str, str | None]) -> date:
    if said["month_n"] or said["month"]:
        month = int(said["month_n"]) if said["month_n"] else MONTHS[(said["month"] or "")[:3]]
        first = _this_year(today, month, 1)
    else:
        years, month = divmod(today.month - 1 + bool(said["next"] or said["en_next"]), 12)
        first = date(today.year + years, month + 1, 1)
    return first.replace(day=monthrange(first.year, first.month)[1])


def _shifted(today: date, said: dict[str, str | None]) -> date:
    if named := said.get("named"):
        return today + timedelta(days=KO_DAYS[named])
    count = count_of(said["count"], 1)
    unit = said["unit"] or ""
    if unit in ("달", "개월", "month"):
        years, month = divmod(today.month - 1 + count, 12)
        year = today.year + years
        return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
    return today + timedelta(days=count * (7 if unit in ("주", "주일", "week") else 1))


def _dated(today: date, said: dict[str, str | None], lang: str | None, assumed: list[str]) -> date:
    if said.get("first"):
        month, day = int(said["first"] or 0), int(said["second"] or 0)
        if month > 12:
            month, day = day, month
        elif lang == Language.EN and day <= 12:
            assumed.append("month_first")
        return _this_year(today, month, day)
    day = int(said["day"] or 0)
    named = said.get("month")
    numbered = said.get("month_n")
    if said.get("year"):
        return date(int(said["year"] or 0), MONTHS[named[:3].lower()] if named else int(numbered or 0), day)
    if named or numbered:
        return _this_year(today, MONTHS[named[:3].lower()] if named else int(numbered or 0), day)
    ahead = 1 if said.get("next") or day < today.day else 0
    years, month = divmod(today.month - 1 + ahead, 12)
    return date(today.year + years, month + 1, day)


def _this_year(today: date, month: int, day: int) -> date:
    # 29 February exists in some years only, so the year is chosen before the date is made.
    year = today.year + ((today.month - month) * 30 + today.day - day > 90)
    return date(year, month, day)


def _on_weekday(today: date, weekday: str, week: str | None, assumed: list[str]) -> date:
    wanted = WEEKDAYS[weekday.lower()]
    monday = today - timedelta(days=today.weekday())
    match week.lower() if week else None:
        case None:
            if wanted == today.weekday():
                assumed.append("next_week_assumed")
            return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)
        case "이번":
            return monday + timedelta(days=wanted)
        case "다다음":
            return monday + timedelta(days=14 + wanted)
        case "next":
            assumed.append("next_week_assumed")
    return monday + timedelta(days=7 + wanted)


def _in_week(today: date, found: re.Match[str], assumed: list[str]) -> date:
    monday = today - timedelta(days=today.weekday())
    korean, english = found["ko"], (found["en"] or "").lower()
    weeks = {"다음": 1, "담": 1, "다다음": 2}.get(korean or "", int(english == "next week"))
    assumed.append("day_assumed")
    if "weekend" in english or found["weekend"] or not (korean or english):
        return max(today, monday + timedelta(days=7 * weeks + 5))
    return monday + timedelta(days=7 * weeks) if weeks else max(today, monday + timedelta(days=4))
