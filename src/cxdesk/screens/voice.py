"""Keeping what a customer said: their words, what they are about, and the theme they join."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from textual.app import ComposeResult
from textual.events import Key
from textual.widgets import Input

from cxdesk.desk import Desk
from cxdesk.domain.themes import Suggestion
from cxdesk.domain.voices import SEVERITIES, Said
from cxdesk.domain.words import Topic
from cxdesk.i18n import t
from cxdesk.screens.dialogs import Board, Choose, Dialog
from cxdesk.widgets.lines import Line, paragraph

__all__ = ["Kept", "RecordVoice"]


@dataclass(frozen=True, slots=True)
class Kept:
    """What is to be kept; ``alone`` when it begins a theme of its own whatever it sounds like."""

    said: Said
    alone: bool


class RecordVoice(Dialog[Kept]):
    """The words are there already; Enter keeps them. Arrows go through what the customer said, F2 to F5 put right."""

    def __init__(self, desk: Desk, said: Said, lines: Sequence[str], products: Sequence[str], *, title: str) -> None:
        super().__init__(title)
        self._desk = desk
        self._said = said
        self._lines = lines
        self._products = ("", *(product for product in products if product))
        self._topic_known = said.ticket_id is not None
        self._alone = False
        self._found: Suggestion | None = None
        self._input = Input(said.body, placeholder=t("voices.placeholder"), select_on_focus=False)
        self._input.cursor_blink = False
        self._board = Board()

    def compose(self) -> ComposeResult:
        """The words, and below them what becomes of them."""
        yield self.box(self._input, self._board)

    def on_mount(self) -> None:
        """Ready to correct the words."""
        self._input.focus()
        self._draw()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Other words may belong elsewhere."""
        self._said = replace(self._said, body=event.value.strip())
        if not self._topic_known:
            self._said = replace(self._said, topic=self._desk.voices.topic(self._said.body))
        self._draw()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep them."""
        if self._said.body:
            self.dismiss(Kept(self._said, self._alone))
        else:
            self.app.bell()

    def _draw(self) -> None:
        width = max(20, min(94, self.app.size.width - 6))
        self._found = self._desk.voices.suggestion(self._said) if self._said.body and not self._alone else None
        severity = self._said.severity
        about: Line = (
            ("F2 ", "key"),
            (t(f"topic.{self._said.topic}"), "text"),
            ("  F3 ", "key"),
            (self._said.product or t("voices.no_product"), "text" if self._said.product else "dim"),
            ("  F4 ", "key"),
            ("●" * severity + "○" * (max(SEVERITIES) - severity) + f" {t(f'severity.{SEVERITIES[severity]}')}", "text"),
        )
        self._board.show([about, *self._joins(width), ((t("voices.hint"), "dim"),)])

    def _joins(self, width: int) -> list[Line]:
        """The theme these words join, and which of them say so."""
        if self._found is None:
            return [(("F5 ", "key"), (t("voices.alone" if self._alone else "voices.new_theme"), "dim"))]
        same = " · " + t("voices.same_product") if self._found.same_product else ""
        why = t("voices.because", words=", ".join(self._found.words)) + same
        return [
            (("F5 ", "key"), (t("voices.joins", title=self._found.theme.title), "good")),
            *paragraph(why, "dim", width, indent="   "),
        ]

    def on_key(self, event: Key) -> None:
        """Arrows: another of the customer's lines; F2 topic, F3 product, F4 how serious, F5 a theme of its own."""
        act = {
            "up": lambda: self._other_line(-1),
            "down": lambda: self._other_line(1),
            "f2": self._ask_topic,
            "f3": self._other_product,
            "f4": self._worse,
            "f5": self._part,
        }.get(event.key)
        if act is not None:
            event.stop()
            event.prevent_default()
            act()

    def _other_line(self, by: int) -> None:
        if self._lines:
            at = self._lines.index(self._input.value) if self._input.value in self._lines else -by
            self._input.value = self._lines[(at + by) % len(self._lines)]
            self._input.cursor_position = len(self._input.value)

    def _ask_topic(self) -> None:
        options = [(key, t(f"topic.{one}"), one) for key, one in zip("123456789qw", Topic, strict=True)]
        self.app.push_screen(Choose(t("ask.topic"), options), self._about)

    def _about(self, topic: Topic | None) -> None:
        if topic is not None:
            self._said, self._topic_known = replace(self._said, topic=topic), True
            self._draw()

    def _other_product(self) -> None:
        at = self._products.index(self._said.product) if self._said.product in self._products else 0
        self._said = replace(self._said, product=self._products[(at + 1) % len(self._products)])
        self._draw()

    def _worse(self) -> None:
        self._said = replace(self._said, severity=self._said.severity % max(SEVERITIES) + 1)
        self._draw()

    def _part(self) -> None:
        self._alone = not self._alone
        self._draw()
