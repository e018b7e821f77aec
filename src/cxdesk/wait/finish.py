"""From a raw range to what is said: doubt about the mean, calibration, and the name of the state."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from itertools import count, repeat
from typing import Final

from cxdesk.wait import fast
from cxdesk.wait.calibrate import Conformal
from cxdesk.wait.floor import Contact
from cxdesk.wait.line import Place, Places
from cxdesk.wait.memory import Memory
from cxdesk.wait.quantile import Z80
from cxdesk.wait.ranges import Range, Ranges
from cxdesk.wait.result import Basis, Method, State, Wait
from cxdesk.wait.slots import HORIZON

COLD: Final = 20
"""Results needed before the state leaves "cold" (WAIT.md 5.4)."""
LONG: Final = 14_400.0


class Finish:
    """The last step of one answer; what does not depend on the waiter is worked out once."""

    __slots__ = ("_dark", "_factors", "_memory", "_wide", "basis", "relative", "state")

    def __init__(self, memory: Memory, drift: float, method: Method, silent: bool) -> None:
        n = memory.desk.seen
        self._memory = memory
        self.basis = Basis(n, drift, method)
        self._dark = Basis(n, drift, "none")
        self.state: State = "stale" if silent else "cold" if n < COLD else "ok"
        # Little data: the range is wider than it will be.
        self._wide = (0.7, 1.3) if self.state == "cold" else (1.0, 1.0)
        self._factors: dict[str, Conformal] = {}
        # What is not yet known of the mean: its relative standard error is sqrt(scv / (n + 3)).
        self.relative = Z80 * math.sqrt(max(memory.laws.scv, 0.1) / (memory.desk.n + 3.0))

    def stretched(self, cls: str, p10: float, p50: float, p90: float) -> tuple[float, float, float]:
        """P10, P50, P90 with doubt and calibration in them."""
        factors = self.factors(cls)
        doubt = self.relative * p50
        low = factors.low * math.hypot(p50 - p10, doubt)
        if low > p50:
            low = p50
        return p50 - low, p50, p50 + factors.high * math.hypot(p90 - p50, doubt)

    def factors(self, cls: str) -> Conformal:
        """The conformal factors of a class, neutral for one that was never scored."""
        found = self._factors.get(cls)
        if found is None:
            found = self._factors[cls] = self._memory.conformal.get(cls) or Conformal()
        return found

    def wait(self, place: Place, raw: Range) -> Wait:
        """What is said to one waiter."""
        return self._said(place.contact, place.rank, place.slots, *raw)

    def _said(
        self, contact: Contact, rank: int, slots: float, p10: float, p50: float, p90: float, overload: bool
    ) -> Wait:
        p10, p50, p90 = self.stretched(contact.cls, p10, p50, p90)
        p10, p90 = self._wide[0] * p10, self._wide[1] * p90
        state = self.state
        if overload or p50 > LONG:
            state = "overload"
        if p90 > HORIZON:
            p90 = HORIZON
        # Swanson's rule for a skewed law: mean = 0.3 P10 + 0.4 P50 + 0.3 P90.
        mean = 0.3 * p10 + 0.4 * p50 + 0.3 * p90
        return Wait(contact.id, p10, p50, p90, mean, rank + 1, slots - 1.0, state, self.basis)

    def no_agents(self, place: Place) -> Wait:
        """Nobody is on duty and no return is known: no number is better than any."""
        ahead = place.slots - 1.0
        return Wait(place.contact.id, None, None, None, None, place.rank + 1, ahead, "no_agents", self._dark)

    def line(self, places: Places, ranges: Ranges, dark: Collection[int]) -> list[Wait]:
        """What is said to everybody; nobody serves the groups in `dark`."""
        if dark:
            return [
                self.no_agents(place) if place.group in dark else self.wait(place, raw)
                for place, raw in zip(places, ranges, strict=True)
            ]
        if fast.pays(len(places)):
            return self._long_line(places, ranges)
        columns = (ranges.p10, ranges.p50, ranges.p90, ranges.overload)
        return list(map(self._said, places.contacts, count(), places.slots, *columns))

    def _long_line(self, places: Places, ranges: Ranges) -> list[Wait]:
        """`_said` of everybody, in columns."""
        contacts = places.contacts
        factors = {cls: self.factors(cls) for cls in {c.cls for c in contacts}}
        if len(factors) == 1:  # one number for all instead of a column of it
            (only,) = factors.values()
            low, high = [only.low], [only.high]
        else:
            low, high = [factors[c.cls].low for c in contacts], [factors[c.cls].high for c in contacts]
        p10, p90, mean = fast.stretched(
            (ranges.p10, ranges.p50, ranges.p90), (low, high), self.relative, self._wide, HORIZON
        )
        states: Iterable[State] = repeat(self.state)
        if any(ranges.overload) or max(ranges.p50) > LONG:
            states = [
                "overload" if over or p50 > LONG else self.state
                for over, p50 in zip(ranges.overload, ranges.p50, strict=True)
            ]
        ids, ahead = [c.id for c in contacts], [slots - 1.0 for slots in places.slots]
        rows = zip(ids, p10, ranges.p50, p90, mean, count(1), ahead, states, repeat(self.basis), strict=False)
        # What Wait(*row) does, without a Python call for each of them.
        return list(map(tuple.__new__, repeat(Wait), rows))
