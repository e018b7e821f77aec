"""How fast an order file comes in: ``python -m benchmarks.imports [--uci PATH | --lines N]``.

Imports the file into a fresh desk on disk (every commit synced), previews it, and imports it again, and prints rows
per second, seconds, CPU seconds (what is left when other programs share the machine) and the peak memory so far.
"""

import argparse
import csv
import random
import resource
import secrets
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from cxdesk.domain.changes import Stamp
from cxdesk.domain.ids import uuid7
from cxdesk.imports.choose import choose_map
from cxdesk.imports.convert import Defaults
from cxdesk.imports.ids import RunIds
from cxdesk.imports.maps import load_maps
from cxdesk.imports.rejects import RejectFile
from cxdesk.imports.run import Job, apply, dry_run
from cxdesk.imports.synonyms import shipped_maps
from cxdesk.imports.table import read_file
from cxdesk.storage.bulk import Importing
from cxdesk.storage.store import Store


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--uci", type=Path, help="UCI Online Retail as .csv or .csv.gz")
    arguments.add_argument("--lines", type=int, default=100_000, help="lines of a generated file, without --uci")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.uci or generated(Path(folder) / "orders.csv", chosen.lines)
        measure(path, Path(folder))


def measure(path: Path, folder: Path) -> None:
    began = time.perf_counter()
    table = read_file(path)
    choice = choose_map(table, load_maps(shipped_maps()))
    if choice is None:
        sys.exit("no column map knows this file")
    job = Job(table.under(choice.header_row), choice.map, Defaults("KRW", ZoneInfo("Asia/Seoul")))
    print(f"{path.name}: map {choice.map.id}, {table.encoding}; opened in {time.perf_counter() - began:.1f} s")
    with Store.open(folder / "desk") as store:
        desk = Importing(store)
        timed("preview, empty desk", lambda: str(counts(dry_run(job, desk))))
        timed("first import", lambda: str(counts(bring_in(job, desk, folder))))
        timed("preview, same again", lambda: str(counts(dry_run(job, desk))))
        timed("second import", lambda: str(counts(bring_in(job, desk, folder))))
        size = store.path.stat().st_size
    print(f"file of the desk: {size / 1e6:.0f} MB")


def bring_in(job: Job, desk: Importing, folder: Path) -> object:
    now = time.time_ns() // 1_000_000
    stamp = Stamp(now, None, lambda: uuid7(now, secrets.randbits(74)))
    rejects = RejectFile(folder / f"rejected-{now}.csv", job.table.header, lambda code, **values: code)
    return apply(
        job, desk, stamp, RunIds(now, secrets.randbits(48)), clock=lambda: time.time_ns() // 1_000_000, rejects=rejects
    )


def counts(result: object) -> dict[str, int]:
    return {name: getattr(result, name) for name in ("rows", "new", "changed", "same", "rejected", "customers")}


def timed(title: str, act: Callable[[], str]) -> None:
    began, ran = time.perf_counter(), time.process_time()
    said = act()
    seconds, worked = time.perf_counter() - began, time.process_time() - ran
    rows = int(said.split("'rows': ")[1].split(",")[0])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{title:22} {rows / seconds:9,.0f} rows/s {seconds:7.1f} s ({worked:.1f} s CPU) {peak:6.0f} MB peak  {said}")


def generated(path: Path, lines: int) -> Path:
    """A file of the UCI shape, invented: eight lines an invoice, every fourth line without a customer."""
    pick = random.Random(7)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"]
        )
        for n in range(lines):
            order, minute = divmod(n, 8)
            buyer = "" if order % 4 == 0 else f"{12_000 + order * 7 % 5_000}.0"
            day = f"2011-{order // 28 % 12 + 1:02}-{order % 28 + 1:02} {order % 10 + 9:02}:{minute:02}:00"
            price = f"{pick.randrange(30, 2_000) / 100}"
            line = (
                500_000 + order,
                f"{20_000 + pick.randrange(4_000)}A",
                f"NAPKINS NO {n % 999}",
                pick.randrange(1, 24),
            )
            writer.writerow((*line, day, price, buyer, "United Kingdom"))
    return path


if __name__ == "__main__":
    main()
