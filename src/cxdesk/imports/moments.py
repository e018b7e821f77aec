"""The moment a row states in one of its fields."""

from collections.abc import Callable, Sequence
from datetime import tzinfo

from cxdesk.imports.binding import Binding
from cxdesk.imports.dates import read_moment
from cxdesk.imports.memo import remembering
from cxdesk.imports.reasons import RowRefused

__all__ = ["moments"]


def moments(binding: Binding, field: str, tz: tzinfo) -> Callable[[Sequence[str]], int | None]:
    """What reads a moment from a row, ``None`` where it says none.

    The reader raises ``RowRefused``: ``bad_date``, ``ambiguous_date``.
    """
    read = binding.reader(field)
    if read is None:
        return lambda cells: None
    order = binding.map.date_order

    def moment(cells: Sequence[str]) -> int | None:
        cell = read(cells)
        if cell is None:
            return None
        try:
            return read_moment(cell, tz, order)
        except ValueError as error:
            raise RowRefused(str(error), column=binding.name(field), value=cell) from error

    return remembering(binding.columns(field), moment)
