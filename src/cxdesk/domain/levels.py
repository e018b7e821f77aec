"""Whether a theme is heard more often than usual: the last seven days against the weeks before, with the season in it.

Seven days hold each weekday once, so the rhythm of the week cancels. Where two years are known, a week counts as much
as its month usually has voices in this shop. The weeks before are a Poisson count ``n`` over ``T`` weeks; with
Jeffreys' prior the next week is negative binomial (Gelman et al., Bayesian Data Analysis, 3rd ed., 2.6), and its
central 95 % are the usual level. Few weeks make it wide by themselves, and with fewer than ``WEEKS`` nothing is said.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from math import exp, lgamma, log

from cxdesk.domain.moments import DAY
from cxdesk.domain.values import dataclass

__all__ = ["WEEK", "WEEKS", "YEAR", "Level", "Trend", "level", "seasons"]

WEEK = 7 * DAY
WEEKS = 4
"""So many weeks must be known before this one is compared with them."""
YEAR = 52
"""So many weeks before are looked at."""

_TAIL = 0.025
_SHRINK = 12
"""A month's own rhythm counts as if so many voices had been heard at the usual one."""


class Trend(StrEnum):
    """What can be said of this week."""

    UNKNOWN = "unknown"
    USUAL = "usual"
    RISING = "rising"
    FALLING = "falling"


@dataclass(frozen=True, slots=True)
class Level:
    """This week's count beside the usual one (``low`` to ``high``, ``expected`` in the middle) and the weeks behind it.

    ``seasonal`` says whether the season is in it. Where nothing can be said, only the count and the weeks are known.
    """

    trend: Trend
    count: int
    weeks: int
    low: int = 0
    expected: float = 0.0
    high: int = 0
    seasonal: bool = False


def level(counts: Mapping[int, int], weeks: int, weights: Sequence[float] = ()) -> Level:
    """How this week stands. ``counts`` are voices by week, 0 the last seven days, 1 the seven before, and so on.

    ``weeks`` is how many whole weeks before this one the shop has kept voices at all; ``weights`` how much each week
    weighs by its season, this one first, empty where that is not known.
    """
    known, now = min(weeks, YEAR), counts.get(0, 0)
    if known < WEEKS:
        return Level(Trend.UNKNOWN, now, max(0, weeks))
    before = sum(count for week, count in counts.items() if 1 <= week <= known)
    size, this = (sum(weights[1 : known + 1]), weights[0]) if weights else (float(known), 1.0)
    low, high = _central(before, size, this)
    trend = Trend.RISING if now > high else Trend.FALLING if now < low else Trend.USUAL
    return Level(trend, now, known, low, before / size * this, high, bool(weights))


def _central(before: int, size: float, next_size: float) -> tuple[int, int]:
    """The ends of the central 95 % of the next count, after ``before`` in ``size`` weeks."""
    shape, chance = before + 0.5, size / (size + next_size)
    total, low, count = 0.0, None, 0
    while True:
        total += exp(
            lgamma(shape + count) - lgamma(shape) - lgamma(count + 1) + shape * log(chance) + count * log(1 - chance)
        )
        if low is None and total > _TAIL:
            low = count
        if total >= 1 - _TAIL:
            return low or 0, count
        count += 1


def seasons(counts: Mapping[int, int], months: Sequence[int]) -> tuple[float, ...]:
    """How much each week weighs by its month: ``counts`` are all voices by week, ``months`` the month of each week.

    Empty with less than two years of weeks behind this one: what happened once is no season.
    """
    whole = range(1, len(months))
    if len(whole) < 2 * YEAR:
        return ()
    voices, lengths = dict.fromkeys(range(1, 13), 0), dict.fromkeys(range(1, 13), 0)
    for week in whole:
        voices[months[week]] += counts.get(week, 0)
        lengths[months[week]] += 1
    usual = sum(voices.values()) / len(whole)
    by_month = {month: (voices[month] + _SHRINK) / (lengths[month] * usual + _SHRINK) for month in voices}
    return tuple(by_month[month] for month in months)
