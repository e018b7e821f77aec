"""What the lines of one order share: its number, who ordered, in which currency, when, and how far it has come."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import NamedTuple

from cxdesk.imports.binding import Binding
from cxdesk.imports.memo import remembering
from cxdesk.imports.moments import moments
from cxdesk.imports.people import People, Person
from cxdesk.imports.reasons import RowRefused
from cxdesk.imports.states import States

__all__ = ["Order", "Orders"]


class Order(NamedTuple):
    """``unknown`` is what was said instead of a state, ``refused`` why there is no ``ordered_at``."""

    number: str
    person: Person | None
    currency: str
    state: str | None
    unknown: str | None
    ordered_at: int
    refused: RowRefused | None


class Orders:
    """Reads the order of each row. Its rows stand together and say the same again and again: that is read once."""

    def __init__(self, binding: Binding, people: People, currency: str, tz: tzinfo) -> None:
        self._bound = binding
        self._people = people
        self._states = States(binding)
        self._default_currency = currency
        self._number = binding.identifier("purchase.order_no")
        self._currency = binding.reader("purchase.currency")
        self._ordered_at = moments(binding, "purchase.ordered_at", tz)
        places = (*binding.columns("purchase.order_no"), *binding.person, *binding.columns("purchase.currency"))
        states = (place for place, _ in binding.states)
        places = (*places, *states, *binding.columns("purchase.ordered_at"))
        self._remembered = remembering(tuple(dict.fromkeys(places)), self._read)
        self._continues = binding.map.continues
        self._latest: Order | None = None

    def read(self, cells: Sequence[str]) -> Order:
        """The order of a row. Raises ``RowRefused`` when it cannot be told which one that is."""
        if not self._continues:
            return self._remembered(cells)
        if self._latest is None or self._latest.number != self._number(cells):
            self._latest = self._remembered(cells)
        return self._latest

    def _read(self, cells: Sequence[str]) -> Order:
        number = self._number(cells)
        if number is None:
            raise self._bound.missing("purchase.order_no")
        person = self._people.read(cells)
        currency = (self._currency and self._currency(cells)) or self._default_currency
        ordered_at, refused = self._moment(cells)
        return Order(number, person, currency, *self._states.read(cells), ordered_at, refused)

    def _moment(self, cells: Sequence[str]) -> tuple[int, RowRefused | None]:
        """When it was ordered, or why that cannot be told: a line is counted in its order before it is refused."""
        try:
            ordered_at = self._ordered_at(cells)
        except RowRefused as refused:
            return 0, refused
        return (0, self._bound.missing("purchase.ordered_at")) if ordered_at is None else (ordered_at, None)
