"""Hearing what every desk did: whole pages from a cursor, each merged and kept together with the next cursor."""

import asyncio
from collections.abc import Callable

from cxdesk.protocol.cursor import BadPage, Page, read_page
from cxdesk.protocol.exchange import Touched
from cxdesk.protocol.ops import Malformed, Op, read_op
from cxdesk.sync.ports import Replica
from cxdesk.sync.session import Session
from cxdesk.sync.transport import PAGE_DEADLINE, Answer, Problem, Unreachable

__all__ = ["PAGE", "pull", "whole"]

PAGE = 500
BREATH = 0.002
"""Seconds between two pages in which the screen can write."""


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
        tell(replica.apply(_operations(page), page.next, clock()))
        await asyncio.sleep(BREATH)


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
