"""Telling the wait estimator what happens at the desk: one door for what happens now and for what lies in the file.

A ticket is shown after every move it makes, an agent whenever their duty changes. What was heard live and what is read
again from the rows come through here in the same order, and teach the same. Times are ms; the estimator's are seconds.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from cxdesk.domain.moments import HOUR
from cxdesk.domain.order import Credits
from cxdesk.domain.records import Ticket
from cxdesk.domain.words import Status

if TYPE_CHECKING:
    from cxdesk.wait import WaitEstimator

__all__ = ["FORGOTTEN", "Follower"]

FORGOTTEN = 12 * HOUR
"""Nobody is on duty so long without touching a contact: they forgot to log off."""

_OFF: tuple[str, int | None, int] = ("off", None, 0)
"""The duty of whoever never said any: they are there while they serve, and gone in between."""

_OPEN = (Status.WAITING, Status.ACTIVE, Status.PENDING)


class Follower:
    """Keeps an estimator in step: where each open ticket was last seen, who holds it, who is on duty."""

    def __init__(self, estimator: "WaitEstimator", credits: Credits) -> None:
        self.estimator = estimator
        self._credits = credits
        self.status: dict[str, Status] = {}
        self._holder: dict[str, str] = {}
        self._duties: dict[str, tuple[str, int | None, int]] = {}
        self._seen: dict[str, int] = {}
        self.forgotten: set[str] = set()

    # -- what happens

    def duty(self, agent: str, state: str, until: int | None, since: int, at: int) -> None:
        """An agent is on duty, on a break or off ``since`` a moment; saying the same again says nothing."""
        if self._duties.get(agent, _OFF) != (state, until, since):
            self._duties[agent] = (state, until, since)
            self._seen[agent] = max(self._seen.get(agent, since), since)
            self.forgotten.discard(agent)
            self._tell(agent, state, until, at)

    def ticket(self, key: str, ticket: Ticket | None, at: int) -> None:
        """A ticket as it stands since ``at``; ``None`` when it is gone."""
        before, held = self.status.pop(key, None), self._holder.pop(key, None)
        if ticket is None:
            if before is not None:
                self.estimator.abandon(key, at / 1000)
            self._rest(held, at)
            return
        if ticket.status in _OPEN:
            self.status[key] = ticket.status
        if ticket.status is Status.ACTIVE and ticket.assignee:
            self._holder[key] = ticket.assignee
        if before is not ticket.status:
            self._move(before, ticket, at)
        else:
            self.estimator.transfer(key, at / 1000, ticket.topic, self._class(ticket))
        for agent in dict.fromkeys((held, ticket.assignee)):
            self._rest(agent, at)

    @property
    def anybody(self) -> bool:
        """Whether somebody is on duty, serves, or said when they will be back."""
        here = any(
            (state == "on" and agent not in self.forgotten) or (state == "break" and until is not None)
            for agent, (state, until, _) in self._duties.items()
        )
        return here or bool(self._holder)

    def look_round(self, now: int) -> None:
        """Whoever is on duty and has done nothing for half a day has gone home without saying so."""
        for agent, (state, *_) in self._duties.items():
            idle = now - self._seen.get(agent, now) > FORGOTTEN and agent not in self._holder.values()
            if state == "on" and idle and agent not in self.forgotten:
                self.forgotten.add(agent)
                self._tell(agent, "off", None, now)

    # -- inside

    def _move(self, before: Status | None, ticket: Ticket, now: int) -> None:
        to, at, agent = self.estimator, now / 1000, ticket.assignee or "?"
        match ticket.status:
            case Status.WAITING:
                to.arrive(ticket.id, ticket.waiting_since / 1000, self._class(ticket), ticket.topic, ticket.channel)
            case Status.ACTIVE if before is Status.PENDING:
                to.resume(ticket.id, at, agent)
                to.transfer(ticket.id, at, ticket.topic, self._class(ticket))  # unknown to it after a call-back
            case Status.ACTIVE:
                if before is None:
                    to.arrive(ticket.id, ticket.waiting_since / 1000, self._class(ticket), ticket.topic, ticket.channel)
                to.start(ticket.id, (ticket.taken_at or now) / 1000, agent)
            case Status.PENDING if before is Status.ACTIVE:
                to.park(ticket.id, at)
            case Status.PENDING if before is Status.WAITING and ticket.hold_until is not None:
                to.end(ticket.id, at)  # called back later: neither served nor lost, so there is nothing to learn
            case Status.PENDING | Status.RESOLVED if before is Status.WAITING:
                self._at_once(ticket, agent, at)
            case Status.RESOLVED if before is Status.ACTIVE:
                to.end(ticket.id, at)
            case Status.ABANDONED | Status.RESOLVED if before is not None:
                to.abandon(ticket.id, at)

    def _at_once(self, ticket: Ticket, agent: str, at: float) -> None:
        """Served between two looks at the clock: the wait came true, and no service time is to be learned."""
        self.estimator.start(ticket.id, at, agent)
        if ticket.status is Status.PENDING:
            self.estimator.park(ticket.id, at)
        else:
            self.estimator.abandon(ticket.id, at)
        for other in [key for key, holder in self._holder.items() if holder == agent]:
            self.estimator.resume(other, at, agent)

    def _rest(self, agent: str | None, at: int) -> None:
        """Whoever serves counts as on duty; with nothing left in hand an agent is where their shift says again."""
        if agent is None:
            return
        self._seen[agent] = at
        self.forgotten.discard(agent)
        state, until, _ = self._duties.get(agent, _OFF)
        if state != "on" and agent not in self._holder.values():
            self._tell(agent, state, until, at)

    def _tell(self, agent: str, state: str, until: int | None, at: int) -> None:
        known: Literal["on", "break", "off"] = "on" if state == "on" else "break" if state == "break" else "off"
        self.estimator.agent(agent, at / 1000, known, until / 1000 if until else None)

    def _class(self, ticket: Ticket) -> str:
        """A class of the estimator is a head start in seconds."""
        feeling = ticket.emotion or ticket.heard
        return str(self._credits.of(ticket.priority, ticket.segment, ticket.urgency, feeling))

    # -- keeping

    def save(self) -> dict[str, object]:
        """Where everybody stands, by id, and the estimator's own state; no names and no words of customers."""
        return {
            "estimator": self.estimator.save(),
            "status": dict(self.status),
            "holder": self._holder,
            "duties": {agent: [*duty, self._seen.get(agent, 0)] for agent, duty in self._duties.items()},
        }

    def restore(self, kept: Mapping[str, object]) -> None:
        """Take up what ``save`` kept, beside an estimator that was loaded from it. Raises for a damaged state."""
        status, holder, duties = (kept[name] for name in ("status", "holder", "duties"))
        if not (isinstance(status, dict) and isinstance(holder, dict) and isinstance(duties, dict)):
            raise TypeError("not a state of the desk")
        self.status = {str(key): Status(value) for key, value in status.items()}
        self._holder = {str(key): str(agent) for key, agent in holder.items()}
        for agent, (state, until, since, seen) in duties.items():
            self._duties[agent] = (state, until, int(since))
            self._seen[agent] = int(seen)
