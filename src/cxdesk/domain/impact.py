"""What is worth changing first: how much a theme weighs with customers, against the effort of changing it.

Impact is the mean of four marks from 1 to 5, each readable by itself:

- how often: voices in 30 days; one mark more with each doubling, from 1 on
- how bad: the mean severity of the voices, light 1, annoying 3, serious 5
- how many: customers touched; one mark more with each doubling, from 2 on
- how much money: what these customers have spent here; one mark more with each doubling, from the amount of a VIP on

Effort is 1 to 5 and set by hand. A quick win has an impact of 3 or more and an effort of 2 or less.
"""

from collections.abc import Mapping
from math import log2

from cxdesk.domain.values import dataclass

__all__ = ["EFFORT", "WINDOW_DAYS", "WORTH", "Impact", "Weight", "impact", "quick_win"]

WINDOW_DAYS = 90
"""Voices of so many days are weighed."""

WORTH, EFFORT = 3.0, 2
"""From this impact and up to this effort a theme is a quick win."""

_BEST = 5


@dataclass(frozen=True, slots=True)
class Weight:
    """What was heard of a theme in ``WINDOW_DAYS``: voices, customers, the sum of severities, and what these customers
    have spent in minor units of the shop's currency."""

    voices: int = 0
    customers: int = 0
    severity: int = 0
    spent: int = 0


@dataclass(frozen=True, slots=True)
class Impact:
    """The four marks; ``score`` is their mean, 0 for a theme that nobody has spoken of lately."""

    often: float
    bad: float
    many: float
    money: float

    @property
    def score(self) -> float:
        """The mean of the marks, to a tenth."""
        return round((self.often + self.bad + self.many + self.money) / 4, 1)

    def marks(self) -> Mapping[str, float]:
        """Each mark by its name."""
        return {"often": self.often, "bad": self.bad, "many": self.many, "money": self.money}


def impact(weight: Weight, vip_spent: int) -> Impact:
    """The marks of a theme; ``vip_spent`` is what makes a VIP here."""
    if not weight.voices:
        return Impact(0, 0, 0, 0)
    return Impact(
        _doublings(weight.voices * 30 / WINDOW_DAYS, 1),
        round(2 * weight.severity / weight.voices - 1, 1),
        _doublings(weight.customers, 2),
        _doublings(weight.spent, vip_spent),
    )


def _doublings(value: float, unit: float) -> int:
    """1 below ``unit``, 2 from it on, and one more with each doubling, up to 5."""
    return 1 if unit <= 0 or value < unit else min(_BEST, 2 + int(log2(value / unit)))


def quick_win(score: float, effort: int) -> bool:
    """Whether a theme is worth much and costs little; unknown effort is not little."""
    return score >= WORTH and 1 <= effort <= EFFORT
