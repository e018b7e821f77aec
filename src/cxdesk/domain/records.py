"""The rows of the desk as plain values: one frozen class per table, field for column.

Ids are UUIDv7 texts made on this machine. Instants (``…_at``) are milliseconds since 1970-01-01 UTC. Money is an
integer count of the currency's minor unit. ``None`` always means "not known" or "not yet".
"""

from dataclasses import fields
from enum import Enum
from typing import Any, TypeVar

from cxdesk.domain.values import dataclass
from cxdesk.domain.words import (
    Channel,
    Emotion,
    Language,
    MessageKind,
    Priority,
    PromiseState,
    PurchaseState,
    Segment,
    Stage,
    Status,
    Topic,
)

__all__ = [
    "Agent",
    "Apart",
    "Consent",
    "Customer",
    "Feedback",
    "FollowUp",
    "Identity",
    "Kindness",
    "Merge",
    "MergeRow",
    "Message",
    "Note",
    "Preference",
    "Purchase",
    "Quote",
    "Record",
    "Row",
    "Setting",
    "Shift",
    "SpecialDay",
    "Tag",
    "Ticket",
    "as_row",
    "from_row",
]


@dataclass(frozen=True, slots=True)
class Record:
    """Anything the desk keeps; it is known by its id."""

    id: str


@dataclass(frozen=True, slots=True)
class Customer(Record):
    """A person. ``source`` and ``external_id`` say where an imported one came from."""

    name: str
    language: Language = Language.KO
    address: str | None = None
    source: str | None = None
    external_id: str | None = None
    merged_into: str | None = None
    created_at: int = 0


@dataclass(frozen=True, slots=True)
class Identity(Record):
    """One way to recognise a customer: ``kind`` is phone, email or handle; ``value`` is the normal form."""

    customer_id: str
    kind: str
    value: str
    shown: str
    created_at: int = 0


@dataclass(frozen=True, slots=True)
class Purchase(Record):
    """One order line. Its facts never change; only ``state`` moves. A return has a negative quantity and amount."""

    customer_id: str | None
    order_no: str
    product: str
    amount: int
    currency: str
    ordered_at: int
    quantity: int = 1
    option: str = ""
    state: PurchaseState = PurchaseState.PAID
    gift: bool = False
    source: str = "desk"
    external_id: str = ""


@dataclass(frozen=True, slots=True)
class Note(Record):
    """Something worth remembering about a customer; a correction is a new note that ``amends`` an older one."""

    customer_id: str
    body: str
    created_at: int
    agent_id: str | None = None
    ticket_id: str | None = None
    amends: str | None = None


@dataclass(frozen=True, slots=True)
class Preference(Record):
    """A typed key and value with where and when it was learned, so that its age shows."""

    customer_id: str
    key: str
    value: str
    source: str
    noted_at: int


@dataclass(frozen=True, slots=True)
class Tag(Record):
    """One adding of a word to a ticket or customer (``ent``); the id is what a removal names."""

    ent: str
    ent_id: str
    tag: str
    at: int


@dataclass(frozen=True, slots=True)
class Ticket(Record):
    """One contact to be handled.

    ``rank_at`` orders the queue: when the customer began to wait, less the credit of priority, segment and words.
    ``heard`` and ``urgency`` (0 none, 1 soon, 2 now) are what their words sounded like; ``emotion`` is the agent's.
    ``quoted_until`` is the latest moment the customer was told, ``None`` when nothing was said.
    """

    number: int
    channel: Channel
    arrived_at: int
    waiting_since: int
    rank_at: int
    customer_id: str | None = None
    topic: Topic = Topic.OTHER
    subject: str = ""
    priority: Priority = Priority.NORMAL
    segment: Segment | None = None
    status: Status = Status.WAITING
    stage: Stage = Stage.GREET
    emotion: Emotion | None = None
    intensity: int = 0
    feeling_after: Emotion | None = None
    assignee: str | None = None
    taken_at: int | None = None
    hold_until: int | None = None
    hold_for_reply: bool = False
    quoted_from: int | None = None
    quoted_until: int | None = None
    resolved_at: int | None = None
    abandoned_at: int | None = None
    heard: Emotion | None = None
    urgency: int = 0


@dataclass(frozen=True, slots=True)
class Message(Record):
    """One entry of a ticket. An event's ``body`` is a code with values (see ``tickets.event``), never a sentence."""

    ticket_id: str
    kind: MessageKind
    body: str
    at: int
    agent_id: str | None = None
    script_id: str | None = None


