"""What was heard in one message."""

from dataclasses import dataclass
from enum import StrEnum

from cxdesk.domain.words import Emotion, Language, Topic

__all__ = ["Basis", "Heard", "Kind", "Reason"]


class Basis(StrEnum):
    """What an answer rests on: the trained weights with the cues, the cues alone, or nothing."""

    MODEL = "model"
    CUES = "cues"
    NOTHING = "nothing"


class Kind(StrEnum):
    """What a reason is for."""

    EMOTION = "emotion"
    TOPIC = "topic"
    URGENCY = "urgency"
    ABUSE = "abuse"


@dataclass(frozen=True, slots=True)
class Reason:
    """A piece of the message that spoke for the answer: ``message[start:end]``."""

    start: int
    end: int
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Heard:
    """A suggestion, never a fact about a person.

    ``emotion`` and ``topic`` are ``None`` when it would be too unsure to say; ``likely`` is the first choice even then.
    ``intensity`` is 0 to 3 and 0 for neutral or nothing, ``urgency`` 0 none, 1 soon, 2 now or today. Confidences are
    per cent, ``chances`` thousandths in the order of ``Emotion``. Reasons come the weightiest first, a kind at a time.
    """

    language: Language
    emotion: Emotion | None = None
    intensity: int = 0
    urgency: int = 0
    topic: Topic | None = None
    abuse: bool = False
    confidence: int = 0
    topic_confidence: int = 0
    likely: Emotion | None = None
    likely_topic: Topic | None = None
    second: Emotion | None = None
    chances: tuple[int, ...] = ()
    reasons: tuple[Reason, ...] = ()
    basis: Basis = Basis.NOTHING
