"""Records to SQL and back: the statements every table needs, written once from the fields of its record."""

import sqlite3
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

from cxdesk.domain import afterwards, records
from cxdesk.domain.records import Record, Row, from_row

__all__ = ["RECORDS", "columns", "delete_sql", "fetch", "fetch_all", "insert_sql", "select", "update_sql"]

R = TypeVar("R", bound=Record)

RECORDS: dict[str, type[Record]] = {
    "customer": records.Customer,
    "identity": records.Identity,
    "purchase": records.Purchase,
    "note": records.Note,
    "preference": records.Preference,
    "tag": records.Tag,
    "ticket": records.Ticket,
    "message": records.Message,
    "follow_up": records.FollowUp,
    "quote": records.Quote,
    "agent": records.Agent,
    "shift": records.Shift,
    "feedback": records.Feedback,
    "kindness": records.Kindness,
    "consent": records.Consent,
    "special_day": records.SpecialDay,
    "merge": records.Merge,
    "merge_row": records.MergeRow,
    "apart": records.Apart,
    "setting": records.Setting,
    "feedback_ask": afterwards.FeedbackAsk,
    "voice": afterwards.Voice,
    "theme": afterwards.Theme,
    "theme_why": afterwards.ThemeWhy,
    "improvement": afterwards.Improvement,
    "telling": afterwards.Telling,
    "incident": afterwards.Incident,
    "incident_ticket": afterwards.IncidentTicket,
    "incident_word": afterwards.IncidentWord,
    "incident_entry": afterwards.IncidentEntry,
    "incident_reach": afterwards.IncidentReach,
    "incident_person": afterwards.IncidentPerson,
    "morning_choice": afterwards.MorningChoice,
    "conflict": afterwards.Conflict,
    "touchpoint": afterwards.Touchpoint,
}
_TABLES = {record: name for name, record in RECORDS.items()}


@cache
def columns(kind: str) -> tuple[str, ...]:
    """The columns of a table, in the order of its record's fields. Raises ``KeyError`` for an unknown table."""
    return tuple(field.name for field in fields(RECORDS[kind]))


@cache
def insert_sql(kind: str) -> str:
    """INSERT of one whole row, values by name."""
    names = columns(kind)
    return f"INSERT INTO {kind} ({', '.join(names)}) VALUES ({', '.join(':' + n for n in names)})"  # noqa: S608


@cache
def update_sql(kind: str, changed: tuple[str, ...]) -> str:
    """UPDATE of some columns that succeeds only while they still hold what the writer saw.

    Parameters: the new values, the id, the old values, each in the order of ``changed``.
    """
    known = columns(kind)
    if unknown := set(changed) - set(known):
        raise KeyError(f"{kind} has no columns {sorted(unknown)}")
    sets = ", ".join(f"{name} = ?" for name in changed)
    guard = " AND ".join(f"{name} IS ?" for name in changed)
    return f"UPDATE {kind} SET {sets} WHERE id = ? AND {guard}"  # noqa: S608


@cache
def delete_sql(kind: str) -> str:
    """DELETE of one row that succeeds only while the whole row is what the writer saw."""
    guard = " AND ".join(f"{name} IS :{name}" for name in columns(kind))
    return f"DELETE FROM {kind} WHERE {guard}"  # noqa: S608


@cache
def select(kind: str, alias: str = "") -> str:
    """``SELECT col, … FROM table`` in the order ``fetch`` expects."""
    prefix = f"{alias}." if alias else ""
    return f"SELECT {', '.join(prefix + n for n in columns(kind))} FROM {kind} {alias}"  # noqa: S608


def fetch(db: sqlite3.Connection, record: type[R], where: str, *values: Any) -> R | None:
    """The first record that ``where`` (an SQL tail with ``?``) finds."""
    row = db.execute(f"{select(_TABLES[record])} WHERE {where} LIMIT 1", values).fetchone()
    return None if row is None else from_row(record, _named(record, row))


def fetch_all(db: sqlite3.Connection, record: type[R], where: str, *values: Any) -> tuple[R, ...]:
    """Every record that ``where`` finds, in its order."""
    rows = db.execute(f"{select(_TABLES[record])} WHERE {where}", values)
    return tuple(from_row(record, _named(record, row)) for row in rows)


def _named(record: type[Record], row: tuple[Any, ...]) -> Row:
    return dict(zip(columns(_TABLES[record]), row, strict=True))
