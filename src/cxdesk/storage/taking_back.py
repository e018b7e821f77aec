"""Taking a whole import back: the rows it added go, the rows it changed are again what they were.

Added rows are known by their ids (``imports.ids``), changed ones by what ``import_edit`` kept of them. What people have
worked with since stays: a row somebody edited, a customer somebody opened a contact for or wrote something about,
with the numbers they are known by, and a value somebody wrote over. Operations of imports that were themselves taken
back do not count as work; they are known by the tail of their ids as well.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cxdesk.domain.changes import Change, Stamp, Update
from cxdesk.domain.merging import LATER
from cxdesk.storage import baskets, outbox, roster, summaries, words
from cxdesk.storage.rows import RECORDS, columns, update_sql

__all__ = ["Run", "TakenBack", "latest", "runs", "take_back"]

_VERB = "import.undo"
_ADDED = ("merge_row", "purchase", "note", "identity", "customer")
"""What an import adds to, those that refer to others first."""
_TAIL = 12
_NAMED = 5
"""How many of the customers who stay are named."""

_REFERENCES: tuple[tuple[str, str], ...] = (
    *((kind, "customer_id") for kind in RECORDS if "customer_id" in columns(kind)),
    *(("merge", "survivor_id"), ("merge", "merged_id"), ("apart", "one_id"), ("apart", "other_id")),
    ("customer", "merged_into"),
)
"""Every column that names a customer, besides tags."""


class Run(NamedTuple):
    """One import. ``number`` counts them from the first, ``undone_at`` is ``None`` while it stands."""

    number: int
    id: str
    file_name: str
    map: str
    started_at: int
    added: int
    changed: int
    rejected: int
    undone_at: int | None


class TakenBack(NamedTuple):
    """What taking an import back did: rows removed, rows restored, and rows that stay because somebody works with
    them; ``names`` are the first customers among those."""

    removed: int
    restored: int
    kept: int
    names: tuple[str, ...]


_RUNS = """
SELECT * FROM (SELECT row_number() OVER (ORDER BY started_at, id) AS number, id, file_name, map, started_at, added,
                      changed, rejected, undone_at FROM import_run)
"""


def runs(db: sqlite3.Connection) -> list[Run]:
    """Every import, the latest first."""
    return [Run._make(row) for row in db.execute(f"{_RUNS} ORDER BY number DESC")]


def latest(db: sqlite3.Connection, agent_id: str | None) -> Run | None:
    """The import that an agent's next undo would take back: nothing they did since still stands."""
    row = db.execute(
        f"{_RUNS} WHERE id = (SELECT id FROM import_run AS r WHERE undone_at IS NULL AND agent_id IS ?"  # noqa: S608
        " AND after_n IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM change_log WHERE agent_id IS r.agent_id AND n > r.after_n AND undone = 0)"
        " ORDER BY after_n DESC, started_at DESC LIMIT 1)",
        (agent_id,),
    ).fetchone()
    return None if row is None else Run._make(row)


def take_back(db: sqlite3.Connection, run_id: str, stamp: Stamp) -> TakenBack:
    """Take a run back, inside the caller's transaction. ``stamp.mint`` must make ids with the tail of the run."""
    restored, left = _restore(db, run_id, stamp)
    db.execute("CREATE TEMP TABLE going (kind TEXT, id TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID")
    try:
        found = _list(db, run_id)
        _spare(db, run_id)
        names = _staying(db, run_id)
        removed = _remove(db, run_id, stamp, restored)
    finally:
        db.execute("DROP TABLE temp.going")
    db.execute("DELETE FROM import_edit WHERE run_id = ?", (run_id,))
    db.execute("UPDATE import_run SET undone_at = ? WHERE id = ?", (stamp.at, run_id))
    return TakenBack(removed, len(restored), found - removed + left, names)


