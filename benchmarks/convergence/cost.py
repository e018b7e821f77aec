"""What one operation costs where everything else was taken away: no network, no database, no JSON."""

from collections.abc import Callable
from statistics import median
from time import thread_time

from benchmarks.convergence.server import ME, Server
from cxdesk.protocol.admit import admit
from cxdesk.protocol.merge import merge
from cxdesk.protocol.ops import Op, op_line, read_op, to_wire
from cxdesk.protocol.rows import Clock, Entity

__all__ = ["costs"]

_NOW = 1_790_000_000_000
_ROUNDS, _EACH = 9, 2_000


def costs() -> dict[str, float]:
    """Microseconds of processor time of each step of one operation; the median of some rounds."""
    fields = {f"field_{n}": "…" for n in range(9)}
    row = Entity("customer", "c1", fields, dict.fromkeys(fields, Clock((_NOW - 1) << 16, "a", "a1")))
    op = Op(
        "b1", 1, _NOW << 16, "customer", "c1", "set", agent="kim", f={"field_1": "!"}, base={"field_1": "a1"}, dev="b"
    )
    wire, server = to_wire(op), Server(_NOW)
    server.keep(row)
    return {
        "read_op": _micro(lambda: read_op(wire)),
        "merge": _micro(lambda: merge(row, op)),
        "admit": _micro(lambda: admit(op, server, _NOW, 0, ME)),
        "op_line": _micro(lambda: op_line(op)),
    }


def _micro(step: Callable[[], object]) -> float:
    rounds = []
    for _ in range(_ROUNDS):
        start = thread_time()
        for _ in range(_EACH):
            step()
        rounds.append((thread_time() - start) / _EACH * 1e6)
    return median(rounds)
