"""What an edit of this desk's own leaves beside the tables, so that a later meeting with other desks finds it.

All of it lies in ``extra_field`` and ``holding`` and moves in the transaction of the edit. A desk that belongs to no
shared queue keeps almost none of it.
"""

import json
import sqlite3
from collections.abc import Callable
from typing import Any

from cxdesk.domain.records import Row
from cxdesk.protocol.ops import Op

__all__ = [
    "GONE",
    "TAKEN_OFF",
    "UNSAID",
    "begun_again",
    "fence_of",
    "put_away",
    "tag_put_on",
    "tag_taken_off",
    "written_over",
]

GONE = "-"
"""The field of ``field_clock`` that says when a row was taken away."""
TAKEN_OFF = "#"
"""Begins the field of ``extra_field`` that names an adding of a tag which was taken off."""

UNSAID = "~"
"""Begins the field of ``extra_field`` that names a column whose value nobody wrote: a writer of another version left it
out."""

_SHARED = "SELECT 1 FROM local WHERE key = 'sync.server'"


def tag_put_on(db: sqlite3.Connection, row: Row, mint: Callable[[], str]) -> str:
    """The id under which an adding is told. One that was taken off stays off for good: undo needs another id."""
    told = _told_as(db, row)
    off = db.execute(
        "SELECT 1 FROM extra_field WHERE ent = ? AND ent_id = ? AND field = ?",
        (row["ent"], row["ent_id"], TAKEN_OFF + told),
    ).fetchone()
    if off is None:
        return told
    told = mint()
    _keep(db, "tag", row["id"], "add", told)
    return told


def tag_taken_off(db: sqlite3.Connection, row: Row) -> str:
    """The id under which an adding was told, noted as taken off."""
    told = _told_as(db, row)
    _keep(db, row["ent"], row["ent_id"], TAKEN_OFF + told, None)
    return told


def _told_as(db: sqlite3.Connection, row: Row) -> str:
    sql = "SELECT value FROM extra_field WHERE ent = 'tag' AND ent_id = ? AND field = 'add'"
    found = db.execute(sql, (row["id"],)).fetchone()
    return str(json.loads(found[0]) if found else row["id"])


def put_away(db: sqlite3.Connection, kind: str, row: Row) -> None:
    """Keep the values of a row that ceases to exist: another desk may be writing to it and bring it back."""
    if db.execute(_SHARED).fetchone():
        for name, value in row.items():
            if name != "id" and value is not None:
                _keep(db, kind, row["id"], name, value)


def begun_again(db: sqlite3.Connection, kind: str, row: Row) -> dict[str, None]:
    """What must be said, as ``None``, of a row that was gone and begins again without it."""
    clock = "SELECT 1 FROM field_clock WHERE ent = ? AND ent_id = ? AND field IN ('', ?)"
    if db.execute(clock, (kind, row["id"], GONE)).fetchone() is None:
        return {}
    _forget(db, kind, row["id"], row)
    return {name: None for name, value in row.items() if value is None}


def written_over(db: sqlite3.Connection, kind: str, key: str, after: Row) -> None:
    """A value that had no place in its column is no longer the field's."""
    _forget(db, kind, key, after)


def fence_of(db: sqlite3.Connection, op: Op) -> int | None:
    """The fence this device has a ticket under; a claim has none yet, and is noted as tentative."""
    if not db.execute(_SHARED).fetchone():
        return None
    if op.k == "claim":
        db.execute(
            "INSERT INTO holding (ticket_id, agent_id, dev, tentative) VALUES (?, ?, '', 1)"
            " ON CONFLICT (ticket_id) DO UPDATE SET tentative = 1",
            (op.id, op.agent),
        )
        return None
    row = db.execute(
        "SELECT holding.fence FROM holding JOIN local ON local.key = 'sync.device' AND local.value = holding.dev"
        " WHERE ticket_id = ? AND tentative = 0",
        (op.id,),
    ).fetchone()
    return None if row is None else row[0]


def _keep(db: sqlite3.Connection, ent: str, key: str, field: str, value: Any) -> None:
    db.execute(
        "INSERT OR REPLACE INTO extra_field (ent, ent_id, field, value) VALUES (?, ?, ?, ?)",
        (ent, key, field, json.dumps(value, ensure_ascii=False)),
    )


def _forget(db: sqlite3.Connection, ent: str, key: str, fields: Row) -> None:
    db.executemany(
        "DELETE FROM extra_field WHERE ent = ? AND ent_id = ? AND field IN (?, ?)",
        [(ent, key, name, UNSAID + name) for name in fields],
    )
