"""Ten years of a desk: invented, the same every time, busier by day than by night and busier every year."""

import random
import sqlite3
import sys
import time
from collections.abc import Iterator
from dataclasses import fields
from itertools import islice
from pathlib import Path

from cxdesk.domain.ids import uuid7
from cxdesk.domain.moments import DAY, HOUR, MINUTE
from cxdesk.domain.records import as_row
from cxdesk.storage import check
from cxdesk.storage.rows import RECORDS
from cxdesk.storage.store import Store

__all__ = ["NOW", "made"]

NOW = 1_795_237_380_000
"""2026-11-21 14:03 in Seoul, whenever the benchmark runs."""
_FORMAT = 1
_SEED = 20_262
_YEARS = 10
_PEOPLE = 8
"""Contacts a customer has had, on the average."""
_CHANNELS = ("phone",) * 5 + ("chat",) * 3 + ("mail",) * 2 + ("visit",)
_TOPICS = (
    ("delivery",) * 8
    + ("refund",) * 5
    + ("product",) * 4
    + ("defect",) * 3
    + ("payment", "price", "account", "praise", "staff", "waiting", "other")
)
_SEGMENTS = (None, "new", "new", "new", "returning", "returning", "regular", "vip", "at_risk")
_START = ("neutral",) * 4 + ("anger", "anxiety", "disappointment", "disappointment", "confusion", "gratitude", None)
_END = ("gratitude",) * 5 + ("neutral",) * 4 + ("disappointment", "anger", None, None)

Row = dict[str, object]


def made(tickets: int, cache: Path) -> Path:
    """The folder of a desk with so many contacts, made now or found again."""
    folder = cache / f"insights-{tickets}-{_FORMAT}"
    if not (folder / "made").exists():
        print(f"making {tickets} contacts in {folder}", file=sys.stderr)
        _make(tickets, folder)
        (folder / "made").touch()
    return folder


def _make(tickets: int, folder: Path) -> None:
    with Store.open(folder) as store:
        db = store.db
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA cache_size = -400000")
        with store.transaction():
            indexes = _put_off(db)
            _timed("rows", lambda: _write(db, _rows(tickets)))
            _timed("indexes", lambda: [db.execute(sql) for sql in indexes])
            _timed("derived tables", lambda: check.rebuild(db))
        db.execute("ANALYZE")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _put_off(db: sqlite3.Connection) -> list[str]:
    """Take the indexes away; they are sorted in at the end."""
    tables = ("ticket", "message", "quote", "follow_up", "feedback", "purchase", "customer")
    found = db.execute(
        f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"  # noqa: S608 - our own names
        f" AND tbl_name IN ({','.join('?' * len(tables))})",
        tables,
    ).fetchall()
    for name, _ in found:
        db.execute(f"DROP INDEX {name}")
    return [sql for _, sql in found]


def _rows(tickets: int) -> Iterator[tuple[str, Row]]:
    """Table and row, in the order in which they happened."""
    dice = random.Random(_SEED)
    people = max(1, tickets // _PEOPLE)
    for n in range(people):
        at = NOW - dice.randrange(_YEARS * 365) * DAY
        yield "customer", {"id": f"c{n}", "name": f"고객 {n}", "created_at": at}
        for order in range(dice.choice((0, 1, 1, 2, 4))):
            key = f"p{n}-{order}"
            bought = {
                "customer_id": f"c{n}",
                "order_no": key,
                "product": "울 니트",
                "amount": 39_000,
                "currency": "KRW",
            }
            yield "purchase", {"id": key, "ordered_at": min(NOW, at + order * 90 * DAY), "external_id": key} | bought
    for n in range(tickets):
        yield from _contact(dice, n, tickets, f"c{dice.randrange(people)}")


def _contact(dice: random.Random, n: int, tickets: int, who: str) -> Iterator[tuple[str, Row]]:
    day = int((n / tickets) ** 0.8 * _YEARS * 365)
    minute = dice.triangular(-5 * HOUR, 8 * HOUR, 0)
    at = min(NOW - 2 * HOUR, NOW - (_YEARS * 365 - 1 - day) * DAY + int(minute))
    key, channel, segment = uuid7(at, n), dice.choice(_CHANNELS), dice.choice(_SEGMENTS)
    taken = at + int(dice.lognormvariate(4.6 if channel != "mail" else 7.5, 1.0) * 1000)
    ticket: Row = {
        "id": key,
        "number": 1001 + n,
        "channel": channel,
        "arrived_at": at,
        "waiting_since": at,
        "rank_at": at,
        "customer_id": None if segment is None else who,
        "topic": dice.choice(_TOPICS),
        "segment": segment,
        "emotion": dice.choice(_START),
    }
    if dice.random() < 0.06:
        yield "ticket", ticket | {"status": "abandoned", "abandoned_at": taken}
        return
    done = taken + int(dice.lognormvariate(5.3, 0.8) * 1000)
    ended = {"status": "resolved", "stage": "close", "taken_at": taken, "resolved_at": done}
    yield "ticket", ticket | ended | {"feeling_after": dice.choice(_END)}
    if dice.random() < 0.03:
        body = '{"code":"reopened"}'
        yield "message", {"id": uuid7(done, n), "ticket_id": key, "kind": "event", "body": body, "at": done}
    if dice.random() < 0.3:
        told = {"low": 60, "expected": 120, "high": 300, "method": "ok", "basis": 40, "sentence": ""}
        waited = {"ticket_id": key, "told_at": at + MINUTE // 2, "waited": (taken - at) // 1000}
        yield "quote", {"id": f"q{n}"} | told | waited
    if dice.random() < 0.06:
        state = dice.choice(("kept", "kept", "kept", "broken", "moved"))
        due = {"what": "전화", "due_at": done + DAY, "made_at": done, "state": state, "done_at": done + DAY - HOUR}
        yield "follow_up", {"id": f"f{n}", "ticket_id": key} | due
    if dice.random() < 0.1:
        scale, top = dice.choice((("csat", 5), ("nps", 10), ("ces", 7)))
        answer = {"ticket_id": key, "scale": scale, "value": dice.randrange(1, top + 1), "at": done + HOUR}
        yield "feedback", {"id": f"b{n}"} | answer


def _write(db: sqlite3.Connection, rows: Iterator[tuple[str, Row]]) -> None:
    """Insert rows by the ten thousand, what is left out as its record's default says."""
    while batch := list(islice(rows, 20_000)):
        by_table: dict[str, list[Row]] = {}
        for table, row in batch:
            by_table.setdefault(table, []).append(row)
        for table, some in by_table.items():
            defaults = _defaults(table)
            names = ", ".join(defaults)
            marks = ", ".join(f":{name}" for name in defaults)
            db.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", [defaults | row for row in some])  # noqa: S608


def _defaults(table: str) -> Row:
    record = RECORDS[table]
    blank = {field.name: None for field in fields(record) if not isinstance(field.default, str | int)}
    return as_row(record(**(blank | {"id": ""})))  # type: ignore[arg-type]


def _timed(name: str, act: object) -> None:
    began = time.perf_counter()
    act()  # type: ignore[operator]
    print(f"  {name}: {time.perf_counter() - began:.1f} s", file=sys.stderr, flush=True)
