"""What every endpoint stands on: who asks, for which shop, in which transaction."""

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from cxdesk.domain.ids import uuid7
from cxdesk.server.config import Config
from cxdesk.server.limits import Buckets
from cxdesk.server.metrics import Metrics
from cxdesk.server.pokes import Pokes
from cxdesk.server.problems import Trouble
from cxdesk.server.roles import Scope, may
from cxdesk.server.store import devices
from cxdesk.server.store.devices import Device
from cxdesk.server.store.port import Busy, Database, Raced, Work
from cxdesk.server.store.shops import Identity
from cxdesk.server.tokens import Secret, shop_of

__all__ = ["Service"]

T = TypeVar("T")

_TRIES = 8
_SEEN_MS = 30_000


@dataclass
class Service:
    """One server process. ``clock`` answers in ms, ``dice`` in 0 to 1, ``chance`` with 74 random bits."""

    database: Database
    identity: Identity
    config: Config
    clock: Callable[[], int]
    dice: Callable[[], float]
    chance: Callable[[], int]
    metrics: Metrics = field(default_factory=Metrics)

    def __post_init__(self) -> None:
        config = self.config
        self.pokes = Pokes(self.database, config.poke_gap_s, self.dice)
        self.by_device = Buckets(config.device_rate, config.device_burst, self.clock)
        self.by_address = Buckets(config.address_rate, config.address_burst, self.clock)
        self.wrong_codes = Buckets(1000 * config.wrong_codes / config.wrong_codes_ms, config.wrong_codes, self.clock)
        self.seats: Counter[str] = Counter()
        self.seen: dict[str, int] = {}

    def mint(self) -> str:
        """A new id."""
        return uuid7(self.clock(), self.chance())

    @asynccontextmanager
    async def entering(
        self, token: Secret | None, scope: Scope, *, locks: bool = False, reads: bool = False
    ) -> AsyncIterator[tuple[Work, Device]]:
        """A transaction in the shop of a device that may do this. Raises ``Trouble`` for everybody else."""
        shop = shop_of(token.text, "a") if token else None
        if token is None or shop is None:
            raise Trouble("unauthorized")
        async with self.database.work(shop, reads=reads) as work:
            device = await devices.entered(work, token.hash, self.clock(), locks=locks)
            if device is None:
                raise Trouble("unauthorized")
            if device.state != "active":
                raise Trouble("device-revoked")
            if not may(device.role, scope):
                raise Trouble("not-allowed")
            if wait := self.by_device.take(device.id):
                raise Trouble("too-many", headers={"Retry-After": str(1 + int(wait))})
            yield work, device

    async def retried(self, act: Callable[[], Awaitable[T]]) -> T:
        """Carry out one whole transaction, again when somebody began the same row in the same moment."""
        for _ in range(_TRIES):
            try:
                return await act()
            except Raced:
                self.metrics.events["raced"] += 1
        raise Busy("raced")

    async def heard_from(self, device: Device, pulled_seq: int, lease_ms: int) -> None:
        """Note that a device is there, at most twice a minute, and keep what it holds with it."""
        now = self.clock()
        if now - self.seen.get(device.id, 0) < _SEEN_MS:
            return
        self.seen[device.id] = now
        async with self.database.work(device.shop) as work:
            await devices.seen(work, device.id, now, pulled_seq, now + lease_ms)
