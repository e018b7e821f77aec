"""Small desks: play the queue forward 199 times instead of using the slot formula (WAIT.md 5.1.7).

Draws belong to contacts, not to the order of events: adding a person or an agent changes only what
it must (common random numbers), and the same desk always gives the same numbers.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cxdesk.wait.floor import Contact
from cxdesk.wait.laws import Laws

PATHS: Final = 199
_FIFTH: Final = [pow(x, 5, PATHS) for x in range(PATHS)] * 2
_LEVELS: Final = [1.0 - (k + 0.5) / PATHS for k in range(PATHS)]


@dataclass(frozen=True, slots=True)
class Server:
    """One agent slot of the play: when it is first free on each path, its planned absences relative to
    now, its speed (durations are multiplied by it) and the topics it serves (None: all)."""

    free: Sequence[float]
    absences: Sequence[tuple[float, float]]
    pace: float
    skills: frozenset[str] | None


class Draws:
    """A permutation of the PATHS equal cells of (0, 1) per name: stratified draws without a generator.

    x -> a (x + c)^5 + b permutes the integers modulo the prime 199, since 5 has no factor in common
    with 198; a, b and c come from a checksum of the name.
    """

    __slots__ = ("_cache",)

    def __init__(self) -> None:
        self._cache: dict[str, list[int]] = {}

    def of(self, name: str) -> list[int]:
        """Cells 0 .. PATHS - 1 in an order fixed by the name."""
        found = self._cache.get(name)
        if found is None:
            if len(self._cache) > 400:
                self._cache.clear()
            rest, c = divmod(zlib.crc32(name.encode("utf-8", "replace")), PATHS)
            rest, b = divmod(rest, PATHS)
            a = 1 + rest % (PATHS - 1)
            found = self._cache[name] = [(a * x + b) % PATHS for x in _FIFTH[c : c + PATHS]]
        return found


def remaining(survivor: Sequence[float], step: float, age: float) -> list[float]:
    """Remaining times beyond `age` seconds at PATHS equally likely levels, longest last.

    The total time rises with the age at every level, so that waiting without an event never shortens
    an estimate by more than the time that passed. The tail goes on geometrically.
    """
    last = len(survivor) - 1
    fall = _fall(survivor) / step
    if age >= step * last:
        # Nobody was ever seen this long in service: forgotten, and as likely to end now as later.
        return [min(-math.log(x) / fall, 1e6) for x in _LEVELS]
    alive = at_age(survivor, step, age) if age > 0 else 1.0
    k = int(max(age, 0.0) / step)
    out: list[float] = []
    for level in [alive * x for x in _LEVELS]:
        while k < last and survivor[k + 1] > level:
            k += 1
        if k < last:
            a, b = survivor[k], survivor[k + 1]
            t = step * (k + ((a - level) / (a - b) if a > b else 1.0))
        else:
            t = step * last + min(math.log(survivor[last] / max(level, 1e-30)) / fall, 1e6)
        out.append(max(0.0, t - age))
    return out


def at_age(survivor: Sequence[float], step: float, age: float) -> float:
    """Value of a survivor table at `age` seconds, inside the table."""
    cell = age / step
    k = min(int(cell), len(survivor) - 2)
    return survivor[k] + (cell - k) * (survivor[k + 1] - survivor[k])


def _fall(survivor: Sequence[float]) -> float:
    """Hazard per step at the end of a table."""
    return max(math.log(survivor[-31] / survivor[-1]) / 30.0, 1e-4)


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

    `absence` holds the spells away after a contact at PATHS equally likely levels.
    """
    services, patience = _columns(line, t, laws, drift, draws)
    if laws.absence > 0.002:
        for c, column in zip(line, services, strict=True):
            add_absences(column, draws.of("away" + c.id), laws.absence, absence)
    able = [[s for s, server in enumerate(servers) if server.skills is None or c.topic in server.skills] for c in line]
    out: list[list[float]] = [[] for _ in line]
    paces = [s.pace for s in servers]
    absences = [s.absences for s in servers]
    rows = list(zip(able, services, patience, out, strict=True))
    for path in range(PATHS):
        free = [shift(s.free[path], s.absences) for s in servers]
        when = free.__getitem__
        for choice, service, stays, starts in rows:
            if not choice:
                starts.append(math.inf)
                continue
            best = min(choice, key=when)
            start = free[best]
            starts.append(start)
            if start < stays[path]:
                end = start + service[path] * paces[best]
                free[best] = shift(end, absences[best]) if absences[best] else end
    for column in out:
        column.sort()
    return out


def _columns(
    line: Sequence[Contact], t: float, laws: Laws, drift: float, draws: Draws
) -> tuple[list[list[float]], list[list[float]]]:
    """Service and remaining patience of everybody on every path."""
    services, patience = [], []
    fresh: dict[str, list[float]] = {}
    step = laws.step * drift
    for c in line:
        if c.served > 0.0 or (table := fresh.get(c.topic)) is None:
            table = remaining(laws.law(c.topic).survivor, step, c.served)
            if c.served <= 0.0:
                fresh[c.topic] = table
        services.append([table[k] for k in draws.of(c.id)])
        stay = remaining(laws.patience, laws.patience_step, max(0.0, t - c.arrived))
        patience.append([stay[k] for k in draws.of("stay" + c.id)])
    return services, patience


def add_absences(column: list[float], cells: Sequence[int], share: float, absence: Sequence[float]) -> None:
    """Lengthen a service by the absence that follows it on a `share` of the paths."""
    hit = share * PATHS
    for path, cell in enumerate(cells):
        if cell < hit:
            column[path] += absence[int((cell + 0.5) / max(hit, 1.0) * PATHS) % PATHS]


def shift(free: float, absences: Sequence[tuple[float, float]]) -> float:
    """Move a free moment that falls into a planned absence to its end."""
    for leave, back in absences:
        if leave <= free < back:
            free = back
    return free
