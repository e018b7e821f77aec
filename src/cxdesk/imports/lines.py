"""The order line of a row: what was bought, when, for how much, and the key it is found again by."""

from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import NamedTuple, TypeVar

from cxdesk.domain.money import parse_money
from cxdesk.imports.binding import Binding, Reader
from cxdesk.imports.cells import read_quantity, times
from cxdesk.imports.dates import read_moment
from cxdesk.imports.memo import remembering
from cxdesk.imports.occurrences import Occurrences
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
    """Reads the line of each row."""

    def __init__(self, binding: Binding, tz: tzinfo) -> None:
        self._bound = binding
        self._tz = tz
        self._product = binding.reader("purchase.product")
        self._option = binding.reader("purchase.option")
        self._quantity = binding.reader("purchase.quantity")
        self._amount = binding.reader("purchase.amount")
        self._unit_price = binding.reader("purchase.unit_price")
        self._discount = binding.reader("purchase.discount")
        self._ordered_at = binding.reader("purchase.ordered_at")
        self._key_readers = tuple(self._key_reader(field) for field in binding.map.key)
        self._occurrences = Occurrences() if binding.map.occurrence else None
        self._moment = remembering(binding.columns("purchase.ordered_at"), self._read_moment)
        self._paid: dict[str, Callable[[Sequence[str]], tuple[int, int, str]]] = {}

    def read(self, cells: Sequence[str], order_no: str, currency: str, state: str | None) -> Line:
        """The line. Raises ``RowRefused``."""
        product = (self._product and self._product(cells)) or ""
        option = (self._option and self._option(cells)) or ""
        # First, so that equal lines keep their places when one of them is rejected below and mended later.
        key = self._key(cells, order_no)
        paid = self._paid.get(currency) or self._paid_in(currency)
        quantity, amount, currency = paid(cells)
        if quantity < 0 or amount < 0:
            state = "returned"
        return Line(key, order_no, product, option, quantity, amount, currency, self._moment(cells), state)

    def _key_reader(self, field: str) -> Reader | None:
        """What reads a part of the key; ``None`` for the order number, which is read by then."""
        if field == "purchase.order_no":
            return None
        if field in ("purchase.product", "purchase.option"):  # these two may be blank in a key
            read = self._bound.reader(field)
            return lambda cells: (read and read(cells)) or ""
        return self._bound.identifier(field)

    def _key(self, cells: Sequence[str], order_no: str) -> str:
        """The external id: the key fields between ``/``, and from the second of equal lines on its place."""
        parts = [order_no if read is None else read(cells) for read in self._key_readers]
        if None in parts:
            raise self._bound.missing(self._bound.map.key[parts.index(None)])
        key = "/".join(parts)  # type: ignore[arg-type]  # None was just ruled out
        if key.count("/") >= len(parts) or "%" in key:
            key = "/".join(part.replace("%", "%25").replace("/", "%2F") for part in parts if part is not None)
        if self._occurrences is not None and (count := self._occurrences.count(order_no, key)) > 1:
            return f"{key}/{count}"
        return key

    def _paid_in(self, currency: str) -> Callable[[Sequence[str]], tuple[int, int, str]]:
        """What reads (quantity, minor units, currency) where the order is in ``currency``."""
        names = ("quantity", "amount", "unit_price", "discount")
        places = [place for name in names for place in self._bound.columns(f"purchase.{name}")]
        self._paid[currency] = remembering(places, lambda cells: self._read_paid(cells, currency))
        return self._paid[currency]

    def _read_paid(self, cells: Sequence[str], currency: str) -> tuple[int, int, str]:
        said = self._quantity and self._quantity(cells)
        quantity = 1 if said is None else self._try("purchase.quantity", said, read_quantity)
        amount, currency = self._read_amount(cells, quantity, currency)
        if quantity < 0:
            amount = -abs(amount)
        if abs(quantity) > _MOST or abs(amount) > _MOST:
            raise RowRefused("too_large", column=self._bound.name("purchase.amount"), value=str(amount))
        return quantity, amount, currency

    def _read_amount(self, cells: Sequence[str], quantity: int, currency: str) -> tuple[int, str]:
        """The amount of the line, else its pieces at their price, less a discount."""
        cell = self._amount and self._amount(cells)
        if cell is not None:
            return self._try("purchase.amount", cell, lambda text: parse_money(text, currency))
        cell = self._unit_price and self._unit_price(cells)
        if cell is None:
            raise self._bound.missing("purchase.amount" if self._amount else "purchase.unit_price")
        amount, currency = self._try("purchase.unit_price", cell, lambda text: times(text, quantity, currency))
        off = self._discount and self._discount(cells)
        if off is not None:
            less, _ = self._try("purchase.discount", off, lambda text: parse_money(text, currency))
            amount -= abs(less) if quantity > 0 else -abs(less)
        return amount, currency

    def _read_moment(self, cells: Sequence[str]) -> int:
        cell = self._ordered_at and self._ordered_at(cells)
        if cell is None:
            raise self._bound.missing("purchase.ordered_at")
        order = self._bound.map.date_order
        return self._try("purchase.ordered_at", cell, lambda text: read_moment(text, self._tz, order))

    def _try(self, field: str, cell: str, read: Callable[[str], T]) -> T:
        try:
            return read(cell)
        except ValueError as error:
            code = _CODES.get(str(error), "bad_money")
            raise RowRefused(code, column=self._bound.name(field), value=cell) from error
