"""Column maps: which column of a known export is which field. They are data, one TOML file each.

A new shop program is a new file in ``config/imports`` and no code; ``smartstore.toml`` there explains every key.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cxdesk.imports.fields import CUSTOMER_FIELDS, PURCHASE_FIELDS, REQUIRED, check_field
from cxdesk.imports.header import is_private, normal
from cxdesk.imports.reasons import ImportRefused
from cxdesk.imports.synonyms import SYNONYMS, synonyms

__all__ = ["ColumnMap", "StateRule", "checked", "keyed", "load_maps", "read_map"]

_STATES = ("paid", "shipping", "delivered", "returned", "cancelled")
_KEYS = {
    "label", "source", "currency", "time_zone", "date_order", "header", "signature", "key", "occurrence", "continues",
    "drop", "same_person", "unpack", "columns", "join", "state",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StateRule:
    """What a column says about an order line: by its value, by how it begins, or by being filled at all."""

    column: str
    values: Mapping[str, str] = field(default_factory=dict)
    starts_with: str = ""
    filled: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """How to read one kind of file.

    ``columns``: field → names it goes by, the first filled one wins. ``join``: field → columns written one after
    the other. ``signature``: groups of names; a header must have one of each. ``header``: the ``header_hash`` of the
    only header it is for, where a person said what its columns mean. ``key``: the fields that, with
    ``source``, make a purchase's external id; with ``occurrence`` equal lines of one order are counted.
    ``continues``: later rows of an order leave out what its first row says. ``same_person``: two columns that must
    agree before an address is believed to be the buyer's. ``unpack``: columns of this name and a number hold a packed
    line each (``unpack.unpacked``). ``time_zone`` and ``currency``: the shop's when empty.
    """

    id: str
    source: str
    columns: Mapping[str, tuple[str, ...]]
    label: Mapping[str, str] = field(default_factory=dict)
    signature: tuple[tuple[str, ...], ...] = ()
    header: str = ""
    key: tuple[str, ...] = ()
    occurrence: bool = False
    continues: bool = False
    currency: str = ""
    time_zone: str = ""
    date_order: str = ""
    drop: tuple[str, ...] = ()
    same_person: tuple[str, ...] = ()
    unpack: str = ""
    join: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    states: tuple[StateRule, ...] = ()

    @property
    def fields(self) -> frozenset[str]:
        """The fields the map can fill."""
        return frozenset(self.columns) | frozenset(self.join)

    @property
    def has_purchases(self) -> bool:
        """Whether rows are order lines rather than people."""
        return any(name in self.fields for name in PURCHASE_FIELDS)


def load_maps(*folders: Path) -> tuple[ColumnMap, ...]:
    """Every map of these folders, by id; a later folder's map takes the place of one with the same id."""
    found: dict[str, ColumnMap] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            if path.name != SYNONYMS:
                found[path.stem] = read_map(path)
    return tuple(found.values())


def read_map(path: Path) -> ColumnMap:
    """One map from its file. Raises ``ImportRefused``: ``bad_map``, ``map_incomplete``, ``unknown_field``,
    ``private_column``."""
    try:
        raw = tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError as error:
        raise ImportRefused("no_file", path=str(path)) from error
    except (OSError, ValueError) as error:
        raise ImportRefused("bad_map", map=path.name, detail=str(error)) from error
    try:
        return checked(_built(path.stem, raw))
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        raise ImportRefused("bad_map", map=path.name, detail=str(error)) from error


def _built(name: str, raw: Mapping[str, Any]) -> ColumnMap:
    if unknown := sorted(set(raw) - _KEYS):
        raise ValueError(f"unknown keys {unknown}")
    columns = {check_field(key): _names(value) for key, value in raw.get("columns", {}).items()}
    return ColumnMap(
        id=name,
        source=str(raw["source"]),
        columns=columns,
        label={str(lang): str(text) for lang, text in raw.get("label", {}).items()},
        signature=tuple(_names(group) for group in raw.get("signature", ())),
        header=str(raw.get("header", "")),
        key=tuple(check_field(key) for key in raw.get("key", ())),
        occurrence=bool(raw.get("occurrence", False)),
        continues=bool(raw.get("continues", False)),
        currency=str(raw.get("currency", "")),
        time_zone=str(raw.get("time_zone", "")),
        date_order=str(raw.get("date_order", "")),
        drop=_names(raw.get("drop", ())),
        same_person=_names(raw.get("same_person", ())),
        unpack=str(raw.get("unpack", "")),
        join={check_field(key): _names(value) for key, value in raw.get("join", {}).items()},
        states=tuple(_state_rule(rule) for rule in raw.get("state", ())),
    )


def _names(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, (list, tuple)) or not all(isinstance(name, str) for name in value):
        raise ValueError(f"not a list of names: {value!r}")
    return tuple(value)


def _state_rule(raw: Mapping[str, Any]) -> StateRule:
    values = {normal(said): str(state) for said, state in raw.get("values", {}).items()}
    rule = StateRule(
        str(raw["column"]),
        values,
        str(raw.get("starts_with", "")),
        str(raw.get("filled", "")),
        str(raw.get("state", "")),
    )
    for state in (*values.values(), *filter(None, (rule.filled, rule.state))):
        if state not in _STATES:
            raise ValueError(f"unknown state {state!r}")
    return rule


def checked(map_: ColumnMap) -> ColumnMap:
    """The map itself. Raises ``ImportRefused`` when it cannot make rows or would keep what must not be kept."""
    for names in (*map_.columns.values(), *map_.join.values()):
        for name in names:
            if is_private(name):
                raise ImportRefused("private_column", column=name)
    if map_.time_zone:
        try:
            ZoneInfo(map_.time_zone)
        except (KeyError, ValueError, OSError) as error:
            raise ImportRefused("bad_map", map=map_.id, detail=f"time_zone {map_.time_zone!r}") from error
    if map_.date_order not in ("", "ymd", "dmy", "mdy"):
        raise ImportRefused("bad_map", map=map_.id, detail=f"date_order {map_.date_order!r}")
    missing = [group[0] for group in REQUIRED if map_.has_purchases and not any(name in map_.fields for name in group)]
    if map_.has_purchases:
        written_out = ("purchase.product", "purchase.option")  # in a key they may be blank
        missing += [name for name in map_.key if name not in map_.fields and name not in written_out]
    if not map_.has_purchases and not map_.fields & set(CUSTOMER_FIELDS):
        missing = ["customer.name"]
    if missing:
        raise ImportRefused("map_incomplete", map=map_.id, missing=", ".join(missing))
    return _with_states(map_)


def keyed(map_: ColumnMap) -> ColumnMap:
    """The map with the fields its purchases are told apart by: those it names, else what the file has."""
    return replace(map_, **_default_key(map_)) if map_.has_purchases and not map_.key else map_


def _with_states(map_: ColumnMap) -> ColumnMap:
    """A column of states that comes without rules is read by the usual words."""
    names = map_.columns.get("purchase.state", ())
    if not names or map_.states:
        return map_
    return replace(map_, states=tuple(StateRule(name, synonyms().states) for name in names))


def _default_key(map_: ColumnMap) -> dict[str, Any]:
    """With an item number, order and item; else what the line says, counted within its order."""
    if "purchase.item_no" in map_.fields:
        return {"key": ("purchase.order_no", "purchase.item_no")}
    said = tuple(name for name in ("purchase.product", "purchase.option") if name in map_.fields)
    return {"key": ("purchase.order_no", *said), "occurrence": True}
