"""Is it another number, or another number only by chance? Every comparison is an interval, and chance is what it holds.

Each answer carries the id of its formula, under which the screen explains it:

``rate``    how often something happens in two stretches of time. Given how often in all, the count of one of them is
            binomial; Wilson's interval of that share is turned into one of the ratio of the two rates.
            (Przyborowski and Wilenski 1940; Wilson 1927)
``share``   two shares: Newcombe's interval of their difference, from Wilson's of each. (Newcombe 1998, method 10)
``median``  two medians: each has its interval by order statistics, which asks nothing of how values are spread; the
            difference gets one by the same square-and-add as Newcombe's. (Zou and Donner 2008, MOVER)
``score``   two values with an interval each, such as NPS, by the same square-and-add.

All are at 95 %: of twenty differences that are nothing but chance, one will look like something.
"""

from enum import StrEnum
from math import inf, sqrt

from cxdesk.domain.durations import FEW, Lengths
from cxdesk.domain.feedback import wilson
from cxdesk.domain.values import dataclass

__all__ = ["Difference", "Verdict", "medians", "rates", "scores", "shares"]


class Verdict(StrEnum):
    """What a difference amounts to."""

    MORE = "more"
    LESS = "less"
    NOISE = "noise"
    FEW = "few"


@dataclass(frozen=True, slots=True)
class Difference:
    """What there was ``then`` and is ``now``, and between ``low`` and ``high`` the difference, or for ``rate`` the
    ratio, that chance leaves open. Too few cases on either side leave everything open."""

    formula: str
    now: float
    then: float
    low: float
    high: float
    few: bool = False

    @property
    def verdict(self) -> Verdict:
        """More or less than then, no more than chance, or too few to say."""
        if self.few:
            return Verdict.FEW
        equal = 1.0 if self.formula == "rate" else 0.0
        if self.low > equal:
            return Verdict.MORE
        return Verdict.LESS if self.high < equal else Verdict.NOISE


def rates(now: int, now_days: float, then: int, then_days: float) -> Difference:
    """How often, in two stretches of so many days; ``low`` and ``high`` are of the ratio of the rates."""
    low, high = wilson(now, now + then)
    scale = then_days / now_days
    return Difference("rate", now, then, _odds(low) * scale, _odds(high) * scale, few=now + then < FEW)


def _odds(share: float) -> float:
    return inf if share >= 1 else share / (1 - share)


def shares(now: int, now_n: int, then: int, then_n: int) -> Difference:
    """Two shares ``now / now_n`` and ``then / then_n``; nothing of nothing is too few to say."""
    if not now_n or not then_n:
        return Difference("share", now / now_n if now_n else 0.0, then / then_n if then_n else 0.0, -1.0, 1.0, few=True)
    return _added("share", (now / now_n, *wilson(now, now_n)), (then / then_n, *wilson(then, then_n)))


def medians(now: Lengths, then: Lengths) -> Difference:
    """Two medians, in seconds."""
    found = _added("median", (now.median, now.low, now.high), (then.median, then.low, then.high))
    few = min(now.n, then.n) < FEW
    return Difference("median", found.now, found.then, found.low, found.high, few=few)


def scores(now: tuple[float, float, float], then: tuple[float, float, float]) -> Difference:
    """Two values, each with the ends of its interval: ``(value, low, high)``."""
    return _added("score", now, then)


def _added(formula: str, now: tuple[float, float, float], then: tuple[float, float, float]) -> Difference:
    """The interval of ``now - then``, each side's distances to the ends of its own interval squared and added."""
    (one, one_low, one_high), (two, two_low, two_high) = now, then
    gap = one - two
    low = gap - sqrt((one - one_low) ** 2 + (two_high - two) ** 2)
    high = gap + sqrt((one_high - one) ** 2 + (two - two_low) ** 2)
    return Difference(formula, one, two, low, high)
