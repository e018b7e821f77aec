"""Questions to the desk: builds a view, picks slot model or roll-out, calibrates, names the state."""

from __future__ import annotations

import math
from typing import Final

from cxdesk.wait.blending import Blending
from cxdesk.wait.finish import Finish
from cxdesk.wait.floor import Contact, Floor, Seat
from cxdesk.wait.line import Place
from cxdesk.wait.memory import PROMPT_S, Memory
from cxdesk.wait.ranges import Range, Ranges, no_faster, slot_range, slot_ranges
from cxdesk.wait.result import Basis, Explanation, Method, State, Wait
from cxdesk.wait.rollout import Draws
from cxdesk.wait.slots import HORIZON
from cxdesk.wait.small import small_desk
from cxdesk.wait.view import View, expected_passers, look, place_at, served_by_nobody

_SILENCE: Final = 1800.0
_AFFORD: Final = 400


class Figures:
    """Answers at a moment; the last view is kept until an event or another moment."""

    __slots__ = ("_anchor", "_draws", "_event_at", "_floor", "_kept", "_memory")

    def __init__(self, floor: Floor, memory: Memory) -> None:
        self._floor = floor
        self._memory = memory
        self._draws = Draws()
        self._event_at = 0.0
        self._kept: tuple[View, Ranges | None] | None = None
        self._anchor: tuple[View, Ranges | None] | None = None

    def heard(self, t: float) -> None:
        """An event happened at t."""
        self._event_at = t
        self._kept = self._anchor = None

    def over(self, floor: Floor) -> Figures:
        """The same questions, asked of another floor at the same moment of what has been learned."""
        new = Figures(floor, self._memory)
        new._draws, new._event_at = self._draws, self._event_at
        return new

    def forget(self) -> None:
        """Something changed without a new moment."""
        self._kept = self._anchor = None

    # -- questions --------------------------------------------------------------------------------

    def queue(self, t: float) -> list[Wait]:
        """Everybody who waits, in service order."""
        view, played = self._view(t)
        ranges = self._ranges(view, played)
        if (before := self._before(t)) is not None:
            old, passed = self._ranges(*before), t - before[0].t
            ranges = Ranges.of(no_faster(a, b, passed) for a, b in zip(ranges, old, strict=True))
        dark = {k for k, group in enumerate(view.groups) if not group.agents}
        return self._finish(view, played).line(view.places, ranges, dark)

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
        place = view.places[self._floor.position(contact)]
        wait = self._raw(view, played, place)
        if (before := self._before(t)) is not None:
            old = self._raw(*before, before[0].places[place.rank])
            wait = no_faster(wait, old, t - before[0].t)
        return self._one(view, played, place, wait)

    def would_wait(self, t: float, cls: str, topic: str) -> Wait:
        """Somebody who would join now."""
        view, played, place = self._joining(t, cls, topic)
        return self._one(view, played, place, self._raw(view, played, place))

    def forecast(self, contact: Contact, t: float) -> tuple[float, ...] | None:
        """Calibrated P10, P50, P90 at joining, the features of the blend and whether somebody is ready.

        None when nobody is there, or when a free agent will surely take the contact at once.
        """
        ready = self._ready(contact, t)
        if ready and self._memory.laws.absence < 0.2:
            return None
        view, played = self._view(t)
        place = view.places[self._floor.position(contact)]
        if served_by_nobody(view, contact):
            return None
        raw = self._model(view, played, place)
        if raw.p90 <= 1.0 or raw.p50 >= HORIZON:
            return None
        blending = Blending(view)
        features = blending.features(contact, place.group, place.slots, raw.p50)
        blended = blending.range(place, raw)
        said = self._finish(view, played).stretched(contact.cls, *blended[:3])
        return (*said, *features, float(ready))

    def explain(self, cid: str, t: float) -> Explanation:
        """Plain figures behind `estimate`."""
        wait = self.estimate(cid, t)
        contact = self._floor.contacts.get(cid)
        topic = contact.topic if contact is not None else "other"
        seats = [s for s in self._floor.seats.values() if s.serves(topic)]
        on = [s for s in seats if s.present(t)]
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

    def _view(self, t: float) -> tuple[View, Ranges | None]:
        if self._kept is None or self._kept[0].t != t:
            line = [row[3] for row in self._floor.order]
            view = look(self._floor, self._memory, t, line)
            self._kept = (view, small_desk(view, line, self._draws))
        return self._kept

    def _before(self, t: float) -> tuple[View, Ranges | None] | None:
        """The view at the last event, when t is later and the line short enough to afford it."""
        if t <= self._event_at or len(self._floor.order) > _AFFORD:
            return None
        if self._anchor is None:
            line = [row[3] for row in self._floor.order]
            view = look(self._floor, self._memory, self._event_at, line)
            self._anchor = (view, small_desk(view, line, self._draws))
        return self._anchor

    def _joining(self, t: float, cls: str, topic: str) -> tuple[View, Ranges | None, Place]:
        ghost = Contact("", cls, topic, "phone", t, (*self._floor.policy.key(cls, t), self._floor._seq + 1))
        at = place_at(self._floor, ghost)
        line = [row[3] for row in self._floor.order[:at]]
        view = look(self._floor, self._memory, t, [*line, ghost], [topic])
        return view, small_desk(view, [*line, ghost], self._draws), view.places[at]

    def _model(self, view: View, played: Ranges | None, place: Place) -> Range:
        return played[place.rank] if played is not None else slot_range(view, place)

    def _raw(self, view: View, played: Ranges | None, place: Place) -> Range:
        return Blending(view).range(place, self._model(view, played, place))

    def _ranges(self, view: View, played: Ranges | None) -> Ranges:
        return Blending(view).line(played if played is not None else slot_ranges(view))

    def _finish(self, view: View, played: Ranges | None) -> Finish:
        method: Method = "rollout" if played is not None else "slots"
        return Finish(self._memory, view.drift, method, self._silent(view.t))

    def _one(self, view: View, played: Ranges | None, place: Place, raw: Range) -> Wait:
        finish = self._finish(view, played)
        dark = served_by_nobody(view, place.contact)
        return finish.no_agents(place) if dark else finish.wait(place, raw)

    def _silent(self, t: float) -> bool:
        """Nothing was heard for so long that the picture may be wrong."""
        return t - self._event_at > max(_SILENCE, 6.0 * self._memory.laws.mean)

    def _ready(self, contact: Contact, t: float) -> bool:
        """Whether a free agent, who has let nobody wait, could take the contact."""
        return any(
            s.state == "on" and not s.active and s.serves(contact.topic) and self._floor.neglect(s, t) <= PROMPT_S
            for s in self._floor.seats.values()
        )

    def _next_free(self, topic: str, t: float) -> float | None:
        """Median seconds until the next agent for a topic is free."""
        view = look(self._floor, self._memory, t, [], [topic])
        group = view.groups[view.group_of[topic]]
        if not group.agents:
            return None
        when = group.curve.when(0.7)[0]
        return when if when < HORIZON else None


def _returns(seat: Seat, t: float) -> list[float]:
    return [b for a, b in seat.absences(t) if a <= t and math.isfinite(b)]
