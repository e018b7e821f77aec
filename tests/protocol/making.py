"""Short ways to write operations and rows in tests: seconds instead of stamps, a name for what happens."""

from typing import Any

from cxdesk.domain.ids import tick
from cxdesk.protocol.ops import Op
from cxdesk.protocol.rows import Clock, Entity, Hold

__all__ = ["at", "clock", "op", "row", "ticket"]


def at(seconds: float) -> int:
    """The first stamp of a moment."""
    return tick(0, round(1000 * seconds))


def clock(seconds: float, dev: str = "z", by: str = "z0") -> Clock:
    """When something was written."""
    return Clock(at(seconds), dev, by)


def op(k: str, ent: str, row_id: str, f: dict[str, Any] | None = None, **more: Any) -> Op:
    """An operation of desk ``a`` at second 5, unless ``dev`` and ``at`` say otherwise; its id is dev and number."""
    dev, n, seconds = more.pop("dev", "a"), more.pop("n", 1), more.pop("at", 5)
    return Op(f"{dev}{n}", n, at(seconds), ent, row_id, k, f=f or {}, dev=dev, **more)


def row(ent: str, row_id: str, f: dict[str, Any], written: Clock | None = None, **more: Any) -> Entity:
    """A row all of whose fields were written at once."""
    return Entity(ent, row_id, f, dict.fromkeys(f, written or clock(1)), **more)


def ticket(status: str = "waiting", hold: Hold | None = None, **more: Any) -> Entity:
    """Ticket ``t1``."""
    return row("ticket", "t1", {"number": 1001, "status": status, **more}, hold=hold)
