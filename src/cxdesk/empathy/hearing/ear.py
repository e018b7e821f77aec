"""One message heard: weights, cues and the local layer together, decided by what a mistake would cost.

The dearest mistake is a line of thanks for somebody who is unhappy, so gratitude is said only when it is surer than
anything else has to be and nothing in the message is amiss. Nobody is called calm who uses an angry word. Below the
threshold nothing is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from cxdesk.domain.words import Emotion, Language, Topic
from cxdesk.empathy.hearing import rules
from cxdesk.empathy.hearing.chances import WHOLE, chances_of
from cxdesk.empathy.hearing.cues import Cues, Found, Meaning
from cxdesk.empathy.hearing.features import ENDS, Features, features_of
from cxdesk.empathy.hearing.local import Layer
from cxdesk.empathy.hearing.pack import UNIT, Pack
from cxdesk.empathy.hearing.reading import read
from cxdesk.empathy.hearing.reasons import reasons_of
from cxdesk.empathy.hearing.result import Basis, Heard

__all__ = ["EMOTIONS", "TOPICS", "Ear", "Scored", "hear", "score"]

EMOTIONS, TOPICS = tuple(Emotion), tuple(Topic)

_CUES_ONLY, _CUES_ONLY_TOPIC = UNIT, UNIT * 2  # what a point is worth without a pack
_CUES_ONLY_GATE = UNIT * 2
_CUES_ONLY_SURE = 500
_CUES_ONLY_THANKS_SURE = 700
_GRATITUDE, _CALM = EMOTIONS.index(Emotion.GRATITUDE), EMOTIONS.index(Emotion.NEUTRAL)
_SECOND = 200


@dataclass(frozen=True, slots=True)
class Ear:
    """Everything it takes to hear one language. Without a pack the cues speak alone."""

    language: Language
    pack: Pack | None
    cues: Cues
    emotion_layer: Layer = field(default_factory=lambda: Layer(len(Emotion)))
    topic_layer: Layer = field(default_factory=lambda: Layer(len(Topic)))

    @property
    def basis(self) -> Basis:
        """What its answers rest on."""
        return Basis.MODEL if self.pack else Basis.CUES if len(self.cues) else Basis.NOTHING


@dataclass(frozen=True, slots=True)
class Scored:
    """A message weighed, before the local layer and before anything is decided."""

    features: Features
    cues: tuple[Found, ...]
    emotions: tuple[int, ...]
    topics: tuple[int, ...]
    now: bool

    def learnable(self, ear: Ear) -> tuple[int, ...]:
        """The features a correction may move: those the pack knows, so that no name is ever learned."""
        return tuple(key for key in self.features if ear.pack is None or key in ear.pack)


def score(text: str, ear: Ear) -> Scored:
    """Weigh a message by the pack and the cues."""
    reading = read(text, ear.language)
    features, found = features_of(reading), ear.cues.found(reading)
    if ear.pack is None:
        emotions, topics, now = [0] * len(EMOTIONS), [0] * len(TOPICS), False
        worth, topic_worth, gate = _CUES_ONLY, _CUES_ONLY_TOPIC, _CUES_ONLY_GATE
    else:
        emotions, topics, pressing = ear.pack.scores(features, len(features))
        now = pressing >= ear.pack.head.now_least
        worth, topic_worth, gate = ear.pack.head.cue, ear.pack.head.topic_cue, ear.pack.head.gate
    points, about, complains = rules.cue_points(found), rules.topic_points(found), rules.complains(found)
    for i, emotion in enumerate(EMOTIONS):
        emotions[i] += points[emotion] * worth + (gate if complains and emotion in rules.GATED else 0)
    for i, topic in enumerate(TOPICS):
        topics[i] += about[topic] * topic_worth
    return Scored(features, found, tuple(emotions), tuple(topics), now)


def hear(text: str, ear: Ear) -> Heard:
    """What one message says; nothing at all when there is nothing in it to go by."""
    weighed = score(text, ear)
    if not _says_something(weighed, ear):
        return Heard(ear.language, basis=ear.basis)
    chances = chances_of(_shifted(weighed.emotions, ear.emotion_layer, weighed))
    first, second, *_ = sorted(range(len(EMOTIONS)), key=lambda i: (-chances[i], i))
    denied = {_GRATITUDE: rules.troubled, _CALM: rules.strained}.get(first)
    if denied and denied(weighed.cues):
        first, second = second, first
    likely = EMOTIONS[first]
    emotion = likely if chances[first] >= _least(first, ear) else None
    topic, topic_chance = _topic_of(weighed, ear)
    topic_said = topic if topic_chance >= (ear.pack.head.topic_sure if ear.pack else _CUES_ONLY_SURE) else None
    return Heard(
        language=ear.language,
        emotion=emotion,
        intensity=rules.intensity_of(emotion, text, weighed.cues) if emotion else 0,
        urgency=rules.urgency_of(weighed.cues, weighed.now),
        topic=topic_said,
        abuse=any(cue.means is Meaning.ABUSE for cue in weighed.cues),
        confidence=_per_cent(chances[first]),
        topic_confidence=_per_cent(topic_chance),
        likely=likely,
        likely_topic=topic,
        second=EMOTIONS[second] if chances[second] >= _SECOND else None,
        chances=chances,
        reasons=reasons_of(
            text, weighed.features, weighed.cues, ear.pack, emotion=likely, topic=topic_said, now=weighed.now
        ),
        basis=ear.basis,
    )


def _least(emotion: int, ear: Ear) -> int:
    """From which chance on a feeling is said."""
    if ear.pack is None:
        return _CUES_ONLY_THANKS_SURE if emotion == _GRATITUDE else _CUES_ONLY_SURE
    return ear.pack.head.thanks_sure if emotion == _GRATITUDE else ear.pack.head.sure


def _says_something(weighed: Scored, ear: Ear) -> bool:
    return bool(weighed.cues) or (ear.pack is not None and not ENDS.issuperset(weighed.learnable(ear)))


def _shifted(scores: Sequence[int], layer: Layer, weighed: Scored) -> Sequence[int]:
    if not layer.on:
        return scores
    moves = layer.shift(weighed.features, len(weighed.features))
    return [one + move for one, move in zip(scores, moves, strict=True)]


def _topic_of(weighed: Scored, ear: Ear) -> tuple[Topic, int]:
    chances = chances_of(_shifted(weighed.topics, ear.topic_layer, weighed))
    first = max(range(len(TOPICS)), key=lambda i: (chances[i], -i))
    return TOPICS[first], chances[first]


def _per_cent(chance: int) -> int:
    return (chance * 100 + WHOLE // 2) // WHOLE
