"""Joining a shared queue: the code is shown to the server on a thread, then everything comes in while one can watch."""

from textual.app import ComposeResult
from textual.events import Key

from cxdesk.desk import Desk, Fault, Refused
from cxdesk.i18n import t
from cxdesk.screens.behind import Behind
from cxdesk.screens.dialogs import Board, Dialog
from cxdesk.widgets.lines import Line
from cxdesk.widgets.together import standing_lines

__all__ = ["Joining"]


class Joining(Dialog[bool]):
    """Answers whether this desk belongs to the queue now. What is still to come comes in without it."""

    def __init__(self, desk: Desk, behind: Behind, url: str, code: str, name: str, passphrase: str | None) -> None:
        super().__init__(t("joining.title"))
        self._desk = desk
        self._behind = behind
        self._asked = (url, code, name, passphrase)
        self._board = Board()
        self._belongs: bool | None = None

    def compose(self) -> ComposeResult:
        """A few lines."""
        yield self.box(self._board)

    def on_mount(self) -> None:
        """Ask."""
        self._board.show([((t("joining.asking"), "text"),)])
        self.run_worker(self._join, thread=True)

    def _join(self) -> None:
        try:
            member = self._desk.syncing.connect(*self._asked)
        except Refused as refusal:
            self.app.call_from_thread(self._end, t(f"refused.{refusal.code}", **refusal.values))
        except Fault as fault:
            self.app.call_from_thread(self._end, t(f"fault.{fault.code}", **fault.values))
        else:
            self.app.call_from_thread(self._joined, member.shop_name)

    def _end(self, sentence: str) -> None:
        self._belongs = False
        self._board.show([((sentence, "bad"),), ((t("dialog.esc"), "dim"),)])

    def _joined(self, shop: str) -> None:
        self._belongs = True
        self._behind.meet_others()
        self._shop = shop
        self.set_interval(0.5, self._watch)
        self._watch()

    def _watch(self) -> None:
        lines: list[Line] = [((t("connect.connected", shop=self._shop), "good"),)]
        lines += standing_lines(self._desk.syncing.status(), self._desk.zone, self._desk.clock(), 90)
        self._board.show([*lines, ((t("joining.hint"), "dim"),)])

    def on_key(self, event: Key) -> None:
        """Enter goes back to work."""
        event.stop()
        if event.key == "enter":
            self.action_leave()

    def action_leave(self) -> None:
        """Leave, unless the server is being asked: a code is used up by asking."""
        if self._belongs is not None:
            self.dismiss(self._belongs)
