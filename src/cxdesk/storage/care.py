"""What serving costs and gives the agents: hard contacts, which only this machine knows, and the team's kindnesses."""

import sqlite3

from cxdesk.domain.records import Kindness
from cxdesk.storage.rows import fetch_all

__all__ = ["forget_hard", "hard_since", "kindnesses", "note_hard"]


def note_hard(db: sqlite3.Connection, ticket_id: str, agent_id: str, at: int, abuse: bool) -> None:
    """An agent has come through a hard contact."""
    db.execute(
        "INSERT INTO hard_contact (ticket_id, agent_id, at, abuse) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (ticket_id) DO UPDATE SET agent_id = excluded.agent_id, at = excluded.at, abuse = excluded.abuse",
        (ticket_id, agent_id, at, abuse),
    )


def forget_hard(db: sqlite3.Connection, ticket_id: str) -> None:
    """The contact is not over after all."""
    db.execute("DELETE FROM hard_contact WHERE ticket_id = ?", (ticket_id,))


def hard_since(db: sqlite3.Connection, agent_id: str, since: int) -> tuple[tuple[int, bool], ...]:
    """When the agent's hard contacts ended, newest first, and whether there was abuse."""
    rows = db.execute(
        "SELECT at, abuse FROM hard_contact WHERE agent_id = ? AND at >= ? ORDER BY at DESC", (agent_id, since)
    )
    return tuple((at, bool(abuse)) for at, abuse in rows)


def kindnesses(db: sqlite3.Connection, since: int) -> tuple[tuple[Kindness, str | None, str | None], ...]:
    """The kindnesses since an instant, newest first, with the names of the agent and of the customer."""
    found = fetch_all(db, Kindness, "at >= ? ORDER BY at DESC, id DESC", since)
    return tuple((kind, _name(db, "agent", kind.agent_id), _name(db, "customer", kind.customer_id)) for kind in found)


def _name(db: sqlite3.Connection, table: str, key: str | None) -> str | None:
    row = db.execute(f"SELECT name FROM {table} WHERE id = ?", (key,)).fetchone()  # noqa: S608 - names of our own
    return row[0] if row else None
