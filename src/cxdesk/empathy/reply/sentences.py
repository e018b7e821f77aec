"""A reply in sentences, so that a key costs the one sentence it changes."""

import re
from collections.abc import Iterator

__all__ = ["LONGEST", "sentences"]

LONGEST = 320
"""Characters of the longest piece. A longer sentence is cut, after a blank where there is one."""

_END = re.compile(r"[.!?…。~^ㅠㅜㅎㅋ]{1,8}[)\"'”’]{0,2}(?=\s|\Z)|\n")
_NO_END = re.compile(r"(?<![A-Za-z])(?:Mr|Ms|Mrs|Dr|Prof|No|St|vs|[ap]\.m|e\.g|i\.e)\Z", re.IGNORECASE)
_BLANK_NEAR_END = re.compile(r"\s\S*\Z")


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Where each sentence begins, and the sentence without the blank space around it."""
    start = 0
    for end in _END.finditer(text):
        if end[0] == "." and _NO_END.search(text, max(0, end.start() - 6), end.start()):
            continue  # Ms. Grant, 10 a.m. on Monday
        yield from _pieces(text, start, end.end())
        start = end.end()
    yield from _pieces(text, start, len(text))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    while start < end:
        stop = end
        if end - start > LONGEST:
            blank = _BLANK_NEAR_END.search(text, start + LONGEST // 2, start + LONGEST)
            stop = blank.start() + 1 if blank else start + LONGEST
        piece = text[start:stop]
        bare = piece.strip()
        if bare:
            yield start + len(piece) - len(piece.lstrip()), bare
        start = stop
