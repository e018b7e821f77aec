"""What happened at the desk, for the wait estimator to learn from: finished contacts and the moves they made."""

import sqlite3
from collections.abc import Iterable

from cxdesk.domain.records import Ticket, from_row
from cxdesk.storage.rows import columns, select

__all__ = ["Move", "contacts", "mail_replies", "moves"]

Move = tuple[str, int, str, str, str | None]
"""Ticket, when (ms), kind of message (event or reply), its body, and who did it."""

_MOVES = (
    "SELECT ticket_id, at, kind, CASE kind WHEN 'event' THEN body ELSE '' END, agent_id FROM message"
    " WHERE kind IN ('event', 'reply')"
)


def contacts(db: sqlite3.Connection, most: int, since: int) -> list[Ticket]:
    """The ``most`` contacts resolved last, who gave up meanwhile, and all open ones; none that ended by ``since``."""
    first = db.execute(
        "SELECT resolved_at FROM ticket WHERE resolved_at > ? ORDER BY resolved_at DESC LIMIT 1 OFFSET ?",
        (since, max(0, most - 1)),
    ).fetchone()
    start = first[0] if first else since + 1
    found = db.execute(
        select("ticket") + " WHERE resolved_at >= ?"
        " UNION ALL " + select("ticket") + " WHERE status = 'abandoned' AND abandoned_at >= ?"
        " UNION ALL " + select("ticket") + " WHERE status IN ('waiting', 'active', 'pending')",
        (start, start),
    )
    return [from_row(Ticket, dict(zip(columns("ticket"), row, strict=True))) for row in found]


def moves(db: sqlite3.Connection, ids: Iterable[str]) -> list[Move]:
    """Events and replies of these tickets, in the order they were written down."""
    wanted = list(ids)
    found: list[Move] = []
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        sql = f"{_MOVES} AND ticket_id IN ({','.join('?' * len(some))}) ORDER BY at, rowid"
        found += db.execute(sql, some).fetchall()
    return found


def mail_replies(db: sqlite3.Connection, most: int) -> list[tuple[str, str, int, int | None, int]]:
    """The latest mails, oldest first: topic, priority, came (ms), first answered or ``None``, and when that was seen.

    A mail that was withdrawn or that still waits was seen unanswered until it was given up, or until now (0).
    """
    rows: list[tuple[str, str, int, int | None, int]] = db.execute(
        "SELECT t.topic, t.priority, t.waiting_since,"
        " coalesce((SELECT min(m.at) FROM message m"
        " WHERE m.ticket_id = t.id AND m.kind = 'reply' AND m.at >= t.waiting_since), t.resolved_at),"
        " coalesce(t.abandoned_at, 0) FROM ticket t WHERE t.channel = 'mail'"
        " ORDER BY t.arrived_at DESC, t.id DESC LIMIT ?",
        (most,),
    ).fetchall()
    return rows[::-1]
