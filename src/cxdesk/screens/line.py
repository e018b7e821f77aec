"""Writing one line: its words, whom it is for, and how it will sound."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.events import Key
from textual.widgets import TextArea

from cxdesk.desk.lines import faults
from cxdesk.domain.words import Emotion, Segment, Topic
from cxdesk.empathy.library import Form
from cxdesk.empathy.library import Line as Script
from cxdesk.i18n import t
from cxdesk.screens.dialogs import Board, Choose, Dialog
from cxdesk.widgets.library import for_whom
from cxdesk.widgets.lines import Line, paragraph

__all__ = ["EditLine"]

W = TypeVar("W", bound=StrEnum)


class EditLine(Dialog[Script]):
    """Answers the line as it was written; nothing is kept yet. ``fill`` says a line to the customer on screen."""

    DEFAULT_CSS = """
    EditLine TextArea {
        height: 5; border: none; padding: 0; background: $desk-bar; color: $desk-strong;
        scrollbar-size-vertical: 1;
    }
    EditLine TextArea:focus { border: none; }
    EditLine .text-area--cursor-line { background: $desk-bar; }
    """
    BINDINGS: ClassVar = [Binding("ctrl+s,f12", "keep", show=False, priority=True)]

    def __init__(self, line: Script, fill: Callable[[Script], str | None]) -> None:
        super().__init__(t("lines.edit", id=line.id))
        self._line, self._fill = line, fill
        self._text = TextArea(line.text, soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
        self._text.cursor_blink = False
        self._board = Board()

    def compose(self) -> ComposeResult:
        """The words, and below them what becomes of them."""
        frame = Vertical(self._text, self._board)
        frame.border_title = self._title.replace("[", "\\[")
        yield frame

    def on_mount(self) -> None:
        """Ready to write at the end."""
        self._text.focus()
        self._text.move_cursor(self._text.document.end)
        self._draw()

    def on_text_area_changed(self) -> None:
        """Say it again while it is written."""
        self._line = replace(self._line, text=self._text.text)
        self._draw()

    def _draw(self) -> None:
        width = max(20, min(94, self.app.size.width - 6))
        lines: list[Line] = [((for_whom(self._line), "accent"),)]
        wrong = faults(self._line) if self._line.text.strip() else ()
        if wrong:
            problem = wrong[0]
            lines += paragraph(t("lines.wrong", reason=problem.code, detail=problem.detail), "warn", width)
        elif said := self._fill(self._line):
            lines += paragraph(said, "ours", width)[:5]
        self._board.show([*lines, ((t("lines.edit_hint"), "dim"),)])

    def action_keep(self) -> None:
        """Answer the line, unless it could never be said."""
        if self._line.text.strip() and not faults(self._line):
            self.dismiss(self._line)
        else:
            self.app.bell()

    def on_key(self, event: Key) -> None:
        """Whom the line is for; the same choice again takes it away."""
        ask = {"f2": self._ask_emotion, "f3": self._ask_topic, "f4": self._ask_segment, "f5": self._ask_form}
        if event.key in ask:
            event.stop()
            event.prevent_default()
            ask[event.key]()

    def _ask_emotion(self) -> None:
        options = [(str(n), t(f"emotion.{one}"), one) for n, one in enumerate(Emotion, 1)]
        self.app.push_screen(
            Choose(t("lines.emotion"), options),
            lambda one: self._changed(replace(self._line, emotions=_toggled(self._line.emotions, one))),
        )

    def _ask_topic(self) -> None:
        options = [(key, t(f"topic.{one}"), one) for key, one in zip("123456789ab", Topic, strict=True)]
        self.app.push_screen(
            Choose(t("lines.topic"), options),
            lambda one: self._changed(replace(self._line, topics=_toggled(self._line.topics, one))),
        )

    def _ask_segment(self) -> None:
        options = [(str(n), t(f"segment.{one}"), one) for n, one in enumerate(Segment, 1)]
        self.app.push_screen(
            Choose(t("lines.segment"), options),
            lambda one: self._changed(replace(self._line, segments=_toggled(self._line.segments, one))),
        )

    def _ask_form(self) -> None:
        options = [(str(n), t(f"form.{one}"), one) for n, one in enumerate(Form, 1)]
        self.app.push_screen(Choose(t("lines.form"), options), self._formed)

    def _formed(self, form: Form | None) -> None:
        if form is not None:
            self._changed(replace(self._line, form=None if self._line.form is form else form))

    def _changed(self, line: Script) -> None:
        self._line = line
        self._draw()


def _toggled(words: frozenset[W], word: W | None) -> frozenset[W]:
    """Without the word if it is there, with it if it is not; as they were when nothing was chosen."""
    return words if word is None else words ^ {word}
