"""A first guess at the columns of a file no map knows, for a person to confirm.

Names decide; where they say nothing the cells do, for what can be told from cells: telephones and e-mail addresses.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cxdesk.hangul.phone import read_phone
from cxdesk.imports.cells import read_email
from cxdesk.imports.dates import day_order
from cxdesk.imports.fields import CUSTOMER_FIELDS, FIELDS, PURCHASE_FIELDS, REQUIRED
from cxdesk.imports.header import columns_by_name, find_column, is_private
from cxdesk.imports.synonyms import synonyms

__all__ = ["Mapping", "suggest"]

_MOST_CELLS = 0.8


@dataclass(frozen=True, slots=True)
class Mapping:
    """Pairs for ``maps.from_pairs``; ``missing`` are the fields somebody still has to point out.

    ``date_order`` is what the sample gives away about dates with the year last.
    """

    pairs: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    date_order: str = ""

    def field_of(self, column: str) -> str | None:
        """The field guessed for a column."""
        return next((field for name, field in self.pairs if name == column), None)


def suggest(header: Sequence[str], sample: Sequence[Sequence[str]]) -> Mapping:
    """The likeliest field of each column; a column is one field at most, and one that must not be kept is none."""
    places = columns_by_name(header)
    taken: dict[int, str] = {}
    for field in FIELDS:
        for name in synonyms().columns.get(field, ()):
            place = find_column(places, name)
            if place is not None and place not in taken and not is_private(header[place]):
                taken[place] = field
                break
    _by_cells(header, sample, taken)
    _prefer_line_amounts(taken)
    dates = [place for place, field in taken.items() if field == "purchase.ordered_at"]
    order = day_order([row[place] for place in dates for row in sample if place < len(row)])
    pairs = tuple((header[place], field) for place, field in sorted(taken.items()))
    return Mapping(pairs, _missing(frozenset(taken.values())), order)


def _by_cells(header: Sequence[str], sample: Sequence[Sequence[str]], taken: dict[int, str]) -> None:
    for field, fits in (
        ("customer.email", lambda cell: read_email(cell) is not None),
        ("customer.phone", lambda cell: (phone := read_phone(cell)) is not None and phone.kind == "mobile"),
    ):
        for place, name in enumerate(header):
            if field in taken.values() or place in taken or is_private(name):
                continue
            cells = [row[place] for row in sample if place < len(row) and row[place].strip()]
            if cells and sum(map(fits, cells)) >= _MOST_CELLS * len(cells):
                taken[place] = field


def _prefer_line_amounts(taken: dict[int, str]) -> None:
    """Where a file has both, the price apiece is left alone: the amount says what was paid."""
    if "purchase.amount" in taken.values():
        for place in [place for place, field in taken.items() if field == "purchase.unit_price"]:
            del taken[place]


def _missing(found: frozenset[str]) -> tuple[str, ...]:
    if found & set(PURCHASE_FIELDS):
        return tuple(group[0] for group in REQUIRED if not found & set(group))
    return () if found & set(CUSTOMER_FIELDS) else ("customer.name",)
