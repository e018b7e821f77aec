"""A desk small enough to be obviously right: it carries events out with the domain's own verbs, and only if allowed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from random import Random

from cxdesk.demo.events import (
    AgentBack,
    AgentBreak,
    Arrive,
    ColleagueReply,
    ColleagueResolve,
    ColleagueTake,
    Event,
    Leave,
    Say,
)
from cxdesk.demo.shop import Shop
from cxdesk.domain.changes import Edit, Insert, Stamp, Update
from cxdesk.domain.ids import uuid7
from cxdesk.domain.order import Credits, rank_at
from cxdesk.domain.records import Message, Ticket, as_row, from_row
from cxdesk.domain.tickets import abandon, arrive, event, hear, move, resolve, say, take
from cxdesk.domain.words import MessageKind, Status

NOW = 1_790_000_000_000
OPEN = (Status.WAITING, Status.ACTIVE, Status.PENDING)


def minter(seed: int = 1) -> "Mint":
    return Mint(Random(seed))


@dataclass
class Mint:
    rng: Random

    def __call__(self) -> str:
        return uuid7(NOW, self.rng.getrandbits(74))


@dataclass
class Desk:
    """The open tickets of a shop; every event is checked before it is carried out."""

    tickets: dict[str, Ticket]
    newest_reply: dict[str, Message] = field(default_factory=dict)
    away: set[str] = field(default_factory=set)
    messages: list[Message] = field(default_factory=list)
    number: int = 5000
    mint: Mint = field(default_factory=lambda: minter(99))
    _open: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._open = {key for key, ticket in self.tickets.items() if ticket.status in OPEN}

    @classmethod
    def of(cls, shop: Shop) -> "Desk":
        desk = cls({t.id: t for t in shop.tickets if t.status in OPEN})
        desk.away = {s.agent_id for s in shop.shifts if s.state == "break" and s.ended_at is None}
        for message in sorted(shop.messages, key=lambda m: m.at):
            if message.ticket_id in desk.tickets and message.kind is MessageKind.REPLY:
                desk.newest_reply[message.ticket_id] = message
        return desk

    @property
    def open(self) -> list[Ticket]:
        return sorted((self.tickets[key] for key in self._open), key=lambda t: (t.rank_at, t.id))

    @property
    def replies(self) -> Mapping[str, Message]:
        return self.newest_reply

    def waiting(self) -> list[Ticket]:
        return [ticket for ticket in self.open if ticket.status is Status.WAITING]

    def do(self, what: Event, now: int) -> None:
        """Carry an event out. Raises ``NotAllowed``, ``KeyError`` or ``AssertionError`` when it cannot be."""
        match what:
            case Arrive(spec):
                ticket = Ticket(
                    self.mint(),
                    self.number,
                    spec.channel,
                    now,
                    now,
                    rank_at(now, spec.priority, None, Credits()),
                    customer_id=spec.customer_id,
                    topic=spec.topic,
                    subject=spec.subject,
                    priority=spec.priority,
                )
                self.number += 1
                self.tickets[ticket.id] = ticket
                self._open.add(ticket.id)
                self._apply(arrive(ticket, Stamp(now, None, self.mint), spec.said))
            case Say(key, text):
                assert text
                assert self.tickets[key].status in OPEN
                self._apply(hear(self.tickets[key], Stamp(now, None, self.mint), text))
            case Leave(key):
                self._apply(abandon(self.tickets[key], Stamp(now, None, self.mint)))
            case ColleagueTake(agent, key):
                assert agent not in self.away
                assert not [t for t in self.open if t.status is Status.ACTIVE and t.assignee == agent]
                self._apply(take(self.tickets[key], Stamp(now, agent, self.mint)))
            case ColleagueReply(agent, key, text):
                assert self.tickets[key].assignee == agent
                self._apply(say(self.tickets[key], Stamp(now, agent, self.mint), MessageKind.REPLY, text))
            case ColleagueResolve(agent, key, feeling):
                assert self.tickets[key].assignee == agent
                self._apply(resolve(self.tickets[key], Stamp(now, agent, self.mint)))
                self.tickets[key] = replace(self.tickets[key], feeling_after=feeling)
            case AgentBreak(agent, until):
                assert agent not in self.away
                assert until > now
                assert not [t for t in self.open if t.status is Status.ACTIVE and t.assignee == agent]
                self.away.add(agent)
            case AgentBack(agent):
                self.away.remove(agent)

    def reply(self, key: str, agent: str, text: str, now: int) -> None:
        """The player answers."""
        self._apply(say(self.tickets[key], Stamp(now, agent, self.mint), MessageKind.REPLY, text))

    def hold(self, key: str, agent: str, now: int) -> None:
        """The player waits for the customer."""
        stamp = Stamp(now, agent, self.mint)
        self.tickets[key] = move(self.tickets[key], Status.PENDING, stamp, hold_for_reply=True)
        self._apply((Insert("message", as_row(event(key, stamp, "held"))),))

    def _apply(self, edits: tuple[Edit, ...]) -> None:
        for edit in edits:
            if isinstance(edit, Update) and edit.kind == "ticket":
                row = as_row(self.tickets[edit.id]) | edit.after
                self.tickets[edit.id] = from_row(Ticket, row)
                if self.tickets[edit.id].status not in OPEN:
                    self._open.discard(edit.id)
            elif isinstance(edit, Insert) and edit.kind == "message":
                message = from_row(Message, edit.row)
                self.messages.append(message)
                if message.kind is MessageKind.REPLY:
                    self.newest_reply[message.ticket_id] = message
