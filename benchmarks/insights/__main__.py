"""``python -m benchmarks.insights``: the figures of any period out of ten years of contacts, and making them anew.

Prints p50 / p95 of reading a period and the one before it, as the screen asks for them. Then a few hundred verbs are
carried out and everything is counted again: what was kept along the way must be the same, row for row. Last, the
figures of a year are compared with what its contacts say one by one.
"""

import argparse
import gc
import os
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

from benchmarks.insights.history import NOW, made
from cxdesk import places
from cxdesk.desk import Desk, Refused
from cxdesk.domain.durations import error
from cxdesk.domain.moments import DAY
from cxdesk.domain.periods import Period, Unit, around, span
from cxdesk.domain.words import Channel, Emotion
from cxdesk.settings import Settings
from cxdesk.storage import figures
from cxdesk.storage.store import Store

_TARGET_MS = 300.0
_ROUNDS = 30
_VERBS = 300


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.insights", description=__doc__)
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--cache", type=Path, help="keep the invented desk here between runs (a million: 1 GB)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cxdesk-insights-") as passing:
        folder = made(options.tickets, options.cache or Path(passing))
        with Store.open(folder) as store:
            store.db.execute("PRAGMA synchronous = OFF")
            _measure(Desk(store, Settings(), clock=lambda: NOW, mint=places.mint))


def _measure(desk: Desk) -> None:
    today = desk.insights.today()
    rows = desk.db.execute("SELECT count(*) FROM figure").fetchone()[0]
    head = f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}, load {os.getloadavg()[0]:.1f}"
    print(f"{head}; {rows} figures are kept\n")
    periods: dict[str, Callable[[int], Period]] = {
        "today": lambda n: around(Unit.DAY, today).step(-n),
        "month": lambda n: around(Unit.MONTH, today).step(-n),
        "year": lambda n: around(Unit.YEAR, today).step(-(n % 9)),
        "from the 9th to the 21st, years apart": lambda n: span(date(2018, 3, 9), date(2025, 10, 21)).step(n % 3 - 1),
        "ten years": lambda n: span(date(today.year - 10, 1, 1), today),
    }
    print("| | p50 ms | p95 ms | CPU p95 ms | |\n| --- | --- | --- | --- | --- |")
    for name, period in periods.items():
        _report(name, desk.insights.report, period)
    for name in ("month", "ten years"):
        _report(f"journey, {name}", desk.insights.journey, periods[name])
    _check_verbs(desk)
    _check_year(desk, around(Unit.YEAR, today).step(-1))


def _report(name: str, read: Callable[[Period], object], period: Callable[[int], Period]) -> None:
    """By the clock, and of the processor, which other programs on the machine do not lengthen."""
    walls, works = [], []
    for n in range(_ROUNDS):
        gc.collect()
        began, worked = time.perf_counter(), time.process_time()
        read(period(n))
        works.append(1000 * (time.process_time() - worked))
        walls.append(1000 * (time.perf_counter() - began))
    wall, work = (statistics.quantiles(times, n=100, method="inclusive") for times in (walls, works))
    verdict = "" if wall[94] <= _TARGET_MS else "over 300 ms"
    print(f"| {name} | {wall[49]:.1f} | {wall[94]:.1f} | {work[94]:.1f} | {verdict} |", flush=True)


def _check_verbs(desk: Desk) -> None:
    """Random verbs, then everything again: the same figures, row for row."""
    dice, db = random.Random(1), desk.db
    desk.sign_in("이서준")
    ids = [row[0] for row in db.execute("SELECT id FROM ticket WHERE arrived_at > ?", (NOW - 20 * DAY,))]
    times = []
    for _ in range(_VERBS):
        verb: Callable[[], object] = dice.choice(
            [
                lambda: desk.arrive(dice.choice(list(Channel))),
                lambda: desk.reopen([dice.choice(ids)]),
                lambda: desk.resolve([dice.choice(ids)], dice.choice(list(Emotion))),
                desk.undo,
            ]
        )
        began = time.perf_counter()
        with suppress(Refused):
            verb()
        times.append(1000 * (time.perf_counter() - began))
    print(f"\n{_VERBS} verbs: {statistics.median(times):.2f} ms in the middle, the file not waiting for the disk")
    db.execute("CREATE TEMP TABLE kept AS SELECT * FROM figure WHERE n <> 0")
    began, worked = time.perf_counter(), time.process_time()
    with desk.store.transaction():
        figures.rebuild(db)
    took, work = time.perf_counter() - began, time.process_time() - worked
    print(f"everything counted again: {took:.1f} s, {work:.1f} s of the processor")
    differ = sum(
        db.execute(f"SELECT count(*) FROM (SELECT * FROM {one} EXCEPT SELECT * FROM {other})").fetchone()[0]  # noqa: S608
        for one, other in (("temp.kept", "figure"), ("figure", "temp.kept"))
    )
    print("what was kept along the way is the same" if not differ else f"{differ} figures differ")


def _check_year(desk: Desk, year: Period) -> None:
    """The figures of a year beside its contacts, one by one."""
    found = desk.insights.report(year).now
    since, until = (desk.insights.begins(day) for day in (year.first, year.step(1).first))
    waits = sorted(
        row[0] / 1000
        for row in desk.db.execute(
            "SELECT taken_at - waiting_since FROM ticket WHERE taken_at >= ? AND taken_at < ?", (since, until)
        )
    )
    arrived = desk.db.execute(
        "SELECT count(*) FROM ticket WHERE arrived_at >= ? AND arrived_at < ?", (since, until)
    ).fetchone()[0]
    print(f"\n{year.first.year}: {found.arrived} contacts, one by one {arrived}")
    if found.wait and waits:
        for name, kept, exact in (
            ("median", found.wait.median, statistics.median(waits)),
            ("P80", found.wait.p80, statistics.quantiles(waits, n=5)[3]),
        ):
            off = f"{kept / exact - 1:+.2%}; at most ±{error():.0%}"
            print(f"wait, {name}: {kept:.2f} s, one by one {exact:.2f} s ({off})")


if __name__ == "__main__":
    main()
