"""Purchases that are in the file already under another id: two desks brought the same orders in.

The one whose id sorts first is shown on every desk; the other one is kept beside the tables and not counted.
"""

import sqlite3
from collections.abc import Mapping

from cxdesk.domain.records import Row

__all__ = ["sold_twice"]

_KIND = "purchase"


def sold_twice(db: sqlite3.Connection, rows: Mapping[tuple[str, str], Row | None]) -> set[tuple[str, str]]:
    """Which of these rows (table, id → row), and of those in the file, are not to be shown once these are written."""
    hidden: set[tuple[str, str]] = set()
    firsts: dict[tuple[str, str], str] = {}
    for (kind, key), row in sorted(rows.items()):
        if kind != _KIND or row is None:
            continue
        sold = (row["source"], row["external_id"])
        first = firsts.setdefault(sold, _shown(db, sold) or key)
        if first < key:
            hidden.add((kind, key))
        elif first > key:
            firsts[sold] = key
            hidden.add((kind, first))
    return hidden


def _shown(db: sqlite3.Connection, sold: tuple[str, str]) -> str | None:
    row = db.execute("SELECT id FROM purchase WHERE source = ? AND external_id = ?", sold).fetchone()
    return None if row is None else str(row[0])
