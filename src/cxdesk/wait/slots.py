"""Freed service slots: mean and variance of their number as functions of time (WAIT.md 0 and 1.4).

Each agent is a renewal stream whose first term is the remaining time of the contact in progress.
Sums are linear, so the first terms are pooled and the renewal kernel is applied once per group of
agents with the same planned leave.
"""

from __future__ import annotations

import itertools
import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import add, mul
from typing import Final, Literal, NamedTuple

from cxdesk.wait.ages import AGES, mixture
from cxdesk.wait.laws import GRID, Laws
from cxdesk.wait.learning import Hazard
from cxdesk.wait.renewal import convolve, cumulative

HORIZON: Final = 43_200.0
"""No estimate looks further than twelve hours."""


class Stream(NamedTuple):
    """One agent slot. `age`: seconds of handling (busy) or of absence (away); `at`: seconds until the
    return (back); `leave`: seconds until the planned leave, infinite when none."""

    kind: Literal["busy", "away", "ready", "back"]
    topic: str = ""
    age: float = 0.0
    at: float = 0.0
    leave: float = math.inf


@dataclass(slots=True)
class Curve:
    """m and v at increasing times `ts` (seconds), and the number of agents behind them."""

    ts: list[float]
    ms: list[float]
    vs: list[float]
    agents: int

    def when(self, slots: float) -> tuple[float, float]:
        """First time the mean reaches `slots`, and the variance there; HORIZON when never."""
        ms = self.ms
        if slots <= ms[0]:
            return 0.0, self.vs[0]
        i = bisect_left(ms, slots)
        if i == len(ms):
            return HORIZON, self.vs[-1]
        part = (slots - ms[i - 1]) / (ms[i] - ms[i - 1])
        t = self.ts[i - 1] + part * (self.ts[i] - self.ts[i - 1])
        return t, self.vs[i - 1] + part * (self.vs[i] - self.vs[i - 1])

    def rate(self) -> float:
        """Slots per second over the computed stretch."""
        return self.ms[-1] / self.ts[-1] if self.ts[-1] > 0 else 0.0


@dataclass(slots=True)
class _Pool:
    """First-slot distributions of agents that leave at the same time; `ages[topic][k]` counts contacts in
    service near AGES[k]."""

    busy: list[float]
    other: list[float]
    atoms: list[float]
    squares: list[float]
    ages: dict[str, list[float]] = field(default_factory=dict)
    ready: int = 0

    def settle(self, laws: Laws, n: int) -> None:
        """Add the contacts in service, age by age."""
        for topic, counts in self.ages.items():
            rests = laws.law(topic).rests
            for k, weight in enumerate(counts):
                if weight:
                    cdf, square = rests.row(k)
                    self.busy = [a + weight * b for a, b in zip(self.busy, cdf[:n], strict=True)]
                    self.squares = [a + weight * b for a, b in zip(self.squares, square[:n], strict=True)]


def build_curve(streams: Sequence[Stream], laws: Laws, away: Hazard, drift: float, need: float) -> Curve:
    """Sum the streams far enough that the mean reaches `need` slots, if the grid can."""
    # A first guess of the points needed from the steady rate; too few and the grid is doubled.
    cycle = laws.cycle / laws.step
    points = min(GRID, max(13, int(1.15 * need * cycle / max(len(streams), 1)) + 4))
    while True:
        curve = _curve(streams, laws, away, drift, points)
        if curve.ms[-1] >= need or points >= GRID:
            break
        points = min(GRID, points * 2 - 1)
    _extend(curve, streams, laws.cycle * drift, laws.scv)
    return curve


def _curve(streams: Iterable[Stream], laws: Laws, away: Hazard, drift: float, n: int) -> Curve:
    step = laws.step * drift
    pools: dict[float, _Pool] = {}
    agents = 0
    for s in streams:
        # A leave beyond the grid cannot be seen in it.
        leave = s.leave if s.leave < (n - 1) * step else math.inf
        pool = pools.get(leave)
        if pool is None:
            pool = pools[leave] = _Pool([0.0] * n, [0.0] * n, [0.0] * n, [0.0] * n)
        agents += _pour(pool, s, away, step, n)
    ms, vs, ready = [0.0] * n, [0.0] * n, 0
    for leave, pool in pools.items():
        pool.settle(laws, n)
        m, v = _moments(pool, laws, leave / step, n)
        ms, vs = list(map(add, ms, m)), list(map(add, vs, v))
        ready += pool.ready
    ms[0], vs[0] = float(ready), 0.0
    for k in range(1, n):
        ms[k] = max(ms[k], ms[k - 1])
        vs[k] = max(vs[k], 0.02 * ms[k])
    return Curve([k * step for k in range(n)], ms, vs, agents)


