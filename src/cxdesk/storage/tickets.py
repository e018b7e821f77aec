"""Reading one ticket and its drafts, and counting the promises that are late."""

import sqlite3

from cxdesk.domain.moments import DAY
from cxdesk.domain.records import Customer, FollowUp, Message, Quote, Tag, Ticket
from cxdesk.domain.views import Thread
from cxdesk.storage.rows import fetch, fetch_all

__all__ = [
    "by_number",
    "draft",
    "finished",
    "last_quote",
    "last_words",
    "lines_said",
    "newest_replies",
    "promises_due",
    "save_draft",
    "tags",
    "thread",
    "ticket",
]


def ticket(db: sqlite3.Connection, ticket_id: str) -> Ticket | None:
    """One ticket."""
    return fetch(db, Ticket, "id = ?", ticket_id)


def by_number(db: sqlite3.Connection, number: int) -> Ticket | None:
    """The ticket people call by this number."""
    return fetch(db, Ticket, "number = ?", number) if abs(number) < 2**63 else None


def thread(db: sqlite3.Connection, ticket_id: str) -> Thread | None:
    """A ticket with its conversation."""
    found = ticket(db, ticket_id)
    if found is None:
        return None
    messages = fetch_all(db, Message, "ticket_id = ? ORDER BY at, id", ticket_id)
    return Thread(
        ticket=found,
        customer=fetch(db, Customer, "id = ?", found.customer_id) if found.customer_id else None,
        messages=messages,
        tags=tags(db, ticket_id),
        promises=fetch_all(db, FollowUp, "ticket_id = ? ORDER BY due_at", ticket_id),
        quotes=fetch_all(db, Quote, "ticket_id = ? ORDER BY told_at", ticket_id),
        names=dict(db.execute("SELECT id, name FROM agent").fetchall()),
    )


def tags(db: sqlite3.Connection, ticket_id: str) -> tuple[Tag, ...]:
    """The tags on a ticket."""
    return fetch_all(db, Tag, "ent = 'ticket' AND ent_id = ? ORDER BY at, id", ticket_id)


def last_quote(db: sqlite3.Connection, ticket_id: str) -> Quote | None:
    """The last wait that was said."""
    return fetch(db, Quote, "ticket_id = ? ORDER BY told_at DESC", ticket_id)


def last_words(db: sqlite3.Connection, ticket_id: str) -> str:
    """What the customer said last; ``""`` when nothing is written down."""
    found = db.execute(
        "SELECT body FROM message WHERE ticket_id = ? AND kind = 'customer' ORDER BY at DESC, id DESC LIMIT 1",
        (ticket_id,),
    ).fetchone()
    return found[0] if found else ""


def promises_due(db: sqlite3.Connection, now: int) -> int:
    """How many open promises are past due, those included that were called due by a clock that was set back since."""
    passed = db.execute("SELECT count(*) FROM follow_up WHERE state = 'open' AND due_at <= ?", (now,)).fetchone()[0]
    called = db.execute(
        "SELECT count(*) FROM reminder r JOIN follow_up f ON f.id = r.promise_id"
        " WHERE r.due_told_at > ? AND r.due_told_at <= ? AND f.state = 'open' AND f.due_at > ?",
        (now, now + DAY, now),
    ).fetchone()[0]
    return int(passed + called)


def lines_said(db: sqlite3.Connection, customer_id: str, since: int) -> dict[str, int]:
    """Script id → when it was last said to this customer, since an instant."""
    return dict(
        db.execute(
            "SELECT m.script_id, max(m.at) FROM ticket t JOIN message m ON m.ticket_id = t.id"
            " WHERE t.customer_id = ? AND m.script_id IS NOT NULL AND m.at >= ? GROUP BY m.script_id",
            (customer_id, since),
        ).fetchall()
    )


def newest_replies(db: sqlite3.Connection) -> dict[str, Message]:
    """The newest reply of each open ticket that has one."""
    found = fetch_all(
        db,
        Message,
        "kind = 'reply' AND ticket_id IN (SELECT id FROM ticket WHERE status IN ('waiting', 'active', 'pending'))"
        " ORDER BY at, id",
    )
    return {message.ticket_id: message for message in found}


def finished(db: sqlite3.Connection, most: int) -> list[tuple[str, str, str, int, int, int]]:
    """The latest finished contacts, oldest first: id, topic, agent, waiting since, taken, resolved (ms)."""
    rows: list[tuple[str, str, str, int, int, int]] = db.execute(
        "SELECT id, topic, assignee, waiting_since, taken_at, resolved_at FROM ticket"
        " WHERE resolved_at IS NOT NULL AND taken_at IS NOT NULL AND assignee IS NOT NULL"
        " ORDER BY resolved_at DESC LIMIT ?",
        (most,),
    ).fetchall()
    return rows[::-1]


def draft(db: sqlite3.Connection, ticket_id: str) -> tuple[str, str] | None:
    """What was being typed into a ticket: kind (reply or note) and text."""
    row = db.execute("SELECT kind, body FROM draft WHERE ticket_id = ?", (ticket_id,)).fetchone()
    return None if row is None else (str(row[0]), str(row[1]))


def save_draft(db: sqlite3.Connection, ticket_id: str, kind: str, body: str, at: int) -> None:
    """Journal what is being typed; an empty text forgets it. Runs inside the caller's transaction."""
    if body:
        db.execute(
            "INSERT INTO draft VALUES (?, ?, ?, ?) ON CONFLICT (ticket_id) DO UPDATE"
            " SET kind = excluded.kind, body = excluded.body, at = excluded.at",
            (ticket_id, kind, body, at),
        )
    else:
        db.execute("DELETE FROM draft WHERE ticket_id = ?", (ticket_id,))
