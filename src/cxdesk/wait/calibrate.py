"""Keep the promise of the range: two-sided online conformal factors (WAIT.md 1.5 and 5.1.6)."""

from __future__ import annotations

from typing import Final

from cxdesk.wait.learning import numbers

TAIL: Final = 0.1
_LOW: Final = 0.25
_HIGH: Final = 4.0


class Conformal:
    """Stretch factors of the lower and upper half of the range, tracked so that each tail holds 10 %.

    The step is the one of WAIT.md 5.1.6; its discount by queue length is applied by scoring only one
    arrival in 1 + waiting/20, because waits that overlap carry one piece of news, not many.
    """

    __slots__ = ("high", "low", "n")

    def __init__(self) -> None:
        self.low = 1.0
        self.high = 1.0
        self.n = 0

    def learn(self, p10: float, p90: float, wait: float) -> None:
        """Learn one finished wait against the range given at joining."""
        step = self._step()
        self.low = self._bound(self.low + step * ((wait < p10) - TAIL))
        self.high = self._bound(self.high + step * ((wait > p90) - TAIL))

    def missed(self) -> None:
        """Somebody gave up later than P90: the wait was certainly longer."""
        self.high = self._bound(self.high + self._step() * (1.0 - TAIL))

    def _step(self) -> float:
        self.n += 1
        return float(max(0.3 / (self.n + 4) ** 0.5, 0.012)) * 2.0

    @staticmethod
    def _bound(x: float) -> float:
        return min(max(x, _LOW), _HIGH)

    def dump(self) -> list[object]:
        """State as JSON."""
        return [self.low, self.high, self.n]

    def restore(self, value: object) -> None:
        """Take `dump` back; anything unreadable is ignored."""
        if (three := numbers(value, 3)) is not None:
            self.low, self.high, self.n = self._bound(three[0]), self._bound(three[1]), int(three[2])
