"""Open promises, the most overdue first: kept, broken, put to another time, or opened."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.events import Key

from cxdesk.desk import Desk
from cxdesk.domain import moments
from cxdesk.domain.records import FollowUp
from cxdesk.domain.words import PromiseState
from cxdesk.hangul.keyboard import letters_of
from cxdesk.i18n import language, t
from cxdesk.screens.dialogs import Board, Dialog, Write
from cxdesk.widgets.lines import Line, column
from cxdesk.widgets.privacy import shown_name

__all__ = ["Promises"]


class Promises(Dialog[str]):
    """Answers the id of a ticket to open."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("promises.title"))
        self._desk = desk
        self._board = Board()
        self._at = 0
        self._found: Sequence[tuple[FollowUp, str | None]] = ()

    def compose(self) -> ComposeResult:
        """One list."""
        yield self.box(self._board)

    def on_mount(self) -> None:
        """Read and show."""
        self._read()

    def _read(self) -> None:
        self._found = self._desk.read.promises()
        self._at = max(0, min(self._at, len(self._found) - 1))
        self._draw()

    def _draw(self) -> None:
        now, rows = self._desk.clock(), max(3, self.app.size.height - 6)
        top = max(0, min(self._at - rows // 2, len(self._found) - rows))
        lines: list[Line] = [
            (("▌" if top + i == self._at else " ", "accent"), *self._line(promise, name, now))
            for i, (promise, name) in enumerate(self._found[top : top + rows])
        ]
        self._board.show([*(lines or [((t("promises.none"), "dim"),)]), ((t("promises.hint"), "dim"),)])

    def _line(self, promise: FollowUp, name: str | None, now: int) -> Line:
        late = promise.due_at < now
        due = moments.when(promise.due_at, self._desk.zone, language(), now)
        return (
            ("! " if late else "  ", "bad"),
            (column(due, 24), "bad" if late else "good"),
            (column(shown_name(name) if name else t("customer.unknown"), 16), "strong"),
            (promise.what or t("promise.contact"), "text"),
        )

    async def on_key(self, event: Key) -> None:
        """``e`` kept, ``x`` broken, ``f`` another time, Enter opens the ticket."""
        event.stop()
        key = letters_of(event.character) if event.character and event.character.isprintable() else event.key
        if event.key in ("down", "up") or key in ("j", "k"):
            self._at = max(0, min(len(self._found) - 1, self._at + (1 if key in ("down", "j") else -1)))
            self._draw()
            return
        if not self._found:
            return
        promise = self._found[self._at][0]
        if key == "enter" and promise.ticket_id:
            self.dismiss(promise.ticket_id)
        elif key == "e":
            self._desk.promises.settle(promise, PromiseState.KEPT)
            self._read()
        elif key == "x":
            self._desk.promises.settle(promise, PromiseState.BROKEN)
            self._read()
        elif key == "z":
            self._desk.undo()
            self._read()
        elif key == "f":
            self._ask_time(promise)

    def _ask_time(self, promise: FollowUp) -> None:
        from cxdesk.screens.acts.care import read_back

        def moved(text: str | None) -> None:
            if text is not None:
                self._desk.promises.move(promise, text)
                self._read()

        self.app.push_screen(
            Write(
                t("promises.move"),
                understood=lambda text: read_back(self._desk, text),
                accept=lambda text: self._desk.promises.read(text) is not None,
            ),
            moved,
        )
