"""Small desks: play the queue forward 199 times instead of using the slot formula (WAIT.md 5.1.7).

Draws belong to contacts, not to the order of events: adding a person or an agent changes only what
it must (common random numbers), and the same desk always gives the same numbers.
"""

from __future__ import annotations

import math
import random
import zlib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cxdesk.wait.floor import Contact
from cxdesk.wait.laws import Law, Laws

PATHS: Final = 199
MAX_AGENTS: Final = 5
MAX_WAITING: Final = 30


@dataclass(frozen=True, slots=True)
class Server:
    """One agent slot of the play: when it is first free on each path, its planned absences relative to
    now, its speed (durations are multiplied by it) and the topics it serves (None: all)."""

    free: Sequence[float]
    absences: Sequence[tuple[float, float]]
    pace: float
    skills: frozenset[str] | None


class Draws:
    """Stratified uniform numbers per name, made once and forgotten when the name is gone."""

    __slots__ = ("_cache",)

    def __init__(self) -> None:
        self._cache: dict[str, list[float]] = {}

    def of(self, name: str) -> list[float]:
        """PATHS numbers in (0, 1), one in each of PATHS equal cells, in an order fixed by the name."""
        found = self._cache.get(name)
        if found is None:
            if len(self._cache) > 400:
                self._cache.clear()
            rng = random.Random(zlib.crc32(name.encode("utf-8", "replace")))
            found = [(k + 0.5) / PATHS for k in range(PATHS)]
            rng.shuffle(found)
            self._cache[name] = found
        return found


def inverse(survivor: Sequence[float], step: float, level: float) -> float:
    """Time at which a decreasing table falls to `level`; its tail goes on geometrically."""
    last = survivor[-1]
    if level <= last:
        tail = math.log(survivor[-31] / last) / (30.0 * step) if survivor[-31] > last else 1.0 / step
        return step * (len(survivor) - 1) + min(math.log(last / max(level, 1e-15)) / tail, 1e6)
    k = bisect_left(survivor, -level, key=lambda x: -x)
    if k == 0:
        return 0.0
    a, b = survivor[k - 1], survivor[k]
    return step * (k - 1 + ((a - level) / (a - b) if a > b else 1.0))


def at_age(survivor: Sequence[float], step: float, age: float) -> float:
    """Value of a table at `age` seconds."""
    cell = age / step
    k = int(cell)
    if k >= len(survivor) - 1:
        tail = (survivor[-1] / survivor[-31]) ** (1 / 30)
        return max(survivor[-1] * tail ** min(cell - len(survivor) + 1, 1e4), 1e-14)
    return survivor[k] + (cell - k) * (survivor[k + 1] - survivor[k])


def totals(survivor: Sequence[float], step: float, age: float, draws: Sequence[float]) -> list[float]:
    """Remaining times beyond `age` on each path; total time rises with age on every path, so that
    waiting without an event never shortens an estimate by more than the time that passed."""
    alive = at_age(survivor, step, age) if age > 0 else 1.0
    return [max(0.0, inverse(survivor, step, u * alive) - age) for u in draws]


def play(
    line: Sequence[Contact],
    t: float,
    servers: Sequence[Server],
    laws: Laws,
    drift: float,
    draws: Draws,
    absence: Sequence[float],
) -> list[list[float]]:
    """Start times in seconds from now, one sorted list per waiter.

    `absence` is a survivor table (same step as the laws, undrifted) of spells away after a contact.
    """
    services, patience = _columns(line, t, laws, drift, draws)
    detours: Mapping[str, list[float]] = {
        c.id: _detours(draws.of("away" + c.id), laws.absence, absence, laws.step) for c in line
    }
    able = [[s for s, server in enumerate(servers) if server.skills is None or c.topic in server.skills] for c in line]
    out: list[list[float]] = [[] for _ in line]
    paces = [s.pace for s in servers]
    absences = [s.absences for s in servers]
    for path in range(PATHS):
        free = [_shift(s.free[path], s.absences) for s in servers]
        for k, contact in enumerate(line):
            choice = able[k]
            if not choice:
                out[k].append(math.inf)
                continue
            best = min(choice, key=free.__getitem__)
            start = free[best]
            out[k].append(start)
            if start >= patience[k][path] or start == math.inf:
                continue
            end = start + services[k][path] * paces[best] + detours[contact.id][path]
            free[best] = _shift(end, absences[best]) if absences[best] else end
    for column in out:
        column.sort()
    return out


def _columns(
    line: Sequence[Contact], t: float, laws: Laws, drift: float, draws: Draws
) -> tuple[list[list[float]], list[list[float]]]:
    services, patience = [], []
    for c in line:
        law: Law = laws.law(c.topic)
        u = draws.of(c.id)
        services.append(totals(law.survivor, laws.step * drift, c.served, u))
        v = draws.of("stay" + c.id)
        patience.append(totals(laws.patience, laws.patience_step, max(0.0, t - c.arrived), v))
    return services, patience


def _detours(u: Sequence[float], share: float, survivor: Sequence[float], step: float) -> list[float]:
    """Absence after the contact: none with probability 1 - share."""
    if share <= 0.0:
        return [0.0] * len(u)
    return [inverse(survivor, step, x / share) if x < share else 0.0 for x in u]


def _shift(free: float, absences: Sequence[tuple[float, float]]) -> float:
    """Move a free moment that falls into a planned absence to its end."""
    for leave, back in absences:
        if leave <= free < back:
            free = back
    return free
