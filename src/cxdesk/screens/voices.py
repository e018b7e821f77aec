"""The board of voices: what was said, why, what is changed, who was told. On a small screen one column at a time."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.events import Key, Resize
from textual.screen import Screen

from cxdesk.desk import Desk, Fault, Refused
from cxdesk.domain.afterwards import ThemeStage
from cxdesk.domain.voice_views import Board, Card
from cxdesk.hangul.keyboard import letters_of
from cxdesk.i18n import t
from cxdesk.screens.status import status_line
from cxdesk.screens.theme import ThemePage
from cxdesk.widgets.bars import KeyBar, StatusBar, key_line
from cxdesk.widgets.library import LibraryList
from cxdesk.widgets.lines import Line
from cxdesk.widgets.paint import Painted
from cxdesk.widgets.voices import COLUMNS, columns_lines, matrix_lines, tabs_line

__all__ = ["VoiceBoard"]

_WIDE = 116


class VoiceBoard(Screen[str | None]):
    """Answers the id of a ticket to open. Arrows move, Enter opens a theme, ``[`` and ``]`` move it along."""

    DEFAULT_CSS = """
    VoiceBoard { background: $desk-back; layout: vertical; }
    VoiceBoard StatusBar, VoiceBoard KeyBar, VoiceBoard #stages { height: 1; }
    VoiceBoard StatusBar, VoiceBoard KeyBar { background: $desk-bar; }
    VoiceBoard #cards { height: 1fr; padding: 1 0 0 0; }
    """
    AUTO_FOCUS = ""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._board: Board = desk.voices.board()
        self._stage = COLUMNS[0]
        self._rows = dict.fromkeys(COLUMNS, 0)
        self._matrix = False
        self._said = ""
        self.status = StatusBar()
        self.stages = Painted(id="stages")
        self.cards = LibraryList(self._lines, id="cards")
        self.bar = KeyBar()

    def compose(self) -> ComposeResult:
        """Status, stages, cards, keys."""
        yield self.status
        yield self.stages
        yield self.cards
        yield self.bar

    def on_mount(self) -> None:
        """The first stage that has something."""
        self._stage = next((stage for stage in COLUMNS if self._board.columns[stage]), COLUMNS[0])
        self._draw()

    def on_resize(self, event: Resize) -> None:
        """Side by side where there is room."""
        self._draw()

    # -- what is shown

    def read(self) -> None:
        """Weigh everything anew, and stay where the cursor is."""
        self._board = self._desk.voices.board()
        for stage in COLUMNS:
            self._rows[stage] = max(0, min(self._rows[stage], len(self._board.columns[stage]) - 1))
        self._draw()

    def _draw(self) -> None:
        width = self.app.size.width
        self.status.show([status_line(self._desk, width)])
        self.stages.show([tabs_line(self._board, self._stage, width)])
        self.cards.lay_out()
        if self._said:
            self.bar.show([((f" {self._said}", "mark"),)])
            return
        card = self.current
        keys = {"Enter": "open", "]": "on", "[": "back", "1-5": "effort", "m": "matrix", "v": "voice", "z": "undo"}
        possible = {"open": card, "on": card, "back": card, "effort": card}
        hints = [(key, t(f"voices.key.{name}"), bool(possible.get(name, True))) for key, name in keys.items()]
        self.bar.show([key_line([*hints, ("Esc", t("voices.key.leave"), True)], width)])

    def _lines(self, width: int, height: int) -> list[Line]:
        if self._matrix:
            return matrix_lines(self._board.cards, width)
        stages = COLUMNS if width >= _WIDE - 2 else (self._stage,)
        return columns_lines(self._board, stages, (self._stage, self._rows[self._stage]), width, height)

    @property
    def current(self) -> Card | None:
        """The theme under the cursor."""
        column, row = self._board.columns[self._stage], self._rows[self._stage]
        return column[row] if row < len(column) else None

    # -- keys

    def on_key(self, event: Key) -> None:
        """Moving, and what can be done to the theme under the cursor."""
        event.stop()
        event.prevent_default()
        self._said = ""
        key = letters_of(event.character) if event.character and event.character.isprintable() else event.key
        moves: dict[str, Callable[[], None]] = {
            "down": lambda: self._go(1),
            "j": lambda: self._go(1),
            "up": lambda: self._go(-1),
            "k": lambda: self._go(-1),
            "pagedown": lambda: self._go(8),
            "pageup": lambda: self._go(-8),
            "right": lambda: self._turn(1),
            "tab": lambda: self._turn(1),
            "left": lambda: self._turn(-1),
            "shift+tab": lambda: self._turn(-1),
            "m": self._toggle_matrix,
            "z": self._undo,
            "v": self._record,
        }
        if key == "escape":
            self._leave()
        elif key in moves:
            self._carefully(moves[key])
        elif (card := self.current) is not None:
            self._carefully(lambda: self._act(key, card))

    def _carefully(self, act: Callable[[], None]) -> None:
        """Carry something out, or say why it could not be."""
        try:
            with self._desk.reading():
                act()
        except (Refused, Fault) as error:
            family = "refused" if isinstance(error, Refused) else "fault"
            self._said = t(f"{family}.{error.code}", **error.values)
        self._draw()

    def _leave(self) -> None:
        if self._matrix:
            self._toggle_matrix()
            self._draw()
        else:
            self.dismiss(None)

    def _go(self, by: int) -> None:
        column = self._board.columns[self._stage]
        self._rows[self._stage] = max(0, min(len(column) - 1, self._rows[self._stage] + by))

    def _turn(self, by: int) -> None:
        self._stage = COLUMNS[(COLUMNS.index(self._stage) + by) % len(COLUMNS)]

    def _toggle_matrix(self) -> None:
        self._matrix = not self._matrix

    def _act(self, key: str, card: Card) -> None:
        if key == "enter":
            self.app.push_screen(ThemePage(self._desk, card.theme.id), self._back)
        elif key in ("]", "["):
            self._step(card, 1 if key == "]" else -1)
        elif key in tuple("12345"):
            self._desk.voices.rate(card.theme.id, int(key))
            self._follow(card)

    def _step(self, card: Card, by: int) -> None:
        self._desk.voices.step(card.theme.id, by)
        self._follow(card)
        moved = next((one for one in self._board.cards if one.theme.id == card.theme.id), None)
        stage = moved.theme.stage if moved else ThemeStage.DONE
        self._said = t("did.step_theme", title=card.theme.title, stage=t(f"theme.stage.{stage}"))

    def _follow(self, card: Card) -> None:
        """Read anew, with the cursor on the same theme wherever it stands now."""
        self.read()
        for stage in COLUMNS:
            for row, one in enumerate(self._board.columns[stage]):
                if one.theme.id == card.theme.id:
                    self._stage, self._rows[stage] = stage, row

    def _back(self, ticket_id: str | None) -> None:
        """From a theme's page, where anything may have changed."""
        if ticket_id is not None:
            self.dismiss(ticket_id)
        else:
            self.read()

    def _undo(self) -> None:
        inverse = self._desk.undo()
        self.read()
        self._said = t("did.undo", what=t(f"verb.{inverse.verb}")) if inverse else t("cannot.undo_nothing")

    def _record(self) -> None:
        """A voice that came by no ticket."""
        from cxdesk.screens.voice import Kept, RecordVoice

        def kept(answer: Kept | None) -> None:
            if answer is not None:
                theme, _ = self._desk.voices.record(answer.said, theme_id="" if answer.alone else None)
                self.read()
                self._said = t("did.voice", title=theme.title)
                self._draw()

        said = self._desk.voices.said_in(None)
        self.app.push_screen(RecordVoice(self._desk, said, (), (), title=t("voices.record")), kept)
