"""Who waits, who is served by whom, who is on duty: the bookkeeping of events, nothing learned.

Every transition accepts nonsense (unknown ids, doubled events, a clock that goes back) and does the
least harmful thing; none raises.
"""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from cxdesk.wait.policy import Policy

AgentState = Literal["on", "break", "off"]
Phase = Literal["waiting", "active", "parked"]
OrderKey = tuple[float, float, int]

FORGOTTEN_S = 7200.0
"""An agent who lets a waiting queue stand this long has forgotten to log off."""


@dataclass(slots=True)
class Contact:
    """One contact in the system; `served` holds handling seconds from before the current spell."""

    id: str
    cls: str
    topic: str
    channel: str
    arrived: float
    key: OrderKey
    phase: Phase = "waiting"
    agent: str = ""
    since: float = 0.0
    served: float = 0.0
    waited: bool = True
    forecast: tuple[float, ...] | None = None

    def age(self, t: float) -> float:
        """Seconds waited so far, or seconds of handling so far when active."""
        if self.phase == "waiting":
            return max(0.0, t - self.arrived)
        return self.served + (max(0.0, t - self.since) if self.phase == "active" else 0.0)


@dataclass(slots=True)
class Seat:
    """One agent. `since` is the last change of state or the last end; `trial` is set while it is open
    whether the next contact is taken at once; idle time is booked up to `booked`."""

    name: str
    state: AgentState = "on"
    since: float = 0.0
    until: float | None = None
    skills: frozenset[str] | None = None
    spans: list[tuple[float, float]] = field(default_factory=list)
    active: list[Contact] = field(default_factory=list)
    trial: bool = False
    booked: float = -math.inf
    peak: int = 1
    below_peak: int = 0
    speed_n: float = 0.0
    speed_sum: float = 0.0

    def serves(self, topic: str) -> bool:
        """Whether the agent may take this topic; no skills given means every topic."""
        return self.skills is None or topic in self.skills

    def present(self, t: float) -> bool:
        """Whether the agent is on duty and not on a planned absence."""
        spans = self.absences(t)
        return self.state == "on" and not (spans and spans[0][0] <= t)

    def absences(self, t: float) -> list[tuple[float, float]]:
        """Planned absences from t on as (leave, back), merged and sorted; `back` may be infinite."""
        spans = [s for s in self.spans if s[1] > t]
        if self.until is not None:
            if self.state == "on":
                spans.append((max(self.until, t), math.inf))
            elif self.until > t:
                spans.append((self.since, self.until))
        merged: list[tuple[float, float]] = []
        for leave, back in sorted(spans):
            if merged and leave <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], back))
            else:
                merged.append((leave, back))
        return merged


