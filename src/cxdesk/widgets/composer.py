"""Where a reply or a note is written: plain text, no key of its own but leaving."""

from textual.binding import Binding
from textual.message import Message
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

__all__ = ["Composer"]


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

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(
            id=id, show_line_numbers=False, soft_wrap=True, tab_behavior="focus", highlight_cursor_line=False
        )
        self.cursor_blink = False

    def action_leave(self) -> None:
        """Leave the text where it is."""
        self.post_message(self.Left())

    def select_span(self, start: int, end: int) -> None:
        """Select the characters from ``start`` to ``end`` of the text."""
        self.selection = Selection(self._location(start), self._location(end))

    def _location(self, index: int) -> tuple[int, int]:
        before = self.text[:index].split("\n")
        return len(before) - 1, len(before[-1])

    def put(self, text: str) -> None:
        """Insert at the cursor, on a line of its own when there is text before it."""
        row, column = self.cursor_location
        before = self.get_text_range((row, 0), (row, column))
        self.insert(("\n" if before.strip() else "") + text)
