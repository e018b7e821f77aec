"""Moments as exports write them, to milliseconds UTC.

``2026-11-21 14:03``, with seconds and offset, ``T``; ``2026.11.21``; ``2026. 11. 21. 오후 2:03``; ``20261121``;
``2026년 11월 21일``; ``26/11/21``; ``21-11-2026``; ``11/21/2026 2:03 PM``; a spreadsheet's day number ``46347.58``.
"""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from unicodedata import normalize
from zoneinfo import ZoneInfo

from cxdesk.domain.moments import Instant, instant

__all__ = ["day_order", "read_moment", "zone"]

_DATE = re.compile(
    r"(\d{1,4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,4})\s*[일.]?"
    r"|(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?"
)
_TIME = re.compile(
    r"[\s,T(월화수목금토일)]*(오전|오후|낮|[AaPp]\.?[Mm]\.?)?\s*(\d{1,2})\s*[:시]\s*(?:(\d{1,2})\s*(?:분|(?=\D|\Z)))?"
    r"(?:\s*:?\s*(\d{1,2})(?:[.,](\d{1,9}))?\s*초?)?\s*([AaPp]\.?[Mm]\.?)?\s*(Z|UTC|GMT|KST|[+-]\d\d:?\d\d)?"
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
# Day 60 of the 1900 calendar is a day that never was, so days are counted from the 30th (ECMA-376, 18.17.4.1).
_SERIAL_ZERO = datetime(1899, 12, 30)
_SERIALS = range(20_000, 80_000)  # 1954 to 2119
_ZONES = {"Z": UTC, "UTC": UTC, "GMT": UTC, "KST": timezone(timedelta(hours=9))}


@cache
def zone(name: str) -> ZoneInfo:
    """The time zone of that name."""
    return ZoneInfo(name)


def read_moment(text: str, tz: tzinfo, order: str = "") -> Instant:
    """Read a moment; one without an offset is a wall clock in ``tz``.

    ``order`` (``dmy`` or ``mdy``) tells how days and months stand when the year comes last. Raises ``ValueError``:
    ``ambiguous_date`` when nobody could tell, ``bad_date``.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = _spelt(normalize("NFKC", text).strip(), order)
    try:
        return instant(moment if moment.tzinfo is not None else moment.replace(tzinfo=tz))
    except OverflowError as error:
        raise ValueError("bad_date") from error


def day_order(samples: list[str]) -> str:
    """``dmy`` or ``mdy`` when a day above 12 among the samples gives it away, else ``''``."""
    for text in samples:
        if (found := _DATE.match(text.strip())) and found[3] and len(found[3]) == 4:
            first, second = int(found[1]), int(found[2])
            if max(first, second) > 12 and min(first, second) <= 12:
                return "dmy" if first > 12 else "mdy"
    return ""


def _spelt(text: str, order: str) -> datetime:
    if _SERIAL.fullmatch(text) and int(float(text)) in _SERIALS:
        # A minute of the day is no exact binary fraction: round to the second.
        return _SERIAL_ZERO + timedelta(seconds=round(float(text) * 86_400))
    found = _DATE.match(text)
    if not found:
        raise ValueError("bad_date")
    rest = text[found.end() :]
    if found[4]:
        year, month, day = int(found[4]), int(found[5]), int(found[6])
        if found[7]:
            rest = f" {found[7]}:{found[8]}:{found[9] or '00'}{rest}"
    else:
        year, month, day = _parts(found[1], found[2], found[3], order)
    try:
        return _timed(datetime(year, month, day), rest.strip())
    except ValueError as error:
        raise ValueError("bad_date") from error


def _parts(a: str, b: str, c: str, order: str) -> tuple[int, int, int]:
    first, second, last = int(a), int(b), int(c)
    if len(a) == 4:
        return first, second, last
    if len(c) == 4:
        if order == "dmy" or (not order and first > 12):
            return last, second, first
        if order == "mdy" or (not order and second > 12) or first == second:
            return last, first, second
        raise ValueError("ambiguous_date")
    if len(a) <= 2 and len(c) <= 2 and order in ("", "ymd"):
        return 2000 + first, second, last  # 26/11/21, as Korean programs shorten it
    if len(c) == 2:
        return (2000 + last, second, first) if order == "dmy" else (2000 + last, first, second)
    raise ValueError("bad_date")


def _timed(date: datetime, rest: str) -> datetime:
    if not rest or rest in ("(월)", "(화)", "(수)", "(목)", "(금)", "(토)", "(일)"):
        return date
    found = _TIME.fullmatch(rest)
    if not found:
        raise ValueError("bad_date")
    before, hours, minutes, seconds, fraction, after, offset = found.groups()
    hour = int(hours)
    half = (before or after or "").replace(".", "").lower()
    if half and not 0 <= hour <= 12:
        half = ""  # 오후 14:03 is written too
    if half in ("오후", "pm", "낮") and hour < 12:
        hour += 12
    elif half in ("오전", "am") and hour == 12:
        hour = 0
    moment = date.replace(hour=hour, minute=int(minutes or 0), second=int(seconds or 0))
    if fraction:
        moment = moment.replace(microsecond=int(fraction[:6].ljust(6, "0")))
    return moment.replace(tzinfo=_offset(offset)) if offset else moment


def _offset(text: str) -> tzinfo:
    if known := _ZONES.get(text):
        return known
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))
