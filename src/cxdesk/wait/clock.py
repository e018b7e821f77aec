"""The time between events, from a clock that may leap: what a leap added is taken back when the clock returns."""

from __future__ import annotations

from cxdesk.wait.learning import numbers


class Clock:
    """The last event heard, and how much time in service has been counted up to it."""

    __slots__ = ("_before", "_counted", "_latest", "_void", "heard", "now")

    def __init__(self) -> None:
        self.now = 0.0
        self.heard = False
        # The latest moment ever heard, the moment before `now`, what was counted between that and `now`, and what
        # was taken back since the latest moment.
        self._latest = self._before = self._counted = self._void = 0.0

    def advance(self, t: float, slots: int, longest: float) -> float:
        """Move to an event at t; returns the contact-seconds to count for `slots` contacts in service.

        No gap counts for more than `longest` seconds: a night is not one contact. An event earlier than the one
        before shows that one of the two was told at a wrong time: what the later one counted is taken back until
        the clock has come so far again. So neither an hour too much nor news that is late is counted twice.
        """
        if not self.heard:
            self.now = self._latest = self._before = t
            self.heard = True
            return 0.0
        if t < self.now:
            kept = min(slots * max(t - self._before, 0.0), self._counted)
            owed = kept - self._counted
            self._void -= owed
            self.now, self._counted = t, kept
            return owed
        start = self._latest if t >= self._latest else self.now
        counted = slots * min(t - start, longest)
        owed = counted
        if t >= self._latest:
            owed += self._void
            self._latest, self._void = t, 0.0
        else:
            self._void = max(0.0, self._void - counted)
        self._before, self.now, self._counted = self.now, t, counted
        return owed

    def dump(self) -> list[object]:
        """State as JSON."""
        return [self._latest, self._before, self._counted, self._void]

    def restore(self, now: float, value: object) -> None:
        """Continue from `now` and, where there is one, from `dump`."""
        self.now, self.heard = now, True
        four = numbers(value, 4)
        self._latest, self._before, self._counted, self._void = four if four is not None else (now, now, 0.0, 0.0)
