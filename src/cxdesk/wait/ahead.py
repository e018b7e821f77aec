"""The next hour, played forward from the desk as it is (WAIT.md 7); Erlang A where a desk is too busy to play.

Draws belong to the names of people and to the n-th newcomer (see `rollout`), so the same desk always gives
the same figures, and two staffings are compared on the same customers.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, Literal

from cxdesk.wait.erlang import erlang_a
from cxdesk.wait.estimator import WaitEstimator
from cxdesk.wait.floor import Floor
from cxdesk.wait.memory import Memory
from cxdesk.wait.playing import Customer, serve
from cxdesk.wait.rollout import PATHS, Draws, add_absences, remaining
from cxdesk.wait.small import servers
from cxdesk.wait.staffing import nine_in_ten
from cxdesk.wait.view import look
from cxdesk.wait.whatif import restaffed

_WORK: Final = 24_000
"""Customers played in all; a busier desk is played on fewer paths."""
_MOST: Final = 2_000
"""Customers in one play; beyond them the steady state has long been reached."""
_POINTS: Final = 13


@dataclass(frozen=True, slots=True)
class QueueAt:
    """People waiting `after_s` seconds from now: P10, P50 and P90."""

    after_s: float
    low: float
    expected: float
    high: float


@dataclass(frozen=True, slots=True)
class Ahead:
    """What customers who come within the time looked at will find.

    `service_level` is the share that starts in time, `mean_wait_s` counts those who give up until they do,
    within `p90_wait_s` nine in ten have started (None: so many never do). All None where nobody comes,
    nobody serves, or the queue has no steady state.
    """

    agents: int
    method: Literal["simulation", "steady", "overloaded", "no_agents"]
    arrivals_per_hour: float
    service_level: float | None = None
    mean_wait_s: float | None = None
    p90_wait_s: float | None = None
    abandon: float | None = None
    queue: tuple[QueueAt, ...] = ()


def look_ahead(
    est: WaitEstimator,
    t: float,
    *,
    extra: int = 0,
    come: Sequence[str] = (),
    go: Sequence[str] = (),
    hours: float = 1.0,
    arrivals_per_hour: float | None = None,
    within_s: float = 20.0,
) -> Ahead:
    """The next `hours` (at most twelve) with other agents, as in `what_if`; the estimator is only read.

    `arrivals_per_hour` None: as many as lately. A wait of at most `within_s` seconds is in time.
    """
    t = est.at(t)
    floor = restaffed(est.floor, t, extra, come, go)
    lately = {cls: est.memory.rate(cls, t) for cls in est.memory.rates}
    rate = sum(lately.values()) if arrivals_per_hour is None else max(0.0, arrivals_per_hour) / 3600.0
    seconds = min(max(hours, 0.01), 12.0) * 3600.0
    if rate * seconds + len(floor.order) > _MOST:
        return _steady(est.memory, len(floor.present(t)), rate, within_s)
    return _played(_Hour(floor, est.memory, t, seconds, rate, lately), within_s)


def _steady(memory: Memory, agents: int, rate: float, within_s: float) -> Ahead:
    """Erlang A with the learned patience, whatever its shape."""
    laws = memory.laws
    mu = 1.0 / (laws.cycle * memory.drift_factor())
    if not agents:
        return Ahead(0, "no_agents", rate * 3600.0)
    found = erlang_a(rate, mu, agents, laws.patient, within_s)
    if found is None:
        return Ahead(agents, "overloaded", rate * 3600.0)
    p90 = nine_in_ten(rate, mu, agents, laws.patient)
    level, mean = found.service_level, found.mean_wait
    return Ahead(agents, "steady", rate * 3600.0, level, mean, p90, found.abandon)


class _Hour:
    """Who waits and who will come, with every draw they need, on each path."""

    def __init__(
        self, floor: Floor, memory: Memory, t: float, seconds: float, rate: float, lately: Mapping[str, float]
    ) -> None:
        self.floor, self.t, self.seconds, self.rate = floor, t, seconds, rate
        self.laws = memory.laws
        self.line = [row[3] for row in floor.order]
        self.draws = Draws()
        view = look(floor, memory, t, self.line, [*memory.shares, "other"])
        self.servers = servers(view, self.draws)
        step = self.laws.step * view.drift
        self.services = {topic: remaining(self.laws.law(topic).survivor, step, 0.0) for topic in view.group_of}
        self.away = remaining(view.away, self.laws.step, 0.0)
        self.classes = _spread(lately if any(lately.values()) else {"normal": 1.0})
        self.topics = _spread(memory.shares or {"other": 1.0})
        self.paths = range(0, PATHS, max(1, math.ceil(PATHS * (len(self.line) + rate * seconds) / _WORK)))

    def customers(self) -> list[list[Customer]]:
        """On each path everybody in order of coming; those who wait already come at 0."""
        people: list[list[Customer]] = [[] for _ in self.paths]
        for c in self.line:
            services = self._services(c.id, [c.topic] * PATHS)
            stays = self._stays(c.id, c.age(self.t))
            for path, known in zip(self.paths, people, strict=True):
                known.append(Customer(0.0, c.key, c.topic, services[path], stays[path]))
        times = [0.0] * len(people)
        n = 0
        while self.rate > 0.0 and min(times) < self.seconds:
            n += 1
            self._newcomer(f"{n}th", self.floor._seq + n, times, people)
        return people

    def _newcomer(self, name: str, seq: int, times: list[float], people: list[list[Customer]]) -> None:
        """One more customer on every path whose time is not up; `times` holds the last arrivals."""
        classes = [self.classes[k] for k in self.draws.of("class" + name)]
        topics = [self.topics[k] for k in self.draws.of("topic" + name)]
        services, stays = self._services(name, topics), self._stays(name, 0.0)
        gaps = self.draws.of("gap" + name)
        for k, path in enumerate(self.paths):
            at = times[k] = times[k] - math.log1p(-(gaps[path] + 0.5) / PATHS) / self.rate
            if at < self.seconds:
                key = (*self.floor.policy.key(classes[path], self.t + at), seq)
                people[k].append(Customer(at, key, topics[path], services[path], at + stays[path]))

    def _services(self, name: str, topics: Sequence[str]) -> list[float]:
        column = [self.services[topic][k] for topic, k in zip(topics, self.draws.of(name), strict=True)]
        add_absences(column, self.draws.of("away" + name), self.laws.absence, self.away)
        return column

    def _stays(self, name: str, age: float) -> list[float]:
        stay = remaining(self.laws.patience, self.laws.patience_step, age)
        return [stay[k] for k in self.draws.of("stay" + name)]


def _spread(weights: Mapping[str, float]) -> list[str]:
    """One name for each of the PATHS cells, as often as its weight says."""
    names, total = list(weights), sum(weights.values())
    ends = list(accumulate(weights.values()))
    return [names[bisect_left(ends, (k + 0.5) / PATHS * total)] for k in range(PATHS)]


def _played(hour: _Hour, within_s: float) -> Ahead:
    per_hour, agents = hour.rate * 3600.0, len(hour.floor.present(hour.t))
    if not hour.servers:
        return Ahead(agents, "no_agents", per_hour)
    waits: list[float] = []
    stays: list[float] = []
    lengths: list[list[int]] = []
    for path, people in zip(hour.paths, hour.customers(), strict=True):
        starts = serve(people, hour.servers, path)
        lengths.append(_lengths(people, starts, hour.seconds))
        for customer, start in list(zip(people, starts, strict=True))[len(hour.line) :]:
            waits.append(start - customer.at)
            stays.append(min(start, customer.limit) - customer.at)
    queue = tuple(
        QueueAt(k * hour.seconds / (_POINTS - 1), *_three(sorted(column)))
        for k, column in enumerate(zip(*lengths, strict=True))
    )
    if not waits:
        return Ahead(agents, "simulation", per_hour, queue=queue)
    waits.sort()
    n, p90 = len(waits), waits[math.ceil(0.9 * len(waits)) - 1]
    return Ahead(
        *(agents, "simulation", per_hour, bisect_right(waits, within_s) / n, sum(stays) / n),
        p90_wait_s=p90 if p90 < math.inf else None,
        abandon=sum(wait == math.inf for wait in waits) / n,
        queue=queue,
    )


def _lengths(people: Sequence[Customer], starts: Sequence[float], seconds: float) -> list[int]:
    """How many wait at _POINTS even moments, now included."""
    step = seconds / (_POINTS - 1)
    turns = [0] * (_POINTS + 1)
    for customer, start in zip(people, starts, strict=True):
        first = math.ceil(customer.at / step)
        last = math.ceil(min(start, customer.limit, seconds + step) / step)
        if first < last:
            turns[min(first, _POINTS)] += 1
            turns[min(last, _POINTS)] -= 1
    return list(accumulate(turns[:_POINTS]))


def _three(column: Sequence[int]) -> tuple[float, float, float]:
    n = len(column)
    return float(column[int(0.1 * n)]), float(column[n // 2]), float(column[int(0.9 * n)])
