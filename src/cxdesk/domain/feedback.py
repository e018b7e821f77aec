"""What customers answer on a scale, as figures that say what they rest on.

========  =====  ============================================================  =====================================
scale     from   figure                                                        interval (95 %)
========  =====  ============================================================  =====================================
``csat``  1–5    share of 4 and 5                                              Wilson (1927), for shares of few
``ces``   1–7    mean; 7 is "it was easy"                                      Student's t
``nps``   0–10   share of 9 and 10 less share of 0 to 6 (Reichheld 2003)       adjusted Wald with 3 pseudo-answers
========  =====  ============================================================  =====================================

The interval of the NPS adds ¾ promoter, 1½ passives and ¾ detractor before it is reckoned: Rocks (2016), "Interval
estimation for the Net Promoter Score", The American Statistician 70(4), found it honest where the plain one is too
narrow, with few answers and with one-sided ones. Below ``FEW`` answers there is no figure, only the counts.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from math import sqrt

from cxdesk.domain.inert import inert_line
from cxdesk.domain.outcomes import FEW
from cxdesk.domain.people import SCALES
from cxdesk.domain.values import dataclass

__all__ = ["FEW", "SCALES", "Answer", "Scale", "Score", "fits", "read_answer", "score", "wilson"]

_Z = 1.959963984540054
_PSEUDO_PROMOTERS, _PSEUDO_ANSWERS = 0.75, 3
_ROUNDING = 1 / 12
"""The variance of what a whole number hides: whoever says 6 means something between 5½ and 6½ (Sheppard 1898)."""

_ANSWER = re.compile(r"\s*(?:(csat|ces|nps)\b[\s:]*)?(\d{1,3})(?:\s*점)?(?:[\s,:]+(.*))?\s*", re.IGNORECASE | re.DOTALL)


class Scale(StrEnum):
    """A named scale; what it asks is ``feedback.ask.<scale>``."""

    CSAT = "csat"
    CES = "ces"
    NPS = "nps"


@dataclass(frozen=True, slots=True)
class Score:
    """One figure of the answers on a scale.

    ``share`` is of one (CSAT) or from -1 to 1 (NPS), ``mean`` in points of the scale (CES); with ``low`` and ``high``,
    the ends of the 95 % interval, they are ``None`` below ``FEW`` answers. ``formula`` names the sentence that explains
    it (``feedback.formula.<formula>``). ``counts`` are the answers, value → how many.
    """

    scale: str
    formula: str
    n: int
    counts: Mapping[int, int]
    share: float | None = None
    mean: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def value(self) -> float | None:
        """The figure itself, whichever kind it is."""
        return self.mean if self.share is None else self.share


@dataclass(frozen=True, slots=True)
class Answer:
    """A line in which somebody answered: the scale if it was named, the value, and what they said with it."""

    scale: Scale | None
    value: int
    comment: str


def read_answer(text: str) -> Answer | None:
    """``5``, ``5 친절해요``, ``nps 9, quick``; ``None`` where no number stands first."""
    found = _ANSWER.fullmatch(text)
    if not found:
        return None
    scale, value, comment = found.groups()
    return Answer(Scale(scale.lower()) if scale else None, int(value), inert_line(comment or "", 2000))


def fits(scale: str, value: int) -> bool:
    """Whether a value is on the scale; nothing is on a scale that does not exist."""
    least, most = SCALES.get(scale, (1, 0))
    return least <= value <= most


def score(scale: str, counts: Mapping[int, int]) -> Score:
    """The figure of the answers ``counts`` (value → how many) on a scale. Raises ``ValueError`` for a value outside."""
    if strange := [value for value, count in counts.items() if count and not fits(scale, value)]:
        raise ValueError(f"{scale}: {strange}")
    known = {value: count for value, count in sorted(counts.items()) if count}
    n = sum(known.values())
    match Scale(scale):
        case Scale.CSAT:
            good = sum(count for value, count in known.items() if value >= 4)
            return _score(scale, "csat_top_two", n, known, share=good / n if n else None, ends=wilson(good, n))
        case Scale.CES:
            mean = sum(value * count for value, count in known.items()) / n if n else None
            return _score(scale, "ces_mean", n, known, mean=mean, ends=_around_mean(known, n, SCALES[scale]))
        case Scale.NPS:
            promoters = sum(count for value, count in known.items() if value >= 9)
            detractors = sum(count for value, count in known.items() if value <= 6)
            net = (promoters - detractors) / n if n else None
            return _score(scale, "nps_net", n, known, share=net, ends=_around_net(promoters, detractors, n))


def _score(
    scale: str,
    formula: str,
    n: int,
    counts: Mapping[int, int],
    *,
    ends: tuple[float, float],
    share: float | None = None,
    mean: float | None = None,
) -> Score:
    """The figure, or the counts alone while they are too few."""
    if n < FEW:
        return Score(scale, formula, n, counts)
    return Score(scale, formula, n, counts, share, mean, *ends)


def wilson(good: int, n: int) -> tuple[float, float]:
    """The 95 % score interval of a share (Wilson 1927): honest for few, and for none or all; everything for nothing."""
    if n == 0:
        return 0.0, 1.0
    share, z2 = good / n, _Z * _Z
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, centre - half), min(1.0, centre + half)


def _around_mean(counts: Mapping[int, int], n: int, scale: tuple[int, int]) -> tuple[float, float]:
    """The t interval of a mean, within its scale; equal answers still have the width of what rounding hides."""
    least, most = scale
    if n < 2:
        return float(least), float(most)
    mean = sum(value * count for value, count in counts.items()) / n
    variance = sum(count * (value - mean) ** 2 for value, count in counts.items()) / (n - 1)
    half = _t(n - 1) * sqrt(max(variance, _ROUNDING) / n)
    return max(float(least), mean - half), min(float(most), mean + half)


def _t(df: int) -> float:
    """The 97.5 % point of Student's t: the expansion of Abramowitz & Stegun 26.7.5, within 0.1 % from 4 degrees on."""
    z = _Z
    return (
        z
        + (z**3 + z) / (4 * df)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * df**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * df**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * df**4)
    )


def _around_net(promoters: int, detractors: int, n: int) -> tuple[float, float]:
    """The adjusted Wald interval of a difference of two shares of the same answers (Rocks 2016)."""
    more = n + _PSEUDO_ANSWERS
    up, down = (promoters + _PSEUDO_PROMOTERS) / more, (detractors + _PSEUDO_PROMOTERS) / more
    half = _Z * sqrt((up + down - (up - down) ** 2) / more)
    return max(-1.0, up - down - half), min(1.0, up - down + half)
