"""Why this customer stands where they stand and waits as long as they do; any key leaves it."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.events import Key

from cxdesk.i18n import t
from cxdesk.screens.dialogs import Board, Dialog
from cxdesk.widgets.lines import Line, wrap

__all__ = ["Explained", "wrapped"]


class Explained(Dialog[None]):
    """Some lines to read."""

    def __init__(self, title: str, lines: Sequence[Line]) -> None:
        super().__init__(title)
        self._lines = lines
        self._board = Board()

    def compose(self) -> ComposeResult:
        """One board."""
        yield self.box(self._board)

    def on_mount(self) -> None:
        """Show; a line that is too long goes on below."""
        width = max(20, min(96, self.app.size.width - 6))
        rows = [row for line in self._lines for row in wrapped(line, width)]
        self._board.show([*rows, ((t("dialog.esc"), "dim"),)])

    def on_key(self, event: Key) -> None:
        """Leave."""
        event.stop()
        self.dismiss(None)


def wrapped(line: Line, width: int) -> list[Line]:
    """The line in as many rows as it takes; what does not fit on one row is of the role it begins with."""
    rows = wrap("".join(text for text, _ in line), width)
    return [line] if len(rows) < 2 else [((row if n == 0 else "  " + row, line[0][1]),) for n, row in enumerate(rows)]
