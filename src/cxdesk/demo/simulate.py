"""The play: step by step, what customers and colleagues do at the demo's desk.

Nothing here reads a clock. Simulated time runs ``speed`` times as fast as real time from the moment the shop was
made for; before that moment the two are the same. The same seed and the same views give the same events.
"""

from collections.abc import Iterator, Mapping, Sequence
from random import Random

from cxdesk.demo.arrivals import Arrivals
from cxdesk.demo.book import Guest
from cxdesk.demo.colleagues import Colleague
from cxdesk.demo.events import Arrive, ArriveSpec, ColleagueTake, Event, Leave, View
from cxdesk.demo.shop import Shop
from cxdesk.demo.talk import Talk
from cxdesk.demo.waiting import Waiting
from cxdesk.domain.moments import MINUTE, SECOND
from cxdesk.domain.records import Message, Ticket
from cxdesk.domain.words import Emotion, Language, Status

__all__ = ["Simulation"]

_ANSWER = {
    Language.KO: "말씀 잘 들었습니다. 지금 확인해서 10분 안에 결과를 알려드릴게요.",
    Language.EN: "Thank you for telling me. I'm checking it now and will have an answer within ten minutes.",
}
"""What a colleague says to somebody whom the player brought in, and of whom the play knows nothing."""


class Simulation:
    """The customers and colleagues of one demo."""

    def __init__(self, seed: int, shop: Shop, speed: float = 1.0) -> None:
        if speed <= 0:
            raise ValueError("speed must be positive")
        self._start = shop.now
        self._speed = speed
        self._language = shop.language
        self._languages = {customer.id: customer.language for customer in shop.customers}
        self._guests = dict(shop.guests)
        self._expected: list[ArriveSpec] = []
        self._arrivals = Arrivals(Random(f"{seed}:arrivals"), shop)
        self._waiting = Waiting(Random(f"{seed}:waiting"), self._simulated)
        self._talk = Talk(Random(f"{seed}:talk"), self._simulated)
        self._colleagues = self._hire(seed, shop)

    def step(self, now_ms: int, view: View) -> list[Event]:
        """What has happened by ``now_ms`` (ms UTC, never earlier than the last step), in the order to be carried out.

        Call it about once a second. Each event is possible on the desk that ``view`` shows, and after the events
        before it; what the desk refuses all the same may be left out.
        """
        at = self._simulated(now_ms)
        present, replies = tuple(view.open), view.replies
        self._recognise(present)
        waiting = [ticket for ticket in present if ticket.status is Status.WAITING]
        events = list(self._work(at, present, waiting))
        taken = {event.ticket_id for event in events if isinstance(event, ColleagueTake)}
        left = 0
        for ticket in waiting:
            if ticket.id not in taken:
                done = list(self._waiting.step(at, ticket, self._guest(ticket).language))
                left += sum(isinstance(event, Leave) for event in done)
                events += done
        events += self._converse(at, present, replies)
        here = {ticket.customer_id for ticket in present} | {spec.customer_id for spec in self._expected}
        arrived = self._arrivals.step(at, len(waiting) - len(taken) - left, here)
        if arrived is not None:
            self._expected.append(arrived)
            events.append(Arrive(arrived))
        return events

    def _simulated(self, real: int) -> int:
        return real if real <= self._start else self._start + int((real - self._start) * self._speed)

    def _real(self, simulated: int) -> int:
        return self._start + int((simulated - self._start) / self._speed)

    def _hire(self, seed: int, shop: Shop) -> list[Colleague]:
        """Everybody but the person at the desk, as their shifts of today say."""
        breaks = {s.agent_id: s.planned_until for s in shop.shifts if s.state == "break" and s.ended_at is None}
        return [
            Colleague(
                agent.id,
                Random(f"{seed}:{agent.name}"),
                self._simulated,
                self._real,
                free_at=shop.now + 15 * SECOND,
                break_at=shop.now + (70 + 25 * index) * MINUTE,
                away_until=self._simulated(breaks.get(agent.id) or 0) or None,
            )
            for index, agent in enumerate(agent for agent in shop.agents if agent.id != shop.me)
        ]

    def _recognise(self, present: Sequence[Ticket]) -> None:
        """Tell which new tickets are the customers this play has sent, and forget those who are gone."""
        ids = {ticket.id for ticket in present}
        if ids == self._guests.keys():
            return
        self._guests = {ticket.id: self._guests.get(ticket.id) or self._expect(ticket) for ticket in present}
        self._waiting.forget(ids)
        self._talk.forget(ids)

    def _expect(self, ticket: Ticket) -> Guest:
        for spec in self._expected:
            if (spec.customer_id, spec.channel) == (ticket.customer_id, ticket.channel):
                self._expected.remove(spec)
                return spec.guest
        language = self._languages.get(ticket.customer_id or "", self._language)
        return Guest(language, ticket.emotion or Emotion.NEUTRAL, ticket.intensity, _ANSWER[language])

    def _guest(self, ticket: Ticket) -> Guest:
        return self._guests[ticket.id]

    def _work(self, at: int, present: Sequence[Ticket], waiting: list[Ticket]) -> Iterator[Event]:
        """The colleagues, in turn; one who takes a customer takes them from the other."""
        free = list(waiting)
        in_hand = {t.assignee: t for t in reversed(present) if t.status is Status.ACTIVE}
        for colleague in self._colleagues:
            mine = in_hand.get(colleague.agent_id)
            allowed = [t for t in free if t.assignee in (None, colleague.agent_id)]
            others_here = all(other.away_until is None for other in self._colleagues)
            for event in colleague.step(at, mine, allowed, self._guest, others_here):
                if isinstance(event, ColleagueTake):
                    free = [ticket for ticket in free if ticket.id != event.ticket_id]
                yield event

    def _converse(self, at: int, present: Sequence[Ticket], replies: Mapping[str, Message]) -> Iterator[Event]:
        """Customers whom the player serves, or has put on hold."""
        colleagues = {colleague.agent_id for colleague in self._colleagues}
        for ticket in present:
            if ticket.status is not Status.WAITING and ticket.assignee not in colleagues:
                yield from self._talk.step(at, ticket, replies.get(ticket.id), self._guest(ticket))
