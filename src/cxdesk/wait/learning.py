"""Learners that take one observation at a time: durations, hazards, rates and drift.

Each update is O(1) in the history; each learner turns into plain JSON and back.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

_RATIO: Final = math.log(1.06)
_BINS: Final = 184  # 1 s * 1.06 ** 183 is about 12 hours
_EDGES: Final = tuple([0.0] + [math.exp(_RATIO * k) for k in range(_BINS)])
_MEMORY: Final = 1500.0

HAZARD_EDGES: Final = tuple([0.0] + [5.0 * 2.0**k for k in range(13)])
"""Lower edges in seconds of the 14 logarithmic hazard bins (WAIT.md 5.1.2)."""


def numbers(value: object, length: int) -> list[float] | None:
    """Read a list of `length` finite numbers from JSON, or None when it is anything else."""
    if not isinstance(value, list) or len(value) != length:
        return None
    if not all(isinstance(x, int | float) and math.isfinite(x) for x in value):
        return None
    return [float(x) for x in value]


class Durations:
    """Service times as a histogram with 6 % bins and a memory of about 1,500 services."""

    __slots__ = ("_bins", "_sum", "_sum2", "_total", "_weight", "open_s", "seen")

    def __init__(self) -> None:
        self._bins = [0.0] * _BINS
        self._total = self._sum = self._sum2 = 0.0
        # Newer weights grow instead of old ones shrinking, so that an update touches one bin.
        self._weight = 1.0
        self.seen = 0
        # Seconds of services still open, set from outside while the history is young.
        self.open_s = 0.0

    @property
    def n(self) -> float:
        """Effective number of observations."""
        return self._total / self._weight

    def mean(self) -> float:
        """Mean in seconds (0 when empty)."""
        return self._sum / self._total if self._total else 0.0

    def scv(self) -> float:
        """Squared coefficient of variation (0 when empty)."""
        mean = self.mean()
        return max(0.0, self._sum2 / self._total / (mean * mean) - 1.0) if mean else 0.0

    def add(self, seconds: float) -> None:
        """Learn one service; below a second counts as one second."""
        seconds = min(max(seconds, 1.0), 43_200.0)
        w = self._weight
        self._bins[min(int(math.log(seconds) / _RATIO), _BINS - 1)] += w
        self._total += w
        self._sum += w * seconds
        self._sum2 += w * seconds * seconds
        self.seen += 1
        self._weight = w * (1.0 + 1.0 / _MEMORY)
        if self._weight > 1e9:
            self._rescale()

    def _rescale(self) -> None:
        k = 1.0 / self._weight
        self._bins = [b * k for b in self._bins]
        self._total, self._sum, self._sum2 = self._total * k, self._sum * k, self._sum2 * k
        self._weight = 1.0

    def survivor(self, times: Sequence[float]) -> list[float]:
        """P(service > t) at increasing times, mass spread evenly inside a bin."""
        if not self._total:
            return [0.0] * len(times)
        out: list[float] = []
        k, below, bins, total = 0, 0.0, self._bins, self._total
        lo, hi = 1.0, _EDGES[2]
        for t in times:
            while t >= hi and k < _BINS - 1:
                below += bins[k]
                k += 1
                lo, hi = hi, math.exp(_RATIO * (k + 1))
            part = bins[k] * min(max((t - lo) / (hi - lo), 0.0), 1.0)
            out.append(max(0.0, 1.0 - (below + part) / total))
        return out

    def dump(self) -> list[object]:
        """State as JSON: sparse bins, sums, weight, count, open."""
        used = [[i, b] for i, b in enumerate(self._bins) if b]
        return [used, self._total, self._sum, self._sum2, self._weight, self.seen, self.open_s]

    @classmethod
    def parse(cls, value: object) -> Durations:
        """Read `dump` back; anything unreadable gives an empty learner."""
        new = cls()
        if not isinstance(value, list) or len(value) != 7 or not isinstance(value[0], list):
            return new
        sums = numbers(value[1:], 6)
        pairs = [numbers(pair, 2) for pair in value[0]]
        if sums is None or sums[3] <= 0 or any(p is None or not 0 <= p[0] < _BINS for p in pairs):
            return new
        for pair in pairs:
            if pair is not None:
                new._bins[int(pair[0])] = pair[1]
        new._total, new._sum, new._sum2, new._weight = sums[:4]
        new.seen, new.open_s = int(sums[4]), sums[5]
        return new


class Hazard:
    """A piecewise constant hazard: (events + 3) / (exposure + 3 / base) in each bin (WAIT.md 5.1.2)."""

    __slots__ = ("_base", "_events", "_exposure")

    def __init__(self, base: Sequence[float]) -> None:
        self._base = tuple(base)
        self._events = [0.0] * len(HAZARD_EDGES)
        self._exposure = [0.0] * len(HAZARD_EDGES)

    def observe(self, seconds: float, happened: bool, entered: float = 0.0) -> None:
        """Book a spell watched from age `entered` to age `seconds`, ended by the event or cut off."""
        seconds = min(max(seconds, 0.0), 172_800.0)
        entered = min(max(entered, 0.0), seconds)
        last = bisect_right(HAZARD_EDGES, seconds) - 1
        for k in range(bisect_right(HAZARD_EDGES, entered) - 1, last):
            self._exposure[k] += HAZARD_EDGES[k + 1] - max(HAZARD_EDGES[k], entered)
        self._exposure[last] += seconds - max(HAZARD_EDGES[last], entered)
        self._events[last] += happened

    def with_open(self, spells: Sequence[tuple[float, float]]) -> Hazard:
        """A copy that also counts spells (age, weight) that are still going on."""
        new = Hazard(self._base)
        new._events, new._exposure = list(self._events), list(self._exposure)
        for age, weight in spells:
            for k, low in enumerate(HAZARD_EDGES):
                if age <= low:
                    break
                high = HAZARD_EDGES[k + 1] if k + 1 < len(HAZARD_EDGES) else age
                new._exposure[k] += weight * (min(age, high) - low)
        return new

    def rates(self) -> list[float]:
        """Hazard per second in each bin."""
        return [(d + 3.0) / (x + 3.0 / b) for d, x, b in zip(self._events, self._exposure, self._base, strict=True)]

    def survivor(self, times: Sequence[float]) -> list[float]:
        """P(spell > t) at increasing times, floored at 1e-130 so that ratios stay finite."""
        rates = self.rates()
        out: list[float] = []
        k, cumulative = 0, 0.0
        for t in times:
            while k < len(rates) - 1 and t >= HAZARD_EDGES[k + 1]:
                cumulative += rates[k] * (HAZARD_EDGES[k + 1] - HAZARD_EDGES[k])
                k += 1
            out.append(math.exp(-min(cumulative + rates[k] * (t - HAZARD_EDGES[k]), 300.0)))
        return out

    def dump(self) -> list[object]:
        """State as JSON."""
        return [list(self._events), list(self._exposure)]

    def restore(self, value: object) -> None:
        """Take `dump` back; anything unreadable is ignored."""
        if isinstance(value, list) and len(value) == 2:
            events = numbers(value[0], len(HAZARD_EDGES))
            exposure = numbers(value[1], len(HAZARD_EDGES))
            if events is not None and exposure is not None:
                self._events, self._exposure = events, exposure


class Rate:
    """An arrival rate with a memory of `tau` seconds (exponential weights)."""

    __slots__ = ("_at", "_value", "tau")

    def __init__(self, tau: float = 900.0) -> None:
        self.tau = tau
        self._value = 0.0
        self._at = 0.0

    def at(self, t: float) -> float:
        """Events per second at time t."""
        return self._value * math.exp(-max(0.0, t - self._at) / self.tau)

    def add(self, t: float) -> None:
        """Book one event at time t."""
        self._value = self.at(t) + 1.0 / self.tau
        self._at = t

    def dump(self) -> list[object]:
        """State as JSON."""
        return [self._value, self._at]

    def restore(self, value: object) -> None:
        """Take `dump` back; anything unreadable is ignored."""
        if (pair := numbers(value, 2)) is not None:
            self._value, self._at = pair


class Drift:
    """Are services longer than learned? Busy seconds over expected seconds (WAIT.md 4.5, point 4).

    Two memories (half-lives of 30 and 120 completions); each log ratio is kept only as far as it
    exceeds its own noise: factor max(0, 1 - 2.5 se^2 / l^2).
    """

    __slots__ = ("_busy", "_expected", "_n")
    _DECAY: Final = (0.5 ** (1 / 30.0), 0.5 ** (1 / 120.0))
    _TAU2: Final = 2.5

    def __init__(self) -> None:
        self._busy = [0.0, 0.0]
        self._expected = [0.0, 0.0]
        self._n = [0.0, 0.0]

    def busy(self, seconds: float) -> None:
        """Book contact-seconds in service, or take some back; call it before the event that ends them is applied."""
        self._busy = [max(0.0, busy + seconds) for busy in self._busy]

    def completed(self, expected: float) -> None:
        """Book one completion whose law has mean `expected` seconds."""
        for k, decay in enumerate(self._DECAY):
            self._busy[k] *= decay
            self._expected[k] = self._expected[k] * decay + expected
            self._n[k] = self._n[k] * decay + 1.0

    def factor(self, scv: float, mean: float) -> float:
        """Multiplier of the learned durations, between 0.4 and 3; ``mean`` is that of a service by the law in use."""
        logs, noise = [], []
        for busy, expected, n in zip(self._busy, self._expected, self._n, strict=True):
            # Five neutral completions keep the first hour calm.
            neutral = 5.0 * (expected / n if n else mean)
            logs.append(math.log((busy + neutral) / (expected + neutral)))
            # An exponentially weighted sum of n (n: sum of weights) is worth about 2n observations.
            noise.append(max(scv, 0.05) / (2.0 * n + 5.0))
        level = logs[1] * self._keep(logs[1], noise[1])
        recent = logs[0] - level
        level += recent * self._keep(recent, noise[0])
        return min(max(math.exp(level), 0.4), 3.0)

    def _keep(self, log: float, noise: float) -> float:
        return max(0.0, 1.0 - self._TAU2 * noise / (log * log)) if log else 0.0

    def dump(self) -> list[object]:
        """State as JSON."""
        return [*self._busy, *self._expected, *self._n]

    def restore(self, value: object) -> None:
        """Take `dump` back; anything unreadable is ignored."""
        if (six := numbers(value, 6)) is not None and min(six) >= 0:
            self._busy, self._expected, self._n = six[:2], six[2:4], six[4:]
