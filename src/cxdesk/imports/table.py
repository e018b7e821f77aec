"""A file of any kind as a table of texts: what it was, its first rows, and all of its rows as often as needed."""

import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from cxdesk.imports.encoding import Chunks, find_encoding
from cxdesk.imports.header import guess_header
from cxdesk.imports.mails import is_mail
from cxdesk.imports.reasons import ImportRefused
from cxdesk.imports.sheets import OLE, ZIP, open_sheet
from cxdesk.imports.text import find_delimiter, text_rows
from cxdesk.imports.vcards import is_cards, read_cards

__all__ = ["HEAD_ROWS", "Table", "read_file"]

HEAD_ROWS = 30
"""How many rows are kept to find the header and to show examples."""

_GZIP = b"\x1f\x8b"
_CHUNK = 1 << 20
_LOOK = 4096
# Formats people mistake for tables; their text encodings would not always give them away.
_FOREIGN = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"SQLite format 3\0")


@dataclass(frozen=True, slots=True)
class Table:
    """A readable table. ``header`` is the row ``header_row``; what stands above it is not data.

    ``opened`` yields all rows anew; ``seen`` is the size and time of the file they are those of. ``encoding`` and
    ``delimiter`` are set for text, ``sheet`` and ``height`` for workbooks. The first row is number ``first``: 1, and
    0 for cards, whose header is not in the file. ``spread`` makes several rows of one (``unpack``).
    """

    path: Path
    sha256: str
    head: tuple[tuple[str, ...], ...]
    header_row: int
    opened: Callable[[], Iterator[list[str]]]
    seen: tuple[int, int]
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    height: int | None = None
    first: int = 1
    spread: Callable[[list[str]], Iterator[list[str]]] | None = None

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns as they stand in the file."""
        return self.head[self.header_row - self.first]

    @property
    def sample(self) -> tuple[tuple[str, ...], ...]:
        """The first rows of data."""
        below = self.head[self.header_row - self.first + 1 :]
        return tuple(row for row in below if any(map(str.strip, row)))

    @property
    def total(self) -> int | None:
        """How many rows of data there are, when the file says so."""
        return None if self.height is None else self.height - self.header_row

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Every row of data with its number in the file; blank ones are left out.

        Raises ``ImportRefused`` ``file_changed`` when the file is not the one that was previewed.
        """
        if _seen(self.path) != self.seen:
            raise ImportRefused("file_changed")
        spread = self.spread
        if spread is None:
            return self._filled()
        return ((number, part) for number, cells in self._filled() for part in spread(cells))

    def _filled(self) -> Iterator[tuple[int, list[str]]]:
        for number, cells in enumerate(self.opened(), self.first):
            if number > self.header_row and any(cells) and (cells[0] or any(map(str.strip, cells))):
                yield number, cells

    def under(self, header_row: int) -> "Table":
        """The same table with another row as its header."""
        return replace(self, header_row=header_row)


def read_file(path: Path, password: str | None = None) -> Table:
    """Open a file by what it contains, whatever its name says.

    Raises ``ImportRefused``: ``no_file``, ``cannot_read``, ``empty_file``, ``header_only``, ``binary``, ``mail``,
    ``unknown_encoding``, ``broken_quotes`` and those of ``open_sheet``.
    """
    try:
        with path.open("rb") as file:
            magic = file.read(16)
            file.seek(0)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        if not magic:
            raise ImportRefused("empty_file")
        if magic.startswith(_FOREIGN):
            raise ImportRefused("binary")
        if magic.startswith((OLE, ZIP)):
            return _workbook(path, sha256, password)
        return _text(path, sha256, _chunks(path, packed=magic.startswith(_GZIP)))
    except FileNotFoundError as error:
        raise ImportRefused("no_file", path=str(path)) from error
    except (OSError, EOFError, zlib.error) as error:  # a truncated gzip raises any of the three
        raise ImportRefused("cannot_read", path=str(path), detail=str(error)) from error


def _seen(path: Path) -> tuple[int, int]:
    try:
        state = path.stat()
    except OSError as error:
        raise ImportRefused("file_changed") from error
    return state.st_size, state.st_mtime_ns


def _chunks(path: Path, packed: bool) -> Chunks:
    def chunks() -> Iterator[bytes]:
        with gzip.open(path, "rb") if packed else path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk

    return chunks


def _text(path: Path, sha256: str, chunks: Chunks) -> Table:
    start = next(chunks(), b"")[:_LOOK]
    if is_cards(start):
        cards = read_cards(chunks)
        head = tuple(tuple(row) for row in islice(cards.opened(), HEAD_ROWS))
        return Table(path, sha256, head, 0, cards.opened, _seen(path), encoding=cards.encoding, first=0)
    if is_mail(start):
        raise ImportRefused("mail")
    encoding = find_encoding(chunks)
    delimiter = find_delimiter(chunks, encoding)

    def opened() -> Iterator[list[str]]:
        return text_rows(chunks, encoding, delimiter)

    head, header_row = _head(opened())
    return Table(path, sha256, head, header_row, opened, _seen(path), encoding=encoding, delimiter=delimiter)


def _workbook(path: Path, sha256: str, password: str | None) -> Table:
    sheet, height, rows = open_sheet(path, password)
    head, header_row = _head(rows)

    def opened() -> Iterator[list[str]]:
        # Opened anew: keeping a large sheet's cells between preview and import would cost its size in memory.
        return open_sheet(path, password)[2]

    return Table(path, sha256, head, header_row, opened, _seen(path), sheet=sheet, height=height)


def _head(rows: Iterator[list[str]]) -> tuple[tuple[tuple[str, ...], ...], int]:
    """The first rows and the number of the one that looks like a header."""
    head = tuple(tuple(row) for row in islice(rows, HEAD_ROWS))
    filled = [row for row in head if any(map(str.strip, row))]
    if not filled:
        raise ImportRefused("empty_file")
    header_row = guess_header(head)
    if len(head) < HEAD_ROWS and not any(any(map(str.strip, row)) for row in head[header_row:]):
        raise ImportRefused("header_only")
    return head, header_row
