"""The desks of WAIT.md 4.1, S1 to S8. Times are seconds; a day of a desk is 8, 10 or 12 hours long.

Where 4.1 names neither load nor patience they were chosen on seeds that are not scored, so that the mean wait and
the errors of the rivals come near the table in 4.2; the estimator took no part in that.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.wait.laws import Law
from cxdesk.wait import Fifo, Policy, Prior, Strict

HOUR = 3600.0
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Worker:
    """One agent: planned absences over the whole run, topics served (None: all), pace (2: twice as slow)."""

    name: str
    absences: tuple[Span, ...] = ()
    skills: frozenset[str] | None = None
    pace: float = 1.0


@dataclass(frozen=True, slots=True)
class Scenario:
    """A desk and its customers. `rate(t)` is per second and below `top`; `mix` draws (class, topic)."""

    name: str
    hours: float
    warm: float
    workers: tuple[Worker, ...]
    rate: Callable[[float], float]
    top: float
    mix: Callable[[random.Random, float], tuple[str, str]]
    law: Callable[[str], Law]
    prior: Prior
    policy: Policy = field(default_factory=Fifo)
    classes: tuple[tuple[str, float], ...] = (("normal", 1.0),)
    scale: Callable[[float], float] = lambda _: 1.0
    patience: float | None = None
    absence: float = 0.0
    absence_s: float = 420.0
    oracle_every: int = 60
    skilled: bool = False

    def lane(self, cls: str, topic: str) -> str:
        """Who is comparable: a class, and where agents differ in skills a topic too."""
        return f"{cls}/{topic}" if self.skilled else cls


def _plain(_rng: random.Random, _t: float) -> tuple[str, str]:
    return "normal", "other"


def _crew(n: int, *absences: Span) -> tuple[Worker, ...]:
    return tuple(Worker(f"a{k}", absences) for k in range(n))


def _days(hours: float, day: float, *spans: Span) -> tuple[Span, ...]:
    """Repeat the spans of one day (in hours) over the run."""
    count = math.ceil(hours / day)
    return tuple(((d * day + a) * HOUR, (d * day + b) * HOUR) for d in range(count) for a, b in spans)


def s1(hours: float) -> Scenario:
    """M/M/20, AHT 300, load 0.95."""
    rate = 0.95 * 20 / 300
    law = Law("exp", 300.0)
    return Scenario("S1", hours, 2 * HOUR, _crew(20), lambda _: rate, rate, _plain, lambda _: law, Prior(aht=240.0))


def s2(hours: float) -> Scenario:
    """A day of twelve hours: arrivals along a curve, log-normal cv 1.2, patience 600; 16 to 40 agents by a roster of
    two-hour shifts."""
    law = Law("lognormal", 300.0, 1.2)

    def curve(h: float) -> float:
        return 28.0 - 14.0 * math.cos(2.0 * math.pi * h / 12.0)

    roster = [round(curve(h + 1.0)) for h in range(0, 12, 2)]
    workers = []
    for k in range(max(roster)):
        off = [(2.0 * j, 2.0 * j + 2.0) for j, n in enumerate(roster) if k >= n]
        workers.append(Worker(f"a{k}", _days(hours, 12.0, *off)))

    def rate(t: float) -> float:
        return 0.97 * curve(t / HOUR % 12.0) / 300.0

    return Scenario(
        *("S2", hours, HOUR, tuple(workers), rate, 0.97 * 42 / 300, _plain, lambda _: law, Prior(aht=240.0)),
        patience=600.0,
    )


def s3(hours: float) -> Scenario:
    """Three strict classes of 10, 25 and 65 %, AHT 420, 300, 240, 30 agents, patience 900."""
    classes = (("vip", 0.10), ("urgent", 0.25), ("normal", 0.65))
    means = {"vip": 420.0, "urgent": 300.0, "normal": 240.0}
    rate = 1.08 * 30 / sum(share * means[c] for c, share in classes)

    def mix(rng: random.Random, _t: float) -> tuple[str, str]:
        u = rng.random()
        cls = "vip" if u < 0.10 else "urgent" if u < 0.35 else "normal"
        return cls, cls

    laws = {k: Law("exp", m) for k, m in means.items()}
    policy = Strict(("vip", "urgent", "normal"))
    return Scenario(
        *("S3", hours, 2 * HOUR, _crew(30), lambda _: rate, rate, mix, laws.__getitem__, Prior(aht=240.0)),
        policy=policy,
        classes=classes,
        patience=900.0,
    )


def s4(hours: float) -> Scenario:
    """Twelve agents with lunch and tea on plan; 6 % of contacts are followed by about 7 minutes away."""
    law = Law("lognormal", 300.0, 1.0)
    workers = []
    for k in range(12):
        lunch, tea = 3.5 + 0.5 * (k % 3), 6.0 + 0.25 * (k % 4)
        workers.append(Worker(f"a{k}", _days(hours, 8.0, (lunch, lunch + 0.75), (tea, tea + 0.25))))
    rate = 0.80 * 12 / 300
    prior = Prior(aht=240.0)
    return Scenario(
        *("S4", hours, 2 * HOUR, tuple(workers), lambda _: rate, rate, _plain, lambda _: law, prior),
        patience=1800.0,
        absence=0.06,
    )


def s5a(hours: float) -> Scenario:
    """One member of staff, gamma cv 0.6, eight minutes each; the prior says ten."""
    law = Law("gamma", 480.0, 0.6)
    rate = 0.88 / 480
    prior = Prior(aht=600.0, cv=0.7)
    return Scenario(
        *("S5a", hours, 8 * HOUR, _crew(1), lambda _: rate, rate, _plain, lambda _: law, prior),
        patience=3600.0,
        oracle_every=10,
    )


def s5b(hours: float) -> Scenario:
    """Three staff of speed 1.25, 1 and 0.8; services of 30 and 10 minutes; lunch in turn."""
    laws = {"cut": Law("gamma", 1800.0, 0.35), "fringe": Law("gamma", 600.0, 0.4)}
    workers = tuple(
        Worker(f"a{k}", _days(hours, 10.0, (4.0 + k, 5.0 + k)), pace=1.0 / speed)
        for k, speed in enumerate((1.25, 1.0, 0.8))
    )
    rate = 1.03 * 2.7 / 1200

    def mix(rng: random.Random, _t: float) -> tuple[str, str]:
        return "normal", "cut" if rng.random() < 0.5 else "fringe"

    prior = Prior(aht=1500.0, cv=0.6)
    return Scenario(
        *("S5b", hours, 20 * HOUR, workers, lambda _: rate, rate, mix, laws.__getitem__, prior),
        patience=4500.0,
        oracle_every=10,
    )


def s6(hours: float) -> Scenario:
    """Fifty agents; once in eight hours 45 minutes of threefold arrivals, 66 % of them about something new."""
    base = 0.80 * 50 / 300

    def burst(t: float) -> int | None:
        day, rest = divmod(t, 8 * HOUR)
        return int(day) if 2.5 * HOUR <= rest < 3.25 * HOUR else None

    def mix(rng: random.Random, t: float) -> tuple[str, str]:
        day = burst(t)
        return "normal", "other" if day is None or rng.random() > 0.66 else f"incident{day}"

    def law(topic: str) -> Law:
        return Law("exp", 300.0 if topic == "other" else 420.0)

    return Scenario(
        *("S6", hours, 2 * HOUR, _crew(50), lambda t: base * (1.0 if burst(t) is None else 3.0), 3 * base),
        *(mix, law, Prior(aht=240.0)),
        patience=1350.0,
        oracle_every=120,
    )


def s7(hours: float) -> Scenario:
    """Twenty-five agents; handling time climbs by 60 % and comes back within every eight hours."""
    law = Law("exp", 300.0)
    rate = 0.73 * 25 / 300

    def scale(t: float) -> float:
        x = t / HOUR % 8.0
        return 1.0 + 0.6 * max(0.0, 1.0 - abs(x - 4.0) / 4.0)

    prior = Prior(aht=240.0)
    return Scenario(
        *("S7", hours, 2 * HOUR, _crew(25), lambda _: rate, rate, _plain, lambda _: law, prior),
        scale=scale,
        patience=2400.0,
    )


def s8(hours: float) -> Scenario:
    """Three topics, agents with one or two of them: 6 A, 4 B, 3 C, 4 AB, 3 BC."""
    groups = ((6, "a"), (4, "b"), (3, "c"), (4, "ab"), (3, "bc"))
    kinds = [skills for n, skills in groups for _ in range(n)]
    workers = tuple(Worker(f"a{k}", skills=frozenset(skills)) for k, skills in enumerate(kinds))
    laws = {"a": Law("lognormal", 300.0), "b": Law("lognormal", 360.0), "c": Law("lognormal", 240.0)}
    shares = (("a", 0.42), ("b", 0.33), ("c", 0.25))
    rate = 0.93 * 20 / sum(s * laws[k].mean for k, s in shares)

    def mix(rng: random.Random, _t: float) -> tuple[str, str]:
        u = rng.random()
        return "normal", "a" if u < 0.42 else "b" if u < 0.75 else "c"

    prior = Prior(aht=240.0)
    return Scenario(
        *("S8", hours, 2 * HOUR, workers, lambda _: rate, rate, mix, laws.__getitem__, prior),
        patience=1200.0,
        skilled=True,
    )


SCENARIOS: dict[str, tuple[Callable[[float], Scenario], float, float]] = {
    "S1": (s1, 60.0, 6.0),
    "S2": (s2, 48.0, 6.0),
    "S3": (s3, 40.0, 6.0),
    "S4": (s4, 96.0, 10.0),
    "S5a": (s5a, 600.0, 60.0),
    "S5b": (s5b, 700.0, 70.0),
    "S6": (s6, 40.0, 6.0),
    "S7": (s7, 56.0, 10.0),
    "S8": (s8, 48.0, 8.0),
}
"""Builder, hours of one full run and of one short run."""
