"""Lengths of time counted in bins, so that the median of any period is read from sums of counts.

Bin 0 holds everything under a second. From one second on, an octave (a doubling) has ``FINE`` bins of equal ratio, or
``COARSE`` ones where many histograms are kept side by side. A quantile is answered from within the bin that holds it,
as if the bin were evenly filled, so it is off by less than the width of one bin: 9 % of its value at the very most
(``error``), 19 % in coarse bins, and far less where a bin holds more than a few.
"""

from collections.abc import Mapping
from math import floor, log2, sqrt

from cxdesk.domain.values import dataclass

__all__ = ["COARSE", "FEW", "FINE", "Lengths", "bin_of", "edges", "error", "lengths"]

FINE, COARSE = 8, 4
_OCTAVES = 32
"""What is longer than a hundred years, which only a wrong clock can make, is in the last bin."""
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


def error(per_octave: int = FINE) -> float:
    """The most a quantile can be off, as a share of its value: the width of a bin."""
    return float(2 ** (1 / per_octave)) - 1


def bin_of(seconds: float, per_octave: int = FINE) -> int:
    """The bin of a length; a negative one, which a clock set back makes, counts as none."""
    if seconds < 1:
        return 0
    return min(_OCTAVES * per_octave, 1 + floor(per_octave * log2(seconds) + 1e-9))


def edges(number: int, per_octave: int = FINE) -> tuple[float, float]:
    """From which length on, and up to which, a bin holds (seconds)."""
    if number <= 0:
        return 0.0, 1.0
    return float(2 ** ((number - 1) / per_octave)), float(2 ** (number / per_octave))


def lengths(counts: Mapping[int, int], per_octave: int = FINE) -> Lengths | None:
    """Median, P80, and the interval of the median by order statistics; ``None`` for nothing.

    The number of values below the median is binomial(n, 1/2) whatever the values are, so the values at the ranks
    ``n/2 ± 1.96 * sqrt(n)/2`` hold it at 95 % (David and Nagaraja, Order Statistics, 7.1). Below ``FEW`` values not
    even the smallest and the largest do; then the interval is from the one to the other and proves nothing.
    """
    total = sum(counts.values())
    if not total:
        return None
    around = _Z * sqrt(total) / 2 if total >= FEW else total / 2
    ranks = (total / 2, 0.8 * total, max(0.0, total / 2 - around), min(float(total), total / 2 + around))
    median, p80, low, high = (_at_rank(counts, rank, per_octave) for rank in ranks)
    return Lengths(total, median, p80, low, high)


def _at_rank(counts: Mapping[int, int], rank: float, per_octave: int) -> float:
    """The value below which ``rank`` of the values lie, those of one bin taken as evenly spread."""
    seen, number = 0, 0
    for number in sorted(counts):
        n = counts[number]
        if n and seen + n >= rank:
            low, high = edges(number, per_octave)
            return low + (high - low) * max(0.0, rank - seen) / n
        seen += n
    return edges(number, per_octave)[1]
