"""Reading the queue: which tickets stand where, and the rows of the ones in sight. Never a whole table."""

import sqlite3
from collections.abc import Iterable

from cxdesk.domain.records import Ticket, from_row
from cxdesk.domain.views import QueueRow, Section, Sections
from cxdesk.domain.words import Status
from cxdesk.storage.rows import columns, fetch_all, select

__all__ = [
    "ahead",
    "first_calm",
    "first_waiting",
    "next_number",
    "on_hold_until",
    "open_counts",
    "open_tickets",
    "rows",
    "sections",
    "serving",
]


def sections(db: sqlite3.Connection, agent_id: str | None, now: int) -> Sections:
    """Ticket ids by section: mine, told a time that has passed, waiting in order of service, held, with colleagues."""
    late = _ids(
        db,
        "SELECT id FROM ticket INDEXED BY ticket_quoted WHERE status = 'waiting' AND quoted_until < ?"
        " ORDER BY quoted_until",
        now,
    )
    passed = set(late)
    waiting = _ids(db, "SELECT id FROM ticket WHERE status = 'waiting' ORDER BY rank_at, id")
    active = db.execute("SELECT id, assignee FROM ticket WHERE status = 'active' ORDER BY rank_at, id").fetchall()
    found = (
        (Section.MINE, tuple(key for key, holder in active if holder == agent_id)),
        (Section.LATE, late),
        (Section.WAITING, tuple(key for key in waiting if key not in passed)),
        (Section.PENDING, _ids(db, "SELECT id FROM ticket WHERE status = 'pending' ORDER BY rank_at, id")),
        (Section.COLLEAGUES, tuple(key for key, holder in active if holder != agent_id)),
    )
    return tuple((section, ids) for section, ids in found if ids)


def rows(db: sqlite3.Connection, ids: Iterable[str]) -> dict[str, QueueRow]:
    """The queue rows of these tickets; ids that no longer exist are left out."""
    wanted = list(ids)
    if not wanted:
        return {}
    marks = ",".join("?" * len(wanted))
    names = columns("ticket")
    found = db.execute(
        f"SELECT {', '.join('t.' + n for n in names)}, c.name, a.name FROM ticket t"  # noqa: S608 - names of our own
        f" LEFT JOIN customer c ON c.id = t.customer_id LEFT JOIN agent a ON a.id = t.assignee WHERE t.id IN ({marks})",
        wanted,
    )
    return {
        row[0]: QueueRow(from_row(Ticket, dict(zip(names, row[:-2], strict=True))), row[-2], row[-1]) for row in found
    }


def first_waiting(db: sqlite3.Connection, agent_id: str | None) -> Ticket | None:
    """Who is served next: the smallest rank among those who are not promised to another agent."""
    found = db.execute(
        select("ticket")
        + " WHERE status = 'waiting' AND (assignee IS NULL OR assignee IS ?) ORDER BY rank_at, id LIMIT 1",
        (agent_id,),
    ).fetchone()
    return None if found is None else from_row(Ticket, dict(zip(columns("ticket"), found, strict=True)))


def first_calm(db: sqlite3.Connection, agent_id: str | None, until: int) -> Ticket | None:
    """The first customer who is not angry and whose rank is no later than ``until``."""
    found = db.execute(
        select("ticket")
        + " WHERE status = 'waiting' AND rank_at <= ? AND (assignee IS NULL OR assignee IS ?)"
        + " AND coalesce(emotion, heard, '') <> 'anger' ORDER BY rank_at, id LIMIT 1",
        (until, agent_id),
    ).fetchone()
    return None if found is None else from_row(Ticket, dict(zip(columns("ticket"), found, strict=True)))


def ahead(db: sqlite3.Connection, ticket: Ticket, most: int) -> tuple[str | None, ...]:
    """The names of those who are served before a waiting ticket, soonest first; ``None`` for somebody unknown."""
    found = db.execute(
        "SELECT c.name FROM ticket t LEFT JOIN customer c ON c.id = t.customer_id"
        " WHERE t.status = 'waiting' AND (t.rank_at, t.id) < (?, ?) ORDER BY t.rank_at, t.id LIMIT ?",
        (ticket.rank_at, ticket.id, most),
    )
    return tuple(name for (name,) in found)


def serving(db: sqlite3.Connection) -> list[tuple[str, int]]:
    """Agents with a contact in hand and since when (ms), the longest first."""
    return db.execute(
        "SELECT a.name, min(t.taken_at) FROM ticket t JOIN agent a ON a.id = t.assignee"
        " WHERE t.status = 'active' AND t.taken_at IS NOT NULL GROUP BY a.id ORDER BY min(t.taken_at)"
    ).fetchall()


def on_hold_until(db: sqlite3.Connection, now: int) -> tuple[Ticket, ...]:
    """Held tickets whose time has come."""
    return fetch_all(db, Ticket, "hold_until <= ? AND status = ? ORDER BY hold_until", now, Status.PENDING)


def open_counts(db: sqlite3.Connection) -> dict[str, int]:
    """How many tickets wait, are in hand and are held."""
    return dict(
        db.execute(
            "SELECT status, count(*) FROM ticket WHERE status IN ('waiting', 'active', 'pending') GROUP BY status"
        ).fetchall()
    )


def open_tickets(db: sqlite3.Connection) -> tuple[Ticket, ...]:
    """Every ticket waiting, in hand or held, in the order of service."""
    return fetch_all(db, Ticket, "status IN ('waiting', 'active', 'pending') ORDER BY rank_at, id")


def next_number(db: sqlite3.Connection) -> int:
    """The number the next ticket is called by."""
    return int(db.execute("SELECT coalesce(max(number), 1000) + 1 FROM ticket").fetchone()[0])


def _ids(db: sqlite3.Connection, sql: str, *values: object) -> tuple[str, ...]:
    return tuple(row[0] for row in db.execute(sql, values))
