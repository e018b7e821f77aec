"""Reading the tables of what people say, and putting real names and products into a line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random
from types import ModuleType

from cxdesk.demo import staff_en, staff_ko, texts_en, texts_ko
from cxdesk.domain.words import Channel, Emotion, Language, Topic
from cxdesk.hangul.josa import with_josa

__all__ = ["Line", "Said", "Voices", "as_heard", "fill_in", "spoken", "voices"]

_TYPED = re.compile(r"\s*(?:[ㅠㅜㅡㅋㅎ]+|\^\^|:\)|:\(|;;)")
_HARD = (Emotion.ANGER, Emotion.ANXIETY, Emotion.DISAPPOINTMENT)
_JAMO = re.compile(r"[ㄱ-ㅣ]")


@dataclass(frozen=True, slots=True)
class Line:
    """A customer's first words with the feeling in them, and an answer to them.

    ``needs`` is what must be true for them: nothing, ``any`` purchase, a ``late`` one, or one of a shelf
    (``textile`` is clothing or home). Where they are about buying, it is the shelf of the thing asked about.
    ``sayable`` lines have no letters that only exist in typing (ㄱㅅ, ㄴㄴ).
    """

    topic: Topic
    emotion: Emotion
    intensity: int
    needs: str
    text: str
    reply: str
    sayable: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A customer's words and what an agent answered."""

    text: str
    reply: str


@dataclass(frozen=True, slots=True)
class Voices:
    """Everything that is said in one language, on both sides of the counter."""

    openings: tuple[Line, ...]
    by_topic: dict[Topic, tuple[Line, ...]]
    reopened: tuple[Said, ...]
    impatient: tuple[str, ...]
    overdue: tuple[str, ...]
    endings: dict[Emotion, tuple[str, ...]]
    relief: tuple[str, ...]
    answers: dict[str, tuple[str, ...]]
    resolutions: dict[Topic, tuple[str, ...]]
    subjects: dict[Topic, tuple[str, ...]]
    notes: tuple[str, ...]
    preferences: dict[str, tuple[str, ...]]
    promises: tuple[str, ...]
    comments: dict[str, tuple[str, ...]]

    def last_word(self, rng: Random, before: Emotion, after: Emotion) -> str:
        """How a customer takes leave; thanks sound different from somebody who came in anger."""
        if after is Emotion.GRATITUDE and before in _HARD and rng.random() < 0.6:
            return rng.choice(self.relief)
        return rng.choice(self.endings[after])

    def find(self, begins: str) -> Line:
        """The opening that begins with these words. Raises ``KeyError``."""
        for line in self.openings:
            if line.text.startswith(begins):
                return line
        raise KeyError(begins)


@cache
def voices(language: Language) -> Voices:
    """The tables of a language, read once."""
    customers, staff = _TABLES[language]
    by_topic = {Topic(topic): tuple(_openings(topic, table)) for topic, table in customers.OPENINGS.items()}
    return Voices(
        openings=tuple(line for lines in by_topic.values() for line in lines),
        by_topic=by_topic,
        reopened=tuple(Said(text, reply) for text, reply in _pairs(customers.REOPENED)),
        impatient=_entries(customers.IMPATIENT),
        overdue=_entries(customers.OVERDUE),
        endings={Emotion(name): _entries(table) for name, table in customers.ENDINGS.items()},
        relief=_entries(customers.RELIEF),
        answers={name: _entries(table) for name, table in customers.ANSWERS.items()},
        resolutions={Topic(name): _entries(table) for name, table in staff.RESOLUTIONS.items()},
        subjects={Topic(name): tuple(table) for name, table in staff.SUBJECTS.items()},
        notes=_entries(staff.NOTES),
        preferences={key: tuple(values) for key, values in staff.PREFERENCES.items()},
        promises=_entries(staff.PROMISES),
        comments={band: _entries(table) for band, table in staff.COMMENTS.items()},
    )


_TABLES: dict[Language, tuple[ModuleType, ModuleType]] = {
    Language.KO: (texts_ko, staff_ko),
    Language.EN: (texts_en, staff_en),
}


def _entries(table: str) -> tuple[str, ...]:
    """One entry a line; an indented line goes on from the one before."""
    return tuple(re.sub(r"\n\s+", " ", table.strip()).split("\n"))


def _pairs(table: str) -> Iterator[tuple[str, str]]:
    entries = _entries(table)
    for text, reply in zip(entries[::2], entries[1::2], strict=True):
        if text.startswith(">") or not reply.startswith(">"):
            raise ValueError(f"not words and an answer: {text!r}")
        yield text, reply.removeprefix(">").strip()


def _openings(topic: str, table: str) -> Iterator[Line]:
    for entry, reply in _pairs(table):
        head, text = entry.split(" | ", 1)
        emotion, intensity, needs = [*head.split(), ""][:3]
        yield Line(Topic(topic), Emotion(emotion), int(intensity), needs, text, reply, not _JAMO.search(spoken(text)))


class _Korean(str):
    """A word that takes its particle from the format: ``{item:이/가}``."""

    def __format__(self, pair: str) -> str:
        return with_josa(self, pair) if pair else str(self)


def fill_in(
    text: str, language: Language, *, name: str | None = None, item: str | None = None, days: int | None = None
) -> str:
    """The line with its blanks filled. Raises ``KeyError`` when it needs something that is not given."""
    korean = language is Language.KO
    values: dict[str, object] = {}
    values["who"] = (f"{name} 고객님" if name else "고객님") if korean else (name or "").split(" ")[0]
    if item is not None:
        values["item"] = _Korean(item) if korean else item[0].lower() + item[1:]
    if days is not None:
        values["days"] = days
    return text.format_map(values).replace(", .", ".").replace(", ,", ",")


def spoken(text: str) -> str:
    """The words without what is only typed (ㅠㅠ, ㅡㅡ, ``:)``)."""
    return _TYPED.sub("", text).strip()


def as_heard(text: str, channel: Channel, language: Language, name: str | None, rng: Random) -> str:
    """A customer's first words in the manner of their channel: a letter begins with a greeting."""
    if channel.spoken:
        return spoken(text)
    if channel is Channel.MAIL:
        if language is Language.KO:
            return f"안녕하세요{f', {name}입니다' if name else ''}.\n{text}{rng.choice(('', _KIND_REGARDS))}"
        return f"Hello,\n{text}\n{(name or '').split(' ')[0]}".rstrip()
    return text


_KIND_REGARDS = "\n확인 부탁드립니다."
