"""python -m benchmarks.wait.speed [--json]: processor time of queues, estimates and events, and the size of the state.

Milliseconds are the least of many runs, because other programs only ever make one longer. Units are the median run over
the median of a plain loop of 200,000 additions run in turn with it: they hold on a busy machine, and between machines.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import time
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median

from cxdesk.wait import PRIORS, Policy, Strict, WaitEstimator, fast

AGENTS = 50
HISTORY = 2000
TOPICS = ("a", "b", "c")
CLASSES = ("vip", "urgent", "normal")


@dataclass(frozen=True, slots=True)
class Cost:
    """Processor time: the quickest run in milliseconds, and the usual run in units."""

    ms: float
    units: float

    def of(self, parts: int) -> Cost:
        """The cost of one of so many equal parts."""
        return Cost(self.ms / parts, self.units / parts)


def cost(work: Callable[[], object], runs: int = 25) -> Cost:
    """Run the work and the unit in turn."""
    times, units = [], []
    for _ in range(runs):
        began = time.process_time()
        work()
        between = time.process_time()
        unit()
        times.append(between - began)
        units.append(time.process_time() - between)
    return Cost(min(times) * 1e3, median(times) / median(units))


def unit() -> None:
    """The yardstick: about 10 ms on the machine the README quotes."""
    x = 0
    for i in range(200_000):
        x += i * i


def desk(waiting: int, kind: str) -> tuple[WaitEstimator, float]:
    """Fifty agents with a day of services behind them and `waiting` people in line."""
    policy: Policy | None = Strict(CLASSES) if kind == "classes" else None
    topics, classes = (TOPICS if kind != "plain" else TOPICS[:1]), (CLASSES if kind == "classes" else CLASSES[:1])
    est, rng, t = WaitEstimator(prior=PRIORS["phone"], policy=policy), random.Random(1), 0.0
    for k in range(AGENTS):
        est.agent(f"a{k}", t, "on", skills=frozenset(rng.sample(TOPICS, 2)) if kind == "skills" else None)
    for k in range(HISTORY):
        t += 6.0
        est.arrive(f"h{k}", t, rng.choice(classes), rng.choice(topics))
        if k >= AGENTS:
            est.end(f"h{k - AGENTS}", t)
        est.start(f"h{k}", t, f"a{k % AGENTS}")
    for k in range(waiting):
        t += 0.05
        est.arrive(f"w{k}", t, rng.choice(classes), rng.choice(topics))
    return est, t


def queue_cost(waiting: int, kind: str, *, numpy: bool) -> Cost:
    """The whole queue after an event, by lists or by numpy."""
    est, t = desk(waiting, kind)

    def ask() -> None:
        est.figures.forget()
        est.queue(t)

    before, fast.SIZE = fast.SIZE, 1 if numpy else 10**9
    try:
        gc.collect()
        gc.freeze()
        return cost(ask)
    finally:
        gc.unfreeze()
        fast.SIZE = before


def estimate_cost(waiting: int, *, looked: bool) -> Cost:
    """One estimate in the middle of the line; `looked`: somebody has asked since the last event."""
    est, t = desk(waiting, "plain")

    def ask() -> None:
        if not looked:
            est.figures.forget()
        est.estimate(f"w{waiting // 2}", t)

    return cost(ask)


def event_cost(waiting: int) -> Cost:
    """The mean event of a desk in balance: one ends, one starts, one arrives. One arrival in 1 + waiting / 20 is
    also forecast, so that calibration can learn from it: an estimate, and part of the figure."""
    est, t = desk(waiting, "plain")
    busy, line = deque(f"h{HISTORY - AGENTS + k}" for k in range(AGENTS)), deque(f"w{k}" for k in range(waiting))
    n = 0

    def round_() -> None:
        nonlocal n, t
        for _ in range(200):
            n, t = n + 1, t + 6.0
            done, taken = busy.popleft(), line.popleft()
            agent = est.floor.contacts[done].agent
            est.end(done, t)
            est.start(taken, t, agent)
            est.arrive(f"y{n}", t)
            busy.append(taken)
            line.append(f"y{n}")

    return cost(round_, 12).of(600)


def measure() -> dict[str, Cost]:
    out = {"unit": cost(unit)}
    for kind in ("plain", "classes", "skills"):
        for waiting in (200, 1000, 10_000):
            out[f"queue {kind} {waiting}"] = queue_cost(waiting, kind, numpy=False)
        if fast.pays(10_000):
            out[f"queue {kind} 10000 numpy"] = queue_cost(10_000, kind, numpy=True)
    out["estimate 1000, first after an event"] = estimate_cost(1000, looked=False)
    out["estimate 1000"] = estimate_cost(1000, looked=True)
    out["event 20 waiting"] = event_cost(20)
    out["event 1000 waiting"] = event_cost(1000)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.wait.speed", description=__doc__)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    found = measure()
    state = len(json.dumps(desk(1000, "classes")[0].save())) / 1024
    if args.json:
        costs = {name: asdict(value) for name, value in found.items()}
        print(json.dumps({"costs": costs, "state_kib": state}, indent=1))
        return
    for name, value in found.items():
        print(f"{name:36} {value.ms:9.3f} ms {value.units:9.4f} units")
    print(f"{'state with 1,000 waiting':36} {state:9.0f} KiB")


if __name__ == "__main__":
    main()
