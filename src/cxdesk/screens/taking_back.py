"""Imports so far on the screen, and taking one back: what it was, then Enter; the work is done on a thread."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.events import Key

from cxdesk import i18n
from cxdesk.desk import Desk, Fault
from cxdesk.desk.taking_back import Run, TakenBack, past_imports, take_back
from cxdesk.domain import moments
from cxdesk.i18n import t
from cxdesk.screens.dialogs import Board, Dialog
from cxdesk.screens.pick import Pick
from cxdesk.widgets.lines import Line, column

__all__ = ["PastImports", "TakeBack"]


class PastImports(Pick[Run]):
    """The files that were brought in, the latest first, narrowed by name; answers the one to take back."""

    PLACEHOLDER = "import.past_placeholder"

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("import.past"))
        self._desk = desk
        self._runs = past_imports(desk)

    def find(self, text: str) -> Sequence[Run]:
        """Those whose file is called like this."""
        wanted = text.strip().casefold()
        return [run for run in self._runs if wanted in run.file_name.casefold()]

    def line(self, item: Run) -> Line:
        """Which, when, what file, and what it brought or that it was taken back."""
        at = moments.when(item.started_at, self._desk.zone, i18n.language(), self._desk.clock())
        gone = item.undone_at is not None
        counts = {"added": item.added, "changed": item.changed, "rejected": item.rejected}
        return (
            (column(str(item.number), 4, right=True) + " ", "dim"),
            (column(item.file_name, 20) + " ", "dim" if gone else "strong"),
            (column(at, 17) + " ", "dim"),
            (t("import.past_undone") if gone else t("import.past_counts", **counts), "dim" if gone else "text"),
        )

    def answer(self, item: Run) -> Run | None:
        """The one under the cursor, unless it is taken back already."""
        if item.undone_at is None:
            return item
        self.app.bell()
        return None

    def foot(self) -> Line:
        """How to go on, or that there is nothing."""
        if self.found:
            return ((t("import.past_hint"), "dim"),)
        return ((t("search.nothing") if self._runs else t("import.none_yet"), "warn"),)


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
