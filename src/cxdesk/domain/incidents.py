"""One cause behind many tickets: opening it, speaking of it in time, and saying afterwards how it went.

Two clocks matter to whoever is touched: how soon they first hear something, and whether every further word comes when
it was promised. Both are kept in the rows: an incident knows by when the next word is due, and the timeline remembers
by when each word had been due.
"""

import json
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from cxdesk.domain.afterwards import (
    Incident,
    IncidentEntry,
    IncidentTicket,
    IncidentWord,
)
from cxdesk.domain.changes import Edit, Stamp, alter, insert
from cxdesk.domain.moments import MINUTE, Instant
from cxdesk.domain.values import dataclass
from cxdesk.domain.words import Language, Topic

__all__ = [
    "SOON",
    "Alert",
    "EntryKind",
    "Form",
    "Pace",
    "Rhythm",
    "answers",
    "approve",
    "begin",
    "due_at",
    "end",
    "linked",
    "next_by",
    "pace",
    "resume",
    "step",
    "wording",
]

SOON = 5 * MINUTE
"""So long before a word is due it is shown as due soon."""
_SAID = 5 * MINUTE
"""Times that are told to customers are whole five minutes."""


class Form(StrEnum):
    """Whether a wording is for the ear or for the eye."""

    WRITE = "write"
    SPEAK = "speak"


class EntryKind(StrEnum):
    """What a line of the timeline is; a ``step`` carries a code with values, like the event of a ticket."""

    WORD = "word"
    STEP = "step"
    NOTE = "note"
    CHECK = "check"


class Pace(StrEnum):
    """How the next word stands against its time."""

    CALM = "calm"
    SOON = "soon"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Minutes from opening to the first word, and from each word to the next."""

    first_word: int = 15
    next_word: int = 30


@dataclass(frozen=True, slots=True)
class Alert:
    """What the top line says of incidents: the open one whose next word is due first, and what begs for one.

    ``burst`` is a topic with its product (may be empty) and how many asked about it within the hour.
    """

    incident: Incident | None = None
    open: int = 0
    burst: tuple[Topic, str, int] | None = None


def begin(
    title: str, topic: Topic | None, product: str, rhythm: Rhythm, stamp: Stamp
) -> tuple[Incident, tuple[Edit, ...]]:
    """A new incident, answered for by whoever opens it; the first word is due from now."""
    incident = Incident(
        stamp.mint(),
        title,
        stamp.at,
        topic,
        product,
        agent_id=stamp.agent_id,
        next_word_at=stamp.at + rhythm.first_word * MINUTE,
    )
    return incident, (insert(incident), insert(step(incident, "opened", stamp)))


def step(incident: Incident, code: str, stamp: Stamp, **values: object) -> IncidentEntry:
    """A line of the timeline that the program writes: a code, put into words when it is shown."""
    body = json.dumps(values, ensure_ascii=False, separators=(",", ":")) if values else ""
    return IncidentEntry(stamp.mint(), incident.id, EntryKind.STEP, body, stamp.at, item=code, agent_id=stamp.agent_id)


def approve(
    incident: Incident, form: Form, language: Language, body: str, by: Instant, stamp: Stamp
) -> tuple[Edit, ...]:
    """A wording that may be said from now on. The clock starts again: the next word is due ``by`` an instant."""
    word = IncidentWord(stamp.mint(), incident.id, form, language, body, stamp.at, stamp.agent_id)
    entry = IncidentEntry(
        stamp.mint(),
        incident.id,
        EntryKind.WORD,
        body,
        stamp.at,
        item=f"{form}.{language}",
        due_at=incident.next_word_at,
        agent_id=stamp.agent_id,
    )
    told = replace(
        incident,
        first_word_at=incident.first_word_at if incident.first_word_at is not None else stamp.at,
        last_word_at=stamp.at,
        next_word_at=by,
    )
    return (insert(word), insert(entry), *alter(incident, told))


def end(incident: Incident, stamp: Stamp, left: int) -> tuple[Edit, ...]:
    """It is over; ``left`` tickets are still open. Never before it began, whatever the clock says."""
    closed = replace(incident, closed_at=max(stamp.at, incident.opened_at), next_word_at=None)
    return (*alter(incident, closed), insert(step(incident, "closed", stamp, n=left)))


def resume(incident: Incident, rhythm: Rhythm, stamp: Stamp) -> tuple[Edit, ...]:
    """It was not over: the next word is due from now."""
    again = replace(incident, closed_at=None, next_word_at=stamp.at + rhythm.next_word * MINUTE)
    return (*alter(incident, again), insert(step(incident, "resumed", stamp)))


def due_at(incident: Incident, now: Instant, rhythm: Rhythm) -> Instant | None:
    """By when the next word is due; ``None`` once it is over.

    A clock that was set back must not grant hours: before the last word it is a whole interval from now at most.
    """
    if incident.closed_at is not None or incident.next_word_at is None:
        return None
    latest = max(incident.opened_at, incident.last_word_at or 0)
    interval = rhythm.first_word if incident.last_word_at is None else rhythm.next_word
    return min(incident.next_word_at, now + interval * MINUTE) if now < latest else incident.next_word_at


def next_by(rhythm: Rhythm, now: Instant) -> Instant:
    """By when the next word can be promised: after the shop's interval, on a time people say, never later."""
    return (now + rhythm.next_word * MINUTE) // _SAID * _SAID


def pace(due: Instant, now: Instant) -> Pace:
    """How a word that is due stands now."""
    if now >= due:
        return Pace.LATE
    return Pace.SOON if due - now <= SOON else Pace.CALM


def wording(words: Iterable[IncidentWord], form: Form, language: Language) -> IncidentWord | None:
    """What may be said: the latest wording of the language in this form, else in the other one."""
    mine = [word for word in words if word.language == language]
    return max(mine, key=lambda word: (word.form == form, word.at, word.id), default=None)


def answers(entries: Iterable[IncidentEntry]) -> dict[str, IncidentEntry]:
    """Check → its latest answer; a check whose answer was taken out again (an empty body) is left out."""
    found: dict[str, IncidentEntry] = {}
    for entry in sorted(entries, key=lambda entry: (entry.at, entry.id)):
        if entry.kind == EntryKind.CHECK:
            found[entry.item] = entry
    return {item: entry for item, entry in found.items() if entry.body}


def linked(incident: Incident, ticket_ids: Iterable[str], stamp: Stamp) -> tuple[IncidentTicket, ...]:
    """The rows that put tickets under an incident."""
    return tuple(
        IncidentTicket(stamp.mint(), incident.id, ticket_id, stamp.at, stamp.agent_id) for ticket_id in ticket_ids
    )
