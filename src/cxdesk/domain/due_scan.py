"""Taking a sentence apart: the expressions of time are taken out one by one, and what is left is the thing promised."""

import re

from cxdesk.domain.due_words import NUMBERS, Words

__all__ = ["Scan", "count_of"]

_DIGITS = 5
_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
_EDGES = " \t\n,.;:·-–~\0"


class Scan:
    """A sentence from which words are taken one expression at a time; what is left is the thing promised."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.rest = text.translate(_LOWER)  # keeps every position, as str.lower would not
        self.spans: list[tuple[int, int]] = []

    def take(self, pattern: Words) -> re.Match[str] | None:
        """Take the first match out of what is left."""
        found = pattern.search(self.rest)
        if found:
            start, end = found.span()
            self.spans.append((start, end))
            self.rest = self.rest[:start] + "\0" * (end - start) + self.rest[end:]
        return found

    def said(self) -> str:
        """The words that were taken, in the order of the sentence."""
        return " ".join(" ".join(self.text[start:end] for start, end in sorted(self.spans)).split())

    def what(self) -> str:
        """The words that were left."""
        left = (" " if now == "\0" else char for char, now in zip(self.text, self.rest, strict=True))
        return " ".join("".join(left).split()).strip(_EDGES)


def count_of(word: str | None, unit: int) -> int:
    """How much a number in figures or words is, in ``unit``. Raises ``ValueError`` for one of too many digits."""
    if not word:
        return 0
    known = NUMBERS.get(word.lower())
    if known:
        return known * unit
    whole, _, part = word.partition(".")
    if len(whole) > _DIGITS:
        raise ValueError(word)
    return int(whole) * unit + (int(part[:3]) * unit // 10 ** len(part[:3]) if part else 0)
