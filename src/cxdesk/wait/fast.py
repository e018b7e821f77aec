"""The passes over a long line once more, in numpy: the same sums, so the same numbers.

numpy is looked for when the first long line is met, never before; without it lists do the work. A line served by
groups with different skills is still walked person by person.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import Final

_ROUNDS: Final = 30
SIZE = 1500
"""Fewer people than this are served quicker by lists."""


@cache
def _installed() -> bool:
    return find_spec("numpy") is not None


def pays(people: int) -> bool:
    """Whether a line is long enough for numpy, and numpy is there."""
    return people >= SIZE and _installed()


def ages(arrived: Sequence[float], t: float, step: float, table: Sequence[float]) -> tuple[list[float], list[float]]:
    """Ages in steps of a table, and the table there (between its points on a line, beyond it its last value)."""
    import numpy as np

    values = np.array(table)
    cells = np.maximum(t - np.array(arrived), 0.0) / step
    k = np.minimum(cells, len(table) - 2).astype(np.intp)
    inside = values[k] + (cells - k) * (values[k + 1] - values[k])
    return cells.tolist(), np.where(cells >= len(table) - 1, values[-1], inside).tolist()


def walk(
    cells: Sequence[float],
    stayed: Sequence[float],
    weights: Sequence[float],
    slower: Sequence[float],
    table: Sequence[float],
    step: float,
    curve: tuple[Sequence[float], Sequence[float], int],
    horizon: float,
) -> list[list[float]] | None:
    """`line._walk_one` for everybody at once: slots, thinning, leavers and chances to stay.

    Who stays depends on the slots before them, and those on who stays ahead. From "everybody stays" the chances are
    corrected by Newton's method until none moves: a change D of the heads ahead lowers a chance by `falls` times D,
    so D(i + 1) = D(i) (1 - falls(i)) + what is missing, which cumulative sums and products solve. Eight rounds are
    usual; None when thirty do not do.
    """
    import numpy as np

    ms, ts, agents = np.array(curve[0]), np.array(curve[1]), curve[2]
    n, top, values = len(cells), len(table) - 1, np.array(table)
    start, before, weight, slow = (np.array(column) for column in (cells, stayed, weights, slower))
    pace = np.diff(ts) / np.maximum(np.diff(ms), 1e-300)
    steps = np.append(np.diff(values), 0.0)
    split = np.maximum(np.arange(n) - max(agents - 1, 0), 0)
    heads, work, stay = np.zeros(n + 1), np.zeros(n + 1), np.ones(n)
    for _ in range(_ROUNDS):
        np.cumsum(stay, out=heads[1:])
        np.cumsum(stay * weight, out=work[1:])
        slots = np.maximum.accumulate(1.0 + work[split] + heads[:-1] - heads[split])
        at = np.clip(np.searchsorted(ms, slots), 1, len(ms) - 1) - 1
        wait = np.where(slots > ms[-1], horizon, ts[at] + (slots - ms[at]) * pace[at])
        cell = start + np.where(slots <= ms[0], 0.0, wait) * slow / step
        k = np.minimum(cell, top).astype(np.intp)
        found = (values[k] + np.where(cell < top, (cell - k) * steps[k], 0.0)) / before
        missing = found - stay
        if np.abs(missing).max() < 1e-13:
            break
        falls = np.clip(-steps[k] / before * pace[at] * slow / step, 0.0, 0.9)
        with np.errstate(all="ignore"):
            kept = np.cumprod(1.0 - falls)
            change = kept * np.cumsum(missing / kept)
        stay = np.clip(stay + np.diff(change, prepend=0.0), 0.0, 1.0)
    else:
        return None
    thinning = np.cumsum(found * (1.0 - found))
    leavers = np.cumsum(1.0 - found)
    columns = (slots, np.append(0.0, thinning[:-1]), np.append(0.0, leavers[:-1]), found)
    return [column.tolist() for column in columns]


def between(slots: Sequence[float], knots: Sequence[int], columns: Sequence[Sequence[float]]) -> list[list[float]]:
    """Each column, given at the knots, for everybody: on a line in slots from knot to knot."""
    import numpy as np

    xs, at = np.array(slots), np.array(knots)
    spans = np.diff(at)
    base, width = np.repeat(xs[at[:-1]], spans), np.repeat(np.diff(xs[at]), spans)
    part = np.where(width > 1e-12, (xs[:-1] - base) / np.where(width > 1e-12, width, 1.0), 0.0)
    out = []
    for column in columns:
        values = np.array(column)
        own = np.repeat(values[:-1], spans) + part * np.repeat(np.diff(values), spans)
        out.append([*own.tolist(), column[-1]])
    return out


def stretched(
    ranges: tuple[Sequence[float], Sequence[float], Sequence[float]],
    factors: tuple[Sequence[float], Sequence[float]],
    relative: float,
    wide: tuple[float, float],
    horizon: float,
) -> tuple[list[float], list[float], list[float]]:
    """P10, P90 and mean of everybody, as `Finish.wait` has them; `wide` multiplies P10 and P90."""
    import numpy as np

    p10, p50, p90 = (np.array(column) for column in ranges)
    low, high = (np.array(column) for column in factors)
    doubt = relative * p50
    p10, p90 = (
        wide[0] * (p50 - np.minimum(low * np.hypot(p50 - p10, doubt), p50)),
        np.minimum(wide[1] * (p50 + high * np.hypot(p90 - p50, doubt)), horizon),
    )
    return p10.tolist(), p90.tolist(), (0.3 * p10 + 0.4 * p50 + 0.3 * p90).tolist()
