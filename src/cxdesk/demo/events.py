"""What can happen in the demo while somebody plays it, and what the play must see of the desk to go on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from cxdesk.demo.book import Guest
from cxdesk.domain.records import Message, Ticket
from cxdesk.domain.words import Channel, Emotion, Language, Priority, Topic

__all__ = [
    "AgentBack",
    "AgentBreak",
    "Arrive",
    "ArriveSpec",
    "ColleagueReply",
    "ColleagueResolve",
    "ColleagueTake",
    "Event",
    "Leave",
    "Say",
    "View",
]


class View(Protocol):
    """The desk at one moment."""

    @property
    def open(self) -> Sequence[Ticket]:
        """Every ticket waiting, in hand or held; those waiting in the order in which they are to be served."""
        ...

    @property
    def replies(self) -> Mapping[str, Message]:
        """The newest reply (a message of kind ``reply``) of each open ticket that has one."""
        ...


@dataclass(frozen=True, slots=True)
class ArriveSpec:
    """A contact to be made into a ticket; the desk gives it its id, number and rank.

    ``guest`` is what only the customer knows: never show it as what the desk found out.
    """

    customer_id: str | None
    channel: Channel
    topic: Topic
    language: Language
    said: str
    priority: Priority
    subject: str
    guest: Guest


@dataclass(frozen=True, slots=True)
class Arrive:
    """Somebody comes, calls or writes."""

    spec: ArriveSpec


@dataclass(frozen=True, slots=True)
class Say:
    """The customer says something more."""

    ticket_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Leave:
    """The customer gives up waiting."""

    ticket_id: str


@dataclass(frozen=True, slots=True)
class ColleagueTake:
    """A colleague begins to serve a waiting customer."""

    agent_id: str
    ticket_id: str


@dataclass(frozen=True, slots=True)
class ColleagueReply:
    """A colleague answers."""

    agent_id: str
    ticket_id: str
    text: str


@dataclass(frozen=True, slots=True)
class ColleagueResolve:
    """A colleague is done; ``feeling`` is how the customer went away."""

    agent_id: str
    ticket_id: str
    feeling: Emotion


@dataclass(frozen=True, slots=True)
class AgentBreak:
    """A colleague goes on a break until a moment of real time (ms)."""

    agent_id: str
    until: int


@dataclass(frozen=True, slots=True)
class AgentBack:
    """A colleague is back on duty."""

    agent_id: str


Event = Arrive | Say | Leave | ColleagueTake | ColleagueReply | ColleagueResolve | AgentBreak | AgentBack
