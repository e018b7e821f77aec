"""The estimator: events in, honest ranges out (WAIT.md 5.2).

Pure and deterministic: no clock, no I/O, no global randomness. The same events give the same numbers
whether or not somebody asked in between. Nothing raises for a reason of data.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Literal, Self

from cxdesk.wait.clock import Clock
from cxdesk.wait.figures import Figures
from cxdesk.wait.floor import AgentState, Contact, Floor, Seat
from cxdesk.wait.memory import PROMPT_S, Memory
from cxdesk.wait.policy import Fifo, Policy
from cxdesk.wait.prior import Prior
from cxdesk.wait.result import Explanation, Report, Wait
from cxdesk.wait.store import dump_floor, load_floor

_STATE_VERSION = 1


class WaitEstimator:
    """Remaining waits of everybody in the queue of one desk.

    `prior` is the belief before the first service, `classes` the priority classes in order of rank,
    `policy` the order of service. Times are float seconds on one clock, ids are text. The modules beside this
    one may read `floor`, `memory` and `figures`.
    """

    def __init__(
        self,
        *,
        prior: Prior,
        classes: tuple[str, ...] = ("normal",),
        policy: Policy | None = None,
    ) -> None:
        self.prior = prior
        self.classes = classes
        self.floor = Floor(policy if policy is not None else Fifo())
        self.memory = Memory(prior)
        self.figures = Figures(self.floor, self.memory)
        self._clock = Clock()

    # -- events of contacts -----------------------------------------------------------------------

    def arrive(self, id: str, t: float, cls: str = "normal", topic: str = "other", channel: str = "phone") -> None:
        """A contact joins the queue. One that is waiting already keeps its place."""
        t = self._tick(t)
        known = self.floor.contacts.get(id)
        if known is not None and known.phase == "waiting":
            return
        self.memory.arrived(cls, t)
        contact = self.floor.enqueue(id, t, cls, topic, channel)
        self.figures.forget()
        # Waits that overlap tell one story: in a long queue only some arrivals are scored.
        if contact.key[2] % (1 + len(self.floor.order) // 20) == 0:
            contact.forecast = self.figures.forecast(contact, t)

    def start(self, id: str, t: float, agent: str) -> None:
        """An agent takes a contact; an unknown id is a contact that did not wait."""
        t = self._tick(t)
        contact = self.floor.contacts.get(id)
        if contact is None:
            contact = self.floor.enqueue(id, t, "normal", "other", "phone")
            contact.waited = False
        if contact.phase == "waiting" and contact.waited:
            self._begun(contact, self.floor.seat(agent, t), t)
        self._relieve(contact, t, taken_by=agent)
        seat = self.floor.activate(contact, t, agent)
        self._work(seat, t)

    def end(self, id: str, t: float) -> None:
        """The contact is finished. Without a start there is nothing to learn from it."""
        t = self._tick(t)
        contact = self.floor.contacts.get(id)
        if contact is None:
            return
        seat = self.floor.seats.get(contact.agent)
        was_active, age = contact.phase == "active", contact.age(t)
        handled = contact.phase != "waiting"
        self._relieve(contact, t)
        self.floor.drop(id, t)
        if handled:
            expected = self.memory.mean(contact.topic)
            self.memory.served(contact.topic, age, self.floor, t)
            if seat is not None and expected > 0:
                # Memory of about 200 contacts for the pace of a person.
                seat.speed_n = seat.speed_n * 0.995 + 1.0
                seat.speed_sum = seat.speed_sum * 0.995 + min(age / expected, 5.0)
        if was_active and seat is not None and not seat.active:
            seat.trial = seat.state == "on" and self.floor.eligible_waiting(seat)

    def abandon(self, id: str, t: float) -> None:
        """A waiting contact gives up; on one in service the contact just ends, unlearned."""
        t = self._tick(t)
        if (contact := self.floor.contacts.get(id)) is None:
            return
        self._relieve(contact, t)
        self.floor.drop(id, t)
        if contact.phase != "waiting":
            return
        waited = contact.age(t)
        self.memory.patience.observe(waited, True)
        self.memory.abandons += 1
        forecast = contact.forecast
        if forecast is not None and waited > forecast[2]:
            self.memory.calibration(contact.cls).missed()

    def transfer(self, id: str, t: float, topic: str, cls: str | None = None) -> None:
        """The topic, or the class, turns out to be another; agent and time of arrival stay.

        What is known already is no event: it must not move a single number.
        """
        contact = self.floor.contacts.get(id)
        if contact is None or (contact.topic, contact.cls) == (topic, cls if cls is not None else contact.cls):
            return
        self.floor.retell(contact, self._tick(t), topic, cls if cls is not None else contact.cls)

    def park(self, id: str, t: float) -> None:
        """A contact in service is put on hold: its agent is free, the service is not complete."""
        t = self._tick(t)
        if (contact := self.floor.contacts.get(id)) is not None:
            self.floor.hold(contact, t)

    def resume(self, id: str, t: float, agent: str) -> None:
        """A contact on hold is taken up again; one that was not on hold is simply started."""
        self.start(id, t, agent)

    def requeue(self, id: str, t: float, topic: str | None = None) -> None:
        """A contact in service or on hold goes back into the line, as an arrival at time t."""
        t = self._tick(t)
        old = self.floor.contacts.get(id)
        if old is None or old.phase == "waiting":
            return
        new = self.floor.enqueue(id, t, old.cls, topic or old.topic, old.channel)
        new.served = old.served

    # -- events of agents -------------------------------------------------------------------------

    def agent(
        self,
        agent: str,
        t: float,
        state: Literal["on", "break", "off"],
        until: float | None = None,
        skills: frozenset[str] | None = None,
    ) -> None:
        """An agent comes, goes on a break or leaves.

        `until` is the known return of a break, or the known end of duty of state "on". `skills` replaces
        the topics the agent takes; None leaves them as they are (at first: every topic).
        """
        t = self._tick(t)
        seat = self.floor.seat(agent, t)
        if skills is not None:
            seat.skills = skills
        until = until if until is not None and math.isfinite(until) else None
        self._change(seat, state, until, t)

    def schedule(self, agent: str, spans: Sequence[tuple[float, float]]) -> None:
        """Planned absences (leave, back) of an agent in clock seconds; replaces earlier ones."""
        self.floor.plan(self.floor.seat(agent, self._clock.now), spans)
        self.figures.forget()

    # -- questions --------------------------------------------------------------------------------

    def estimate(self, id: str, t: float) -> Wait:
        """Remaining wait of one contact; in service: zero; unknown: "stale" without numbers."""
        return self.figures.estimate(id, self.at(t))

    def queue(self, t: float) -> list[Wait]:
        """Everybody who waits, in service order, in one pass."""
        return self.figures.queue(self.at(t))

    def would_wait(self, t: float, cls: str = "normal", topic: str = "other") -> Wait:
        """The wait of somebody who would join now; nothing is changed by asking. The id is empty."""
        return self.figures.would_wait(self.at(t), cls, topic)

    def explain(self, id: str, t: float) -> Explanation:
        """Plain figures behind an estimate; sentences are made elsewhere."""
        return self.figures.explain(id, self.at(t))

    def quality(self, t: float, window_s: float) -> Report:
        """How well the ranges given at joining came true in the last `window_s` seconds (whole hours)."""
        return self.memory.tally.report(self.at(t), window_s)

    # -- state ------------------------------------------------------------------------------------

    def save(self) -> dict[str, object]:
        """Everything learned and everybody now in the system, as JSON values."""
        return {
            "version": _STATE_VERSION,
            "clock": self._clock.now,
            "heard": self._clock.heard,
            "leaps": self._clock.dump(),
            "memory": self.memory.dump(),
            "floor": dump_floor(self.floor),
        }

    @classmethod
    def load(
        cls,
        state: Mapping[str, object],
        *,
        prior: Prior,
        classes: tuple[str, ...] = ("normal",),
        policy: Policy | None = None,
    ) -> Self:
        """Continue from `save`; whatever cannot be read is left at its prior."""
        new = cls(prior=prior, classes=classes, policy=policy)
        if state.get("version") != _STATE_VERSION:
            return new
        memory, clock = state.get("memory"), state.get("clock")
        if isinstance(memory, dict):
            new.memory.restore(memory)
        if state.get("heard") is True and isinstance(clock, int | float) and math.isfinite(clock):
            new._clock.restore(float(clock), state.get("leaps"))
        load_floor(new.floor, state.get("floor"))
        new.figures.heard(new._clock.now)
        return new

    # -- inside -----------------------------------------------------------------------------------

    def at(self, t: float) -> float:
        """The moment to look at: t, or the last event when t is no time."""
        return t if math.isfinite(t) else self._clock.now

    def _tick(self, t: float) -> float:
        """Advance to an event: exposure is booked before the event changes anything (WAIT.md 4.5, point 5).

        A clock that goes back is believed, as every difference of times is floored at zero.
        """
        t = self.at(t)
        self.memory.drift.busy(self._clock.advance(t, self.floor.busy_slots(), 12.0 * self.memory.laws.mean))
        self.figures.heard(t)
        return t

    def _begun(self, contact: Contact, seat: Seat, t: float) -> None:
        """Learn from a wait that ends in service."""
        memory = self.memory
        memory.waited(contact, t, contact.age(t))
        if seat.active or seat.state != "on":
            return
        gap = self._neglected(seat, t, back=True)
        if seat.trial:
            memory.attended(gap <= PROMPT_S)

    def _neglected(self, seat: Seat, t: float, back: bool) -> float:
        """Book the idle time of an agent while somebody waited; returns its seconds.

        The age of the spell is the time since the agent became idle, watched only while somebody waited.
        """
        gap = self.floor.neglect(seat, t)
        watched = min(gap, t - seat.booked)
        if watched > PROMPT_S or (back and gap > PROMPT_S):
            age = t - seat.since
            self.memory.absence.observe(age, back, entered=age - max(watched, 0.0))
            seat.booked = t
        return gap

    def _relieve(self, contact: Contact, t: float, taken_by: str = "") -> None:
        """The last of a topic leaves the line: free agents who let it wait did so without coming back.

        Without these spells only the successes would be counted and absences would look too short.
        """
        if contact.phase != "waiting" or self.floor.waiting_by_topic.get(contact.topic, 0) > 1:
            return
        for seat in self.floor.seats.values():
            if seat.active or seat.state != "on" or seat.name == taken_by or not seat.serves(contact.topic):
                continue
            gap = self._neglected(seat, t, back=False)
            if seat.trial and gap > PROMPT_S:
                self.memory.attended(False)
            seat.trial = False

    def _work(self, seat: Seat, t: float) -> None:
        """Whoever takes a contact is on duty, whatever was said or planned."""
        seat.trial = False
        if seat.state != "on":
            self._change(seat, "on", None, t)
            seat.trial = False
        if seat.until is not None and seat.until <= t:
            seat.until = None
        seat.spans = [s for s in seat.spans if not s[0] <= t and s[1] > t]

    def _change(self, seat: Seat, state: AgentState, until: float | None, t: float) -> None:
        memory = self.memory
        if seat.state == state:
            seat.until = until
            return
        planned = until is not None or any(a - 900.0 <= t < b for a, b in seat.spans)
        if state == "break" and seat.state == "on" and seat.trial and not planned:
            memory.attended(False)
        if seat.state == "on" and state != "on":
            self._neglected(seat, t, back=False)
        if state == "on" and seat.state == "break" and seat.until is None:
            memory.absence.observe(max(0.0, t - seat.since), True)
        if state == "on" or not seat.active:
            seat.trial = False
        seat.state, seat.since, seat.until = state, t, until
