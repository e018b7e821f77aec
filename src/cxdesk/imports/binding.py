"""A column map laid over the header of one file: which cell is which field."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from cxdesk.domain.inert import LINE_LIMIT, inert_line
from cxdesk.imports.cells import given, unfloated
from cxdesk.imports.fields import CUSTOMER_FIELDS
from cxdesk.imports.header import columns_by_name, find_column, is_private, normal, stripped
from cxdesk.imports.maps import ColumnMap, StateRule, checked
from cxdesk.imports.reasons import Remark, RowRefused

__all__ = ["Binding", "Reader"]

Reader = Callable[[Sequence[str]], str | None]


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
        self.person = tuple(dict.fromkeys([*(place for found in by_field for place in found), *self.same_person]))
        self.used = (
            frozenset(place for found in (*self.places.values(), *self.joined.values()) for place in found)
            | {place for place, _ in self.states}
            | set(self.same_person)
        )

    def _found(self, names: dict[str, int], known: Sequence[str]) -> tuple[int, ...]:
        found = (find_column(names, name) for name in known)
        return tuple(dict.fromkeys(p for p in found if p is not None and p not in self.private))

    def name(self, field: str) -> str:
        """The column a field is read from, as the file spells it; the field itself when there is none."""
        found = self.places.get(field) or self.joined.get(field)
        return self.header[found[0]] if found else field

    def reader(self, field: str) -> Reader | None:
        """What reads a field from a row: the first column that says anything, joined columns as one text.

        ``None`` when the file has no column for it. Made once per file, for it runs once per cell.
        """
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
            return inert_line(" ".join(parts)) if parts else None

        return first

    def text(self, cells: Sequence[str], field: str) -> str | None:
        """The field of one row, where it is not read often enough to keep a reader."""
        read = self.reader(field)
        return None if read is None else read(cells)

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
            return unfloated(text) if text[-2:] == ".0" else text

        return whole

    def missing(self, field: str) -> RowRefused:
        """The complaint that a row says nothing for a field it must fill."""
        return RowRefused("missing", column=self.name(field))

    def columns(self, field: str) -> tuple[int, ...]:
        """Every column a field may be read from."""
        return self.places.get(field, ()) + self.joined.get(field, ())

    def cleaned(self, cells: Sequence[str]) -> Sequence[str]:
        """The cells that are read, each as one safe line; the others as they are, for nobody looks at them."""
        text = "".join(cells)
        if text.isascii() and text.isprintable() and len(text) < LINE_LIMIT:
            return cells
        return [inert_line(cell) if place in self.used else cell for place, cell in enumerate(cells)]

    def without_private(self, cells: Sequence[str]) -> tuple[str, ...]:
        """The cells of a rejected row; what must not be kept is not kept there either."""
        if not self.private:
            return tuple(cells)
        if len(cells) != self.width:  # which cell is which is not known
            return ()
        return tuple("" if place in self.private else cell for place, cell in enumerate(cells))

    def remarks(self) -> list[Remark]:
        """What is not read, and what is read though two columns claim it."""
        notes = [Remark("dropped_column", {"column": self.header[place]}) for place in sorted(self.private)]
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


def _named(name: str, names: Sequence[str]) -> bool:
    return any(normal(name) == normal(other) or stripped(name) == stripped(other) for other in names)


def _narrowed(map_: ColumnMap, present: set[str]) -> ColumnMap:
    """The map without the fields this file has no column for. Raises ``ImportRefused`` ``map_incomplete``."""
    columns = {field: names for field, names in map_.columns.items() if field in present}
    join = {field: names for field, names in map_.join.items() if field in present}
    return checked(replace(map_, columns=columns, join=join))
