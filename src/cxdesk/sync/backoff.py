"""When to try again: full jitter that doubles to five minutes, and after five failures in a row only a probe.

Pure: the moment and the dice are handed in. Full jitter is that of Brooker, "Exponential Backoff and Jitter" (AWS
Architecture Blog, 2015): a moment anywhere up to the bound, so that a shop full of desks does not knock all at once.
"""

from dataclasses import dataclass, replace

__all__ = ["BASE", "CAP", "OPENS_AFTER", "PROBE", "Backoff"]

BASE = 1.0
CAP = 300.0
PROBE = 300.0
OPENS_AFTER = 5
"""Failures in a row after which only a probe goes out every ``PROBE`` seconds."""


@dataclass(frozen=True, slots=True)
class Backoff:
    """Failures in a row, and the earliest moment (seconds of any clock that runs on) for the next attempt."""

    failures: int = 0
    not_before: float = 0.0

    @property
    def open(self) -> bool:
        """Whether the circuit is open."""
        return self.failures >= OPENS_AFTER

    def failed(self, now: float, dice: float, retry_after: float | None = None) -> "Backoff":
        """After a failure; ``dice`` is in [0, 1). What the server asked for counts as given, up to an hour."""
        failures = self.failures + 1
        if retry_after is not None:
            wait = min(max(retry_after, 0.0), 3600.0)
        elif failures >= OPENS_AFTER:
            wait = PROBE
        else:
            wait = dice * min(CAP, BASE * 2 ** (failures - 1))
        return replace(self, failures=failures, not_before=now + wait)

    def succeeded(self) -> "Backoff":
        """After an answer: everything is as at first."""
        return Backoff()

    def wait(self, now: float) -> float:
        """Seconds until the next attempt may go out."""
        return max(0.0, self.not_before - now)