class Floor:
    """The desk now. `order` is kept sorted in service order."""

    __slots__ = ("_seq", "contacts", "order", "policy", "seats", "topic_since", "waiting_by_topic")

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.contacts: dict[str, Contact] = {}
        self.seats: dict[str, Seat] = {}
        self.order: list[tuple[float, float, int, Contact]] = []
        self.waiting_by_topic: dict[str, int] = {}
        # Since when each waiting topic has had somebody waiting without a break.
        self.topic_since: dict[str, float] = {}
        self._seq = 0

    # -- contacts ---------------------------------------------------------------------------------

    def enqueue(self, cid: str, t: float, cls: str, topic: str, channel: str) -> Contact:
        """Put a contact in the line; a known one leaves whatever it was in first."""
        self.drop(cid, t)
        self._seq += 1
        contact = Contact(cid, cls, topic, channel, t, (*self.policy.key(cls, t), self._seq))
        self.contacts[cid] = contact
        self._into_line(contact, t)
        return contact

    def _into_line(self, contact: Contact, t: float) -> None:
        contact.phase = "waiting"
        insort(self.order, (*contact.key, contact))
        topic = contact.topic
        self.waiting_by_topic[topic] = self.waiting_by_topic.get(topic, 0) + 1
        self.topic_since.setdefault(topic, t)

    def _out_of_line(self, contact: Contact) -> None:
        at = bisect_left(self.order, contact.key)
        if at < len(self.order) and self.order[at][3] is contact:
            del self.order[at]
        left = self.waiting_by_topic.get(contact.topic, 1) - 1
        if left > 0:
            self.waiting_by_topic[contact.topic] = left
        else:
            self.waiting_by_topic.pop(contact.topic, None)
            self.topic_since.pop(contact.topic, None)

    def position(self, contact: Contact) -> int:
        """Index in service order, from 0."""
        return bisect_left(self.order, contact.key)

    def retell(self, contact: Contact, t: float, topic: str, cls: str) -> None:
        """Change topic and class; a contact in the line goes to where its class now puts it."""
        waiting = contact.phase == "waiting"
        if waiting:
            self._out_of_line(contact)
        contact.topic, contact.cls = topic, cls
        contact.key = (*self.policy.key(cls, contact.arrived), contact.key[2])
        if waiting:
            self._into_line(contact, t)

    def activate(self, contact: Contact, t: float, agent: str) -> Seat:
        """Give a contact to an agent, from the line, from hold or from a colleague."""
        if contact.phase == "waiting":
            self._out_of_line(contact)
        elif contact.phase == "active":
            self.hold(contact, t)
        seat = self.seat(agent, t)
        if contact.channel != "chat":
            # One voice, one contact: whatever else was open has been left, not finished.
            for other in [c for c in seat.active if c.channel != "chat"]:
                self.hold(other, t)
        contact.phase, contact.agent, contact.since = "active", agent, t
        seat.active.append(contact)
        self._note_peak(seat)
        return seat

    def hold(self, contact: Contact, t: float) -> None:
        """Take a contact from its agent; handling time so far is kept."""
        if contact.phase != "active":
            return
        contact.served = contact.age(t)
        contact.phase = "parked"
        seat = self.seats.get(contact.agent)
        if seat is not None and contact in seat.active:
            seat.active.remove(contact)
            if not seat.active and seat.state == "on":
                seat.since = t

    def drop(self, cid: str, t: float) -> Contact | None:
        """Remove a contact from the system and return it."""
        contact = self.contacts.pop(cid, None)
        if contact is not None:
            if contact.phase == "waiting":
                self._out_of_line(contact)
            else:
                self.hold(contact, t)
        return contact

    @staticmethod
    def _note_peak(seat: Seat) -> None:
        """Learn how many chats an agent carries: up at once, down after ten starts below it."""
        now = len(seat.active)
        if now >= seat.peak:
            seat.peak, seat.below_peak = now, 0
        else:
            seat.below_peak += 1
            if seat.below_peak >= 10:
                seat.peak, seat.below_peak = seat.peak - 1, 0

    # -- agents -----------------------------------------------------------------------------------

    def seat(self, agent: str, t: float) -> Seat:
        """The agent's seat; an unknown agent who acts is on duty."""
        seat = self.seats.get(agent)
        if seat is None:
            seat = self.seats[agent] = Seat(agent, since=t)
        return seat

    def present(self, t: float) -> list[Seat]:
        """Agents on duty and not on a planned absence."""
        return [seat for seat in self.seats.values() if seat.present(t)]

    def twin(self) -> Floor:
        """The same contacts and copies of the seats: for imagining other agents, not for events."""
        new = Floor(self.policy)
        new.contacts, new.order, new._seq = self.contacts, self.order, self._seq
        new.waiting_by_topic, new.topic_since = self.waiting_by_topic, self.topic_since
        new.seats = {name: replace(seat) for name, seat in self.seats.items()}
        return new

    def plan(self, seat: Seat, spans: Sequence[tuple[float, float]]) -> None:
        """Replace the planned absences; spans that end before they begin are dropped."""
        seat.spans = sorted((float(a), float(b)) for a, b in spans if math.isfinite(a) and b > a and not math.isnan(b))

    def neglect(self, seat: Seat, t: float) -> float:
        """Seconds for which a free agent on duty has let somebody wait whom they could take; else 0."""
        if seat.active or seat.state != "on" or not self.topic_since:
            return 0.0
        since = min((a for topic, a in self.topic_since.items() if seat.serves(topic)), default=t)
        return max(0.0, t - max(seat.since, since))

    def eligible_waiting(self, seat: Seat) -> bool:
        """Whether somebody waits whom this agent could take."""
        if seat.skills is None:
            return bool(self.order)
        return any(topic in seat.skills for topic in self.waiting_by_topic)

    def open_seconds(self, topic: str, t: float) -> float:
        """Seconds of handling so far of the contacts of a topic in service."""
        return sum(c.age(t) for seat in self.seats.values() for c in seat.active if c.topic == topic)

    def waiting_ages(self, t: float, most: int = 200) -> list[tuple[float, float]]:
        """(age, weight) of those in the line; of a long line an even sample stands for all."""
        stride = len(self.order) // most + 1
        return [(row[3].age(t), float(stride)) for row in self.order[::stride]]

    def busy_slots(self) -> int:
        """Contacts in service now."""
        return sum(len(seat.active) for seat in self.seats.values())
