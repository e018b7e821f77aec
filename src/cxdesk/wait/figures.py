"""Questions to the desk: builds a view, picks slot model or roll-out, calibrates, names the state."""

from __future__ import annotations

import math
from typing import Final

from cxdesk.wait.floor import Contact, Floor, Seat
from cxdesk.wait.line import Place
from cxdesk.wait.memory import Memory
from cxdesk.wait.result import Basis, Explanation, Method, State, Wait
from cxdesk.wait.rollout import (
    MAX_AGENTS,
    MAX_WAITING,
    PATHS,
    Draws,
    Server,
    play,
    totals,
)
from cxdesk.wait.slots import HORIZON, Stream
from cxdesk.wait.view import (
    Range,
    View,
    expected_passers,
    look,
    overtakers,
    place_at,
    served_by_nobody,
    slot_range,
    slot_ranges,
    streams_of,
    unsure,
)

COLD: Final = 20
"""Results needed before the state leaves "cold" (WAIT.md 5.4)."""
_LONG: Final = 14_400.0
_SILENCE: Final = 1800.0


class Figures:
    """Answers at a moment; the last view is kept until an event or another moment."""

    __slots__ = ("_draws", "_event_at", "_floor", "_kept", "_memory")

    def __init__(self, floor: Floor, memory: Memory) -> None:
        self._floor = floor
        self._memory = memory
        self._draws = Draws()
        self._event_at = 0.0
        self._kept: tuple[View, list[Range] | None] | None = None

    def heard(self, t: float) -> None:
        """An event happened at t."""
        self._event_at = t
        self._kept = None

    def forget(self) -> None:
        """Something changed without a new moment."""
        self._kept = None

    # -- questions --------------------------------------------------------------------------------

    def queue(self, t: float) -> list[Wait]:
        """Everybody who waits, in service order."""
        view, played = self._view(t)
        method: Method = "rollout" if played is not None else "slots"
        ranges = played if played is not None else slot_ranges(view)
        basis, dark = self._basis(view, method), self._basis(view, "none")
        silent = self._silent(t)
        return [
            self._wait(view, place, raw, basis, dark, silent) for place, raw in zip(view.places, ranges, strict=True)
        ]

    def estimate(self, cid: str, t: float) -> Wait:
        """One contact; zero when it is served, no numbers when it is not here."""
        contact = self._floor.contacts.get(cid)
        if contact is None or contact.phase != "waiting":
            served = contact is not None and contact.phase == "active"
            number = 0.0 if served else None
            basis = Basis(self._memory.desk.seen, self._memory.drift_factor(), "none")
            state: State = "ok" if served else "stale"
            return Wait(cid, number, number, number, number, 0, 0.0, state, basis)
        view, played = self._view(t)
        return self._one(view, played, view.places[self._floor.position(contact)])

    def would_wait(self, t: float, cls: str, topic: str) -> Wait:
        """Somebody who would join now."""
        view, played, place = self._joining(t, cls, topic)
        return self._one(view, played, place)

    def forecast(self, contact: Contact, t: float) -> tuple[float, float, float] | None:
        """Calibrated range at joining, for later scoring; None when an agent is free or nobody is there."""
        view, played = self._view(t)
        place = view.places[self._floor.position(contact)]
        if served_by_nobody(view, contact):
            return None
        raw = self._raw(view, played, place)
        if raw.p90 <= 1.0 or raw.p50 >= HORIZON or self._floor_has_idle(contact):
            return None
        p10, p50, p90 = self._memory.calibration(contact.cls).apply(raw.p10, raw.p50, raw.p90)
        return p10, p50, p90

    def explain(self, cid: str, t: float) -> Explanation:
        """Plain figures behind `estimate`."""
        wait = self.estimate(cid, t)
        contact = self._floor.contacts.get(cid)
        topic = contact.topic if contact is not None else "other"
        seats = [s for s in self._floor.seats.values() if s.serves(topic)]
        on = [s for s in seats if s.state == "on" and not _planned_out(s, t)]
        drift = self._memory.drift_factor()
        leavers = passers = 0.0
        if contact is not None and wait.position and wait.p50 is not None:
            view, _ = self._view(t)
            leavers = view.places[wait.position - 1].leavers
            passers = expected_passers(view, contact, wait.p50)
        return Explanation(
            id=cid,
            state=wait.state,
            position=wait.position,
            ahead=max(0, wait.position - 1),
            may_leave=leavers,
            may_overtake=passers,
            waited_s=contact.age(t) if contact is not None and wait.position else 0.0,
            agents_on=len(on),
            agents_busy=sum(bool(s.active) for s in on),
            agents_away=sum(s.state == "break" or (s.state == "on" and s not in on) for s in seats),
            mean_service_s=self._memory.mean(topic) * drift,
            drift=drift,
            next_free_s=self._next_free(topic, t),
            next_back_at=min((b for s in seats for b in _returns(s, t)), default=None),
            n_services=self._memory.desk.seen,
        )

    # -- inside -----------------------------------------------------------------------------------

    def _view(self, t: float) -> tuple[View, list[Range] | None]:
        if self._kept is None or self._kept[0].t != t:
            line = [row[3] for row in self._floor.order]
            view = look(self._floor, self._memory, t, line)
            self._kept = (view, self._played(view, line))
        return self._kept

    def _joining(self, t: float, cls: str, topic: str) -> tuple[View, list[Range] | None, Place]:
        ghost = Contact("", cls, topic, "phone", t, (*self._floor.policy.key(cls, t), self._floor._seq + 1))
        at = place_at(self._floor, ghost)
        line = [row[3] for row in self._floor.order[:at]]
        view = look(self._floor, self._memory, t, [*line, ghost], [topic])
        return view, self._played(view, [*line, ghost]), view.places[at]

    def _played(self, view: View, line: list[Contact]) -> list[Range] | None:
        """Ranges from the roll-out when the desk is small enough and nobody can overtake."""
        if not line or len(line) > MAX_WAITING or len(view.places) != len(line):
            return None
        servers: list[Server] = []
        agents: set[str] = set().union(*(g.agents for g in view.groups))
        if len(agents) > MAX_AGENTS:
            return None
        if any(overtakers(view, c)[0] for c in line):
            return None
        oldest = min(c.arrived for c in line)
        for name in sorted(agents):
            seat = self._floor.seats[name]
            waiting = oldest if self._floor.order else None
            for k, stream in enumerate(streams_of(seat, view.t, waiting)):
                if stream.kind != "back" or not servers or k == 0:
                    servers.append(self._server(view, seat, stream, k))
        memory = self._memory
        step = memory.laws.step
        away = memory.absence.survivor([k * step for k in range(120)])
        columns = play(line, view.t, servers, memory.laws, view.drift, self._draws, away)
        return [_percentiles(column) for column in columns]

    def _server(self, view: View, seat: Seat, stream: Stream, k: int) -> Server:
        memory, t = self._memory, view.t
        laws = memory.laws
        pace = (8.0 + seat.speed_sum) / (8.0 + seat.speed_n)
        if stream.kind == "busy":
            contact = seat.active[min(k, len(seat.active) - 1)]
            step = laws.step * view.drift * pace
            u = self._draws.of("rest" + contact.id)
            free = totals(laws.law(stream.topic).survivor, step, stream.age, u)
        elif stream.kind == "away":
            step = laws.step
            table = memory.absence.survivor([i * step for i in range(320)])
            free = totals(table, step, stream.age, self._draws.of("back" + seat.name))
        else:
            free = [stream.at] * PATHS
        gone = [(a - t, b - t) for a, b in seat.absences(t)]
        return Server(free, gone, pace, seat.skills)

    def _raw(self, view: View, played: list[Range] | None, place: Place) -> Range:
        return played[place.index] if played is not None else slot_range(view, place)

    def _one(self, view: View, played: list[Range] | None, place: Place) -> Wait:
        method: Method = "rollout" if played is not None else "slots"
        dark = served_by_nobody(view, place.contact)
        raw = Range(0.0, 0.0, 0.0) if dark else self._raw(view, played, place)
        basis = self._basis(view, method)
        return self._wait(view, place, raw, basis, self._basis(view, "none"), self._silent(view.t))

    def _wait(self, view: View, place: Place, raw: Range, basis: Basis, dark: Basis, silent: bool) -> Wait:
        contact = place.contact
        if not view.groups[place.group].agents:
            return Wait(contact.id, None, None, None, None, place.index + 1, place.slots - 1.0, "no_agents", dark)
        memory = self._memory
        raw = unsure(memory, raw)
        p10, p50, p90 = memory.calibration(contact.cls).apply(raw.p10, raw.p50, raw.p90)
        state: State = "ok"
        if raw.overload or p50 > _LONG:
            state = "overload"
        elif silent:
            state = "stale"
        elif basis.n_services < COLD:
            state = "cold"
            p10, p90 = 0.7 * p10, 1.3 * p90
        # Swanson's rule for a skewed law: mean = 0.3 P10 + 0.4 P50 + 0.3 P90.
        mean = 0.3 * p10 + 0.4 * p50 + 0.3 * p90
        return Wait(contact.id, p10, p50, min(p90, HORIZON), mean, place.index + 1, place.slots - 1.0, state, basis)

    def _basis(self, view: View, method: Method) -> Basis:
        return Basis(self._memory.desk.seen, view.drift, method)

    def _silent(self, t: float) -> bool:
        """Nothing was heard for so long that the picture may be wrong."""
        return t - self._event_at > max(_SILENCE, 6.0 * self._memory.laws.mean)

    def _floor_has_idle(self, contact: Contact) -> bool:
        return any(s.state == "on" and not s.active and s.serves(contact.topic) for s in self._floor.seats.values())

    def _next_free(self, topic: str, t: float) -> float | None:
        """Median seconds until the next agent for a topic is free."""
        view = look(self._floor, self._memory, t, [], [topic])
        group = view.groups[view.group_of[topic]]
        if not group.agents:
            return None
        when = group.curve.when(0.7)[0]
        return when if when < HORIZON else None


def _percentiles(column: list[float]) -> Range:
    """P10, P50 and P90 of the sorted start times of one waiter."""
    n = len(column)
    p10, p50, p90 = (min(column[int(q * n)], HORIZON) for q in (0.1, 0.5, 0.9))
    return Range(p10, p50, p90)


def _planned_out(seat: Seat, t: float) -> bool:
    spans = seat.absences(t)
    return bool(spans) and spans[0][0] <= t


def _returns(seat: Seat, t: float) -> list[float]:
    return [b for a, b in seat.absences(t) if a <= t and math.isfinite(b)]
