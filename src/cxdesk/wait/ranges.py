"""P10, P50 and P90 of every place, from the slot model."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import NamedTuple, TypeVar

from cxdesk.wait import fast
from cxdesk.wait.line import Place, hazard_of
from cxdesk.wait.quantile import damping, quantiles
from cxdesk.wait.view import View, overtakers

_T = TypeVar("_T")


class Range(NamedTuple):
    """Raw P10, P50, P90 in seconds, before calibration."""

    p10: float
    p50: float
    p90: float
    overload: bool = False


@dataclass(slots=True)
class Ranges:
    """The ranges of a line in service order, one list for each field."""

    p10: list[float] = field(default_factory=list)
    p50: list[float] = field(default_factory=list)
    p90: list[float] = field(default_factory=list)
    overload: list[bool] = field(default_factory=list)

    @classmethod
    def of(cls, ranges: Iterable[Range]) -> Ranges:
        """One range after the other."""
        columns = [list(column) for column in zip(*ranges, strict=True)]
        return cls(*columns) if columns else cls()

    def __getitem__(self, i: int) -> Range:
        return Range(self.p10[i], self.p50[i], self.p90[i], self.overload[i])

    def __iter__(self) -> Iterator[Range]:
        return map(Range, self.p10, self.p50, self.p90, self.overload)


def slot_range(view: View, place: Place) -> Range:
    """The range of one place."""
    curve = view.groups[place.group].curve
    passers, overload = overtakers(view, place.contact)
    damp = damping(hazard_of(place.stay))
    return Range(*quantiles(curve, place.slots, place.thinning, damp, passers), overload)


def slot_ranges(view: View) -> Ranges:
    """The whole line: exact at knots (a 5 % step in slots), linear in slots between them."""
    lanes = lanes_of(view)
    ranges = [_lane(view, lane) for lane in lanes]
    if len(lanes) == 1:
        return ranges[0]
    back = _inverse(list(chain.from_iterable(lanes)))
    columns = ([r.p10 for r in ranges], [r.p50 for r in ranges], [r.p90 for r in ranges])
    p10, p50, p90 = (_arranged(column, back) for column in columns)
    return Ranges(p10, p50, p90, _arranged([r.overload for r in ranges], back))


def _inverse(order: list[int]) -> list[int]:
    """Where each index stands in `order`."""
    return sorted(range(len(order)), key=order.__getitem__)


def _arranged(parts: Iterable[list[_T]], places: Sequence[int]) -> list[_T]:
    """The parts end to end, read at these places."""
    joined = list(chain.from_iterable(parts))
    return [joined[k] for k in places]


def lanes_of(view: View) -> list[Sequence[int]]:
    """Who is overtaken by the same classes and served by the same agents, as indices in service order."""
    contacts, group = view.places.contacts, view.places.group
    if len(view.groups) == 1 and len(view.memory.rates) <= 1:
        return [range(len(group))]
    lanes: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for i, key in enumerate(zip(group, [c.cls for c in contacts], strict=True)):
        lanes[key].append(i)
    return list(lanes.values())


def knots_of(slots: Sequence[float]) -> list[int]:
    """Where a lane is computed exactly: its ends, and every 5 % (at least 0.3) of slots between them."""
    knots = [0]
    while True:
        last = slots[knots[-1]]
        k = bisect_right(slots, last + max(0.3, 0.05 * last), knots[-1] + 1)
        if k >= len(slots) - 1:
            return [*knots, len(slots) - 1] if len(slots) > 1 else knots
        knots.append(k)


def _lane(view: View, lane: Sequence[int]) -> Ranges:
    if not lane:
        return Ranges()
    everybody = view.places.slots
    slots = everybody if len(lane) == len(everybody) else [everybody[i] for i in lane]
    knots = knots_of(slots)
    exact = Ranges.of(slot_range(view, view.places[lane[k]]) for k in knots)
    between = fast.between if fast.pays(len(slots)) else _between
    p10, p50, p90 = between(slots, knots, (exact.p10, exact.p50, exact.p90))
    overload = exact.overload[:1]
    for (a, low), (b, high) in pairwise(zip(knots, exact.overload, strict=True)):
        overload += [low or high] * (b - a - 1)
        overload.append(high)
    return Ranges(p10, p50, p90, overload)


def _between(slots: Sequence[float], knots: Sequence[int], columns: Sequence[Sequence[float]]) -> list[list[float]]:
    """Each column, given at the knots, for everybody: on a line in slots from knot to knot."""
    out = [list(column[:1]) for column in columns]
    for j, (a, b) in enumerate(pairwise(knots)):
        base, width = slots[a], slots[b] - slots[a]
        parts = [(s - base) / width for s in slots[a + 1 : b]] if width > 1e-12 else [0.0] * (b - a - 1)
        for own, column in zip(out, columns, strict=True):
            start, rise = column[j], column[j + 1] - column[j]
            own += [start + part * rise for part in parts]
            own.append(column[j + 1])
    return out


def no_faster(now: Range, before: Range, passed: float) -> Range:
    """Since the last event an estimate may fall by the time that passed, not more.

    True of the exact law; grids and 199 paths would break it by some parts in a thousand.
    """
    return Range(
        max(now.p10, before.p10 - passed),
        max(now.p50, before.p50 - passed),
        max(now.p90, before.p90 - passed),
        now.overload,
    )
