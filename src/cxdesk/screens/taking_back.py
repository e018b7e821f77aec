"""Taking a whole import back on the screen: what it was, then Enter; the work is done on a thread."""

from textual.app import ComposeResult
from textual.events import Key

from cxdesk import i18n
from cxdesk.desk import Desk, Fault
from cxdesk.desk.taking_back import Run, TakenBack, take_back
from cxdesk.domain import moments
from cxdesk.i18n import t
from cxdesk.screens.dialogs import Board, Dialog

__all__ = ["TakeBack"]


class TakeBack(Dialog[TakenBack]):
    """Shows an import and takes it back on Enter. It is one transaction: once begun, it is finished."""

    def __init__(self, desk: Desk, run: Run) -> None:
        super().__init__(t("import.take_back", name=run.file_name))
        self._desk = desk
        self._run = run
        self._board = Board()
        self._working = False

    def compose(self) -> ComposeResult:
        """A few lines."""
        yield self.box(self._board)

    def on_mount(self) -> None:
        """Say what would go."""
        run, now = self._run, self._desk.clock()
        at = moments.when(run.started_at, self._desk.zone, i18n.language(), now)
        said = t("import.run", at=at, added=run.added, changed=run.changed)
        self._board.show(
            [((said, "strong"),), ((t("import.take_back_rule"), "text"),), ((t("import.take_back_hint"), "key"),)]
        )

    def on_key(self, event: Key) -> None:
        """Enter begins."""
        event.stop()
        if event.key == "enter" and not self._working:
            self._working = True
            self._board.show([((t("import.taking_back"), "text"),)])
            self.run_worker(self._take_back, thread=True)

    def _take_back(self) -> None:
        try:
            taken = take_back(self._desk, self._run)
        except Fault as fault:
            self.app.call_from_thread(self._failed, t(f"fault.{fault.code}", **fault.values))
        else:
            self.app.call_from_thread(self.dismiss, taken)

    def _failed(self, sentence: str) -> None:
        self._working = False
        self._board.show([((sentence, "bad"),), ((t("dialog.esc"), "dim"),)])

    def action_leave(self) -> None:
        """Leave, unless it has begun."""
        if not self._working:
            self.dismiss(None)
