"""People who could be in the file twice: the list of them, and two of them side by side with a survivor per field."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.events import Key

from cxdesk.desk import Desk
from cxdesk.domain.likeness import Likeness, Names, Pair, fuller
from cxdesk.domain.memory import Memory
from cxdesk.domain.merging import FIELDS
from cxdesk.i18n import t
from cxdesk.screens.dialogs import Board, Dialog
from cxdesk.widgets.lines import Line, column, fit, paragraph
from cxdesk.widgets.merging import reasons_line, side_by_side
from cxdesk.widgets.privacy import shown_name

__all__ = ["Decision", "Duplicates", "SideBySide"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about two entries: one person, whose right fields are taken from the merged one; or two."""

    survivor_id: str
    merged_id: str
    take: frozenset[str] = frozenset()
    apart: bool = False


class Duplicates(Dialog[Pair]):
    """Answers the pair to look at. The customer at hand comes first; the rest of the file is gone through meanwhile."""

    def __init__(self, desk: Desk, at_hand: Memory | None = None) -> None:
        super().__init__(t("duplicates.title"))
        self._desk = desk
        self._board = Board()
        self._at = 0
        self._searching = True
        self._found: Sequence[Pair] = ()
        if at_hand is not None:
            self._found = tuple(Pair(at_hand.customer, likeness) for likeness in desk.merging.alike(at_hand))

    def compose(self) -> ComposeResult:
        """One list."""
        yield self.box(self._board)

    def on_mount(self) -> None:
        """Show who is at hand, and go through the file on a thread."""
        self._draw()
        self.run_worker(self._search(), exit_on_error=False)

    async def _search(self) -> None:
        pairs = await asyncio.to_thread(self._read)
        known = {_ids(pair) for pair in self._found}
        self._found = (*self._found, *(pair for pair in pairs if _ids(pair) not in known))
        self._searching = False
        self._draw()

    def _read(self) -> tuple[Pair, ...]:
        reader = self._desk.store.reader()
        try:
            return self._desk.merging.pairs(reader=reader)
        finally:
            reader.close()

    def _draw(self) -> None:
        rows = max(3, self.app.size.height - 6)
        top = max(0, min(self._at - rows // 2, len(self._found) - rows))
        lines: list[Line] = [
            (("▌" if top + i == self._at else " ", "accent"), *_pair_line(pair))
            for i, pair in enumerate(self._found[top : top + rows])
        ]
        if self._searching:
            lines.append(((t("duplicates.searching"), "dim"),))
        elif not self._found:
            lines.append(((t("duplicates.none"), "dim"),))
        self._board.show([*lines, ((t("duplicates.hint"), "dim"),)])

    def on_key(self, event: Key) -> None:
        """Arrows choose, Enter looks."""
        event.stop()
        step = {"down": 1, "up": -1, "pagedown": 8, "pageup": -8}.get(event.key)
        if step is not None:
            self._at = max(0, min(len(self._found) - 1, self._at + step))
            self._draw()
        elif event.key == "enter" and self._at < len(self._found):
            self.dismiss(self._found[self._at])


def _ids(pair: Pair) -> frozenset[str]:
    return frozenset((pair.one.id, pair.likeness.other.id))


def _pair_line(pair: Pair) -> Line:
    role = "good" if pair.likeness.surety > 1 else "warn"
    names = f"{shown_name(pair.one.name)} = {shown_name(pair.likeness.other.name)}"
    return (
        (column(names, 34), "strong"),
        (column(" " + t(f"surety.{pair.likeness.surety.name.lower()}"), 11), role),
        *reasons_line(pair.likeness),
    )


class SideBySide(Dialog[Decision]):
    """Two entries beside each other; the left one stays. Answers what was decided, with one key each."""

    DEFAULT_CSS = "SideBySide > Vertical { max-width: 110; }"

    def __init__(self, desk: Desk, one: Memory, other: Memory, likeness: Likeness | None = None) -> None:
        super().__init__(t("merging.title"))
        self._board = Board()
        self._likeness = likeness
        self._desk = desk
        self._sides = (one, other) if _stands(one) >= _stands(other) else (other, one)
        self._take: set[str] = set()
        self._at = 0
        self._decide()

    def _decide(self) -> None:
        """What is right on which side, before anybody has said so."""
        self._take = set(fuller(self._sides[0].customer, self._sides[1].customer))

    @property
    def _differing(self) -> list[str]:
        """The fields there is something to decide about."""
        left, right = (side.customer for side in self._sides)
        return [name for name in FIELDS if getattr(left, name) != getattr(right, name)]

    def compose(self) -> ComposeResult:
        """The two columns."""
        yield self.box(self._board)

    def on_mount(self) -> None:
        """Show them."""
        self._draw()

    def _draw(self) -> None:
        differing = self._differing
        at = differing[self._at] if self._at < len(differing) else None
        width = max(40, min(106, self.app.size.width - 6))
        lines: list[Line] = []
        if self._likeness is not None:
            lines += [fit(reasons_line(self._likeness), width), ()]
            if self._likeness.names is Names.DIFFERENT:
                lines.insert(1, ((t("merging.names_differ"), "warn"),))
        lines += side_by_side(*self._sides, frozenset(self._take), at, self._desk.clock(), width)
        self._board.show([*lines, (), *paragraph(t("merging.hint"), "dim", width)])

    def on_key(self, event: Key) -> None:
        """↑↓ the field, ←→ the right side of it, ``x`` exchanges who stays, Enter merges, ``d`` says they are two."""
        from cxdesk.hangul.keyboard import letters_of

        event.stop()
        key = letters_of(event.character) if event.character and event.character.isprintable() else event.key
        differing = self._differing
        if event.key in ("down", "up") and differing:
            self._at = (self._at + (1 if event.key == "down" else -1)) % len(differing)
        elif event.key in ("left", "right", "space", "tab") and differing:
            name = differing[self._at]
            take = event.key == "right" or (event.key != "left" and name not in self._take)
            self._take = self._take | {name} if take else self._take - {name}
        elif key == "x":
            self._sides = (self._sides[1], self._sides[0])
            self._take = {name for name in differing if name not in self._take}
        elif event.key == "enter":
            self.dismiss(self._decision(apart=False))
            return
        elif key == "d":
            self.dismiss(self._decision(apart=True))
            return
        self._draw()

    def _decision(self, *, apart: bool) -> Decision:
        left, right = (side.customer.id for side in self._sides)
        return Decision(left, right, frozenset() if apart else frozenset(self._take), apart)


def _stands(memory: Memory) -> tuple[int, int]:
    """Who of two should stay: who bought more often, then who was there first."""
    return memory.standing.summary.orders, -memory.customer.created_at
