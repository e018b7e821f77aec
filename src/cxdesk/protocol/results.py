"""What the server answers to one operation of a push."""

from collections.abc import Mapping
from typing import Any

from cxdesk.domain.ids import hlc_text, read_hlc
from cxdesk.domain.values import dataclass
from cxdesk.protocol import rows
from cxdesk.protocol.rows import Entity

__all__ = ["Result", "from_wire", "to_wire"]


@dataclass(frozen=True, slots=True)
class Result:
    """``status`` is ``ok``, ``restamped`` (another stamp or other values count), ``rejected`` or ``duplicate``.

    ``current`` is there whenever something else counts than what was sent: the row as it is at the server now, as far
    as the operation spoke of it. ``merge.settle`` puts it in place. A duplicate has everything its first result had.
    """

    n: int
    status: str
    seq: int | None = None
    t: int | None = None
    fence: int | None = None
    problem: str | None = None
    current: Entity | None = None


def to_wire(result: Result) -> dict[str, Any]:
    """The object that is sent; what is empty is left out."""
    wire: dict[str, Any] = {"n": result.n, "status": result.status}
    if result.seq is not None:
        wire["seq"] = result.seq
    if result.t is not None:
        wire["t"] = hlc_text(result.t)
    if result.fence is not None:
        wire["fence"] = result.fence
    if result.problem is not None:
        wire["problem"] = result.problem
    if result.current is not None:
        wire["current"] = rows.to_wire(result.current)
    return wire


def from_wire(wire: Mapping[str, Any]) -> Result:
    """The inverse of ``to_wire``. Raises ``ValueError`` for what no server answers."""
    try:
        return Result(
            n=int(wire["n"]),
            status=str(wire["status"]),
            seq=wire.get("seq"),
            t=read_hlc(wire["t"]) if "t" in wire else None,
            fence=wire.get("fence"),
            problem=wire.get("problem"),
            current=rows.from_wire(wire["current"]) if "current" in wire else None,
        )
    except (KeyError, TypeError) as error:
        raise ValueError("not a result") from error