@dataclass(frozen=True, slots=True)
class FollowUp(Record):
    """A promise: what, to whom, due when, and what became of it.

    One that was moved stays, marked; the one in its place knows the first of them, when that was due, and how often
    it has been moved since. ``reason`` is why it was moved or broken; of an open one, why the one before was moved.
    """

    customer_id: str | None
    ticket_id: str | None
    what: str
    due_at: int
    made_at: int
    agent_id: str | None = None
    state: PromiseState = PromiseState.OPEN
    done_at: int | None = None
    reason: str = ""
    first_id: str | None = None
    first_due_at: int | None = None
    moves: int = 0


@dataclass(frozen=True, slots=True)
class Quote(Record):
    """A wait estimate that was said aloud, in seconds from ``told_at``, and later the wait that came true."""

    ticket_id: str
    customer_id: str | None
    low: int
    expected: int
    high: int
    method: str
    basis: int
    told_at: int
    sentence: str
    agent_id: str | None = None
    waited: int | None = None


@dataclass(frozen=True, slots=True)
class Agent(Record):
    """A person who serves customers."""

    name: str
    created_at: int = 0
    active: bool = True


@dataclass(frozen=True, slots=True)
class Shift(Record):
    """A stretch of an agent's day: on duty or on a break; open while ``ended_at`` is empty."""

    agent_id: str
    state: str
    started_at: int
    planned_until: int | None = None
    ended_at: int | None = None


@dataclass(frozen=True, slots=True)
class Feedback(Record):
    """An answer of the customer on a named scale (csat 1–5, ces 1–7, nps 0–10)."""

    customer_id: str | None
    ticket_id: str | None
    scale: str
    value: int
    at: int
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Kindness(Record):
    """Something kind that happened at the desk, for the team to see."""

    body: str
    at: int
    agent_id: str | None = None
    customer_id: str | None = None
    ticket_id: str | None = None


@dataclass(frozen=True, slots=True)
class Consent(Record):
    """What a customer said about ``marketing`` or about being contacted at all (``contact``); the latest one holds."""

    customer_id: str
    purpose: str
    allowed: bool
    at: int
    source: str
    agent_id: str | None = None


@dataclass(frozen=True, slots=True)
class SpecialDay(Record):
    """A day of every year that matters to a customer, without the year; ``lunar`` by the Korean lunar calendar."""

    customer_id: str
    kind: str
    month: int
    day: int
    lunar: bool
    source: str
    noted_at: int


@dataclass(frozen=True, slots=True)
class Merge(Record):
    """``merged_id`` turned out to be ``survivor_id``. Holds until ``undone_at``.

    ``kept`` is a JSON object: field of the survivor → the value it had and the value the merge gave it. ``later``
    counts the rows that came for the merged person afterwards.
    """

    survivor_id: str
    merged_id: str
    at: int
    agent_id: str | None = None
    kept: str = "{}"
    later: int = 0
    undone_at: int | None = None


@dataclass(frozen=True, slots=True)
class MergeRow(Record):
    """A row (``ent``, ``ent_id``) that is with the survivor because of a merge: it ``moved`` over, came ``later`` for
    the merged person, or was ``made`` by the merge itself."""

    merge_id: str
    ent: str
    ent_id: str
    how: str


@dataclass(frozen=True, slots=True)
class Apart(Record):
    """Two people who look alike and are two; ``one_id`` sorts before ``other_id``."""

    one_id: str
    other_id: str
    at: int
    agent_id: str | None = None


@dataclass(frozen=True, slots=True)
class Setting(Record):
    """One choice made in the program; ``id`` is its name and ``value`` a JSON text."""

    value: str


R = TypeVar("R", bound=Record)
Row = dict[str, Any]


def as_row(record: Record) -> Row:
    """The record as column → stored value; words of a vocabulary become their text, booleans 0 and 1."""
    row: Row = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if isinstance(value, bool):
            value = int(value)
        elif isinstance(value, str):
            value = str.__str__(value)
        row[field.name] = value
    return row


def from_row(kind: type[R], row: Row) -> R:
    """The inverse of ``as_row``. Raises ``ValueError`` for a word outside its vocabulary."""
    values = dict(row)
    for name, read in _readers(kind):
        if values.get(name) is not None:
            values[name] = read(values[name])
    return kind(**values)


_READERS: dict[type[Record], tuple[tuple[str, Any], ...]] = {}


def _readers(kind: type[Record]) -> tuple[tuple[str, Any], ...]:
    """Column → constructor for the columns whose Python value is not the stored one: vocabularies and booleans."""
    if kind not in _READERS:
        _READERS[kind] = tuple(
            (field.name, part)
            for field in fields(kind)
            for part in getattr(field.type, "__args__", (field.type,))  # T, or T | None
            if isinstance(part, type) and (part is bool or issubclass(part, Enum))
        )
    return _READERS[kind]
