"""Which words of a message spoke for the answer: the weights of its features, gathered word by word, and the cues."""

import re
from collections.abc import Iterable, Iterator, Sequence

from cxdesk.domain.words import Emotion, Topic
from cxdesk.empathy.hearing import rules
from cxdesk.empathy.hearing.cues import ABOUT, Found, Meaning
from cxdesk.empathy.hearing.features import Features
from cxdesk.empathy.hearing.pack import NOW, Pack, lead
from cxdesk.empathy.hearing.reading import READ
from cxdesk.empathy.hearing.result import Kind, Reason

__all__ = ["reasons_of"]

_MOST = {Kind.EMOTION: 3, Kind.TOPIC: 2, Kind.URGENCY: 2, Kind.ABUSE: 2}
_WORD = re.compile(r"[\w'’]+|[^\w\s]{2,}")  # one mark alone says nothing to who reads it
_CUE = 400  # what a point of a cue weighs beside the weights of features
_SHARE = 3  # a word that weighs less than a third of the weightiest is no reason
_COLUMNS = {word: i for i, word in enumerate([*Emotion, *Topic])}

Weighed = list[tuple[int, int, int]]
"""Weight, start, end."""


def reasons_of(
    text: str,
    features: Features,
    cues: Sequence[Found],
    pack: Pack | None,
    *,
    emotion: Emotion,
    topic: Topic | None,
    now: bool,
) -> tuple[Reason, ...]:
    """The pieces that weighed most for each part of the answer; a calm message gives none for its feeling."""
    words = _words(text)
    sums = _sums_of(words, features, pack)
    found: list[Reason] = []
    if emotion is not Emotion.NEUTRAL:
        gated = emotion in rules.GATED and rules.complains(cues)
        spoke = _heavy(
            cue
            for cue in cues
            if rules.feeling_of(cue) is emotion
            or (gated and cue.means in (Meaning.PROBLEM, Meaning.DURATION, Meaning.REPETITION))
        )
        found += _heaviest(text, Kind.EMOTION, _leading(words, sums, _COLUMNS[emotion]), spoke)
    if topic is not None:
        about = _heavy(cue for cue in cues if ABOUT.get(cue.means) is topic)
        found += _heaviest(text, Kind.TOPIC, _leading(words, sums, _COLUMNS[topic]), about)
    if rules.urgency_of(cues, now):
        pressed = _leading(words, sums, NOW) if now else []
        found += _heaviest(text, Kind.URGENCY, pressed, _heavy(rules.urgent_cues(cues)))
    found += _heaviest(text, Kind.ABUSE, [], _heavy(cue for cue in cues if cue.means is Meaning.ABUSE))
    return tuple(found)


def _heavy(cues: Iterable[Found]) -> Weighed:
    return [(cue.weight * _CUE, cue.start, cue.end) for cue in cues]


def _words(text: str) -> list[tuple[int, int]]:
    if len(text) <= READ:
        return [match.span() for match in _WORD.finditer(text)]
    tail = len(text) - READ
    spans = [match.span() for match in _WORD.finditer(text, 0, READ)]
    return spans + [match.span() for match in _WORD.finditer(text, max(READ, tail))]


def _sums_of(words: list[tuple[int, int]], features: Features, pack: Pack | None) -> list[list[int]]:
    """What each word's features weigh, column by column. A feature across two words speaks for both."""
    if pack is None:
        return []
    owner = {place: i for i, (start, end) in enumerate(words) for place in range(start, end)}
    keys: list[list[int]] = [[] for _ in words]
    for key, (start, end) in features.items():
        first, last = owner.get(start), owner.get(end - 1)
        if first is not None:
            keys[first].append(key)
        if last is not None and last != first:
            keys[last].append(key)
    return [pack.sums(part) for part in keys]


def _leading(words: list[tuple[int, int]], sums: list[list[int]], column: int) -> Weighed:
    return [(lead(part, column), start, end) for part, (start, end) in zip(sums, words, strict=False)]


def _heaviest(text: str, kind: Kind, words: Weighed, cues: Iterable[tuple[int, int, int]]) -> Iterator[Reason]:
    """The weightiest pieces, none within another."""
    pieces = sorted([*cues, *words], key=lambda piece: (-piece[0], piece[1]))
    least = max(1, pieces[0][0] // _SHARE) if pieces else 1
    taken: list[tuple[int, int]] = []
    for weight, start, end in pieces:
        if weight < least or len(taken) == _MOST[kind]:
            return
        if all(end <= other_start or start >= other_end for other_start, other_end in taken):
            taken.append((start, end))
            yield Reason(start, end, kind, text[start:end])
