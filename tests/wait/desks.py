"""Small desks for the tests: a seeded history, then a queue to ask about."""

from __future__ import annotations

import heapq
import random
from collections.abc import Iterable

from cxdesk.wait import Policy, Prior, WaitEstimator

PRIOR = Prior(aht=300.0, patience=1200.0)


def desk(
    agents: int = 3,
    *,
    history: int = 60,
    seed: int = 7,
    prior: Prior = PRIOR,
    policy: Policy | None = None,
    mean: float = 300.0,
    patience: float | None = None,
) -> tuple[WaitEstimator, float]:
    """A desk with `history` finished services and every agent free; returns it and its clock."""
    est = WaitEstimator(prior=prior, policy=policy)
    rng = random.Random(seed)
    t = 0.0
    for k in range(agents):
        est.agent(f"a{k}", t, "on")
    for k in range(history):
        t += 10.0
        est.arrive(f"h{k}", t)
        if patience is not None and rng.random() < 0.2:
            t += rng.expovariate(1 / patience)
            est.abandon(f"h{k}", t)
            continue
        est.start(f"h{k}", t, f"a{k % max(agents, 1)}")
        t += rng.expovariate(1 / mean)
        est.end(f"h{k}", t)
    return est, t


def occupy(est: WaitEstimator, t: float, agents: int, ages: Iterable[float] = ()) -> None:
    """Give every agent a contact that began `age` seconds ago (events in time order)."""
    wanted = dict(enumerate(ages))
    starts = sorted((t - wanted.get(k, 10.0 * k), k) for k in range(agents))
    for begun, k in starts:
        est.arrive(f"b{k}", begun)
        est.start(f"b{k}", begun, f"a{k}")


def line(est: WaitEstimator, t: float, people: int, prefix: str = "w") -> list[str]:
    """Let people join at t, one after the other."""
    ids = [f"{prefix}{k}" for k in range(people)]
    for cid in ids:
        est.arrive(cid, t)
    return ids


def run_queue(
    est: WaitEstimator, *, agents: int, load: float, mean: float, until: float, seed: int
) -> list[tuple[float, float, float, float]]:
    """A plain M/M/s desk through the estimator; returns (wait, p10, p50, p90) of those who waited."""
    rng = random.Random(seed)
    rate = load * agents / mean
    events: list[tuple[float, int, str, str]] = [(rng.expovariate(rate), 0, "arrive", "")]
    free = [f"a{k}" for k in range(agents)]
    for name in free:
        est.agent(name, 0.0, "on")
    waiting: list[tuple[str, float]] = []
    told: dict[str, tuple[float, float, float]] = {}
    results: list[tuple[float, float, float, float]] = []
    n = 0
    while events[0][0] < until:
        t, _, kind, who = heapq.heappop(events)
        n += 1
        if kind == "arrive":
            cid = f"c{n}"
            est.arrive(cid, t)
            waiting.append((cid, t))
            heapq.heappush(events, (t + rng.expovariate(rate), n, "arrive", ""))
            if not free:
                w = est.estimate(cid, t)
                if w.p10 is not None and w.p50 is not None and w.p90 is not None:
                    told[cid] = (w.p10, w.p50, w.p90)
        else:
            cid, name = who.split("/")
            est.end(cid, t)
            free.append(name)
        while waiting and free:
            cid, joined = waiting.pop(0)
            name = free.pop(0)
            est.start(cid, t, name)
            if cid in told:
                results.append((t - joined, *told.pop(cid)))
            n += 1
            heapq.heappush(events, (t + rng.expovariate(1 / mean), n, "end", f"{cid}/{name}"))
    return results
