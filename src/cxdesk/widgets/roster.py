"""The list of customers: a million rows or ten, of which only the blocks in sight are ever read.

The list is known by its fences, the first key of every block. Until they have been walked, which takes a thread a
moment in a large shop, the first block is the list.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Protocol

from textual.events import Click
from textual.message import Message
from textual.strip import Strip

from cxdesk.domain import moments, money
from cxdesk.domain.roster import Listed, Sort
from cxdesk.i18n import language, t
from cxdesk.widgets.lines import Line, column, fit
from cxdesk.widgets.paint import Painted
from cxdesk.widgets.privacy import masked, shared_text, sharing, shown_name

__all__ = ["Blocks", "Fence", "RosterList", "roster_head", "roster_line"]

Fence = tuple[int | str, ...]
_KEPT = 24
"""Blocks kept after they have gone out of sight."""


class Blocks(Protocol):
    """Where rows come from."""

    def block(self, sort: Sort, start: Fence | None) -> Sequence[Listed]:
        """The rows of a block, from its fence or from the top."""
        ...


def roster_line(listed: Listed, now: int, width: int, *, phone: str | None = None, why: str = "") -> Line:
    """One row: name, segment, last contact, spend and telephone, masked unless ``phone`` is given; what it was found
    by at the end."""
    bought = listed.standing.summary
    seen = moments.ago(listed.seen_at, now, language()) if listed.seen_at else "–"
    spent = money.format_money(bought.spent, bought.currency, language()) if bought.orders else "–"
    number = phone or (masked("phone", listed.phone) if listed.phone else "")
    segment = listed.standing.segment
    wide = width >= 100
    name, gap = (18, "  ") if wide else (12, " ")
    return fit(
        (
            (column(shown_name(listed.name), name) + gap, "strong"),
            (column(t(f"segment.{segment}"), 12) + gap, "accent" if segment == "vip" else "text"),
            (column(seen, 15 if wide else 13) + gap, "text"),
            (column(spent, 13, right=True) + gap, "text"),
            (column(number, 14), "warn" if phone else "dim"),
            (f"{gap}{shared_text(why)}" if why else "", "quote"),
        ),
        width,
    )


def roster_head(sort: Sort | None, width: int) -> Line:
    """The names of the columns; the one the list is ordered by is marked."""
    wide = width >= 100
    name, gap = (18, "  ") if wide else (12, " ")

    def title(key: str, size: int, by: Sort | None = None, *, right: bool = False) -> tuple[str, str]:
        mark = ("▲" if by is Sort.NAME else "▼") if by is not None and by is sort else ""
        return column(t(f"roster.{key}") + mark, size, right=right) + gap, "key" if mark else "dim"

    return fit(
        (
            (" ", "dim"),
            title("name", name, Sort.NAME),
            title("segment", 12),
            title("seen", 15 if wide else 13, Sort.SEEN),
            title("spent", 13, Sort.SPENT, right=True),
            title("phone", 14),
        ),
        width,
    )


class RosterList(Painted):
    """Rows with a cursor; everybody in an order, or the few that a search found."""

    class Opened(Message):
        """A row was clicked; the cursor is on it."""

    def __init__(self, blocks: Blocks, step: int, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._blocks = blocks
        self._step = step
        self._cache: OrderedDict[int, Sequence[Listed]] = OrderedDict()
        self._fences: Sequence[Fence | None] = (None,)
        self._total = 0
        self._found: Sequence[Listed] | None = None
        self._why: Mapping[str, str] = {}
        self._at = 0
        self._bare: dict[str, str] = {}
        self.sort = Sort.SEEN
        self.whole = False
        self._to_end = False
        self.now = 0

    @property
    def block_size(self) -> int:
        """Rows of a whole block."""
        return self._step

    # -- what is shown

    def begin(self, sort: Sort, now: int) -> None:
        """Show everybody in this order, from the top; the first block only, until ``fenced`` brings the others."""
        self.sort, self.now = sort, now
        self._cache.clear()
        self._fences, self._found, self._why = (None,), None, {}
        self._at, self.whole, self._to_end = 0, False, False
        self._total = len(self._block(0))
        self._reset()

    def fenced(self, fences: Sequence[Fence], total: int) -> None:
        """The whole list is known now; the cursor stays where it is."""
        self._cache.clear()
        self._fences, self._total, self.whole = fences or (None,), total, True
        if self._found is None:
            self.grow(total)
            self.refresh()
            self.go(total - 1 if self._to_end else self._at)

    def show_found(self, found: Sequence[Listed], why: Mapping[str, str]) -> None:
        """Show the people a search found instead of everybody."""
        self._found, self._why, self._at = found, why, 0
        self._reset()

    def show_all(self) -> None:
        """Back from what was found to everybody."""
        if self._found is not None:
            self._found, self._why, self._at = None, {}, 0
            self._reset()

    def forget(self) -> None:
        """Something was changed: read the rows in sight again."""
        self._cache.clear()
        self.refresh()

    def unmask(self, numbers: Mapping[str, str]) -> None:
        """Show these people's telephone numbers whole, by id, and nobody else's."""
        self._bare = dict(numbers)
        self.refresh()

    def _reset(self) -> None:
        self.grow(self.count)
        self.scroll_to_row(0)
        self.refresh()

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._total if self._found is None else len(self._found)

    @property
    def place(self) -> int:
        """The row the cursor is on, from 0."""
        return self._at

    @property
    def current(self) -> Listed | None:
        """The person under the cursor."""
        return self.row(self._at)

    def row(self, index: int) -> Listed | None:
        """The person in a row, read now if it is not at hand."""
        if self._found is not None:
            return self._found[index] if 0 <= index < len(self._found) else None
        if not 0 <= index < self._total:
            return None
        at, within = divmod(index, self._step)
        rows = self._block(at)
        return rows[within] if within < len(rows) else None

    def _block(self, at: int) -> Sequence[Listed]:
        if at not in self._cache:
            start = self._fences[at] if at < len(self._fences) else None
            self._cache[at] = self._blocks.block(self.sort, start)
            while len(self._cache) > _KEPT:
                self._cache.popitem(last=False)
        self._cache.move_to_end(at)
        return self._cache[at]

    # -- moving

    def move(self, by: int) -> None:
        """Move the cursor by so many rows; it stops at both ends."""
        self.go(self._at + by)

    def page(self, by: int) -> None:
        """Move by so many screens."""
        self.move(by * max(1, self.size.height - 1))

    def end(self) -> None:
        """Put the cursor on the last row; of a list that is not walked yet, once it is."""
        self._to_end = not self.whole and self._found is None
        self.go(self.count - 1)

    def go(self, index: int) -> None:
        """Put the cursor on a row."""
        index = max(0, min(self.count - 1, index))
        old, self._at = self._at, index
        top, height = self.scroll_offset.y, max(1, self.size.height)
        if not top <= index < top + height:
            # Half a page at a time: many cheap moves and one full paint instead of a full paint a move.
            self.scroll_to_row(index - height // 2)
            self.refresh()
        else:
            self.repaint((old, index))

    def on_click(self, event: Click) -> None:
        """Open who was clicked."""
        index = event.y + self.scroll_offset.y
        if index < self.count:
            self.go(index)
            self.post_message(self.Opened())

    # -- painting

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        index = y + self.scroll_offset.y
        listed = self.row(index)
        if listed is None:
            return self.edged(self.strip(()), y)
        here = index == self._at
        phone = None if sharing() else self._bare.get(listed.customer_id)
        width = self.size.width - 2
        line = roster_line(listed, self.now, width, phone=phone, why=self._why.get(listed.customer_id, ""))
        return self.edged(self.strip((("▌" if here else " ", "accent"), *line), cursor=here), y)
