"""The closed vocabularies of the desk, as they are stored, synced and shown.

A value here is a word of the field (see CONTRIBUTING.md, "Words"); its label in a person's language lives in
``i18n`` under ``<vocabulary>.<value>``.
"""

from enum import StrEnum

__all__ = [
    "Channel",
    "Emotion",
    "Language",
    "MessageKind",
    "Priority",
    "PromiseState",
    "PurchaseState",
    "Segment",
    "Stage",
    "Status",
    "Topic",
]


class Language(StrEnum):
    """A language the desk speaks."""

    KO = "ko"
    EN = "en"


class Channel(StrEnum):
    """How the customer reached the shop."""

    PHONE = "phone"
    VISIT = "visit"
    CHAT = "chat"
    MAIL = "mail"

    @property
    def spoken(self) -> bool:
        """Whether the agent answers aloud rather than in writing."""
        return self in (Channel.PHONE, Channel.VISIT)


class Status(StrEnum):
    """Where a ticket stands; the allowed moves are in ``tickets.MOVES``."""

    WAITING = "waiting"
    ACTIVE = "active"
    PENDING = "pending"
    RESOLVED = "resolved"
    ABANDONED = "abandoned"


class Priority(StrEnum):
    """How soon a ticket must be served, apart from its age."""

    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Topic(StrEnum):
    """What a contact is about."""

    DELIVERY = "delivery"
    REFUND = "refund"
    DEFECT = "defect"
    PAYMENT = "payment"
    PRICE = "price"
    STAFF = "staff"
    PRODUCT = "product"
    WAITING = "waiting"
    ACCOUNT = "account"
    PRAISE = "praise"
    OTHER = "other"


class Emotion(StrEnum):
    """What the customer seems to feel; always a suggestion, never a fact about them."""

    ANGER = "anger"
    ANXIETY = "anxiety"
    DISAPPOINTMENT = "disappointment"
    CONFUSION = "confusion"
    GRATITUDE = "gratitude"
    NEUTRAL = "neutral"


class Stage(StrEnum):
    """The six steps of a contact, in order."""

    GREET = "greet"
    LISTEN = "listen"
    ACKNOWLEDGE = "acknowledge"
    OPTIONS = "options"
    COMMIT = "commit"
    CLOSE = "close"


class Segment(StrEnum):
    """What kind of customer this is, by readable local rules."""

    NEW = "new"
    RETURNING = "returning"
    REGULAR = "regular"
    VIP = "vip"
    AT_RISK = "at_risk"


class MessageKind(StrEnum):
    """Who speaks in one entry of a ticket."""

    CUSTOMER = "customer"
    REPLY = "reply"
    NOTE = "note"
    EVENT = "event"


class PurchaseState(StrEnum):
    """Where an order line is on its way."""

    PAID = "paid"
    SHIPPING = "shipping"
    DELIVERED = "delivered"
    RETURNED = "returned"
    CANCELLED = "cancelled"


class PromiseState(StrEnum):
    """What became of a promised follow-up; answered means that the customer came first and it was not needed."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    MOVED = "moved"
    ANSWERED = "answered"
