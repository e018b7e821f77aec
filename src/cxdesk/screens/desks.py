"""The desks of a shared queue: who they are, a code for one more, and shutting out one that was lost."""

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.events import Key

from cxdesk.desk import Desk, Refused
from cxdesk.domain import moments
from cxdesk.domain.together import OtherDesk
from cxdesk.hangul.keyboard import letters_of
from cxdesk.i18n import language, t
from cxdesk.screens.dialogs import Board, Choose, Dialog
from cxdesk.widgets.lines import Line, column

__all__ = ["Desks"]


class Desks(Dialog[None]):
    """A list that is asked of the server; every question runs on a thread."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("desks.title"))
        self._desk = desk
        self._board = Board()
        self._found: Sequence[OtherDesk] = ()
        self._at = 0
        self._said = t("joining.asking")

    def compose(self) -> ComposeResult:
        """One list."""
        yield self.box(self._board)

    def on_mount(self) -> None:
        """Ask."""
        self._draw()
        self._ask(self._read)

    def _ask(self, question: Callable[[], str]) -> None:
        """Ask on a thread; the sentence it answers, or why there is none, is shown."""

        def asked() -> None:
            try:
                said = question()
            except Refused as refusal:
                said = t(f"refused.{refusal.code}", **refusal.values)
            self.app.call_from_thread(self._show, said)

        self.run_worker(asked, thread=True, group="asking", exclusive=True)

    def _read(self) -> str:
        self._found = self._desk.syncing.desks()
        return ""

    def _show(self, said: str) -> None:
        self._said = said
        self._draw()

    def _draw(self) -> None:
        self._at = max(0, min(self._at, len(self._found) - 1))
        lines = [self._line(place, desk) for place, desk in enumerate(self._found)]
        foot: list[Line] = [((self._said, "mark"),)] if self._said else []
        self._board.show([*lines, *foot, ((t("desks.hint"), "dim"),)])

    def _line(self, place: int, desk: OtherDesk) -> Line:
        now = self._desk.clock()
        member = self._desk.syncing.membership
        here = member is not None and member.device == desk.id
        seen = moments.ago(desk.seen, now, language()) if desk.seen is not None else t("desks.never")
        state = t("desks.here") if here else t("desks.out") if desk.state != "active" else seen
        mark = "▌" if place == self._at else " "
        return (
            (mark, "accent"),
            (column(desk.name, 30), "strong"),
            (state, "dim" if desk.state == "active" else "bad"),
        )

    def on_key(self, event: Key) -> None:
        """``j`` ``k`` move, ``i`` makes a code, ``x`` shuts a desk out after asking."""
        event.stop()
        key = letters_of(event.character) if event.character and event.character.isprintable() else event.key
        if event.key in ("down", "up") or key in ("j", "k"):
            self._at += 1 if key in ("down", "j") else -1
            self._draw()
        elif key == "i":
            self._ask(lambda: t("desks.code", code=self._desk.syncing.invite()))
        elif key == "x" and self._found:
            lost = self._found[self._at]
            options = [("1", t("desks.keep"), False), ("2", t("desks.shut_out"), True)]
            self.app.push_screen(
                Choose(t("desks.ask", name=lost.name), options),
                lambda sure: self._ask(lambda: self._shut_out(lost)) if sure else None,
            )

    def _shut_out(self, lost: OtherDesk) -> str:
        self._desk.syncing.shut_out(lost.id)
        self._read()
        return t("desks.gone", name=lost.name)
