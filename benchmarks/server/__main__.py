"""What a server carries: ``python -m benchmarks.server [--agents 200] [--seconds 60] [--every 10] [--sqlite]``.

The server runs as ``cxdesk serve`` in a process of its own, on a PostgreSQL started for this (or ``--database``), or on
SQLite. This process plays the agents on bare sockets: each pushes three operations every ten seconds, listens for pokes
and pulls after each. Exit code 1 when anything failed or a target was missed.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import quantiles

from benchmarks.server.agents import Measured, enrolled
from tests.server.postgres import Postgres
from tests.server.process import Process

TARGET_S = 0.3
GROWTH = 0.05


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--agents", type=int, default=200)
    arguments.add_argument("--seconds", type=float, default=60)
    arguments.add_argument("--every", type=float, default=10, help="seconds between two pushes of an agent")
    arguments.add_argument("--database", help="a DSN, instead of a PostgreSQL of its own")
    arguments.add_argument("--sqlite", action="store_true")
    chosen = arguments.parse_args()
    own = None if chosen.sqlite or chosen.database else Postgres()
    with tempfile.TemporaryDirectory() as folder:
        process = Process(Path(folder) / "desk", chosen.database or (own.dsn if own else None))
        try:
            process.start("--new-shop", "Forest shop")
            return asyncio.run(measure(process, chosen.agents, chosen.seconds, chosen.every))
        finally:
            process.kill()
            if own:
                own.end()


async def measure(process: Process, count: int, seconds: float, every: float) -> int:
    agents = await enrolled(process.port, process.code, count)
    measured = agents[0].measured
    began, ran = time.monotonic(), cpu_s(process.running.pid)
    until = began + seconds
    working = asyncio.gather(*(agent.work(until, every) for agent in agents))
    await asyncio.sleep(seconds / 3)  # pools and caches are full by then
    before = rss_mb(process.running.pid)
    await working
    after = rss_mb(process.running.pid)
    used = (cpu_s(process.running.pid) - ran) / (time.monotonic() - began)
    report(measured, count, seconds, used)
    print(f"memory of the server: {before:.0f} MB after a third, {after:.0f} MB at the end ({after / before - 1:+.1%})")
    missed = p(measured.pushes, 95) > TARGET_S or after / before - 1 > GROWTH
    return int(bool(measured.errors) or missed)


def report(measured: Measured, count: int, seconds: float, used: float) -> None:
    print(f"{count} agents, {seconds:.0f} s: {measured.operations} operations, {len(measured.errors)} errors")
    for name, took in (("push", measured.pushes), ("pull", measured.pulls), ("heard elsewhere", measured.heard)):
        if len(took) > 1:
            shown = "  ".join(f"p{at} {1000 * p(took, at):.0f} ms" for at in (50, 95, 99))
            print(f"{name:16} {len(took):8,} {len(took) / seconds:8.1f}/s  {shown}")
    print(f"processor of the server: {used:.0%} of one core")
    for error in sorted(set(measured.errors)):
        print(f"  {error}: {measured.errors.count(error)}")


def p(values: Sequence[float], percent: int) -> float:
    return quantiles(values, n=100)[percent - 1] if len(values) > 1 else 0.0


def rss_mb(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise ProcessLookupError(pid)


def cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


if __name__ == "__main__":
    sys.exit(main())
