"""When a promise falls due, read from an agent's own words: ``내일 오후 3시 전화``, ``in 2 hours call``.

Both languages are always understood. How an unclear sentence is read, and the code put in ``Due.assumed``:

- ``afternoon_assumed``: a bare hour from 1 to 12 is the next one within 08 to 20, and that added twelve.
- ``tomorrow_assumed``: a time without a date, already passed today, is tomorrow's.
- ``end_of_day``: a date without a time is 18:00, or the last minute of today once that has passed.
- ``part_of_day``: morning, afternoon and evening end at 12:00, 18:00 and 20:00.
- ``midnight_assumed``: midnight (자정) of a day is the end of it. ``오전 0시`` is its beginning.
- ``next_week_assumed``: ``next Tuesday`` lies in the next week from Monday, as 다음 주 화요일 does;
  the weekday that today is means next week's.
- ``day_assumed``: a week without a day is its Monday, this week its Friday.
- ``month_first``: ``3/4`` in English.

A date without a year that lies more than 90 days back is next year's. Whatever lies in the past
(``어제 3시``, ``오늘 09:00`` at noon) is no promise: the answer is None.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from unicodedata import normalize

from cxdesk.domain.due_words import (
    CLOCKS,
    DATES,
    DAY_SPANS,
    HALF_HOUR,
    KO_DAYS,
    MONTH_END,
    MONTHS,
    NAMED_TIMES,
    NEAR_DAYS,
    NUMBERS,
    PARTS,
    PAST_DAYS,
    SPANS,
    WEEK,
    WEEK_DAY,
    WEEKDAYS,
    Words,
)
from cxdesk.domain.moments import MINUTE, Instant, instant, local
from cxdesk.domain.words import Language

__all__ = ["Due", "read_due"]


@dataclass(frozen=True, slots=True)
class Due:
    """A promise's time: when, the rest of the sentence, the words that were read, and what was assumed."""

    at: Instant
    what: str
    said: str
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Time:
    """Minutes after midnight (above 1440 on the next day); ``open`` when am and pm are both possible."""

    minutes: int
    open: bool = False
    code: str = ""


_LONGEST = 300
_CLOSING, _OPENING, _EVENING, _NOON = 18 * 60, 8 * 60, 20 * 60, 12 * 60
_HALF_DAY, _WHOLE_DAY = 12 * 60, 24 * 60
_PAST = date.min
_NAMED = {
    "noon": _Time(_NOON),
    "midnight": _Time(_WHOLE_DAY, code="midnight_assumed"),
    "closing": _Time(_CLOSING, code="end_of_day"),
}

_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
_EDGES = " \t\n,.;:·-–~\0"


