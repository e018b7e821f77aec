"""Keeping the wait estimator in step with the desk: it hears every move of every ticket, and who is on duty.

Until ``start`` has run there is no estimate; it runs after the first frame because it replays this desk's history.
Screens show the last ``outlook``; a new one is made on another thread, so that no key waits for it.
Times are ms UTC on the desk's side and seconds on the estimator's.
"""

import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import field
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Literal

from cxdesk.domain.order import Credits
from cxdesk.domain.records import Ticket, from_row
from cxdesk.domain.values import dataclass
from cxdesk.domain.views import Estimate
from cxdesk.domain.words import Priority, Segment, Status
from cxdesk.settings import Settings
from cxdesk.storage import people, tickets
from cxdesk.storage.rows import columns, select

if TYPE_CHECKING:
    from cxdesk.wait import Wait, WaitEstimator

__all__ = ["LEARNED", "Outlook", "Waits"]

LEARNED = "learned_waits"
"""Where this machine keeps what the estimator has learned."""


class Waits:
    """The estimator of one desk."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._estimator: WaitEstimator | None = None
        self._status: dict[str, Status] = {}
        self._holder: dict[str, str] = {}
        self._shifts: dict[str, tuple[str, int | None]] = {}
        self._lock = Lock()
        self.outlook = Outlook()

    @property
    def ready(self) -> bool:
        """Whether history has been learned."""
        return self._estimator is not None

    def start(self, db: sqlite3.Connection, now: int, *, leaving: Callable[[], bool] = lambda: False) -> None:
        """Take up what was learned before, learn from the contacts finished since, then take in the open ones.

        ``leaving`` is asked before each step of history; once it says yes, nothing more is learned.
        """
        from cxdesk.wait import Credit, WaitEstimator, prior_for

        seconds = _classes(self._settings.queue)
        prior, classes, policy = prior_for(self._settings.waiting.business), tuple(seconds), Credit(seconds)
        learned, since = self._kept(db)
        estimator = WaitEstimator.load(learned, prior=prior, classes=classes, policy=policy)
        _replay(estimator, db, self._settings.waiting.history, since, leaving)
        if leaving():
            return
        self._status = {}
        self._holder = {}
        self._estimator = estimator
        self.duties(db, now)
        for ticket in _open(db):
            self.follow(ticket.id, ticket, now)

    def keep(self, now: int) -> str | None:
        """What has been learned, as a small text without any customer, for ``Store.remember`` under ``LEARNED``."""
        with self._lock:
            if self._estimator is None:
                return None
            state = self._estimator.save() | {"floor": None}
        return json.dumps({"at": now, "settings": self._signature(), "state": state}, separators=(",", ":"))

    def _kept(self, db: sqlite3.Connection) -> tuple[Mapping[str, object], int]:
        """What ``keep`` kept and when; nothing, since ever, when there is none or the settings were others."""
        row = db.execute("SELECT value FROM local WHERE key = ?", (LEARNED,)).fetchone()
        try:
            kept = json.loads(row[0]) if row else {}
            if kept.get("settings") == self._signature():
                return dict(kept["state"]), int(kept["at"])
        except (ValueError, KeyError, TypeError, AttributeError):
            pass  # a damaged state costs a little time: everything is learned again from the rows
        return {}, -1

    def _signature(self) -> list[object]:
        """The settings that what is learned rests on."""
        return [self._settings.waiting.business, list(_classes(self._settings.queue))]

    def duties(self, db: sqlite3.Connection, now: int) -> None:
        """Who is on duty, on a break and gone, as the shifts say."""
        with self._lock:
            if self._estimator is None:
                return
            for duty in people.duties(db):
                state, until = (duty.shift.state, duty.shift.planned_until) if duty.shift else ("off", None)
                self._shifts[duty.agent.id] = (state, until)
                _duty(self._estimator, duty.agent.id, state, now, until)

    def follow(self, key: str, ticket: Ticket | None, now: int) -> None:
        """Tell the estimator how a ticket moved since it last heard of it; ``None`` when it is gone."""
        with self._lock:
            if self._estimator is None:
                return
            before, held = self._status.pop(key, None), self._holder.pop(key, None)
            if ticket is None:
                if before is not None:
                    self._estimator.abandon(key, now / 1000)
                self._rest(self._estimator, held, now)
                return
            if ticket.status in (Status.WAITING, Status.ACTIVE, Status.PENDING):
                self._status[key] = ticket.status
            if ticket.status is Status.ACTIVE and ticket.assignee:
                self._holder[key] = ticket.assignee
            if before is not ticket.status:
                self._move(self._estimator, before, ticket, now)
            else:
                self._estimator.transfer(key, now / 1000, ticket.topic, self._class(ticket))
            for agent in {held, ticket.assignee}:
                self._rest(self._estimator, agent, now)

    def _rest(self, to: "WaitEstimator", agent: str | None, now: int) -> None:
        """Whoever serves counts as on duty; with nothing left in hand an agent is where their shift says again."""
        state, until = self._shifts.get(agent or "", ("on", None))
        if agent is not None and state != "on" and agent not in self._holder.values():
            _duty(to, agent, state, now, until)

    def _move(self, to: "WaitEstimator", before: Status | None, ticket: Ticket, now: int) -> None:
        at = now / 1000
        agent = ticket.assignee or "?"
        match ticket.status:
            case Status.WAITING:
                to.arrive(ticket.id, ticket.waiting_since / 1000, self._class(ticket), ticket.topic, ticket.channel)
            case Status.ACTIVE if before is Status.PENDING:
                to.resume(ticket.id, at, agent)
            case Status.ACTIVE:
                since = (ticket.taken_at or now) / 1000
                if before is None:
                    to.arrive(ticket.id, ticket.waiting_since / 1000, "0", ticket.topic, ticket.channel)
                to.start(ticket.id, since, agent)
            case Status.PENDING if before is Status.ACTIVE:
                to.park(ticket.id, at)
            case Status.PENDING | Status.RESOLVED if before is Status.WAITING:
                # Served between two looks at the clock: the wait came true, and no service time is to be learned.
                to.start(ticket.id, at, agent)
                if ticket.status is Status.PENDING:
                    to.park(ticket.id, at)
                else:
                    to.abandon(ticket.id, at)
                for other in [key for key, holder in self._holder.items() if holder == agent]:
                    to.resume(other, at, agent)
            case Status.RESOLVED if before is Status.ACTIVE:
                to.end(ticket.id, at)
            case Status.ABANDONED | Status.RESOLVED if before is not None:
                to.abandon(ticket.id, at)

    def _class(self, ticket: Ticket) -> str:
        """A class of the estimator is a head start in seconds."""
        return str(self._settings.queue.of(ticket.priority, ticket.segment))

    def estimate(self, ticket: Ticket, now: int) -> Estimate | None:
        """The wait left for a waiting ticket at this moment, or ``None`` before ``start``."""
        with self._lock:
            return None if self._estimator is None else _estimate(self._estimator.estimate(ticket.id, now / 1000))

    def refresh(self, now: int) -> "Outlook":
        """Estimate the whole queue, and somebody who would come now; may run on another thread."""
        with self._lock:
            if self._estimator is not None:
                waits = {wait.id: _estimate(wait) for wait in self._estimator.queue(now / 1000)}
                self.outlook = Outlook(waits, _estimate(self._estimator.would_wait(now / 1000, "0")))
            return self.outlook


@dataclass(frozen=True, slots=True)
class Outlook:
    """The waits as they were last estimated: by ticket, and of somebody who would come."""

    waits: Mapping[str, Estimate] = field(default_factory=dict)
    newcomer: Estimate | None = None


def _estimate(wait: "Wait") -> Estimate:
    """The estimator's answer as the screens and sentences take it."""
    if wait.p10 is None or wait.p50 is None or wait.p90 is None:
        return Estimate(0, 0, 0, "no_agents", wait.position or 1, wait.basis.n_services)
    return Estimate(wait.p10, wait.p50, wait.p90, wait.state, wait.position or 1, wait.basis.n_services)


