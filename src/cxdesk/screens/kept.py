"""What is kept of a customer, one line each: preferences, days, notes and what they said before. Put right by key."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.events import Key

from cxdesk.desk import Desk, Stale
from cxdesk.domain import moments
from cxdesk.domain.memory import Memory
from cxdesk.domain.records import Note, Preference, SpecialDay
from cxdesk.hangul.keyboard import letters_of
from cxdesk.i18n import language, t
from cxdesk.screens.dialogs import Board, Dialog, Write
from cxdesk.widgets.figures import figure_lines
from cxdesk.widgets.lines import Line, column, paragraph
from cxdesk.widgets.memory import preference_line
from cxdesk.widgets.privacy import shared_text

__all__ = ["Kept"]

_AGE = 16
Item = Preference | SpecialDay | Note


class Kept(Dialog[None]):
    """A list that stays open while things are put right. ``h`` shows what a note said before."""

    def __init__(self, desk: Desk, customer_id: str) -> None:
        super().__init__(t("kept.title"))
        self._desk = desk
        self._customer_id = customer_id
        self._board = Board()
        self._at = 0
        self._memory: Memory | None = None
        self._items: Sequence[Item] = ()
        self._opened: set[str] = set()

    def compose(self) -> ComposeResult:
        """One list."""
        yield self.box(self._board)

    def on_mount(self) -> None:
        """Read and show."""
        self._read()

    def _read(self) -> None:
        self._memory = self._desk.read.memory(self._customer_id, few=30)
        if self._memory is None:
            return
        self._items = (*self._memory.preferences, *self._memory.days, *self._memory.notes)
        self._at = max(0, min(self._at, len(self._items) - 1))
        self._draw()

    def _draw(self) -> None:
        width = max(20, min(96, self.app.size.width - 6))
        lines: list[Line] = []
        for i, item in enumerate(self._items):
            lines += self._lines(item, width, cursor=i == self._at)
        rows = max(3, self.app.size.height - 8)
        place = next((i for i, line in enumerate(lines) if line and line[0][0] == "▌"), 0)
        top = max(0, min(place - rows // 2, len(lines) - rows))
        shown = lines[top : top + rows] or [((t("kept.nothing"), "dim"),)]
        self._board.show([*self._figures(width), *shown, *paragraph(t("kept.hint"), "dim", width)])

    def _figures(self, width: int) -> list[Line]:
        if self._memory is None:
            return []
        return figure_lines(self._memory.standing, self._desk.clock(), self._desk.settings.segments, width)

    def _lines(self, item: Item, width: int, *, cursor: bool) -> list[Line]:
        mark = ("▌" if cursor else " ", "accent")
        match item:
            case Preference():
                return [(mark, *preference_line(item, self._desk.clock(), width - 1))]
            case SpecialDay():
                lunar = t("day.lunar") + " " if item.lunar else ""
                text = f"{t(f'day.{item.kind}')} {lunar}{t('day.date', month=item.month, day=item.day)}"
                return [(mark, ("  " + text, "text"), ("  " + t("day.silent"), "dim"))]
        lines: list[Line] = [(mark, *self._note(item, width - 1, "text"))]
        if item.id in self._opened:
            lines += [
                ((" ", "dim"), *self._note(old, width - 1, "dim")) for old in self._desk.people.wordings(item)[1:]
            ]
        return lines

    def _note(self, note: Note, width: int, role: str) -> Line:
        age = moments.ago(note.created_at, self._desk.clock(), language())
        amended = f" ({t('memory.amended')})" if note.amends else ""
        return ((column(f"  {age}", _AGE), "dim"), (column(shared_text(note.body) + amended, width - _AGE), role))

    def on_key(self, event: Key) -> None:
        """Arrows choose; Enter: still right; ``e`` corrects a note, ``x`` forgets, ``h`` older words, ``z`` undo."""
        event.stop()
        key = letters_of(event.character) if event.character and event.character.isprintable() else event.key
        if event.key in ("down", "up") or key in ("j", "k"):
            self._at = max(0, min(len(self._items) - 1, self._at + (1 if key in ("down", "j") else -1)))
            self._draw()
        elif key == "z":
            self._undo()
        elif self._items:
            self._act(key, self._items[self._at])

    def _undo(self) -> None:
        try:
            self._desk.undo()
        except Stale:
            self.app.bell()
        self._read()

    def _act(self, key: str, item: Item) -> None:
        match key, item:
            case "enter", Preference():
                self._desk.people.confirm(item)
            case "x", Preference() | SpecialDay():
                self._desk.people.forget(item)
            case "e" | "enter", Note():
                self._ask_words(item)
            case "h", Note():
                self._opened ^= {item.id}
        self._read()

    def _ask_words(self, note: Note) -> None:
        def amended(text: str | None) -> None:
            if text is not None:
                self._desk.people.amend(note, text)
                self._read()

        self.app.push_screen(Write(t("kept.amend"), text=note.body), amended)
