"""Small questions on top of the desk: pick one with a key, or write one line and see how it is understood."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.events import Key
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widgets import Input

from cxdesk.hangul.keyboard import letters_of
from cxdesk.i18n import t
from cxdesk.widgets.lines import Line, column, fit
from cxdesk.widgets.paint import Painted

__all__ = ["Choose", "Dialog", "Option", "Write"]

T = TypeVar("T")
Option = tuple[str, str, T]
"""The key that picks it, its label, and what it stands for."""


class Board(Painted):
    """The lines of a dialog."""

    DEFAULT_CSS = "Board { height: auto; background: $desk-bar; }"

    def show(self, lines: Sequence[Line]) -> None:
        """Show lines and take exactly their height."""
        if len(lines) != len(self.lines):
            self.styles.height = max(1, len(lines))
        super().show(lines)

    def strip(self, line: Line, *, cursor: bool = False) -> Strip:
        """A line that is too long ends in an ellipsis."""
        return super().strip(fit(line, self.size.width), cursor=cursor)


class Dialog(ModalScreen[T | None]):
    """A box at the foot of the screen; Escape leaves it without an answer."""

    DEFAULT_CSS = """
    Dialog { align: center bottom; background: $desk-back 0%; }
    Dialog > Vertical {
        width: 100%; max-width: 100; height: auto; max-height: 100%; background: $desk-bar;
        border: round $desk-accent; border-title-color: $desk-accent; padding: 0 1; margin-bottom: 1;
    }
    Dialog Input { background: $desk-bar; border: none; height: 1; padding: 0; color: $desk-strong; }
    Dialog Input:focus { border: none; }
    """
    BINDINGS = [Binding("escape", "leave", show=False, priority=True)]

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def action_leave(self) -> None:
        """No answer."""
        self.dismiss(None)

    def box(self, *children: Painted | Input) -> Vertical:
        """The frame around a dialog's widgets."""
        frame = Vertical(*children)
        frame.border_title = self._title.replace("[", "\\[")
        return frame


class Choose(Dialog[T]):
    """Pick one of a few with its key, or with the arrows and Enter."""

    def __init__(self, title: str, options: Sequence[Option[T]], *, hint: str = "") -> None:
        super().__init__(title)
        self._options = options
        self._hint = hint
        self._at = 0
        self._board = Board()

    def compose(self) -> ComposeResult:
        """One line an option."""
        yield self.box(self._board)

    def on_mount(self) -> None:
        """Show the options."""
        self._draw()

    def _draw(self) -> None:
        lines: list[Line] = [
            (
                ("▌" if i == self._at else " ", "accent"),
                (column(key, 3), "key"),
                (label, "strong" if i == self._at else "text"),
            )
            for i, (key, label, _) in enumerate(self._options)
        ]
        if self._hint:
            lines.append(((" " + self._hint, "dim"),))
        self._board.show(lines)

    def on_key(self, event: Key) -> None:
        """A key of an option answers at once; Hangul jamo count as the letters they sit on."""
        event.stop()
        if event.key in ("down", "up"):
            self._at = (self._at + (1 if event.key == "down" else -1)) % len(self._options)
            self._draw()
        elif event.key == "enter":
            self.dismiss(self._options[self._at][2])
        else:
            pressed = letters_of(event.character) if event.character else event.key
            for key, _, value in self._options:
                if key == pressed or key == event.key:
                    self.dismiss(value)
                    return


class Write(Dialog[str]):
    """Write one line; below it, how the program understands what is written so far."""

    def __init__(
        self,
        title: str,
        *,
        understood: Callable[[str], Sequence[Line]] = lambda text: (),
        accept: Callable[[str], bool] = lambda text: bool(text.strip()),
        text: str = "",
        placeholder: str = "",
        secret: bool = False,
    ) -> None:
        super().__init__(title)
        self._understood = understood
        self._accept = accept
        self._input = Input(text, placeholder=placeholder, password=secret, select_on_focus=False)
        self._input.cursor_blink = False
        self._board = Board()

    def compose(self) -> ComposeResult:
        """The line and what it means."""
        yield self.box(self._input, self._board)

    def on_mount(self) -> None:
        """Ready to type."""
        self._input.focus()
        self._read(self._input.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what is understood while typing."""
        self._read(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer, if the line can be used."""
        if self._accept(event.value):
            self.dismiss(event.value)
        else:
            self.app.bell()

    def _read(self, text: str) -> None:
        self._board.show([*self._understood(text), ((t("dialog.enter"), "dim"),)])
