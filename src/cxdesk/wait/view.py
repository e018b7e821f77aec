"""The desk at one moment, seen through the learned laws: curves, places and numbers."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from cxdesk.wait.floor import FORGOTTEN_S, Contact, Floor, Seat
from cxdesk.wait.line import Group, Places, new_group, walk
from cxdesk.wait.memory import Memory
from cxdesk.wait.quantile import MAX_LOAD, Overtakers, passing
from cxdesk.wait.slots import Stream, build_curve


@dataclass(slots=True)
class View:
    """Places of the line at time t; ranges are computed on demand."""

    t: float
    floor: Floor
    memory: Memory
    drift: float
    groups: list[Group] = field(default_factory=list)
    group_of: dict[str, int] = field(default_factory=dict)
    places: Places = field(default_factory=lambda: Places([]))
    streams: dict[str, list[Stream]] = field(default_factory=dict)

    @property
    def away(self) -> list[float]:
        """Survivor of a spell of absence, tabulated with the step of the laws."""
        step = self.memory.laws.step
        return self.memory.absence.survivor([k * step for k in range(320)])


def streams_of(seat: Seat, t: float, oldest: float | None) -> list[Stream]:
    """The slots of one agent at time t; `oldest` is the first arrival among those waiting for them."""
    if len(seat.active) == 1 == seat.peak and seat.state == "on" and seat.until is None and not seat.spans:
        (contact,) = seat.active
        return [Stream("busy", contact.topic, contact.age(t))]
    absences = seat.absences(t)
    here = seat.state == "on" or bool(seat.active)
    if seat.state == "off" and not here and not math.isfinite(absences[0][1] if absences else math.inf):
        return []
    leave = max(0.0, absences[0][0] - t) if absences else math.inf
    out: list[Stream] = []
    if here:
        out += [Stream("busy", c.topic, c.age(t), leave=leave) for c in seat.active]
        if seat.state == "on" and leave > 0:
            spare = (seat.peak if seat.active else 1) - len(seat.active)
            out += _idle(seat, t, oldest, leave) * max(0, spare)
        if seat.state != "on":
            # Signed off in the middle of a contact: it will be finished, nothing follows.
            out = [Stream("busy", s.topic, s.age, leave=0.0) for s in out]
    elif seat.state == "break" and not absences:
        out.append(Stream("away", age=max(0.0, t - seat.since)))
    elif seat.state == "break" and seat.until is not None and seat.until <= t:
        out.append(Stream("away", age=t - seat.until, leave=leave))
    elif seat.state == "break" and seat.until is None and absences and absences[0][0] > t:
        out.append(Stream("away", age=max(0.0, t - seat.since), leave=leave))
    out = [s for s in out if s.kind != "away" or s.age < FORGOTTEN_S or seat.state == "on"]
    for k, (_, back) in enumerate(absences):
        if math.isfinite(back):
            following = absences[k + 1][0] - t if k + 1 < len(absences) else math.inf
            out.append(Stream("back", at=max(0.0, back - t), leave=following))
    return out


def _idle(seat: Seat, t: float, oldest: float | None, leave: float) -> list[Stream]:
    """A free slot on duty: ready when nobody waits for it, otherwise away since it became free."""
    if oldest is None:
        return [Stream("ready", leave=leave)]
    if t - max(seat.since, oldest) > FORGOTTEN_S:
        return []
    return [Stream("away", age=max(0.0, t - seat.since), leave=leave)]


def look(floor: Floor, memory: Memory, t: float, line: Sequence[Contact], extra_topics: Sequence[str] = ()) -> View:
    """Build curves for every group of agents and walk along `line`."""
    view = View(t, floor, memory, memory.drift_factor())
    topics = dict.fromkeys([c.topic for c in line] if len(line) < 64 else floor.waiting_by_topic)
    topics.update(dict.fromkeys(extra_topics))
    oldest = min(floor.topic_since.values(), default=None)
    streams = view.streams = {
        name: streams_of(seat, t, oldest if seat.skills is None else _oldest_for(seat, floor.topic_since))
        for name, seat in floor.seats.items()
    }
    # Whoever only finishes what they have in hand serves nobody who waits; a return would be the last stream.
    present = {name for name, own in streams.items() if own and (own[-1].kind != "busy" or own[-1].leave > 0.0)}
    index: dict[frozenset[str], int] = {}
    for topic in topics:
        able = frozenset(n for n in present if floor.seats[n].serves(topic))
        view.group_of[topic] = index.setdefault(able, len(index))
    need = 1.3 * len(line) + 3.0 * math.sqrt(len(line) + 1.0) + 3.0
    for agents in index:
        own = [s for name in floor.seats if name in agents for s in streams[name]]
        view.groups.append(new_group(agents, build_curve(own, memory.laws, memory.absence, view.drift, need)))
    slowdown = _slowdown(view, line)
    view.places = walk(line, t, view.groups, view.group_of, memory.laws, slowdown)
    return view


def _oldest_for(seat: Seat, oldest: dict[str, float]) -> float | None:
    return min((a for topic, a in oldest.items() if seat.serves(topic)), default=None)


def overtakers(view: View, contact: Contact) -> tuple[Overtakers, bool]:
    """Classes that may still pass this contact; the flag says that they leave too little for it."""
    policy, t, age = view.floor.policy, view.t, max(0.0, view.t - contact.arrived)
    pairs: list[tuple[float, float]] = []
    for cls in view.memory.rates:
        window = policy.gap(cls, contact.cls) - age
        if window > 0.0 and (rate := view.memory.rate(cls, t)) > 1e-7:
            pairs.append((rate, window))
    if not pairs:
        return (), False
    limit = MAX_LOAD * view.groups[view.group_of[contact.topic]].curve.rate()
    endless = sum(rate for rate, window in pairs if window == math.inf)
    total = sum(rate for rate, _ in pairs)
    if total > limit:
        pairs = [(rate * limit / total, window) for rate, window in pairs]
    return pairs, endless > limit


def _slowdown(view: View, line: Sequence[Contact]) -> dict[str, float]:
    """Rough stretch of the wait of each overtaken class, only used to see who may leave."""
    memory, policy = view.memory, view.floor.policy
    rate = sum(g.curve.rate() for g in view.groups) or 1e-9
    out: dict[str, float] = {}
    for mine in {c.cls for c in line[:200]}:
        passed = sum(memory.rate(cls, view.t) for cls in memory.rates if policy.gap(cls, mine) == math.inf)
        if passed:
            out[mine] = 1.0 / (1.0 - min(passed / rate, MAX_LOAD))
    return out


def served_by_nobody(view: View, contact: Contact) -> bool:
    """Whether no agent on duty, nor one with a known return, takes this topic."""
    return not view.groups[view.group_of[contact.topic]].agents


def expected_passers(view: View, contact: Contact, p50: float) -> float:
    """How many newcomers will pass this contact, on average."""
    return passing(overtakers(view, contact)[0], p50)


def place_at(floor: Floor, contact: Contact) -> int:
    """Where a contact that is not in the line would stand in it."""
    return bisect_left(floor.order, contact.key)
