"""What the desk remembers of one customer, gathered for one glance."""

from cxdesk.domain.records import Customer, FollowUp, Identity, Note, Preference, Purchase, SpecialDay, Tag
from cxdesk.domain.segments import Standing
from cxdesk.domain.values import dataclass
from cxdesk.domain.words import Channel, Emotion, Status, Topic

__all__ = ["Contact", "Memory"]


@dataclass(frozen=True, slots=True)
class Contact:
    """An earlier ticket of the customer: when, about what, how it felt at the start and at the end."""

    ticket_id: str
    number: int
    at: int
    channel: Channel
    topic: Topic
    status: Status
    emotion: Emotion | None
    intensity: int
    feeling_after: Emotion | None


@dataclass(frozen=True, slots=True)
class Memory:
    """One customer's records, newest first in every list; ``standing`` says the segment and why.

    Of preferences there is the newest of each kind, of notes the latest wording. ``forbidden`` are the purposes they
    said no to (``consents``).
    """

    customer: Customer
    standing: Standing
    identities: tuple[Identity, ...] = ()
    purchases: tuple[Purchase, ...] = ()
    preferences: tuple[Preference, ...] = ()
    notes: tuple[Note, ...] = ()
    contacts: tuple[Contact, ...] = ()
    promises: tuple[FollowUp, ...] = ()
    tags: tuple[Tag, ...] = ()
    days: tuple[SpecialDay, ...] = ()
    forbidden: frozenset[str] = frozenset()
