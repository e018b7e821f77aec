"""What other products say: last to enter service, head of line, position, and a strong formula that is
given the true parameters. None of them sees the future."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

NAMES = ("NAIVE", "POS", "LES", "HOL", "QLr*")


@dataclass(slots=True)
class Baselines:
    """Rolling figures of one desk; `true_mean` and `true_patience` (None: nobody leaves) feed QLr* only."""

    true_mean: float
    true_patience: float | None
    waits: deque[float] = field(default_factory=lambda: deque(maxlen=100))
    services: deque[float] = field(default_factory=lambda: deque(maxlen=300))
    last_wait: float = 0.0

    def served(self, wait: float) -> None:
        """Somebody who had waited entered service."""
        self.waits.append(wait)
        self.last_wait = wait

    def finished(self, seconds: float) -> None:
        """A service ended."""
        self.services.append(seconds)

    def say(self, ahead: int, head_wait: float, agents: int, age: float) -> tuple[float, ...]:
        """Remaining wait by each rule for somebody with `ahead` before them who has waited `age`."""
        s = max(agents, 1)
        aht = sum(self.services) / len(self.services) if self.services else self.true_mean
        naive = sum(self.waits) / len(self.waits) if self.waits else aht / s
        theta = 1.0 / self.true_patience if self.true_patience else 0.0
        mu = s / self.true_mean
        return (
            max(0.0, naive - age),
            (ahead + 1) * aht / s,
            max(0.0, self.last_wait - age),
            max(0.0, head_wait - age),
            sum(1.0 / (mu + i * theta) for i in range(ahead + 1)),
        )
