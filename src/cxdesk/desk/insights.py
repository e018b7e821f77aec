"""The figures of a period and the customer's way, as the screens ask for them; and how feasible an improvement is."""

import sqlite3
from datetime import date, datetime, time, timedelta

from cxdesk.desk.result import Done, Refused
from cxdesk.desk.writer import Writer
from cxdesk.domain import insights as figures
from cxdesk.domain.afterwards import Touchpoint
from cxdesk.domain.changes import alter, insert, remove
from cxdesk.domain.inert import inert_line
from cxdesk.domain.insights import Insights, JourneyReport, Report
from cxdesk.domain.journey import rate
from cxdesk.domain.moments import instant, local
from cxdesk.domain.passages import Passage, passages
from cxdesk.domain.periods import Period, read_period
from cxdesk.domain.words import Channel, Topic
from cxdesk.storage import figures as kept
from cxdesk.storage import insights as stored
from cxdesk.storage.rows import fetch

__all__ = ["InsightsDesk"]

_FEASIBILITY = range(1, 6)
_TOUCHPOINTS = frozenset(f"{channel}/{topic}" for channel in Channel for topic in Topic)


class InsightsDesk:
    """Looking back at the desk's work. Nothing is reckoned by agent."""

    def __init__(self, desk: Writer) -> None:
        self._desk = desk

    def today(self) -> date:
        """The shop's present day."""
        return local(self._desk.clock(), self._desk.zone).date()

    def period(self, text: str) -> Period:
        """The period that words mean (``지난주``, ``2026-10``). Raises ``Refused`` for words that mean none."""
        found = read_period(inert_line(text), self.today())
        if found is None:
            raise Refused("no_period")
        return found

    def out_of_date(self) -> str | None:
        """The zone whose days the figures were kept by, if it is not the shop's any more or the rules were others."""
        zone, _ = made = kept.made_by(self._desk.db)
        return None if made == kept.made_for(self._desk.settings.shop.time_zone) else zone

    def report(self, period: Period, db: sqlite3.Connection | None = None) -> Report:
        """A period's days so far beside as many of the one before; ``db`` is for another thread."""
        read, today = db or self._desk.db, self.today()
        shown = period.until(today)
        now, then = self._insights(read, shown), self._insights(read, period.before(today))
        parts = shown.parts()
        points = zip(parts, stored.series(read, parts), strict=True)
        return Report(
            now,
            then,
            figures.compare(now, then),
            tuple(figures.point(first, last, counts) for (first, last), counts in points),
        )

    def _insights(self, db: sqlite3.Connection, period: Period) -> Insights:
        counts = stored.counts(db, period.first, period.last)
        open_from = max(period.first, figures.settled_until(self.today()) + timedelta(days=1))
        return figures.insights(period, counts, stored.firsts(db, open_from, min(period.last, self.today())))

    # -- the customer's way

    def journey(self, period: Period, db: sqlite3.Connection | None = None) -> JourneyReport:
        """The way of all customers in a period, its days so far."""
        read, shown = db or self._desk.db, period.until(self.today())
        counts = stored.counts(read, shown.first, shown.last)
        span = self.begins(shown.first), self.begins(shown.last + timedelta(days=1))
        return JourneyReport(
            shown,
            figures.stages(counts),
            stored.buyers(read, *span),
            rate(figures.touches(counts), stored.feasibility(read), shown.days),
        )

    def begins(self, day: date) -> int:
        """When a day of the shop begins."""
        return instant(datetime.combine(day, time(), tzinfo=self._desk.zone))

    def person(self, customer_id: str) -> tuple[Passage, ...]:
        """One person's way so far, oldest first."""
        return passages(self._desk.read.roster.everything(customer_id))

    def feasible(self, touchpoint: str, feasibility: int | None) -> Done:
        """How feasible it is to improve a touchpoint, 1 to 5; ``None`` takes the word back.

        Raises ``Refused`` for a touchpoint that is none, and for a number out of range.
        """
        if touchpoint not in _TOUCHPOINTS or (feasibility is not None and feasibility not in _FEASIBILITY):
            raise Refused("out_of_scale", low=_FEASIBILITY[0], high=_FEASIBILITY[-1])
        known = fetch(self._desk.db, Touchpoint, "id = ?", touchpoint)
        if feasibility is None:
            return self._desk.commit("feasible", (remove(known),) if known else ())
        said = Touchpoint(touchpoint, feasibility)
        return self._desk.commit("feasible", alter(known, said) if known else (insert(said),))
