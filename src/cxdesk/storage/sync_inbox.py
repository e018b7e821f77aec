"""What a person has to look at after a sync: operations that were refused, who holds what, two values for one field."""

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from cxdesk.domain.afterwards import Conflict
from cxdesk.domain.together import RefusedOp
from cxdesk.domain.values import dataclass
from cxdesk.protocol.holding import LEASE_MS
from cxdesk.protocol.ops import Op
from cxdesk.protocol.results import Result
from cxdesk.storage.rows import fetch, fetch_all

__all__ = [
    "Holder",
    "OlderValue",
    "RefusedOp",
    "attention",
    "attention_count",
    "claim_answered",
    "close_attention",
    "conflict",
    "conflicts",
    "history",
    "holders",
    "refused",
]


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a ticket: the agent, whether at this device, and whether only this desk thinks so until it is asked."""

    agent_id: str | None
    here: bool
    tentative: bool


@dataclass(frozen=True, slots=True)
class OlderValue:
    """A value that another one took the place of."""

    field: str
    value: Any
    t: int
    dev: str
    at: int


def refused(db: sqlite3.Connection, op: Op, problem: str, at: int) -> None:
    """Keep a refused operation whole. One about somebody who asked to be forgotten is kept without what it said."""
    body = "{}" if problem == "erased" else json.dumps(dict(op.f), ensure_ascii=False)
    db.execute(
        "INSERT INTO attention (op, at, agent_id, ent, ent_id, k, problem, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (op) DO NOTHING",
        (op.op, at, op.agent, op.ent, op.id, op.k, problem, body),
    )


def attention(db: sqlite3.Connection, limit: int = 200) -> list[RefusedOp]:
    """What nobody has looked at yet, the latest first."""
    rows = db.execute(
        "SELECT n, at, agent_id, ent, ent_id, k, problem, body FROM attention WHERE done_at IS NULL"
        " ORDER BY n DESC LIMIT ?",
        (limit,),
    )
    return [
        RefusedOp(n, at, agent, ent, key, k, problem, json.loads(body))
        for n, at, agent, ent, key, k, problem, body in rows
    ]


def attention_count(db: sqlite3.Connection) -> int:
    """How many there are."""
    return int(db.execute("SELECT count(*) FROM attention WHERE done_at IS NULL").fetchone()[0])


def close_attention(db: sqlite3.Connection, n: int, at: int) -> None:
    """Somebody looked at it."""
    db.execute("UPDATE attention SET done_at = ? WHERE n = ?", (at, n))


def claim_answered(db: sqlite3.Connection, op: Op, result: Result, device: str) -> None:
    """A claim that was tentative is one that counts, or none."""
    if result.problem is not None:
        db.execute("DELETE FROM holding WHERE ticket_id = ? AND tentative = 1", (op.id,))
    elif result.fence is not None:
        db.execute(
            "INSERT OR REPLACE INTO holding (ticket_id, agent_id, dev, fence, until, tentative)"
            " VALUES (?, ?, ?, ?, ?, 0)",
            (op.id, op.agent, device, result.fence, (op.t >> 16) + LEASE_MS),
        )


def holders(db: sqlite3.Connection, ticket_ids: Iterable[str] | None = None) -> dict[str, Holder]:
    """Ticket → who has it, for those that somebody has; of all tickets or of these."""
    which = "" if ticket_ids is None else " AND ticket_id IN (SELECT value FROM json_each(?))"
    values = () if ticket_ids is None else (json.dumps(list(ticket_ids)),)
    rows = db.execute(
        "SELECT ticket_id, agent_id, tentative, tentative OR dev ="  # noqa: S608 - one of two texts
        " (SELECT value FROM local WHERE key = 'sync.device') FROM holding"
        f" WHERE (agent_id IS NOT NULL OR tentative){which}",
        values,
    )
    return {key: Holder(agent, bool(here), bool(tentative)) for key, agent, tentative, here in rows}


def conflicts(db: sqlite3.Connection, *, open_only: bool = True, limit: int = 200) -> tuple[Conflict, ...]:
    """Fields with two values, the latest first."""
    where = "state = 'open'" if open_only else "1"
    return fetch_all(db, Conflict, f"{where} ORDER BY at DESC, id DESC LIMIT ?", limit)


def conflict(db: sqlite3.Connection, key: str) -> Conflict | None:
    """One of them."""
    return fetch(db, Conflict, "id = ?", key)


def history(db: sqlite3.Connection, ent: str, key: str, field: str | None = None) -> list[OlderValue]:
    """The other values a row's fields had, the latest first."""
    rows = db.execute(
        "SELECT field, value, t, dev, at FROM field_history WHERE ent = ? AND ent_id = ? AND (? IS NULL OR field = ?)"
        " ORDER BY t DESC",
        (ent, key, field, field),
    )
    return [OlderValue(name, json.loads(value), t, dev, at) for name, value, t, dev, at in rows]
