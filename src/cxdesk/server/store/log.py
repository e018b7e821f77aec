"""The log of a shop: effective operations in the order of their commits, without gaps.

The counter is the last thing a transaction locks before it adds lines and commits, so whoever has the larger number
committed later: a reader who has seen a number has seen every smaller one.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from cxdesk.protocol.ops import Op, op_line
from cxdesk.server.store.entities import compact
from cxdesk.server.store.port import Work

__all__ = ["Lines", "append", "head", "lines_after", "numbers_of"]

_COLUMNS = ("seq", "month", "device_id", "agent_id", "op", "ent", "id", "body", "received_at")


class Lines(NamedTuple):
    """What the log has after a number: lines ready to be sent, where reading stopped, and where the log ends.

    ``whole`` is false when lines before these are no longer there.
    """

    lines: tuple[bytes, ...]
    last: int
    head: int
    whole: bool


async def append(work: Work, ops: Sequence[Op], silent: frozenset[int], now: int) -> int:
    """Number operations and add them; the first one's number. Those at the places ``silent`` are kept without words."""
    if not ops:
        return 0
    sql = "UPDATE shop_counter SET n = n + $2 WHERE shop_id = $1 RETURNING n"
    first: int = await work.value(sql, work.shop, len(ops)) - len(ops) + 1
    month = datetime.fromtimestamp(now / 1000, UTC).strftime("%Y-%m")
    rows = [
        (first + at, month, op.dev, op.agent, op.op, op.ent, op.id, "" if at in silent else op_line(op), now)
        for at, op in enumerate(ops)
    ]
    await work.insert("op_log", _COLUMNS, rows)
    return first


async def numbers_of(work: Work, ops: Sequence[Op]) -> dict[str, int]:
    """The numbers that operations have in the log, by their ids."""
    if not ops:
        return {}
    join = f"{work.pairs} w CROSS JOIN op_log e"
    sql = f"SELECT e.op, e.seq FROM {join} WHERE e.shop_id = $1 AND e.id = w.a AND e.op = w.b"
    found = await work.rows(sql, work.shop, compact([(op.id, op.op) for op in ops]))
    return {row["op"]: row["seq"] for row in found}


async def head(work: Work) -> int:
    """The number of the last operation."""
    return await work.value("SELECT n FROM shop_counter WHERE shop_id = $1", work.shop) or 0


async def lines_after(work: Work, seq: int, limit: int) -> Lines:
    """At most ``limit`` numbers of the log after ``seq``; those of erased rows are counted and say nothing."""
    end = await head(work)
    sql = "SELECT seq, body FROM op_log WHERE shop_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT $4"
    found = await work.rows(sql, work.shop, seq, end, limit)
    lines = tuple(f'{row["body"][:-1]},"seq":{row["seq"]}}}\n'.encode() for row in found if row["body"])
    first, last = (found[0]["seq"], found[-1]["seq"]) if found else (end + 1, end)
    return Lines(lines, last, end, seq <= end and first == seq + 1)
