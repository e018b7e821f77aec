"""What people do while they wait: they are patient for a while, ask how long it will be, and at last go away."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from cxdesk.demo.events import Event, Leave, Say
from cxdesk.demo.laws import patience
from cxdesk.demo.lines import spoken, voices
from cxdesk.domain.moments import MINUTE, SECOND
from cxdesk.domain.records import Ticket
from cxdesk.domain.words import Channel, Language

__all__ = ["Waiting"]

_ASK = (Channel.CHAT, Channel.VISIT)
"""Only here can somebody speak before they are served."""


@dataclass(slots=True)
class _Plan:
    """One customer's intentions, in simulated ms; ``since`` tells a reopened ticket from the first wait."""

    since: int
    leave: int | None
    ask: int
    grace: int
    asked: bool = False
    complained: bool = False


class Waiting:
    """Everybody who waits."""

    def __init__(self, rng: Random, clock: Callable[[int], int]) -> None:
        self._rng = rng
        self._clock = clock
        self._plans: dict[str, _Plan] = {}

    def step(self, at: int, ticket: Ticket, language: Language) -> Iterator[Event]:
        """What this waiting customer does at simulated ``at``."""
        plan = self._plans.get(ticket.id)
        if plan is None or plan.since != ticket.waiting_since:
            plan = self._plans[ticket.id] = self._intend(at, ticket)
        told = None if ticket.quoted_until is None else self._clock(ticket.quoted_until)
        if plan.leave is not None:
            # A wait that was told is a wait that is accepted: nobody goes before it is over.
            leave = plan.leave if told is None else max(plan.leave, told + plan.grace)
            if at >= leave:
                yield Leave(ticket.id)
                return
        if ticket.channel in _ASK:
            yield from self._ask(at, ticket, language, plan, told)

    def forget(self, present: set[str]) -> None:
        """Drop the plans of those who no longer wait."""
        self._plans = {key: plan for key, plan in self._plans.items() if key in present}

    def _intend(self, at: int, ticket: Ticket) -> _Plan:
        rng, began = self._rng, self._clock(ticket.waiting_since)
        limit = patience(rng, ticket.channel)
        leave = None
        if limit is not None:
            # Whoever has waited beyond their patience before the play began stays a little longer.
            leave = max(began + limit, at + rng.randrange(3 * MINUTE, 9 * MINUTE) if at > began + MINUTE else 0)
        ask = began + int((limit or 20 * MINUTE) * rng.uniform(0.45, 0.7))
        return _Plan(ticket.waiting_since, leave, max(ask, at + 20 * SECOND), rng.randrange(2 * MINUTE, 7 * MINUTE))

    def _ask(self, at: int, ticket: Ticket, language: Language, plan: _Plan, told: int | None) -> Iterator[Say]:
        """Once when it gets long and nothing was told, once when what was told is over."""
        words = voices(language)
        if told is None and not plan.asked and at >= plan.ask:
            plan.asked = True
            yield self._say(ticket, words.impatient)
        elif told is not None and not plan.complained and at >= told + plan.grace // 3:
            plan.complained = plan.asked = True
            yield self._say(ticket, words.overdue)

    def _say(self, ticket: Ticket, lines: tuple[str, ...]) -> Say:
        text = self._rng.choice(lines)
        return Say(ticket.id, spoken(text) if ticket.channel.spoken else text)
