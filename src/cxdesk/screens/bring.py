"""Bringing a file in on the screen: say what the columns mean if nobody knows, look ahead, then Enter."""

from collections.abc import Callable
from pathlib import Path
from threading import Event

from textual.app import ComposeResult
from textual.binding import Binding
from textual.events import Key

from cxdesk.desk import Desk, Fault
from cxdesk.desk.bring import Bringing, say
from cxdesk.domain.inert import inert_line
from cxdesk.hangul.keyboard import letters_of
from cxdesk.i18n import t
from cxdesk.imports.choose import pairs_of
from cxdesk.imports.fields import FIELDS, IGNORE
from cxdesk.imports.header import is_private
from cxdesk.imports.private import REMOVED
from cxdesk.imports.reasons import ImportRefused
from cxdesk.imports.run import Outcome, Preview
from cxdesk.imports.suggest import suggest
from cxdesk.screens.dialogs import Board, Dialog
from cxdesk.widgets.lines import Line, column, paragraph

__all__ = ["Columns", "Import", "open_file"]

_CHOICES = (IGNORE, *FIELDS)
_ROWS = 3
"""How many rows of a file the list of its columns shows."""


def open_file(desk: Desk, text: str, password: str | None = None) -> Bringing:
    """The file a person typed or dropped on the terminal (quotes and ``~`` understood). Raises ``ImportRefused``."""
    cleaned = text.strip().strip("'\"").replace("\\ ", " ")
    return Bringing.open(desk, Path(cleaned).expanduser(), password=password)


