"""Keeping an eye on incidents: whose word is due next, and what so many ask about that it begs for one.

Looking costs a walk over the contacts of nine hours, so it happens on the screen's thread twice a minute, never for a
key; what was found is kept and shown from memory.
"""

import sqlite3

from cxdesk.desk.writer import Writer
from cxdesk.domain.bursts import WEEKS, Burst, counted, find
from cxdesk.domain.incidents import Alert
from cxdesk.domain.moments import DAY, HOUR
from cxdesk.storage import incidents as stored

__all__ = ["Watching"]


class Watching:
    """What is known of incidents between two looks."""

    def __init__(self, desk: Writer) -> None:
        self._desk = desk
        self.burst: Burst | None = None
        self._looked = False

    @property
    def quiet(self) -> bool:
        """Whether it is known that no incident goes on, so that nothing need be asked of the file."""
        return self._looked and (self._desk.alert is None or self._desk.alert.incident is None)

    def look(self, reader: sqlite3.Connection | None = None) -> None:
        """Look for a burst, and for the open incidents; on a thread with a ``reader`` of its own."""
        db = reader or self._desk.db
        self.burst = self._find(db)
        self.refresh(db)

    def refresh(self, db: sqlite3.Connection | None = None) -> None:
        """Look for the open incidents alone, after something was done to one."""
        db = db or self._desk.db
        if self.burst is not None and stored.links(db, self.burst.tickets):
            self.burst = None  # it has become an incident; the next look says whether more is going on
        going_on = stored.open_ones(db)
        self._looked = True
        burst = (self.burst.topic, self.burst.product, self.burst.count) if self.burst else None
        self._desk.alert = Alert(going_on[0] if going_on else None, len(going_on), burst) if going_on or burst else None

    def _find(self, db: sqlite3.Connection) -> Burst | None:
        now, least = self._desk.clock(), self._desk.settings.incidents.burst
        asked = stored.arrivals(db, now - HOUR, now, unlinked=True) if least else []
        first = stored.first_arrival(db)
        if first is None or len(asked) < least or not asked:
            return None
        weeks = []
        for week in range(1, WEEKS + 1):
            until = now - week * 7 * DAY
            if until - HOUR < first:  # the desk was not there yet
                break
            weeks.append(counted((topic, product) for _, topic, product in stored.arrivals(db, until - HOUR, until)))
        return find(asked, weeks, least)
