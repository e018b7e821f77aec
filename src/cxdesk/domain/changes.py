"""A change is a value: what was edited, from which row to which row, and therefore exactly how to take it back.

Every verb of the desk answers with one ``Change``. Storage applies its edits in one transaction together with the
operations for sync and the search rows; undo commits the inverse.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any

from cxdesk.domain.records import Record, Row, as_row
from cxdesk.domain.values import dataclass

__all__ = ["Change", "Delete", "Edit", "Insert", "Stamp", "Update", "alter", "apply", "insert", "remove"]


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who acts and when (ms UTC), and where new ids come from."""

    at: int
    agent_id: str | None
    mint: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Insert:
    """A row that begins to exist in the table ``kind``."""

    kind: str
    row: Row

    @property
    def id(self) -> str:
        """The id of the row."""
        return str(self.row["id"])

    def inverse(self) -> "Delete":
        """The edit that takes this one back."""
        return Delete(self.kind, self.row)


@dataclass(frozen=True, slots=True)
class Delete:
    """A row that ceases to exist; it is carried whole so that it can come back."""

    kind: str
    row: Row

    @property
    def id(self) -> str:
        """The id of the row."""
        return str(self.row["id"])

    def inverse(self) -> Insert:
        """The edit that takes this one back."""
        return Insert(self.kind, self.row)


@dataclass(frozen=True, slots=True)
class Update:
    """Some columns of one row, from ``before`` to ``after``; both name the same columns."""

    kind: str
    id: str
    before: Row
    after: Row

    def inverse(self) -> "Update":
        """The edit that takes this one back."""
        return Update(self.kind, self.id, self.after, self.before)


Edit = Insert | Update | Delete


@dataclass(frozen=True, slots=True)
class Change:
    """The edits of one act, in order, under the name of the verb (an id of ``actions`` where there is one)."""

    verb: str
    edits: tuple[Edit, ...]

    def __bool__(self) -> bool:
        return bool(self.edits)

    def inverse(self) -> "Change":
        """The change that restores the rows exactly as they were."""
        return Change(self.verb, tuple(edit.inverse() for edit in reversed(self.edits)))

    def touched(self, kind: str | None = None) -> frozenset[str]:
        """Ids of the rows edited, of one table or of all."""
        return frozenset(edit.id for edit in self.edits if kind is None or edit.kind == kind)

    def to_json(self) -> str:
        """The edits as a JSON text that ``from_json`` reads back equal."""
        return json.dumps([_packed(edit) for edit in self.edits], ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, verb: str, text: str) -> "Change":
        """The inverse of ``to_json``."""
        return cls(verb, tuple(_unpacked(entry) for entry in json.loads(text)))


def insert(record: Record) -> Insert:
    """The edit that adds ``record``."""
    return Insert(_table(record), as_row(record))


def remove(record: Record) -> Delete:
    """The edit that takes ``record`` away."""
    return Delete(_table(record), as_row(record))


def alter(record: Record, after: Record) -> tuple[Update, ...]:
    """The edit from ``record`` to ``after`` naming only the columns that differ; empty when none does."""
    old, new = as_row(record), as_row(after)
    columns = [name for name in old if old[name] != new[name]]
    if not columns:
        return ()
    return (Update(_table(record), record.id, {c: old[c] for c in columns}, {c: new[c] for c in columns}),)


def apply(world: dict[tuple[str, str], Row], edits: Iterable[Edit]) -> None:
    """Carry the edits out on rows kept in memory: the contract that storage must meet, in a dozen lines.

    Raises ``KeyError`` when a row that must exist does not, or the other way round, or differs from ``before``.
    """
    for edit in edits:
        key = (edit.kind, edit.id)
        match edit:
            case Insert():
                if key in world:
                    raise KeyError(key)
                world[key] = dict(edit.row)
            case Delete():
                if world[key] != edit.row:
                    raise KeyError(key)
                del world[key]
            case Update():
                row = world[key]
                if any(row[column] != value for column, value in edit.before.items()):
                    raise KeyError(key)
                row.update(edit.after)


def _table(record: Record) -> str:
    """``FollowUp`` → ``follow_up``."""
    name = type(record).__name__
    return "".join(f"_{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(name))


def _packed(edit: Edit) -> list[Any]:
    match edit:
        case Insert():
            return ["+", edit.kind, edit.row]
        case Delete():
            return ["-", edit.kind, edit.row]
        case Update():
            return ["=", edit.kind, edit.id, edit.before, edit.after]


def _unpacked(entry: list[Any]) -> Edit:
    match entry:
        case ["+", kind, row]:
            return Insert(kind, row)
        case ["-", kind, row]:
            return Delete(kind, row)
        case ["=", kind, key, before, after]:
            return Update(kind, key, before, after)
    raise ValueError(f"not an edit: {entry!r}")
