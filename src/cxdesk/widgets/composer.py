"""Where a reply or a note is written: plain text, no key of its own but leaving. What would hurt is underlined."""

from collections.abc import Callable, Iterable

from rich.style import Style
from rich.text import Text
from textual.binding import Binding
from textual.message import Message
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult, Selection

__all__ = ["Composer", "LookOver"]

LookOver = Callable[[str], Iterable[tuple[int, int, bool]]]
"""What looks over the text at every change: what to underline, from where to where, and whether it is spoken of now."""

_UNDERLINE, _SPOKEN_OF = Style(underline=True), Style(underline=True, bold=True)


class Composer(TextArea):
    """The text of a reply or an internal note. Enter makes a new line and never sends."""

    BINDINGS = [Binding("escape", "leave", show=False, priority=True)]
    DEFAULT_CSS = """
    Composer {
        height: auto; min-height: 3; max-height: 12; border: round $desk-edge; background: $desk-back;
        color: $desk-text; padding: 0 1; scrollbar-size-vertical: 1; display: none;
    }
    Composer.writing { display: block; }
    Composer:focus { border: round $desk-accent; }
    Composer .text-area--cursor { background: $desk-text; color: $desk-back; }
    Composer .text-area--cursor-line { background: $desk-back; }
    """

    class Left(Message):
        """The agent goes back to the desk; the text stays."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        self._look: LookOver | None = None
        self._marks: dict[int, list[tuple[int, int, bool]]] = {}
        super().__init__(
            id=id,
            classes=classes,
            show_line_numbers=False,
            soft_wrap=True,
            tab_behavior="focus",
            highlight_cursor_line=False,
        )
        self.cursor_blink = False

    def action_leave(self) -> None:
        """Leave the text where it is."""
        self.post_message(self.Left())

    # -- being looked over

    def looked_over(self, look: LookOver | None) -> None:
        """Have the text looked over at every change from now on; ``None`` for no longer."""
        self._look = look
        self.look_over()

    def look_over(self) -> None:
        """Look the text over as it stands, and underline what was found."""
        marks: dict[int, list[tuple[int, int, bool]]] = {}
        for start, end, now in self._look(self.text) if self._look else ():
            (first, column), (last, stop) = self._location(start), self._location(end)
            for row in range(first, last + 1):
                begins, ends = column if row == first else 0, stop if row == last else len(self.document.get_line(row))
                marks.setdefault(row, []).append((begins, ends, now))
        if marks != self._marks:
            self._marks = marks
            self.notify_style_update()  # drops the lines that were painted without them
            self.refresh()

    # Looked over inside the edit rather than when ``Changed`` arrives, so that text and underline are one frame.

    def edit(self, edit: Edit) -> EditResult:
        """Make an edit, and look over what it left."""
        result = super().edit(edit)
        self.look_over()
        return result

    def undo(self) -> None:
        """Take the last edits back, and look over what is there again."""
        super().undo()
        self.look_over()

    def redo(self) -> None:
        """Make the edits again, and look over what is there."""
        super().redo()
        self.look_over()

    def load_text(self, text: str) -> None:
        """Replace the whole text, and look it over."""
        super().load_text(text)
        self.look_over()

    def get_line(self, line_index: int) -> Text:
        """A line with what was found in it underlined."""
        line = super().get_line(line_index)
        for start, end, now in self._marks.get(line_index, ()):
            line.stylize(_SPOKEN_OF if now else _UNDERLINE, start, end)
        return line

    # -- writing for the agent

    def select_span(self, start: int, end: int) -> None:
        """Select the characters from ``start`` to ``end`` of the text."""
        self.selection = Selection(self._location(start), self._location(end))

    def write_over(self, start: int, end: int, text: str) -> None:
        """Put ``text`` where the characters from ``start`` to ``end`` are, the cursor after; one undo takes it back."""
        self.history.checkpoint()
        where = self.replace(text, self._location(start), self._location(end), maintain_selection_offset=False)
        self.move_cursor(where.end_location)
        self.history.checkpoint()

    def _location(self, index: int) -> tuple[int, int]:
        before = self.text[:index].split("\n")
        return len(before) - 1, len(before[-1])

    def put(self, text: str) -> None:
        """Insert at the cursor, on a line of its own when there is text before it."""
        row, column = self.cursor_location
        before = self.get_text_range((row, 0), (row, column))
        self.insert(("\n" if before.strip() else "") + text)
