"""A first guess at the columns of a file no map knows, for a person to confirm.

Names decide; where they say nothing the cells do, for what can be told from cells: telephones and e-mail addresses.
"""

import re
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
# A code of ten digits is a telephone number only if a spreadsheet ate the zero of one people still have.
_TELEPHONE = re.compile(r"\s*['(]?(?:\+|0|10\d{8}\s*\Z)|.*\d-\d")

# The surnames of 97 in 100 Koreans (census of 2015).
_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민나진지엄채원천방공현함변염"
)


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
        ("customer.phone", _is_mobile),
        ("customer.name", _is_korean_name),
    ):
        for place, name in enumerate(header):
            if field in taken.values() or place in taken or is_private(name):
                continue
            cells = [row[place] for row in sample if place < len(row) and row[place].strip()]
            if cells and sum(map(fits, cells)) >= _MOST_CELLS * len(cells):
                taken[place] = field


def _is_mobile(cell: str) -> bool:
    phone = read_phone(cell)
    return phone is not None and phone.kind == "mobile" and _TELEPHONE.match(cell) is not None


def _is_korean_name(cell: str) -> bool:
    """Two to four syllables that begin with a surname; ``_MOST_CELLS`` of a column of towns or goods do not."""
    name = cell.strip()
    return 2 <= len(name) <= 4 and all("가" <= char <= "힣" for char in name) and name[0] in _SURNAMES


def _prefer_line_amounts(taken: dict[int, str]) -> None:
    """Where a file has both, the price apiece is left alone: the amount says what was paid."""
    if "purchase.amount" in taken.values():
        for place in [place for place, field in taken.items() if field == "purchase.unit_price"]:
            del taken[place]


def _missing(found: frozenset[str]) -> tuple[str, ...]:
    if found & set(PURCHASE_FIELDS):
        return tuple(group[0] for group in REQUIRED if not found & set(group))
    return () if found & set(CUSTOMER_FIELDS) else ("customer.name",)
