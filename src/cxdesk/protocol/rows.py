"""A row as both sides know it: its fields, who wrote each of them last, and what else must never be forgotten."""

from collections.abc import Mapping
from dataclasses import field
from functools import lru_cache
from typing import Any, NamedTuple

from cxdesk.domain.ids import hlc_text, read_hlc
from cxdesk.domain.values import dataclass

__all__ = ["Clock", "Entity", "Hold", "Tag", "from_wire", "to_wire"]


class Clock(NamedTuple):
    """When something was written: the stamp, the device, the operation. Compared in this order, so no two are equal."""

    t: int
    dev: str
    op: str


class Tag(NamedTuple):
    """One adding of a word to a row, under the id of the adding."""

    tag: str
    at: int


class Hold(NamedTuple):
    """Who has a ticket. The fence only grows; ``agent`` is ``None`` for nobody, ``until`` is in ms of the server."""

    fence: int
    agent: str | None = None
    dev: str | None = None
    until: int = 0


@dataclass(frozen=True, slots=True)
class Entity:
    """One row and what is known about it.

    ``f`` are the values and ``clk`` says, under the same names, who wrote them. ``tags`` has every addition ever heard
    of, ``None`` for one that was taken away. A row with ``gone`` is hidden unless something was written later; one that
    was ``erased`` keeps only what the law wants kept (``erasing``).
    """

    ent: str
    id: str
    f: Mapping[str, Any] = field(default_factory=dict)
    clk: Mapping[str, Clock] = field(default_factory=dict)
    tags: Mapping[str, Tag | None] = field(default_factory=dict)
    gone: Clock | None = None
    erased: bool = False
    hold: Hold | None = None

    @property
    def shown(self) -> bool:
        """Whether there is a row to show: something was written, and later than it was taken away."""
        gone = self.gone
        return bool(self.clk) and (gone is None or any(clock > gone for clock in self.clk.values()))


def to_wire(row: Entity) -> dict[str, Any]:
    """The row as a line of a snapshot says it, without the line's key; what is empty is left out."""
    wire: dict[str, Any] = {"ent": row.ent, "id": row.id, "f": dict(row.f)}
    wire["clk"] = {name: _clock_out(clock) for name, clock in row.clk.items()}
    if row.tags:
        wire["tags"] = [[key, *tag] if tag else [key] for key, tag in row.tags.items()]
    if row.gone:
        wire["gone"] = _clock_out(row.gone)
    if row.erased:
        wire["erased"] = True
    if row.hold:
        wire["hold"] = row.hold._asdict()
    return wire


def from_wire(wire: Mapping[str, Any]) -> Entity:
    """The inverse of ``to_wire``. Raises ``ValueError`` for a line that no server writes."""
    try:
        f, clk = dict(wire["f"]), {name: _clock_in(clock) for name, clock in wire["clk"].items()}
        if f.keys() != clk.keys():
            raise ValueError("fields without clocks")
        return Entity(
            ent=str(wire["ent"]),
            id=str(wire["id"]),
            f=f,
            clk=clk,
            tags={key: Tag(*tag) if tag else None for key, *tag in wire.get("tags", ())},
            gone=_clock_in(wire["gone"]) if "gone" in wire else None,
            erased=bool(wire.get("erased", False)),
            hold=Hold(**wire["hold"]) if "hold" in wire else None,
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a row") from error


def _clock_out(clock: Clock) -> list[str]:
    return [hlc_text(clock.t), clock.dev, clock.op]


def _clock_in(wire: list[str]) -> Clock:
    return _clock_of(*wire)


@lru_cache(maxsize=1024)  # most fields of a row were written at once
def _clock_of(stamp: str, device: str, operation: str) -> Clock:
    return Clock(read_hlc(stamp), device, operation)
