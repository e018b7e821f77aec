"""Everything that happened with one person, in one line of time, newest first."""

from collections.abc import Iterable
from enum import StrEnum
from heapq import merge
from itertools import islice

from cxdesk.domain.afterwards import Voice
from cxdesk.domain.records import Feedback, FollowUp, Note, Purchase, Ticket
from cxdesk.domain.values import dataclass

__all__ = ["Event", "EventKind", "Mark", "newest"]

Mark = tuple[int, str]
"""A place in the line of time: when, and the id that parts what happened at the same moment."""


class EventKind(StrEnum):
    """What kind of thing happened."""

    PURCHASE = "purchase"
    CONTACT = "contact"
    PROMISE = "promise"
    NOTE = "note"
    FEEDBACK = "feedback"
    VOICE = "voice"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened; ``said`` are the first words of a contact."""

    kind: EventKind
    at: int
    record: Purchase | Ticket | FollowUp | Note | Feedback | Voice
    said: str = ""

    @property
    def mark(self) -> Mark:
        """Its place in the line of time; the next page begins before it."""
        return self.at, self.record.id


def newest(sources: Iterable[Iterable[Event]], most: int) -> tuple[Event, ...]:
    """The first so many of several lists, each newest first already."""
    return tuple(islice(merge(*sources, key=lambda event: event.mark, reverse=True), most))
