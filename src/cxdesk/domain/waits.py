"""What is known beside an estimate: what was learned of each topic, and why an estimate is what it is."""

from dataclasses import dataclass

__all__ = ["Learned", "Why"]


@dataclass(frozen=True, slots=True)
class Learned:
    """How long contacts of a topic take, as the estimator has learned it: seconds in hand, from so many contacts."""

    topic: str
    mean_s: float
    n: int


@dataclass(frozen=True, slots=True)
class Why:
    """Why an estimate is what it is.

    ``may_leave`` and ``may_overtake`` are expected numbers of people. ``ahead`` are the names of those served before,
    soonest first (``None`` for somebody unknown); ``serving`` the agents with a contact in hand, and for how many
    seconds; ``back_at`` is an instant; ``drift`` tells how much longer (above 1) contacts take today than usual.
    ``forgotten`` are agents who count as gone because they have done nothing for half a day.
    """

    state: str
    position: int
    ahead: tuple[str | None, ...]
    may_leave: float
    may_overtake: float
    agents_on: int
    agents_busy: int
    agents_away: int
    serving: tuple[tuple[str, int], ...]
    service_s: float
    drift: float
    next_free_s: float | None
    back_at: int | None
    forgotten: tuple[str, ...]
    n: int
