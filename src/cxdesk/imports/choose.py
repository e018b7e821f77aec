"""Which map a file is read by: one that knows its header, or one put together by a person."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cxdesk.imports.fields import IGNORE, check_field
from cxdesk.imports.header import SEARCH_ROWS, columns_by_name, find_column, header_hash
from cxdesk.imports.maps import ColumnMap, checked, keyed
from cxdesk.imports.reasons import ImportRefused
from cxdesk.imports.table import Table

__all__ = ["MATCH", "Choice", "choose_map", "from_pairs", "pairs_of", "to_toml"]

MATCH = 0.8
"""Share of a map's signature columns that a header must have."""

_MADE_FOR = 2.0


@dataclass(frozen=True, slots=True)
class Choice:
    """A map that fits a file, how well (0–1), and the row its header is in."""

    map: ColumnMap
    score: float
    header_row: int


def from_pairs(
    pairs: Iterable[tuple[str, str]], header: Sequence[str], *, name: str = "mine", source: str = "file", **fixed: Any
) -> ColumnMap:
    """A map from (column, field) pairs, as ``--map column=field`` gives them; ``-`` as field skips the column.

    ``fixed`` are further keys of ``ColumnMap`` (``currency``, ``time_zone``, ``date_order``). Raises
    ``ImportRefused``: ``no_column``, ``unknown_field``, ``private_column``, ``map_incomplete``.
    """
    places = columns_by_name(header)
    columns: dict[str, tuple[str, ...]] = {}
    for column, said in pairs:
        place = find_column(places, column)
        if place is None:
            raise ImportRefused("no_column", column=column)
        if said != IGNORE:
            columns[check_field(said)] = (*columns.get(said, ()), header[place])
    return keyed(checked(ColumnMap(id=name, source=source, columns=columns, header=header_hash(header), **fixed)))


def pairs_of(map_: ColumnMap, header: Sequence[str]) -> list[tuple[str, str]]:
    """The (column, field) pairs of a map as far as this header has the columns; what ``from_pairs`` took."""
    places = columns_by_name(header)
    found = [(find_column(places, name), field) for field, names in map_.columns.items() for name in names]
    return [(header[place], field) for place, field in found if place is not None]


def choose_map(table: Table, maps: Sequence[ColumnMap]) -> Choice | None:
    """The map that fits the table best, looking for its header in the first rows; ``None`` when none reaches
    ``MATCH``. One made for this very header is best; of two that fit equally the one with more signature columns
    knows the file better."""
    best: tuple[tuple[float, int, int], Choice] | None = None
    for number, row in enumerate(table.head[:SEARCH_ROWS], table.first):
        places, own = columns_by_name(row), header_hash(row)
        for map_ in maps:
            score = _MADE_FOR if map_.header == own else _score(map_, places)
            rank = (score, len(map_.signature), -number)
            if score >= MATCH and (best is None or rank > best[0]):
                best = rank, Choice(map_, score, number)
    return best[1] if best else None


def _score(map_: ColumnMap, places: Mapping[str, int]) -> float:
    if not map_.signature:
        return 0.0
    met = sum(any(find_column(places, name) is not None for name in group) for group in map_.signature)
    return met / len(map_.signature)


def to_toml(map_: ColumnMap) -> str:
    """The text of a file from which ``read_map`` makes the same map (for one confirmed on a screen)."""
    lines = [f"source = {_quoted(map_.source)}"]
    plain = ("currency", "time_zone", "date_order", "header", "signature", "unpack")
    lines += [f"{key} = {_quoted(value)}" for key in plain if (value := getattr(map_, key))]
    if map_.key:
        lines += [f"key = {_quoted(map_.key)}", f"occurrence = {str(map_.occurrence).lower()}"]
    if map_.continues:
        lines.append("continues = true")
    lines += [f"{key} = {_quoted(value)}" for key in ("drop", "same_person") if (value := getattr(map_, key))]
    for title, table in (("label", map_.label), ("columns", map_.columns), ("join", map_.join)):
        if table:
            lines += ["", f"[{title}]", *(f"{_quoted(key)} = {_quoted(value)}" for key, value in table.items())]
    for rule in map_.states:
        lines += ["", "[[state]]", f"column = {_quoted(rule.column)}"]
        lines += [f"{key} = {_quoted(v)}" for key in ("starts_with", "filled", "state") if (v := getattr(rule, key))]
        if rule.values:
            lines += ["[state.values]", *(f"{_quoted(said)} = {_quoted(to)}" for said, to in rule.values.items())]
    return "\n".join(lines) + "\n"


def _quoted(value: object) -> str:
    # A JSON string is a TOML basic string, except that TOML also wants DEL escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
