"""``python -m training.score``: the packs in use against the development set, and which targets are reached.

Standard library only: it hears through ``cxdesk.desk.hearing``, as the screens do. The development set was written
before the packs were trained and is read by nothing else.
"""

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cxdesk.desk.hearing import Hearing
from cxdesk.domain.words import Emotion, Language
from cxdesk.empathy.hearing.result import Heard
from cxdesk.empathy.hearing.rules import NOW, UNHAPPY
from training.texts import Message, demo_shop, development

__all__ = ["Figure", "figures", "main"]

_BINS = 10

TARGETS = {
    Language.KO: {"emotion": 0.70, "top two": 0.85, "topic": 0.75},
    Language.EN: {"emotion": 0.58, "top two": 0.75, "topic": 0.68},
}
COMMON = {"urgent now": 0.80, "wrong gratitude": 0.02, "calibration": 0.10}
_UNLABELLED = ("urgent now", "false alarm", "abuse", "false abuse")
_SMALLER_IS_BETTER = ("wrong gratitude", "calibration")


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure with its target, if it has one."""

    name: str
    value: float
    target: float | None
    meaning: str

    @property
    def reached(self) -> bool:
        """Whether it is as good as the target."""
        if self.target is None:
            return True
        return self.value <= self.target if self.name in _SMALLER_IS_BETTER else self.value >= self.target


def figures(hearing: Hearing, language: Language, texts: Sequence[Message]) -> list[Figure]:
    """Every measure of one language."""
    pairs = [(one, hearing.hear(one.text, language)) for one in texts]
    targets: dict[str, float] = TARGETS[language] | COMMON
    told = [(one, heard) for one, heard in pairs if heard.emotion]
    measured = (
        ("emotion", _macro(pairs), "macro-F1 over six feelings, always choosing"),
        ("top two", _mean(one.emotion in _top_two(heard) for one, heard in pairs), "the feeling is one of two"),
        ("said", len(told) / len(pairs), "share of messages of whose feeling something is said"),
        ("right when said", _mean(one.emotion is heard.emotion for one, heard in told), "and that is right"),
        ("intensity", _mean(abs(one.intensity - heard.intensity) <= 1 for one, heard in told), "off by one at most"),
        ("topic", _mean(one.topic is heard.likely_topic for one, heard in pairs), "accuracy, always choosing"),
        ("urgent now", _recall(pairs), "recall of what must be done now or today"),
        (
            "false alarm",
            _mean(heard.urgency == NOW for one, heard in pairs if one.urgency == 0),
            "now, though not urgent",
        ),
        ("abuse", _mean(heard.abuse for one, heard in pairs if one.abuse), "recall"),
        ("false abuse", _mean(heard.abuse for one, heard in pairs if not one.abuse), "share of decent messages"),
        ("wrong gratitude", _wrong_thanks(pairs), "unhappy customers answered with thanks"),
        ("calibration", _calibration(pairs), "expected error of the confidence in the first choice"),
    )
    return [Figure(name, value, targets.get(name), meaning) for name, value, meaning in measured]


Pairs = Sequence[tuple[Message, Heard]]


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def _macro(pairs: Pairs) -> float:
    scores = []
    for emotion in Emotion:
        both = sum(one.emotion is emotion and heard.likely is emotion for one, heard in pairs)
        either = sum((one.emotion is emotion) + (heard.likely is emotion) for one, heard in pairs)
        scores.append(2 * both / either if either else 0.0)
    return sum(scores) / len(scores)


def _top_two(heard: Heard) -> list[Emotion]:
    ranked = sorted(zip(heard.chances, Emotion, strict=False), key=lambda pair: -pair[0])
    return [emotion for _, emotion in ranked[:2]]


def _recall(pairs: Pairs) -> float:
    return _mean(heard.urgency == NOW for one, heard in pairs if one.urgency == NOW)


def _wrong_thanks(pairs: Pairs) -> float:
    return _mean(heard.emotion is Emotion.GRATITUDE for one, heard in pairs if one.emotion in UNHAPPY)


def _calibration(pairs: Pairs) -> float:
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for one, heard in pairs:
        bins[min(_BINS - 1, heard.confidence * _BINS // 100)].append(
            (heard.confidence / 100, heard.likely is one.emotion)
        )
    gaps = (abs(sum(sure for sure, _ in part) - sum(right for _, right in part)) for part in bins)
    return sum(gaps) / len(pairs)


def main() -> None:
    """Print a table a language."""
    arguments = argparse.ArgumentParser(prog="python -m training.score", description=__doc__)
    arguments.add_argument("--packs", type=Path, help="folder of other packs")
    arguments.add_argument("--demo", action="store_true", help="the customers of the demo shop instead")
    chosen = arguments.parse_args()
    hearing = Hearing.load(packs=chosen.packs)
    for language in Language:
        texts = demo_shop(language) if chosen.demo else development(language)
        print(f"{language}: {len(texts)} messages, {hearing.basis[language]}")
        for figure in figures(hearing, language, texts):
            if chosen.demo and figure.name in _UNLABELLED:
                continue
            aim = (
                "" if figure.target is None else f"{figure.target:.2f} {'reached' if figure.reached else 'NOT REACHED'}"
            )
            print(f"  {figure.name:<16} {figure.value:.3f}  {aim:<18} {figure.meaning}")


if __name__ == "__main__":
    main()
