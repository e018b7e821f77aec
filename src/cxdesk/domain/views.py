"""What one look at the desk needs, gathered from several records: the queue's rows and an open ticket."""

from dataclasses import dataclass
from enum import StrEnum

from cxdesk.domain.records import Agent, Customer, FollowUp, Message, Quote, Shift, Tag, Ticket

__all__ = ["Duty", "QueueRow", "Section", "Sections", "Thread"]


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
class Duty:
    """An agent, the shift they are in (``None`` when off) and the tickets in their hands."""

    agent: Agent
    shift: Shift | None
    busy: int
