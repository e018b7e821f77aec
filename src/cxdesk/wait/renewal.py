"""Renewal arithmetic on a uniform grid.

A law is a list of masses; the mass of each cell is split to both its ends, which makes every sum
below exact to O(h^2) (WAIT.md 4.5, point 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from operator import mul


def masses(survivor: Sequence[float]) -> list[float]:
    """Grid masses of a survivor function given at 0, h, 2h, ..."""
    half = [0.5 * (a - b) for a, b in pairwise(survivor)]
    return [half[0], *(a + b for a, b in pairwise(half)), half[-1]]


def convolve(a: Sequence[float], b: Sequence[float], n: int) -> list[float]:
    """First n masses of a * b; shorter inputs count as zero beyond their end."""
    a, b = list(a[:n]), list(b[:n])
    a += [0.0] * (n - len(a))
    b += [0.0] * (n - len(b))
    b.reverse()
    return [sum(map(mul, a, b[n - 1 - k :])) for k in range(n)]


def renewal_masses(law: Sequence[float], n: int) -> list[float]:
    """Sum of all convolution powers of `law`, the zeroth included: u = 1 + law * u."""
    law = list(law[:n]) + [0.0] * (n - len(law))
    scale = 1.0 / (1.0 - min(law[0], 0.9))
    back = law[1:][::-1]
    u = [scale]
    for k in range(1, n):
        u.append(scale * sum(map(mul, u, back[n - 1 - k :])))
    return u


def cumulative(mass: Sequence[float]) -> list[float]:
    """Values at 0, h, 2h, ... of the function with increments `mass`: half of each mass lies before it."""
    return [total - 0.5 * m for total, m in zip(accumulate(mass), mass, strict=True)]
