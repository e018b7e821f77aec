"""What is bought together in this shop, counted from its own orders.

Counting goes through the latest purchases, so it is for a thread or for ``doctor``; what is kept are the few pairs
that stand out for each product, found again by index. An order of very many things is a resale or a whole house, and
says nothing about what goes with what.
"""

import json
import sqlite3
from collections.abc import Iterable

from cxdesk.domain.evidence import Rules
from cxdesk.domain.suggesting import Together

__all__ = ["count", "forget", "keep", "latest", "rebuild", "with_products"]

_LINES = """
WITH line AS MATERIALIZED (
    SELECT DISTINCT source || ' ' || order_no AS basket, product FROM purchase
     WHERE rowid > :since AND amount >= 0 AND quantity > 0 AND state NOT IN ('cancelled', 'returned')
), basket AS MATERIALIZED (
    SELECT basket FROM line GROUP BY basket HAVING count(*) <= :many
), kept AS MATERIALIZED (
    SELECT basket, product FROM line WHERE basket IN (SELECT basket FROM basket)
), often AS MATERIALIZED (
    SELECT product, count(*) AS orders FROM kept GROUP BY product HAVING count(*) >= :least
), strong AS MATERIALIZED (
    SELECT basket, product FROM kept WHERE product IN (SELECT product FROM often)
), pair AS MATERIALIZED (
    SELECT one.product AS product, other.product AS other, count(*) AS together
      FROM strong AS one CROSS JOIN strong AS other ON other.basket = one.basket
     WHERE +other.product <> one.product
     GROUP BY one.product, other.product HAVING count(*) >= :least
), total AS (SELECT count(*) AS orders FROM basket)
SELECT product, other, together, product_orders, other_orders, orders FROM (
    SELECT pair.product, pair.other, together, mine.orders AS product_orders, theirs.orders AS other_orders,
           total.orders AS orders,
           row_number() OVER (PARTITION BY pair.product
                              ORDER BY 1.0 * together / theirs.orders DESC, pair.other) AS place
      FROM pair JOIN often AS mine ON mine.product = pair.product JOIN often AS theirs ON theirs.product = pair.other
      JOIN total WHERE 1.0 * together * total.orders >= :lift * mine.orders * theirs.orders
) WHERE place <= :few ORDER BY product, other
"""
_MANY, _FEW = 40, 5
_LINES_COUNTED = 200_000
"""Of a long history the latest lines: tastes and stock change, and counting shall take seconds."""
_MARK = "baskets"


def count(db: sqlite3.Connection, rules: Rules) -> tuple[Together, ...]:
    """The pairs that stand out, at most five for each product. Reads the latest purchases one by one."""
    since = latest(db)[0] - _LINES_COUNTED
    values = {"since": since, "many": _MANY, "few": _FEW, "least": rules.together_orders, "lift": rules.lift}
    return tuple(Together(*row) for row in db.execute(_LINES, values))


def keep(db: sqlite3.Connection, pairs: Iterable[Together], counted_to: int) -> None:
    """Put these pairs in the place of those kept, inside the caller's transaction; ``counted_to`` is ``latest``."""
    db.execute("DELETE FROM goes_with")
    db.executemany(
        "INSERT INTO goes_with (product, other, together, product_orders, other_orders, orders)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [(one.product, one.other, one.together, one.product_orders, one.other_orders, one.orders) for one in pairs],
    )
    db.execute(
        "INSERT INTO local VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (_MARK, str(counted_to)),
    )


def forget(db: sqlite3.Connection) -> None:
    """Know of no pairs until they are counted again, inside the caller's transaction: what they rested on is gone."""
    db.execute("DELETE FROM goes_with")
    db.execute("DELETE FROM local WHERE key = ?", (_MARK,))


def rebuild(db: sqlite3.Connection, rules: Rules | None = None) -> None:
    """Count anew and keep it, inside the caller's transaction."""
    keep(db, count(db, rules or Rules()), latest(db)[0])


def latest(db: sqlite3.Connection) -> tuple[int, int]:
    """How many purchases there have ever been, and how many there had been when they were last counted."""
    now = db.execute("SELECT coalesce(max(rowid), 0) FROM purchase").fetchone()[0]
    mark = db.execute("SELECT value FROM local WHERE key = ?", (_MARK,)).fetchone()
    return int(now), int(mark[0]) if mark else -1


def with_products(db: sqlite3.Connection, products: Iterable[str]) -> tuple[Together, ...]:
    """What goes with any of these."""
    rows = db.execute(
        "SELECT product, other, together, product_orders, other_orders, orders FROM goes_with"
        " WHERE product IN (SELECT value FROM json_each(?))",
        (json.dumps(list(products)),),
    )
    return tuple(Together(*row) for row in rows)
