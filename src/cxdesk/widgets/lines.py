"""Lines of text with meaning, measured in terminal cells; no Textual, so that the command line can use them too.

A ``Line`` is a row of spans, each a text and the role it plays (``look.ROLES``). Text is made inert here once more,
whatever door it came through.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from rich.cells import cell_len, set_cell_size

from cxdesk.domain.inert import inert, inert_line

__all__ = ["Line", "Span", "column", "fit", "marked", "paragraph", "width_of", "wrap"]

Span = tuple[str, str]
Line = tuple[Span, ...]


def width_of(line: Line) -> int:
    """Cells a line takes."""
    return sum(cell_len(text) for text, _ in line)


def column(text: str, width: int, *, right: bool = False) -> str:
    """``text`` in exactly ``width`` cells, cut with an ellipsis where it is longer."""
    text = inert_line(text)
    size = cell_len(text)
    if size > width:
        return _cut(text, width)
    pad = " " * (width - size)
    return pad + text if right else text + pad


def _cut(text: str, width: int) -> str:
    """A longer ``text`` in exactly ``width`` cells, ended by an ellipsis; blanks at its beginning stay."""
    return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width) if width > 1 else " " * width


def fit(line: Line, width: int) -> Line:
    """The line in at most ``width`` cells, cut with an ellipsis."""
    left, kept = width, []
    for text, role in line:
        size = cell_len(text)
        if size > left:
            if left > 0:
                bare = text.rstrip()
                kept.append((set_cell_size(bare, left) if cell_len(bare) <= left else _cut(text, left), role))
            break
        kept.append((text, role))
        left -= size
    return tuple(kept)


def paragraph(text: str, role: str, width: int, *, indent: str = "", first: str | None = None) -> list[Line]:
    """``text`` wrapped to ``width`` cells as lines of one role; ``first`` replaces the indent of the first line."""
    rows = wrap(text, width - cell_len(indent))
    return [(((first if first is not None and i == 0 else indent) + row, role),) for i, row in enumerate(rows)]


def marked(
    text: str, role: str, spans: Sequence[tuple[int, int]], mark: str, width: int, *, indent: str = ""
) -> list[Line]:
    """Like ``paragraph``, with the characters of ``text`` in ``spans`` (from, to; any order) in the role ``mark``."""
    lines, at = [], 0
    for row in wrap(text, width - cell_len(indent)):
        found = text.find(row, at)
        begin = found if found >= 0 else at
        at = begin + len(row)
        hit = [any(start <= begin + i < end for start, end in spans) for i in range(len(row))]
        line: Line = ((indent, role),) if indent else ()
        for is_hit, run in groupby(range(len(row)), key=hit.__getitem__):
            line += (("".join(row[i] for i in run), mark if is_hit else role),)
        lines.append(line)
    return lines


@lru_cache(maxsize=2048)
def wrap(text: str, width: int) -> tuple[str, ...]:
    """``text`` in lines of at most ``width`` cells, broken at spaces, inside a word only where it must be."""
    width = max(2, width)
    lines: list[str] = []
    for paragraph in inert(text).split("\n"):
        line = ""
        for word in paragraph.split(" "):
            candidate = f"{line} {word}" if line else word
            if cell_len(candidate) <= width:
                line = candidate
                continue
            if line:
                lines.append(line)
            *full, line = _chop(word, width)
            lines.extend(full)
        lines.append(line)
    return tuple(lines)


def _chop(word: str, width: int) -> list[str]:
    """A word in pieces of at most ``width`` cells; the last piece may be short."""
    pieces, piece, size = [], "", 0
    for char in word:
        cells = cell_len(char)
        # What takes no cell of its own can still widen the sign before it: ⚠ is one cell, ⚠️ two.
        wider = size + cells if cells else cell_len(piece + char)
        if wider > width:
            kept = len(piece) if cells or len(piece) < 2 else len(piece) - 1
            pieces.append(piece[:kept])
            piece = piece[kept:]
            wider = cell_len(piece + char)
        piece, size = piece + char, wider
    return [*pieces, piece]
