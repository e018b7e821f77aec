"""Pull: what a shop's desks did, in the server's order, in pages with an end line.

Desks that were poked together ask for the same page: it is read once and kept for a moment, unless the log has moved.
"""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from cxdesk.protocol.cursor import Cursor, end_line, read_cursor
from cxdesk.server.problems import Trouble
from cxdesk.server.roles import Scope
from cxdesk.server.service import Service
from cxdesk.server.store import log
from cxdesk.server.store.devices import Device
from cxdesk.server.store.port import Work
from cxdesk.server.tokens import Secret

__all__ = ["Page", "Pages", "cursor_after", "pull"]

_MOST_PAGES = 64


class Page(NamedTuple):
    """A page as it is sent."""

    body: bytes
    head: int
    made_at: int


class Pages:
    """Pages of the last moments. ``latest`` knows how far a shop's log is, as far as this process has heard."""

    def __init__(self, clock: Callable[[], int], keep_ms: int, latest: Callable[[str], int]) -> None:
        self.clock, self.keep_ms, self.latest = clock, keep_ms, latest
        self.kept: OrderedDict[tuple[str, str, int], asyncio.Task[Page]] = OrderedDict()

    async def page(self, shop: str, cursor: Cursor, limit: int, read: Callable[[], Awaitable[Page]]) -> Page:
        """The page after a cursor, read now or a moment ago."""
        key = (shop, str(cursor), limit)
        task = self.kept.get(key)
        if task is None or self._stale(shop, task):
            self._let_go()
            task = self.kept[key] = asyncio.ensure_future(read())
            self.kept.move_to_end(key)
        return await asyncio.shield(task)

    def _let_go(self) -> None:
        """Pages are large: none is kept for longer than it is good, and never many."""
        while self.kept:
            key = next(iter(self.kept))
            if len(self.kept) < _MOST_PAGES and not self._stale(key[0], self.kept[key]):
                return
            del self.kept[key]

    def _stale(self, shop: str, task: asyncio.Task[Page]) -> bool:
        if not task.done():
            return False
        if task.cancelled() or task.exception() is not None:
            return True
        page = task.result()
        return self.clock() - page.made_at > self.keep_ms or page.head < self.latest(shop)


async def pull(
    service: Service, pages: Pages, token: Secret | None, since: str, limit: int, known: str | None
) -> tuple[Page | None, str]:
    """The page after ``since`` and its ETag; no page when the desk has it all and says so (``known``)."""
    async with service.entering(token, Scope.READ, reads=True) as (work, device):
        cursor = _cursor(service, device, since)
        end = await log.head(work)
    await service.heard_from(device, cursor.seq, service.config.lease_ms)
    tag = f'"{cursor.epoch}-{end}"'
    if cursor.seq == end and known == tag:
        return None, tag

    async def read() -> Page:
        async with service.database.work(device.shop, reads=True) as work:
            return await _read(work, cursor, limit, service.clock())

    page = await pages.page(device.shop, cursor, limit, read)
    return page, f'"{cursor.epoch}-{page.head}"'


async def _read(work: Work, cursor: Cursor, limit: int, now: int) -> Page:
    found = await log.lines_after(work, cursor.seq, limit)
    if not found.whole:
        raise Trouble("horizon")
    body = b"".join(found.lines)
    after = str(cursor._replace(seq=found.last))
    return Page(body + end_line(body, len(found.lines), after, found.head), found.head, now)


def cursor_after(service: Service, device: Device, seq: int) -> Cursor:
    """The cursor of a device that knows everything up to ``seq``."""
    scope = hashlib.sha256(f"{device.shop} {device.store} {device.role}".encode()).hexdigest()[:8]
    return Cursor(service.identity.epoch, seq, scope)


def _cursor(service: Service, device: Device, since: str) -> Cursor:
    """Where a device is, after a check that it is a place in this log. Raises ``Trouble``."""
    own = cursor_after(service, device, 0)
    if not since:
        return own
    try:
        cursor = read_cursor(since)
    except ValueError:
        raise Trouble("malformed", where="since") from None
    if cursor.epoch != own.epoch:
        raise Trouble("epoch-changed", epoch=own.epoch)
    if cursor.scope != own.scope:
        raise Trouble("scope-changed")
    return cursor
