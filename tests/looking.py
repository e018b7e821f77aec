"""Looking at a whole file: every shared row, and everything derived from them, as values that can be compared."""

import sqlite3
from typing import Any

from cxdesk.domain.records import Row
from cxdesk.storage.rows import RECORDS, columns, select

__all__ = ["Derived", "derived", "local", "operations", "shared"]

Derived = dict[str, list[tuple[Any, ...]]]


def shared(db: sqlite3.Connection) -> dict[tuple[str, str], Row]:
    """Every row of every shared table, as ``changes.apply`` keeps them."""
    return {
        (kind, values[0]): dict(zip(columns(kind), values, strict=True))
        for kind in RECORDS
        for values in db.execute(select(kind))
    }


def derived(db: sqlite3.Connection) -> Derived:
    """Summaries, search keys and the full-text index down to each trigram's place, without row numbers."""
    db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab('main', 'text_index', 'instance')")
    return {
        "summaries": sorted(db.execute("SELECT * FROM customer_summary").fetchall()),
        "roster": sorted(
            db.execute(
                "SELECT customer_id, name_sort, phone, rank, seen_at, spent, orders, last_at FROM roster"
            ).fetchall(),
            key=str,
        ),
        "keys": sorted(
            db.execute("SELECT key, customer_id, search_key.rank FROM search_key JOIN roster USING (n)").fetchall()
        ),
        "ranked": sorted(
            db.execute(
                "SELECT customer_id, ranked.rank, spellings, ranked.spent, ranked.orders, ranked.last_at FROM ranked"
                " JOIN roster USING (n)"
            ).fetchall(),
            key=str,
        ),
        "figures": sorted(db.execute("SELECT * FROM figure WHERE n <> 0").fetchall()),
        "products": sorted(db.execute("SELECT name FROM product").fetchall()),
        "texts": sorted(db.execute("SELECT ent, ent_id, parent_id, at FROM text_row").fetchall()),
        "trigrams": sorted(
            db.execute("SELECT ent_id, term, offset FROM temp.words LEFT JOIN text_row ON n = doc").fetchall(), key=str
        ),
    }


def operations(db: sqlite3.Connection) -> list[Row]:
    """The outbox as rows, in order."""
    names = ("n", "op", "t", "ent", "ent_id", "k", "agent_id", "body", "span")
    return [dict(zip(names, row, strict=True)) for row in db.execute(f"SELECT {', '.join(names)} FROM outbox")]  # noqa: S608


def local(db: sqlite3.Connection) -> dict[str, str]:
    """What this machine alone knows: clock, number, agent."""
    return dict(db.execute("SELECT key, value FROM local").fetchall())
