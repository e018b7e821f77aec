"""Two people wrote the same field without knowing of each other: said to both, never decided in silence.

The later value is the row's. The server adds a row of the table ``conflict`` with both, which goes to every desk like
any other row, under an id that follows from the two operations.
"""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from cxdesk.domain.ids import hlc_ms, uuid7
from cxdesk.protocol.ops import STATE, Op
from cxdesk.protocol.rows import Clock, Entity

__all__ = ["CONFLICT", "conflicts", "derived_id", "matters"]

CONFLICT = "conflict"
"""The table."""

_MATTERS = {("customer", "name"), ("customer", "address"), ("identity", "value"), ("purchase", "state")}
"""Where the later value being the wrong one would reach a customer: somebody has to look."""

_QUIET = frozenset({"rank_at", "segment", "heard", "urgency", "quoted_from", "quoted_until", "stage"})
"""Fields of a ticket that the desk works out by itself or that only the agent in the contact moves."""


class _Side(NamedTuple):
    """One of the two values, and where it came from."""

    clock: Clock
    value: Any
    agent: str | None

    def told(self, side: str) -> dict[str, Any]:
        """The columns of this side."""
        at, device, operation = hlc_ms(self.clock.t), self.clock.dev, self.clock.op
        more = {"op": operation, "dev": device, "by": self.agent, "at": at}
        return {side: self.value} | {f"{side}_{name}": value for name, value in more.items()}


def conflicts(before: Entity, op: Op, server: str, agent_of: Callable[[str], str | None]) -> Iterator[Op]:
    """The rows to add for an operation that counts; ``before`` is its row as it was until then.

    ``agent_of`` says who made an earlier operation, if that is still known.
    """
    if op.k not in ("set", "append"):
        return
    for name, value in op.f.items():
        known = before.clk.get(name)
        if known is None or known.dev == op.dev or op.base.get(name) == known.op:
            continue
        if before.f[name] == value or (op.ent == "ticket" and name in STATE | _QUIET):
            continue
        new = _Side(Clock(op.t, op.dev, op.op), value, op.agent)
        old = _Side(known, before.f[name], agent_of(known.op))
        yield _row(op, server, name, *((new, old) if new.clock > old.clock else (old, new)))


def matters(ent: str, name: str) -> bool:
    """Whether somebody has to look, instead of one key restoring the other value."""
    return (ent, name) in _MATTERS


def derived_id(op: Op, *parts: str) -> str:
    """An id that follows from an operation: the same for the same operation, whoever works it out."""
    digest = hashlib.sha256("\0".join((op.op, *parts)).encode()).digest()
    return uuid7(hlc_ms(op.t), int.from_bytes(digest[:10]) >> 6)


def _row(op: Op, server: str, name: str, winner: _Side, loser: _Side) -> Op:
    f = {"ent": op.ent, "ent_id": op.id, "field": name, "at": hlc_ms(op.t)}
    f |= winner.told("winner") | loser.told("loser") | {"state": "open" if matters(op.ent, name) else "settled"}
    return Op(
        op=derived_id(op, CONFLICT, name, "op"),
        n=0,
        t=op.t,
        ent=CONFLICT,
        id=derived_id(op, CONFLICT, name),
        k="append",
        f={key: value for key, value in f.items() if value is not None},
        dev=server,
    )
