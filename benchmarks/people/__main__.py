"""``python -m benchmarks.people``: finding, opening and scrolling, from a thousand customers to a million.

Each size is measured in a process of its own, so that the memory is that size's. Times are from the key to the rows,
without drawing. The clock's times are of this machine and of what else it does; the processor's and the pages are not.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from benchmarks.people.measure import Timing, measure, percentile
from benchmarks.people.shop import SIZES, made

_TARGET_MS = 30.0


def main() -> None:
    chosen = _arguments()
    if chosen.one is not None:
        found, memory = measure(chosen.one)
        print(json.dumps({"memory": memory, "times": {name: asdict(timing) for name, timing in found.items()}}))
        return
    with tempfile.TemporaryDirectory(prefix="cxdesk-people-") as passing:
        cache = chosen.cache or Path(passing)
        wanted = list(dict.fromkeys(["1k", *chosen.size]))
        print(f"Python {sys.version.split()[0]}, load {os.getloadavg()[0]:.1f} at the start; p50 / p95 in ms\n")
        results = {name: _apart(made(name, cache)) for name in wanted}
    _report(results)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.people", description=__doc__)
    parser.add_argument("--size", action="append", choices=tuple(SIZES), default=[], help="besides 1k; may be repeated")
    parser.add_argument("--cache", type=Path, help="keep the invented shops here between runs (1m: 3 GB)")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _apart(folder: Path) -> tuple[dict[str, Timing], float]:
    """Measure one shop in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.people", "--one", str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stderr)
    answer = json.loads(done.stdout)
    return {name: Timing(**timing) for name, timing in answer["times"].items()}, answer["memory"]


def _report(results: dict[str, tuple[dict[str, Timing], float]]) -> None:
    """One row a kind: p50 / p95 of every size by the clock, then of the largest size what the processor worked, which
    other programs on the machine hardly lengthen, the pages that were fetched from the file, and whether p95 by the
    clock is within the target."""
    last = list(results)[-1]
    print(f"| | {' | '.join(f'{name}, ms' for name in results)} | CPU {last}, ms | pages {last} | target | |")
    print("| --- |" + " --- |" * (len(results) + 4))
    for name, large in results[last][0].items():
        walls = [_both(times[name].ms) for times, _ in results.values()]
        measured = " | ".join((*walls, _both(large.cpu), _both([float(count) for count in large.pages], digits=0)))
        print(f"| {name} | {measured} | {_verdict(name, large)} |")
    print("| memory, MiB | " + " | ".join(f"{memory:.0f}" for _, memory in results.values()) + " | | | | |")


def _both(times: list[float], digits: int = 1) -> str:
    return f"{percentile(times, 50):.{digits}f} / {percentile(times, 95):.{digits}f}"


def _verdict(name: str, timing: Timing) -> str:
    if "thread" in name:
        return "– | "
    reached = percentile(timing.ms, 95) <= _TARGET_MS
    return f"{_TARGET_MS:.0f} | {'reached' if reached else 'NOT reached'}"


if __name__ == "__main__":
    main()
