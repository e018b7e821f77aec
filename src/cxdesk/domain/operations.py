"""What a change says to the other desks: one operation per edit, in the shape of the sync protocol ``cxsync/1``.

An operation names a table (``ent``), a row, a kind of act (``k``) and only the fields it wrote, so that it can never
erase what somebody else wrote. ``base`` names, per field, the operation whose value the writer saw.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cxdesk.domain.changes import Delete, Edit, Insert, Update
from cxdesk.domain.ids import hlc_text
from cxdesk.domain.records import Row

__all__ = ["SCHEMA", "Draft", "Operation", "drafts_of", "numbered"]

SCHEMA = 1
"""Version of the writer's field names, sent as ``v``."""

LEDGER = frozenset({"note", "message", "purchase", "feedback", "quote", "consent", "kindness"})
"""Rows that are only ever added to; everything else is last-writer-wins per field."""

STATE = frozenset(
    {
        "status",
        "assignee",
        "waiting_since",
        "taken_at",
        "hold_until",
        "hold_for_reply",
        "resolved_at",
        "abandoned_at",
    }
)
"""Ticket fields that move together under the server's state machine, with a fence instead of a base."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An operation before it has an id, a number and a time."""

    ent: str
    id: str
    k: str
    f: Row
    created: bool = False
    clocked: bool = True


@dataclass(frozen=True, slots=True)
class Operation:
    """One line of the protocol. ``t`` is the hybrid logical clock, ``n`` counts this device's operations from 1."""

    op: str
    n: int
    t: int
    ent: str
    id: str
    k: str
    agent: str | None
    f: Mapping[str, Any]
    base: Mapping[str, str]

    def to_json(self) -> str:
        """The operation as it is sent."""
        body: dict[str, Any] = {
            "op": self.op,
            "n": self.n,
            "t": hlc_text(self.t),
            "ent": self.ent,
            "id": self.id,
        }
        body |= {"k": self.k, "v": SCHEMA}
        if self.agent is not None:
            body["agent"] = self.agent
        body["f"] = dict(self.f)
        if self.base:
            body["base"] = dict(self.base)
        if self.k in ("claim", "transition"):
            body["fence"] = None
        return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def drafts_of(edit: Edit) -> Iterator[Draft]:
    """The operations an edit amounts to; usually one, two when a ticket's state and its other fields both moved."""
    if edit.kind == "tag":
        yield from _tag(edit)
        return
    match edit:
        case Insert(kind, row):
            known = {name: value for name, value in row.items() if name != "id" and value is not None}
            yield Draft(kind, edit.id, "append" if kind in LEDGER else "set", known, created=True)
        case Delete(kind, _):
            yield Draft(kind, edit.id, "del", {})
        case Update("ticket", key, _, after):
            state = {name: value for name, value in after.items() if name in STATE}
            rest = {name: value for name, value in after.items() if name not in STATE}
            if state:
                yield Draft("ticket", key, "claim" if state.get("status") == "active" else "transition", state)
            if rest:
                yield Draft("ticket", key, "set", rest)
        case Update(kind, key, _, after):
            yield Draft(kind, key, "set", after)


def _tag(edit: Edit) -> Iterator[Draft]:
    """Tags are a set that remembers its additions: a removal names the additions it saw."""
    match edit:
        case Insert(_, row):
            yield Draft(row["ent"], row["ent_id"], "add", {"tag": row["tag"], "add": row["id"]}, clocked=False)
        case Delete(_, row):
            yield Draft(row["ent"], row["ent_id"], "rem", {"tag": row["tag"], "saw": [row["id"]]}, clocked=False)


def numbered(
    draft: Draft, *, n: int, t: int, agent: str | None, mint: Callable[[], str], base: Mapping[str, str]
) -> Operation:
    """The operation a draft becomes when the transaction gives it its place."""
    return Operation(mint(), n, t, draft.ent, draft.id, draft.k, agent, draft.f, base)
