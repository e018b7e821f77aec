"""Cue lists: words that say something by themselves, as an owner can edit them. The caller reads the files.

```toml
[[cue]]
means = "anger"        # a word of ``Meaning``
weight = 2             # 1 to 5; 1 if left out
words = ["ㅡㅡ", "#번째"]  # `#` is any number; in English whole words, `disappoint*` for all that begin so
```

In Korean the lists are looked for in the text without spaces. Of two cues in one place the one that begins first wins,
then the longer one, so that "안 나쁘" keeps "나쁘" from being heard. Topics are looked for apart from the rest.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from cxdesk.domain.words import Emotion, Language, Topic
from cxdesk.empathy.hearing.reading import Reading, fold
from cxdesk.empathy.lines import Problem

__all__ = ["ABOUT", "FEELINGS", "Cue", "Cues", "Found", "Meaning", "read_cues"]

_MOST_WEIGHT = 5
_FIELDS = frozenset({"means", "weight", "words"})


class Meaning(StrEnum):
    """What a cue stands for: a feeling, a sign that a rule goes by, or a topic."""

    ANGER = "anger"
    ANXIETY = "anxiety"
    DISAPPOINTMENT = "disappointment"
    CONFUSION = "confusion"
    GRATITUDE = "gratitude"
    NEUTRAL = "neutral"
    PROBLEM = "problem"
    DURATION = "duration"
    REPETITION = "repetition"
    STRONG = "strong"
    MILD = "mild"
    NOW = "now"
    TODAY = "today"
    SOON = "soon"
    NEED = "need"
    NO_HURRY = "no_hurry"
    ABUSE = "abuse"
    NOTHING = "nothing"
    DELIVERY = "delivery"
    REFUND = "refund"
    DEFECT = "defect"
    PAYMENT = "payment"
    PRICE = "price"
    STAFF = "staff"
    PRODUCT = "product"
    WAITING = "waiting"
    ACCOUNT = "account"
    PRAISE = "praise"
    OTHER = "other"


FEELINGS = {Meaning(emotion.value): emotion for emotion in Emotion}
"""The meanings that are feelings."""

ABOUT = {Meaning(topic.value): topic for topic in Topic}
"""The meanings that are topics."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One word or phrase of a list; ``text`` is folded as messages are."""

    text: str
    means: Meaning
    weight: int
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A cue in a message, with its place there."""

    means: Meaning
    weight: int
    start: int
    end: int


_ByHead = dict[str, list[Cue]]
"""Cues by their first two characters, the longest first."""


class Cues:
    """The lists of one language, ready to be looked for; a few microseconds a message."""

    def __init__(self, language: Language, cues: Iterable[Cue]) -> None:
        self.language = language
        self._signs: _ByHead = {}
        self._topics: _ByHead = {}
        self._count = 0
        for cue in sorted(cues, key=lambda cue: (-len(cue.text), cue.text)):
            index = self._topics if cue.means in ABOUT else self._signs
            index.setdefault(cue.text[:2], []).append(cue)
            self._count += 1

    def __len__(self) -> int:
        return self._count

    def found(self, reading: Reading) -> tuple[Found, ...]:
        """Every cue in the message, from left to right, then every topic; no two of either overlap."""
        return (*self._search(reading, self._signs), *self._search(reading, self._topics))

    def _search(self, reading: Reading, index: _ByHead) -> Iterator[Found]:
        dense = self.language is Language.KO
        text = reading.dense if dense else reading.plain
        i = 0
        while i < len(text):
            cue = next(self._at(text, i, index), None)
            if cue is None:
                i += 1
                continue
            last = i + len(cue.text)
            while cue.open_end and last < len(text) and text[last].isalnum():
                last += 1
            start, end = reading.span(i, last, dense)
            yield Found(cue.means, cue.weight, start, end)
            i = last

    def _at(self, text: str, i: int, index: _ByHead) -> Iterator[Cue]:
        for head in (text[i : i + 2], text[i]):
            for cue in index.get(head, ()):
                if text.startswith(cue.text, i) and (self.language is Language.KO or _whole(text, i, cue)):
                    yield cue


def _whole(text: str, i: int, cue: Cue) -> bool:
    """Whether an English cue stands for itself there and is not a part of a longer word."""
    end = i + len(cue.text)
    begins = not (cue.text[0].isalnum() and i > 0 and text[i - 1].isalnum())
    return begins and (cue.open_end or not (cue.text[-1].isalnum() and end < len(text) and text[end].isalnum()))


class _BadEntry(Exception):
    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, detail


def read_cues(files: Mapping[str, str], language: Language) -> tuple[Cues, tuple[Problem, ...]]:
    """The cues of all files and what was wrong with the rest. A word in a later file takes the place of an earlier one.

    ``Problem.row`` is where the entry begins, or where the file cannot be read; a broken entry costs only itself.
    """
    import tomllib

    cues: dict[tuple[str, bool], Cue] = {}
    problems: list[Problem] = []
    for name, text in files.items():
        try:
            entries = tomllib.loads(text).get("cue", [])
        except tomllib.TOMLDecodeError as error:
            at = re.search(r"at line (\d+)", str(error))
            problems.append(Problem(name, int(at[1]) if at else 0, "syntax", str(error)))
            continue
        rows = [text.count("\n", 0, match.start()) + 1 for match in re.finditer(r"^[ \t]*\[\[cue\]\]", text, re.M)]
        for i, entry in enumerate(entries if isinstance(entries, list) else [entries]):
            try:
                cues.update(((cue.text, cue.means in ABOUT), cue) for cue in _cues(entry, language))
            except _BadEntry as bad:
                problems.append(Problem(name, rows[i] if i < len(rows) else 0, bad.code, bad.detail))
    return Cues(language, cues.values()), tuple(problems)


def _cues(entry: object, language: Language) -> list[Cue]:
    if not isinstance(entry, dict):
        raise _BadEntry("bad_type", "cue")
    for key in entry:
        if key not in _FIELDS:
            raise _BadEntry("unknown_field", key)
    try:
        means = Meaning(entry.get("means", ""))
    except ValueError:
        raise _BadEntry("unknown_word", str(entry.get("means"))) from None
    weight, words = entry.get("weight", 1), entry.get("words", [])
    if type(weight) is not int or not 1 <= weight <= _MOST_WEIGHT:
        raise _BadEntry("bad_type", "weight")
    if not isinstance(words, list):
        raise _BadEntry("bad_type", "words")
    return [_cue(word, means, weight, language) for word in words]


def _cue(word: object, means: Meaning, weight: int, language: Language) -> Cue:
    if not isinstance(word, str):
        raise _BadEntry("bad_type", "words")
    open_end = language is Language.EN and word.endswith("*")
    text = fold(word.removesuffix("*") if open_end else word, language).replace("#", "0")
    if not text:
        raise _BadEntry("empty", word)
    return Cue(text, means, weight, open_end)
