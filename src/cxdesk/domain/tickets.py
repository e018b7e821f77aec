"""What can happen to a ticket: one table of moves, one function that makes them, and the verbs built on it.

Each verb takes records and a ``Stamp`` and answers with edits; none of them reads a clock or a file.
"""

import json
from dataclasses import replace
from typing import Any

from cxdesk.domain.changes import Edit, Stamp, alter, insert, remove
from cxdesk.domain.order import Credits, rank_at
from cxdesk.domain.records import Message, Quote, Tag, Ticket
from cxdesk.domain.words import Emotion, MessageKind, Priority, Stage, Status, Topic

__all__ = [
    "MOVES",
    "NotAllowed",
    "abandon",
    "about",
    "arrive",
    "assign",
    "event",
    "feel",
    "hear",
    "hold",
    "move",
    "prioritise",
    "quote",
    "ranked",
    "reopen",
    "resolve",
    "say",
    "stage",
    "tag",
    "take",
    "untag",
    "wake",
]

MOVES: dict[Status, frozenset[Status]] = {
    Status.WAITING: frozenset({Status.ACTIVE, Status.ABANDONED}),
    Status.ACTIVE: frozenset({Status.PENDING, Status.RESOLVED}),
    Status.PENDING: frozenset({Status.ACTIVE}),
    Status.RESOLVED: frozenset({Status.WAITING}),
    Status.ABANDONED: frozenset(),
}


class NotAllowed(ValueError):
    """A move that the table does not have; ``ticket`` is where it was, ``to`` where it was sent."""

    def __init__(self, ticket: Ticket, to: Status) -> None:
        super().__init__(f"{ticket.status} -> {to}")
        self.ticket = ticket
        self.to = to


def move(ticket: Ticket, to: Status, stamp: Stamp, **fields: Any) -> Ticket:
    """The ticket after one allowed move at ``stamp``, with the times that belong to the move set or cleared.

    ``fields`` are further columns of the result. Raises ``NotAllowed``.
    """
    if to not in MOVES[ticket.status]:
        raise NotAllowed(ticket, to)
    moved = replace(ticket, status=to, hold_until=None, hold_for_reply=False)
    match to:
        case Status.ACTIVE:
            taken = ticket.taken_at if ticket.status is Status.PENDING and ticket.taken_at else stamp.at
            moved = replace(moved, taken_at=taken, assignee=stamp.agent_id or ticket.assignee)
        case Status.RESOLVED:
            moved = replace(moved, resolved_at=stamp.at)
        case Status.ABANDONED:
            moved = replace(moved, abandoned_at=stamp.at)
        case Status.WAITING:
            moved = replace(moved, resolved_at=None, taken_at=None, waiting_since=stamp.at, assignee=None)
            moved = replace(moved, quoted_from=None, quoted_until=None, feeling_after=None, stage=Stage.LISTEN)
    return replace(moved, **fields)


def _through_active(ticket: Ticket, to: Status, stamp: Stamp, **fields: Any) -> Ticket:
    """One move, or two when the ticket must first be taken: resolving or holding a waiting ticket takes it."""
    if to not in MOVES[ticket.status] and ticket.status in (Status.WAITING, Status.PENDING):
        ticket = move(ticket, Status.ACTIVE, stamp)
    return move(ticket, to, stamp, **fields)


def ranked(ticket: Ticket, credits: Credits) -> Ticket:
    """The ticket with the place in the queue that its priority, segment and words give it."""
    feeling = ticket.emotion or ticket.heard
    rank = rank_at(ticket.waiting_since, ticket.priority, ticket.segment, credits, ticket.urgency, feeling)
    return replace(ticket, rank_at=rank)


def event(ticket_id: str, stamp: Stamp, code: str, **values: Any) -> Message:
    """A line of the ticket's history. The body is a code with values, put into words when it is shown."""
    body = json.dumps({"code": code} | values, ensure_ascii=False, separators=(",", ":"))
    return Message(stamp.mint(), ticket_id, MessageKind.EVENT, body, stamp.at, stamp.agent_id)


def arrive(ticket: Ticket, stamp: Stamp, said: str = "") -> tuple[Edit, ...]:
    """A new contact, with the customer's first words if there are any."""
    edits: tuple[Edit, ...] = (insert(ticket),)
    if said:
        edits += (insert(Message(stamp.mint(), ticket.id, MessageKind.CUSTOMER, said, stamp.at)),)
    return edits


def take(ticket: Ticket, stamp: Stamp, told: Quote | None = None) -> tuple[Edit, ...]:
    """Begin to serve. ``told`` is the last wait that was said; the wait that came true is written beside it."""
    taken = move(ticket, Status.ACTIVE, stamp)
    return (*alter(ticket, taken), insert(event(ticket.id, stamp, "taken")), *_came_true(ticket, stamp, told))


