"""What columns and order states are usually called in Korean and English, from ``config/imports/synonyms.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cxdesk.imports.header import normal

__all__ = ["SYNONYMS", "Synonyms", "shipped_maps", "synonyms"]

SYNONYMS = "synonyms.toml"


@dataclass(frozen=True, slots=True)
class Synonyms:
    """``columns``: field → names, the likelier first. ``states``: normal form of what is said → state."""

    columns: Mapping[str, tuple[str, ...]]
    states: Mapping[str, str]


def shipped_maps() -> Path:
    """The folder of the maps that come with the program: inside the package, or beside ``src`` in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "config" / "imports"
    return inside if inside.is_dir() else package.parents[1] / "config" / "imports"


@cache
def synonyms() -> Synonyms:
    """The shipped ones."""
    raw = tomllib.loads((shipped_maps() / SYNONYMS).read_text("utf-8"))
    states = {normal(said): state for state, words in raw["states"].items() for said in words}
    return Synonyms({field: tuple(names) for field, names in raw["columns"].items()}, states)
