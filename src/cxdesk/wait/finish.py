"""From a raw range to what is said: doubt about the mean, calibration, and the name of the state."""

from __future__ import annotations

import math
from typing import Final

from cxdesk.wait.calibrate import Conformal
from cxdesk.wait.line import Place
from cxdesk.wait.memory import Memory
from cxdesk.wait.quantile import Z80
from cxdesk.wait.result import Basis, Method, State, Wait
from cxdesk.wait.slots import HORIZON
from cxdesk.wait.view import Range

COLD: Final = 20
"""Results needed before the state leaves "cold" (WAIT.md 5.4)."""
_LONG: Final = 14_400.0


class Finish:
    """The last step of one answer; what does not depend on the waiter is worked out once."""

    __slots__ = ("_basis", "_dark", "_factors", "_memory", "_relative", "_silent", "_state")

    def __init__(self, memory: Memory, drift: float, method: Method, silent: bool) -> None:
        n = memory.desk.seen
        self._memory = memory
        self._basis = Basis(n, drift, method)
        self._dark = Basis(n, drift, "none")
        self._silent = silent
        self._state: State = "stale" if silent else "cold" if n < COLD else "ok"
        self._factors: dict[str, Conformal] = {}
        # What is not yet known of the mean: its relative standard error is sqrt(scv / (n + 3)).
        self._relative = Z80 * math.sqrt(max(memory.laws.scv, 0.1) / (memory.desk.n + 3.0))

    def stretched(self, cls: str, raw: Range) -> tuple[float, float, float]:
        """P10, P50, P90 with doubt and calibration in them."""
        factors = self._factors.get(cls)
        if factors is None:
            factors = self._factors[cls] = self._memory.conformal.get(cls) or Conformal()
        p50 = raw.p50
        doubt = self._relative * p50
        low = factors.low * math.hypot(p50 - raw.p10, doubt)
        if low > p50:
            low = p50
        return p50 - low, p50, p50 + factors.high * math.hypot(raw.p90 - p50, doubt)

    def wait(self, place: Place, raw: Range) -> Wait:
        """What is said to one waiter."""
        contact = place.contact
        p10, p50, p90 = self.stretched(contact.cls, raw)
        state = self._state
        if state == "cold":
            p10, p90 = 0.7 * p10, 1.3 * p90
        if raw.overload or p50 > _LONG:
            state = "overload"
        if p90 > HORIZON:
            p90 = HORIZON
        # Swanson's rule for a skewed law: mean = 0.3 P10 + 0.4 P50 + 0.3 P90.
        mean = 0.3 * p10 + 0.4 * p50 + 0.3 * p90
        return Wait(contact.id, p10, p50, p90, mean, place.index + 1, place.slots - 1.0, state, self._basis)

    def no_agents(self, place: Place) -> Wait:
        """Nobody is on duty and no return is known: no number is better than any."""
        ahead = place.slots - 1.0
        return Wait(place.contact.id, None, None, None, None, place.index + 1, ahead, "no_agents", self._dark)
