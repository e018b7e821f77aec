"""The openly licensed corpora, by path and hash, as texts with a share for each feeling or topic of the desk.

Nothing of them is copied into the project. Only sets whose licence lets weights be shipped are named here (NOTICE).
"""

import csv
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from cxdesk.domain.words import Emotion, Language, Topic

__all__ = ["HASHES", "Shared", "emotions_of", "rows", "topics_of", "verify"]

A, X, D, C, G, N = Emotion

HASHES = {
    "banking77_train.tsv.gz": "d3586f4d6af560fadbd610eb4bb0ef19cbe44ba4b0465f1f148f6f77bfe4a421",
    "goemotions_test.tsv.gz": "5821d435e7a7428ef467681d92db4eadaf4cd5059057f28e07d5185f7c2c431b",
    "goemotions_train.tsv.gz": "d11a5dc8ec19f8994edd2807509f929f825990c1a7ccc20c245602f92d35e2e3",
    "hint3_curekart_test.tsv.gz": "f7f2134c2b4bbd496e9fbf70b6f5fb45ffada61fcf55c27f6285ccfa0597e37d",
    "hint3_curekart_train.tsv.gz": "a484556012b3fff7a122bc985f38116c675606894b2f88b4cfd912b1cf4a1cee",
    "hint3_sofmattress_test.tsv.gz": "4c88b467587e6a5a8f8afcdbf4286b4a4caee3c3b126618890035bda24471f9c",
    "hint3_sofmattress_train.tsv.gz": "0084c2705ddab6aef7476e69e0b6f016a20b933302ae9e1cc9cc5f11890b1e04",
    "kote_test.tsv.gz": "ab53a458107259600015ce92eac305bed70d37b3e394e1507474de2309872be3",
    "kote_val.tsv.gz": "3c0cbfa5462c7c146727928de8e2ab9e892e049099a6b2e3c657b38cbe107784",
    "nsmc_test.tsv.gz": "b9f4746dcd28a34f36ad984cef6c239dd89d58ace78098db7ed2c0185fe5fbc4",
    "nsmc_train.tsv.gz": "f58259482408acb79a9d6b929b9dc0fda2017ca4729f630a6ea0e34d9cec5120",
    "goemotions_labels.json": "b419058181c042667e3e7fe22eb99d3b452b2d102ab76d45c704cf2de16e2aaf",
}
"""SHA-256 of every file that is read, so that a training is what the model card says it is."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A text and the share of each class in it."""

    text: str
    shares: Mapping[str, float]


def verify(folder: Path, names: Iterable[str]) -> None:
    """Raise ``ValueError`` for a file that is not the one the packs were trained on."""
    for name in names:
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != HASHES[name]:
            raise ValueError(f"{folder / name} is another file than the one with the pinned hash")


def rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """The lines of a file of the folder, by column."""
    verify(folder, [name])
    with gzip.open(folder / name, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


# KOTE's 44 labels in its order, Jeon et al. 2022; those not named here say nothing about these six.
KOTE = {
    A: (0, 3, 6, 9, 20, 21, 22, 23, 31),
    X: (12, 18, 41, 35),
    D: (5, 10, 19, 25, 27, 36, 37),
    C: (17, 33, 34, 39),
    G: (1, 2, 4, 7, 13, 14, 28, 32, 40, 42, 43),
    N: (15, 24, 29),
}
_GO = {
    A: ("anger", "annoyance", "disapproval", "disgust"),
    X: ("fear", "nervousness"),
    D: ("disappointment", "sadness", "grief", "remorse"),
    C: ("confusion", "embarrassment", "surprise"),
    G: ("gratitude", "joy", "admiration", "love", "excitement", "relief", "pride", "caring", "optimism"),
    N: ("neutral", "curiosity", "realization", "approval", "desire", "amusement"),
}


_EVERY = 4
"""One in so many comments of GoEmotions is used: with more of them held-out messages were heard worse."""


def emotions_of(folder: Path, language: Language) -> list[Shared]:
    """Comments with the six feelings: KOTE in Korean, GoEmotions in English."""
    if language is Language.KO:
        found = [row for name in ("kote_val", "kote_test") for row in rows(folder, f"{name}.tsv.gz")]
        groups = {label: group for group, labels in KOTE.items() for label in labels}
        return _by_lift((row["text"], [groups.get(int(x)) for x in row["labels"].split(",") if x]) for row in found)
    verify(folder, ["goemotions_labels.json"])
    names: Sequence[str] = json.loads((folder / "goemotions_labels.json").read_text("utf-8"))
    by_name = {name: group for group, labels in _GO.items() for name in labels}
    return [
        _shared(row["text"], Counter(by_name[names[int(x)]] for x in row["labels"].split(",")))
        for row in islice(rows(folder, "goemotions_train.tsv.gz"), 0, None, _EVERY)
    ]


def _by_lift(texts: Iterable[tuple[str, list[Emotion | None]]]) -> list[Shared]:
    """Texts with many labels each: a group counts by how much more often than usual it was chosen."""
    counted = [(text, Counter(group for group in groups if group is not None)) for text, groups in texts]
    usual: Counter[Emotion] = Counter()
    for _, groups in counted:
        usual.update(groups)
    return [
        _shared(text, {group: (n / usual[group]) ** 2 for group, n in groups.items()})
        for text, groups in counted
        if groups
    ]


def _shared(text: str, amounts: Mapping[Emotion, float] | Mapping[Topic, float]) -> Shared:
    total = sum(amounts.values())
    return Shared(text, {str(key): amount / total for key, amount in amounts.items()})


# The words of a banking intent that place it under a topic; the first that fits counts.
_INTENTS: tuple[tuple[str, Topic], ...] = (
    ("refund", Topic.REFUND),
    ("return", Topic.REFUND),
    ("exchange_rate", Topic.PRICE),
    ("exchange_charge", Topic.PRICE),
    ("fee", Topic.PRICE),
    ("cancel", Topic.REFUND),
    ("delivery", Topic.DELIVERY),
    ("arriv", Topic.DELIVERY),
    ("not_working", Topic.DEFECT),
    ("charge", Topic.PAYMENT),
    ("payment", Topic.PAYMENT),
    ("transfer", Topic.PAYMENT),
    ("top_up", Topic.PAYMENT),
    ("cash_withdrawal", Topic.PAYMENT),
    ("passcode", Topic.ACCOUNT),
    ("pin", Topic.ACCOUNT),
    ("identity", Topic.ACCOUNT),
    ("personal_details", Topic.ACCOUNT),
    ("terminate_account", Topic.ACCOUNT),
    ("lost_or_stolen_phone", Topic.ACCOUNT),
)


def topics_of(folder: Path, language: Language) -> list[Shared]:
    """English requests with a topic of the desk; of Korean ones there is no open set."""
    if language is Language.KO:
        return []
    found = [(row["label"], row["text"]) for row in rows(folder, "banking77_train.tsv.gz")]
    shared = []
    for label, text in found:
        topic = next((topic for part, topic in _INTENTS if part in label), None)
        if topic is not None:
            shared.append(_shared(text, {topic: 1.0}))
    return shared
