"""Lines of text with meaning, and the one way they reach the screen.

A ``Line`` is a row of spans, each a text and the role it plays (``look.ROLES``). Panels are lists of lines; showing a
new list repaints only the rows that differ. Text is measured in terminal cells, so that Hangul keeps its columns, and
made inert here once more, whatever door it came through.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.events import Resize
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from cxdesk.domain.inert import inert, inert_line
from cxdesk.widgets.look import ROLES

__all__ = ["Line", "Painted", "Span", "blank", "column", "fit", "paragraph", "width_of", "wrap"]

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
                kept.append((_cut(text, left), role))
            break
        kept.append((text, role))
        left -= size
    return tuple(kept)


def paragraph(text: str, role: str, width: int, *, indent: str = "", first: str | None = None) -> list[Line]:
    """``text`` wrapped to ``width`` cells as lines of one role; ``first`` replaces the indent of the first line."""
    rows = wrap(text, width - cell_len(indent))
    return [(((first if first is not None and i == 0 else indent) + row, role),) for i, row in enumerate(rows)]


def blank(text: str) -> str:
    """As many spaces as ``text`` takes cells."""
    return " " * cell_len(text)


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
        if size + cells > width:
            pieces.append(piece)
            piece, size = "", 0
        piece, size = piece + char, size + cells
    return [*pieces, piece]


class Painted(ScrollView):
    """A widget that shows lines. Subclasses make the lines; this class measures, paints and scrolls them."""

    COMPONENT_CLASSES = {f"role--{role}" for role in ROLES} | {"painted--cursor"}
    DEFAULT_CSS = (
        "Painted { background: $desk-back; color: $desk-text; scrollbar-size-vertical: 1; overflow-x: hidden; }\n"
        "Painted > .painted--cursor { background: $desk-cursor; }\n"
        + "\n".join(
            f"Painted > .role--{role} {{ color: $desk-{role}; {f'text-style: {weight};' if weight else ''} }}"
            for role, weight in ROLES.items()
        )
    )

    can_focus = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._lines: Sequence[Line] = ()

    @property
    def lines(self) -> Sequence[Line]:
        """What is shown."""
        return self._lines

    def show(self, lines: Sequence[Line]) -> None:
        """Show these lines; only rows that differ from what is shown are painted again."""
        old, self._lines = self._lines, lines
        if len(old) != len(lines):
            self.virtual_size = Size(self.size.width, len(lines))
        rows = [i for i in range(max(len(old), len(lines))) if old[i : i + 1] != lines[i : i + 1]]
        self.repaint(rows)

    def lines_for(self, width: int) -> Sequence[Line]:
        """What to show in ``width`` cells; asked for again whenever the width changes."""
        return self._lines

    def lay_out(self) -> None:
        """Show what ``lines_for`` says, once there is a width to say it for."""
        width = self.size.width - (1 if self.size.height > 1 else 0)
        if width > 4:
            self.show(self.lines_for(width))

    def on_resize(self, event: Resize) -> None:
        """A new width is laid out anew."""
        self.lay_out()

    def repaint(self, rows: Iterable[int]) -> None:
        """Paint these rows of the list again."""
        top = self.scroll_offset.y
        regions = [Region(0, y - top, self.size.width, 1) for y in rows if 0 <= y - top < self.size.height]
        if regions:
            self.refresh(*regions)

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        index = y + self.scroll_offset.y
        line = self._lines[index] if index < len(self._lines) else ()
        return self.strip(line)

    def strip(self, line: Line, *, cursor: bool = False) -> Strip:
        """A line as Textual wants it, over the whole width of the widget."""
        width = self.size.width
        base = self.rich_style
        if cursor:
            base += self.get_component_rich_style("painted--cursor", partial=True)
            if base.bgcolor is None or base.bgcolor.is_default:
                base += Style(reverse=True)
        segments = [Segment(inert(text).replace("\n", " "), base + self._role(role)) for text, role in line]
        return Strip(segments).adjust_cell_length(width, base)

    def _role(self, role: str) -> Style:
        style = self.get_component_rich_style(f"role--{role}", partial=True)
        return Style.from_color(style.color) + Style(bold=style.bold, italic=style.italic) if style else style