def _restore(db: sqlite3.Connection, run_id: str, stamp: Stamp) -> tuple[list[Update], int]:
    """Give changed rows their values back, the latest change first; also how many values were written over since."""
    edits = db.execute(
        "SELECT kind, row_id, before, after FROM import_edit WHERE run_id = ? AND substr(row_id, ?) <> ?"
        " ORDER BY n DESC",
        (run_id, -_TAIL, run_id[-_TAIL:]),
    ).fetchall()
    restored: list[Update] = []
    left = 0
    for kind, key, before, after in edits:
        was, now = json.loads(before), json.loads(after)
        row = db.execute(f"SELECT {', '.join(now)} FROM {kind} WHERE id = ?", (key,)).fetchone()  # noqa: S608
        ours = [name for name, value in zip(now, row or (), strict=row is not None) if value == now[name]]
        left += row is not None and len(ours) < len(now)
        if ours:
            update = Update(kind, key, {name: now[name] for name in ours}, {name: was[name] for name in ours})
            values = (*update.after.values(), key, *update.before.values())
            db.execute(update_sql(kind, tuple(ours)), values)
            restored.append(update)
    outbox.add(db, Change(_VERB, tuple(restored)), stamp)
    return restored, left


def _list(db: sqlite3.Connection, run_id: str) -> int:
    """Put every row the run added on the list; how many there are."""
    for kind in _ADDED:
        db.execute(
            f"INSERT INTO going SELECT ?, r.id FROM {kind} AS r WHERE {_OF_RUN}",  # noqa: S608 - names of our own
            (kind, *_bounds(run_id)),
        )
    return int(db.execute("SELECT count(*) FROM going").fetchone()[0])


_OF_RUN = f"r.id > ? AND r.id < ? AND substr(r.id, -{_TAIL}) = ?"


def _bounds(run_id: str) -> tuple[str, str, str]:
    """All ids of a run share its millisecond, so that they stand together in every index of ids."""
    return run_id, f"{run_id[:13]}-8", run_id[-_TAIL:]


def _listed(kind: str, column: str) -> str:
    return f"EXISTS (SELECT 1 FROM going WHERE going.kind = '{kind}' AND going.id = {column})"  # noqa: S608 - ours


def _spare(db: sqlite3.Connection, run_id: str) -> None:
    """Take off the list what people have worked with."""
    db.execute(
        "DELETE FROM going WHERE EXISTS (SELECT 1 FROM field_clock AS clock WHERE clock.ent = going.kind"
        " AND clock.ent_id = going.id AND substr(clock.op, ?1) NOT IN"
        " (SELECT substr(id, ?1) FROM import_run WHERE undone_at IS NOT NULL OR id = ?2))",
        (-_TAIL, run_id),
    )
    amended = "SELECT amends FROM note"
    used = ["SELECT ent_id FROM tag WHERE ent = 'customer'"] + [
        f"SELECT {column} FROM {kind} AS r WHERE NOT {_listed(kind, 'r.id')}"  # noqa: S608 - names of our own
        for kind, column in _REFERENCES
    ]
    # Those who stay keep the numbers they are found by.
    theirs = (
        "SELECT i.id FROM identity AS i JOIN customer AS r ON r.id = i.customer_id"  # noqa: S608
        f" WHERE {_OF_RUN} AND NOT {_listed('customer', 'r.id')}"
    )
    # A row that stays and came for somebody who was merged must find its way back should they be parted.
    noted = (
        "SELECT r.id FROM merge_row AS r WHERE NOT EXISTS"
        " (SELECT 1 FROM going WHERE going.kind = r.ent AND going.id = r.ent_id)"
    )
    spared: list[tuple[str, str, tuple[str, ...]]] = [("note", amended, ())]
    spared += [("customer", ids, ()) for ids in used]
    spared += [("identity", theirs, _bounds(run_id)), ("merge_row", noted, ())]
    for kind, ids, values in spared:
        db.execute(f"DELETE FROM going WHERE kind = ? AND id IN ({ids})", (kind, *values))  # noqa: S608


