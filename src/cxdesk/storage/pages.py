"""The list of customers in blocks, each found by the key it begins with, so that the middle costs what the top costs.

``fences`` walks an index once and keeps every 128th key; it is for a thread. A block between two fences is one range
of a covering index and as many rows. Nothing is ever skipped over with OFFSET.
"""

import json
import sqlite3
from collections.abc import Iterable

from cxdesk.domain.roster import Listed, Sort
from cxdesk.domain.segments import Rules, Summary, stand

__all__ = ["BLOCK", "Fence", "block", "fences", "lines_at"]

BLOCK = 128
Fence = tuple[int | str, ...]
"""Where a block begins: the values of the columns the list is ordered by."""

_ORDERS = {Sort.NAME: ("name_sort", "ASC", ">"), Sort.SEEN: ("rank", "DESC", "<"), Sort.SPENT: ("spent", "DESC", "<")}
"""What each order goes by, which way, and what comes after; who is alike in it follows by the number of their line."""
_COLUMNS = "customer_id, name, phone, seen_at, orders, spent, currency, first_at, last_at"


def fences(db: sqlite3.Connection, sort: Sort) -> tuple[list[Fence], int]:
    """The first key of every block, and how many lines there are: one walk along the index."""
    column, way, _ = _ORDERS[sort]
    keys = db.execute(f"SELECT {column}, n FROM roster ORDER BY {column} {way}, n {way}")  # noqa: S608
    found: list[Fence] = []
    total = 0
    while batch := keys.fetchmany(BLOCK):
        found.append(batch[0])
        total += len(batch)
    return found, total


def block(
    db: sqlite3.Connection, sort: Sort, start: Fence | None, now: int, rules: Rules, most: int = BLOCK
) -> tuple[Listed, ...]:
    """The lines from a fence on, or from the top."""
    column, way, after = _ORDERS[sort]
    lines = f"SELECT {_COLUMNS} FROM roster"  # noqa: S608
    if start is None:
        rows = db.execute(f"{lines} ORDER BY {column} {way}, n {way} LIMIT ?", (most,)).fetchall()
    else:
        # First those who share the fence's key, then those after it: one comparison of both columns would walk through
        # everybody who shares the key, and nobody spent anything is a key that many share.
        same = f"{lines} WHERE {column} = ? AND n {after}= ? ORDER BY n {way} LIMIT ?"
        rows = db.execute(same, (*start, most)).fetchall()
        if len(rows) < most:
            later = f"{lines} WHERE {column} {after} ? ORDER BY {column} {way}, n {way} LIMIT ?"
            rows += db.execute(later, (start[0], most - len(rows))).fetchall()
    return tuple(_listed(row, now, rules) for row in rows)


def lines_at(db: sqlite3.Connection, numbers: Iterable[int], now: int, rules: Rules) -> tuple[Listed, ...]:
    """The lines of these numbers, in this order."""
    wanted = list(numbers)
    rows = db.execute(
        f"SELECT n, {_COLUMNS} FROM roster WHERE n IN (SELECT value FROM json_each(?))",  # noqa: S608
        (json.dumps(wanted),),
    )
    found = {row[0]: _listed(row[1:], now, rules) for row in rows}
    return tuple(found[n] for n in wanted if n in found)


def _listed(row: tuple[object, ...], now: int, rules: Rules) -> Listed:
    customer_id, name, phone, seen_at, orders, spent, currency, first_at, last_at = row
    bought = Summary(orders=orders, spent=spent, currency=currency, first_at=first_at, last_at=last_at)  # type: ignore[arg-type]
    return Listed(str(customer_id), str(name), phone, seen_at or None, stand(bought, now, rules))  # type: ignore[arg-type]
