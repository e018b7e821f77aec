"""One walk along the queue: how many slots must be freed before each waiter is served."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from cxdesk.wait.floor import Contact
from cxdesk.wait.laws import Laws
from cxdesk.wait.slots import HORIZON, Curve

_NEVER: Final = 1e9


@dataclass(slots=True)
class Place:
    """What the queue in front means: `slots` to be freed (1: next), the variance of how many ahead stay,
    the mean number ahead that may leave, and the cumulative chance to stay until served."""

    contact: Contact
    index: int
    group: int
    slots: float
    thinning: float
    leavers: float
    stay: float


@dataclass(slots=True)
class Group:
    """Agents that can serve the same topics: their slot curve and the load already counted on it."""

    agents: frozenset[str]
    curve: Curve
    # Running sums over those ahead: work in mean services, heads, and variance of heads.
    work: list[float]
    heads: list[float]
    thinning: float = 0.0
    leavers: float = 0.0
    top: float = 1.0
    cursor: int = 1


def new_group(agents: frozenset[str], curve: Curve) -> Group:
    """A group with nobody counted yet."""
    return Group(agents, curve, [0.0], [0.0])


def shares(groups: Sequence[Group]) -> list[list[float]]:
    """shares[i][g]: how much of a waiter of group i falls on the agents of group g (WAIT.md 5.1.5)."""
    return [[len(a.agents & b.agents) / len(a.agents) if a.agents else float(a is b) for b in groups] for a in groups]


def walk(
    line: Iterable[Contact],
    t: float,
    groups: Sequence[Group],
    group_of: dict[str, int],
    laws: Laws,
    slowdown: dict[str, float],
) -> list[Place]:
    """Places in service order. `slowdown[cls]` stretches the wait of a class that is overtaken."""
    if len(groups) == 1:
        return _walk_one(line, t, groups[0], laws, slowdown)
    share = shares(groups)
    patience, step, top = laws.patience, laws.patience_step, len(laws.patience) - 1
    places: list[Place] = []
    mean = laws.mean
    for index, contact in enumerate(line):
        g = group_of[contact.topic]
        group = groups[g]
        slots = _slots(group)
        wait = _when(group, slots) * slowdown.get(contact.cls, 1.0)
        age = max(0.0, t - contact.arrived)
        stay = min(1.0, _look_up(patience, (age + wait) / step, top) / _look_up(patience, age / step, top))
        places.append(Place(contact, index, g, slots, group.thinning, group.leavers, stay))
        weight = laws.law(contact.topic).mean / mean
        for part, other in zip(share[g], groups, strict=True):
            if part:
                p = stay * part
                other.work.append(other.work[-1] + p * weight)
                other.heads.append(other.heads[-1] + p)
                other.thinning += p * (1.0 - p)
                other.leavers += part - p
    return places


def _walk_one(line: Iterable[Contact], t: float, group: Group, laws: Laws, slowdown: dict[str, float]) -> list[Place]:
    """The same walk when every agent serves everybody: no shares, everything in local names."""
    patience, cells, top = laws.patience, 1.0 / laws.patience_step, len(laws.patience) - 1
    ms, ts, last = group.curve.ms, group.curve.ts, len(group.curve.ms) - 1
    lag = max(group.curve.agents - 1, 0)
    work, heads = group.work, group.heads
    weights = {name: law.mean / laws.mean for name, law in laws.topics.items()}
    usual = laws.desk.mean / laws.mean
    places: list[Place] = []
    thinning = leavers = done = head = 0.0
    slots, k, first = 1.0, 1, ms[0]
    for index, c in enumerate(line):
        if index > lag:
            done = work[index - lag]
            slots = max(slots, 1.0 + done + head - heads[index - lag])
        else:
            slots = max(slots, 1.0 + head)
        if slots <= first:
            wait = 0.0
        else:
            while k < last and ms[k] < slots:
                k += 1
            low = ms[k - 1]
            wait = ts[k - 1] + (slots - low) / (ms[k] - low) * (ts[k] - ts[k - 1]) if ms[k] >= slots else HORIZON
        if slowdown:
            wait *= slowdown.get(c.cls, 1.0)
        cell = max(0.0, t - c.arrived) * cells
        i = int(cell)
        now = patience[i] + (cell - i) * (patience[i + 1] - patience[i]) if i < top else patience[top]
        cell += wait * cells
        i = int(cell)
        then = patience[i] + (cell - i) * (patience[i + 1] - patience[i]) if i < top else patience[top]
        stay = then / now
        places.append(Place(c, index, 0, slots, thinning, leavers, stay))
        head += stay
        heads.append(head)
        work.append(work[-1] + stay * weights.get(c.topic, usual))
        thinning += stay * (1.0 - stay)
        leavers += 1.0 - stay
    return places


def _look_up(table: Sequence[float], cell: float, top: int) -> float:
    """Linear interpolation; jumps of a step would show as jumps of the estimate."""
    k = int(cell)
    if k >= top:
        return table[top]
    return table[k] + (cell - k) * (table[k + 1] - table[k])


def _slots(group: Group) -> float:
    """Slots until a newcomer of this group starts: finished work ahead counts in mean services, the
    last agents - 1 ahead are still being served then and count as heads."""
    n = len(group.heads) - 1
    split = max(0, n - max(group.curve.agents - 1, 0))
    slots = 1.0 + group.work[split] + group.heads[n] - group.heads[split]
    group.top = max(group.top, slots)
    return group.top


def _when(group: Group, slots: float) -> float:
    """Time at which the mean reaches `slots`; the cursor only moves forward along the queue."""
    curve = group.curve
    ms, k = curve.ms, group.cursor
    if slots <= ms[0]:
        return 0.0
    last = len(ms) - 1
    while k < last and ms[k] < slots:
        k += 1
    group.cursor = k
    if ms[k] < slots or not ms[k] > ms[k - 1]:
        return HORIZON
    part = (slots - ms[k - 1]) / (ms[k] - ms[k - 1])
    return curve.ts[k - 1] + max(part, 0.0) * (curve.ts[k] - curve.ts[k - 1])


def hazard_of(stay: float) -> float:
    """Cumulative patience hazard behind a chance to stay."""
    return -math.log(max(stay, 1e-12))
