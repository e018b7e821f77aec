"""Voices counted by theme: by week for the usual level, and what weighs in the last months. One pass over the rows."""

from collections.abc import Iterable, Mapping

from cxdesk.domain.impact import WINDOW_DAYS, Weight
from cxdesk.domain.levels import WEEK
from cxdesk.domain.moments import DAY

__all__ = ["Tally", "tallied"]


class Tally:
    """One theme: voices by week (0 the last seven days), and voices, severity and customers of the window."""

    __slots__ = ("people", "severity", "voices", "weeks")

    def __init__(self) -> None:
        self.weeks: dict[int, int] = {}
        self.voices = 0
        self.severity = 0
        self.people: set[str] = set()

    def weight(self, spent: Mapping[str, int]) -> Weight:
        """What it weighs, given what each customer has spent."""
        money = sum(spent.get(key, 0) for key in self.people)
        return Weight(self.voices, len(self.people), self.severity, max(0, money))


def tallied(heard: Iterable[tuple[str, int, str | None, int]], now: int) -> dict[str, Tally]:
    """Theme → its tally, of rows ``(theme, at, customer, severity)``; what is ahead of ``now`` counts as this week."""
    since = now - WINDOW_DAYS * DAY
    found: dict[str, Tally] = {}
    for key, at, customer, severity in heard:
        tally = found.get(key)
        if tally is None:
            tally = found[key] = Tally()
        week = max(0, (now - at) // WEEK)
        tally.weeks[week] = tally.weeks.get(week, 0) + 1
        if at >= since:
            tally.voices += 1
            tally.severity += severity
            if customer is not None:
                tally.people.add(customer)
    return found
