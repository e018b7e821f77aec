"""One row of a file to the facts it states: who bought, what was bought, what to remember.

A row is taken whole or rejected with a reason; nothing in it is guessed, moved or cut where cutting would change it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import NamedTuple

from cxdesk.imports.binding import Binding
from cxdesk.imports.dates import zone
from cxdesk.imports.lines import Line, Lines
from cxdesk.imports.people import People, Person
from cxdesk.imports.reasons import Reject, Remark, RowRefused
from cxdesk.imports.states import States

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


class Converter:
    """Reads the rows of one file in order; of an order written over several rows it remembers what the first said."""

    def __init__(self, binding: Binding, defaults: Defaults) -> None:
        self._bound = binding
        self._width = binding.width
        self._sells = binding.map.has_purchases
        self._continues = binding.map.continues
        self._default_currency = binding.map.currency or defaults.currency
        self._people = People(binding)
        self._states = States(binding)
        self._lines = Lines(binding, zone(binding.map.time_zone) if binding.map.time_zone else defaults.tz)
        self._note = binding.reader("note")
        self._order_no = binding.identifier("purchase.order_no")
        self._currency = binding.reader("purchase.currency")
        self._order: tuple[str, Person | None, str, str | None] | None = None

    def read(self, row: int, cells: Sequence[str]) -> Staged | Reject:
        """The facts of a row, or why it is not taken."""
        if len(cells) != self._width:
            values = {"expected": self._width, "found": len(cells)}
            return Reject(row, "wrong_width", values, self._bound.without_private(cells))
        try:
            return self._staged(row, self._bound.cleaned(cells))
        except RowRefused as wrong:
            return Reject(row, wrong.code, wrong.values, self._bound.without_private(cells))

    def remarks(self) -> list[Remark]:
        """What was seen on the way that its owner should know."""
        found = [
            Remark("unknown_state", {"value": value, "count": count})
            for value, count in sorted(self._states.unknown.items())
        ]
        unusable = (("unusable_phone", self._people.unusable_phones), ("unusable_email", self._people.unusable_emails))
        return found + [Remark(code, {"count": count}) for code, count in unusable if count]

    def _staged(self, row: int, cells: Sequence[str]) -> Staged:
        note = self._note and self._note(cells)
        if not self._sells:
            person = self._people.read(cells)
            if person is None:
                raise RowRefused("nobody")
            return Staged(row, person, None, note)
        order_no = self._order_no(cells)
        if order_no is None:
            raise self._bound.missing("purchase.order_no")
        if self._continues and self._order is not None and self._order[0] == order_no:
            _, person, currency, state = self._order
        else:
            person = self._people.read(cells)
            currency = (self._currency and self._currency(cells)) or self._default_currency
            state = self._states.read(cells)
            self._order = (order_no, person, currency, state)
        return Staged(row, person, self._lines.read(cells, order_no, currency, state), note)
