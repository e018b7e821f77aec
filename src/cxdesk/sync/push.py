"""Sending what waits, in order: the server answers a prefix, and what was answered is forgotten in the same moment."""

import asyncio
from collections.abc import Callable

from cxdesk.protocol.exchange import Batch, Touched
from cxdesk.protocol.ops import MAX_OPS, MAX_PUSH_BYTES
from cxdesk.protocol.results import Result, from_wire
from cxdesk.sync.ports import Replica
from cxdesk.sync.pull import BREATH, stretches
from cxdesk.sync.session import Session
from cxdesk.sync.transport import PUSH_DEADLINE, Answer, Problem, Unreachable

__all__ = ["push"]

_ROOM = 1_000
"""What the request says besides its operations takes less than this."""
_TRIES = 3


async def push(session: Session, replica: Replica, clock: Callable[[], int], tell: Callable[[Touched], None]) -> None:
    """Send until nothing waits. Raises what ``Session.ask`` raises, and ``Unreachable`` for half an answer."""
    most, gaps = MAX_OPS, 0
    while batch := replica.batch(most, MAX_PUSH_BYTES - _ROOM):
        try:
            answer = await session.ask("POST", "/v1/sync/push", body=_body(replica, batch), deadline=PUSH_DEADLINE)
        except Problem as problem:
            if problem.status == 413 and len(batch.ops) > 1:
                most = len(batch.ops) // 2
                continue
            expected = problem.more.get("expect")
            if problem.name == "sequence-gap" and isinstance(expected, int) and gaps < _TRIES:
                gaps += 1
                replica.renumber(expected)
                continue
            raise
        results = _results(answer, batch)
        for part, _ in stretches(results):
            tell(replica.acknowledge(part, clock()))
            await asyncio.sleep(BREATH)
        if len(results) < len(batch.ops):
            raise Unreachable("halfway")


def _body(replica: Replica, batch: Batch) -> dict[str, object]:
    member = replica.membership
    if member is None:
        raise Unreachable("left")
    return {
        "device": member.device,
        "epoch": member.epoch,
        "first_n": batch.first_n,
        "last_acked": batch.last_acked,
        "ops": batch.ops,
    }


def _results(answer: Answer, batch: Batch) -> list[Result]:
    """The results, which must be those of the first operations sent, in order."""
    said = answer.json().get("results")
    try:
        results = [from_wire(one) for one in said] if isinstance(said, list) else None
    except (ValueError, TypeError, AttributeError) as error:
        raise Unreachable("bad_results") from error
    numbers = range(batch.first_n, batch.first_n + len(batch.ops))
    if results is None or [result.n for result in results] != list(numbers)[: len(results)]:
        raise Unreachable("bad_results")
    return results
