"""Rows that hold a whole order: columns ``line_item_1`` … ``line_item_n``, each with one line packed as
``name:Mug|quantity:2|total:20.00``. They become a row a line, with a column for every part a map asks for.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cxdesk.imports.maps import ColumnMap
from cxdesk.imports.reasons import Spoilt
from cxdesk.imports.table import Table

__all__ = ["unpacked"]

_PART = re.compile(r"\|(?=[A-Za-z_]+:)")


def unpacked(table: Table, map_: ColumnMap) -> Table:
    """The table with every packed line in a row of its own, under the number of the row it stood in.

    The table itself when the map knows of no packed columns. A part ``name`` of the columns ``line_item_…`` is the
    column ``line_item.name``.
    """
    if not map_.unpack:
        return table
    unpack = _Unpack(table.header, map_)
    place = table.header_row - table.first
    above, below = table.head[:place], table.head[place + 1 :]
    shown = tuple(tuple(part) for row in below for part in unpack(row))
    return replace(table, head=(*above, (*table.header, *unpack.added), *shown), spread=unpack)


class _Unpack:
    """Makes the rows of one file."""

    def __init__(self, header: Sequence[str], map_: ColumnMap) -> None:
        numbered = re.compile(re.escape(map_.unpack) + r"_\d+", re.IGNORECASE)
        self._width = len(header)
        self._places = [place for place, name in enumerate(header) if numbered.fullmatch(name.strip())]
        wanted = (name for names in map_.columns.values() for name in names if name.startswith(map_.unpack + "."))
        self.added = tuple(dict.fromkeys(wanted))
        self._names = [name.partition(".")[2] for name in self.added]

    def __call__(self, cells: Sequence[str]) -> Iterator[list[str]]:
        """A row a line; one without, for an order that has none."""
        if len(cells) != self._width:
            yield Spoilt("wrong_width", expected=self._width, found=len(cells))
            return
        packed = [cells[place] for place in self._places if cells[place].strip()]
        for cell in packed or [""]:
            said = {name: value for name, _, value in (part.partition(":") for part in _PART.split(cell))}
            yield [*cells, *(said.get(name, "") for name in self._names)]
