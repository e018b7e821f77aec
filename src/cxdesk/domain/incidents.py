"""One cause behind many tickets: opening it, speaking of it in time, and saying afterwards how it went.

Two clocks matter to whoever is touched: how soon they first hear something, and whether every further word comes when
it was promised. Both are kept in the rows: an incident knows by when the next word is due, and the timeline remembers
by when each word had been due.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from cxdesk.domain.afterwards import (
    Incident,
    IncidentEntry,
    IncidentPerson,
    IncidentReach,
    IncidentTicket,
    IncidentWord,
)
from cxdesk.domain.changes import Edit, Stamp, alter, insert
from cxdesk.domain.moments import MINUTE, Instant
from cxdesk.domain.records import Customer
from cxdesk.domain.values import dataclass
from cxdesk.domain.words import Language, Topic

__all__ = [
    "SOON",
    "Alert",
    "EntryKind",
    "Form",
    "Pace",
    "Report",
    "Rhythm",
    "Touched",
    "View",
    "answers",
    "approve",
    "begin",
    "due_at",
    "end",
    "linked",
    "next_by",
    "pace",
    "report",
    "resume",
    "step",
    "wording",
]

SOON = 5 * MINUTE
"""So long before a word is due it is shown as due soon."""
_SAID = 5 * MINUTE
"""Times that are told to customers are whole five minutes."""
_ROUND = 5 * MINUTE
"""Words closer together than this, such as one for the ear and one for the eye, are one update."""


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


@dataclass(frozen=True, slots=True)
class Report:
    """How an incident went. Times are lengths in milliseconds, empty while it has not happened: ``first_word`` until a
    wording was approved, ``first_told`` until it was said in a contact.

    ``kept`` of ``updates`` words came by their time; one that is overdue counts as not kept.
    """

    lasted: int
    first_word: int | None
    first_told: int | None
    kept: int
    updates: int
    tickets: int
    still_open: int
    people: int
    told: int
    cared: int
    asked: int


@dataclass(frozen=True, slots=True)
class Touched:
    """Somebody an incident touched, and what was done for them. ``came`` is whether they contacted the shop about it;
    ``forbidden`` that they want no contact, so that nobody turns to them first."""

    customer: Customer
    phone: str
    came: bool
    forbidden: bool
    told_at: Instant | None = None
    cared_at: Instant | None = None
    asked_at: Instant | None = None


@dataclass(frozen=True, slots=True)
class View:
    """One incident with everything its page shows. ``tickets`` is how many stand in each status, ``to_tell`` how many
    open ones have heard nothing since the last word. ``names`` are agents by id."""

    incident: Incident
    words: tuple[IncidentWord, ...]
    entries: tuple[IncidentEntry, ...]
    reaches: tuple[IncidentReach, ...]
    tickets: Mapping[str, int]
    to_tell: int
    report: Report
    names: Mapping[str, str]


def report(
    incident: Incident,
    entries: Sequence[IncidentEntry],
    tickets: Mapping[str, int],
    people: int,
    persons: Sequence[IncidentPerson],
    heard: Collection[str],
    first_told: Instant | None,
    now: Instant,
) -> Report:
    """The figures of an incident. ``tickets`` is how many stand in each status, ``people`` how many it touched,
    ``heard`` the customers to whom a wording was said in a ticket, and ``first_told`` when that was first."""
    until = incident.closed_at if incident.closed_at is not None else max(now, incident.opened_at)
    rounds = _rounds(entries)
    kept = sum(word.due_at is None or word.at <= word.due_at for word in rounds)
    overdue = incident.next_word_at is not None and now >= incident.next_word_at
    open_ones = sum(count for status, count in tickets.items() if status in ("waiting", "active", "pending"))
    return Report(
        lasted=max(0, until - incident.opened_at),
        first_word=_since(incident, incident.first_word_at),
        first_told=_since(incident, first_told),
        kept=kept,
        updates=len(rounds) + overdue,
        tickets=sum(tickets.values()),
        still_open=open_ones,
        people=people,
        told=len({one.customer_id for one in persons if one.told_at is not None}.union(heard)),
        cared=len({one.customer_id for one in persons if one.cared_at is not None}),
        asked=len({one.customer_id for one in persons if one.asked_at is not None}),
    )


def _since(incident: Incident, at: Instant | None) -> int | None:
    """How long after the opening; never less than nothing, whatever the clock said."""
    return None if at is None else max(0, at - incident.opened_at)


def _rounds(entries: Iterable[IncidentEntry]) -> list[IncidentEntry]:
    """The first word of every update, in order."""
    rounds: list[IncidentEntry] = []
    for entry in sorted(entries, key=lambda entry: (entry.at, entry.id)):
        if entry.kind == EntryKind.WORD and (not rounds or entry.at - rounds[-1].at >= _ROUND):
            rounds.append(entry)
    return rounds


def linked(incident: Incident, ticket_ids: Iterable[str], stamp: Stamp) -> tuple[IncidentTicket, ...]:
    """The rows that put tickets under an incident."""
    return tuple(
        IncidentTicket(stamp.mint(), incident.id, ticket_id, stamp.at, stamp.agent_id) for ticket_id in ticket_ids
    )
