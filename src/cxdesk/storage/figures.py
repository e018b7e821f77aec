"""The figures of every day, month and year, kept beside the rows in the transaction that changes them.

``domain.facts`` says what one row adds. An edit adds the facts of the row after it and takes off those of the row
before it, so late facts, a reopened contact and undo need no case of their own. A sum that has fallen
to nothing may stay as a row of 0: taking it away would cost every verb a statement.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cxdesk.domain import facts
from cxdesk.domain.changes import Change, Delete, Insert, Update
from cxdesk.domain.facts import AGAIN_MS, Days, Fact
from cxdesk.domain.records import Row
from cxdesk.storage.rows import columns, select

__all__ = ["DEFAULT_ZONE", "Made", "made_by", "made_for", "out_of_step", "rebuild", "refresh"]

Made = tuple[str, int]
"""The zone by whose days figures are kept, and the version of the rules they are made by."""

_KEPT_BY = "figures"
"""Under this name this machine remembers how its figures were made."""
DEFAULT_ZONE = "Asia/Seoul"
"""Whose days count in a file that nobody has opened with settings, as in ``settings.Shop``."""
_MANY = 100_000
"""Sums held in memory while everything is counted again."""

_CONTACT = (
    *("id", "channel", "arrived_at", "waiting_since", "customer_id", "topic", "segment", "status", "emotion", "heard"),
    *("feeling_after", "taken_at", "resolved_at", "abandoned_at"),
)
_COUNTED: dict[str, frozenset[str]] = {
    "ticket": frozenset(_CONTACT),
    "message": frozenset({"kind", "body", "at"}),
    "quote": frozenset({"told_at", "waited", "high"}),
    "follow_up": frozenset({"due_at", "state", "done_at"}),
    "feedback": frozenset({"scale", "value", "at", "ticket_id"}),
}
"""Table → the columns that figures are made of; an edit of any other column costs nothing here."""
_STAGED = ("topic", "segment", "customer_id")
_ANSWERS = (
    f"SELECT f.at, f.scale, f.value, t.id, {', '.join(f't.{name}' for name in _STAGED)}"  # noqa: S608 - our own names
    " FROM feedback AS f LEFT JOIN ticket AS t ON t.id = f.ticket_id"
)
"""Every answer with what says at which stage the contact was that it is about."""
_NEIGHBOURS = frozenset({"customer_id", "topic", "arrived_at", "resolved_at", "channel", "segment"})
_FACTS: dict[str, Callable[[Mapping[str, Any], Days], Iterator[Fact]]] = {
    "ticket": facts.contact,
    "message": facts.reopened,
    "quote": facts.told,
    "follow_up": facts.promise,
}
"""What a row adds by itself; an answer also asks what it is about."""

_ADD = (
    "INSERT INTO figure (level, span, kind, key, bin, n) VALUES ('day', ?, ?, ?, ?, ?)"
    " ON CONFLICT (level, span, kind, key, bin) DO UPDATE SET n = n + excluded.n"
)
_FIELDS = ", ".join(f"json_extract(value, '$[{place}]')" for place in range(6))
_ADD_ALL = (
    f"INSERT INTO figure (level, span, kind, key, bin, n) SELECT {_FIELDS} FROM json_each(?) WHERE true"  # noqa: S608
    " ON CONFLICT (level, span, kind, key, bin) DO UPDATE SET n = n + excluded.n"
)
_MONTHS = (
    "INSERT INTO figure SELECT 'month', month, kind, key, bin, sum(n) FROM figure JOIN temp.month_of ON day = span"
    " WHERE level = 'day' GROUP BY month, kind, key, bin"
)
_YEARS = (
    "INSERT INTO figure SELECT 'year', span / 12, kind, key, bin, sum(n) FROM figure"
    " WHERE level = 'month' GROUP BY span / 12, kind, key, bin"
)

Place = tuple[str, str]
Rows = dict[Place, Row | None]


def made_for(zone: str) -> Made:
    """What ``made_by`` says of figures in a zone by the rules of this program."""
    return zone, facts.VERSION


def made_by(db: sqlite3.Connection) -> Made:
    """The zone and the version of the rules that the figures in the file were made by."""
    return _made(db) or made_for(DEFAULT_ZONE)


def _made(db: sqlite3.Connection) -> Made | None:
    row = db.execute("SELECT value FROM local WHERE key = ?", (_KEPT_BY,)).fetchone()
    if row is None:
        return None
    zone, _, version = str(row[0]).rpartition(" ")
    return zone, int(version)


def refresh(db: sqlite3.Connection, change: Change, zone: str) -> None:
    """Bring the figures up to date with a change that has just been carried out.

    The first thing that is counted settles that it is counted by the days of ``zone``; only ``rebuild`` changes that.
    """
    after = _after(db, change)
    if not after:
        return
    before, days = _before(after, change), _calendar(db, zone)
    _add_answers(db, before, after)
    delta: Counter[Fact] = Counter()
    for rows, sign in ((after, 1), (before, -1)):
        for (kind, _), row in rows.items():
            if row is not None and kind == "feedback":
                _count(delta, facts.answer(row, days, _about(db, rows, row)), sign)
            elif row is not None:
                _count(delta, _FACTS[kind](row, days), sign)
    for owner, moved in _neighbourhoods(before, after).items():
        _count_firsts(db, delta, owner, moved, days)
    _add(db, delta)


def _add_answers(db: sqlite3.Connection, before: Rows, after: Rows) -> None:
    """The answers about contacts that may be at another stage of the way now."""
    for (kind, key), now in list(after.items()):
        was = before[kind, key]
        if kind != "ticket" or (was and now and all(was[name] == now[name] for name in _STAGED)):
            continue
        for row in db.execute(f"{select('feedback')} WHERE ticket_id = ?", (key,)):
            answer = dict(zip(columns("feedback"), row, strict=True))
            place = ("feedback", answer["id"])
            if place not in after:
                before[place] = after[place] = answer


def _about(db: sqlite3.Connection, rows: Rows, answer: Row) -> Row | None:
    """The ticket of an answer, as it is among ``rows`` or else in the file."""
    key = answer["ticket_id"]
    if key is None:
        return None
    return rows["ticket", key] if ("ticket", key) in rows else _read(db, "ticket", key)


def _after(db: sqlite3.Connection, change: Change) -> Rows:
    """The rows that count and were edited, as they are now; ``None`` for one that is gone."""
    found: Rows = {}
    for edit in change.edits:
        if edit.kind not in _COUNTED or (edit.kind == "message" and not _is_event(edit)):
            continue
        place = (edit.kind, edit.id)
        match edit:
            case Insert(_, row):
                found[place] = row
            case Delete():
                found[place] = None
            case Update(kind, key, _, after) if not _COUNTED[kind].isdisjoint(after):
                known = found.get(place)
                found[place] = _read(db, kind, key) if known is None else known | after
    return found


def _is_event(edit: Insert | Update | Delete) -> bool:
    return not isinstance(edit, Update) and bool(edit.row["kind"] == "event")


def _read(db: sqlite3.Connection, kind: str, key: str) -> Row | None:
    row = db.execute(f"{select(kind)} WHERE id = ?", (key,)).fetchone()
    return None if row is None else dict(zip(columns(kind), row, strict=True))


def _before(after: Rows, change: Change) -> Rows:
    """The same rows as they were before the change."""
    found = dict(after)
    for edit in reversed(change.edits):
        place = (edit.kind, edit.id)
        if place not in found:
            continue
        match edit:
            case Insert():
                found[place] = None
            case Delete(_, gone):
                found[place] = gone
            case Update(_, _, old, _):
                row = found[place]
                found[place] = None if row is None else row | old
    return found


def _neighbourhoods(before: Rows, after: Rows) -> dict[str, list[tuple[Row | None, Row | None]]]:
    """Customer → the contacts, before and after, whose edit can change which of theirs was the only one."""
    found: dict[str, list[tuple[Row | None, Row | None]]] = {}
    for place, now in after.items():
        was = before[place]
        if place[0] != "ticket" or (was and now and all(was[name] == now[name] for name in _NEIGHBOURS)):
            continue
        for owner in {row["customer_id"] for row in (was, now) if row is not None} - {None}:
            found.setdefault(owner, []).append((was, now))
    return found


def _count_firsts(
    db: sqlite3.Connection, delta: Counter[Fact], owner: str, moved: list[tuple[Row | None, Row | None]], days: Days
) -> None:
    """Which contacts of a customer were the only ones, around those that moved: as it is now, less as it was."""
    times = [row["arrived_at"] for pair in moved for row in pair if row is not None]
    # Nothing further away can change; what stands at the edge is counted alike before and after.
    around = (owner, min(times) - AGAIN_MS, max(times) + AGAIN_MS)
    found = db.execute(
        f"SELECT {', '.join(_CONTACT)} FROM ticket WHERE customer_id = ? AND arrived_at BETWEEN ? AND ?",  # noqa: S608
        around,
    )
    now: dict[str, Row] = {row[0]: dict(zip(_CONTACT, row, strict=True)) for row in found}
    touched = {row["id"] for pair in moved for row in pair if row is not None}
    was: dict[str, Row] = {key: row for key, row in now.items() if key not in touched}
    for before, _ in moved:
        if before is not None and before["customer_id"] == owner:
            was[before["id"]] = before
    _count(delta, facts.first_contacts(now.values(), days), 1)
    _count(delta, facts.first_contacts(was.values(), days), -1)


def _count(delta: Counter[Fact], found: Iterable[Fact], sign: int) -> None:
    for fact in found:
        delta[fact] += sign


def _add(db: sqlite3.Connection, delta: Counter[Fact]) -> None:
    """Add what came and take off what went, at all three levels."""
    if rows := list(_summed(delta)):
        db.execute(_ADD_ALL, (json.dumps(rows),))


def _summed(delta: Mapping[Fact, int]) -> Iterator[tuple[str, int, str, str, int, int]]:
    """The facts that remain, by day, by month and by year."""
    sums: Counter[tuple[str, int, str, str, int]] = Counter()
    for (day, kind, key, number), n in delta.items():
        if n:
            for level, at in _spans(day):
                sums[level, at, kind, key, number] += n
    return ((*place, n) for place, n in sums.items() if n)


def _spans(day: int) -> tuple[tuple[str, int], tuple[str, int], tuple[str, int]]:
    at = date.fromordinal(day)
    return ("day", day), ("month", 12 * at.year + at.month - 1), ("year", at.year)


def _calendar(db: sqlite3.Connection, zone: str) -> Days:
    made = _made(db)
    if made is None:
        _remember(db, zone)
    return Days(_zone(made[0] if made else zone))


def _remember(db: sqlite3.Connection, zone: str) -> None:
    db.execute("INSERT OR REPLACE INTO local VALUES (?, ?)", (_KEPT_BY, f"{zone} {facts.VERSION}"))


def _zone(name: str) -> tzinfo:
    """The zone of that name; UTC where this machine does not know it, as in ``Settings.zone``."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


