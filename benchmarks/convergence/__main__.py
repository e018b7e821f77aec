"""``python -m benchmarks.convergence``: invented days at many desks, and whether everybody agrees at last.

``--schedules`` says how many, ``--bugs`` plants each of the known mistakes and counts how many days notice it,
``--cost`` measures a single operation. One day is played again by its number: ``--first N --schedules 1``.
"""

import argparse
from time import process_time

from benchmarks.convergence.bugs import BUGS, planted
from benchmarks.convergence.cost import costs
from benchmarks.convergence.schedule import run
from benchmarks.convergence.truths import Broken


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.convergence", description=__doc__)
    arguments.add_argument("--schedules", type=int, default=10_000)
    arguments.add_argument("--first", type=int, default=0, help="the seed of the first one")
    arguments.add_argument("--bugs", action="store_true")
    arguments.add_argument("--cost", action="store_true")
    chosen = arguments.parse_args()
    if chosen.cost:
        for step, micro in costs().items():
            print(f"{step:8} {micro:6.1f} µs")
        return
    seeds = range(chosen.first, chosen.first + chosen.schedules)
    if chosen.bugs:
        for name in BUGS:
            with planted(name):
                print(f"{name:20} noticed on {len(broken(seeds)):6} of {len(seeds)} days")
        return
    start = process_time()
    failures = broken(seeds)
    seconds = process_time() - start
    print(f"{len(seeds)} days, {len(failures)} failures, {len(seeds) / seconds:.0f} a second of processor time")
    for seed, failure in failures[:3]:
        print(f"\nCXDESK_SIM_SEED={seed}: {failure}")
    raise SystemExit(bool(failures))


def broken(seeds: range) -> list[tuple[int, Exception]]:
    """The days on which something did not hold; a bug may also make a desk or a server fall over."""
    found: list[tuple[int, Exception]] = []
    for seed in seeds:
        try:
            run(seed)
        except (Broken, LookupError) as failure:
            found.append((seed, failure))
    return found


if __name__ == "__main__":
    main()
