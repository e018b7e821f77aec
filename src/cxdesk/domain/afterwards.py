"""The rows of what comes after a contact, as plain values like those of ``domain.records``."""

from enum import StrEnum

from cxdesk.domain.records import Record
from cxdesk.domain.values import dataclass
from cxdesk.domain.words import Language, Topic

__all__ = [
    "Conflict",
    "FeedbackAsk",
    "Horizon",
    "Improvement",
    "ImprovementState",
    "Incident",
    "IncidentEntry",
    "IncidentPerson",
    "IncidentReach",
    "IncidentTicket",
    "IncidentWord",
    "MorningChoice",
    "Telling",
    "Theme",
    "ThemeStage",
    "ThemeWhy",
    "Touchpoint",
    "Voice",
]


class ThemeStage(StrEnum):
    """Where a theme stands on its way from what was said to who was told; ``DONE`` is off the board."""

    COLLECT = "collect"
    ANALYSE = "analyse"
    IMPROVE = "improve"
    SHARE = "share"
    DONE = "done"


class Horizon(StrEnum):
    """How far ahead an improvement lies: wording and notices, ways of working, the goods themselves."""

    SHORT = "short"
    MIDDLE = "middle"
    LONG = "long"


class ImprovementState(StrEnum):
    """What became of an improvement."""

    PLANNED = "planned"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class FeedbackAsk(Record):
    """A customer was asked for feedback on a scale, answered or not."""

    customer_id: str
    ticket_id: str | None
    scale: str
    at: int
    agent_id: str | None = None


@dataclass(frozen=True, slots=True)
class Voice(Record):
    """Something a customer said that the shop could learn from, in their own words; ``severity`` is 1 to 3."""

    customer_id: str | None
    ticket_id: str | None
    body: str
    topic: Topic
    product: str
    severity: int
    at: int
    agent_id: str | None
    theme_id: str


@dataclass(frozen=True, slots=True)
class Theme(Record):
    """Voices about one thing. ``effort`` is 1 to 5, 0 while nobody has said; ``heard_at`` is its latest voice."""

    title: str
    topic: Topic
    product: str
    stage: ThemeStage
    effort: int
    created_at: int
    heard_at: int
    merged_into: str | None = None


@dataclass(frozen=True, slots=True)
class ThemeWhy(Record):
    """One step of asking why, ``place`` 1 to 5: each is the cause of the one before."""

    theme_id: str
    place: int
    body: str
    at: int
    agent_id: str | None = None


@dataclass(frozen=True, slots=True)
class Improvement(Record):
    """What is to be changed because of a theme, by whom (an agent's id) and until when."""

    theme_id: str
    what: str
    horizon: Horizon
    owner: str | None
    due_at: int | None
    state: ImprovementState
    at: int
    done_at: int | None = None


@dataclass(frozen=True, slots=True)
class Telling(Record):
    """What a customer is told about what became of their words (``voice_id``); sent once ``told_at`` is set."""

    theme_id: str
    customer_id: str
    voice_id: str
    body: str
    at: int
    told_at: int | None = None
    agent_id: str | None = None


@dataclass(frozen=True, slots=True)
class Incident(Record):
    """One cause behind many tickets; ``agent_id`` is who answers for it, ``closed_at`` empty while it goes on.

    ``last_word_at`` is when something was last said of it, ``next_word_at`` by when customers are to hear again.
    """

    title: str
    opened_at: int
    topic: Topic | None = None
    product: str = ""
    cause: str = ""
    agent_id: str | None = None
    first_word_at: int | None = None
    last_word_at: int | None = None
    next_word_at: int | None = None
    closed_at: int | None = None


@dataclass(frozen=True, slots=True)
class IncidentTicket(Record):
    """A ticket that is there because of an incident."""

    incident_id: str
    ticket_id: str
    at: int
    agent_id: str | None = None


@dataclass(frozen=True, slots=True)
class IncidentWord(Record):
    """What may be said of an incident, for the ear or for the eye (``form``); of a language the latest one holds."""

    incident_id: str
    form: str
    language: Language
    body: str
    at: int
    agent_id: str | None = None


@dataclass(frozen=True, slots=True)
class IncidentEntry(Record):
    """One line of an incident's timeline: a word that was approved, a step, a note, an answer of the checklist.

    ``item`` says which: form and language of a word, code of a step, id of a check. ``due_at`` is by when a word had
    been promised.
    """

    incident_id: str
    kind: str
    body: str
    at: int
    item: str = ""
    due_at: int | None = None
    agent_id: str | None = None


@dataclass(frozen=True, slots=True)
class IncidentReach(Record):
    """A rule that finds customers an incident touched: who bought ``product`` from ``since`` until before ``until``.

    ``option`` is a part of the option's text, such as a batch. ``told_at`` is when all whom it finds were told at once.
    """

    incident_id: str
    product: str
    at: int
    since: int | None = None
    until: int | None = None
    option: str = ""
    told_at: int | None = None
    agent_id: str | None = None


@dataclass(frozen=True, slots=True)
class IncidentPerson(Record):
    """What was done for one customer whom an incident touched: told of it, cared for afterwards, asked how it was."""

    incident_id: str
    customer_id: str
    why: str
    told_at: int | None = None
    cared_at: int | None = None
    asked_at: int | None = None


@dataclass(frozen=True, slots=True)
class MorningChoice(Record):
    """An entry of the morning list that was ``done`` or ``dismissed``; ``subject`` is the record it rested on."""

    kind: str
    subject: str
    choice: str
    at: int
    agent_id: str | None = None


@dataclass(frozen=True, slots=True)
class Touchpoint(Record):
    """How feasible it is to improve a touchpoint, 1 (hardly) to 5 (at once); the id is ``channel/topic``."""

    feasibility: int


@dataclass(frozen=True, slots=True)
class Conflict(Record):
    """Two desks wrote a field without having seen each other's value; the server adds the row, ``resolve`` closes it.

    ``winner`` and ``loser`` are the values as JSON (``None``: no value), with the operation, the device and, where
    known, the agent that wrote them, and when. ``state`` is ``open`` for what somebody should decide, ``settled`` for
    the rest.
    """

    ent: str
    ent_id: str
    field: str
    winner_op: str
    winner_dev: str
    winner_at: int
    loser_op: str
    loser_dev: str
    loser_at: int
    at: int
    state: str
    winner: str | None = None
    winner_by: str | None = None
    loser: str | None = None
    loser_by: str | None = None
