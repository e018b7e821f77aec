"""A column map laid over the header of one file: which cell is which field."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from cxdesk.domain.inert import LINE_LIMIT, inert, inert_line
from cxdesk.domain.money import parse_money
from cxdesk.imports.cells import given, unfloated
from cxdesk.imports.fields import CUSTOMER_FIELDS
from cxdesk.imports.header import columns_by_name, find_column, is_private, normal, stripped
from cxdesk.imports.maps import ColumnMap, StateRule, checked, keyed
from cxdesk.imports.memo import remembering
from cxdesk.imports.private import SHORTEST, scrubbed, scrubbed_id
from cxdesk.imports.reasons import Remark, RowRefused

__all__ = ["Binding", "Reader"]

Reader = Callable[[Sequence[str]], str | None]

_NAMES = ("customer.name", "customer.given_name", "customer.family_name")
_FREE_TEXT = (*_NAMES, "customer.address", "purchase.product", "purchase.option", "note")
_CURRENCY = re.compile(r"[(\[]([A-Z]{3})[)\]]\s*\Z")
_REPEATING = ("purchase.product", "purchase.option")
_CONTACTS = ("customer.phone", "customer.email", "customer.address")
_CONTACTS_LIMIT = 4_000
"""A cell of telephones or addresses may hold a dozen of them."""


class Binding:
    """``places``: field → columns, the first filled one wins. ``joined``: field → columns to write together."""

    def __init__(self, map_: ColumnMap, header: Sequence[str]) -> None:
        self.width = len(header)
        self.header = tuple(inert_line(name) for name in header)
        self.private = frozenset(
            place for place, name in enumerate(header) if is_private(name) or _named(name, map_.drop)
        )
        names = columns_by_name(header)
        self.places = {field: self._found(names, known) for field, known in map_.columns.items()}
        self.joined = {field: self._found(names, known) for field, known in map_.join.items()}
        present = {field for places in (self.places, self.joined) for field, found in places.items() if found}
        self.map = _narrowed(map_, present)
        self.states: list[tuple[int, StateRule]] = [
            (found[0], rule) for rule in map_.states if (found := self._found(names, (rule.column,)))
        ]
        self.same_person = [found[0] for name in map_.same_person if (found := self._found(names, (name,)))]
        by_field = (self.places.get(field, ()) + self.joined.get(field, ()) for field in CUSTOMER_FIELDS)
        self.person = (*(place for found in by_field for place in found), *self.same_person)
        self.private_numbers = 0
        self._notes = frozenset(self.columns("note"))
        self._contacts = frozenset(place for name in _CONTACTS for place in self.columns(name))
        self.used = (
            frozenset(place for found in (*self.places.values(), *self.joined.values()) for place in found)
            | {place for place, _ in self.states}
            | set(self.same_person)
        )

    def _found(self, names: dict[str, int], known: Sequence[str]) -> tuple[int, ...]:
        found = (find_column(names, name) for name in known)
        return tuple(dict.fromkeys(p for p in found if p is not None and p not in self.private))

    @property
    def currency(self) -> str:
        """The currency that the column of amounts names behind its own name, ``상품구매금액(USD)``; '' for none."""
        for field in ("purchase.amount", "purchase.unit_price"):
            for place in self.columns(field):
                named = _CURRENCY.search(self.header[place])
                if named and _is_currency(named[1]):
                    return named[1]
        return ""

    def name(self, field: str) -> str:
        """The column a field is read from, as the file spells it; the field itself when there is none."""
        found = self.places.get(field) or self.joined.get(field)
        return self.header[found[0]] if found else field

    def reader(self, field: str) -> Reader | None:
        """What reads a field from a row: the first column that says anything, joined columns as one text.

        ``None`` when the file has no column for it. Made once per file, for it runs once per cell.
        """
        read = self._raw_reader(field)
        if read is None or field not in _FREE_TEXT:
            return read
        return remembering(self.columns(field), self._scrubbing(read)) if field in _REPEATING else self._scrubbing(read)

    def _scrubbing(self, read: Reader) -> Reader:
        def safe(cells: Sequence[str]) -> str | None:
            text = read(cells)
            return None if text is None else self.scrubbed(text, scrubbed)

        return safe

    def scrubbed(self, text: str, scrub: Callable[[str], str]) -> str:
        """The text without numbers that must not be kept; that there was one is reported in the end."""
        safe = scrub(text)
        self.private_numbers += safe != text
        return safe

    def _raw_reader(self, field: str) -> Reader | None:
        places, joined = self.places.get(field, ()), self.joined.get(field, ())
        if not places and not joined:
            return None
        if len(places) == 1 and not joined:
            return _one(places[0])

        def first(cells: Sequence[str]) -> str | None:
            for place in places:
                if (text := given(cells[place])) is not None:
                    return text
            parts = [text for place in joined if (text := given(cells[place])) is not None]
            if not parts:
                return None
            return inert(" ".join(parts)) if field == "note" else inert_line(" ".join(parts))

        return first

    def identifier(self, field: str) -> Reader:
        """What reads an id from a row. Ids are never cut: two that differ at their ends would become one.

        The reader raises ``RowRefused`` ``too_long``.
        """
        read = self.reader(field)
        if read is None:
            return lambda cells: None

        places = self.columns(field)
        only = places[0] if len(places) == 1 else None

        def whole(cells: Sequence[str]) -> str | None:
            if only is not None and cells[only].isdecimal() and len(cells[only]) < LINE_LIMIT:
                return cells[only]
            text = read(cells)
            if text is None:
                return None
            if len(text) >= LINE_LIMIT:
                raise RowRefused("too_long", column=self.name(field), limit=LINE_LIMIT)
            if text[-2:] == ".0":
                return unfloated(text)
            return text if len(text) < SHORTEST else self.scrubbed(text, scrubbed_id)

        return whole

    def missing(self, field: str) -> RowRefused:
        """The complaint that a row says nothing for a field it must fill."""
        return RowRefused("missing", column=self.name(field))

    def columns(self, field: str) -> tuple[int, ...]:
        """Every column a field may be read from."""
        return self.places.get(field, ()) + self.joined.get(field, ())

    def cleaned(self, cells: Sequence[str]) -> Sequence[str]:
        """The cells that are read, made safe; the others as they are, for nobody looks at them."""
        text = "".join(cells)
        if text.isascii() and text.isprintable() and len(text) < LINE_LIMIT:
            return cells
        return [self._safe(place, cell) if place in self.used else cell for place, cell in enumerate(cells)]

    def _safe(self, place: int, cell: str) -> str:
        """One line, unless it is a note."""
        if place in self._notes:
            return inert(cell)
        return inert_line(cell, _CONTACTS_LIMIT if place in self._contacts else LINE_LIMIT)

    def without_private(self, cells: Sequence[str]) -> tuple[str, ...]:
        """The cells of a rejected row; what must not be kept is not kept there either."""
        if self.private and len(cells) != self.width:  # which cell is which is not known
            return ()
        return tuple("" if place in self.private else scrubbed(cell) for place, cell in enumerate(cells))

    def remarks(self) -> list[Remark]:
        """What is not read, and what is read though two columns claim it."""
        notes = [Remark("dropped_column", {"column": self.header[place]}) for place in sorted(self.private)]
        if self.private_numbers:
            notes.append(Remark("dropped_number", {"count": self.private_numbers}))
        spelt = [normal(name) for name in self.header]
        for place, name in enumerate(self.header):
            if not name or place in self.private:
                continue
            if place in self.used:
                if spelt.count(spelt[place]) > 1:
                    notes.append(Remark("double_column", {"column": name}))
            else:
                notes.append(Remark("unused_column", {"column": name}))
        return notes


def _one(place: int) -> Reader:
    def one(cells: Sequence[str]) -> str | None:
        cell = cells[place]
        # Most cells are one plain word: those need neither trimming nor a second look.
        return cell if cell.isdecimal() else given(cell)

    return one


def _is_currency(code: str) -> bool:
    try:
        return parse_money(f"1 {code}", "KRW")[1] == code
    except ValueError:
        return False


def _named(name: str, names: Sequence[str]) -> bool:
    return any(normal(name) == normal(other) or stripped(name) == stripped(other) for other in names)


def _narrowed(map_: ColumnMap, present: set[str]) -> ColumnMap:
    """The map without the fields this file has no column for. Raises ``ImportRefused`` ``map_incomplete``."""
    columns = {field: names for field, names in map_.columns.items() if field in present}
    join = {field: names for field, names in map_.join.items() if field in present}
    return keyed(checked(replace(map_, columns=columns, join=join)))
