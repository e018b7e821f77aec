"""The remaining time of a contact in service, tabulated at a few ages.

A contact between two ages is the mixture of both: the curves of a hundred agents then cost as many rows as
there are ages among them, not a hundred.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

AGES: Final = (*range(8), *(2.0 ** (3.0 + k / 4.0) for k in range(22)))
"""Ages in grid steps: every step up to 8, then four to each octave, up to 304."""

Row = tuple[list[float], list[float]]


class Rests:
    """P(rest <= k steps) and its square at each of AGES, made from a survivor table when first asked for."""

    __slots__ = ("_points", "_rows", "_survivor")

    def __init__(self, survivor: list[float], points: int) -> None:
        self._survivor = survivor
        self._points = points
        self._rows: list[Row | None] = [None] * len(AGES)

    def row(self, k: int) -> Row:
        """The tables at AGES[k]."""
        found = self._rows[k]
        if found is None:
            cdf = residual(self._survivor, AGES[k], self._points)
            found = self._rows[k] = (cdf, [x * x for x in cdf])
        return found


def mixture(cell: float) -> tuple[int, float]:
    """The index in AGES below an age of `cell` steps, and the share of the next one."""
    k = bisect_right(AGES, cell) - 1
    if k >= len(AGES) - 1:
        return len(AGES) - 1, 0.0
    return k, (cell - AGES[k]) / (AGES[k + 1] - AGES[k])


def residual(survivor: Sequence[float], cell: float, n: int) -> list[float]:
    """P(rest <= k steps) given an age of `cell` steps; beyond the table the tail falls geometrically."""
    k = min(int(cell), len(survivor) - 2)
    part = min(cell - k, 1.0)
    head = list(survivor[k : k + n + 1])
    if len(head) < n + 1:
        tail = (survivor[-1] / survivor[-31]) ** (1 / 30)
        head += [survivor[-1] * tail**i for i in range(1, n + 2 - len(head))]
    alive = [a + part * (b - a) for a, b in pairwise(head)]
    scale = 1.0 / alive[0]
    return [1.0 - x * scale for x in alive]
