"""Operations waiting for the shared desk, and the clock and counter that order them.

The counter ``n`` has no gaps on one device and the clock never runs back; both live in ``local`` and move in the same
transaction as the rows they speak of. Without a server the outbox simply grows.
"""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from cxdesk.domain.changes import Change, Delete, Edit, Insert, Stamp, Update
from cxdesk.domain.ids import tick
from cxdesk.protocol.operations import Draft, drafts_of, numbered
from cxdesk.protocol.ops import STATEFUL, Op
from cxdesk.storage import sync_beside

__all__ = ["add", "advance", "pending", "position", "reserve"]


def add(db: sqlite3.Connection, change: Change, stamp: Stamp) -> None:
    """Queue the operations of a change, inside the caller's transaction."""
    clock, number, offset = _standing(db)
    now = stamp.at + offset
    for edit in change.edits:
        for draft in (_said(db, one, edit, stamp) for one in drafts_of(edit)):
            clock, number = tick(clock, now), number + 1
            made = numbered(draft, n=number, t=clock, agent=stamp.agent_id, mint=stamp.mint, base=_base(db, draft))
            _queue(db, _fenced(db, made), draft)
    advance(db, clock, number)


def _queue(db: sqlite3.Connection, made: Op, draft: Draft) -> None:
    db.execute(
        "INSERT INTO outbox (n, op, t, ent, ent_id, k, agent_id, body, span) VALUES (?,?,?,?,?,?,?,?,1)",
        (made.n, made.op, made.t, made.ent, made.id, made.k, made.agent, made.to_json()),
    )
    if draft.created:
        db.execute(
            "DELETE FROM field_clock WHERE ent = ? AND ent_id = ? AND field NOT IN ('', '-')", (draft.ent, draft.id)
        )
    if draft.clocked:
        db.executemany(
            "INSERT INTO field_clock (ent, ent_id, field, t, op, dev) VALUES (?, ?, ?, ?, ?, '')"
            " ON CONFLICT (ent, ent_id, field) DO UPDATE SET t = excluded.t, op = excluded.op, dev = excluded.dev",
            [(draft.ent, draft.id, field, made.t, made.op) for field in _clocked_fields(draft)],
        )


def _said(db: sqlite3.Connection, draft: Draft, edit: Edit, stamp: Stamp) -> Draft:
    """The draft as the other desks must hear it, with what is noted here beside the tables."""
    match edit:
        case Insert("tag", row):
            return replace(draft, f=draft.f | {"add": sync_beside.tag_put_on(db, row, stamp.mint)})
        case Delete("tag", row):
            return replace(draft, f=draft.f | {"saw": [sync_beside.tag_taken_off(db, row)]})
        case Insert(kind, row):
            return replace(draft, f=draft.f | sync_beside.begun_again(db, kind, row))
        case Delete(kind, row):
            sync_beside.put_away(db, kind, row)
        case Update(kind, key, _, after):
            sync_beside.written_over(db, kind, key, after)
    return draft


def _fenced(db: sqlite3.Connection, made: Op) -> Op:
    """A move of a ticket's state names the fence of the claim it is made under; a claim is tentative until answered."""
    if made.k not in STATEFUL:
        return made
    return replace(made, fence=sync_beside.fence_of(db, made))


def reserve(db: sqlite3.Connection, stamp: Stamp, ent_id: str, rows: int, **more: object) -> None:
    """Queue one line that stands for ``rows`` operations of an import, written out only when they are sent.

    They can be written out then because an import's rows are known by their ids (``imports.ids``). ``gone`` in
    ``more`` are the rows an undo took away: table → first and last count of each stretch of ids.
    """
    clock, number, offset = _standing(db)
    clock = tick(clock, stamp.at + offset)
    body = json.dumps({"import": ent_id, "rows": rows, **more})
    db.execute(
        "INSERT INTO outbox (n, op, t, ent, ent_id, k, agent_id, body, span) VALUES (?,?,?,?,?,?,?,?,?)",
        (number + 1, stamp.mint(), clock, "import", ent_id, "bulk", stamp.agent_id, body, rows),
    )
    advance(db, clock, number + rows)


def pending(db: sqlite3.Connection) -> int:
    """How many operations have not been sent."""
    return int(db.execute("SELECT coalesce(sum(span), 0) FROM outbox").fetchone()[0])


def _clocked_fields(draft: Draft) -> Iterable[str]:
    """The fields written; a row's first operation is kept once, under the empty name, instead of once per field."""
    if draft.k == "del":
        return (sync_beside.GONE,)
    return ("", *(name for name, value in draft.f.items() if value is None)) if draft.created else draft.f


def _base(db: sqlite3.Connection, draft: Draft) -> dict[str, str]:
    """Per field, the operation whose value the writer saw; nothing for a row that begins or only grows, nor where a
    fence stands in its place."""
    if not draft.clocked or draft.created or draft.k in ("del", "claim", "transition"):
        return {}
    seen: dict[str, str] = {}
    for field, op in db.execute(
        "SELECT field, op FROM field_clock WHERE ent = ? AND ent_id = ? AND field <> '-' ORDER BY t, field <> ''",
        (draft.ent, draft.id),
    ):
        if field:
            seen[field] = op
        else:  # the row began (again): what was written to an earlier one of this id no longer counts
            seen = dict.fromkeys(draft.f, op)
    return {field: seen[field] for field in draft.f if field in seen}


def position(db: sqlite3.Connection) -> tuple[int, int]:
    """The clock's last stamp and the last number."""
    return _standing(db)[:2]


def _standing(db: sqlite3.Connection) -> tuple[int, int, int]:
    """The same, and by how many ms the server's clock is ahead of this machine's, as last measured."""
    rows = dict(db.execute("SELECT key, value FROM local WHERE key IN ('clock', 'number', 'sync.offset')").fetchall())
    return int(rows.get("clock", 0)), int(rows.get("number", 0)), int(rows.get("sync.offset", 0))


def advance(db: sqlite3.Connection, clock: int, number: int) -> None:
    """Keep where the clock and the counter stand."""
    db.executemany(
        "INSERT INTO local VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [("clock", str(clock)), ("number", str(number))],
    )
