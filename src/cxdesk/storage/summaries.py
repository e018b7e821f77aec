"""Each customer's buying and waiting in figures, kept beside the rows so that a list of people never adds them up."""

import json
import sqlite3
from collections.abc import Iterable

from cxdesk.domain.changes import Change, Delete, Insert, Update
from cxdesk.domain.segments import Summary

__all__ = ["of", "rebuild", "refresh", "refresh_customers", "refresh_many"]

_SUMMARISE = """
INSERT INTO customer_summary (customer_id, orders, spent, currency, last_at, own_orders, first_at, next_at)
SELECT *, CASE WHEN orders >= 3 THEN last_at + (last_at - first_at) / (orders - 1) END FROM (
SELECT customer_id, sum(orders) AS orders, spent, currency, max(last_at) AS last_at, orders AS own_orders, first_at
  FROM (
    SELECT customer_id, currency, spent, orders, last_at, min(first_at) OVER (PARTITION BY customer_id) AS first_at
      FROM (
        SELECT customer_id, currency,
               sum(CASE WHEN state = 'returned' AND amount > 0 THEN 0 ELSE amount END) AS spent,
               count(DISTINCT CASE WHEN amount >= 0 THEN order_no END) AS orders,
               max(CASE WHEN amount >= 0 THEN ordered_at END) AS last_at,
               min(CASE WHEN amount >= 0 THEN ordered_at END) AS first_at
          FROM purchase
         WHERE state <> 'cancelled' AND customer_id IS NOT NULL {and_whose}
         GROUP BY customer_id, currency
    ) WHERE orders > 0
) GROUP BY customer_id)
"""
"""Orders counts distinct order numbers; spend is net of returns, in the currency of the latest order, and own orders
are those in that currency: SQLite takes ``spent``, ``currency`` and ``orders`` from the row where ``max(last_at)`` was
found. Sums of two currencies would be a lie. A line below zero is money given back, not an order. ``next_at`` is a
usual interval after the last order, for the morning list."""

_WAITED = """
INSERT INTO customer_wait (customer_id, times, last_at, over)
SELECT customer_id, count(*), max(told_at), waited - high FROM quote
 WHERE waited > high AND customer_id IS NOT NULL {and_whose} GROUP BY customer_id
"""
"""Waits that outlasted what was told, and by how much the last of them did."""

_FIGURES = (("customer_summary", _SUMMARISE), ("customer_wait", _WAITED))


def of(db: sqlite3.Connection, customer_id: str) -> Summary:
    """The figures of one customer; all zero for somebody who never bought."""
    row = db.execute(
        "SELECT coalesce(orders, 0), coalesce(spent, 0), coalesce(currency, ''), first_at, bought.last_at,"
        " coalesce(own_orders, 0), coalesce(times, 0), waited.last_at, coalesce(over, 0) FROM (SELECT ? AS id)"
        " LEFT JOIN customer_summary AS bought ON bought.customer_id = id"
        " LEFT JOIN customer_wait AS waited ON waited.customer_id = id",
        (customer_id,),
    ).fetchone()
    return Summary(*row)


def refresh(db: sqlite3.Connection, change: Change) -> None:
    """Recompute the customers whose purchases or told waits a change touched."""
    touched: set[str | None] = set()
    for edit in change.edits:
        match edit:
            case Insert("purchase" | "quote", row) | Delete("purchase" | "quote", row):
                touched.add(row["customer_id"])
            case Update("purchase" | "quote", key, before, _):
                row = db.execute(f"SELECT customer_id FROM {edit.kind} WHERE id = ?", (key,)).fetchone()  # noqa: S608
                touched |= {row[0], before.get("customer_id")}
    refresh_customers(db, {key for key in touched if key is not None})


def refresh_customers(db: sqlite3.Connection, customer_ids: Iterable[str]) -> None:
    """Recompute these customers from their rows."""
    for customer_id in customer_ids:
        for table, sql in _FIGURES:
            db.execute(f"DELETE FROM {table} WHERE customer_id = ?", (customer_id,))  # noqa: S608 - a name of ours
            db.execute(sql.format(and_whose="AND customer_id = ?"), (customer_id,))


def refresh_many(db: sqlite3.Connection, customer_ids: Iterable[str]) -> None:
    """The purchases of the thousands an import touches, in one pass; no import tells anybody a wait."""
    touched = json.dumps(list(customer_ids))
    whose = "customer_id IN (SELECT value FROM json_each(?))"
    db.execute(f"DELETE FROM customer_summary WHERE {whose}", (touched,))  # noqa: S608 - a constant
    db.execute(_SUMMARISE.format(and_whose=f"AND {whose}"), (touched,))


def rebuild(db: sqlite3.Connection) -> None:
    """Recompute everybody."""
    for table, sql in _FIGURES:
        db.execute(f"DELETE FROM {table}")  # noqa: S608 - a name of ours
        db.execute(sql.format(and_whose=""))