# -- all of it again


def rebuild(db: sqlite3.Connection, zone: str | None = None) -> None:
    """Count everything again by the rules of this program, in the shop's zone, or the one it was counted in before."""
    zone = zone or made_by(db)[0]
    _remember(db, zone)
    db.execute("DELETE FROM figure")
    delta: Counter[Fact] = Counter()
    for found in _everything(db, Days(_zone(zone))):
        _count(delta, found, 1)
        if len(delta) > _MANY:
            _pour(db, delta)
    _pour(db, delta)
    _roll_up(db)


def _everything(db: sqlite3.Connection, days: Days) -> Iterator[Iterable[Fact]]:
    """The facts of every row, then of every customer's contacts together."""
    names = {kind: _CONTACT if kind == "ticket" else columns(kind) for kind in _FACTS}
    for kind, read in _FACTS.items():
        only = " WHERE kind = 'event'" if kind == "message" else ""
        for row in db.execute(f"SELECT {', '.join(names[kind])} FROM {kind}{only}"):  # noqa: S608 - names of our own
            yield read(dict(zip(names[kind], row, strict=True)), days)
    for row in db.execute(_ANSWERS):
        answer = dict(zip(("at", "scale", "value", "ticket", *_STAGED), row, strict=True))
        yield facts.answer(answer, days, answer if answer["ticket"] else None)
    owner, theirs = None, list[Row]()
    for row in db.execute(
        f"SELECT {', '.join(_CONTACT)} FROM ticket WHERE customer_id IS NOT NULL ORDER BY customer_id, arrived_at"  # noqa: S608
    ):
        contact = dict(zip(_CONTACT, row, strict=True))
        if contact["customer_id"] != owner:
            yield facts.first_contacts(theirs, days)
            owner, theirs = contact["customer_id"], []
        theirs.append(contact)
    yield facts.first_contacts(theirs, days)


def _pour(db: sqlite3.Connection, delta: Counter[Fact]) -> None:
    db.executemany(_ADD, sorted((*fact, n) for fact, n in delta.items()))
    delta.clear()


def _roll_up(db: sqlite3.Connection) -> None:
    """Months from days, years from months."""
    db.execute("CREATE TEMP TABLE month_of (day INTEGER PRIMARY KEY, month INTEGER)")
    known = db.execute("SELECT DISTINCT span FROM figure WHERE level = 'day'").fetchall()
    db.executemany("INSERT INTO temp.month_of VALUES (?, ?)", [(day, _spans(day)[1][1]) for (day,) in known])
    db.execute(_MONTHS)
    db.execute(_YEARS)
    db.execute("DROP TABLE temp.month_of")


def out_of_step(db: sqlite3.Connection) -> bool:
    """Whether the figures were made by other rules, or do not add up to the contacts there are."""
    if made_by(db)[1] != facts.VERSION:
        return True
    kept = db.execute("SELECT coalesce(sum(n), 0) FROM figure WHERE level = 'year' AND kind = 'arrived' AND key = ''")
    return bool(kept.fetchone() != db.execute("SELECT count(*) FROM ticket").fetchone())