def _staying(db: sqlite3.Connection, run_id: str) -> tuple[str, ...]:
    """The first customers of the run who stay."""
    rows = db.execute(
        f"SELECT r.name FROM customer AS r WHERE {_OF_RUN} AND NOT {_listed('customer', 'r.id')} LIMIT ?",  # noqa: S608
        (*_bounds(run_id), _NAMED),
    )
    return tuple(row[0] for row in rows)


def _remove(db: sqlite3.Connection, run_id: str, stamp: Stamp, restored: Iterable[Update]) -> int:
    """Delete what is on the list, and let everything derived and the outbox follow."""
    touched = _touched(db, restored)
    _uncount(db, stamp)
    gone = {kind: list(_stretches(db, kind)) for kind in _ADDED}
    listed = "IN (SELECT id FROM going WHERE kind = ?)"
    goods = db.execute(f"SELECT DISTINCT product FROM purchase WHERE id {listed}", ("purchase",)).fetchall()  # noqa: S608
    notes = db.execute(f"SELECT id, body FROM note WHERE id {listed}", ("note",)).fetchall()  # noqa: S608
    removed = sum(db.execute(f"DELETE FROM {kind} WHERE id {listed}", (kind,)).rowcount for kind in _ADDED)  # noqa: S608
    for key, body in notes:
        words.removed(db, "note", {"id": key, "body": body})
    for (name,) in goods:
        words.removed(db, "purchase", {"product": name})
    if goods:
        baskets.forget(db)
    summaries.refresh_many(db, touched)
    roster.refresh_people(db, touched)
    if removed:
        outbox.reserve(db, stamp, run_id, removed, gone={kind: spans for kind, spans in gone.items() if spans})
    return removed


def _uncount(db: sqlite3.Connection, stamp: Stamp) -> None:
    """Let merges count fewer rows that came later: those that go."""
    counted = db.execute(
        "SELECT merge.id, later, count(*) FROM merge_row JOIN merge ON merge.id = merge_id"
        " WHERE how = ? AND merge_row.id IN (SELECT id FROM going WHERE kind = 'merge_row') GROUP BY merge.id",
        (LATER,),
    ).fetchall()
    updates = tuple(Update("merge", key, {"later": later}, {"later": later - gone}) for key, later, gone in counted)
    for update in updates:
        values = (update.after["later"], update.id, update.before["later"])
        db.execute(update_sql("merge", ("later",)), values)
    outbox.add(db, Change(_VERB, updates), stamp)


def _touched(db: sqlite3.Connection, restored: Iterable[Update]) -> set[str]:
    """The customers of the rows that go and of those that were restored."""
    moved = json.dumps([update.id for update in restored if update.kind == "purchase"])
    found = {row[0] for row in db.execute(_OWNERS, (moved,))}
    for update in restored:
        found.add(update.id if update.kind == "customer" else update.before.get("customer_id"))
    return found - {None}


_OWNERS = """
SELECT id FROM going WHERE kind = 'customer'
UNION SELECT customer_id FROM identity WHERE id IN (SELECT id FROM going WHERE kind = 'identity')
UNION SELECT customer_id FROM purchase WHERE id IN (SELECT id FROM going WHERE kind = 'purchase')
UNION SELECT customer_id FROM purchase WHERE id IN (SELECT value FROM json_each(?))
"""


def _stretches(db: sqlite3.Connection, kind: str) -> Iterator[tuple[int, int]]:
    """The ids on the list as first and last counts of the run; its ids are consecutive, so that these are few."""
    first = last = -1
    for (key,) in db.execute("SELECT id FROM going WHERE kind = ? ORDER BY id", (kind,)):
        count = int(key[15:18], 16) << 14 | int(key[19:23], 16) & 0x3FFF
        if count != last + 1:
            if first >= 0:
                yield first, last
            first = count
        last = count
    if first >= 0:
        yield first, last
