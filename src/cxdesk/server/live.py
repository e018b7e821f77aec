"""The seats of desks that listen for pokes: how many there may be, and until when."""

from collections import Counter
from collections.abc import AsyncIterator
from types import TracebackType

from cxdesk.server.problems import Trouble
from cxdesk.server.roles import Scope
from cxdesk.server.service import Service
from cxdesk.server.store import log
from cxdesk.server.tokens import Secret

__all__ = ["Seat", "enter", "pokes"]


class Seat:
    """A place among those who listen, given back at the end of its block."""

    def __init__(self, taken: Counter[str], shop: str, device: str, head: int) -> None:
        self.taken, self.shop, self.device, self.head = taken, shop, device, head

    async def __aenter__(self) -> None:
        self.taken[self.device] += 1

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.taken[self.device] -= 1
        if not self.taken[self.device]:
            del self.taken[self.device]


async def enter(service: Service, token: Secret | None) -> Seat:
    """A seat for a desk. Raises ``Trouble`` when it has too many, or the server has."""
    async with service.entering(token, Scope.READ, reads=True) as (work, device):
        head = await log.head(work)
    if service.pokes.listening >= service.config.live_all:
        raise Trouble("unavailable", headers={"Retry-After": "30"})
    if service.seats[device.id] >= service.config.live_device:
        raise Trouble("too-many", headers={"Retry-After": "30"})
    return Seat(service.seats, device.shop, device.id, head)


async def pokes(service: Service, token: Secret | None, seat: Seat) -> AsyncIterator[int | None]:
    """Where the log is, now and whenever it moved, ``None`` in between; ends when the token does."""
    yield seat.head
    async for seq in service.pokes.watch(seat.shop, seat.head, service.config.keepalive_s):
        if seq is None and not await _still_in(service, token):
            return
        yield seq


async def _still_in(service: Service, token: Secret | None) -> bool:
    try:
        async with service.entering(token, Scope.READ, reads=True):
            return True
    except Trouble:
        return False
