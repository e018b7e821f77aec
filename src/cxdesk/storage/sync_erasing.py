"""Forgetting somebody on this machine: not only their rows, but whatever was kept beside them.

``merge`` has emptied the rows by then. Here goes what undo, imports and the history would bring back, and the index of
words is made anew, since it keeps the pieces of what was deleted until then.
"""

import sqlite3
from collections.abc import Iterable

from cxdesk.protocol.ops import Op

__all__ = ["carry_out", "told", "untold"]

_UNTOLD = "erasure."


def carry_out(db: sqlite3.Connection, erasures: Iterable[Op]) -> None:
    """Destroy what is kept beside these rows, inside the caller's transaction."""
    found = list(erasures)
    for op in found:
        db.execute("DELETE FROM field_history WHERE ent = ? AND ent_id = ?", (op.ent, op.id))
        db.execute("DELETE FROM attention WHERE ent_id = ?", (op.id,))
        db.execute("DELETE FROM import_edit WHERE row_id = ?", (op.id,))
        db.execute("DELETE FROM change_log WHERE instr(edits, ?)", (op.id,))
        if op.ent == "ticket":
            db.execute("DELETE FROM draft WHERE ticket_id = ?", (op.id,))
        if op.ent == "customer":
            db.execute("INSERT OR REPLACE INTO local VALUES (?, ?)", (f"{_UNTOLD}{op.id}", op.op))
    if found:
        for index in ("text_index", "product_index"):
            db.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")  # noqa: S608 - one of two


def untold(db: sqlite3.Connection) -> list[str]:
    """Erasures that were carried out here and that the server does not know of yet."""
    return [row[0] for row in db.execute("SELECT value FROM local WHERE key LIKE 'erasure.%' ORDER BY key")]


def told(db: sqlite3.Connection, erasure: str) -> None:
    """The server knows."""
    db.execute("DELETE FROM local WHERE key LIKE 'erasure.%' AND value = ?", (erasure,))
