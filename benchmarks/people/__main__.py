"""``python -m benchmarks.people``: finding, opening and scrolling, from a thousand customers to a million.

Each size is measured in a process of its own, so that the memory is that size's. Times are from the key to the rows,
without drawing. Ratios are against the smallest size of the same run: read them first, the times are of this machine.
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
    """One row a kind: p50 / p95 of every size by the clock, the ratio of the largest p95 to the smallest's, and the
    processor's p95, which other programs on the machine do not lengthen."""
    first, last = next(iter(results)), list(results)[-1]
    print(f"| | {' | '.join(results)} | p95 {last} : {first} | CPU p95 {last} | |")
    print("| --- |" + " --- |" * (len(results) + 3))
    for name, small in results[first][0].items():
        cells = [
            f"{percentile(times[name].ms, 50):.1f} / {percentile(times[name].ms, 95):.1f}"
            for times, _ in results.values()
        ]
        large = results[last][0][name]
        p95 = percentile(large.ms, 95)
        verdict = f"over {_TARGET_MS:.0f} ms" if p95 > _TARGET_MS and "thread" not in name else ""
        ratio = p95 / percentile(small.ms, 95)
        print(f"| {name} | {' | '.join(cells)} | {ratio:.1f} | {percentile(large.cpu, 95):.1f} | {verdict} |")
    print("| memory, MiB | " + " | ".join(f"{memory:.0f}" for _, memory in results.values()) + " | | | |")


if __name__ == "__main__":
    main()
