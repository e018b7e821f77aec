"""Mail and tickets have no queue position: when will the first reply come? (WAIT.md 5.1.8)

Kaplan-Meier over past first replies, in seconds of working time, by group and priority, shrunk to the
whole desk. The calendar is passed in as a list of working windows.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from cxdesk.wait.learning import numbers

_PSEUDO: Final = 10.0
_KEEP: Final = 500
_COLD: Final = 20


class Calendar:
    """Working windows (open, close) in clock seconds; overlapping ones are merged."""

    __slots__ = ("_before", "_closes", "_opens")

    def __init__(self, windows: Iterable[tuple[float, float]]) -> None:
        self._opens: list[float] = []
        self._closes: list[float] = []
        for a, b in sorted(w for w in windows if math.isfinite(w[0]) and math.isfinite(w[1]) and w[1] > w[0]):
            if self._closes and a <= self._closes[-1]:
                self._closes[-1] = max(self._closes[-1], b)
            else:
                self._opens.append(a)
                self._closes.append(b)
        self._before = [0.0]
        for a, b in zip(self._opens, self._closes, strict=True):
            self._before.append(self._before[-1] + b - a)

    def worked(self, t: float) -> float:
        """Working seconds before clock time t, counted from the first window."""
        k = bisect_right(self._opens, t) - 1
        if k < 0:
            return 0.0
        return self._before[k] + min(t, self._closes[k]) - self._opens[k]

    def between(self, start: float, end: float) -> float:
        """Working seconds from start to end, never negative."""
        return max(0.0, self.worked(end) - self.worked(start))

    def after(self, start: float, seconds: float) -> float | None:
        """Clock time at which `seconds` of work after `start` are done; None beyond the last window."""
        goal = self.worked(start) + max(seconds, 0.0)
        k = bisect_right(self._before, goal) - 1
        if k > 0 and goal == self._before[k]:
            k -= 1  # exactly at closing time belongs to the day before, not to the next opening
        if k >= len(self._opens) or goal > self._before[-1]:
            return None
        return max(self._opens[k] + goal - self._before[k], start)


@dataclass(frozen=True, slots=True)
class Reply:
    """Clock times by which 10, 50 and 90 % of such contacts are answered; None beyond the calendar."""

    p10_at: float | None
    p50_at: float | None
    p90_at: float | None
    state: Literal["ok", "cold"]
    n: int


class ReplyModel:
    """Learns first replies; the last 500 spells of each (group, priority) are kept, without ids.

    `typical_s` is the prior: the median first reply in working seconds before anything was seen.
    """

    def __init__(self, calendar: Calendar, *, typical_s: float = 14_400.0) -> None:
        self.calendar = calendar
        self._typical = typical_s if math.isfinite(typical_s) and typical_s > 0 else 14_400.0
        self._spells: dict[tuple[str, str], list[tuple[float, bool]]] = {}
        self._stretch = 1.0
        self._scored = 0

    def learn(self, opened: float, closed: float, *, group: str, priority: str, replied: bool = True) -> None:
        """Book a spell that ended in a reply, or (replied=False) was withdrawn or is cut off now."""
        if not (math.isfinite(opened) and math.isfinite(closed)):
            return
        seconds = self.calendar.between(opened, closed)
        if replied:
            self._score(seconds, group, priority)
        spells = self._spells.setdefault((group, priority), [])
        spells.append((seconds, replied))
        if len(spells) > _KEEP:
            del spells[0]

    def estimate(self, opened: float, now: float, *, group: str, priority: str) -> Reply:
        """When the reply to a contact opened at `opened` and open at `now` is likely to come."""
        age = self.calendar.between(opened, now)
        p10, p50, p90 = self.remaining(age, group, priority)
        p90 = p50 + self._stretch * (p90 - p50)
        n = sum(len(s) for s in self._spells.values())
        at = [self.calendar.after(now, x) for x in (p10, p50, p90)]
        return Reply(at[0], at[1], at[2], "cold" if n < _COLD else "ok", n)

    def remaining(self, age: float, group: str, priority: str) -> tuple[float, float, float]:
        """P10, P50, P90 of the remaining working seconds, given `age` without a reply."""
        curve = self._survivor(group, priority, age)
        out: list[float] = []
        for level in (0.9, 0.5, 0.1):
            # Beyond what was ever seen the tail doubles its time for every halving.
            found = next((t for t, s in curve if s <= level), None)
            if found is None:
                t, s = curve[-1] if curve else (self._typical, 1.0)
                base = max(t, self._typical, age * 0.5)
                found = t + base * math.log2(max(s, level) / level)
            out.append(max(0.0, found))
        return out[0], max(out[0], out[1]), max(out)

    def _survivor(self, group: str, priority: str, age: float) -> list[tuple[float, float]]:
        """Conditional survivor steps (remaining seconds, P) of the group, shrunk to the desk."""
        own = self._spells.get((group, priority), [])
        desk = [s for spells in self._spells.values() for s in spells]
        weight = _PSEUDO / max(len(desk), 1)
        prior = [(self._typical * 2.0 ** (k - 2.0), 0.6) for k in range(5)]
        weighted = [(t, seen, 1.0) for t, seen in own]
        weighted += [(t, seen, weight) for t, seen in desk]
        weighted += [(t, True, w) for t, w in prior]
        return kaplan_meier([(t - age, seen, w) for t, seen, w in weighted if t > age])

    def _score(self, seconds: float, group: str, priority: str) -> None:
        """Track the upper edge so that one reply in ten comes later than it (as in calibrate.py)."""
        if sum(len(s) for s in self._spells.values()) < _COLD:
            return
        _, p50, p90 = self.remaining(0.0, group, priority)
        self._scored += 1
        step = max(0.3 / math.sqrt(self._scored + 4.0), 0.03)
        late = seconds > p50 + self._stretch * (p90 - p50)
        self._stretch = min(max(self._stretch + step * (late - 0.1), 0.25), 4.0)

    def save(self) -> dict[str, object]:
        """Learned state as JSON: no ids."""
        return {
            "spells": [[g, p, [[t, int(r)] for t, r in spells]] for (g, p), spells in self._spells.items()],
            "stretch": [self._stretch, self._scored],
        }

    def restore(self, state: Mapping[str, object]) -> None:
        """Take `save` back; what cannot be read is skipped."""
        groups = state.get("spells")
        for row in groups if isinstance(groups, list) else []:
            if isinstance(row, list) and len(row) == 3 and isinstance(row[2], list):
                pairs = [numbers(pair, 2) for pair in row[2]]
                kept = [(p[0], p[1] > 0) for p in pairs if p is not None and p[0] >= 0]
                self._spells[str(row[0]), str(row[1])] = kept[-_KEEP:]
        if (pair := numbers(state.get("stretch"), 2)) is not None:
            self._stretch, self._scored = min(max(pair[0], 0.25), 4.0), int(pair[1])


def kaplan_meier(spells: Sequence[tuple[float, bool, float]]) -> list[tuple[float, float]]:
    """Weighted Kaplan-Meier steps (time, P(later)); spells are (time, ended, weight)."""
    at_risk = sum(w for *_, w in spells)
    survivor = 1.0
    steps: list[tuple[float, float]] = []
    # At equal times an end counts before a withdrawal, as is usual.
    for t, ended, w in sorted(spells, key=lambda s: (s[0], not s[1])):
        if ended and at_risk > 1e-12:
            survivor *= max(0.0, 1.0 - w / at_risk)
            if steps and steps[-1][0] == t:
                steps[-1] = (t, survivor)
            else:
                steps.append((t, survivor))
        at_risk -= w
    return steps
