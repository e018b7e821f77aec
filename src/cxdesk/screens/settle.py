"""Two values for one field, side by side: keep the one that stands, take the other, or write a third."""

from typing import NamedTuple

from textual.app import ComposeResult
from textual.events import Key

from cxdesk.desk import Desk
from cxdesk.desk.syncing import Choice
from cxdesk.desk.whose import agent_name, whose
from cxdesk.domain import moments
from cxdesk.domain.afterwards import Conflict
from cxdesk.hangul.keyboard import letters_of
from cxdesk.i18n import language, t
from cxdesk.screens.dialogs import Board, Dialog, Write
from cxdesk.widgets.lines import Line, column
from cxdesk.widgets.privacy import shown_name
from cxdesk.widgets.together import label_of, sides

__all__ = ["Settle", "Settled"]

_WRITABLE = frozenset({"name", "address", "value", "subject"})
"""Fields whose value somebody can write; the others are words of the program."""


class Settled(NamedTuple):
    """What counts from now on."""

    choice: Choice
    value: str | None = None


class Settle(Dialog[Settled]):
    """Who wrote what, when and where."""

    def __init__(self, desk: Desk, conflict: Conflict) -> None:
        super().__init__(t("settle.title", field=label_of(conflict.ent, conflict.field)))
        self._desk = desk
        self._conflict = conflict
        self._board = Board()

    def compose(self) -> ComposeResult:
        """One board."""
        yield self.box(self._board)

    def on_mount(self) -> None:
        """Both values and what can be done."""
        conflict = self._conflict
        who = whose(self._desk, conflict.ent, conflict.ent_id).name
        winner, loser = sides(conflict)
        hint = "settle.hint" if conflict.field in _WRITABLE else "settle.hint_two"
        self._board.show(
            [
                ((shown_name(who) if who else t("customer.unknown"), "strong"),),
                (),
                *self._side("a", winner, conflict.winner_by, conflict.winner_dev, conflict.winner_at),
                *self._side("b", loser, conflict.loser_by, conflict.loser_dev, conflict.loser_at),
                ((t(hint), "dim"),),
            ]
        )

    def _side(self, key: str, value: str, agent: str | None, device: str, at: int) -> list[Line]:
        member = self._desk.syncing.membership
        name = agent_name(self._desk, agent) or t("settle.somebody")
        desk = t("settle.here") if member is not None and member.device == device else t("settle.elsewhere")
        when = moments.when(at, self._desk.zone, language(), self._desk.clock())
        stands = t("settle.stands") if key == "a" else ""
        return [
            ((column(key, 3), "key"), (value, "strong"), (f"  {stands}", "good")),
            ((f"   {name} · {desk} · {when}", "dim"),),
        ]

    def on_key(self, event: Key) -> None:
        """``a``, ``b``, or ``n`` to write another value."""
        event.stop()
        key = letters_of(event.character) if event.character and event.character.isprintable() else event.key
        if key == "a":
            self.dismiss(Settled("winner"))
        elif key == "b":
            self.dismiss(Settled("loser"))
        elif key == "n" and self._conflict.field in _WRITABLE:
            self.app.push_screen(Write(t("settle.new")), self._written)

    def _written(self, text: str | None) -> None:
        if text is not None:
            self.dismiss(Settled("new", text))
