"""Who is served first: a policy gives an order and says who may still overtake."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


class Policy(Protocol):
    """The order of service; both methods are pure."""

    def key(self, cls: str, arrived: float) -> tuple[float, float]:
        """Sort key: smaller is served earlier."""
        ...

    def gap(self, other: str, mine: str) -> float:
        """Seconds after my arrival during which a newcomer of class `other` still passes me."""
        ...


@dataclass(frozen=True, slots=True)
class Fifo:
    """First come, first served."""

    def key(self, cls: str, arrived: float) -> tuple[float, float]:
        """Order by arrival alone."""
        del cls
        return (0.0, arrived)

    def gap(self, other: str, mine: str) -> float:
        """Nobody overtakes."""
        del other, mine
        return 0.0


@dataclass(frozen=True, slots=True)
class Credit:
    """A class counts as if it had arrived `seconds[cls]` earlier (the bank of WAIT.md 1.3 uses 90 s)."""

    seconds: Mapping[str, float] = field(default_factory=dict)

    def _credit(self, cls: str) -> float:
        value = self.seconds.get(cls, 0.0)
        return value if math.isfinite(value) else 0.0

    def key(self, cls: str, arrived: float) -> tuple[float, float]:
        """Order by arrival minus credit."""
        return (0.0, arrived - self._credit(cls))

    def gap(self, other: str, mine: str) -> float:
        """Difference of the two credits, never negative."""
        return max(0.0, self._credit(other) - self._credit(mine))


@dataclass(frozen=True, slots=True)
class Strict:
    """Classes in the given order, each first come, first served; an unlisted class comes last."""

    order: tuple[str, ...] = ()

    def _rank(self, cls: str) -> int:
        return self.order.index(cls) if cls in self.order else len(self.order)

    def key(self, cls: str, arrived: float) -> tuple[float, float]:
        """Order by class, then arrival."""
        return (float(self._rank(cls)), arrived)

    def gap(self, other: str, mine: str) -> float:
        """A higher class passes for ever, an equal or lower one never."""
        return math.inf if self._rank(other) < self._rank(mine) else 0.0
