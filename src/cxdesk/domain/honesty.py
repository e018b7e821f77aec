"""How honest the waits that were told have been, and how long contacts take here."""

from dataclasses import dataclass

__all__ = ["TARGET", "Honesty", "TopicTime"]

TARGET = 0.8
"""Share of told waits that should come true inside their range: it runs from P10 to P90."""


@dataclass(frozen=True, slots=True)
class Honesty:
    """Told waits whose outcome is known, over so many days. Shares of nothing are ``None``, never 0.

    ``bias_s`` is the mean of what came less what was expected: positive when customers waited longer than told.
    ``methods`` says how often each state of the estimator (ok, cold, overload, mail, …) was what was told.
    """

    days: int
    told: int
    inside: int
    late: int
    bias_s: int | None
    methods: tuple[tuple[str, int], ...] = ()

    @property
    def inside_share(self) -> float | None:
        """Share that came true inside the told range."""
        return self.inside / self.told if self.told else None

    @property
    def late_share(self) -> float | None:
        """Share that took longer than the longest time told."""
        return self.late / self.told if self.told else None


@dataclass(frozen=True, slots=True)
class TopicTime:
    """Mean time in hand of a topic's finished contacts, in seconds, and how many there were."""

    topic: str
    mean_s: int
    n: int
