"""The order line of a row: what was bought, when, for how much, and the key it is found again by."""

from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import NamedTuple, TypeVar

from cxdesk.domain.money import parse_money
from cxdesk.imports.binding import Binding, Reader
from cxdesk.imports.cells import read_quantity, times
from cxdesk.imports.dates import read_moment
from cxdesk.imports.occurrences import Occurrences
from cxdesk.imports.people import remember
from cxdesk.imports.reasons import RowRefused

__all__ = ["Line", "Lines"]

_MOST = 2**53
"""Integers beyond this are not read back exactly by every program that may get an export."""

_CODES = {
    "bad_date": "bad_date",
    "ambiguous_date": "ambiguous_date",
    "bad_quantity": "bad_quantity",
    "ambiguous": "ambiguous_money",
    "unknown_currency": "unknown_currency",
}

T = TypeVar("T")


class Line(NamedTuple):
    """An order line. ``state`` is ``None`` when the file does not say."""

    external_id: str
    order_no: str
    product: str
    option: str
    quantity: int
    amount: int
    currency: str
    ordered_at: int
    state: str | None


class Lines:
    """Reads the line of each row. Prices and days repeat, so what was read of them is remembered."""

    def __init__(self, binding: Binding, tz: tzinfo) -> None:
        self._bound = binding
        self._tz = tz
        self._date_order = binding.map.date_order
        self._product = binding.reader("purchase.product")
        self._option = binding.reader("purchase.option")
        self._quantity = binding.reader("purchase.quantity")
        self._amount = binding.reader("purchase.amount")
        self._unit_price = binding.reader("purchase.unit_price")
        self._discount = binding.reader("purchase.discount")
        self._ordered_at = binding.reader("purchase.ordered_at")
        self._key_fields = tuple(self._key_reader(field) for field in binding.map.key)
        self._occurrences = Occurrences() if binding.map.occurrence else None
        self._moments: dict[str, int] = {}
        self._amounts: dict[tuple[str, int, str], tuple[int, str]] = {}

    def read(self, cells: Sequence[str], order_no: str, currency: str, state: str | None) -> Line:
        """The line. Raises ``RowRefused``."""
        product = (self._product and self._product(cells)) or ""
        option = (self._option and self._option(cells)) or ""
        # First, so that equal lines keep their places when one of them is rejected below and mended later.
        key = self._key(cells, order_no, product, option)
        said = self._quantity and self._quantity(cells)
        quantity = 1 if said is None else self._try("purchase.quantity", said, read_quantity)
        amount, currency = self._paid(cells, quantity, currency)
        if quantity < 0:
            amount = -abs(amount)
        if quantity < 0 or amount < 0:
            state = "returned"
        if abs(quantity) > _MOST or abs(amount) > _MOST:
            raise RowRefused("too_large", column=self._bound.name("purchase.amount"), value=str(amount))
        return Line(key, order_no, product, option, quantity, amount, currency, self._moment(cells), state)

    def _key_reader(self, field: str) -> tuple[str, Reader]:
        return field, self._bound.identifier(field)

    def _key(self, cells: Sequence[str], order_no: str, product: str, option: str) -> str:
        """The external id: the key fields between ``/``, and from the second of equal lines on its place."""
        parts = []
        for field, read in self._key_fields:
            match field:
                case "purchase.order_no":
                    part: str | None = order_no
                case "purchase.product":
                    part = product
                case "purchase.option":
                    part = option
                case _:
                    part = read(cells)
            if part is None:
                raise self._bound.missing(field)
            parts.append(part.replace("%", "%25").replace("/", "%2F") if "/" in part or "%" in part else part)
        key = "/".join(parts)
        if self._occurrences is not None and (count := self._occurrences.count(order_no, key)) > 1:
            return f"{key}/{count}"
        return key

    def _paid(self, cells: Sequence[str], quantity: int, currency: str) -> tuple[int, str]:
        """(Minor units, currency): the amount of the line, else its pieces at their price, less a discount."""
        cell = self._amount and self._amount(cells)
        if cell is not None:
            return self._try("purchase.amount", cell, lambda text: parse_money(text, currency))
        cell = self._unit_price and self._unit_price(cells)
        if cell is None:
            raise self._bound.missing("purchase.amount" if self._amount else "purchase.unit_price")
        amount, currency = self._priced(cell, quantity, currency)
        off = self._discount and self._discount(cells)
        if off is not None:
            less, _ = self._try("purchase.discount", off, lambda text: parse_money(text, currency))
            amount -= abs(less) if quantity > 0 else -abs(less)
        return amount, currency

    def _priced(self, cell: str, quantity: int, currency: str) -> tuple[int, str]:
        said = (cell, quantity, currency)
        known = self._amounts.get(said)
        if known is None:
            known = self._try("purchase.unit_price", cell, lambda text: times(text, quantity, currency))
            remember(self._amounts, said, known)
        return known

    def _moment(self, cells: Sequence[str]) -> int:
        cell = self._ordered_at and self._ordered_at(cells)
        if cell is None:
            raise self._bound.missing("purchase.ordered_at")
        known = self._moments.get(cell)
        if known is None:
            order = self._date_order
            known = self._try("purchase.ordered_at", cell, lambda text: read_moment(text, self._tz, order))
            remember(self._moments, cell, known)
        return known

    def _try(self, field: str, cell: str, read: Callable[[str], T]) -> T:
        try:
            return read(cell)
        except ValueError as error:
            code = _CODES.get(str(error), "bad_money")
            raise RowRefused(code, column=self._bound.name(field), value=cell) from error
