"""Instants and how people say them, in Korean and in English.

An ``Instant`` is an ``int``: milliseconds since 1970 in UTC. Time zone and present are always passed in.
Locale libraries are not used because their Korean is not what a person would say (``PM 2:03``).
"""

from datetime import UTC, datetime, timedelta, tzinfo

from cxdesk.domain.words import Language

__all__ = [
    "DAY",
    "HOUR",
    "MINUTE",
    "SECOND",
    "Instant",
    "ago",
    "clock",
    "day",
    "duration",
    "from_iso",
    "instant",
    "iso",
    "local",
    "stopwatch",
    "when",
]

Instant = int

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)
_WEEKDAYS = {"ko": "월화수목금토일", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NEAR_DAYS = {
    "ko": {-1: "어제", 0: "오늘", 1: "내일"},
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
}


def local(t: Instant, tz: tzinfo) -> datetime:
    """Return the wall-clock time of an instant in a zone."""
    return (_EPOCH + t * _MS).astimezone(tz)


def instant(moment: datetime) -> Instant:
    """Return the instant of an aware ``datetime``, cut to the millisecond."""
    return (moment - _EPOCH) // _MS


def iso(t: Instant) -> str:
    """Return ISO 8601 in UTC, ``2026-11-21T05:03:00Z``, with milliseconds only when there are some."""
    return local(t, UTC).replace(tzinfo=None).isoformat(timespec="milliseconds").removesuffix(".000") + "Z"


def from_iso(text: str) -> Instant:
    """Read ISO 8601 with ``Z`` or an offset; raise ``ValueError`` when either is missing."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("no_offset")
    return instant(moment)


def clock(t: Instant, tz: tzinfo, lang: str = Language.KO) -> str:  # noqa: ARG001 - one signature for all of them
    """Return the time of day for a narrow column, ``14:03`` in either language."""
    return f"{local(t, tz):%H:%M}"


def day(t: Instant, tz: tzinfo, lang: str, now: Instant) -> str:
    """Return ``오늘`` or ``11월 21일(토)``, ``Today`` or ``Sat 21 Nov``, with the year when it differs."""
    said = _day(local(t, tz), local(now, tz), lang)
    return said[0].upper() + said[1:]


def when(t: Instant, tz: tzinfo, lang: str, now: Instant) -> str:
    """Return day and time as said to a customer, to the minute: ``내일 오후 3시``, ``tomorrow 3 pm``.

    ``due.read_due`` reads every form written here back to the same minute.
    """
    moment = local(t, tz)
    present = local(now, tz)
    near = (moment.date() - present.date()).days in _NEAR_DAYS["en"]
    comma = "," if lang == Language.EN and not near else ""
    return f"{_day(moment, present, lang)}{comma} {_time(moment, lang)}"


def ago(t: Instant, now: Instant, lang: str) -> str:
    """Return how long ago in its largest whole unit: ``3시간 전``, ``8 months ago``.

    Less than a minute, or a moment ahead of ``now`` (clock skew), is ``방금``, ``just now``.
    """
    gone = now - t
    days = gone // DAY
    if gone < MINUTE:
        return "방금" if lang == Language.KO else "just now"
    for count, ko, en in (
        (days // 365, "년", "year"),
        (min(days // 30, 11), "개월", "month"),
        (days, "일", "day"),
        (gone // HOUR, "시간", "hour"),
        (gone // MINUTE, "분", "minute"),
    ):
        if count:
            return f"{count}{ko} 전" if lang == Language.KO else f"{count} {en}{'s' * (count != 1)} ago"
    raise AssertionError("unreachable")


def duration(seconds: float, lang: str) -> str:
    """Return a length of time in its two largest units, cut not rounded: ``1시간 20분``, ``1 h 20 min``."""
    whole = max(0, int(seconds))
    minutes, hours, days = whole // 60 % 60, whole // 3600 % 24, whole // 86400
    ko = lang == Language.KO
    if days:
        parts = [(days, "일" if ko else " d"), (hours, "시간" if ko else " h")]
    elif whole >= 60:
        parts = [(hours, "시간" if ko else " h"), (minutes, "분" if ko else " min")]
    else:
        return f"{whole}초" if ko else f"{whole} s"
    return " ".join(f"{count}{unit}" for count, unit in parts if count)


def stopwatch(seconds: float) -> str:
    """Return a running time, ``4:12`` or ``1:02:09``; never below ``0:00``."""
    whole = max(0, int(seconds))
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _day(moment: datetime, present: datetime, lang: str) -> str:
    if near := _NEAR_DAYS[lang].get((moment.date() - present.date()).days):
        return near
    weekday = _WEEKDAYS[lang][moment.weekday()]
    same_year = moment.year == present.year
    if lang == Language.KO:
        year = "" if same_year else f"{moment.year}년 "
        return f"{year}{moment.month}월 {moment.day}일({weekday})"
    year = "" if same_year else f" {moment.year}"
    return f"{weekday} {moment.day} {_MONTHS[moment.month - 1]}{year}"


def _time(moment: datetime, lang: str) -> str:
    hour, minute = (moment.hour + 11) % 12 + 1, moment.minute
    if lang == Language.KO:
        if moment.hour == 12 and not minute:
            return "낮 12시"  # 오후 12시 is heard as noon by some and as midnight by others
        half = "오전" if moment.hour < 12 else "오후"
        if moment.hour == 0:
            hour = 0
        return f"{half} {hour}:{minute:02}" if minute else f"{half} {hour}시"
    if moment.hour == 12 and not minute:
        return "noon"
    half = "am" if moment.hour < 12 else "pm"
    return f"{hour}:{minute:02} {half}" if minute else f"{hour} {half}"
