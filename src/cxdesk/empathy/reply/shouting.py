"""Capital letters and marks in a row, which read as a raised voice."""

import re
from collections.abc import Iterator

from cxdesk.empathy.reply.findings import Finding, FindingId, Fix

__all__ = ["shouting"]

_MARKS = re.compile(r"[!?！？]{2,40}")
_CAPITALS = re.compile(r"(?<![\w-])[A-Z][A-Z']+(?:[ ,]{1,2}(?:[A-Z][A-Z']+|[AI])(?![\w-])){1,20}(?![\w-])")
_ABBREVIATIONS = 3
_WORD = re.compile(r"[A-Z']{5,}")
_I = re.compile(r"\bi\b")


def shouting(sentence: str) -> Iterator[Finding]:
    """Every raised voice of a sentence. A few abbreviations side by side (``USB HDMI``) are none."""
    for capitals in _CAPITALS.finditer(sentence):
        long = any(set(word) & set("AEIOUY") for word in _WORD.findall(capitals[0]))
        if long or len(capitals[0].split()) > _ABBREVIATIONS:
            quiet = _I.sub("I", capitals[0].lower())
            quiet = quiet[0].upper() + quiet[1:] if capitals.start() == 0 else quiet
            yield _finding(*capitals.span(), quiet)
    for marks in _MARKS.finditer(sentence):
        yield _finding(*marks.span(), "?" if "?" in marks[0] or "？" in marks[0] else "!")


def _finding(start: int, end: int, better: str) -> Finding:
    return Finding(FindingId.SHOUTING, start, end, better, Fix(start, end, better))
