"""Everything an import can say about a file, a row or a column, as codes with named values.

The sentence for a code lives in ``i18n`` under ``import.<code>``; ``REASONS`` lists every code with the values its
sentence may name, so that the catalogue can be checked against it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["REASONS", "REFUSALS", "REJECTS", "REMARKS", "ImportRefused", "Reject", "Remark", "RowRefused", "Spoilt"]

REFUSALS: dict[str, tuple[str, ...]] = {
    "no_file": ("path",),
    "cannot_read": ("path", "detail"),
    "empty_file": (),
    "header_only": (),
    "binary": (),
    "mail": (),
    "unknown_encoding": ("row",),
    "too_big": ("limit",),
    "not_a_table": ("detail",),
    "no_sheet": (),
    "password_needed": (),
    "wrong_password": (),
    "broken_quotes": ("row",),
    "no_map": ("header",),
    "no_run": ("run",),
    "bad_map": ("map", "detail"),
    "map_incomplete": ("map", "missing"),
    "unknown_field": ("field",),
    "no_column": ("column",),
    "private_column": ("column",),
    "too_many_rows": ("limit",),
    "file_changed": (),
    "cancelled": (),
}
"""Why a whole file is not taken. Nothing was changed."""

REJECTS: dict[str, tuple[str, ...]] = {
    "wrong_width": ("expected", "found"),
    "bad_card": ("line",),
    "missing": ("column",),
    "too_long": ("column", "limit"),
    "bad_date": ("column", "value"),
    "ambiguous_date": ("column", "value"),
    "bad_money": ("column", "value"),
    "ambiguous_money": ("column", "value"),
    "unknown_currency": ("column", "value"),
    "bad_quantity": ("column", "value"),
    "too_large": ("column", "value"),
    "nobody": (),
    "facts_differ": ("key", "before", "after"),
}
"""Why one row is not taken. The others are."""

REMARKS: dict[str, tuple[str, ...]] = {
    "dropped_column": ("column",),
    "dropped_number": ("count",),
    "double_column": ("column",),
    "unused_column": ("column",),
    "unknown_state": ("value", "count"),
    "older_state": ("count",),
    "unusable_phone": ("count",),
    "unusable_email": ("count",),
}
"""What was done to a file that its owner should know; ``dropped_column`` and ``dropped_number`` are for data that must
not be kept."""

REASONS: dict[str, tuple[str, ...]] = REFUSALS | REJECTS | REMARKS


class ImportRefused(Exception):
    """The file cannot be taken, or the import was stopped. ``code`` is one of ``REFUSALS``; nothing was changed."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value}" for name, value in self.values.items())
        return f"{self.code} ({details})" if details else self.code


class RowRefused(Exception):
    """A row cannot be taken; becomes a ``Reject`` where its number and cells are known. One of ``REJECTS``."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Spoilt(list[str]):
    """Stands in for a row whose cells could not be told apart; ``code`` is one of ``REJECTS``."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__([code])  # something, for a row of nothing is passed over as blank
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that is not taken: its place in the file (the header counts), why, and its cells as they were."""

    row: int
    code: str
    values: Mapping[str, object]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about the whole file, with one of the codes of ``REMARKS``."""

    code: str
    values: Mapping[str, object]
