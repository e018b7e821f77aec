"""Texts → sparse rows of the very features, and offsets of the very cues, that the program hears with."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from cxdesk.domain.words import Emotion, Language, Topic
from cxdesk.empathy.hearing import rules
from cxdesk.empathy.hearing.cues import Cues
from cxdesk.empathy.hearing.features import features_of
from cxdesk.empathy.hearing.reading import read

__all__ = ["Texts", "read_texts"]

_EMOTIONS, _TOPICS = tuple(Emotion), tuple(Topic)
_GATED = tuple(emotion in rules.GATED for emotion in _EMOTIONS)


@dataclass(frozen=True, slots=True)
class Texts:
    """Features of each text, the points its cues give each emotion and topic, and whether it complains."""

    keys: list[list[int]]
    points: Any
    topic_points: Any
    complains: Any

    def __len__(self) -> int:
        return len(self.keys)

    def offsets(self, cue: float, gate: float) -> Any:
        """What the cues add to the scores of the emotions."""
        return cue * self.points + gate * np.outer(self.complains, _GATED)

    def known(self, least: int) -> list[int]:
        """Features in at least so many texts: rarer ones are names and numbers."""
        counts = self.counts()
        return sorted(key for key, count in counts.items() if count >= least)

    def counts(self) -> Counter[int]:
        """In how many texts each feature is."""
        return Counter(key for keys in self.keys for key in keys)

    def matrix(self, vocabulary: Sequence[int]) -> csr_matrix:
        """A row a text, as long as 1 over all its features, known or not."""
        column = {key: i for i, key in enumerate(vocabulary)}
        ends, places, values = [0], [], []
        for keys in self.keys:
            known = [column[key] for key in keys if key in column]
            places += known
            values += [1 / max(1, len(keys)) ** 0.5] * len(known)
            ends.append(len(places))
        return csr_matrix((np.array(values), np.array(places), np.array(ends)), shape=(len(self), len(vocabulary)))


def read_texts(texts: Sequence[str], language: Language, cues: Cues) -> Texts:
    """Read every text as the program does."""
    keys, points, about, complains = [], [], [], []
    for text in texts:
        reading = read(text, language)
        found = cues.found(reading)
        given, topics = rules.cue_points(found), rules.topic_points(found)
        keys.append(list(features_of(reading)))
        points.append([given[emotion] for emotion in _EMOTIONS])
        about.append([topics[topic] for topic in _TOPICS])
        complains.append(rules.complains(found))
    return Texts(keys, _table(points, len(_EMOTIONS)), _table(about, len(_TOPICS)), np.array(complains, dtype=float))


def _table(values: list[list[int]], width: int) -> Any:
    return np.array(values, dtype=float).reshape(-1, width)
