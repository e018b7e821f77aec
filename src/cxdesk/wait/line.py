"""One walk along the queue: how many slots must be freed before each waiter is served."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, count
from typing import NamedTuple

from cxdesk.wait import fast
from cxdesk.wait.floor import Contact
from cxdesk.wait.laws import Laws
from cxdesk.wait.slots import HORIZON, Curve


class Place(NamedTuple):
    """What the queue in front means: `slots` to be freed (1: next), the variance of how many ahead stay,
    the mean number ahead that may leave, and the cumulative chance to stay until served."""

    contact: Contact
    rank: int
    group: int
    slots: float
    thinning: float
    leavers: float
    stay: float


@dataclass(slots=True)
class Places:
    """The places of a line in service order, one list for each field."""

    contacts: Sequence[Contact]
    group: list[int] = field(default_factory=list)
    slots: list[float] = field(default_factory=list)
    thinning: list[float] = field(default_factory=list)
    leavers: list[float] = field(default_factory=list)
    stay: list[float] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.slots)

    def __iter__(self) -> Iterator[Place]:
        columns = (self.group, self.slots, self.thinning, self.leavers, self.stay)
        return map(Place, self.contacts, count(), *columns)

    def __getitem__(self, i: int) -> Place:
        return Place(
            *(self.contacts[i], i, self.group[i]), self.slots[i], self.thinning[i], self.leavers[i], self.stay[i]
        )


@dataclass(slots=True)
class Group:
    """Agents that can serve the same topics: their slot curve and the load already counted on it."""

    agents: frozenset[str]
    curve: Curve
    # Running sums over those ahead: work in mean services, and heads.
    work: list[float]
    heads: list[float]
    top: float = 1.0
    cursor: int = 1

    def slots(self) -> float:
        """Slots until a newcomer starts: finished work ahead counts in mean services, the last agents - 1 ahead
        are still being served then and count as heads. Never fewer than for anybody ahead."""
        split = len(self.heads) - max(self.curve.agents, 1)
        own = 1.0 + self.heads[-1]
        if split > 0:
            own = 1.0 + self.work[split] + self.heads[-1] - self.heads[split]
        if own > self.top:
            self.top = own
        return self.top

    def when(self, slots: float) -> float:
        """Time at which the mean reaches `slots`; the cursor only moves forward along the queue."""
        ms, ts, k = self.curve.ms, self.curve.ts, self.cursor
        if slots <= ms[0]:
            return 0.0
        last = len(ms) - 1
        while k < last and ms[k] < slots:
            k += 1
        self.cursor = k
        low = ms[k - 1]
        if ms[k] < slots:
            return HORIZON
        return ts[k - 1] + (slots - low) / (ms[k] - low) * (ts[k] - ts[k - 1])


def new_group(agents: frozenset[str], curve: Curve) -> Group:
    """A group with nobody counted yet."""
    return Group(agents, curve, [0.0], [0.0])


def shares(groups: Sequence[Group]) -> list[list[float]]:
    """shares[i][g]: how much of a waiter of group i falls on the agents of group g (WAIT.md 5.1.5)."""
    return [[len(a.agents & b.agents) / len(a.agents) if a.agents else float(a is b) for b in groups] for a in groups]


@dataclass(slots=True)
class Ages:
    """How far everybody is in their patience: in steps of its table, and the chance of having got there."""

    cells: list[float]
    stayed: list[float]


def ages_of(line: Sequence[Contact], t: float, laws: Laws) -> Ages:
    """The ages of a line at time t."""
    if fast.pays(len(line)):
        return Ages(*fast.ages([c.arrived for c in line], t, laws.patience_step, laws.patience))
    patience, top = laws.patience, len(laws.patience) - 1
    cells = [max(0.0, t - c.arrived) / laws.patience_step for c in line]
    return Ages(cells, [_look_up(patience, cell, top) for cell in cells])


def walk(
    line: Sequence[Contact],
    t: float,
    groups: Sequence[Group],
    group_of: dict[str, int],
    laws: Laws,
    slowdown: dict[str, float],
) -> Places:
    """Places in service order. `slowdown[cls]` stretches the wait of a class that is overtaken."""
    means = {topic: laws.law(topic).mean / laws.mean for topic in group_of}
    weights = [means[c.topic] for c in line]
    stretch = [slowdown.get(c.cls, 1.0) for c in line] if slowdown else [1.0] * len(weights)
    ages = ages_of(line, t, laws)
    if len(groups) == 1:
        return _walk_one(line, groups[0], laws, ages, weights, stretch)
    return _walk_many(line, [group_of[c.topic] for c in line], groups, laws, ages, weights, stretch)


def _walk_many(
    line: Sequence[Contact],
    group: list[int],
    groups: Sequence[Group],
    laws: Laws,
    ages: Ages,
    weights: list[float],
    stretch: list[float],
) -> Places:
    patience, step, top = laws.patience, laws.patience_step, len(laws.patience) - 1
    links = [
        [(k, part, g.work, g.heads) for k, (part, g) in enumerate(zip(row, groups, strict=True)) if part]
        for row in shares(groups)
    ]
    thinning, leavers = [0.0] * len(groups), [0.0] * len(groups)
    places = Places(line, group)
    for g, cell, stayed, weight, slower in zip(group, ages.cells, ages.stayed, weights, stretch, strict=True):
        slots = groups[g].slots()
        cell += groups[g].when(slots) * slower / step
        i = int(cell)
        then = patience[i] + (cell - i) * (patience[i + 1] - patience[i]) if i < top else patience[top]
        stay = then / stayed if then < stayed else 1.0
        places.slots.append(slots)
        places.thinning.append(thinning[g])
        places.leavers.append(leavers[g])
        places.stay.append(stay)
        for k, part, work, heads in links[g]:
            p = stay * part
            work.append(work[-1] + p * weight)
            heads.append(heads[-1] + p)
            thinning[k] += p * (1.0 - p)
            leavers[k] += part - p
    return places


def _walk_one(
    line: Sequence[Contact], group: Group, laws: Laws, ages: Ages, weights: list[float], stretch: list[float]
) -> Places:
    """The same walk when every agent serves everybody: no shares, everything in local names."""
    given = (ages.cells, ages.stayed, weights, stretch)
    if fast.pays(len(line)):
        curve = (group.curve.ms, group.curve.ts, group.curve.agents)
        found = fast.walk(*given, laws.patience, laws.patience_step, curve, HORIZON)
        if found is not None:
            return Places(line, [0] * len(line), *found)
    patience, step, top = laws.patience, laws.patience_step, len(laws.patience) - 1
    ms, ts, last = group.curve.ms, group.curve.ts, len(group.curve.ms) - 1
    lag = max(group.curve.agents - 1, 0)
    work, heads = group.work, group.heads
    all_slots: list[float] = []
    stays: list[float] = []
    done = head = 0.0
    slots, k, first = 1.0, 1, ms[0]
    for index, (cell, stayed, weight, slower) in enumerate(zip(*given, strict=True)):
        own = 1.0 + work[index - lag] + head - heads[index - lag] if index > lag else 1.0 + head
        if own > slots:
            slots = own
        if slots > first:
            while k < last and ms[k] < slots:
                k += 1
            low = ms[k - 1]
            wait = ts[k - 1] + (slots - low) / (ms[k] - low) * (ts[k] - ts[k - 1]) if ms[k] >= slots else HORIZON
            cell += wait * slower / step
        i = int(cell)
        stay = (patience[i] + (cell - i) * (patience[i + 1] - patience[i]) if i < top else patience[top]) / stayed
        all_slots.append(slots)
        stays.append(stay)
        head += stay
        heads.append(head)
        done += stay * weight
        work.append(done)
    thinning = list(accumulate([stay * (1.0 - stay) for stay in stays], initial=0.0))
    leavers = list(accumulate([1.0 - stay for stay in stays], initial=0.0))
    return Places(line, [0] * len(stays), all_slots, thinning[:-1], leavers[:-1], stays)


def _look_up(table: Sequence[float], cell: float, top: int) -> float:
    """Linear interpolation; jumps of a step would show as jumps of the estimate."""
    k = int(cell)
    if k >= top:
        return table[top]
    return table[k] + (cell - k) * (table[k + 1] - table[k])


def hazard_of(stay: float) -> float:
    """Cumulative patience hazard behind a chance to stay."""
    return -math.log(max(stay, 1e-12))
