"""How an incident goes, or went: its figures, whom it touched, and everything its page shows."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from cxdesk.domain.afterwards import Incident, IncidentEntry, IncidentPerson, IncidentReach, IncidentWord
from cxdesk.domain.incidents import EntryKind
from cxdesk.domain.moments import MINUTE, Instant
from cxdesk.domain.records import Customer
from cxdesk.domain.values import dataclass

__all__ = ["Report", "Touched", "View", "report"]

_ROUND = 5 * MINUTE
"""Words closer together than this, such as one for the ear and one for the eye, are one update."""


@dataclass(frozen=True, slots=True)
class Report:
    """How an incident went. Times are lengths in milliseconds, empty while it has not happened: ``first_word`` until a
    wording was approved, ``first_told`` until a customer was told.

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
    open ones have heard nothing since the last word, ``alike`` how many are about the same and not linked. ``names``
    are agents by id."""

    incident: Incident
    words: tuple[IncidentWord, ...]
    entries: tuple[IncidentEntry, ...]
    reaches: tuple[IncidentReach, ...]
    tickets: Mapping[str, int]
    to_tell: int
    alike: int
    report: Report
    names: Mapping[str, str]


def report(
    incident: Incident,
    entries: Sequence[IncidentEntry],
    tickets: Mapping[str, int],
    people: int,
    persons: Sequence[IncidentPerson],
    heard: Collection[str],
    told_at_once: int,
    first_heard: Instant | None,
    now: Instant,
) -> Report:
    """The figures of an incident. ``tickets`` is how many stand in each status, ``people`` how many it touched,
    ``heard`` the customers to whom a wording was said in a ticket, ``first_heard`` when that was first, and
    ``told_at_once`` how many others a message sent elsewhere reached."""
    told = [one.told_at for one in persons if one.told_at is not None]
    told += [first_heard] if first_heard is not None else []
    until = incident.closed_at if incident.closed_at is not None else max(now, incident.opened_at)
    rounds = _rounds(entries)
    kept = sum(word.due_at is None or word.at <= word.due_at for word in rounds)
    overdue = incident.next_word_at is not None and now >= incident.next_word_at
    open_ones = sum(count for status, count in tickets.items() if status in ("waiting", "active", "pending"))
    return Report(
        lasted=max(0, until - incident.opened_at),
        first_word=_since(incident, incident.first_word_at),
        first_told=_since(incident, min(told, default=None)),
        kept=kept,
        updates=len(rounds) + overdue,
        tickets=sum(tickets.values()),
        still_open=open_ones,
        people=people,
        told=len({one.customer_id for one in persons if one.told_at is not None}.union(heard)) + told_at_once,
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
