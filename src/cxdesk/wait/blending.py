"""The blends of a desk at one moment: what history says about each place, and the ranges scaled to it."""

from __future__ import annotations

from operator import mul

from cxdesk.wait.floor import Contact
from cxdesk.wait.line import Place
from cxdesk.wait.memory import blend_key
from cxdesk.wait.ranges import Range, Ranges
from cxdesk.wait.view import View


class Blending:
    """Scales P10, P50 and P90 of a place by one factor, 1 where no blend is in use."""

    __slots__ = ("_head", "_memory", "_paces", "_view")

    def __init__(self, view: View) -> None:
        self._view = view
        self._memory = view.memory
        self._head = view.places.contacts[0].age(view.t) if len(view.places) else 0.0
        self._paces: dict[tuple[str, int], float] = {}

    def features(self, contact: Contact, group: int, slots: float, p50: float) -> tuple[float, ...]:
        """What a blend looks at, all as remaining seconds."""
        age = contact.age(self._view.t)
        pace = self._paces.get((contact.topic, group))
        if pace is None:
            agents = max(self._view.groups[group].curve.agents, 1)
            pace = self._memory.mean(contact.topic) * self._view.drift / agents
            self._paces[contact.topic, group] = pace
        last, usual = self._memory.last_wait - age, self._memory.usual_wait - age
        return p50, slots * pace, max(0.0, self._head - age), max(0.0, last), max(0.0, usual)

    def factor(self, contact: Contact, group: int, slots: float, p50: float) -> float:
        """The blended wait over the model's."""
        blend = self._memory.blends.get(blend_key(contact))
        if blend is None or not blend.on or p50 <= 0.0:
            return 1.0
        return blend.say(self.features(contact, group, slots, p50)) / p50

    def range(self, place: Place, raw: Range) -> Range:
        """One range."""
        k = self.factor(place.contact, place.group, place.slots, raw.p50)
        return Range(k * raw.p10, k * raw.p50, k * raw.p90, raw.overload)

    def line(self, ranges: Ranges) -> Ranges:
        """The ranges of the whole line."""
        if not any(blend.on for blend in self._memory.blends.values()):
            return ranges
        places = self._view.places
        factors = list(map(self.factor, places.contacts, places.group, places.slots, ranges.p50))
        p10, p50, p90 = (list(map(mul, factors, column)) for column in (ranges.p10, ranges.p50, ranges.p90))
        return Ranges(p10, p50, p90, ranges.overload)
