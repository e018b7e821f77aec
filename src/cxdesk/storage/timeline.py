"""Reading one person's line of time a page at a time: six ranges of an index, whatever happened with them."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from cxdesk.domain.afterwards import Voice
from cxdesk.domain.records import Feedback, FollowUp, Note, Purchase, Record, Ticket
from cxdesk.domain.timeline import Event, EventKind, Mark, newest
from cxdesk.storage.rows import fetch_all

__all__ = ["timeline"]

_SOURCES: dict[EventKind, tuple[type[Record], str]] = {
    EventKind.PURCHASE: (Purchase, "ordered_at"),
    EventKind.CONTACT: (Ticket, "arrived_at"),
    EventKind.PROMISE: (FollowUp, "made_at"),
    EventKind.NOTE: (Note, "created_at"),
    EventKind.FEEDBACK: (Feedback, "at"),
    EventKind.VOICE: (Voice, "at"),
}


def timeline(db: sqlite3.Connection, customer_id: str, before: Mark | None, most: int) -> tuple[Event, ...]:
    """What happened with a customer before a mark, newest first; notes that were amended are left out."""
    amended = {
        row[0]
        for row in db.execute("SELECT amends FROM note WHERE customer_id = ? AND amends IS NOT NULL", (customer_id,))
    }
    sources = [_source(db, kind, customer_id, before, most) for kind in EventKind]
    found = newest(([event for event in source if event.record.id not in amended] for source in sources), most)
    return _with_words(db, found)


def _source(
    db: sqlite3.Connection, kind: EventKind, customer_id: str, before: Mark | None, most: int
) -> Sequence[Event]:
    record, column = _SOURCES[kind]
    where, values = "customer_id = ?", (customer_id,)
    if before is not None:
        # The first comparison finds the place in the index; the second parts what happened at the same moment.
        where += f" AND {column} <= ? AND ({column}, id) < (?, ?)"
        values += (before[0], *before)  # type: ignore[assignment]
    rows: tuple[Any, ...] = fetch_all(db, record, f"{where} ORDER BY {column} DESC, id DESC LIMIT ?", *values, most)
    return [Event(kind, getattr(row, column), row) for row in rows]


def _with_words(db: sqlite3.Connection, events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The same, contacts with what the customer said first."""
    said = {}
    for event in events:
        if event.kind is EventKind.CONTACT:
            row = db.execute(
                "SELECT body FROM message WHERE ticket_id = ? AND kind = 'customer' ORDER BY at, id LIMIT 1",
                (event.record.id,),
            ).fetchone()
            said[event.record.id] = str(row[0]) if row else ""
    return tuple(replace(event, said=said[event.record.id]) if event.record.id in said else event for event in events)
