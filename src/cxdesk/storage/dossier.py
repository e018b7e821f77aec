"""Everything the file holds about one person, table by table."""

import sqlite3
from typing import Any

from cxdesk.storage.rows import RECORDS, columns, select

__all__ = ["dossier"]

Rows = list[dict[str, Any]]


def dossier(db: sqlite3.Connection, customer_id: str) -> dict[str, Rows]:
    """Table → rows about a customer, with what was said in their contacts and who looked at what was hidden of them."""
    found = {"customer": _rows(db, "customer", "id = ? OR merged_into = ?", customer_id, customer_id)}
    for kind in RECORDS:
        if "customer_id" in columns(kind):
            found[kind] = _rows(db, kind, "customer_id = ?", customer_id)
    found["tag"] = _rows(db, "tag", "ent = 'customer' AND ent_id = ?", customer_id)
    found["message"] = [
        row for ticket in found["ticket"] for row in _rows(db, "message", "ticket_id = ? ORDER BY at, id", ticket["id"])
    ]
    names = ("at", "agent_id", "field", "why")
    looks = db.execute(
        "SELECT at, agent_id, field, why FROM access_log WHERE customer_id = ? ORDER BY at, n", (customer_id,)
    )
    found["access_log"] = [dict(zip(names, row, strict=True)) for row in looks]
    return found


def _rows(db: sqlite3.Connection, kind: str, where: str, *values: str) -> Rows:
    rows = db.execute(f"{select(kind)} WHERE {where}", values)
    return [dict(zip(columns(kind), row, strict=True)) for row in rows]