def _duty(estimator: "WaitEstimator", agent_id: str, state: str, at: int, until: int | None) -> None:
    known: Literal["on", "break", "off"] = "on" if state == "on" else "break" if state == "break" else "off"
    estimator.agent(agent_id, at / 1000, known, until / 1000 if until else None)


def _classes(credits: Credits) -> dict[str, float]:
    """Every head start a ticket can have, as a class named by its seconds."""
    sums = {credits.of(priority, segment) for priority in Priority for segment in (None, *Segment)}
    return {str(seconds): float(seconds) for seconds in sorted(sums)}


def _replay(
    estimator: "WaitEstimator", db: sqlite3.Connection, most: int, since: int, leaving: Callable[[], bool]
) -> None:
    """The contacts finished after ``since`` as the events they were, in order of time.

    An agent is there during their shifts and during the contacts they served. What lies between is nobody's absence:
    a desk that never recorded shifts must not teach that its agents wander off.
    """
    # A ticket settled in the moment it was taken was no service, live or looking back.
    contacts = [contact for contact in tickets.finished(db, most) if contact[-1] > since and contact[-1] > contact[-2]]
    if not contacts:
        return
    events: list[tuple[int, int, Callable[[float], None]]] = []
    presence: list[tuple[str, int, int]] = [
        (shift.agent_id, shift.started_at, shift.ended_at)
        for shift in people.shifts_since(db, min(began for _, _, _, began, _, _ in contacts))
        if shift.state == "on" and shift.ended_at is not None
    ]
    for key, topic, agent, began, taken, done in contacts:
        events.append((began, 2, partial(_arrived, estimator, key, topic)))
        events.append((taken, 3, partial(_started, estimator, key, agent)))
        events.append((done, 0, partial(_ended, estimator, key)))
        presence.append((agent, taken, done))
    for agent, start, end in _joined(presence):
        events.append((start, 1, partial(_present, estimator, agent, "on")))
        events.append((end, 4, partial(_present, estimator, agent, "off")))
    for at, _, happen in sorted(events, key=lambda event: event[:2]):
        if leaving():
            return
        happen(at / 1000)


def _arrived(estimator: "WaitEstimator", key: str, topic: str, at: float) -> None:
    estimator.arrive(key, at, "0", topic)


def _started(estimator: "WaitEstimator", key: str, agent: str, at: float) -> None:
    estimator.start(key, at, agent)


def _ended(estimator: "WaitEstimator", key: str, at: float) -> None:
    estimator.end(key, at)


def _present(estimator: "WaitEstimator", agent: str, state: Literal["on", "off"], at: float) -> None:
    estimator.agent(agent, at, state)


def _joined(spans: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Overlapping and touching stretches of one agent as one."""
    joined: list[tuple[str, int, int]] = []
    for agent, start, end in sorted(spans):
        if joined and joined[-1][0] == agent and start <= joined[-1][2]:
            joined[-1] = (agent, joined[-1][1], max(end, joined[-1][2]))
        else:
            joined.append((agent, start, end))
    return joined


def _open(db: sqlite3.Connection) -> list[Ticket]:
    rows = db.execute(select("ticket") + " WHERE status IN ('waiting', 'active') ORDER BY arrived_at")
    return [from_row(Ticket, dict(zip(columns("ticket"), row, strict=True))) for row in rows]
