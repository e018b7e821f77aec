"""The irreducible limit: play on from the true state with the true laws and see how wide the future is."""

from __future__ import annotations

import heapq
import math
import random
from collections.abc import Iterator

from benchmarks.wait.simulate import Caller, Desk, Station

_Waiter = tuple[tuple[float, float, int], str, float]


def oracle(desk: Desk, target: Caller, paths: int, rng: random.Random) -> list[float]:
    """Sorted virtual waits of `target` from now on, one per path."""
    ahead = [c for c in desk.live() if c.key < target.key]
    return sorted(_path(desk, target, ahead, rng) for _ in range(paths))


def _path(desk: Desk, target: Caller, ahead: list[Caller], rng: random.Random) -> float:
    sc, now = desk.scenario, desk.t
    free = [(_first_free(desk, s, rng), k) for k, s in enumerate(desk.stations)]
    free = [f for f in free if f[0] < math.inf]
    heapq.heapify(free)
    limits = _patience(ahead, sc.patience, now, rng)
    line = [(c.key, c.topic, limits[c.id]) for c in ahead]
    newcomers = _overtakers(desk, target, rng)
    upcoming = next(newcomers, None)
    while free:
        t, k = heapq.heappop(free)
        station = desk.stations[k]
        while upcoming is not None and upcoming[0] <= t:
            line.append(upcoming[1])
            line.sort()
            upcoming = next(newcomers, None)
        pick = None
        for i, (_, topic, limit) in enumerate(line):
            if station.serves(topic) and limit > t:
                pick = i
                break
        if pick is None:
            if station.serves(target.topic):
                return t - now
            # Nothing for this agent to do before the target is served.
            continue
        topic = line.pop(pick)[1]
        end = t + sc.scale(t) * station.worker.pace * sc.law(topic).draw(rng)
        heapq.heappush(free, (_after(desk, station, end, rng), k))
    return 12 * 3600.0


def _patience(ahead: list[Caller], mean: float | None, now: float, rng: random.Random) -> dict[str, float]:
    return {c.id: now + rng.expovariate(1.0 / mean) if mean else math.inf for c in ahead}


def _first_free(desk: Desk, station: Station, rng: random.Random) -> float:
    t = desk.t
    if station.serving is not None:
        law = desk.scenario.law(station.serving.topic)
        rest = station.scale * law.rest(rng, (t - station.since) / station.scale)
        return _after(desk, station, t + rest, rng)
    if station.away:
        if station.back is not None:
            return station.back
        return _planned(station, t + rng.expovariate(1.0 / desk.scenario.absence_s))
    return _planned(station, t)


def _after(desk: Desk, station: Station, end: float, rng: random.Random) -> float:
    planned = _planned(station, end)
    if planned > end:
        return planned
    if desk.scenario.absence and rng.random() < desk.scenario.absence:
        return _planned(station, end + rng.expovariate(1.0 / desk.scenario.absence_s))
    return end


def _planned(station: Station, t: float) -> float:
    for leave, back in station.worker.absences:
        if leave <= t < back:
            t = back
    return t


def _overtakers(desk: Desk, target: Caller, rng: random.Random) -> Iterator[tuple[float, _Waiter]]:
    """Future arrivals that may pass the target, in time order: (time, (key, topic, patience limit))."""
    sc = desk.scenario
    rivals = {c for c, _ in sc.classes if sc.policy.gap(c, target.cls) > 0.0}
    if not rivals:
        return
    t = desk.t
    n = desk.count
    while True:
        t += rng.expovariate(sc.top)
        if rng.random() * sc.top > sc.rate(t):
            continue
        cls, topic = sc.mix(rng, t)
        n += 1
        key = (*sc.policy.key(cls, t), n)
        if cls in rivals and key < target.key:
            limit = t + rng.expovariate(1.0 / sc.patience) if sc.patience else math.inf
            yield t, (key, topic, limit)
