"""One row of a file to the facts it states: who bought, what was bought, what to remember.

A row is taken whole or rejected with a reason; nothing in it is guessed, moved or cut where cutting would change it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import NamedTuple

from cxdesk.imports.binding import Binding
from cxdesk.imports.dates import zone
from cxdesk.imports.lines import Line, Lines
from cxdesk.imports.moments import moments
from cxdesk.imports.orders import Orders
from cxdesk.imports.people import People, Person
from cxdesk.imports.private import scrubbed
from cxdesk.imports.reasons import Reject, Remark, RowRefused, Spoilt

__all__ = ["Converter", "Defaults", "Staged"]


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the shop means when a file does not say: its currency and its wall clock."""

    currency: str
    tz: tzinfo


class Staged(NamedTuple):
    """A row that can be taken."""

    row: int
    person: Person | None
    line: Line | None
    note: str | None
    note_at: int | None = None


class Converter:
    """Reads the rows of one file in order; of an order written over several rows it remembers what the first said."""

    def __init__(self, binding: Binding, defaults: Defaults) -> None:
        self._bound = binding
        self._width = binding.width
        self._sells = binding.map.has_purchases
        tz = zone(binding.map.time_zone) if binding.map.time_zone else defaults.tz
        self._people = People(binding)
        self._orders = Orders(binding, self._people, binding.currency or binding.map.currency or defaults.currency, tz)
        self._lines = Lines(binding)
        self._note = binding.reader("note")
        self._note_at = moments(binding, "note.at", tz)
        self._unknown_states: Counter[str] = Counter()

    def read(self, row: int, cells: Sequence[str]) -> Staged | Reject:
        """The facts of a row, or why it is not taken."""
        if len(cells) != self._width:
            if isinstance(cells, Spoilt):
                return Reject(row, cells.code, cells.values, ())
            values = {"expected": self._width, "found": len(cells)}
            return Reject(row, "wrong_width", values, self._bound.without_private(cells))
        try:
            return self._staged(row, self._bound.cleaned(cells))
        except RowRefused as wrong:
            said = {name: scrubbed(value) if isinstance(value, str) else value for name, value in wrong.values.items()}
            return Reject(row, wrong.code, said, self._bound.without_private(cells))

    def remarks(self) -> list[Remark]:
        """What was seen on the way that its owner should know."""
        found = [
            Remark("unknown_state", {"value": scrubbed(value), "count": count})
            for value, count in sorted(self._unknown_states.items())
        ]
        unusable = (("unusable_phone", self._people.unusable_phones), ("unusable_email", self._people.unusable_emails))
        return found + [Remark(code, {"count": count}) for code, count in unusable if count]

    def _staged(self, row: int, cells: Sequence[str]) -> Staged:
        note = self._note and self._note(cells)
        note_at = None if note is None else self._note_at(cells)
        if not self._sells:
            person = self._people.read(cells)
            if person is None:
                raise RowRefused("nobody")
            return Staged(row, person, None, note, note_at)
        order = self._orders.read(cells)
        if order.unknown is not None:
            self._unknown_states[order.unknown] += 1
        return Staged(row, order.person, self._lines.read(cells, order), note, note_at)
