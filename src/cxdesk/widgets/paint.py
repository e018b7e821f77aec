"""The one way lines reach the screen.

Panels are lists of lines; showing a new list repaints only the rows that differ, and never lays the screen out.
"""

from collections.abc import Iterable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.events import MouseScrollDown, MouseScrollUp, Resize
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from cxdesk.domain.inert import inert
from cxdesk.widgets.lines import Line
from cxdesk.widgets.look import ROLES

__all__ = ["Painted"]


class Painted(ScrollView):
    """A widget that shows lines. Subclasses make the lines; this class measures, paints and scrolls them."""

    # No component classes and no scrollbars of Textual's: both cost a restyling or a layout of the whole screen where
    # a handful of cells changes. Roles are looked up once a theme, and the mark at the edge is one more painted cell.
    DEFAULT_CSS = "Painted { background: $desk-back; color: $desk-text; overflow: hidden hidden; }"

    can_focus = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._lines: Sequence[Line] = ()
        self._width = 0
        self._looks: dict[bool, dict[str, Style]] = {}

    @property
    def lines(self) -> Sequence[Line]:
        """What is shown."""
        return self._lines

    def show(self, lines: Sequence[Line]) -> None:
        """Show these lines; only rows that differ from what is shown are painted again."""
        old, self._lines = self._lines, lines
        if len(old) != len(lines):
            self.grow(len(lines))
        rows = [i for i in range(max(len(old), len(lines))) if old[i : i + 1] != lines[i : i + 1]]
        self.repaint(rows)

    def grow(self, rows: int) -> None:
        """The content now has so many rows; what is in sight stays in sight where it can."""
        # Set without its watcher, which would lay the whole screen out for a line that was added out of sight.
        self.set_reactive(ScrollView.virtual_size, Size(self.size.width, rows))
        if self.scroll_offset.y > max(0, rows - self.size.height):
            self.scroll_to_row(rows)

    def scroll_to_row(self, row: int) -> None:
        """Bring a row to the top, or as near to it as the content allows."""
        top = max(0, min(row, self.virtual_size.height - self.size.height))
        if top != self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, immediate=True, force=True)

    def scroll_by(self, rows: int) -> None:
        """Down by so many rows, up by a negative number."""
        self.scroll_to_row(self.scroll_offset.y + rows)

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """The wheel."""
        self.scroll_by(3)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """The wheel."""
        self.scroll_by(-3)

    def lines_for(self, width: int) -> Sequence[Line]:
        """What to show in ``width`` cells; asked for again whenever the width changes."""
        return self._lines

    def lay_out(self) -> None:
        """Show what ``lines_for`` says, once there is a width to say it for."""
        self._width = self._room()
        if self._width > 4:
            self.show(self.lines_for(self._width))

    def _room(self) -> int:
        """Cells for text: all but the one of the scroll mark."""
        return self.size.width - (1 if self.size.height > 1 else 0)

    def on_resize(self, event: Resize) -> None:
        """A new width is laid out anew, unless it has been painted already."""
        if self._room() != self._width:
            self.lay_out()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Textual paints a new size before it tells of it: what is shown is laid out here, in the same frame."""
        if (room := self._room()) != self._width and room > 4:
            self._width, rows = room, len(self._lines)
            self._lines = self.lines_for(room)
            if len(self._lines) != rows:
                self.grow(len(self._lines))
        return super().render_lines(crop)

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
        return self.edged(self.strip(line), y)

    def edged(self, strip: Strip, y: int) -> Strip:
        """The row with the scroll mark in its last cell, where the content is longer than the widget."""
        height, rows, width = self.size.height, self.virtual_size.height, self.size.width
        if height < 2 or rows <= height or width < 2:
            return strip
        first = self.scroll_offset.y * height // rows
        if not first <= y <= first + max(0, height * height // rows - 1):
            return strip
        return Strip([*strip.crop(0, width - 1), Segment("┃", self._styles(cursor=False)["dim"])], width)

    def strip(self, line: Line, *, cursor: bool = False) -> Strip:
        """A line as Textual wants it, over the whole width of the widget."""
        styles = self._styles(cursor)
        segments = [Segment(inert(text).replace("\n", " "), styles[role]) for text, role in line]
        return Strip(segments).adjust_cell_length(self.size.width, styles[""])

    def _styles(self, cursor: bool) -> dict[str, Style]:
        """Role → style under the present theme, on the widget's background or on the cursor's; "" is no role."""
        if cursor not in self._looks:
            variables, base = self.app.theme_variables, self.rich_style
            if cursor:
                base += _background(variables["desk-cursor"])
            self._looks[cursor] = {"": base} | {
                role: base
                + Style(color=Color.parse(variables[f"desk-{role}"]).rich_color)
                + Style(bold="bold" in weight, italic="italic" in weight, underline="underline" in weight)
                for role, weight in ROLES.items()
            }
        return self._looks[cursor]

    def notify_style_update(self) -> None:
        """Another theme, other colours."""
        self._looks.clear()
        super().notify_style_update()


def _background(colour: str) -> Style:
    """The cursor's row; under the terminal's own palette, which has no shade for it, the colours are exchanged."""
    parsed = Color.parse(colour)
    return Style(reverse=True) if parsed.ansi is not None else Style(bgcolor=parsed.rich_color)
