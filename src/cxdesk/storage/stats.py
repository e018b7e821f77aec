"""The figures of a period, each a plain count or mean with the number of contacts it rests on."""

import sqlite3
from typing import Any

__all__ = ["since"]


def since(db: sqlite3.Connection, start: int, end: int) -> dict[str, Any]:
    """Figures from ``start`` to ``end`` (ms UTC). A mean without a single case behind it is ``None``, never 0."""

    def one(sql: str) -> Any:
        return db.execute(sql, (start, end)).fetchone()[0]

    return {
        "arrived": one("SELECT count(*) FROM ticket WHERE arrived_at BETWEEN ? AND ?"),
        "resolved": one("SELECT count(*) FROM ticket WHERE resolved_at BETWEEN ? AND ?"),
        "left": one("SELECT count(*) FROM ticket WHERE abandoned_at BETWEEN ? AND ?"),
        "mean_wait_s": one(
            "SELECT CAST(round(avg(taken_at - waiting_since) / 1000) AS INTEGER) FROM ticket"
            " WHERE taken_at BETWEEN ? AND ?"
        ),
        "mean_service_s": one(
            "SELECT CAST(round(avg(resolved_at - taken_at) / 1000) AS INTEGER) FROM ticket"
            " WHERE resolved_at BETWEEN ? AND ? AND taken_at IS NOT NULL"
        ),
        "waits_told": one("SELECT count(*) FROM quote WHERE told_at BETWEEN ? AND ? AND waited IS NOT NULL"),
        "waits_within": one(
            "SELECT count(*) FROM quote WHERE told_at BETWEEN ? AND ? AND waited IS NOT NULL AND waited <= high"
        ),
        "promises_kept": one("SELECT count(*) FROM follow_up WHERE done_at BETWEEN ? AND ? AND state = 'kept'"),
        "promises_broken": one("SELECT count(*) FROM follow_up WHERE done_at BETWEEN ? AND ? AND state = 'broken'"),
        "feedback": one("SELECT count(*) FROM feedback WHERE at BETWEEN ? AND ?"),
    }
