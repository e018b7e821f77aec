"""What one look at the desk needs, gathered from several records: the queue's rows and an open ticket."""

from enum import StrEnum

from cxdesk.domain.records import Agent, Customer, FollowUp, Message, Quote, Shift, Tag, Ticket
from cxdesk.domain.values import dataclass
from cxdesk.domain.words import Emotion, Topic

__all__ = ["Duty", "Estimate", "QueueRow", "Section", "Sections", "Sounds", "Thread"]


class Section(StrEnum):
    """The parts of the queue list, in the order they are shown."""

    MINE = "mine"
    LATE = "late"
    WAITING = "waiting"
    PENDING = "pending"
    COLLEAGUES = "colleagues"


Sections = tuple[tuple[Section, tuple[str, ...]], ...]
"""Ticket ids by section; empty sections are left out."""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One ticket as the queue shows it."""

    ticket: Ticket
    name: str | None
    holder: str | None


@dataclass(frozen=True, slots=True)
class Thread:
    """A ticket with everything said in it, oldest first."""

    ticket: Ticket
    customer: Customer | None
    messages: tuple[Message, ...]
    tags: tuple[Tag, ...]
    promises: tuple[FollowUp, ...]
    quotes: tuple[Quote, ...]
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A wait still to come: P10, P50 and P90 in seconds, place in line (1 is next), contacts it rests on.

    ``state`` is ok, cold (still learning), overload, stale or no_agents; the last has no figures that mean anything.
    """

    low: float
    expected: float
    high: float
    state: str
    position: int = 1
    basis: int = 0

    @property
    def known(self) -> bool:
        """Whether the figures may be shown or said."""
        return self.state != "no_agents"


@dataclass(frozen=True, slots=True)
class Duty:
    """An agent, the shift they are in (``None`` when off) and the tickets in their hands."""

    agent: Agent
    shift: Shift | None
    busy: int


@dataclass(frozen=True, slots=True)
class Sounds:
    """What a customer's message sounds like: a suggestion, never a fact. ``spans`` are the parts that say so.

    ``intensity`` is 0 to 3, ``urgency`` 0 none, 1 soon, 2 now, ``confidence`` per cent of the emotion.
    """

    message_id: str
    emotion: Emotion | None = None
    intensity: int = 0
    urgency: int = 0
    topic: Topic | None = None
    abuse: bool = False
    confidence: int = 0
    spans: tuple[tuple[int, int], ...] = ()
