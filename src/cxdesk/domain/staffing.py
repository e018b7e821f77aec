"""What other numbers of people would change: the next hour from the desk as it is, and a day hour by hour."""

from dataclasses import dataclass
from datetime import date

from cxdesk.domain.views import Estimate

__all__ = ["Day", "Hour", "Option", "Queued", "Slot"]

Queued = tuple[float, float, float, float]
"""So many seconds from now, the number of people waiting: P10, P50, P90."""


@dataclass(frozen=True, slots=True)
class Option:
    """The next hour with ``extra`` more agents than now, or with the agent called ``back`` on duty again.

    ``newcomer`` and ``last`` are the waits of somebody who comes now and of the last in line (``None`` without a
    line). The shares and seconds are of those who will come within the hour; ``None`` where they mean nothing.
    ``method`` is simulation, steady (Erlang A), overloaded or no_agents.
    """

    extra: int
    back: str | None
    agents: int
    newcomer: Estimate
    last: Estimate | None
    method: str
    level: float | None
    mean_s: float | None
    p90_s: float | None
    leave: float | None
    queue: tuple[Queued, ...]


@dataclass(frozen=True, slots=True)
class Hour:
    """The next hour: contacts an hour lately, and what each staffing would make of it; the present one has extra 0."""

    arrivals: float
    target: tuple[float, float]
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """An hour of a day (instants), contacts expected in it, and the fewest agents that reach the target.

    ``needed`` is ``None`` where no number does. ``level`` is the share that number serves in time, ``method`` erlang
    or simulation, which is what small desks are reckoned by.
    """

    start: int
    end: int
    arrivals: float
    needed: int | None
    to_roster: int | None
    level: float | None
    method: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day hour by hour. ``days`` is how many past days its arrivals are the mean of.

    ``country`` is the one in the settings whose public holidays are not known; empty when all is well.
    """

    day: date
    target: tuple[float, float]
    aht_s: float
    days: int
    slots: tuple[Slot, ...]
    country: str = ""