class _Scan:
    """A sentence from which words are taken one expression at a time; what is left is the thing promised."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.rest = text.translate(_LOWER)  # keeps every position, as str.lower would not
        self.spans: list[tuple[int, int]] = []

    def take(self, pattern: Words) -> re.Match[str] | None:
        found = pattern.search(self.rest)
        if found:
            start, end = found.span()
            self.spans.append((start, end))
            self.rest = self.rest[:start] + "\0" * (end - start) + self.rest[end:]
        return found

    def said(self) -> str:
        return " ".join(" ".join(self.text[start:end] for start, end in sorted(self.spans)).split())

    def what(self) -> str:
        left = (" " if now == "\0" else char for char, now in zip(self.text, self.rest, strict=True))
        return " ".join("".join(left).split()).strip(_EDGES)


def read_due(text: str, now: Instant, tz: tzinfo, lang: str | None = None) -> Due | None:
    """Read the first due time of a sentence; None when there is none, or when it has passed.

    ``lang`` only decides whether ``3/4`` is worth a warning: a date with a slash is month first in either
    language unless its first number is above twelve.
    """
    scan = _Scan(normalize("NFC", text)[:_LONGEST])
    present = local(now, tz)
    assumed: list[str] = []
    delta = _span(scan)
    if delta is not None:
        return Due(now + delta, scan.what(), scan.said()) if delta > 0 else None
    try:
        day = _day(scan, present.date(), lang, assumed)
        time = _time(scan)
        if day == _PAST or (day is None and time is None):
            return None
        at = _meet(day, time, present, assumed)
    except (ValueError, OverflowError):  # 2월 30일
        return None
    if at <= now:
        return None
    return Due(at, scan.what(), scan.said(), tuple(assumed))


def _meet(day: date | None, time: _Time | None, present: datetime, assumed: list[str]) -> Instant:
    today = present.date()
    passed = present.hour * 60 + present.minute
    time = time or _Time(_CLOSING, code="end_of_day")
    if time.code:
        assumed.append(time.code)
    minutes = time.minutes
    soon = day is None or day == today
    if time.open:
        minutes = _business(minutes, passed if soon else -1, insist=day == today)
        if minutes != time.minutes:
            assumed.append("afternoon_assumed")
    if soon and time.code and minutes <= passed:
        minutes = _WHOLE_DAY - 1
    if day is None:
        day = today
        if minutes <= passed:
            day += timedelta(days=1)
            assumed.append("tomorrow_assumed")
    start = datetime(day.year, day.month, day.day, tzinfo=present.tzinfo)
    return instant(start + timedelta(minutes=minutes))


def _business(minutes: int, passed: int, insist: bool) -> int:
    """Choose am or pm for a bare hour: the next within 08 to 20, else (``insist``) any later today."""
    minutes %= _HALF_DAY
    choices = [minutes, minutes + _HALF_DAY]
    usual = [choice for choice in choices if _OPENING <= choice <= _EVENING]
    later = [choice for choice in usual if choice > passed]
    if insist and not later:
        later = [choice for choice in choices if choice > passed]
    return (later or usual or choices)[0]


def _span(scan: _Scan) -> int | None:
    if scan.take(HALF_HOUR):
        return 30 * MINUTE
    for pattern in SPANS:
        if found := scan.take(pattern):
            group = found.groupdict()
            minutes = _count(group.get("hours"), 60) + _count(group.get("minutes"), 1)
            return (minutes + (30 if group.get("half") else 0)) * MINUTE
    return None


def _count(word: str | None, unit: int) -> int:
    if not word:
        return 0
    known = NUMBERS.get(word.lower())
    if known:
        return known * unit
    whole, _, part = word.partition(".")
    return int(whole[:5]) * unit + (int(part[:3]) * unit // 10 ** len(part[:3]) if part else 0)


def _day(scan: _Scan, today: date, lang: str | None, assumed: list[str]) -> date | None:
    for pattern in DAY_SPANS:
        if found := scan.take(pattern):
            return _shifted(today, found.groupdict())
    for days, pattern in NEAR_DAYS:
        if scan.take(pattern):
            return today + timedelta(days=days)
    for pattern in DATES:
        if found := scan.take(pattern):
            return _dated(today, found.groupdict(), lang, assumed)
    if scan.take(MONTH_END):
        return today.replace(day=monthrange(today.year, today.month)[1])
    for pattern in WEEK_DAY:
        if found := scan.take(pattern):
            return _on_weekday(today, found["weekday"], found.groupdict().get("week"), assumed)
    if found := scan.take(WEEK):
        return _in_week(today, found, assumed)
    return _PAST if PAST_DAYS.search(scan.rest) else None


def _shifted(today: date, said: dict[str, str | None]) -> date:
    if named := said.get("named"):
        return today + timedelta(days=KO_DAYS[named])
    count = _count(said["count"], 1)
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


def _time(scan: _Scan) -> _Time | None:
    for name, pattern in NAMED_TIMES:
        if scan.take(pattern):
            return _NAMED[name]
    for pattern in CLOCKS:
        if found := scan.take(pattern):
            return _clock(found.groupdict(), scan)
    for minutes, pattern in zip((_NOON, _CLOSING, _EVENING), PARTS, strict=True):
        if scan.take(pattern):
            return _Time(minutes, code="part_of_day")
    return None


def _clock(said: dict[str, str | None], scan: _Scan) -> _Time | None:
    written = said.get("hour") or said.get("past") or "0"
    hour = _count(written, 1)
    minute = 30 if said.get("half") or said.get("past") else int(said.get("minute") or 0)
    if hour > 24 or minute > 59:
        return None
    part = said.get("part") or (said.get("half_day") or "").lower()[:1] or _part_nearby(scan)
    if part and hour <= 12:
        return _Time(_hour_of(part, hour) * 60 + minute)
    certain = hour > 12 or hour == 0 or written.startswith("0")
    return _Time(hour * 60 + minute, open=not certain)


def _part_nearby(scan: _Scan) -> str:
    """``tomorrow morning at 9``: the part of the day may stand apart from the hour."""
    return next((part for part, pattern in zip("apn", PARTS, strict=True) if scan.take(pattern)), "")


def _hour_of(part: str, hour: int) -> int:
    match part:
        case "a" | "오전" | "새벽" | "아침":
            return hour % 12
        case "밤" | "n" if hour == 12 or hour < 5:
            return hour % 12 + 24
        case "낮" | "점심" if hour > 5:
            return hour
    return hour % 12 + 12 if hour else 0
