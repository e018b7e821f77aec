"""python -m benchmarks.wait [--scenario S1 ...] [--seed N ...] [--trace FILE] [--short] [--json]

Prints error, bias, pinball, coverage and width of the estimator and its rivals (WAIT.md section 4).
"""

from __future__ import annotations

import argparse
import json
import time

from benchmarks.wait.play import play
from benchmarks.wait.scenarios import SCENARIOS
from benchmarks.wait.score import Scores, summary
from benchmarks.wait.trace import replay

COLUMNS = (
    *("n", "wait", "NAIVE", "POS", "POS0", "LES", "HOL", "QLr*", "CX", "ratio", "lo", "hi"),
    *("ratio_deployable", "ratio_raw_pos", "ratio_raw_pos0", "bias", "cover", "high", "width", "pinball_ratio"),
    *("oracle", "floor", "floor_deployable", "oracle_bias", "oracle_high", "mae_oracle", "pinball_oracle"),
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.wait", description=__doc__)
    parser.add_argument("--scenario", nargs="*", choices=[*SCENARIOS, "R1"], help="default: all")
    parser.add_argument("--seed", nargs="*", type=int, default=[1], help="one run per seed")
    parser.add_argument("--trace", help="the bank trace (CSV) for R1")
    parser.add_argument("--short", action="store_true", help="about a tenth of the length")
    parser.add_argument("--paths", type=int, default=200, help="oracle paths per sampled state, 0: none")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    names = args.scenario or [*SCENARIOS, *(["R1"] if args.trace else [])]
    results: dict[str, dict[str, dict[str, float]]] = {}
    for name in names:
        began = time.process_time()
        scores = Scores()
        if name == "R1":
            if not args.trace:
                parser.error("R1 needs --trace FILE")
            scores = replay(args.trace)
        else:
            for seed in args.seed:
                one = play(name, seed, short=args.short, paths=args.paths)
                scores.join += one.join
                scores.stay += one.stay
        results[name] = {"join": summary(scores.join), "waiting": summary(scores.stay)}
        if not args.json:
            show(name, results[name], time.process_time() - began)
    if args.json:
        print(json.dumps({"seeds": args.seed, "short": args.short, "results": results}, indent=1))


def show(name: str, result: dict[str, dict[str, float]], seconds: float) -> None:
    for where, figures in result.items():
        cells = [
            f"{c} {figures[c]:.0f}" if c in ("n", "wait") else f"{c} {figures[c]:.3f}" for c in COLUMNS if c in figures
        ]
        print(f"{name:4} {where:8}", "  ".join(cells), flush=True)
    print(f"{name:4} cpu {seconds:.0f} s", flush=True)


if __name__ == "__main__":
    main()
