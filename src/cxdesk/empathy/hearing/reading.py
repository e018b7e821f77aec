"""A message as it is compared: small letters, one space, numbers as ``0``, and where each character came from."""

import re
from dataclasses import dataclass

from cxdesk.domain.words import Language

__all__ = ["READ", "Reading", "fold", "guess_language", "read"]

READ = 2_000
"""So many characters of a message are read, three quarters from its beginning and the rest from its end."""

_HEAD = READ * 3 // 4
_ALIKE = str.maketrans({"ㅜ": "ㅠ", "’": "'", "‘": "'", "“": '"', "”": '"', "！": "!", "？": "?", "～": "~", "…": "."})
_KEPT = 2  # of a run of one character: ㅠㅠㅠㅠ is ㅠㅠ, sooooo is soo
_KOREAN = re.compile("[가-힣ㄱ-ㅣ]")
_LATIN = re.compile("[a-zA-Z]")


@dataclass(frozen=True, slots=True)
class Reading:
    """``plain`` keeps single spaces, ``dense`` has none; ``at`` and ``dense_at`` are places in the message."""

    text: str
    language: Language
    plain: str
    at: tuple[int, ...]
    dense: str
    dense_at: tuple[int, ...]

    def span(self, start: int, end: int, dense: bool) -> tuple[int, int]:
        """Where characters ``start`` to ``end`` of ``dense`` or ``plain`` stand in the message."""
        places = self.dense_at if dense else self.at
        return places[start], places[end - 1] + 1


def read(text: str, language: Language) -> Reading:
    """The message with everything folded that says the same; what lies between the two parts read is not looked at."""
    tail = max(_HEAD, len(text) - (READ - _HEAD))
    plain: list[str] = []
    at: list[int] = []
    for begin, part in ((0, text[:_HEAD]), (tail, text[tail:])):
        _fold(part.translate(_ALIKE), begin, plain, at)
    solid = [(char, place) for char, place in zip(plain, at, strict=True) if char != " "]
    return Reading(
        text=text,
        language=language,
        plain="".join(plain),
        at=tuple(at),
        dense="".join(char for char, _ in solid),
        dense_at=tuple(place for _, place in solid),
    )


def fold(text: str, language: Language) -> str:
    """A word or phrase as it stands in readings of that language: without spaces in Korean, without outer ones else."""
    plain: list[str] = []
    _fold(text.translate(_ALIKE), 0, plain, [])
    folded = "".join(plain)
    return folded.replace(" ", "") if language is Language.KO else folded.strip()


def _fold(part: str, begin: int, plain: list[str], at: list[int]) -> None:
    last, run = plain[-1] if plain else "", 1
    for place, found in enumerate(part, begin):
        char = found.lower()[0]  # a few capitals become two characters, and places must stay one to one
        if char.isspace():
            char = " "
        elif char.isdigit():
            char = "0"
        run = run + 1 if char == last else 1
        last = char
        if run == 1 or (run <= _KEPT and char not in " 0"):
            plain.append(char)
            at.append(place)


def guess_language(text: str) -> Language:
    """Korean when a fair part of the letters is Hangul: Korean messages name brands and models in Latin letters."""
    sample = text[:READ]
    korean, latin = len(_KOREAN.findall(sample)), len(_LATIN.findall(sample))
    # A syllable is two or three letters, so one in five characters is about a third of what was typed.
    return Language.KO if korean * 4 >= latin and korean else Language.EN if latin else Language.KO
