"""Finding a line while a few letters are typed: by its words, their initials (초성), in the wrong keyboard mode, or
nearly.

Every word that is typed must be found, each in the best way it can be. All that are found are answered, the best first:
five hundred lines take a few milliseconds.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from cxdesk.empathy.library import Line
from cxdesk.hangul.jamo import initials, is_initials, to_jamo, untensed
from cxdesk.hangul.keyboard import letters_of, to_hangul

__all__ = ["Seeker"]

_WORD_START, _INSIDE, _INITIALS = 4.0, 3.0, 2.5
_OWN_WORDS = 0.5
"""What it is worth that the words themselves hold it, not only what the line is for."""

# So much of a word's trigrams must be there for it to be nearly found; in a shorter word a slip is no slip.
_ALIKE = 0.6
_RELATED = 0.2  # the least that two letters the other way round leave of a word
_LEAST_LETTERS = 5

_MARKS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{\?|\?\}", re.DOTALL)


class _Page(NamedTuple):
    """A line as it is looked through: the jamo of its words and labels, their initials, and how many of either are its
    own words."""

    line: Line
    jamo: str
    own: int
    initials: str
    own_initials: int


class Seeker:
    """Looks through these lines. ``labels`` says by which further words a line can be found, such as its topic."""

    def __init__(self, lines: Iterable[Line], labels: Callable[[Line], str] = lambda line: "") -> None:
        self._pages = tuple(_page(line, labels(line)) for line in lines)

    def find(self, text: str) -> tuple[Line, ...]:
        """The lines that hold every word of ``text``, best first; all of them, in their order, for an empty text.

        What is only nearly so is answered when nothing is found as it was typed, in either mode of the keyboard.
        """
        words = text.casefold().split()
        if not words:
            return tuple(page.line for page in self._pages)
        typed, meant = [_Word(word) for word in words], [_Word(_other_mode(word)) for word in words]
        return (
            self._holding([word.exactly for word in typed])
            or self._holding([word.exactly for word in meant])
            or self._holding([word.nearly for word in typed])
            or self._holding([word.nearly for word in meant])
        )

    def _holding(self, words: Sequence[Callable[[_Page], float]]) -> tuple[Line, ...]:
        found = []
        for page in self._pages:
            total = 0.0
            for points_in in words:
                points = points_in(page)
                if not points:
                    break
                total += points
            else:
                found.append((total, page.line))
        found.sort(key=lambda pair: -pair[0])
        return tuple(line for _, line in found)


class _Word:
    """One word that was typed; its methods say how well a line holds it, 0 when it does not."""

    def __init__(self, word: str) -> None:
        self._jamo = to_jamo(word)
        self._start = f" {self._jamo}"
        self._initials = untensed(self._jamo) if is_initials(word) else ""

    @cached_property
    def _trigrams(self) -> frozenset[str]:
        return frozenset(self._jamo[at : at + 3] for at in range(len(self._jamo) - 2))

    @cached_property
    def _slips(self) -> tuple[str, ...]:
        """What may have been meant: two letters the other way round, or one letter fewer."""
        jamo = self._jamo
        swapped = (jamo[:at] + jamo[at + 1] + jamo[at] + jamo[at + 2 :] for at in range(len(jamo) - 1))
        dropped = (jamo[:at] + jamo[at + 1 :] for at in range(len(jamo)))
        return tuple(dict.fromkeys((*swapped, *dropped)))

    def exactly(self, page: _Page) -> float:
        """As it was typed, or by its initials."""
        if (at := page.jamo.find(self._jamo)) >= 0:
            return (_WORD_START if self._start in page.jamo else _INSIDE) + _OWN_WORDS * (at < page.own)
        if self._initials and (at := page.initials.find(self._initials)) >= 0:
            return _INITIALS + _OWN_WORDS * (at < page.own_initials)
        return 0

    def nearly(self, page: _Page) -> float:
        """With a slip of the fingers, or with most of its trigrams."""
        if (points := self.exactly(page)) or len(self._jamo) < _LEAST_LETTERS:
            return points
        alike = sum(part in page.jamo for part in self._trigrams) / len(self._trigrams)
        if alike >= _ALIKE:
            return alike
        return _ALIKE if alike >= _RELATED and any(slip in page.jamo for slip in self._slips) else 0


def _page(line: Line, labels: str) -> _Page:
    own, about = _spaced(_MARKS.sub(" ", line.text)), _spaced(f"{labels} {line.id}")
    jamo, marks = to_jamo(own + about), _bare_initials(own)
    return _Page(line, jamo, len(to_jamo(own)), marks + _bare_initials(about), len(marks))


def _spaced(text: str) -> str:
    """Every word with a space before it, so that the beginnings of words can be looked for."""
    return "".join(f" {word}" for word in text.casefold().split())


def _bare_initials(text: str) -> str:
    return untensed(initials(text)).replace(" ", "")


def _other_mode(word: str) -> str:
    """What the same keys would have typed with the keyboard in the other language."""
    latin = letters_of(word)
    return latin if latin != word else to_hangul(word)
