"""The true laws of the simulated desks: service times that can also be continued from an age."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Law:
    """A service law with mean (seconds) and coefficient of variation; "exp" ignores cv."""

    kind: Literal["exp", "lognormal", "gamma"]
    mean: float
    cv: float = 1.0

    def draw(self, rng: random.Random) -> float:
        """One duration."""
        if self.kind == "exp":
            return rng.expovariate(1.0 / self.mean)
        if self.kind == "gamma":
            shape = 1.0 / self.cv**2
            return rng.gammavariate(shape, self.mean / shape)
        mu, sigma = self._log()
        return rng.lognormvariate(mu, sigma)

    def rest(self, rng: random.Random, age: float) -> float:
        """Remaining duration given that `age` seconds have passed."""
        if self.kind == "exp" or age <= 0.0:
            return self.draw(rng)
        if self.kind == "lognormal":
            mu, sigma = self._log()
            tail = _NORMAL.cdf(-(math.log(age) - mu) / sigma)
            if tail > 1e-12:
                z = -_NORMAL.inv_cdf(max(tail * rng.random(), 1e-300))
                return max(0.0, math.exp(mu + sigma * z) - age)
            return self.mean
        for _ in range(400):
            total = self.draw(rng)
            if total > age:
                return total - age
        # Far in a gamma tail the hazard is the rate of the law.
        return rng.expovariate(1.0 / (self.mean * self.cv**2))

    def _log(self) -> tuple[float, float]:
        sigma2 = math.log1p(self.cv**2)
        return math.log(self.mean) - 0.5 * sigma2, math.sqrt(sigma2)
