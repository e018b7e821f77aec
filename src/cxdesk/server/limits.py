"""How often somebody may ask: buckets that fill with time, kept in this process and forgotten when they are full."""

from collections import OrderedDict
from collections.abc import Callable

__all__ = ["Buckets"]

_MOST = 50_000


class Buckets:
    """``rate`` turns a second for each key, up to ``burst`` saved up. ``clock`` answers in ms."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], int]) -> None:
        self.rate, self.burst, self.clock = rate, burst, clock
        self.held: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def left(self, key: str) -> float:
        """The turns a key has now."""
        saved, at = self.held.get(key, (float(self.burst), 0))
        return min(self.burst, saved + self.rate * max(0, self.clock() - at) / 1000)

    def take(self, key: str) -> float:
        """Use one turn; the seconds to wait when there is none, else 0."""
        left = self.left(key)
        if left < 1:
            return (1 - left) / self.rate
        self.held[key] = (left - 1, self.clock())
        self.held.move_to_end(key)
        if len(self.held) > _MOST:
            self.held.popitem(last=False)
        return 0.0