def _came_true(ticket: Ticket, stamp: Stamp, told: Quote | None) -> tuple[Edit, ...]:
    """The wait that was told ends now, however the ticket is taken: write how long it was, in seconds, beside it."""
    if ticket.status is not Status.WAITING or told is None or told.waited is not None:
        return ()
    if told.told_at < ticket.waiting_since:
        return ()  # said before the ticket was reopened, of a wait whose end nobody noted
    return alter(told, replace(told, waited=max(0, (stamp.at - told.told_at) // 1000)))


def resolve(
    ticket: Ticket, stamp: Stamp, feeling: Emotion | None = None, told: Quote | None = None
) -> tuple[Edit, ...]:
    """The contact is done; ``feeling`` is how the customer sounded at the end, if anybody can say."""
    return (
        *alter(ticket, _through_active(ticket, Status.RESOLVED, stamp, feeling_after=feeling)),
        insert(event(ticket.id, stamp, "resolved")),
        *_came_true(ticket, stamp, told),
    )


def reopen(ticket: Ticket, stamp: Stamp, credits: Credits) -> tuple[Edit, ...]:
    """Back into the queue, waiting from now."""
    return (
        *alter(ticket, ranked(move(ticket, Status.WAITING, stamp), credits)),
        insert(event(ticket.id, stamp, "reopened")),
    )


def hold(ticket: Ticket, stamp: Stamp, until: int | None, told: Quote | None = None) -> tuple[Edit, ...]:
    """Put aside until an instant, or until the customer replies when ``until`` is ``None``."""
    held = _through_active(ticket, Status.PENDING, stamp, hold_until=until, hold_for_reply=until is None)
    noted = insert(event(ticket.id, stamp, "held", until=until))
    return (*alter(ticket, held), noted, *_came_true(ticket, stamp, told))


def wake(ticket: Ticket, stamp: Stamp) -> tuple[Edit, ...]:
    """A held ticket whose time has come, back in its agent's hands."""
    woken = move(ticket, Status.ACTIVE, Stamp(stamp.at, ticket.assignee, stamp.mint))
    return (*alter(ticket, woken), insert(event(ticket.id, stamp, "woken")))


def abandon(ticket: Ticket, stamp: Stamp) -> tuple[Edit, ...]:
    """The customer gave up waiting."""
    return (*alter(ticket, move(ticket, Status.ABANDONED, stamp)), insert(event(ticket.id, stamp, "left")))


def hear(ticket: Ticket, stamp: Stamp, body: str, sounding: Ticket | None = None) -> tuple[Edit, ...]:
    """The customer says something more; a ticket held for a reply wakes. ``sounding`` is the ticket with what the
    words sound like."""
    heard = sounding or ticket
    said = insert(Message(stamp.mint(), ticket.id, MessageKind.CUSTOMER, body, stamp.at))
    if ticket.status is Status.PENDING and ticket.hold_for_reply:
        woken = move(heard, Status.ACTIVE, Stamp(stamp.at, ticket.assignee, stamp.mint))
        return (said, *alter(ticket, woken), insert(event(ticket.id, stamp, "woken")))
    return (said, *alter(ticket, heard))


def say(
    ticket: Ticket,
    stamp: Stamp,
    kind: MessageKind,
    body: str,
    script_id: str | None = None,
    told: Quote | None = None,
) -> tuple[Edit, ...]:
    """A reply or an internal note. Answering a waiting or held customer takes the ticket."""
    said = insert(Message(stamp.mint(), ticket.id, kind, body, stamp.at, stamp.agent_id, script_id))
    if kind is MessageKind.REPLY and ticket.status in (Status.WAITING, Status.PENDING):
        return (*alter(ticket, move(ticket, Status.ACTIVE, stamp)), said, *_came_true(ticket, stamp, told))
    return (said,)


def quote(ticket: Ticket, told: Quote) -> tuple[Edit, ...]:
    """A wait that was said to the customer: kept, and the ticket knows until when they were told to wait."""
    until = told.told_at + 1000 * told.high
    return (insert(told), *alter(ticket, replace(ticket, quoted_from=told.told_at, quoted_until=until)))


def feel(ticket: Ticket, emotion: Emotion | None, intensity: int, credits: Credits) -> tuple[Edit, ...]:
    """What the agent hears in the customer's voice; it counts for the queue instead of what the words sounded like."""
    level = 0 if emotion in (None, Emotion.NEUTRAL) else max(1, min(3, intensity))
    return alter(ticket, ranked(replace(ticket, emotion=emotion, intensity=level), credits))


def stage(ticket: Ticket, step: int) -> tuple[Edit, ...]:
    """Forward or back on the stage bar; it stops at both ends."""
    stages = list(Stage)
    index = max(0, min(len(stages) - 1, stages.index(ticket.stage) + step))
    return alter(ticket, replace(ticket, stage=stages[index]))


def assign(ticket: Ticket, agent_id: str | None) -> tuple[Edit, ...]:
    """Hand the ticket to an agent, or to nobody."""
    return alter(ticket, replace(ticket, assignee=agent_id))


def prioritise(ticket: Ticket, priority: Priority, credits: Credits) -> tuple[Edit, ...]:
    """Change how soon the ticket must be served; its place in the queue moves with it."""
    return alter(ticket, ranked(replace(ticket, priority=priority), credits))


def about(ticket: Ticket, topic: Topic) -> tuple[Edit, ...]:
    """What the contact turned out to be about."""
    return alter(ticket, replace(ticket, topic=topic))


def tag(ticket: Ticket, stamp: Stamp, word: str, present: tuple[Tag, ...]) -> tuple[Edit, ...]:
    """Add a tag unless the ticket has it."""
    if any(old.tag == word for old in present):
        return ()
    return (insert(Tag(stamp.mint(), "ticket", ticket.id, word, stamp.at)),)


def untag(word: str, present: tuple[Tag, ...]) -> tuple[Edit, ...]:
    """Take every adding of a tag away."""
    return tuple(remove(old) for old in present if old.tag == word)