def _pour(pool: _Pool, s: Stream, away: Hazard, step: float, n: int) -> int:
    """Add one stream's first-slot distribution to its pool; returns the agents it stands for."""
    if s.kind == "busy":
        counts = pool.ages.setdefault(s.topic, [0.0] * len(AGES))
        k, part = mixture(s.age / step)
        counts[k] += 1.0 - part
        if part:
            counts[k + 1] += part
        return 1
    if s.kind == "ready":
        pool.atoms[0] += 1.0
        pool.ready += 1
        pool.squares = [q + 1.0 for q in pool.squares]
        return 1
    if s.kind == "back":
        cell = s.at / step
        if cell < n - 1:
            k, part = int(cell), cell - int(cell)
            pool.atoms[k] += 1.0 - part
            pool.atoms[k + 1] += part
            cdf = [0.0] * (k + 1) + [1.0] * (n - k - 1)
            pool.squares = list(map(add, pool.squares, cdf))
        return 0
    alive = away.survivor([s.age + k * step for k in range(n)])
    cdf = [1.0 - x / alive[0] for x in alive]
    pool.other = list(map(add, pool.other, cdf))
    pool.squares = list(map(add, pool.squares, map(mul, cdf, cdf)))
    return 1


def _moments(pool: _Pool, laws: Laws, leave_cell: float, n: int) -> tuple[list[float], list[float]]:
    """Mean and variance of the slots of one pool; var = m + 2 int M dm - sum of squared means."""
    slots = convolve(_increments(pool.busy), laws.after_busy, n)
    rest = list(map(add, _increments(pool.other), pool.atoms))
    if any(rest):
        slots = list(map(add, slots, convolve(rest, laws.renewals, n)))
    if leave_cell < n:
        slots = _cut(slots, leave_cell)
    m = cumulative(slots)
    pairs = convolve(slots, laws.again, n)
    if leave_cell < n:
        pairs = _cut(pairs, leave_cell)
    twice = cumulative(pairs)
    steps = cumulative(pool.atoms)
    v = []
    for k in range(n):
        first = pool.busy[k] + pool.other[k] + steps[k]
        # sum (E N_i)^2: every agent's mean count is taken as its first-slot chance times a common factor.
        ratio = m[k] / first if first > 1e-9 else 0.0
        v.append(m[k] + 2.0 * twice[k] - ratio * ratio * pool.squares[k])
    return m, v


def _increments(cdf: Sequence[float]) -> list[float]:
    """Masses of a distribution function on the grid, each cell split to both ends."""
    half = [0.5 * (b - a) for a, b in itertools.pairwise(cdf)]
    return [half[0], *map(add, half, half[1:]), half[-1]]


def _cut(mass: list[float], cell: float) -> list[float]:
    """Keep the masses before `cell`."""
    k = int(cell)
    return [*mass[:k], mass[k] * (cell - k), *[0.0] * (len(mass) - k - 1)] if k < len(mass) else mass


def _extend(curve: Curve, streams: Sequence[Stream], cycle: float, scv: float) -> None:
    """Beyond the grid every agent on duty frees a slot per mean cycle; leaves and returns bend the line."""
    t, m, v = curve.ts[-1], curve.ms[-1], curve.vs[-1]
    on = 0
    turns: list[tuple[float, int]] = []
    for s in streams:
        begin = s.at if s.kind == "back" else 0.0
        if begin <= t < s.leave:
            on += 1
        elif begin > t:
            turns.append((begin, 1))
        if max(t, begin) < s.leave < math.inf:
            turns.append((s.leave, -1))
    for when, change in [*sorted(turns), (HORIZON, 0)]:
        if when >= HORIZON:
            when = HORIZON
        if when > t:
            m += on * (when - t) / cycle
            v += on * scv * (when - t) / cycle
            t = when
            curve.ts.append(t)
            curve.ms.append(m)
            curve.vs.append(v)
        on += change
