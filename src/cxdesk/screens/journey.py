"""One person's way from first hearing of the shop to recommending it."""

from textual.app import ComposeResult
from textual.events import Key, Resize

from cxdesk.desk import Desk
from cxdesk.domain.memory import Memory
from cxdesk.hangul.keyboard import letters_of
from cxdesk.i18n import t
from cxdesk.screens.dialogs import Board, Dialog
from cxdesk.widgets.journey import person_lines, rule_lines
from cxdesk.widgets.lines import Line
from cxdesk.widgets.privacy import shown_name

__all__ = ["PersonJourney"]


class PersonJourney(Dialog[None]):
    """A list to read; ``l`` shows the rules of the stages."""

    def __init__(self, desk: Desk, memory: Memory) -> None:
        super().__init__(t("journey.title", name=shown_name(memory.customer.name)))
        self._desk = desk
        self._passages = desk.insights.person(memory.customer.id)
        self._board = Board()
        self._top = 0
        self._ruled = False

    def compose(self) -> ComposeResult:
        """One board."""
        yield self.box(self._board)

    def on_mount(self) -> None:
        """Draw."""
        self._draw()

    def on_resize(self, event: Resize) -> None:
        """Another width."""
        self._draw()

    def on_key(self, event: Key) -> None:
        """Arrows scroll, ``l`` turns to the rules and back."""
        event.stop()
        key = letters_of(event.character) if event.character and event.character.isprintable() else event.key
        steps = {"j": 1, "down": 1, "k": -1, "up": -1, "pagedown": 10, "pageup": -10}
        if key in steps:
            self._top += steps[key]
        elif key == "l":
            self._ruled, self._top = not self._ruled, 0
        elif key in ("q", "g"):
            self.dismiss(None)
            return
        self._draw()

    def _draw(self) -> None:
        width = max(40, min(96, self.app.size.width - 6))
        rows = max(3, self.app.size.height - 7)
        lines = self._lines(width)
        self._top = max(0, min(self._top, len(lines) - rows))
        hint: Line = ((f"{t('journey.hint')} · l {t('insights.key.formulas')}", "dim"),)
        self._board.show([*lines[self._top : self._top + rows], (), hint])

    def _lines(self, width: int) -> list[Line]:
        if self._ruled:
            return rule_lines(width)
        return person_lines(self._passages, self._desk.zone, self._desk.clock(), width)
