"""Operations waiting for the shared desk, and the clock and counter that order them.

The counter ``n`` has no gaps on one device and the clock never runs back; both live in ``local`` and move in the same
transaction as the rows they speak of. Without a server the outbox simply grows.
"""

import json
import sqlite3
from collections.abc import Iterable

from cxdesk.domain.changes import Change, Stamp
from cxdesk.domain.ids import tick
from cxdesk.domain.operations import Draft, drafts_of, numbered

__all__ = ["add", "pending", "reserve"]


def add(db: sqlite3.Connection, change: Change, stamp: Stamp) -> None:
    """Queue the operations of a change, inside the caller's transaction."""
    drafts = [draft for edit in change.edits for draft in drafts_of(edit)]
    clock, number = _position(db)
    for draft in drafts:
        clock, number = tick(clock, stamp.at), number + 1
        base = _base(db, draft)
        made = numbered(draft, n=number, t=clock, agent=stamp.agent_id, mint=stamp.mint, base=base)
        db.execute(
            "INSERT INTO outbox (n, op, t, ent, ent_id, k, agent_id, body, span) VALUES (?,?,?,?,?,?,?,?,1)",
            (made.n, made.op, made.t, made.ent, made.id, made.k, made.agent, made.to_json()),
        )
        if draft.clocked:
            db.executemany(
                "INSERT INTO field_clock VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (ent, ent_id, field) DO UPDATE SET t = excluded.t, op = excluded.op",
                [(draft.ent, draft.id, field, made.t, made.op) for field in _clocked_fields(draft)],
            )
    _advance(db, clock, number)


def reserve(db: sqlite3.Connection, stamp: Stamp, ent_id: str, rows: int, **more: object) -> None:
    """Queue one line that stands for ``rows`` operations of an import, written out only when they are sent.

    They can be written out then because an import's rows are known by their ids (``imports.ids``). ``gone`` in
    ``more`` are the rows an undo took away: table → first and last count of each stretch of ids.
    """
    clock, number = _position(db)
    clock = tick(clock, stamp.at)
    body = json.dumps({"import": ent_id, "rows": rows, **more})
    db.execute(
        "INSERT INTO outbox (n, op, t, ent, ent_id, k, agent_id, body, span) VALUES (?,?,?,?,?,?,?,?,?)",
        (number + 1, stamp.mint(), clock, "import", ent_id, "bulk", stamp.agent_id, body, rows),
    )
    _advance(db, clock, number + rows)


def pending(db: sqlite3.Connection) -> int:
    """How many operations have not been sent."""
    return int(db.execute("SELECT coalesce(sum(span), 0) FROM outbox").fetchone()[0])


def _clocked_fields(draft: Draft) -> Iterable[str]:
    """The fields written; a row's first operation is kept once, under the empty name, instead of once per field."""
    return ("",) if draft.created or draft.k == "del" else draft.f


def _base(db: sqlite3.Connection, draft: Draft) -> dict[str, str]:
    """Per field, the operation whose value the writer saw; nothing for a row that begins or only grows, nor where a
    fence stands in its place."""
    if not draft.clocked or draft.created or draft.k in ("del", "claim", "transition"):
        return {}
    seen: dict[str, str] = {}
    for field, op in db.execute(
        "SELECT field, op FROM field_clock WHERE ent = ? AND ent_id = ? ORDER BY t", (draft.ent, draft.id)
    ):
        if field:
            seen[field] = op
        else:  # the row began (again): what was written to an earlier one of this id no longer counts
            seen = dict.fromkeys(draft.f, op)
    return {field: seen[field] for field in draft.f if field in seen}


def _position(db: sqlite3.Connection) -> tuple[int, int]:
    rows = dict(db.execute("SELECT key, value FROM local WHERE key IN ('clock', 'number')").fetchall())
    return int(rows.get("clock", 0)), int(rows.get("number", 0))


def _advance(db: sqlite3.Connection, clock: int, number: int) -> None:
    db.executemany(
        "INSERT INTO local VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [("clock", str(clock)), ("number", str(number))],
    )
