"""Writing out the one line that stands for all rows of an import, a stretch at a time, when their turn comes.

An operation of such a row has the id of the row, so that it is the same whenever it is written out; what was written
out is in the outbox like any other line, and says the same however often it is sent.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from cxdesk.domain.ids import hlc_text
from cxdesk.protocol.operations import LEDGER, SCHEMA
from cxdesk.storage.rows import columns

__all__ = ["renumber", "write_out"]

_KINDS = ("customer", "identity", "purchase", "note", "merge_row")
"""What an import adds to, in the order in which a reader makes sense of it."""


class _Bulk(NamedTuple):
    n: int
    op: str
    t: int
    run: str
    agent: str | None
    body: dict[str, Any]
    span: int


def write_out(db: sqlite3.Connection, most: int, mint: Callable[[], str]) -> bool:
    """If the first line of the outbox is such a line, put its next ``most`` operations in front of it.

    Inside the caller's transaction. Answers whether there was one. Rows that are no longer there are not sent: the
    numbers kept for them are taken by what comes after.
    """
    row = db.execute("SELECT n, op, t, ent_id, agent_id, body, span, k FROM outbox ORDER BY n LIMIT 1").fetchone()
    if row is None or row[7] != "bulk":
        return False
    n, op, t, run, agent, body, span, _ = row
    bulk = _Bulk(n, op, t, run, agent, json.loads(body), span)
    lines = list(_next(db, bulk, most, mint))
    db.execute("DELETE FROM outbox WHERE n = ?", (bulk.n,))
    db.executemany(
        "INSERT INTO outbox (n, op, t, ent, ent_id, k, agent_id, body, span) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)",
        [
            (bulk.n + i, line["op"], bulk.t, line["ent"], line["id"], line["k"], bulk.agent, _text(line, bulk.n + i))
            for i, line in enumerate(lines)
        ],
    )
    _clock(db, bulk, lines)
    if len(lines) == most:
        _put_back(db, bulk, lines)
    else:
        _close_gap(db, bulk.n + len(lines), bulk.n + bulk.span)
    return True


def _put_back(db: sqlite3.Connection, bulk: _Bulk, lines: list[dict[str, Any]]) -> None:
    """The line that stands for the rest, which is at least one operation until it turns out to be none."""
    rest = bulk.span - len(lines)
    if rest <= 0:
        rest = 1
        _shift(db, bulk.n + bulk.span, bulk.n + len(lines) + rest)
    body = bulk.body | {"after": [lines[-1]["ent"], lines[-1]["id"]]}
    db.execute(
        "INSERT INTO outbox (n, op, t, ent, ent_id, k, agent_id, body, span) "
        " VALUES (?, ?, ?, 'import', ?, 'bulk', ?, ?, ?)",
        (bulk.n + len(lines), bulk.op, bulk.t, bulk.run, bulk.agent, json.dumps(body), rest),
    )


def _close_gap(db: sqlite3.Connection, free: int, following: int) -> None:
    if free != following:
        _shift(db, following, free)


def _shift(db: sqlite3.Connection, first: int, to: int) -> None:
    """Number the lines from ``first`` on from ``to`` on; none of them was ever sent."""
    db.execute("UPDATE outbox SET n = -n - 1 WHERE n >= ?", (first,))
    db.execute("UPDATE outbox SET n = -n - 1 + ? WHERE n < 0", (to - first,))
    db.execute("UPDATE local SET value = CAST(value AS INTEGER) + ? WHERE key = 'number'", (to - first,))


def _clock(db: sqlite3.Connection, bulk: _Bulk, lines: list[dict[str, Any]]) -> None:
    field = "-" if bulk.body.get("gone") else ""
    db.executemany(
        "INSERT INTO field_clock (ent, ent_id, field, t, op, dev) VALUES (?, ?, ?, ?, ?, '')"
        " ON CONFLICT (ent, ent_id, field) DO NOTHING",
        [(line["ent"], line["id"], field, bulk.t, line["op"]) for line in lines],
    )


def _text(line: dict[str, Any], n: int) -> str:
    return json.dumps({"op": line["op"], "n": n} | line, ensure_ascii=False, separators=(",", ":"))


def _next(db: sqlite3.Connection, bulk: _Bulk, most: int, mint: Callable[[], str]) -> Iterator[dict[str, Any]]:
    made = _removed(bulk, mint) if bulk.body.get("gone") else _added(db, bulk)
    for _, line in zip(range(most), made, strict=False):
        yield line


def _added(db: sqlite3.Connection, bulk: _Bulk) -> Iterator[dict[str, Any]]:
    kind, key = bulk.body.get("after", (_KINDS[0], bulk.run))
    for ent in _KINDS[_KINDS.index(kind) :]:
        names = columns(ent)
        rows = db.execute(
            f"SELECT {', '.join(names)} FROM {ent} WHERE id > ? AND id < ? AND substr(id, -12) = ? ORDER BY id",  # noqa: S608
            (key if ent == kind else bulk.run, f"{bulk.run[:13]}-8", bulk.run[-12:]),
        )
        for row in rows:
            f = {name: value for name, value in zip(names, row, strict=True) if name != "id" and value is not None}
            yield _line(bulk, row[0], ent, row[0], "append" if ent in LEDGER else "set", f)


def _removed(bulk: _Bulk, mint: Callable[[], str]) -> Iterator[dict[str, Any]]:
    kind, key = bulk.body.get("after", ("", ""))
    waiting = bool(kind)
    for ent, stretches in bulk.body["gone"].items():
        for first, last in stretches:
            for count in range(first, last + 1):
                row_id = f"{bulk.run[:13]}-7{count >> 14:03x}-{0x8000 | count & 0x3FFF:04x}{bulk.run[-13:]}"
                if waiting:
                    waiting = (ent, row_id) != (kind, key)
                else:
                    yield _line(bulk, mint(), ent, row_id, "del", {})


def _line(bulk: _Bulk, op: str, ent: str, key: str, k: str, f: dict[str, Any]) -> dict[str, Any]:
    line: dict[str, Any] = {"op": op, "t": hlc_text(bulk.t), "ent": ent, "id": key, "k": k, "v": SCHEMA}
    if bulk.agent is not None:
        line["agent"] = bulk.agent
    return line | {"f": f}


def renumber(db: sqlite3.Connection, first_n: int) -> None:
    """Number every line from ``first_n`` on, in the order in which they wait, inside the caller's transaction."""
    number = first_n
    (first,) = db.execute("SELECT min(n) FROM outbox").fetchone()
    if first == first_n:
        return
    for n, span in db.execute("SELECT n, span FROM outbox ORDER BY n").fetchall():
        db.execute("UPDATE outbox SET n = ? WHERE n = ?", (-number, n))
        number += span
    db.execute("UPDATE outbox SET n = -n WHERE n < 0")
    db.execute(
        "INSERT INTO local VALUES ('number', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (str(number - 1),),
    )
