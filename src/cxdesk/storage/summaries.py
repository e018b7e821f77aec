"""Each customer's buying in figures, kept beside the purchases so that a list of people never adds them up."""

import json
import sqlite3
from collections.abc import Iterable

from cxdesk.domain.changes import Change, Delete, Insert, Update
from cxdesk.domain.segments import Summary

__all__ = ["of", "rebuild", "refresh", "refresh_customers", "refresh_many"]

_SUMMARISE = """
INSERT INTO customer_summary (customer_id, orders, spent, currency, first_at, last_at)
SELECT customer_id, sum(orders), spent, currency, min(first_at), max(last_at) FROM (
    SELECT customer_id, currency, count(DISTINCT order_no) AS orders,
           min(ordered_at) AS first_at, max(ordered_at) AS last_at,
           (SELECT sum(CASE WHEN state = 'returned' AND amount > 0 THEN 0 ELSE amount END) FROM purchase AS every
             WHERE every.customer_id = bought.customer_id AND every.currency = bought.currency
               AND state <> 'cancelled') AS spent
      FROM purchase AS bought
     WHERE amount >= 0 AND state <> 'cancelled' AND customer_id IS NOT NULL {and_whose}
     GROUP BY customer_id, currency
) GROUP BY customer_id
"""
"""Orders counts distinct order numbers; spend is net of returns, in the currency of the latest order: SQLite takes
``spent`` and ``currency`` from the row where ``max(last_at)`` was found. Sums of two currencies would be a lie."""


def of(db: sqlite3.Connection, customer_id: str) -> Summary:
    """The figures of one customer; all zero for somebody who never bought."""
    row = db.execute(
        "SELECT orders, spent, currency, first_at, last_at FROM customer_summary WHERE customer_id = ?",
        (customer_id,),
    ).fetchone()
    return Summary(*row) if row else Summary()


def refresh(db: sqlite3.Connection, change: Change) -> None:
    """Recompute the customers whose purchases a change touched."""
    touched: set[str] = set()
    for edit in change.edits:
        match edit:
            case Insert("purchase", row) | Delete("purchase", row) if row["customer_id"]:
                touched.add(row["customer_id"])
            case Update("purchase", key, before, _):
                touched |= {r[0] for r in db.execute("SELECT customer_id FROM purchase WHERE id = ?", (key,)) if r[0]}
                if left := before.get("customer_id"):
                    touched.add(left)
    refresh_customers(db, touched)


def refresh_customers(db: sqlite3.Connection, customer_ids: Iterable[str]) -> None:
    """Recompute these customers from their purchases."""
    for customer_id in customer_ids:
        db.execute("DELETE FROM customer_summary WHERE customer_id = ?", (customer_id,))
        db.execute(_SUMMARISE.format(and_whose="AND customer_id = ?"), (customer_id,))


def refresh_many(db: sqlite3.Connection, customer_ids: Iterable[str]) -> None:
    """The same in one pass, for the thousands an import touches."""
    touched = json.dumps(list(customer_ids))
    whose = "customer_id IN (SELECT value FROM json_each(?))"
    db.execute(f"DELETE FROM customer_summary WHERE {whose}", (touched,))  # noqa: S608 - a constant
    db.execute(_SUMMARISE.format(and_whose=f"AND {whose}"), (touched,))


def rebuild(db: sqlite3.Connection) -> None:
    """Recompute everybody."""
    db.execute("DELETE FROM customer_summary")
    db.execute(_SUMMARISE.format(and_whose=""))
