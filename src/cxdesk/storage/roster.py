"""Keeping the list of customers and the spellings that lead into it in step with the people themselves.

A line of ``roster`` is what a list shows of one person and is sorted by; its number ``n`` stands for the person in
``search_key``, which has a dozen rows a person and would be twice the size with ids. ``ranked`` holds the same
spellings once more, a line a person, in the order of rank. Everything here can be rebuilt.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from cxdesk.domain.changes import Change, Delete, Insert, Update
from cxdesk.storage import spellings

__all__ = ["EVER", "rebuild", "refresh", "refresh_people"]

_FIGURES = """
SELECT c.id, c.name, c.external_id,
       (SELECT shown FROM identity WHERE customer_id = c.id AND kind = 'phone' ORDER BY created_at, id LIMIT 1),
       coalesce((SELECT max(arrived_at) FROM ticket WHERE customer_id = c.id), 0),
       coalesce(s.spent, 0), coalesce(s.orders, 0), coalesce(s.currency, ''), s.first_at, s.last_at
  FROM customer c LEFT JOIN customer_summary s ON s.customer_id = c.id
 WHERE c.merged_into IS NULL
"""
_WRITE = """
INSERT INTO roster (customer_id, name, name_sort, rank, phone, seen_at, spent, orders, currency, first_at, last_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (customer_id) DO UPDATE SET name = excluded.name, name_sort = excluded.name_sort, phone = excluded.phone,
    rank = excluded.rank, seen_at = excluded.seen_at, spent = excluded.spent, orders = excluded.orders,
    currency = excluded.currency, first_at = excluded.first_at, last_at = excluded.last_at
"""
_RANK = """
INSERT INTO ranked (rank, n, spellings, spent, orders, currency, first_at, last_at)
SELECT rank, n, spellings, spent, orders, currency, first_at, last_at FROM roster JOIN spelt USING (n) ORDER BY rank, n
"""
_PLACE = """
INSERT INTO ranked (rank, n, spellings, spent, orders, currency, first_at, last_at)
SELECT rank, n, ?, spent, orders, currency, first_at, last_at FROM roster WHERE n = ?
"""
_TAGS = "SELECT tag FROM ticket t JOIN tag ON tag.ent = 'ticket' AND tag.ent_id = t.id"
_SHARE = 8
"""When more than one in so many people is touched at once, the whole list is made anew: that is sorted work."""
_BATCH = 5000
EVER = 10**12
"""The lowest rank of somebody who was ever in contact: a moment in the autumn of 2001, before any shop of today's."""


def refresh(db: sqlite3.Connection, change: Change) -> None:
    """Follow a change, after the summaries have: the lines of the people it is about, and their spellings."""
    known, figures = _touched(db, change)
    for customer_id in sorted(known | figures):
        _refresh(db, customer_id, spelt=customer_id in known)


def refresh_people(db: sqlite3.Connection, customer_ids: Iterable[str]) -> None:
    """The same for the thousands that an import touches."""
    touched = set(customer_ids)
    if touched and len(touched) * _SHARE > db.execute("SELECT coalesce(max(n), 0) FROM roster").fetchone()[0]:
        rebuild(db)
        return
    for customer_id in sorted(touched):
        _refresh(db, customer_id, spelt=True)


def _touched(db: sqlite3.Connection, change: Change) -> tuple[set[str], set[str]]:
    """Ids of customers whose name or reach a change altered, and of those whose figures alone did."""
    known: set[str | None] = set()
    figures: set[str | None] = set()
    for edit in change.edits:
        match edit:
            case Insert("customer") | Delete("customer"):
                known |= {edit.id, edit.row["merged_into"]}
            case Update("customer", key, before, after):
                known |= {key, before.get("merged_into"), after.get("merged_into")}
            case Insert("identity", row) | Delete("identity", row):
                known.add(row["customer_id"])
            case Update("identity", key, before, _):
                known |= {before.get("customer_id"), _owner(db, "identity", key)}
            case Insert("tag", row) | Delete("tag", row):
                known.add(row["ent_id"] if row["ent"] == "customer" else _owner(db, "ticket", row["ent_id"]))
            case Insert("ticket" | "purchase", row) | Delete("ticket" | "purchase", row):
                figures.add(row["customer_id"])
            case Update("ticket", key, before, after) if "customer_id" in after:
                known |= {before["customer_id"], after["customer_id"]}  # its tags go with it
            case Update("ticket", key, _, after) if "arrived_at" in after:
                figures.add(_owner(db, "ticket", key))
            case Update("purchase", key, before, _):
                figures |= {before.get("customer_id"), _owner(db, "purchase", key)}
    return {key for key in known if key}, {key for key in figures if key}


def _owner(db: sqlite3.Connection, kind: str, key: str) -> str | None:
    row = db.execute(f"SELECT customer_id FROM {kind} WHERE id = ?", (key,)).fetchone()  # noqa: S608 - one of three
    return row[0] if row else None


def _refresh(db: sqlite3.Connection, customer_id: str, *, spelt: bool) -> None:
    """Write one line anew, and its spellings; a person who is gone or became another one has neither."""
    row = db.execute(f"{_FIGURES} AND c.id = ?", (customer_id,)).fetchone()
    if row is None:
        _forget(db, customer_id)
        return
    key, name, number, *_ = row
    old_rank, found = _take_out(db, key)
    db.execute(_WRITE, _line(row))
    n, rank = db.execute("SELECT n, rank FROM roster WHERE customer_id = ?", (key,)).fetchone()
    wanted = set(_spelt(db, key, name, number)) if spelt else found
    db.execute(_PLACE, (_joined(wanted), n))
    db.executemany("DELETE FROM search_key WHERE key = ? AND n = ?", [(gone, n) for gone in found - wanted])
    db.executemany("INSERT INTO search_key (key, n, rank) VALUES (?, ?, ?)", [(new, n, rank) for new in wanted - found])
    if rank != old_rank:
        staying = json.dumps(list(found & wanted))
        sql = "UPDATE search_key SET rank = ? WHERE n = ? AND key IN (SELECT value FROM json_each(?))"
        db.execute(sql, (rank, n, staying))


def _take_out(db: sqlite3.Connection, customer_id: str) -> tuple[int | None, set[str]]:
    """Remove a line from its place in the ranks: which that was, and under what it could be found."""
    sql = "SELECT rank, n, spellings FROM roster JOIN ranked USING (rank, n) WHERE customer_id = ?"
    row = db.execute(sql, (customer_id,)).fetchone()
    if row is None:
        return None, set()
    db.execute("DELETE FROM ranked WHERE rank = ? AND n = ?", row[:2])
    return int(row[0]), set(row[2].split("\n")[1:-1])


def _joined(keys: Iterable[str]) -> str:
    """Spellings as ``ranked`` keeps them, each between line breaks so that its beginning and its end can be asked."""
    return "\n".join(("", *sorted(keys), ""))


def _line(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """The values of a line from what ``_FIGURES`` says of a person."""
    key, name, _, phone, seen_at, spent, *rest = row
    # Money is far below any moment since 2001 in milliseconds, so whoever was in contact comes before who was not.
    return key, name, spellings.name_sort(name), seen_at or min(spent, EVER - 1), phone, seen_at, spent, *rest


def _forget(db: sqlite3.Connection, customer_id: str) -> None:
    row = db.execute("SELECT n FROM roster WHERE customer_id = ?", (customer_id,)).fetchone()
    if row is not None:
        _, found = _take_out(db, customer_id)
        db.executemany("DELETE FROM search_key WHERE key = ? AND n = ?", [(key, *row) for key in found])
        db.execute("DELETE FROM roster WHERE n = ?", row)


def _spelt(db: sqlite3.Connection, customer_id: str, name: str, number: str | None) -> Iterator[str]:
    """Every spelling that leads to a person, the names of those who were merged into them included."""
    yield from spellings.of_name(name)
    if number:
        yield spellings.of_number(number)
    for kind, value in db.execute("SELECT kind, value FROM identity WHERE customer_id = ?", (customer_id,)):
        yield from spellings.of_identity(kind, value)
    for (tag,) in db.execute(f"{_TAGS} WHERE t.customer_id = ?", (customer_id,)):
        yield spellings.of_tag(tag)
    own = "SELECT tag FROM tag WHERE ent = 'customer' AND ent_id = ?"
    yield from (spellings.of_tag(tag) for (tag,) in db.execute(own, (customer_id,)))
    for name, number in db.execute("SELECT name, external_id FROM customer WHERE merged_into = ?", (customer_id,)):
        yield from spellings.of_name(name)
        if number:
            yield spellings.of_number(number)


def rebuild(db: sqlite3.Connection) -> None:
    """Make every line and every spelling anew. Spellings are sorted before they are written and indexes made at the
    end: written as they come, the pages of a large index would be read and written again and again."""
    for table in ("search_key", "ranked", "roster"):
        db.execute(f"DELETE FROM {table}")  # noqa: S608 - a name of ours
    indexes = _put_off_indexes(db)
    db.execute("CREATE TEMP TABLE spelling (key TEXT, n INTEGER, rank INTEGER)")
    db.execute("CREATE TEMP TABLE spelt (n INTEGER PRIMARY KEY, spellings TEXT)")
    lines = db.execute(f"{_FIGURES} ORDER BY c.id")
    while batch := lines.fetchmany(_BATCH):
        db.executemany(_WRITE, map(_line, batch))
    (last,) = db.execute("SELECT coalesce(max(n), 0) FROM roster").fetchone()
    for first in range(1, last + 1, _BATCH):
        _spell(db, first, first + _BATCH - 1)
    db.execute("INSERT INTO search_key (key, n, rank) SELECT key, n, rank FROM spelling ORDER BY key, n")
    db.execute(_RANK)
    db.execute("DROP TABLE spelling")
    db.execute("DROP TABLE spelt")
    for sql in indexes:
        db.execute(sql)


def _spell(db: sqlite3.Connection, first: int, last: int) -> None:
    """Put the spellings of these lines aside: one by one, and all of a line together."""
    ranks = dict(db.execute("SELECT n, rank FROM roster WHERE n BETWEEN ? AND ?", (first, last)).fetchall())
    found: dict[int, set[str]] = {n: set() for n in ranks}
    for statement, read in _SOURCES:
        for n, *values in db.execute(statement, (first, last)):
            found[n].update(read(*values))
    keys = ((key, n, ranks[n]) for n, spelt in found.items() for key in spelt)
    db.executemany("INSERT INTO spelling VALUES (?, ?, ?)", keys)
    db.executemany("INSERT INTO spelt VALUES (?, ?)", ((n, _joined(spelt)) for n, spelt in found.items()))


def _put_off_indexes(db: sqlite3.Connection) -> list[str]:
    """Take away the indexes that writing the list does not need itself; the statements that make them again."""
    found = db.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        " AND tbl_name IN ('roster', 'search_key') AND name <> 'roster_of'"
    ).fetchall()
    for name, _ in found:
        db.execute(f"DROP INDEX {name}")
    return [sql for _, sql in found]


def _named(name: str, number: str | None) -> tuple[str, ...]:
    return spellings.of_name(name) + ((spellings.of_number(number),) if number else ())


def _tagged(tag: str) -> tuple[str, ...]:
    return (spellings.of_tag(tag),)


_OF = "SELECT r.n, {columns} FROM roster r CROSS JOIN {table} o ON o.{owner} = r.customer_id"
_RANGE = " WHERE r.n BETWEEN ? AND ?"
_SOURCES = (
    (_OF.format(table="customer", owner="id", columns="o.name, o.external_id") + _RANGE, _named),
    (_OF.format(table="customer", owner="merged_into", columns="o.name, o.external_id") + _RANGE, _named),
    (_OF.format(table="identity", owner="customer_id", columns="o.kind, o.value") + _RANGE, spellings.of_identity),
    (_OF.format(table="tag", owner="ent_id", columns="o.tag") + _RANGE + " AND o.ent = 'customer'", _tagged),
    (
        _OF.format(table="ticket", owner="customer_id", columns="tag")
        + " CROSS JOIN tag ON tag.ent = 'ticket' AND tag.ent_id = o.id"
        + _RANGE,
        _tagged,
    ),
)
"""How spellings are come by for a range of lines, and what makes them of a row after its line's number."""
