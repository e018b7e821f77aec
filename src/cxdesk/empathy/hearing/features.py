"""What of a message is weighed: pieces of its words, as 32-bit numbers.

Korean: one to three characters of the text without spaces, since spacing is unreliable, and words. English: four
letters within a word, words, and neighbours, which catch "not working". Both know where a message begins and ends, for
questions and sighs show there. CRC-32 is the same on every machine.
"""

import re
from zlib import crc32

from cxdesk.domain.words import Language
from cxdesk.empathy.hearing.reading import Reading

__all__ = ["ENDS", "Features", "features_of"]

Features = dict[int, tuple[int, int]]
"""Each feature and where it first stands in the message."""

_WORD = re.compile(r"[\w']+|[^\w\s]+")
_KOREAN_SIZES = (1, 2, 3)
_ENGLISH_SIZE = 4


ENDS = frozenset({crc32(b"^"), crc32(b"$")})
"""Features of every Korean message, which say nothing about it."""


def features_of(reading: Reading) -> Features:
    """Every feature of a message, each once."""
    return _korean(reading) if reading.language is Language.KO else _english(reading)


def _korean(reading: Reading) -> Features:
    found: Features = {}
    dense, at = reading.dense, reading.dense_at
    edged, last = f"^{dense}$", len(dense) - 1
    for size in _KOREAN_SIZES if dense else ():
        for i in range(len(edged) - size + 1):
            key = _key(edged[i : i + size])
            if key not in found:
                found[key] = (at[min(last, max(0, i - 1))], at[min(last, max(0, i + size - 2))] + 1)
    for word in _WORD.finditer(reading.plain):
        found.setdefault(_key(f"={word[0]}"), reading.span(*word.span(), dense=False))
    return found


def _english(reading: Reading) -> Features:
    found: Features = {}
    words = [(match[0], reading.span(*match.span(), dense=False)) for match in _WORD.finditer(reading.plain)]
    before, since = "^", 0
    for word, span in words:
        edged = f"_{word}_"
        for i in range(len(edged) - _ENGLISH_SIZE + 1):
            found.setdefault(_key(edged[i : i + _ENGLISH_SIZE]), span)
        found.setdefault(_key(f"={word}"), span)
        found.setdefault(_key(f"={before} {word}"), (since, span[1]))
        before, since = word, span[0]
    if words:
        found.setdefault(_key(f"={before} $"), words[-1][1])
    return found


def _key(text: str) -> int:
    return crc32(text.encode("utf-8", "replace"))
