"""The lines to say as values: one frozen ``Line`` each, all of them in an immutable ``Library``."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from cxdesk.domain.words import Emotion, Language, Segment, Stage, Topic

__all__ = ["Form", "Library", "Line", "Place", "Situation"]


class Form(StrEnum):
    """Whether a line is for the ear or for the eye."""

    SPEAK = "speak"
    WRITE = "write"


class Situation(StrEnum):
    """What must be the case before a line may be offered; crisis and abuse are asked for by name."""

    WAITED_LONGER = "waited_longer"
    CRISIS = "crisis"
    ABUSE = "abuse"


@dataclass(frozen=True, slots=True)
class Line:
    """Something to say. An empty set or ``None`` means *any*, so a line without emotions must suit an angry person.

    A ``hidden`` line is in the library to be seen and brought back, and is never offered.
    """

    id: str
    stage: Stage
    text: str
    emotions: frozenset[Emotion] = frozenset()
    topics: frozenset[Topic] = frozenset()
    segments: frozenset[Segment] = frozenset()
    form: Form | None = None
    when: Situation | None = None
    lang: Language = Language.KO
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line was written: file name and line number, from 1."""

    file: str
    row: int


class Library:
    """Every known line, unchangeable; iterating gives them in the order they were read."""

    __slots__ = ("_by_id", "_by_stage", "places")

    def __init__(self, lines: Iterable[Line], places: Mapping[str, Place] = MappingProxyType({})) -> None:
        self._by_id = {line.id: line for line in lines}
        by_stage: dict[tuple[Language, Stage], list[Line]] = {}
        for line in self._by_id.values():
            if line.hidden:
                continue
            by_stage.setdefault((line.lang, line.stage), []).append(line)
        self._by_stage = {key: tuple(found) for key, found in by_stage.items()}
        self.places: Mapping[str, Place] = MappingProxyType(dict(places))

    def __iter__(self) -> Iterator[Line]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, line_id: str) -> Line | None:
        """The line of that id."""
        return self._by_id.get(line_id)

    def at(self, lang: str, stage: Stage) -> tuple[Line, ...]:
        """The lines of one stage in one language that are not hidden, whatever their conditions."""
        return self._by_stage.get((Language(lang), stage), ())

    def during(self, lang: str, situation: Situation) -> tuple[Line, ...]:
        """The lines kept for one situation, over all stages in order."""
        return tuple(line for stage in Stage for line in self.at(lang, stage) if line.when is situation)

    def overlaid(self, own: "Library") -> "Library":
        """This library with an owner's lines over it: the same id replaces, a new id is added."""
        return Library((self._by_id | own._by_id).values(), {**self.places, **own.places})
