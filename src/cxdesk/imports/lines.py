"""The order line of a row: what was bought, when, for how much, and the key it is found again by."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from cxdesk.domain.money import parse_money
from cxdesk.imports.binding import Binding, Reader
from cxdesk.imports.cells import read_quantity, times
from cxdesk.imports.memo import remembering
from cxdesk.imports.occurrences import Occurrences
from cxdesk.imports.orders import Order
from cxdesk.imports.reasons import RowRefused

__all__ = ["Line", "Lines"]

_MOST = 2**53
"""Integers beyond this are not read back exactly by every program that may get an export."""

_CODES = {
    "bad_quantity": "bad_quantity",
    "ambiguous": "ambiguous_money",
    "unknown_currency": "unknown_currency",
}

T = TypeVar("T")


def _escaped(part: str) -> str:
    """A part of a key without the mark that stands between parts."""
    return part.replace("%", "%25").replace("/", "%2F") if "/" in part or "%" in part else part


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


class _Goods(NamedTuple):
    """What was bought, and what stands before and after the order's number in the key of the line."""

    product: str
    option: str
    before: str
    after: str


class Lines:
    """Reads the line of each row."""

    def __init__(self, binding: Binding) -> None:
        self._bound = binding
        self._quantity = binding.reader("purchase.quantity")
        self._amount = binding.reader("purchase.amount")
        self._unit_price = binding.reader("purchase.unit_price")
        self._discount = binding.reader("purchase.discount")
        self._occurrences = Occurrences() if binding.map.occurrence else None
        self._paid: dict[str, Callable[[Sequence[str]], tuple[int, int, str]]] = {}
        key = binding.map.key
        self._numbered = "purchase.order_no" in key
        place = key.index("purchase.order_no") if self._numbered else len(key)
        self._before, self._after = key[:place], key[place + 1 :]
        self._readers = {field: self._key_reader(field) for field in (*self._before, *self._after)}
        self._product, self._option = self._key_reader("purchase.product"), self._key_reader("purchase.option")
        fields = {*binding.map.key, "purchase.product", "purchase.option"} - {"purchase.order_no"}
        places = (place for field in sorted(fields) for place in binding.columns(field))
        self._goods = remembering(tuple(places), self._read_goods)

    def read(self, cells: Sequence[str], order: Order) -> Line:
        """The line. Raises ``RowRefused``."""
        number, _, currency, state, _, ordered_at, refused = order
        product, option, before, after = self._goods(cells)
        key = f"{before}{_escaped(number)}{after}" if self._numbered else before
        # First, so that equal lines keep their places when one of them is rejected below and mended later.
        if self._occurrences is not None and (count := self._occurrences.count(number, key)) > 1:
            key = f"{key}/{count}"
        quantity, amount, currency = (self._paid.get(currency) or self._paid_in(currency))(cells)
        if refused is not None:
            raise refused.with_traceback(None)  # it is remembered, and would remember every place it was raised at
        if quantity < 0 or amount < 0:
            state = "returned"
        return Line(key, number, product, option, quantity, amount, currency, ordered_at, state)

    def _key_reader(self, field: str) -> Reader:
        """What reads a part of the key."""
        if field in ("purchase.product", "purchase.option"):  # these two may be blank in a key
            read = self._bound.reader(field)
            return lambda cells: (read and read(cells)) or ""
        return self._bound.identifier(field)

    def _read_goods(self, cells: Sequence[str]) -> _Goods:
        """With the key: its fields between ``/``; from the second of equal lines on comes its place."""
        before, after = ([self._part(field, cells) for field in fields] for fields in (self._before, self._after))
        return _Goods(
            self._product(cells) or "",
            self._option(cells) or "",
            "".join(f"{part}/" for part in before) if self._numbered else "/".join(before),
            "".join(f"/{part}" for part in after),
        )

    def _part(self, field: str, cells: Sequence[str]) -> str:
        part = self._readers[field](cells)
        if part is None:
            raise self._bound.missing(field)
        return _escaped(part)

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

    def _try(self, field: str, cell: str, read: Callable[[str], T]) -> T:
        try:
            return read(cell)
        except ValueError as error:
            code = _CODES.get(str(error), "bad_money")
            raise RowRefused(code, column=self._bound.name(field), value=cell) from error
