"""Lengths of time counted in bins, so that the median of any period is read from sums of counts.

Bin 0 holds everything under a second. From one second on, an octave (a doubling) has ``PER_OCTAVE`` bins of equal
ratio. A quantile is answered from within the bin that holds it, so it is off by less than the width of one bin:
``2 ** (1 / 8) - 1``, 9 % of its value at the very most, and half of that where the bin is evenly filled.
"""

from collections.abc import Mapping
from math import floor, log2, sqrt

from cxdesk.domain.values import dataclass

__all__ = ["ERROR", "FEW", "PER_OCTAVE", "Lengths", "bin_of", "edges", "lengths", "quantile"]

PER_OCTAVE = 8
ERROR = 2 ** (1 / PER_OCTAVE) - 1
_LAST = 32 * PER_OCTAVE
"""The bin of everything beyond a hundred years, which only a wrong clock can make."""
_Z = 1.96
FEW = 6
"""1 - 2 * 0.5 ** 6 is the first to reach 95 %."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long ``n`` of something took, in seconds; ``low`` and ``high`` hold the median at 95 %."""

    n: int
    median: float
    p80: float
    low: float
    high: float


def bin_of(seconds: float) -> int:
    """The bin of a length; a negative one, which a clock set back makes, counts as none."""
    if seconds < 1:
        return 0
    return min(_LAST, 1 + floor(PER_OCTAVE * log2(seconds) + 1e-9))


def edges(number: int) -> tuple[float, float]:
    """From which length on, and up to which, a bin holds (seconds)."""
    if number <= 0:
        return 0.0, 1.0
    return 2 ** ((number - 1) / PER_OCTAVE), 2 ** (number / PER_OCTAVE)


def quantile(counts: Mapping[int, int], share: float) -> float | None:
    """The length that ``share`` of them do not exceed; ``None`` for nothing."""
    total = sum(counts.values())
    return _at_rank(counts, share * total) if total else None


def lengths(counts: Mapping[int, int]) -> Lengths | None:
    """Median, P80, and the interval of the median by order statistics; ``None`` for nothing.

    The number of values below the median is binomial(n, 1/2) whatever the values are, so the values at the ranks
    ``n/2 ± 1.96 * sqrt(n)/2`` hold it at 95 % (David and Nagaraja, Order Statistics, 7.1). Below ``FEW`` values not
    even the smallest and the largest do; then the interval is from the one to the other and proves nothing.
    """
    total = sum(counts.values())
    if not total:
        return None
    around = _Z * sqrt(total) / 2 if total >= FEW else total / 2
    low, high = total / 2 - around, total / 2 + around
    return Lengths(
        total,
        _at_rank(counts, total / 2),
        _at_rank(counts, 0.8 * total),
        _at_rank(counts, max(0.0, low)),
        _at_rank(counts, min(float(total), high)),
    )


def _at_rank(counts: Mapping[int, int], rank: float) -> float:
    """The value below which ``rank`` of the values lie, those of one bin taken as evenly spread."""
    seen = 0
    high = 0.0
    for number in sorted(counts):
        n = counts[number]
        if n <= 0:
            continue
        low, high = edges(number)
        if seen + n >= rank:
            return low + (high - low) * max(0.0, rank - seen) / n
        seen += n
    return high
