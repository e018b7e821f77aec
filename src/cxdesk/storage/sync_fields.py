"""Which value of an operation fits which column: other desks may be older, newer, or not of this program at all.

A value that a column cannot hold as it is stays in ``extra_field``, and the column shows what comes closest, so that
nothing of a later version is lost and nothing of a stranger's breaks the desk.
"""

import json
import sqlite3
from dataclasses import MISSING, fields
from enum import Enum
from functools import cache
from typing import Any, NamedTuple

from cxdesk.domain.inert import inert
from cxdesk.domain.records import Row
from cxdesk.protocol.erasing import blank
from cxdesk.protocol.rows import Entity
from cxdesk.storage.rows import RECORDS, columns, select

__all__ = ["fits", "known", "row_now", "row_of", "values_of"]

_AS_JSON = frozenset({("conflict", "winner"), ("conflict", "loser")})
"""Columns that hold any value, as JSON."""


class _Column(NamedTuple):
    """What a column takes: its type, the vocabulary of a word, whether it may be unknown, what else stands there."""

    name: str
    kind: type
    words: type[Enum] | None
    may_be_unknown: bool
    default: Any
    as_json: bool


_NO_FIT = object()


def known(ent: str) -> bool:
    """Whether the desk has a table for rows of that name. Tags are part of the rows that carry them."""
    return ent in RECORDS and ent != "tag"


def row_of(entity: Entity) -> Row | None:
    """The row to show, or ``None``: the table is not known here, the row is gone, or its beginning has not come."""
    if not known(entity.ent) or not entity.shown:
        return None
    row: Row = {"id": entity.id}
    for column in _columns(entity.ent):
        value = _fitting(column, entity.f[column.name]) if column.name in entity.f else _NO_FIT
        if value is _NO_FIT:
            value = column.default
            if value is MISSING and entity.erased:
                value = blank(entity.ent, column.name)
                value = MISSING if value is None and not column.may_be_unknown else value
        if value is MISSING:
            return None
        row[column.name] = value
    return row


def values_of(ent: str, row: Row | None) -> dict[str, Any]:
    """The values that a row says by itself, as operations carry them."""
    if row is None:
        return {}
    return {
        column.name: json.loads(row[column.name]) if column.as_json and row[column.name] else row[column.name]
        for column in _columns(ent)
    }


def fits(ent: str, name: str, value: Any) -> bool:
    """Whether a column takes a value as it is."""
    column = next((column for column in _columns(ent) if column.name == name), None) if known(ent) else None
    return column is not None and _fitting(column, value) == value


def row_now(db: sqlite3.Connection, ent: str, key: str) -> Row | None:
    """A row of a table that is known here, as it stands."""
    if not known(ent):
        return None
    row = db.execute(f"{select(ent)} WHERE id = ?", (key,)).fetchone()
    return None if row is None else dict(zip(columns(ent), row, strict=True))


def _fitting(column: _Column, value: Any) -> Any:
    if value is None:
        return None if column.may_be_unknown else _NO_FIT
    if column.as_json:
        return json.dumps(value, ensure_ascii=False)
    if column.kind is int:
        return int(value) if isinstance(value, int) else _NO_FIT
    if not isinstance(value, str):
        return _NO_FIT
    if column.words is not None:
        return value if value in _vocabulary(column.words) else _NO_FIT
    return inert(value)


@cache
def _vocabulary(words: type[Enum]) -> frozenset[str]:
    return frozenset(str(word.value) for word in words)


@cache
def _columns(ent: str) -> tuple[_Column, ...]:
    made = []
    record = RECORDS[ent]
    for field in fields(record):
        if field.name == "id":
            continue
        parts: tuple[Any, ...] = getattr(field.type, "__args__", (field.type,))  # T, or T | None
        may_be_unknown = type(None) in parts
        kind = next(part for part in parts if part is not type(None))
        words = kind if issubclass(kind, Enum) else None
        default = _stored(field.default)
        if default is MISSING and may_be_unknown:
            default = None
        stored = int if issubclass(kind, int) else str
        made.append(_Column(field.name, stored, words, may_be_unknown, default, (ent, field.name) in _AS_JSON))
    return tuple(made)


def _stored(default: Any) -> Any:
    """A default as ``as_row`` would store it."""
    if isinstance(default, bool):
        return int(default)
    return str(default.value) if isinstance(default, Enum) else default
