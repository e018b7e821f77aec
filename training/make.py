"""From texts to the bytes of a pack: choose the features, fit both heads, round to bytes, find the temperature.

The numbers here were chosen by what held-out parts of the project's own messages said, never by the development set.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, vstack

from cxdesk.domain.words import Emotion, Language, Topic
from cxdesk.empathy.hearing import rules
from cxdesk.empathy.hearing.cues import Cues
from cxdesk.empathy.hearing.pack import UNIT, Head, build
from training.corpora import Shared, emotions_of, topics_of
from training.logistic import fit, softmax
from training.rows import Texts, read_texts
from training.texts import Message, messages

__all__ = ["Made", "make"]

FEATURES = 48_000
OWN_WEIGHT = {Language.KO: 20.0, Language.EN: 200.0}  # comments in English are further from what shops are written
TOPIC_CUE = 1.0
STRENGTH = {Language.KO: 1.0, Language.EN: 0.03}
TOPIC_OWN_WEIGHT, TOPIC_STRENGTH = 20.0, 0.25
SECOND = 0.3  # the share of a second feeling
CUE, GATE = 0.6, 1.2  # what a point of a cue and a complaint are worth, in natural logarithms of the odds
LEAST_OWN, LEAST_SHARED = 2, 8  # in so many texts a feature must be
FOLDS = 4
PRECISION = 0.8  # of what is said; the threshold is the lowest chance that keeps it
TOPIC_PRECISION = 0.72
NOW_WEIGHT, NOW_STRENGTH = 4.0, 30.0
FALSE_ALARMS = 0.01  # of the other messages may be taken for urgent ones
WRONG_THANKS = 0.01  # of unhappy customers may be taken for grateful ones, before rules forbid more of it
COARSE_ROUNDS, FINE_ROUNDS = 25, 60

_EMOTIONS, _TOPICS = tuple(Emotion), tuple(Topic)
_LONGEST = 250  # characters of a shared text: messages are short


@dataclass(frozen=True, slots=True)
class Made:
    """A pack and what was measured on held-out parts of the messages while it was made."""

    data: bytes
    features: int
    accuracy: float
    topic_accuracy: float
    temperature: float


@dataclass(frozen=True, slots=True)
class _Task:
    """One head: rows, what each should come out as, how much it counts, what the cues add; own messages first."""

    rows: csr_matrix
    targets: Any
    weights: Any
    offsets: Any
    gold: Any
    strength: float
    each: bool = False

    def fitted(self, picked: Any, rounds: int) -> tuple[Any, Any]:
        """Weights and biases from some of the rows."""
        parts = (self.rows[picked], self.targets[picked], self.weights[picked], self.offsets[picked])
        return fit(*parts, self.strength, rounds, each=self.each)

    def held_out(self) -> Any:
        """Scores of the own messages, each from weights that have not seen it."""
        own, every = len(self.gold), np.arange(self.rows.shape[0])
        scores = np.zeros((own, self.targets.shape[1]))
        for fold in range(FOLDS):
            out = every[:own][every[:own] % FOLDS == fold]
            table, bias = self.fitted(np.setdiff1d(every, out), COARSE_ROUNDS)
            scores[out] = self.rows[out] @ table + bias + self.offsets[out]
        return scores


def make(language: Language, folder: Path, cues: Cues) -> Made:
    """Train one language on its messages and the corpora in ``folder``."""
    own = messages(language)
    feelings, topics = _short(emotions_of(folder, language)), _short(topics_of(folder, language))
    ours, felt, asked = (read_texts([one.text for one in part], language, cues) for part in (own, feelings, topics))
    vocabulary = _vocabulary(ours, (felt, asked))
    tasks = (
        _emotion_task(language, own, feelings, (ours, felt), vocabulary),
        _topic_task(own, topics, (ours, asked), vocabulary),
        _now_task(own, ours, vocabulary),
    )
    weights = np.hstack([task.fitted(np.arange(task.rows.shape[0]), COARSE_ROUNDS)[0] for task in tasks])
    counts = [part.counts() for part in (ours, felt, asked)]
    often = np.sqrt([sum(count[key] for count in counts) for key in vocabulary])
    chosen = np.sort(np.argsort(-np.abs(weights).max(axis=1) * often, kind="stable")[:FEATURES])
    slim = tuple(replace(task, rows=task.rows[:, chosen]) for task in tasks)
    return _packed(language, [vocabulary[i] for i in chosen], slim)


def _short(texts: Sequence[Shared]) -> list[Shared]:
    return [one for one in texts if len(one.text) <= _LONGEST]


def _vocabulary(own: Texts, shared: Sequence[Texts]) -> list[int]:
    ours, theirs = own.counts(), sum((part.counts() for part in shared), type(own.counts())())
    return sorted(key for key in ours | theirs if ours[key] >= LEAST_OWN or theirs[key] >= LEAST_SHARED)


def _emotion_task(
    language: Language, own: list[Message], shared: list[Shared], texts: Sequence[Texts], vocabulary: list[int]
) -> _Task:
    gold = np.array([_EMOTIONS.index(one.emotion) for one in own])
    targets = np.eye(len(_EMOTIONS))[gold]
    for row, one in zip(targets, own, strict=True):
        if one.second:
            row *= 1 - SECOND
            row[_EMOTIONS.index(one.second)] += SECOND
    return _Task(
        rows=vstack([part.matrix(vocabulary) for part in texts]).tocsr(),
        targets=np.vstack([targets, _shares(shared, _EMOTIONS)]),
        weights=_weights(own, shared, OWN_WEIGHT[language]),
        offsets=np.vstack([part.offsets(CUE, GATE) for part in texts]),
        gold=gold,
        strength=STRENGTH[language],
    )


def _topic_task(own: list[Message], shared: list[Shared], texts: Sequence[Texts], vocabulary: list[int]) -> _Task:
    gold = np.array([_TOPICS.index(one.topic) for one in own])
    return _Task(
        rows=vstack([part.matrix(vocabulary) for part in texts]).tocsr(),
        targets=np.vstack([np.eye(len(_TOPICS))[gold], _shares(shared, _TOPICS)]),
        weights=_weights(own, shared, TOPIC_OWN_WEIGHT),
        offsets=TOPIC_CUE * np.vstack([part.topic_points for part in texts]),
        gold=gold,
        strength=TOPIC_STRENGTH,
    )


def _now_task(own: list[Message], ours: Texts, vocabulary: list[int]) -> _Task:
    gold = np.array([one.urgency == rules.NOW for one in own])
    return _Task(
        rows=ours.matrix(vocabulary),
        targets=gold[:, None].astype(float),
        weights=np.where(gold, NOW_WEIGHT, 1.0),
        offsets=np.zeros((len(own), 1)),
        gold=gold,
        strength=NOW_STRENGTH,
        each=True,
    )


def _weights(own: list[Message], shared: list[Shared], weight: float) -> Any:
    return np.concatenate([np.full(len(own), weight), np.ones(len(shared))])


def _shares(texts: list[Shared], classes: Sequence[str]) -> Any:
    return np.array([[one.shares.get(str(word), 0.0) for word in classes] for one in texts]).reshape(-1, len(classes))


def _packed(language: Language, keys: list[int], tasks: Sequence[_Task]) -> Made:
    feeling, topic, now = tasks
    scores = [task.held_out() for task in tasks]
    heat = [_temperature(scores[0], feeling.gold), _temperature(scores[1], topic.gold), 1.0]
    chances = [softmax(found / warm) for found, warm in zip(scores[:2], heat, strict=False)]
    sure = _sure(chances[0], feeling.gold, PRECISION)
    gains, biases, rows = zip(*map(_rounded, tasks, heat), strict=True)
    head = Head(
        language=language,
        emotion_gain=gains[0],
        topic_gain=gains[1],
        now_gain=gains[2],
        emotion_bias=biases[0],
        topic_bias=biases[1],
        now_least=round(UNIT * float(np.quantile(scores[2][~now.gold, 0], 1 - FALSE_ALARMS))) - biases[2][0],
        cue=round(UNIT * CUE / heat[0]),
        topic_cue=round(UNIT * TOPIC_CUE / heat[1]),
        gate=round(UNIT * GATE / heat[0]),
        sure=sure,
        thanks_sure=max(sure, _thanks_sure(chances[0], feeling.gold)),
        topic_sure=_sure(chances[1], topic.gold, TOPIC_PRECISION),
    )
    right = [float((found.argmax(axis=1) == task.gold).mean()) for found, task in zip(scores[:2], tasks, strict=False)]
    data = build(head, keys, np.hstack(rows).astype(np.uint8).tobytes())
    return Made(data, len(keys), right[0], right[1], heat[0])


def _rounded(task: _Task, warm: float) -> tuple[int, tuple[int, ...], Any]:
    """A head as the pack holds it: what multiplies its sums, its biases, and a byte for each weight."""
    table, bias = task.fitted(np.arange(task.rows.shape[0]), FINE_ROUNDS)
    if not task.each:
        table, bias = table - table.mean(axis=1, keepdims=True), bias - bias.mean()
    step = float(np.quantile(np.abs(table).max(axis=1), 0.999)) / 127
    whole = np.clip(np.rint(table / step), -127, 127).astype(int) + 128
    return round(UNIT * 1024 * step / warm), tuple(round(value) for value in UNIT * bias / warm), whole


def _temperature(scores: Any, gold: Any) -> float:
    """The divisor of the scores under which the held-out messages are likeliest."""
    tried = np.arange(0.3, 3.01, 0.05)
    rows = np.arange(len(gold))
    return float(min(tried, key=lambda warm: -np.log(softmax(scores / warm)[rows, gold] + 1e-9).mean()))


def _sure(chances: Any, gold: Any, wanted: float) -> int:
    """The lowest chance, in thousandths, from which on as many as wanted of the first choices are right."""
    best, right = chances.max(axis=1), chances.argmax(axis=1) == gold
    for least in range(200, 951, 10):
        said = best >= least / 1000
        if said.any() and right[said].mean() >= wanted:
            return least
    return 950


def _thanks_sure(chances: Any, gold: Any) -> int:
    """The lowest chance, in thousandths, from which on few enough unhappy customers would be thanked."""
    grateful = _EMOTIONS.index(Emotion.GRATITUDE)
    unhappy = np.isin(gold, [_EMOTIONS.index(one) for one in rules.UNHAPPY])
    first = chances.argmax(axis=1) == grateful
    for least in range(200, 951, 10):
        thanked = first & (chances[:, grateful] >= least / 1000)
        if thanked[unhappy].mean() <= WRONG_THANKS:
            return least
    return 950
