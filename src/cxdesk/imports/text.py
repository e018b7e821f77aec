"""Tables in plain text: which character parts the cells, and the rows one by one.

Line ends may be mixed; a quoted cell may hold any of them. A row keeps the number it would have in a spreadsheet.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from cxdesk.imports.encoding import Chunks
from cxdesk.imports.reasons import ImportRefused

__all__ = ["CELL_LIMIT", "find_delimiter", "text_rows"]

CELL_LIMIT = 4_000_000
"""Characters a cell may have; one that is longer is a quote that was never closed."""

_DELIMITERS = ",\t;|"
_SAMPLE_ROWS = 40


class _Stream(io.RawIOBase):
    """The chunks as a file, so that the standard text layer decodes them."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer with what there is."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = memoryview(chunk)
        count = min(len(view), len(self._rest))
        view[:count], self._rest = self._rest[:count], self._rest[count:]
        return count


def text_rows(chunks: Chunks, encoding: str, delimiter: str) -> Iterator[list[str]]:
    """Every row, blank ones as ``[]``. Raises ``ImportRefused`` ``broken_quotes`` for an endless cell."""
    if csv.field_size_limit() < CELL_LIMIT:
        csv.field_size_limit(CELL_LIMIT)
    stream = io.BufferedReader(_Stream(chunks()), 1 << 17)
    number = 1
    with io.TextIOWrapper(stream, encoding=encoding, newline="") as lines:
        try:
            for row in csv.reader(lines, delimiter=delimiter):
                yield row
                number += 1
        except csv.Error as error:
            raise ImportRefused("broken_quotes", row=number) from error


def find_delimiter(chunks: Chunks, encoding: str) -> str:
    """The character under which most of the first rows have the same width, the widest when they tie."""
    votes = [(*_vote(chunks, encoding, mark), -place, mark) for place, mark in enumerate(_DELIMITERS)]
    return max(votes)[-1]


def _vote(chunks: Chunks, encoding: str, mark: str) -> tuple[int, int]:
    try:
        rows = list(islice(text_rows(chunks, encoding, mark), _SAMPLE_ROWS))
    except ImportRefused:
        return 0, 0
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0, 0
    width, agreeing = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    return agreeing, width
