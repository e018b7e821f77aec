"""A line to type in and a list below it that follows: the frame of search, palette and new contact."""

from collections.abc import Sequence
from typing import Any, TypeVar

from textual.app import ComposeResult
from textual.events import Key
from textual.widgets import Input

from cxdesk.i18n import t
from cxdesk.screens.dialogs import Board, Dialog
from cxdesk.widgets.lines import Line

__all__ = ["Pick"]

T = TypeVar("T")


class Pick(Dialog[T]):
    """Type to narrow, arrows to choose, Enter to take. Subclasses say what is found and how it looks."""

    DEFAULT_CSS = "Pick > Vertical { max-height: 80%; }"
    PLACEHOLDER = ""
    ROWS = 12

    def __init__(self, title: str, *, text: str = "") -> None:
        super().__init__(title)
        self.input = Input(text, placeholder=t(self.PLACEHOLDER) if self.PLACEHOLDER else "", select_on_focus=False)
        self.input.cursor_blink = False
        self.board = Board()
        self.at = 0
        self.found: Sequence[Any] = ()

    def find(self, text: str) -> Sequence[Any]:
        """What ``text`` stands for, best first."""
        raise NotImplementedError

    def line(self, item: Any) -> Line:
        """How one finding looks."""
        raise NotImplementedError

    def answer(self, item: Any) -> T | None:
        """What choosing it answers; ``None`` keeps the dialog open."""
        raise NotImplementedError

    def foot(self) -> Line:
        """A last line of help."""
        return ((t("pick.hint"), "dim"),)

    def compose(self) -> ComposeResult:
        """The line and the list."""
        yield self.box(self.input, self.board)

    def on_mount(self) -> None:
        """Ready to type."""
        self.input.focus()
        self.search(self.input.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find while typing."""
        self.at = 0
        self.search(event.value)

    def search(self, text: str) -> None:
        """Find and show."""
        self.found = self.find(text)
        self.draw()

    def draw(self) -> None:
        """Show the findings around the cursor."""
        rows = max(3, min(self.ROWS, self.app.size.height - 6))
        top = max(0, min(self.at - rows // 2, len(self.found) - rows))
        lines: list[Line] = [
            (("▌" if top + i == self.at else " ", "accent"), *self.line(item))
            for i, item in enumerate(self.found[top : top + rows])
        ]
        # Always as many rows: a box that changes its height with each letter lays the whole screen out each time.
        self.board.show([*lines, *[()] * (rows - len(lines)), self.foot()])

    def on_key(self, event: Key) -> None:
        """Arrows move; everything else belongs to the line."""
        step = {"down": 1, "up": -1, "pagedown": 8, "pageup": -8, "ctrl+n": 1}.get(event.key)
        if step is not None:
            event.stop()
            event.prevent_default()
            self.at = max(0, min(len(self.found) - 1, self.at + step))
            self.draw()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what the cursor is on."""
        if self.at < len(self.found):
            answer = self.answer(self.found[self.at])
            if answer is not None:
                self.dismiss(answer)
        else:
            self.app.bell()