class Columns(Dialog[bool]):
    """What does each column mean? Answers ``True`` once the file can be read."""

    BINDINGS = [Binding("ctrl+s,f12", "accept", show=False, priority=True)]

    def __init__(self, bringing: Bringing) -> None:
        super().__init__(t("import.columns", name=bringing.table.path.name))
        self._bringing = bringing
        header = bringing.table.header
        guess = suggest(header, bringing.table.sample)
        self._date_order = guess.date_order
        self._means = [guess.field_of(name) or IGNORE for name in header]
        if bringing.map is not None:
            said = dict(pairs_of(bringing.map, header))
            self._means = [said.get(name, IGNORE) for name in header]
        self._board = Board()
        self._at = 0
        self._refusal = ""

    def compose(self) -> ComposeResult:
        """One line a column."""
        yield self.box(self._board)

    def on_mount(self) -> None:
        """Show the guess."""
        self._draw()

    def _draw(self) -> None:
        rows = max(3, self.app.size.height - 8)
        top = max(0, min(self._at - rows // 2, len(self._means) - rows))
        lines: list[Line] = [self._line(i) for i in range(top, min(len(self._means), top + rows))]
        if self._refusal:
            lines.append(((self._refusal, "bad"),))
        self._board.show([*lines, ((t("import.columns_hint"), "dim"),)])

    def _line(self, place: int) -> Line:
        """A column, what is in it, and what it means."""
        name, means = self._bringing.table.header[place], self._means[place]
        private = is_private(name)
        cells = (row[place].strip() for row in self._bringing.table.sample[:_ROWS] if place < len(row))
        shown = REMOVED if private else " / ".join(dict.fromkeys(filter(None, cells)))
        fate = t("import.private_hint") if private else t(f"field.{means}")
        return (
            ("▌" if place == self._at else " ", "accent"),
            (column(inert_line(name), 22), "strong"),
            (" " + column(inert_line(shown), 34), "dim"),
            (f" → {fate}", "dim" if means == IGNORE else "good"),
        )

    def on_key(self, event: Key) -> None:
        """Up and down choose the column, left and right what it means."""
        event.stop()
        if event.key in ("left", "right") and is_private(self._bringing.table.header[self._at]):
            return
        if event.key in ("up", "down"):
            self._at = max(0, min(len(self._means) - 1, self._at + (1 if event.key == "down" else -1)))
        elif event.key in ("left", "right"):
            step = 1 if event.key == "right" else -1
            self._means[self._at] = _CHOICES[(_CHOICES.index(self._means[self._at]) + step) % len(_CHOICES)]
        elif event.key == "enter":
            self.action_accept()
            return
        self._draw()

    def action_accept(self) -> None:
        """Take the meanings, unless something is missing."""
        pairs = list(zip(self._bringing.table.header, self._means, strict=True))
        try:
            self._bringing.mean(pairs, date_order=self._date_order)
        except ImportRefused as refusal:
            self._refusal = say(refusal.code, **refusal.values)
            self._draw()
        else:
            self.dismiss(True)


class Import(Dialog[Outcome]):
    """Looks ahead, shows what would change, and brings the file in on Enter. Escape stops it, changing nothing.

    ``again`` is set when it was left to say anew what the columns mean.
    """

    def __init__(self, bringing: Bringing) -> None:
        super().__init__(t("import.title", name=bringing.table.path.name))
        self.again = False
        self._bringing = bringing
        self._board = Board()
        self._stop = Event()
        self._preview: Preview | None = None
        self._outcome: Outcome | None = None
        self._working = False

    def compose(self) -> ComposeResult:
        """A few lines."""
        yield self.box(self._board)

    def on_mount(self) -> None:
        """Look ahead on a thread."""
        self._work(self._look_ahead)

    def _work(self, task: Callable[[], None]) -> None:
        self._working = True
        self._progress(0, None)
        self.run_worker(task, thread=True)

    def _look_ahead(self) -> None:
        try:
            preview = self._bringing.look_ahead(self._report, self._stop.is_set)
        except (ImportRefused, Fault) as error:
            self.app.call_from_thread(self._refused, error)
        else:
            self.app.call_from_thread(self._previewed, preview)

    def _apply(self) -> None:
        total = self._preview.rows if self._preview else None
        try:
            outcome = self._bringing.apply(self._report, self._stop.is_set, total)
        except (ImportRefused, Fault, OSError) as error:
            self.app.call_from_thread(self._refused, error)
        else:
            self.app.call_from_thread(self._brought, outcome)

    def _brought(self, outcome: Outcome) -> None:
        """Done; where the rows are that were not taken is told before the desk comes back."""
        self._working, self._preview, self._outcome = False, None, outcome
        if outcome.rejects is None:
            self.dismiss(outcome)
            return
        done = t("import.done", new=outcome.new, changed=outcome.changed, same=outcome.same)
        rejected = t("import.rejected", n=outcome.rejected, path=str(outcome.rejects))
        where = paragraph(rejected, "warn", self._board.size.width)
        self._board.show([((done, "strong"),), *where, ((t("dialog.esc"), "key"),)])

    def _report(self, done: int, total: int | None) -> None:
        self.app.call_from_thread(self._progress, done, total)

    def _progress(self, done: int, total: int | None) -> None:
        width = 40
        filled = done * width // total if total else done // 20_000 % width
        bar = "█" * min(width, filled)
        of = f" / {total:,}" if total else ""
        counted = ((column(bar, width), "accent"), (f" {done:,}{of}", "text"))
        self._board.show([counted, ((t("import.stop_hint"), "dim"),)])

    def _previewed(self, preview: Preview) -> None:
        self._working, self._preview = False, preview
        counts = {"new": preview.new, "changed": preview.changed, "same": preview.same, "rejected": preview.rejected}
        lines: list[Line] = [((t("import.would", **counts), "strong"),)]
        for fate, examples in preview.examples.items():
            for example in examples[:2]:
                shown = ", ".join(str(value) for value in example.shown.values() if value)
                reason = f" ({say(example.code, **example.values)})" if example.code else ""
                lines.append(((f"  {t(f'import.fate.{fate}')} {example.row}: ", "dim"), (shown + reason, "text")))
        room = max(2, self.app.size.height - len(lines) - 8)
        lines += [((say(remark.code, **remark.values), "warn"),) for remark in preview.remarks[:room]]
        if more := len(preview.remarks[room:]):
            lines.append(((t("import.more", n=more), "dim"),))
        if self._bringing.said_by_hand:
            lines.append(((t("import.again_hint"), "dim"),))
        self._board.show([*lines, ((t("import.apply_hint"), "key"),)])

    def _refused(self, error: ImportRefused | Fault | OSError) -> None:
        self._working = False
        if isinstance(error, ImportRefused):
            sentence = say(error.code, **error.values)
        elif isinstance(error, Fault):
            sentence = t(f"fault.{error.code}", **error.values)
        else:
            sentence = t("fault.unknown", detail=str(error))
        self._preview = None
        self._board.show([((sentence, "bad"),), ((t("dialog.esc"), "dim"),)])

    def on_key(self, event: Key) -> None:
        """Enter brings the file in."""
        event.stop()
        if self._outcome is not None and event.key == "enter":
            self.action_leave()
        if self._preview is None or self._working:
            return
        if event.key == "enter":
            self._work(self._apply)
        elif self._bringing.said_by_hand and event.character and letters_of(event.character) == "c":
            self.again = True
            self.dismiss(None)

    def action_leave(self) -> None:
        """Stop what is going on; a second time leaves."""
        if self._working and not self._stop.is_set():
            self._stop.set()
        else:
            self.dismiss(self._outcome)
