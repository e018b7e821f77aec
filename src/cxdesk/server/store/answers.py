"""What devices were told about their operations."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from cxdesk.protocol import results
from cxdesk.protocol.results import Result
from cxdesk.server.store.entities import compact
from cxdesk.server.store.port import Work

__all__ = ["Answer", "add_answers", "answers"]


class Answer(NamedTuple):
    """The operation a device sent under a number, and its result."""

    op: str
    result: Result


async def answers(work: Work, device_id: str, first: int, last: int) -> dict[int, Answer]:
    """What a device was told about these numbers, as far as it is still kept."""
    sql = "SELECT n, op, body FROM answer WHERE shop_id = $1 AND device_id = $2 AND n >= $3 AND n <= $4"
    found = await work.rows(sql, work.shop, device_id, first, last)
    return {row["n"]: Answer(row["op"], results.from_wire(msgspec.json.decode(row["body"]))) for row in found}


async def add_answers(work: Work, device_id: str, told: Sequence[Answer]) -> None:
    """Keep what a device is told now."""
    rows = [(device_id, each.result.n, each.op, compact(results.to_wire(each.result))) for each in told]
    await work.insert("answer", ("device_id", "n", "op", "body"), rows)
