"""Run a scenario with a seed and collect the rows that are scored."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from benchmarks.wait.baselines import Baselines, Sight
from benchmarks.wait.oracle import oracle
from benchmarks.wait.scenarios import SCENARIOS, Scenario
from benchmarks.wait.score import Row, Scores
from benchmarks.wait.simulate import Caller, Desk
from cxdesk.wait import Wait, WaitEstimator


@dataclass(slots=True)
class _Told:
    at: float
    cx: tuple[float, float, float]
    base: tuple[float, ...]
    oracle: tuple[float, float, float] | None


@dataclass(slots=True)
class Observer:
    """Asks everybody at joining and while waiting, and scores the answer when the truth is known."""

    scenario: Scenario
    scores: Scores
    baselines: Baselines
    rng: random.Random
    paths: int
    joined: dict[str, _Told] = field(default_factory=dict)
    probed: dict[str, list[_Told]] = field(default_factory=dict)
    asked: int = 0
    desk: Desk | None = None

    def on_join(self, caller: Caller) -> None:
        """Ask for somebody who has just joined."""
        desk = self._desk()
        if desk.t < self.scenario.warm:
            return
        self.asked += 1
        limit = None
        if self.paths and self.asked % self.scenario.oracle_every == 0:
            limit = _three(oracle(desk, caller, self.paths, self.rng))
        told = self._ask(caller, limit)
        if told is not None:
            self.joined[caller.id] = told

    def on_probe(self, caller: Caller) -> None:
        """Ask for somebody who has waited a while."""
        if self._desk().t < self.scenario.warm:
            return
        told = self._ask(caller, None)
        if told is not None:
            self.probed.setdefault(caller.id, []).append(told)

    def on_begin(self, caller: Caller, waited: bool) -> None:
        """The truth is known: book everything said to this caller."""
        desk = self._desk()
        if waited and not caller.gone:
            self.baselines.served(self.scenario.lane(caller.cls, caller.topic), desk.t - caller.arrived)
        for store, told in (
            (self.scores.join, self.joined.pop(caller.id, None)),
            *((self.scores.stay, x) for x in self.probed.pop(caller.id, [])),
        ):
            if told is not None:
                store.append(Row(desk.t - told.at, told.cx, told.base, told.oracle))

    def on_end(self, _caller: Caller, seconds: float) -> None:
        """A service ended."""
        self.baselines.finished(seconds)

    def _ask(self, caller: Caller, limit: tuple[float, float, float] | None) -> _Told | None:
        desk = self._desk()
        cx = numbers(desk.est.estimate(caller.id, desk.t))
        if cx is None:
            return None
        return _Told(desk.t, cx, self.baselines.say(self._sight(desk, caller)), limit)

    def _sight(self, desk: Desk, caller: Caller) -> Sight:
        live, lane = desk.live(), self.scenario.lane(caller.cls, caller.topic)
        able = [s for s in desk.stations if s.serves(caller.topic)]
        return Sight(
            lane=lane,
            ahead=sum(c.key < caller.key for c in live),
            head=desk.t - min(c.arrived for c in live if self.scenario.lane(c.cls, c.topic) == lane),
            here=sum(not (s.away and s.back is not None) for s in able),
            team=len(able),
            age=desk.t - caller.arrived,
        )

    def _desk(self) -> Desk:
        assert self.desk is not None
        return self.desk


def numbers(wait: Wait) -> tuple[float, float, float] | None:
    """The three quantiles, when there are any."""
    if wait.p10 is None or wait.p50 is None or wait.p90 is None:
        return None
    return wait.p10, wait.p50, wait.p90


def _three(values: list[float]) -> tuple[float, float, float]:
    n = len(values)
    return values[int(0.1 * n)], values[n // 2], values[int(0.9 * n)]


def play(name: str, seed: int, *, short: bool, paths: int, hours: float | None = None) -> Scores:
    """One seed of one scenario; `paths` oracle paths per sampled state (0: no oracle); `hours` overrides."""
    build, full, brief = SCENARIOS[name]
    scenario = build(hours if hours is not None else brief if short else full)
    topics = [scenario.mix(random.Random(k), scenario.warm)[1] for k in range(400)]
    mean = sum(scenario.law(topic).mean for topic in topics) / len(topics)
    mean /= sum(1.0 / w.pace for w in scenario.workers) / len(scenario.workers)
    scores = Scores()
    observer = Observer(scenario, scores, Baselines(mean, scenario.patience), random.Random(seed + 1000), paths)
    est = WaitEstimator(prior=scenario.prior, policy=scenario.policy)
    desk = Desk(
        scenario,
        est,
        random.Random(seed),
        *(observer.on_join, observer.on_begin, observer.on_end, observer.on_probe),
    )
    observer.desk = desk
    desk.run()
    return scores
