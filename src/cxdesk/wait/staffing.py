"""How many agents? The what-if table of WAIT.md section 7; times are seconds, arrivals are per hour."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from cxdesk.wait.erlang import erlang_a, erlang_c

_MOST = 5_000


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One number of agents. None where the queue has no steady state: nothing is computed there.

    `grows_per_hour` says by how many contacts the queue would grow each hour if nobody gave up.
    """

    agents: int
    service_level: float | None
    asa_s: float | None
    p90_s: float | None
    abandon: float | None
    occupancy: float | None
    grows_per_hour: float
    to_roster: int


@dataclass(frozen=True, slots=True)
class Plan:
    """`needed` is the smallest number that meets the target, None when none up to 5,000 does."""

    load: float
    needed: int | None
    rows: tuple[PlanRow, ...]
    simulate_instead: bool


def plan(
    arrivals_per_hour: float,
    aht_s: float,
    *,
    target: tuple[float, float] = (0.80, 20.0),
    patience_s: float | None = None,
    shrinkage: float = 0.0,
    cv: float = 1.0,
) -> Plan:
    """Agents for a service level: rows from two below to three above the number needed.

    `target` is (share, seconds). With `patience_s` the model is Erlang A, without it Erlang C.
    `shrinkage` is the share of paid time not spent on contacts. Raises ValueError for negative or
    non-finite input. `simulate_instead` is set under five agents or with cv far from 1 (WAIT.md 7).
    """
    share, seconds = target
    finite = all(map(math.isfinite, (arrivals_per_hour, aht_s, share, seconds, shrinkage, cv)))
    if not finite or arrivals_per_hour < 0 or aht_s <= 0 or not 0 <= shrinkage < 1:
        raise ValueError("arrivals >= 0, aht > 0 and 0 <= shrinkage < 1 are needed")
    rate, mu = arrivals_per_hour / 3600.0, 1.0 / aht_s
    load = rate / mu

    def row(n: int) -> PlanRow:
        return _row(rate, mu, n, seconds, patience_s, shrinkage)

    needed = _smallest(row, load, share)
    middle = needed if needed is not None else math.ceil(load)
    rows = tuple(row(n) for n in range(max(1, middle - 2), max(1, middle) + 4))
    return Plan(load, needed, rows, (needed or 0) < 5 or not 0.6 <= cv <= 1.5)


def _smallest(row: Callable[[int], PlanRow], load: float, share: float) -> int | None:
    """Bisection: the service level grows with the agents."""
    lo, hi = 0, max(1, math.ceil(load))
    while hi <= _MOST and not _meets(row(hi), share):
        lo, hi = hi, hi + max(1, math.ceil(math.sqrt(load)))
    if hi > _MOST:
        return None
    while hi - lo > 1:
        mid = (lo + hi) // 2
        lo, hi = (lo, mid) if _meets(row(mid), share) else (mid, hi)
    return hi


def _meets(row: PlanRow, share: float) -> bool:
    return row.service_level is not None and row.service_level >= share


def _row(rate: float, mu: float, n: int, seconds: float, patience_s: float | None, shrinkage: float) -> PlanRow:
    grows = max(0.0, (rate - n * mu) * 3600.0)
    roster = math.ceil(n / (1.0 - shrinkage) - 1e-9)
    if patience_s is not None and patience_s > 0:
        a = erlang_a(rate, mu, n, 1.0 / patience_s, seconds)
        if a is None:
            return PlanRow(n, None, None, None, None, None, grows, roster)
        p90 = nine_in_ten(rate, mu, n, 1.0 / patience_s)
        return PlanRow(n, a.service_level, a.mean_wait, p90, a.abandon, a.occupancy, grows, roster)
    c = erlang_c(rate, mu, n)
    if c is None:
        return PlanRow(n, None, None, None, None, None, grows, roster)
    return PlanRow(n, c.service_level(seconds), c.asa, c.wait_quantile(0.9), 0.0, c.occupancy, grows, roster)


def nine_in_ten(rate: float, mu: float, n: int, patience: Callable[[float], float] | float) -> float | None:
    """Time within which nine in ten of all arrivals are served, by bisection; None when fewer ever are.

    Rates and `patience` as in `erlang_a`.
    """
    lo, hi = 0.0, 8.0 / mu

    def level(x: float) -> float:
        a = erlang_a(rate, mu, n, patience, x, points=400)
        return (a.service_level or 0.0) if a is not None else 0.0

    if level(hi) < 0.9:
        return None
    for _ in range(24):
        mid = 0.5 * (lo + hi)
        lo, hi = (lo, mid) if level(mid) >= 0.9 else (mid, hi)
    return hi if hi > 1e-3 else 0.0
