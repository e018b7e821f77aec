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
- ``range_end``: of ``2~3시간 뒤`` or ``3시에서 5시 사이`` the later end.
- ``weekdays_counted``: working days leave out Saturdays and Sundays, no other day.

A date without a year that lies more than 90 days back is next year's. What cannot be promised is one of ``WRONG``:
``past_time`` (``어제 3시``, ``오늘 09:00`` at noon), ``impossible_time`` (25시, 30 February), ``no_time``.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from unicodedata import normalize

from cxdesk.domain.due_days import PAST, read_day
from cxdesk.domain.due_scan import Scan, count_of
from cxdesk.domain.due_words import CLOCKS, HALF_HOUR, NAMED_TIMES, PARTS, SPANS
from cxdesk.domain.moments import MINUTE, Instant, instant, local

__all__ = ["WRONG", "Due", "read_due", "why_unread"]

WRONG = ("no_time", "past_time", "impossible_time")


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
_PARTS_EN = {"morning": "a", "afternoon": "p", "evening": "n", "night": "n"}
_NAMED = {
    "noon": _Time(_NOON),
    "midnight": _Time(_WHOLE_DAY, code="midnight_assumed"),
    "closing": _Time(_CLOSING, code="end_of_day"),
}


def read_due(text: str, now: Instant, tz: tzinfo, lang: str | None = None) -> Due | None:
    """Read the first due time of a sentence; None when there is none that can be promised.

    ``lang`` only decides whether ``3/4`` is worth a warning: a date with a slash is month first in either
    language unless its first number is above twelve.
    """
    found = _read(text, now, tz, lang)
    return found if isinstance(found, Due) else None


def why_unread(text: str, now: Instant, tz: tzinfo) -> str:
    """The code of why ``read_due`` finds no due time in a sentence; ``""`` when it finds one."""
    found = _read(text, now, tz, None)
    return "" if isinstance(found, Due) else found


def _read(text: str, now: Instant, tz: tzinfo, lang: str | None) -> Due | str:
    """The due time, or a code of ``WRONG``."""
    scan = Scan(normalize("NFC", text)[:_LONGEST])
    present = local(now, tz)
    assumed: list[str] = []
    try:
        delta = _span(scan, assumed)
        if delta is not None:
            return Due(now + delta, scan.what(), scan.said(), tuple(assumed)) if delta > 0 else "past_time"
        day = read_day(scan, present.date(), lang, assumed)
        time = _time(scan, assumed)
        if day == PAST:
            return "past_time"
        if day is None and time is None:
            return "no_time"
        at = _meet(day, time, present, assumed)
    except (ValueError, OverflowError):  # 2월 30일, 25시
        return "impossible_time"
    return Due(at, scan.what(), scan.said(), tuple(assumed)) if at > now else "past_time"


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


def _span(scan: Scan, assumed: list[str]) -> int | None:
    if scan.take(HALF_HOUR):
        return 30 * MINUTE
    for pattern in SPANS:
        if found := scan.take(pattern):
            group = found.groupdict()
            if group.get("range"):
                assumed.append("range_end")
            minutes = count_of(group.get("hours"), 60) + count_of(group.get("minutes"), 1)
            return (minutes + (30 if group.get("half") else 0)) * MINUTE
    return None


def _time(scan: Scan, assumed: list[str]) -> _Time | None:
    for name, pattern in NAMED_TIMES:
        if scan.take(pattern):
            return _NAMED[name]
    for pattern in CLOCKS:
        if found := scan.take(pattern):
            if found.groupdict().get("range"):
                assumed.append("range_end")
            return _clock(found.groupdict(), scan)
    for minutes, pattern in zip((_NOON, _CLOSING, _EVENING), PARTS, strict=True):
        if scan.take(pattern):
            return _Time(minutes, code="part_of_day")
    return None


def _clock(said: dict[str, str | None], scan: Scan) -> _Time:
    """A time of the clock. Raises ``ValueError`` for one that no clock shows."""
    written = said.get("hour") or said.get("past") or "0"
    hour = count_of(written, 1)
    minute = 30 if said.get("half") or said.get("past") else int(said.get("minute") or 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise ValueError(written)
    part = said.get("part") or (said.get("half_day") or "")[:1] or _PARTS_EN.get(said.get("part_en") or "")
    part = part or _part_nearby(scan)
    if part and hour <= 12:
        return _Time(_hour_of(part, hour) * 60 + minute)
    certain = hour > 12 or hour == 0 or written.startswith("0")
    return _Time(hour * 60 + minute, open=not certain)


def _part_nearby(scan: Scan) -> str:
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
