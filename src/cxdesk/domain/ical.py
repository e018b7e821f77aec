"""Promises as a calendar file: RFC 5545, one VEVENT each, with an alarm.

An event keeps its UID when the promise is moved and counts SEQUENCE up, so that a calendar that reads the file again
moves the event instead of adding one. Events, not to-dos: several calendars leave a VTODO out.
See ``docs/decisions/013-own-calendar-file.md``.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC

from cxdesk.domain.inert import inert
from cxdesk.domain.moments import MINUTE, Instant, local
from cxdesk.domain.values import dataclass

__all__ = ["Event", "calendar"]

_OCTETS = 75
"""RFC 5545, 3.1: lines longer than this are folded."""


@dataclass(frozen=True, slots=True)
class Event:
    """One entry: ``uid`` stays the same over moves, ``sequence`` counts them; instants in ms UTC."""

    uid: str
    at: Instant
    summary: str
    note: str = ""
    sequence: int = 0
    lasts_min: int = 15


def calendar(events: Iterable[Event], now: Instant, name: str, remind_min: int) -> str:
    """The whole file, its lines folded and ended by CRLF; the alarm rings ``remind_min`` minutes before."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//cxdesk//followups//EN", "METHOD:PUBLISH"]
    lines.append(f"X-WR-CALNAME:{_text(name)}")
    for event in events:
        lines += _event(event, now, remind_min)
    lines.append("END:VCALENDAR")
    return "".join(part + "\r\n" for line in lines for part in _folded(line))


def _event(event: Event, now: Instant, remind_min: int) -> list[str]:
    summary = _text(event.summary)
    return [
        "BEGIN:VEVENT",
        f"UID:{_text(event.uid)}",
        f"DTSTAMP:{_utc(now)}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTART:{_utc(event.at)}",
        f"DTEND:{_utc(event.at + event.lasts_min * MINUTE)}",
        f"SUMMARY:{summary}",
        *([f"DESCRIPTION:{_text(event.note)}"] if event.note else []),
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{summary}",
        f"TRIGGER:-PT{remind_min}M",
        "END:VALARM",
        "END:VEVENT",
    ]


def _utc(at: Instant) -> str:
    return f"{local(at, UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    """A TEXT value: backslash, semicolon, comma and newline escaped (3.3.11), control characters taken out."""
    escaped = inert(value).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n").replace("\t", " ")


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, each but the first begun by a blank; no character is cut in two."""
    piece, size = "", 0
    for char in line:
        octets = len(char.encode())
        if size + octets > _OCTETS:
            yield piece
            piece, size = " ", 1
        piece, size = piece + char, size + octets
    yield piece
