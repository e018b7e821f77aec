"""The list of customers and one person's page, for whoever shows or prints them."""

import sqlite3
from collections.abc import Callable
from typing import Any

from cxdesk.desk.finding import Finding, Whom
from cxdesk.domain.roster import Listed, Sort
from cxdesk.domain.segments import Rules
from cxdesk.domain.timeline import Event, Mark
from cxdesk.storage import access, dossier, pages, timeline
from cxdesk.storage.access import Look
from cxdesk.storage.pages import BLOCK, Fence

__all__ = ["BLOCK", "PAGE", "Fence", "Roster"]

PAGE = 60
"""How much of a line of time is read at once."""


class Roster:
    """Readings of the list: blocks by their fence, lines that a search finds, and one person's line of time."""

    def __init__(self, db: sqlite3.Connection, clock: Callable[[], int], rules: Rules, finding: Finding) -> None:
        self._db, self._clock, self._rules, self._finding = db, clock, rules, finding

    def block(self, sort: Sort, start: Fence | None) -> tuple[Listed, ...]:
        """128 lines from a fence on, or from the top."""
        return pages.block(self._db, sort, start, self._clock(), self._rules)

    def fences(self, reader: sqlite3.Connection, sort: Sort) -> tuple[list[Fence], int]:
        """Where every block begins, and how many lines there are; for a thread with a connection of its own."""
        return pages.fences(reader, sort)

    def search(self, line: str, most: int) -> tuple[tuple[Listed, ...], Whom]:
        """The people a line finds, ranked, and how the line was read."""
        whom = self._finding.whom(line, most, goods=True, words=True)
        return pages.lines_at(self._db, whom.lines.values(), self._clock(), self._rules), whom

    def timeline(self, customer_id: str, before: Mark | None = None, most: int = PAGE) -> tuple[Event, ...]:
        """What happened with somebody before a mark, newest first."""
        return timeline.timeline(self._db, customer_id, before, most)

    def dossier(self, customer_id: str) -> dict[str, list[dict[str, Any]]]:
        """Everything kept about somebody, table by table."""
        return dossier.dossier(self._db, customer_id)

    def everything(self, customer_id: str) -> tuple[Event, ...]:
        """The whole line of time, newest first."""
        found: list[Event] = []
        while page := self.timeline(customer_id, found[-1].mark if found else None, 500):
            found += page
        return tuple(found)

    def looks(self, customer_id: str, most: int = 100) -> tuple[Look, ...]:
        """Who looked at what was hidden of somebody, the latest first."""
        return access.looks(self._db, customer_id, most)
