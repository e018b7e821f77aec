"""One queue for many desks: how things stand, who is here, what two desks wrote differently, what was refused."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.events import Key

from cxdesk.desk import Desk, Refused
from cxdesk.desk.syncing import LOCKED
from cxdesk.desk.whose import whose
from cxdesk.domain.afterwards import Conflict
from cxdesk.domain.together import RefusedOp
from cxdesk.hangul.keyboard import letters_of
from cxdesk.i18n import t
from cxdesk.screens.desks import Desks
from cxdesk.screens.dialogs import Board, Dialog, Write
from cxdesk.screens.settle import Settle, Settled
from cxdesk.widgets.lines import Line, column
from cxdesk.widgets.privacy import shown_name
from cxdesk.widgets.together import conflict_line, refused_lines, standing_lines

__all__ = ["CONNECT", "DISCONNECT", "Together"]

CONNECT, DISCONNECT = "connect", "disconnect"
"""Answers that ask for something else to be opened; every other answer is the id of a ticket."""


class Together(Dialog[str]):
    """A board that stays open while one entry after the other is settled."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("together.title"))
        self._desk = desk
        self._board = Board()
        self._at = 0
        self._entries: Sequence[Conflict | RefusedOp] = ()
        self._said = ""

    def compose(self) -> ComposeResult:
        """One board."""
        yield self.box(self._board)

    def on_mount(self) -> None:
        """Read, and look at how things stand once a second while it is open."""
        self._read()
        self.set_interval(1, self._read)

    def _read(self) -> None:
        syncing = self._desk.syncing
        self._entries = (*syncing.conflicts(), *syncing.attention())
        self._at = max(0, min(self._at, len(self._entries) - 1))
        self._draw()

    # -- seeing

    def _draw(self) -> None:
        width = max(30, min(96, self.app.size.width - 6))
        head = [*standing_lines(self._desk.syncing.status(), self._desk.zone, self._desk.clock(), width), *self._team()]
        rows: list[Line] = []
        for place, entry in enumerate(self._entries):
            mark = ("▌" if place == self._at else " ", "accent")
            rows += [(mark, *line) for line in self._entry(entry, width - 1)]
        room = max(4, self.app.size.height - len(head) - 7)
        here = next((i for i, line in enumerate(rows) if line[0][0] == "▌"), 0)
        top = max(0, min(here - room // 2, len(rows) - room))
        nothing: Line = ((t("together.no_entries"), "dim"),)
        foot: Line = ((self._said, "mark"),) if self._said else ((t(f"together.hint.{self._kind()}"), "dim"),)
        self._board.show([*head, (), *(rows[top : top + room] or [nothing]), foot])

    def _kind(self) -> str:
        if not self._desk.store.shared:
            return "alone"
        if self._desk.syncing.status().detail == LOCKED:
            return "locked"
        return "entries" if self._entries else "shared"

    def _team(self) -> list[Line]:
        """Who is on duty and who is in a contact; how many wait."""
        duties = [duty for duty in self._desk.read.duties() if duty.shift is not None and duty.shift.state != "off"]
        counts = self._desk.read.counts()
        waiting = t("together.waiting", n=counts.get("waiting", 0), active=counts.get("active", 0))
        lines: list[Line] = [((waiting, "text"),)]
        for duty in duties:
            state = "busy" if duty.busy else duty.shift.state if duty.shift else "off"
            lines.append(((column(f"  {duty.agent.name}", 20), "strong"), (t(f"together.duty.{state}"), "dim")))
        return lines

    def _entry(self, entry: Conflict | RefusedOp, width: int) -> list[Line]:
        name = whose(self._desk, entry.ent, entry.ent_id).name
        if isinstance(entry, Conflict):
            return [conflict_line(entry, name or t("customer.unknown"), width)]
        about = shown_name(name) if name else t("customer.unknown")
        return refused_lines(entry, about, self._desk.zone, self._desk.clock(), width)

    # -- acting

    def on_key(self, event: Key) -> None:
        """``j`` ``k`` move, Enter settles or opens, ``e`` takes a refused entry off the list, ``y`` copies its words,
        ``s`` syncs, ``d`` lists the desks, ``c`` connects, ``x`` leaves the shared queue."""
        event.stop()
        self._said = ""
        key = letters_of(event.character) if event.character and event.character.isprintable() else event.key
        if event.key in ("down", "up") or key in ("j", "k"):
            self._at += 1 if key in ("down", "j") else -1
        elif key == "c" and not self._desk.store.shared:
            self.dismiss(CONNECT)
            return
        elif key == "x" and self._desk.store.shared:
            self.dismiss(DISCONNECT)
            return
        elif key == "d" and self._desk.store.shared:
            self.app.push_screen(Desks(self._desk))
            return
        elif key == "s":
            self._desk.syncing.retry()
        elif key == "p" and self._desk.syncing.status().detail == LOCKED:
            self.app.push_screen(Write(t("ask.passphrase_again"), secret=True), self._unlock)
            return
        elif self._entries:
            self._act(key, self._entries[self._at])
        self._read()

    def _unlock(self, passphrase: str | None) -> None:
        if passphrase is None:
            return
        if self._desk.syncing.secrets.unlock(passphrase):
            self._desk.syncing.retry()
        else:
            self._said = t("together.wrong_passphrase")
        self._draw()

    def _act(self, key: str, entry: Conflict | RefusedOp) -> None:
        if isinstance(entry, Conflict):
            if key == "enter":
                self.app.push_screen(Settle(self._desk, entry), lambda settled: self._settle(entry, settled))
        elif key == "enter" and (ticket := whose(self._desk, entry.ent, entry.ent_id).ticket_id):
            self.dismiss(ticket)
        elif key == "e":
            self._desk.syncing.looked_at(entry)
        elif key == "y":
            self._copy(entry)

    def _copy(self, entry: RefusedOp) -> None:
        from cxdesk.screens.clipboard import copy
        from cxdesk.widgets.together import written

        if words := written(entry.f):
            self._said = t(f"did.copied_{copy(self.app, words)}")

    def _settle(self, conflict: Conflict, settled: Settled | None) -> None:
        if settled is None:
            return
        try:
            self._desk.syncing.resolve(conflict.id, settled.choice, settled.value)
        except Refused as refusal:
            self._said = t(f"refused.{refusal.code}", **refusal.values)
        self._read()
