"""The two colleagues: each serves one customer at a time, pauses for breath, and now and then takes a break."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from cxdesk.demo.book import Guest
from cxdesk.demo.events import (
    AgentBack,
    AgentBreak,
    ColleagueReply,
    ColleagueResolve,
    ColleagueTake,
    Event,
    Say,
)
from cxdesk.demo.laws import feeling_after, service
from cxdesk.demo.lines import spoken, voices
from cxdesk.domain.moments import MINUTE, SECOND
from cxdesk.domain.records import Ticket
from cxdesk.domain.words import Channel, Emotion

__all__ = ["Colleague"]

_BREAK = 10 * MINUTE


@dataclass(slots=True)
class _Job:
    """What is left to be done for one customer, in simulated ms."""

    ticket_id: str
    reply: int
    answer: int
    done: int
    feeling: Emotion


@dataclass(slots=True)
class Colleague:
    """One colleague's day. ``away_until`` is set during a break; times are simulated ms."""

    agent_id: str
    rng: Random
    clock: Callable[[int], int]
    real: Callable[[int], int]
    free_at: int
    break_at: int
    away_until: int | None = None
    _job: _Job | None = field(default=None)

    def step(
        self, at: int, mine: Ticket | None, waiting: Sequence[Ticket], guest: Callable[[Ticket], Guest], spare: bool
    ) -> Iterator[Event]:
        """What the colleague does: with the ticket that is ``mine``, or else with one of those ``waiting``.

        ``spare`` says that the desk can do without them for a break.
        """
        if self.away_until is not None:
            if at >= self.away_until:
                self._come_back(at)
                yield AgentBack(self.agent_id)
        elif mine is not None:
            yield from self._serve(at, mine, guest(mine))
        elif at >= self.free_at:
            self._job = None
            if at >= self.break_at and spare:
                self.away_until = at + _BREAK
                yield AgentBreak(self.agent_id, self.real(self.away_until))
            elif waiting:
                self.free_at = at + 5 * SECOND
                yield ColleagueTake(self.agent_id, waiting[0].id)

    def _come_back(self, at: int) -> None:
        self.away_until = None
        self.free_at = at + self.rng.randrange(8, 30) * SECOND
        self.break_at = at + self.rng.randrange(90, 140) * MINUTE

    def _serve(self, at: int, ticket: Ticket, guest: Guest) -> Iterator[Event]:
        """Answer, hear what the customer says to it, and come to an end."""
        job = self._job
        if job is None or job.ticket_id != ticket.id:
            job = self._job = self._plan(at, ticket, guest)
        if at >= job.reply:
            job.reply = _NEVER
            yield ColleagueReply(self.agent_id, ticket.id, guest.reply)
        if at >= job.answer:
            job.answer = _NEVER
            text = voices(guest.language).last_word(self.rng, guest.emotion, job.feeling)
            yield Say(ticket.id, spoken(text) if ticket.channel.spoken else text)
        if at >= job.done:
            self.free_at = at + self.rng.randrange(8, 40) * SECOND
            yield ColleagueResolve(self.agent_id, ticket.id, job.feeling)

    def _plan(self, at: int, ticket: Ticket, guest: Guest) -> _Job:
        began = self.clock(ticket.taken_at or at)
        # Of a contact that is under way only the rest is unknown.
        done = max(began + service(self.rng, ticket.topic), at + self.rng.randrange(40, 120) * SECOND)
        left = done - at
        answers = ticket.channel is not Channel.MAIL and self.rng.random() < 0.8
        return _Job(
            ticket.id,
            at + int(left * self.rng.uniform(0.2, 0.45)),
            at + int(left * self.rng.uniform(0.65, 0.85)) if answers else _NEVER,
            done,
            feeling_after(self.rng, guest.emotion),
        )


_NEVER = 1 << 62
