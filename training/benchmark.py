"""``python -m training.benchmark --data FOLDER [--only NAME]``: the same features and method on public test sets.

Each set is trained on its own official training part and measured on its test part, so the figures say what the method
is worth beside published ones. The shipped packs are not measured here, and nothing is written.
"""

import argparse
import os
from array import array
from collections.abc import Callable, Iterable, Sequence
from itertools import compress
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from scipy.sparse import csr_matrix

from cxdesk.domain.words import Emotion, Language
from cxdesk.empathy.hearing.features import features_of
from cxdesk.empathy.hearing.reading import read
from training.corpora import KOTE, rows
from training.logistic import fit, logistic

ROUNDS = 60
OUT_OF_SCOPE = "NO_NODES_DETECTED"
GO_LABELS = 28

Labelled = tuple[list[str], list[str]]


class _Rows:
    """Texts as sparse rows over the features that the training part has often enough."""

    def __init__(self, language: Language, least: int) -> None:
        self._language, self._least = language, least
        self._column: dict[int, int] = {}

    def learn(self, texts: Iterable[str]) -> csr_matrix:
        """Rows of the training part; afterwards the columns are fixed."""
        ends, places, sizes = self._read(texts, grow=True)
        counts = np.bincount(places, minlength=len(self._column))
        keep = counts >= self._least
        found = self._matrix(ends, places, sizes)[:, keep]
        self._column = {key: i for i, key in enumerate(compress(self._column, keep))}
        return found

    def rows(self, texts: Iterable[str]) -> csr_matrix:
        """Rows of other texts."""
        return self._matrix(*self._read(texts, grow=False))

    def _read(self, texts: Iterable[str], *, grow: bool) -> tuple[Any, Any, Any]:
        ends, places, sizes = array("q", [0]), array("q"), array("d")
        for text in texts:
            keys = features_of(read(text, self._language))
            if grow:
                places.extend([self._column.setdefault(key, len(self._column)) for key in keys])
            else:
                places.extend([self._column[key] for key in keys if key in self._column])
            sizes.extend([max(1, len(keys)) ** -0.5] * (len(places) - ends[-1]))
            ends.append(len(places))
        return np.array(ends), np.array(places), np.array(sizes)

    def _matrix(self, ends: Any, places: Any, sizes: Any) -> csr_matrix:
        return csr_matrix((sizes, places, ends), shape=(len(ends) - 1, len(self._column)))


def _texts(folder: Path, name: str, label: str) -> Labelled:
    found = list(rows(folder, name))
    return [row["text"] for row in found], [row[label] for row in found]


def nsmc(folder: Path) -> float:
    """Accuracy of film comments, good or bad."""
    return _accuracy(
        Language.KO, _texts(folder, "nsmc_train.tsv.gz", "label"), _texts(folder, "nsmc_test.tsv.gz", "label"), 3, 3.0
    )


def hint3(shop: str) -> Callable[[Path], float]:
    """Accuracy of a shop's intents, over the questions that have one."""

    def measured(folder: Path) -> float:
        texts, labels = _texts(folder, f"hint3_{shop}_test.tsv.gz", "label")
        inside = [label != OUT_OF_SCOPE for label in labels]
        test = list(compress(texts, inside)), list(compress(labels, inside))
        return _accuracy(Language.EN, _texts(folder, f"hint3_{shop}_train.tsv.gz", "label"), test, 1, 30.0)

    return measured


def _accuracy(language: Language, train: Labelled, test: Labelled, least: int, strength: float) -> float:
    classes = sorted(set(train[1]))
    table = _Rows(language, least)
    rows_of_train = table.learn(train[0])
    targets = np.eye(len(classes))[[classes.index(label) for label in train[1]]]
    ones, nothing = np.ones(len(train[0])), np.zeros(targets.shape)
    weights, bias = fit(rows_of_train, targets, ones, nothing, strength, ROUNDS)
    said = (table.rows(test[0]) @ weights + bias).argmax(axis=1)
    return float(np.mean([classes[i] == label for i, label in zip(said, test[1], strict=True)]))


def kote(folder: Path) -> float:
    """Macro-F1 of the six groups of feelings of comments, several at once; trained on the part for validation."""
    group = {label: list(Emotion).index(emotion) for emotion, labels in KOTE.items() for label in labels}
    train, test = (_many(folder, f"kote_{part}.tsv.gz", len(Emotion), group) for part in ("val", "test"))
    return _macro(Language.KO, train, test, 3.0)


def goemotions(folder: Path) -> float:
    """Macro-F1 of the 28 labels of comments."""
    every = {label: label for label in range(GO_LABELS)}
    train, test = (_many(folder, f"goemotions_{part}.tsv.gz", GO_LABELS, every) for part in ("train", "test"))
    return _macro(Language.EN, train, test, 10.0)


def _many(folder: Path, name: str, classes: int, group: dict[int, int]) -> tuple[list[str], Any]:
    texts, labels = _texts(folder, name, "labels")
    targets = np.zeros((len(texts), classes))
    for row, given in zip(targets, labels, strict=True):
        row[[group[int(label)] for label in given.split(",") if label and int(label) in group]] = 1
    return texts, targets


def _macro(language: Language, train: tuple[list[str], Any], test: tuple[list[str], Any], strength: float) -> float:
    """One question a label; the chance from which on it is yes is found on a tenth of the training part."""
    table = _Rows(language, 3)
    found, targets = table.learn(train[0]), train[1]
    tuning = np.arange(len(train[0])) % 10 == 0
    part, nothing = found[~tuning], np.zeros(targets[~tuning].shape)
    weights, bias = fit(part, targets[~tuning], np.ones(part.shape[0]), nothing, strength, ROUNDS, each=True)
    tuned, chances = (logistic(some @ weights + bias) for some in (found[tuning], table.rows(test[0])))
    scores = []
    for label in range(targets.shape[1]):
        tried = np.arange(0.05, 0.96, 0.05)
        least = max(tried, key=lambda from_on: _f1(tuned[:, label] >= from_on, targets[tuning, label]))
        scores.append(_f1(chances[:, label] >= least, test[1][:, label]))
    return float(np.mean(scores))


def _f1(said: Any, true: Any) -> float:
    both = float((said * true).sum())
    return 2 * both / max(1.0, float(said.sum() + true.sum()))


SETS: Sequence[tuple[str, Callable[[Path], float], str]] = (
    ("nsmc", nsmc, "accuracy; KoBERT 0.896"),
    ("kote", kote, "macro-F1 of six groups, trained on 5,000"),
    ("goemotions", goemotions, "macro-F1 of 28 labels; BERT 0.46"),
    ("curekart", hint3("curekart"), "HINT3, accuracy in scope; BERT 0.836"),
    ("sofmattress", hint3("sofmattress"), "HINT3, accuracy in scope; BERT 0.736"),
)


def main() -> None:
    """Print one line a set."""
    arguments = argparse.ArgumentParser(prog="python -m training.benchmark", description=__doc__)
    arguments.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    arguments.add_argument("--only", choices=[name for name, _, _ in SETS], help="one set")
    chosen = arguments.parse_args()
    for name, measure, meaning in SETS:
        if chosen.only in (None, name):
            print(f"{name:<12} {measure(chosen.data):.3f}  {meaning}", flush=True)


if __name__ == "__main__":
    main()
