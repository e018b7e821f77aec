"""What is believed about a desk before it has served anybody."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prior:
    """A guess that counts as `n` observed services (WAIT.md 5.4).

    `aht` is the mean handling time and `patience` the mean time until a waiter gives up, both in
    seconds; `cv` is the coefficient of variation of the handling time. `absence` is the share of
    contacts after which an agent is away although somebody waits.
    """

    aht: float = 300.0
    cv: float = 1.0
    patience: float | None = None
    n: float = 6.0
    absence: float = 0.02

    @property
    def mean(self) -> float:
        """Mean handling time in seconds, kept inside one second and twelve hours."""
        return min(max(self.aht, 1.0), 43_200.0) if math.isfinite(self.aht) else 300.0

    @property
    def patience_s(self) -> float:
        """Mean patience in seconds; four handling times when nothing was said."""
        if self.patience is None or not math.isfinite(self.patience) or self.patience <= 0:
            return 4.0 * self.mean
        return self.patience

    @property
    def weight(self) -> float:
        """Pseudo-observations, at least a half so that no law is ever empty."""
        return max(self.n, 0.5) if math.isfinite(self.n) else 6.0

    def survivor(self, t: float) -> float:
        """P(service > t) of the log-normal law with this mean and cv."""
        if t <= 0.0:
            return 1.0
        cv = min(max(self.cv, 0.05), 5.0) if math.isfinite(self.cv) else 1.0
        sigma2 = math.log1p(cv * cv)
        z = (math.log(t / self.mean) + 0.5 * sigma2) / math.sqrt(2.0 * sigma2)
        return 0.5 * math.erfc(z)
