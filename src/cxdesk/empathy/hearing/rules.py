"""What is read from cues: how soon, how strong, whether it is abuse, and whether there is a complaint in it."""

from collections.abc import Iterable

from cxdesk.domain.words import Emotion, Topic
from cxdesk.empathy.hearing.cues import ABOUT, FEELINGS, Found, Meaning

__all__ = [
    "GATED",
    "NOW",
    "SOON",
    "UNHAPPY",
    "complains",
    "cue_points",
    "feeling_of",
    "intensity_of",
    "strained",
    "topic_points",
    "troubled",
    "urgency_of",
    "urgent_cues",
]

NOW, SOON = 2, 1
GATED = (Emotion.ANGER, Emotion.DISAPPOINTMENT)
"""The feelings that a complaint speaks for when it names none."""

UNHAPPY = (Emotion.ANGER, Emotion.ANXIETY, Emotion.DISAPPOINTMENT)
"""Whoever feels one of these must not be thanked for it, nor taken for calm."""

_NEAR = 60  # characters between "today" and what is wanted of it
_MOST_POINTS = 6
_PLAIN = 3  # points of a word that leaves no doubt
_BASE = {
    Emotion.ANGER: 2,
    Emotion.ANXIETY: 2,
    Emotion.DISAPPOINTMENT: 2,
    Emotion.CONFUSION: 1,
    Emotion.GRATITUDE: 2,
    Emotion.NEUTRAL: 0,
}
_LONG_TROUBLE = (Meaning.DURATION, Meaning.REPETITION)


def feeling_of(cue: Found) -> Emotion | None:
    """The feeling that a cue speaks for, if any; whoever is abusive is angry."""
    return Emotion.ANGER if cue.means is Meaning.ABUSE else FEELINGS.get(cue.means)


def cue_points(found: Iterable[Found]) -> dict[Emotion, int]:
    """The points of each feeling. A word said ten times does not shout down the rest of a message."""
    points = dict.fromkeys(Emotion, 0)
    for cue in found:
        if emotion := feeling_of(cue):
            points[emotion] = min(_MOST_POINTS, points[emotion] + cue.weight)
    return points


def topic_points(found: Iterable[Found]) -> dict[Topic, int]:
    """The points of each topic."""
    points = dict.fromkeys(Topic, 0)
    for cue in found:
        if topic := ABOUT.get(cue.means):
            points[topic] = min(_MOST_POINTS, points[topic] + cue.weight)
    return points


def complains(found: Iterable[Found]) -> bool:
    """Whether something is wrong and has been so for long or before, said in however polite words."""
    means = {cue.means for cue in found}
    return Meaning.PROBLEM in means and not means.isdisjoint(_LONG_TROUBLE)


def troubled(found: Iterable[Found]) -> bool:
    """Whether anything is wrong, late or wrong again: thanks beside it are not the whole of the feeling."""
    return any(cue.means in (Meaning.PROBLEM, *_LONG_TROUBLE) for cue in found)


def strained(found: Iterable[Found]) -> bool:
    """Whether a word says plainly that somebody is unhappy: whatever the rest is like, such a message is not calm."""
    points = cue_points(found)
    return any(points[emotion] >= _PLAIN for emotion in UNHAPPY)


def urgency_of(found: Iterable[Found], pressing: bool = False) -> int:
    """0 none, 1 soon, 2 now or today; ``pressing`` when the weights say now, which words like *no hurry* overrule."""
    means = {cue.means for cue in found}
    if Meaning.NO_HURRY in means:
        return 0
    urgent = urgent_cues(found)
    if pressing or any(cue.means in (Meaning.NOW, Meaning.TODAY) for cue in urgent):
        return NOW
    return SOON if urgent else 0


def urgent_cues(found: Iterable[Found]) -> tuple[Found, ...]:
    """The cues that urgency rests on. *Today* counts beside something wanted, for things also arrived today."""
    needs = [cue for cue in found if cue.means is Meaning.NEED]
    return tuple(
        cue
        for cue in found
        if cue.means in (Meaning.NOW, Meaning.SOON)
        or (cue.means is Meaning.TODAY and any(_apart(cue, need) <= _NEAR for need in needs))
    )


def _apart(one: Found, other: Found) -> int:
    return max(one.start, other.start) - min(one.end, other.end)


def intensity_of(emotion: Emotion, text: str, found: Iterable[Found]) -> int:
    """1 to 3 for a feeling, 0 for none: more with strong words, capitals and marks, less with soft ones."""
    if emotion is Emotion.NEUTRAL:
        return 0
    means = [cue.means for cue in found]
    up = means.count(Meaning.STRONG) + _loud(text) + (Meaning.ABUSE in means) * 2
    down = means.count(Meaning.MILD)
    level = _BASE[emotion] + (up >= 2) + (up >= 1 and emotion is not Emotion.ANGER) - (down > up)
    return max(1, min(3, level))


def _loud(text: str) -> bool:
    capitals = sum(char.isupper() for char in text[:400])
    return text.count("!") >= 3 or (capitals >= 12 and capitals * 2 > sum(char.isalpha() for char in text[:400]))
