"""Who has a ticket: decided by the server alone, in the order in which it hears of it.

A claim takes a ticket that nobody has and gives it a fence, a number that only grows; every later move of the ticket
names the fence it was made under. The lease ends when the server has heard nothing from the device for ten minutes, by
the server's clock; no other clock has a say. What was done with the cable out has no fence, and counts while nobody
else has the ticket.
"""

from typing import NamedTuple

from cxdesk.protocol.ops import Op
from cxdesk.protocol.rows import Entity, Hold

__all__ = ["LEASE_MS", "Decision", "decide", "frees", "held_by", "hold_after", "renewed"]

LEASE_MS = 600_000
"""How long a ticket stays with a device that is not heard from."""


class Decision(NamedTuple):
    """What becomes of a claim, a transition or a release: the new hold, or the name of the problem."""

    hold: Hold | None = None
    problem: str | None = None


def decide(row: Entity, op: Op, now_ms: int) -> Decision:
    """Whether a move of a ticket's state counts, and who has the ticket after it. ``now_ms`` is the server's time."""
    held = row.hold or Hold(0)
    others = _is_anothers(held, op, now_ms)
    if op.k == "claim":
        if others:
            return Decision(problem="claimed")
        if row.f.get("status") == "abandoned":
            return Decision(problem="moved-on")
        return Decision(Hold(held.fence + 1, op.agent, op.dev, now_ms + LEASE_MS))
    if op.fence is not None and op.fence != held.fence:
        return Decision(problem="stale-fence")
    if op.fence is None and others:
        return Decision(problem="claimed")
    return Decision(Hold(held.fence) if frees(op) else held)


def frees(op: Op) -> bool:
    """Whether nobody has the ticket any more after this: it was released, left ``active``, or handed to somebody."""
    if op.k == "release":
        return True
    return op.f["status"] != "active" if "status" in op.f else "assignee" in op.f


def hold_after(op: Op) -> Hold | None:
    """What an operation that counts says about who has the ticket; ``None`` when it says nothing.

    A desk's own claim says nothing before the server gave it a fence: it is tentative.
    """
    if op.fence is None:
        return None
    if op.k == "claim":
        return Hold(op.fence, op.agent, op.dev)
    return Hold(op.fence) if op.k in ("transition", "release") and frees(op) else None


def held_by(row: Entity, now_ms: int) -> str | None:
    """The agent who has a ticket now, by the server's time."""
    return row.hold.agent if row.hold and row.hold.until > now_ms else None


def renewed(hold: Hold, now_ms: int) -> Hold:
    """The hold of a device that was heard from."""
    return hold._replace(until=now_ms + LEASE_MS) if hold.agent else hold


def _is_anothers(held: Hold, op: Op, now_ms: int) -> bool:
    return held.agent is not None and held.until > now_ms and (op.agent is None or held.agent != op.agent)
