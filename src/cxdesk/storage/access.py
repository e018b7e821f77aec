"""The log of who looked at what is hidden: rows are added and never changed, which triggers of the file see to."""

import sqlite3
from collections.abc import Iterable

from cxdesk.domain.values import dataclass

__all__ = ["Look", "looked", "looks"]


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody saw a field of a customer. ``why`` is where from: a screen, or the number of a ticket."""

    at: int
    agent_id: str | None
    field: str
    why: str


def looked(
    db: sqlite3.Connection, customer_id: str, fields: Iterable[str], why: str, at: int, agent_id: str | None
) -> None:
    """Write down that an agent saw these fields of a customer, inside the caller's transaction."""
    db.executemany(
        "INSERT INTO access_log (at, agent_id, customer_id, field, why) VALUES (?, ?, ?, ?, ?)",
        [(at, agent_id, customer_id, field, why) for field in fields],
    )


def looks(db: sqlite3.Connection, customer_id: str, most: int) -> tuple[Look, ...]:
    """Who looked at a customer, the latest first."""
    rows = db.execute(
        "SELECT at, agent_id, field, why FROM access_log WHERE customer_id = ? ORDER BY at DESC, n DESC LIMIT ?",
        (customer_id, most),
    )
    return tuple(Look(*row) for row in rows)
