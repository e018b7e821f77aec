"""The honesty panel: what was expected at joining against what came, in hourly sums without ids."""

from __future__ import annotations

import math
from typing import Final

from cxdesk.wait.learning import numbers
from cxdesk.wait.result import Report

_HOUR: Final = 3600.0
_KEEP: Final = 24 * 92


class Tally:
    """Sums per hour: n, wait, |error|, error, covered, missed high. Three months are kept."""

    __slots__ = ("_hours",)

    def __init__(self) -> None:
        self._hours: dict[int, list[float]] = {}

    def add(self, t: float, p10: float, p50: float, p90: float, wait: float) -> None:
        """Book one finished wait at time t."""
        hour = int(t // _HOUR)
        row = self._hours.setdefault(hour, [0.0] * 6)
        error = p50 - wait
        covered = float(p10 <= wait <= p90)
        for k, x in enumerate((1.0, wait, abs(error), error, covered, float(wait > p90))):
            row[k] += x
        if len(self._hours) > _KEEP:
            del self._hours[min(self._hours)]

    def report(self, t: float, window_s: float) -> Report:
        """Figures of the hours that touch the last `window_s` seconds."""
        start = (t - max(window_s, 0.0)) // _HOUR if math.isfinite(window_s) else -math.inf
        rows = [row for hour, row in self._hours.items() if start <= hour <= t // _HOUR]
        n, wait, absolute, signed, covered, high = (
            (sum(column) for column in zip(*rows, strict=True)) if rows else (0.0,) * 6
        )
        if n <= 0:
            return Report(0, None, None, None, None, None)
        scale = wait if wait > 0 else None
        return Report(
            n=int(n),
            mean_wait_s=wait / n,
            mae_ratio=absolute / scale if scale else None,
            bias=signed / scale if scale else None,
            cover80=covered / n,
            miss_high=high / n,
        )

    def dump(self) -> list[object]:
        """State as JSON."""
        return [[hour, *row] for hour, row in sorted(self._hours.items())]

    def restore(self, value: object) -> None:
        """Take `dump` back; unreadable rows are skipped."""
        for row in value if isinstance(value, list) else []:
            if (seven := numbers(row, 7)) is not None:
                self._hours[int(seven[0])] = seven[1:]
