"""When the desk is open: several windows a day, closed days, and what follows for a moment or a stretch of time.

Windows are minutes of the day and lie on the wall clock of a zone; one that ends at or before its beginning runs past
midnight. A desk that never said when it is open counts as always open.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from cxdesk.domain.moments import Instant, instant, local

__all__ = ["Hours", "Window", "always_open", "read_window"]

Window = tuple[int, int]
"""First and last minute of the day; the last may lie beyond midnight (1440)."""

_WINDOW = re.compile(r"\s*(\d{1,2})(?::(\d{2}))?\s*[-~–]\s*(\d{1,2})(?::(\d{2}))?\s*")
_DAY = 1440
_FAR = 60
"""Days looked through for the next opening: the longest a desk may be closed and still be said to open again."""


def read_window(text: str) -> Window | None:
    """``09:00-18:00``, ``9~12`` or ``22:00-02:00`` in minutes; ``None`` for anything else."""
    found = _WINDOW.fullmatch(text)
    if found is None:
        return None
    hours, minutes = (int(found[1]), int(found[3])), (int(found[2] or 0), int(found[4] or 0))
    start, end = (60 * hour + minute for hour, minute in zip(hours, minutes, strict=True))
    if max(minutes) > 59 or start >= _DAY or end > _DAY:
        return None
    return start, end if end > start else end + _DAY


@dataclass(frozen=True, slots=True)
class Hours:
    """Windows for each weekday from Monday, and a rule that says which days are closed all day."""

    week: Sequence[Sequence[Window]]
    zone: tzinfo
    closed: Callable[[date], bool] = lambda day: False

    @property
    def known(self) -> bool:
        """Whether the desk ever said when it is open."""
        return any(self.week)

    def of(self, day: date) -> list[tuple[Instant, Instant]]:
        """When the desk opens and closes on a day, windows that touch joined; empty on a closed day."""
        if self.closed(day):
            return []
        return list(_joined((self._at(day, start), self._at(day, end)) for start, end in self.week[day.weekday()]))

    def between(self, start: Instant, end: Instant) -> list[tuple[Instant, Instant]]:
        """The windows that touch a stretch of time, oldest first; the whole stretch when hours are not known."""
        if not self.known:
            return [(start, end)]
        first, last = (local(at, self.zone).date() for at in (start, end))
        days = (first + timedelta(n) for n in range(-1, (last - first).days + 1))
        windows = _joined(window for day in days for window in self.of(day))
        return [(opens, closes) for opens, closes in windows if closes > start and opens < end]

    def open_at(self, at: Instant) -> bool:
        """Whether the desk is open at this moment."""
        return not self.known or any(opens <= at < closes for opens, closes in self.between(at, at + 1))

    def closes(self, at: Instant) -> Instant | None:
        """When the window that is open now ends; ``None`` when there is none, or no end to it."""
        if not self.known:
            return None
        return next((closes for opens, closes in self.between(at, at + 1) if opens <= at), None)

    def opens(self, at: Instant) -> Instant | None:
        """When the next window after this moment begins; ``None`` when hours are not known or none comes."""
        if not self.known:
            return None
        today = local(at, self.zone).date()
        for n in range(-1, _FAR):
            for opens, _ in self.of(today + timedelta(n)):
                if opens > at:
                    return opens
        return None

    def day_after(self, at: Instant) -> date | None:
        """The next day after today on which the desk opens; tomorrow when hours are not known."""
        today = local(at, self.zone).date()
        days = (today + timedelta(n) for n in range(1, _FAR))
        return next((day for day in days if not self.known or self.of(day)), None)

    def _at(self, day: date, minute: int) -> Instant:
        day += timedelta(minute // _DAY)
        return instant(datetime(day.year, day.month, day.day, minute // 60 % 24, minute % 60, tzinfo=self.zone))


def always_open(zone: tzinfo) -> Hours:
    """The hours of a desk that never said any."""
    return Hours(((),) * 7, zone)


def _joined(windows: Iterator[tuple[Instant, Instant]]) -> Iterator[tuple[Instant, Instant]]:
    """Overlapping and touching windows as one, in order."""
    last: tuple[Instant, Instant] | None = None
    for opens, closes in sorted(windows):
        if last is not None and opens <= last[1]:
            last = (last[0], max(last[1], closes))
            continue
        if last is not None:
            yield last
        last = (opens, closes)
    if last is not None:
        yield last
