"""What other products say, and a strong formula that is given the true parameters. None of them sees the future.

POS counts the agents who are here now, POS0 everybody the team has, as products with a configured number do:
where people come back from lunch, or leave by roster, the two differ. LES, HOL and NAIVE keep a figure per lane.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field

NAMES = ("NAIVE", "POS", "POS0", "LES", "HOL", "QLr*")


@dataclass(slots=True)
class Lane:
    """The waits of one class (and topic, where agents differ in skills), newest last."""

    waits: deque[float] = field(default_factory=lambda: deque(maxlen=100))
    last: float = 0.0


@dataclass(frozen=True, slots=True)
class Sight:
    """What everybody can see: people ahead, the longest wait in the lane, agents here and in all, own wait so far."""

    lane: str
    ahead: int
    head: float
    here: int
    team: int
    age: float


@dataclass(slots=True)
class Baselines:
    """Rolling figures of one desk; `true_mean` and `true_patience` (None: nobody leaves) feed QLr* only."""

    true_mean: float
    true_patience: float | None
    lanes: defaultdict[str, Lane] = field(default_factory=lambda: defaultdict(Lane))
    services: deque[float] = field(default_factory=lambda: deque(maxlen=300))

    def served(self, lane: str, wait: float) -> None:
        """Somebody who had waited entered service."""
        self.lanes[lane].waits.append(wait)
        self.lanes[lane].last = wait

    def finished(self, seconds: float) -> None:
        """A service ended."""
        self.services.append(seconds)

    def say(self, sight: Sight) -> tuple[float, ...]:
        """Remaining wait in seconds by each rule, in the order of NAMES."""
        here, team = max(sight.here, 1), max(sight.team, 1)
        lane = self.lanes[sight.lane]
        aht = sum(self.services) / len(self.services) if self.services else self.true_mean
        naive = sum(lane.waits) / len(lane.waits) if lane.waits else aht / here
        theta = 1.0 / self.true_patience if self.true_patience else 0.0
        mu = here / self.true_mean
        return (
            max(0.0, naive - sight.age),
            (sight.ahead + 1) * aht / here,
            (sight.ahead + 1) * aht / team,
            max(0.0, lane.last - sight.age),
            max(0.0, sight.head - sight.age),
            sum(1.0 / (mu + i * theta) for i in range(sight.ahead + 1)),
        )
