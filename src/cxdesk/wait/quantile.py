"""From slots to seconds: quantiles of the time at which enough slots have been freed.

Wilson-Hilferty on the slot clock (WAIT.md 1.4), with overtaking as a delay busy period (1.3).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from cxdesk.wait.slots import HORIZON, Curve

Z80: Final = 1.2815515655446004
"""Standard normal quantile of 0.9."""
MAX_LOAD: Final = 0.92
"""Overtakers may take at most this share of the slots; beyond it the state is overload (WAIT.md 9)."""

Overtakers = Sequence[tuple[float, float]]
"""(arrivals per second, seconds during which they still overtake) for each class that may pass."""


def damping(hazard: float) -> float:
    """Queue variance under abandonment relative to none; `hazard` is cumulative over the wait (1.2)."""
    return -math.expm1(-2.0 * hazard) / (2.0 * hazard) if hazard > 1e-6 else 1.0


def passing(overtakers: Overtakers, t: float) -> float:
    """Expected number of newcomers that pass within t seconds."""
    return sum(rate * min(t, window) for rate, window in overtakers)


def reach(curve: Curve, slots: float, overtakers: Overtakers) -> tuple[float, float, float]:
    """Solve m(t) - overtakers(t) = slots; returns (t, variance of slots, overtakers by t)."""
    t, v = curve.when(slots)
    if not overtakers:
        return t, v, 0.0
    # t -> when(slots + passing(t)) rises to the solution from below; secant steps speed it up.
    gap, last_t, last_gap = 0.0, t, 0.0
    for step in range(12):
        goal, v = curve.when(slots + passing(overtakers, t))
        gap = goal - t
        if gap < 0.5 or goal >= HORIZON:
            t = goal
            break
        slope = (gap - last_gap) / (t - last_t) if step and t > last_t else 0.0
        last_t, last_gap = t, gap
        t = min(t - gap / slope, HORIZON) if -1.0 < slope < -0.02 else goal
    return t, v, passing(overtakers, t)


def quantiles(
    curve: Curve, slots: float, thinning: float, damp: float, overtakers: Overtakers = ()
) -> tuple[float, float, float]:
    """P10, P50 and P90 in seconds of the time to the `slots`-th free slot.

    `thinning` is the variance of how many ahead stay, `damp` the factor of `damping`.
    """
    plain = [_quantile(curve, slots, thinning, damp, (), z) for z in (-Z80, 0.0, Z80)]
    if overtakers:
        passed = [_quantile(curve, slots, thinning, damp, overtakers, z) for z in (-Z80, 0.0, Z80)]
        plain = [max(a, b) for a, b in zip(plain, passed, strict=True)]
    return plain[0], max(plain[0], plain[1]), max(plain)


def _quantile(curve: Curve, slots: float, thinning: float, damp: float, overtakers: Overtakers, z: float) -> float:
    goal = slots
    for _ in range(3):
        _t, v, extra = reach(curve, goal, overtakers)
        reached = max(goal + extra, 1e-6)
        load = min(extra / reached, MAX_LOAD)
        c = damp * v / reached + thinning / slots
        c = min((c + load) / (1.0 - load), 4.0 * slots)
        root = 1.0 - c / (9.0 * slots) + z * math.sqrt(c / (9.0 * slots))
        goal = max(0.0, slots * max(root, 0.0) ** 3 - 0.5 * max(0.0, 1.0 - c))
    return reach(curve, goal, overtakers)[0]
