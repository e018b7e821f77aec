"""R1: the bank trace (Technion SEE Center, A. Mandelbaum and I. Guedj; benchmark use only) replayed.

Presence and skills are inferred from what the log has shown so far, never from what comes later.
Served customers who waited are scored, from day 8 on.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.wait.baselines import Baselines, Sight
from benchmarks.wait.play import numbers
from benchmarks.wait.score import Row, Scores
from cxdesk.wait import Credit, Prior, WaitEstimator

CREDIT = 90.0
_DAY = 86_400.0
_IDLE_OFF = 900.0


@dataclass(frozen=True, slots=True)
class Call:
    """One line of the log, times in seconds from day 0."""

    id: str
    arrived: float
    start: float
    end: float
    topic: str
    vip: bool
    served: bool
    agent: str
    day: int


def read(path: str | Path) -> list[Call]:
    """Read the trace."""
    calls = []
    with open(path, newline="", encoding="utf-8") as file:
        for k, row in enumerate(csv.DictReader(file)):
            day = int(row["day"])
            base = day * _DAY
            queue, start, end = (float(row[c] or 0) for c in ("t_queue", "t_start", "t_end"))
            served = row["outcome"] == "served"
            wait = float(row["wait"] or 0)
            begun = max(start, queue) if served else queue + wait
            if wait <= 0:
                begun = queue
            calls.append(
                Call(
                    *(f"c{k}", base + queue, base + begun, base + max(end, begun), row["type"]),
                    *(row["priority"] == "2", served, row["agent"], day),
                )
            )
    return calls


def replay(path: str | Path, first_day: int = 8) -> Scores:
    """Feed the log in time order and score what was said at joining and while waiting."""
    calls = read(path)
    return Replay(calls, first_day).run()


def _lane(call: Call) -> str:
    return "vip" if call.vip else "normal"


class Replay:
    """The log as events; see the module's docstring."""

    def __init__(self, calls: list[Call], first_day: int) -> None:
        self.first_day = first_day
        self.scores = Scores()
        self.est = WaitEstimator(prior=Prior(aht=240.0, cv=1.0, patience=900.0), policy=Credit({"vip": CREDIT}))
        waits = sum(c.start - c.arrived for c in calls)
        services = [c.end - c.start for c in calls if c.served]
        gone = sum(not c.served for c in calls)
        self.base = Baselines(sum(services) / len(services), waits / max(gone, 1))
        # At one instant ends come first, then gifts of an agent, then new calls.
        self.events = sorted(
            [(c.arrived, 2 if c.start > c.arrived or not c.served else 1, 0, c) for c in calls]
            + [(c.start, 1, 1, c) for c in calls]
            + [(c.end, 0, 2, c) for c in calls if c.served],
            key=lambda e: (e[0], e[1], e[2]),
        )
        self.waiting: dict[str, Call] = {}
        self.busy: dict[str, str] = {}
        self.seen: dict[str, float] = {}
        self.topics: dict[str, Counter[str]] = {}
        self.told: dict[str, tuple[tuple[float, float, float], tuple[float, ...]]] = {}
        self.probes: dict[str, list[tuple[float, tuple[float, float, float], tuple[float, ...]]]] = {}
        self.day = 0
        self.next_probe = 0.0
        self.probe_count = 0

    def run(self) -> Scores:
        """Play the log."""
        for t, _, kind, call in self.events:
            if call.day != self.day:
                self._new_day(t, call.day)
            self._sign_off(t)
            if kind == 0:
                self._arrive(t, call)
            elif kind == 1:
                self._leave_line(t, call)
            else:
                self._end(t, call)
            if t >= self.next_probe and self.waiting:
                self._probe(t)
        return self.scores

    def _new_day(self, t: float, day: int) -> None:
        self.day = day
        for agent in list(self.seen):
            self.est.agent(agent, t, "off")
            del self.seen[agent]
        self.busy.clear()

    def _sign_off(self, t: float) -> None:
        """An agent not seen for a quarter of an hour has gone."""
        for agent, last in list(self.seen.items()):
            if agent not in self.busy and t - last > _IDLE_OFF:
                self.est.agent(agent, t, "off")
                del self.seen[agent]

    def _arrive(self, t: float, call: Call) -> None:
        self.est.arrive(call.id, t, _lane(call), call.topic)
        if call.start <= t:
            return
        self.waiting[call.id] = call
        if call.served and call.day >= self.first_day:
            said = self._ask(t, call)
            if said is not None:
                self.told[call.id] = said

    def _ask(self, t: float, call: Call) -> tuple[tuple[float, float, float], tuple[float, ...]] | None:
        cx = numbers(self.est.estimate(call.id, t))
        if cx is None:
            return None

        def key(c: Call) -> float:
            return c.arrived - (CREDIT if c.vip else 0.0)

        waiting, here = self.waiting.values(), len(self.seen)
        ahead = sum(key(c) < key(call) for c in waiting)
        head = t - min(c.arrived for c in waiting if c.vip == call.vip)
        return cx, self.base.say(Sight(_lane(call), ahead, head, here, here, t - call.arrived))

    def _leave_line(self, t: float, call: Call) -> None:
        waited = self.waiting.pop(call.id, None) is not None
        if not call.served:
            self.est.abandon(call.id, t)
            self.probes.pop(call.id, None)
            return
        agent = call.agent
        if agent not in self.seen:
            kinds = self.topics.get(agent)
            total = sum(kinds.values()) if kinds else 0
            skills = frozenset(k for k, n in kinds.items() if n >= 0.02 * total) if kinds and total >= 30 else None
            self.est.agent(agent, t, "on", skills=skills)
        self.seen[agent] = t
        self.busy[agent] = call.id
        self.topics.setdefault(agent, Counter())[call.topic] += 1
        self.est.start(call.id, t, agent)
        if waited:
            self.base.served(_lane(call), t - call.arrived)
        if (said := self.told.pop(call.id, None)) is not None:
            self.scores.join.append(Row(t - call.arrived, *said))
        for at, cx, base in self.probes.pop(call.id, []):
            self.scores.stay.append(Row(t - at, cx, base))

    def _end(self, t: float, call: Call) -> None:
        self.est.end(call.id, t)
        self.base.finished(t - call.start)
        if self.busy.get(call.agent) == call.id:
            del self.busy[call.agent]
        if call.agent in self.seen:
            self.seen[call.agent] = t

    def _probe(self, t: float) -> None:
        self.probe_count += 1
        self.next_probe = t + 20.0 + 280.0 * ((self.probe_count * 0.618034) % 1.0)
        served = [c for c in self.waiting.values() if c.served]
        if not served or self.day < self.first_day:
            return
        call = served[self.probe_count % len(served)]
        if (said := self._ask(t, call)) is not None:
            self.probes.setdefault(call.id, []).append((t, *said))
