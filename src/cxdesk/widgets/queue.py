"""The queue: a list of any length that holds only the rows in sight."""

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from textual.events import Click
from textual.message import Message
from textual.strip import Strip

from cxdesk.domain.views import Estimate, QueueRow, Section, Sections
from cxdesk.i18n import t
from cxdesk.widgets.lines import Line, paragraph
from cxdesk.widgets.paint import Painted
from cxdesk.widgets.rows import heading, queue_line

__all__ = ["QueueList", "Rows"]

_KEPT = 512


class Rows(Protocol):
    """Where rows come from."""

    def rows(self, ids: Iterable[str]) -> dict[str, QueueRow]:
        """The rows of these tickets."""
        ...


class QueueList(Painted):
    """Tickets by section with a cursor that stays on its ticket, whatever happens around it."""

    @dataclass
    class Opened(Message):
        """A row was clicked; the cursor is on it."""

        ticket_id: str

    def __init__(self, rows: Rows, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows = rows
        self._cache: OrderedDict[str, QueueRow] = OrderedDict()
        self._order: list[str | tuple[Section, int]] = []
        self._keys: list[str] = []
        self._index: dict[str, int] = {}
        self._painted: dict[int, Line] = {}
        self._cursor: str | None = None
        self.marked: set[str] = set()
        self.waiting = 0
        self._in_hand = True
        self.estimates: Mapping[str, Estimate] = {}
        self.now = 0

    # -- what is shown

    def place(self, sections: Sections, now: int) -> None:
        """Show these sections. The cursor stays on its ticket, or goes to the nearest one left."""
        before = self._index.get(self._cursor or "", 0)
        self._order = []
        self.waiting = sum(len(ids) for section, ids in sections if section in (Section.LATE, Section.WAITING))
        for section, ids in sections:
            self._order += [(section, len(ids)), *ids]
        self._keys = [entry for entry in self._order if isinstance(entry, str)]
        self._index = {entry: i for i, entry in enumerate(self._order) if isinstance(entry, str)}
        self.marked &= self._index.keys()
        self.now = now
        if self._cursor not in self._index:
            self._cursor = self._nearest(before)
        self.grow(len(self._order))
        self._cache.clear()
        self._repaint_changed()

    def forget(self, ids: Iterable[str]) -> None:
        """These tickets changed: read them again when they are in sight."""
        for key in ids:
            self._cache.pop(key, None)
        self._repaint_changed()

    def tick(self, now: int, estimates: Mapping[str, Estimate] | None = None) -> None:
        """Time has passed; only rows that read differently are painted."""
        self.now = now
        if estimates is not None:
            self.estimates = estimates
        self._repaint_changed()

    @property
    def current(self) -> str | None:
        """The ticket under the cursor."""
        return self._cursor

    @property
    def chosen(self) -> list[str]:
        """The marked tickets in the order shown, or the one under the cursor."""
        if self.marked:
            return sorted(self.marked, key=self._index.__getitem__)
        return [self._cursor] if self._cursor else []

    def row(self, key: str) -> QueueRow | None:
        """A ticket's row, read now if it is not at hand."""
        if key not in self._cache:
            self._read([key])
        return self._cache.get(key)

    # -- moving

    def go(self, key: str) -> None:
        """Put the cursor on a ticket, if it is in the list."""
        if key in self._index:
            self._put(key)

    def move(self, by: int) -> None:
        """Move the cursor by so many tickets; it stops at both ends."""
        if self._keys:
            at = bisect_left(self._keys, self._index.get(self._cursor or "", 0), key=self._index.__getitem__)
            self._put(self._keys[max(0, min(len(self._keys) - 1, at + by))])

    def page(self, by: int) -> None:
        """Move by so many screens."""
        self.move(by * max(1, self.size.height - 2))

    def toggle_mark(self) -> None:
        """Mark the row under the cursor and go to the next one."""
        if self._cursor:
            self.marked ^= {self._cursor}
            self._repaint_changed()
            self.move(1)

    def unmark(self) -> bool:
        """Forget all marks; whether there were any."""
        had = bool(self.marked)
        self.marked.clear()
        self._repaint_changed()
        return had

    def _put(self, key: str) -> None:
        old, self._cursor = self._cursor, key
        index = self._index[key]
        top, height = self.scroll_offset.y, max(1, self.size.height)
        if index < top or index >= top + height:
            # Half a page at a time: many cheap moves and one full paint instead of a full paint a move.
            self.scroll_to_row(index - height // 2)
            self._painted.clear()
            self.refresh()
        else:
            if index <= 1 and top:
                self.scroll_to_row(0)
            self.repaint([i for i in (self._index.get(old or "", -1), index) if i >= 0])

    def _nearest(self, index: int) -> str | None:
        """The ticket now at or just above where the cursor was."""
        if not self._keys:
            return None
        at = bisect_left(self._keys, index, key=self._index.__getitem__)
        return self._keys[min(at, len(self._keys) - 1)]

    def on_click(self, event: Click) -> None:
        """Open what was clicked."""
        index = event.y + self.scroll_offset.y
        if index < len(self._order) and isinstance(key := self._order[index], str):
            self._put(key)
            self.post_message(self.Opened(key))

    # -- painting

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        index = y + self.scroll_offset.y
        if not self._order:
            lines = paragraph(t("queue.empty"), "dim", self.size.width - 2, indent=" ")
            return self.strip(lines[y] if y < len(lines) else ())
        line = self._line(index)
        self._painted[index] = line
        here = index < len(self._order) and self._order[index] == self._cursor
        return self.edged(self.strip(line, cursor=here), y)

    def _line(self, index: int) -> Line:
        if index >= len(self._order):
            return ()
        entry, width = self._order[index], self.size.width
        if not isinstance(entry, str):
            return heading(*entry, width - 1)
        if entry not in self._cache:
            self._read(self._in_sight(index))
        row = self._cache.get(entry)
        if row is None:
            return ()
        bar = (("▌" if entry == self._cursor and self._in_hand else " ", "accent"),)
        estimate = self.estimates.get(entry)
        return bar + queue_line(row, estimate, self.now, width - 1, marked=entry in self.marked)

    def _in_sight(self, index: int) -> list[str]:
        top = max(0, min(index, self.scroll_offset.y))
        bottom = max(index + 1, top + max(1, self.size.height) * 2)
        return [entry for entry in self._order[top:bottom] if isinstance(entry, str) and entry not in self._cache]

    def _read(self, keys: list[str]) -> None:
        self._cache |= self._rows.rows(keys)
        while len(self._cache) > _KEPT:
            self._cache.popitem(last=False)

    def _repaint_changed(self) -> None:
        top = self.scroll_offset.y
        sight = range(top, top + self.size.height)
        if not self._order or len(self._painted) == 0:
            self.refresh()
            return
        changed = [i for i in sight if self._painted.get(i) != self._line(i)]
        self.repaint(changed)

    def hold(self, in_hand: bool) -> None:
        """Whether keys go to the list; the bar at its cursor shows it."""
        if in_hand == self._in_hand:
            return
        self._in_hand = in_hand
        self.repaint([self._index[self._cursor]] if self._cursor in self._index else ())
