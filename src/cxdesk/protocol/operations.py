"""What a change says to the other desks: one operation per edit, in the shape of the sync protocol ``cxsync/1``.

An operation names a table (``ent``), a row, a kind of act (``k``) and only the fields it wrote, so that it can never
erase what somebody else wrote. ``base`` names, per field, the operation whose value the writer saw.
"""

from collections.abc import Callable, Iterator, Mapping

from cxdesk.domain.changes import Delete, Edit, Insert, Update
from cxdesk.domain.records import Row
from cxdesk.domain.values import dataclass
from cxdesk.protocol.ops import STATE, Op

__all__ = ["LEDGER", "SCHEMA", "STATE", "Draft", "drafts_of", "numbered"]

SCHEMA = 1
"""Version of the writer's field names, sent as ``v``."""

LEDGER = frozenset(
    {
        "note", "message", "purchase", "feedback", "quote", "consent", "kindness", "feedback_ask", "morning_choice",
        "incident_word", "incident_entry",
    }
)  # fmt: skip
"""Rows that are only ever added to; everything else is last-writer-wins per field."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An operation before it has an id, a number and a time."""

    ent: str
    id: str
    k: str
    f: Row
    created: bool = False
    clocked: bool = True


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
        case Update("conflict", key, _, after):
            yield Draft("conflict", key, "resolve", after)
        case Update(kind, key, _, after):
            yield Draft(kind, key, "set", after)


def _tag(edit: Edit) -> Iterator[Draft]:
    """Tags are a set that remembers its additions: a removal names the additions it saw."""
    match edit:
        case Insert(_, row):
            said = {"tag": row["tag"], "add": row["id"], "at": row["at"]}
            yield Draft(row["ent"], row["ent_id"], "add", said, clocked=False)
        case Delete(_, row):
            yield Draft(row["ent"], row["ent_id"], "rem", {"tag": row["tag"], "saw": [row["id"]]}, clocked=False)


def numbered(
    draft: Draft, *, n: int, t: int, agent: str | None, mint: Callable[[], str], base: Mapping[str, str]
) -> Op:
    """The operation a draft becomes when the transaction gives it its place."""
    return Op(mint(), n, t, draft.ent, draft.id, draft.k, SCHEMA, agent, draft.f, base)
