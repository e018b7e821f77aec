"""``python -m benchmarks.desk``: how long the desk takes to be there, and how long each key takes.

Everything is measured on a real terminal and beside a bare Textual program in the same run, because the machine's
own mood changes between runs by more than the desk does. Read the ratios; the times are of this machine.
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.desk import report
from benchmarks.desk.data import Data, Size, made
from benchmarks.desk.measure import Plan, Run, bare, desk, hello, version

_EMPTY = Size(0, 0, 0, 0)
_SMALL = Size(1_000, 8_000, 2_000, 20)


def main() -> None:
    chosen = _arguments()
    columns, _, rows = chosen.size.partition("x")
    runs, keys = (min(chosen.runs, 2), min(chosen.keys, 12)) if chosen.quick else (chosen.runs, chosen.keys)
    size = Size(chosen.customers, chosen.purchases, chosen.tickets, chosen.waiting)
    with tempfile.TemporaryDirectory(prefix="cxdesk-bench-") as passing:
        cache = chosen.cache or Path(passing)
        plan = Plan(int(columns), int(rows), keys, 2.0 if chosen.quick else 5.0, cache / "compiled")
        _say(f"load {os.getloadavg()[0]:.1f}; {runs} runs, {keys} keys of each kind in each, {chosen.size}")
        shops = {_name(of): made(of, cache) for of in ((size,) if chosen.quick else (_EMPTY, _SMALL, size))}
        large = _name(size)
        trees: dict[str, tuple[Data, Path | None]] = {name: (shop, None) for name, shop in shops.items()}
        trees |= {_label(tree): (shops[large], tree) for tree in chosen.source}
        walked = [large, *map(_label, chosen.source)]
        found: dict[str, list[Run]] = {report.FLOOR: [], **{name: [] for name in trees}}
        commands: dict[str, list[float]] = {"python -c pass": [], "cxdesk --version": []}
        for n in range(runs + 1):
            warm = n > 0  # the first round only fills caches
            _say(f"run {n} of {runs}" if warm else "warming up")
            pass_s, version_s = bare(plan), version(plan)
            floor = hello(plan, keys=warm)
            started = {
                name: desk(plan, shop, keys=warm and name in walked, source=tree)
                for name, (shop, tree) in trees.items()
            }
            if warm:
                commands["python -c pass"].append(pass_s)
                commands["cxdesk --version"].append(version_s)
                found[report.FLOOR].append(floor)
                for name, run in started.items():
                    found[name].append(run)
        load = os.getloadavg()[0]
        if chosen.json:
            print(json.dumps({"load": load, "runs": report.records(found), "commands": commands}))
            return
        print(f"Python {sys.version.split()[0]}, {chosen.size}, {runs} runs, load {load:.1f} at the end")
        print(f"{large}: {size.purchases:,} purchases, {size.customers:,} customers, {size.tickets:,} tickets\n")
        print(_commands(commands), end="\n\n")
        print(report.start_table(found), end="\n\n")
        for name in walked:
            print(f"{name}: key → byte in ms")
            print(report.keys_table(found[report.FLOOR], found[name]), end="\n\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.desk", description=__doc__)
    parser.add_argument("--customers", type=int, default=50_000)
    parser.add_argument("--purchases", type=int, default=500_000)
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--waiting", type=int, default=300)
    parser.add_argument("--cache", type=Path, help="keep the invented shops here between runs")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--keys", type=int, default=40, help="presses of each kind in each run")
    parser.add_argument("--size", default="120x36", metavar="COLUMNSxROWS")
    parser.add_argument(
        "--source", type=Path, action="append", default=[], metavar="DIR", help="another src to measure beside this one"
    )
    parser.add_argument("--json", action="store_true", help="every measurement instead of tables")
    parser.add_argument("--quick", action="store_true", help="two runs, twelve keys, the large shop alone")
    return parser.parse_args()


def _name(size: Size) -> str:
    return "empty" if not size.customers else f"{size.purchases // 1000}k"


def _label(tree: Path) -> str:
    return tree.resolve().parent.name


def _commands(found: dict[str, list[float]]) -> str:
    base = median(found["python -c pass"])
    rows = [
        [name, f"{median(of) / base:.2f}", f"{1000 * median(of):.1f}", f"{1000 * max(of):.1f}", ""]
        for name, of in found.items()
    ]
    return report.table(("command", "x", "ms", "worst", ""), rows)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
