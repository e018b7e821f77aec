"""Hearing what every desk did: whole pages from a cursor, each merged and kept together with the next cursor."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from cxdesk.protocol.cursor import BadPage, Page, read_page
from cxdesk.protocol.exchange import Touched
from cxdesk.protocol.ops import Malformed, Op, read_op
from cxdesk.sync.ports import Replica
from cxdesk.sync.session import Session
from cxdesk.sync.transport import PAGE_DEADLINE, Answer, Problem, Unreachable

__all__ = ["BREATH", "PAGE", "pull", "stretches", "whole"]

T = TypeVar("T")
PAGE = 500
STRETCH = 125
"""So many rows are merged in one transaction: some thirty milliseconds."""
BREATH = 0.002
"""Seconds between two of them in which the screen can write."""


async def pull(session: Session, replica: Replica, clock: Callable[[], int], tell: Callable[[Touched], None]) -> None:
    """Fetch until there is nothing more. Raises what ``Session.ask`` raises."""
    while True:
        member = replica.membership
        if member is None:
            raise Unreachable("left")
        params: dict[str, str | int] = {"limit": PAGE} | ({"since": member.cursor} if member.cursor else {})
        answer = await session.ask("GET", "/v1/sync/pull", params=params, deadline=PAGE_DEADLINE)
        if answer.status == 304:
            return
        page = whole(answer)
        if page.next == member.cursor:
            return
        for ops, last in stretches(_operations(page)):
            tell(replica.apply(ops, page.next if last else None, clock()))
            await asyncio.sleep(BREATH)


def stretches(of: Sequence[T]) -> Iterator[tuple[Sequence[T], bool]]:
    """A page in pieces, each merged in a transaction that nobody at the screen notices, and whether it is the last."""
    for first in range(0, max(len(of), 1), STRETCH):
        yield of[first : first + STRETCH], first + STRETCH >= len(of)


def whole(answer: Answer) -> Page:
    """The page, if it came whole. Raises ``Unreachable``: nothing of a cut page counts."""
    try:
        return read_page(answer.body)
    except BadPage as error:
        raise Unreachable("bad_page") from error


def _operations(page: Page) -> list[Op]:
    try:
        return [read_op(line) for line in page.lines]
    except Malformed as error:
        if error.where == "k":  # a kind of operation that only a later version knows: to skip it would be to lose it
            raise Problem("upgrade", 426, {}) from error
        raise Unreachable("bad_page") from error
