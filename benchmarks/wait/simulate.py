"""A discrete-event desk that tells the estimator what a real desk would tell it, and keeps the truth.

People who give up stay in the line as ghosts, so that everybody who joined has a virtual wait.
"""

from __future__ import annotations

import heapq
import random
from bisect import insort
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.wait.scenarios import Scenario, Worker
from cxdesk.wait import WaitEstimator


@dataclass(slots=True)
class Caller:
    """A customer; `gone` marks a ghost."""

    id: str
    cls: str
    topic: str
    arrived: float
    key: tuple[float, float, int]
    gone: bool = False
    done: bool = False


@dataclass(slots=True)
class Station:
    """A worker at work: `serving` since `since` with the law scaled by `scale`; `away` until `back`
    (None: nobody knows)."""

    worker: Worker
    serving: Caller | None = None
    since: float = 0.0
    scale: float = 1.0
    away: bool = False
    back: float | None = None
    leaving: float | None = None

    def serves(self, topic: str) -> bool:
        """Whether the worker takes this topic."""
        return self.worker.skills is None or topic in self.worker.skills

    @property
    def idle(self) -> bool:
        """Free to take the next caller."""
        return self.serving is None and not self.away


@dataclass(slots=True)
class Desk:
    """Clock, stations and line; the hooks see it after the estimator does."""

    scenario: Scenario
    est: WaitEstimator
    rng: random.Random
    on_join: Callable[[Caller], None]
    on_begin: Callable[[Caller, bool], None]
    on_end: Callable[[Caller, float], None]
    on_probe: Callable[[Caller], None]
    t: float = 0.0
    stations: list[Station] = field(default_factory=list)
    line: list[tuple[float, float, int, Caller]] = field(default_factory=list)
    events: list[tuple[float, int, str, object]] = field(default_factory=list)
    count: int = 0

    def push(self, t: float, kind: str, what: object = None) -> None:
        """Plan an event."""
        self.count += 1
        heapq.heappush(self.events, (t, self.count, kind, what))

    def run(self) -> None:
        """Play the whole scenario."""
        sc = self.scenario
        for worker in sc.workers:
            station = Station(worker)
            self.stations.append(station)
            self.est.agent(worker.name, 0.0, "on", skills=worker.skills)
            self.est.schedule(worker.name, worker.absences)
            for span in worker.absences:
                self.push(span[0], "leave", (station, span[1]))
        self._next_arrival()
        self.push(60.0, "probe")
        end = sc.hours * 3600.0
        actions = {
            "arrive": self._arrive,
            "end": self._end,
            "give_up": self._give_up,
            "leave": self._leave,
            "back": self._back,
            "probe": self._probe,
        }
        while self.events and self.events[0][0] < end:
            self.t, _, kind, what = heapq.heappop(self.events)
            actions[kind](what)

    def live(self) -> list[Caller]:
        """Who really waits, in order."""
        return [row[3] for row in self.line if not row[3].gone]

    # -- events -----------------------------------------------------------------------------------

    def _next_arrival(self) -> None:
        sc, t = self.scenario, self.t
        while True:
            t += self.rng.expovariate(sc.top)
            if self.rng.random() * sc.top <= sc.rate(t):
                break
        self.push(t, "arrive")

    def _arrive(self, _: object) -> None:
        sc, t = self.scenario, self.t
        cls, topic = sc.mix(self.rng, t)
        self.count += 1
        caller = Caller(f"c{self.count}", cls, topic, t, (*sc.policy.key(cls, t), self.count))
        self._next_arrival()
        self.est.arrive(caller.id, t, cls, topic)
        free = [s for s in self.stations if s.idle and s.serves(topic)]
        if free:
            self._begin(free[self.count % len(free)], caller, waited=False)
            return
        insort(self.line, (*caller.key, caller))
        if sc.patience is not None:
            self.push(t + self.rng.expovariate(1.0 / sc.patience), "give_up", caller)
        self.on_join(caller)

    def _begin(self, station: Station, caller: Caller, *, waited: bool) -> None:
        sc = self.scenario
        caller.done = True
        self.est.start(caller.id, self.t, station.worker.name)
        self.on_begin(caller, waited)
        station.serving, station.since = caller, self.t
        station.scale = sc.scale(self.t) * station.worker.pace
        self.push(self.t + station.scale * sc.law(caller.topic).draw(self.rng), "end", station)

    def _end(self, what: object) -> None:
        station = what
        assert isinstance(station, Station)
        caller = station.serving
        assert caller is not None
        station.serving = None
        self.est.end(caller.id, self.t)
        self.on_end(caller, self.t - station.since)
        sc = self.scenario
        if station.leaving is not None:
            back, station.leaving = station.leaving, None
            self._leave((station, back))
        elif sc.absence and self.rng.random() < sc.absence:
            station.away, station.back = True, None
            self.est.agent(station.worker.name, self.t, "break")
            self.push(self.t + self.rng.expovariate(1.0 / sc.absence_s), "back", station)
        else:
            self._take(station)

    def _take(self, station: Station) -> None:
        """Serve the first in line; ghosts on the way have had their virtual wait."""
        keep: list[tuple[float, float, int, Caller]] = []
        chosen: Caller | None = None
        for k, row in enumerate(self.line):
            caller = row[3]
            if not station.serves(caller.topic):
                keep.append(row)
            elif caller.gone:
                self.on_begin(caller, True)
            else:
                chosen = caller
                self.line = keep + self.line[k + 1 :]
                break
        else:
            self.line = keep
        if chosen is not None:
            self._begin(station, chosen, waited=True)

    def _give_up(self, what: object) -> None:
        assert isinstance(what, Caller)
        if not what.done and not what.gone:
            what.gone = True
            self.est.abandon(what.id, self.t)

    def _leave(self, what: object) -> None:
        assert isinstance(what, tuple)
        station, back = what
        if back <= self.t:
            if station.idle:
                self._take(station)
            return
        if station.serving is not None:
            station.leaving = back
            return
        was_away = station.away
        station.away, station.back = True, back
        self.est.agent(station.worker.name, self.t, "break", until=back)
        if not was_away:
            self.push(back, "back", station)

    def _back(self, what: object) -> None:
        station = what
        assert isinstance(station, Station)
        if station.back is not None and station.back > self.t + 1e-9:
            # A planned absence began during an unplanned one.
            self.push(station.back, "back", station)
            return
        station.away, station.back = False, None
        self.est.agent(station.worker.name, self.t, "on")
        self._take(station)

    def _probe(self, _: object) -> None:
        waiting = self.live()
        if waiting:
            self.on_probe(self.rng.choice(waiting))
        self.push(self.t + self.rng.uniform(20.0, 300.0), "probe")
