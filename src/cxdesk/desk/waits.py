"""Keeping the wait estimator in step with the desk: it hears every move of every ticket, and who is on duty.

Until ``start`` has run there is no estimate; it runs after the first frame because it reads this desk's history.
Screens show the last ``outlook``; a new one is made on another thread, so that no key waits for it.
Times are ms UTC on the desk's side and seconds on the estimator's.
"""

import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from threading import Lock
from typing import TYPE_CHECKING

from cxdesk.domain.order import URGENCIES, Credits
from cxdesk.domain.records import Ticket, from_row
from cxdesk.domain.values import dataclass
from cxdesk.domain.views import Estimate
from cxdesk.domain.words import Emotion, Priority, Segment
from cxdesk.settings import Settings
from cxdesk.storage import people
from cxdesk.storage.rows import columns, select

if TYPE_CHECKING:
    from cxdesk.desk.follower import Follower
    from cxdesk.desk.replies import Replies
    from cxdesk.domain.hours import Hours
    from cxdesk.domain.waits import Learned
    from cxdesk.wait import Explanation, Policy, Prior, Wait, WaitEstimator

__all__ = ["LEARNED", "Outlook", "Waits", "as_estimate"]

LEARNED = "learned_waits"
"""Where this machine keeps what the estimator has learned."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """The waits as they were last estimated: by ticket, and of somebody who would come.

    ``opens_at`` is when the desk opens again, while it is closed.
    """

    waits: Mapping[str, Estimate] = field(default_factory=dict)
    newcomer: Estimate | None = None
    opens_at: int | None = None


class Waits:
    """The estimator of one desk."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._follower: Follower | None = None
        self._hours: Hours | None = None
        self._replies: Replies | None = None
        self._lock = Lock()
        self.outlook = Outlook()

    @property
    def ready(self) -> bool:
        """Whether history has been learned."""
        return self._follower is not None

    @property
    def hours(self) -> "Hours":
        """When the desk is open."""
        if self._hours is None:
            from cxdesk.desk.opening import hours_of

            self._hours = hours_of(self._settings.hours, self._settings.zone())
        return self._hours

    # -- learning

    def start(self, db: sqlite3.Connection, now: int, *, leaving: Callable[[], bool] = lambda: False) -> None:
        """Take up what was learned before, hear what the rows say happened since, then see where everybody stands.

        ``leaving`` is asked before each step of history; once it says yes, nothing more is learned.
        """
        follower, since = self._taken_up(db)
        self._hear(follower, db, now, since, leaving)

    def rebuild(self, db: sqlite3.Connection, now: int) -> None:
        """Forget what was learned and learn it again from the rows."""
        self._hear(self._blank({}), db, now, -1, lambda: False)

    def _hear(
        self, follower: "Follower", db: sqlite3.Connection, now: int, since: int, leaving: Callable[[], bool]
    ) -> None:
        from cxdesk.desk.history import replay
        from cxdesk.desk.replies import Replies

        replay(follower, db, most=self._settings.waiting.history, since=since, leaving=leaving)
        replies = Replies(db, self.hours, now)
        if leaving():
            return
        tickets = _open(db)
        for key in follower.status.keys() - {ticket.id for ticket in tickets}:
            follower.ticket(key, None, now)
        for ticket in tickets:
            follower.ticket(ticket.id, ticket, now)
        with self._lock:
            self._follower, self._replies = follower, replies
        self.duties(db, now)

    def keep(self, now: int) -> str | None:
        """What has been learned, as a small text without any customer, for ``Store.remember`` under ``LEARNED``."""
        with self._lock:
            if self._follower is None:
                return None
            state = self._follower.save()
        return json.dumps({"at": now, "settings": self._signature(), "state": state}, separators=(",", ":"))

    def _taken_up(self, db: sqlite3.Connection) -> "tuple[Follower, int]":
        """The desk as ``keep`` kept it, and when; a blank one, since ever, when there is none for these settings."""
        row = db.execute("SELECT value FROM local WHERE key = ?", (LEARNED,)).fetchone()
        try:
            kept = json.loads(row[0]) if row else {}
            if kept.get("settings") == self._signature():
                follower = self._blank(kept["state"]["estimator"])
                follower.restore(kept["state"])
                return follower, int(kept["at"])
        except (ValueError, KeyError, TypeError, AttributeError):
            pass  # a damaged state costs a little time: everything is learned again from the rows
        return self._blank({}), -1

    def _blank(self, learned: Mapping[str, object]) -> "Follower":
        """Nobody seen yet, by an estimator that has learned this."""
        from cxdesk.desk.follower import Follower

        return Follower(self._load(learned), self._settings.queue)

    def _load(self, state: Mapping[str, object]) -> "WaitEstimator":
        from cxdesk.wait import WaitEstimator

        prior, classes, policy = self._beliefs()
        return WaitEstimator.load(state, prior=prior, classes=classes, policy=policy)

    def _beliefs(self) -> "tuple[Prior, tuple[str, ...], Policy]":
        """What the settings say of this kind of desk: the prior, the classes and the order of service."""
        from cxdesk.wait import Credit, prior_for

        seconds = _classes(self._settings.queue)
        return prior_for(self._settings.waiting.business), tuple(seconds), Credit(seconds)

    def _signature(self) -> list[object]:
        """The settings that what is learned rests on, and the shape it is kept in."""
        return [2, self._settings.waiting.business, list(_classes(self._settings.queue))]

    # -- what happens now

    def duties(self, db: sqlite3.Connection, now: int) -> None:
        """Who is on duty, on a break and gone, as the shifts say."""
        with self._lock:
            if self._follower is None:
                return
            for duty in people.duties(db):
                shift = duty.shift
                if shift is None:
                    self._follower.duty(duty.agent.id, "off", None, 0, now)
                else:
                    self._follower.duty(duty.agent.id, shift.state, shift.planned_until, shift.started_at, now)

    def follow(self, key: str, ticket: Ticket | None, now: int) -> None:
        """Tell the estimator how a ticket moved since it last heard of it; ``None`` when it is gone."""
        with self._lock:
            if self._follower is not None:
                self._follower.ticket(key, ticket, now)

    # -- questions

    def estimate(self, ticket: Ticket, now: int) -> Estimate | None:
        """The wait left for a waiting ticket at this moment, or ``None`` before ``start``."""
        with self._lock:
            if self._follower is None:
                return None
            self._follower.look_round(now)
            wait = as_estimate(self._follower.estimator.estimate(ticket.id, now / 1000))
            return replace(wait, state="no_agents") if self._shut(self._follower, now) else wait

    def reply_by(self, ticket: Ticket, now: int) -> Estimate | None:
        """Seconds until a mail is likely to be answered, by working time; ``None`` before ``start``."""
        return None if self._replies is None else self._replies.estimate(ticket, now)

    def explain(self, ticket: Ticket, now: int) -> "Explanation | None":
        """The figures behind an estimate, or ``None`` before ``start``."""
        with self._lock:
            return None if self._follower is None else self._follower.estimator.explain(ticket.id, now / 1000)

    def refresh(self, now: int) -> Outlook:
        """Estimate the whole queue, and somebody who would come now; may run on another thread."""
        hours = self.hours
        with self._lock:
            if self._follower is not None:
                self._follower.look_round(now)
                estimator = self._follower.estimator
                waits = {wait.id: as_estimate(wait) for wait in estimator.queue(now / 1000)}
                newcomer = as_estimate(estimator.would_wait(now / 1000, "0"))
                if self._shut(self._follower, now):
                    waits = {key: replace(wait, state="no_agents") for key, wait in waits.items()}
                    newcomer = replace(newcomer, state="no_agents")
                self.outlook = Outlook(waits, newcomer, None if hours.open_at(now) else hours.opens(now))
            return self.outlook

    def _shut(self, follower: "Follower", now: int) -> bool:
        """Out of hours and with nobody there: whoever rests or left without a word is not waited for."""
        return not follower.anybody and not self.hours.open_at(now)

    @property
    def forgotten(self) -> frozenset[str]:
        """Agents who seem to have gone home without logging off."""
        return frozenset(self._follower.forgotten) if self._follower else frozenset()

    def learned(self) -> "tuple[Learned, ...]":
        """What was learned of each topic, the most frequent first; empty before ``start``."""
        from cxdesk.domain.waits import Learned

        with self._lock:
            if self._follower is None:
                return ()
            memory = self._follower.estimator.memory
            times = [Learned(topic, memory.mean(topic), own.seen) for topic, own in memory.topics.items()]
        return tuple(sorted(times, key=lambda time: (-time.n, time.topic)))

    def twin(self, *, empty: bool = False) -> "WaitEstimator | None":
        """A copy of the estimator, to ask at leisure and on another thread; ``None`` before ``start``.

        An ``empty`` one has learned the same, and nobody is there.
        """
        with self._lock:
            state = None if self._follower is None else self._follower.estimator.save()
        return None if state is None else self._load(state | {"floor": None} if empty else state)


def as_estimate(wait: "Wait") -> Estimate:
    """The estimator's answer as the screens and sentences take it."""
    if wait.p10 is None or wait.p50 is None or wait.p90 is None:
        return Estimate(0, 0, 0, "no_agents", wait.position or 1, wait.basis.n_services)
    return Estimate(wait.p10, wait.p50, wait.p90, wait.state, wait.position or 1, wait.basis.n_services)


def _classes(credits: Credits) -> dict[str, float]:
    """Every head start a ticket can have, as a class named by its seconds."""
    words = {credits.words(urgency, feeling) for urgency in range(len(URGENCIES)) for feeling in (None, *Emotion)}
    standing = {credits.of(priority, segment) for priority in Priority for segment in (None, *Segment)}
    sums = {one + other for one in standing for other in words}
    return {str(seconds): float(seconds) for seconds in sorted(sums)}


def _open(db: sqlite3.Connection) -> list[Ticket]:
    rows = db.execute(select("ticket") + " WHERE status IN ('waiting', 'active', 'pending') ORDER BY arrived_at")
    return [from_row(Ticket, dict(zip(columns("ticket"), row, strict=True))) for row in rows]
