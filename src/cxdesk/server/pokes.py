"""Telling the desks that are listening how far their shop's log is: at most once a second each, and never in step.

Inside this process a push tells those who listen. The other processes hear of it from the database, outside any
transaction, many pushes in one word.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager

from cxdesk.server.logs import failed
from cxdesk.server.store.port import Busy, Database

__all__ = ["Pokes"]

_SPREAD_S = 0.1
_LISTEN_AGAIN_S = 5.0


class Pokes:
    """``dice`` answers a number from 0 to 1, so that a thousand desks do not all pull in the same moment."""

    def __init__(self, database: Database, gap_s: float, dice: Callable[[], float]) -> None:
        self.database, self.gap_s, self.dice = database, gap_s, dice
        self.heads: dict[str, int] = {}
        self.ears: dict[str, set[asyncio.Event]] = {}
        self.told: dict[str, int] = {}
        self.listening = 0

    def tell(self, shop: str, seq: int) -> None:
        """This process committed operations up to ``seq``."""
        self.told[shop] = max(seq, self.told.get(shop, 0))
        self.heard(shop, seq)

    def heard(self, shop: str, seq: int) -> None:
        """A shop's log is at ``seq``, whoever wrote it."""
        if seq > self.heads.get(shop, 0):
            self.heads[shop] = seq
            for ear in self.ears.get(shop, ()):
                ear.set()

    @contextmanager
    def ear(self, shop: str, head: int) -> Iterator[asyncio.Event]:
        """An event that is set whenever the log of a shop moves beyond ``head``, the present end."""
        ear = asyncio.Event()
        if self.heads.setdefault(shop, head) > head:
            ear.set()
        self.ears.setdefault(shop, set()).add(ear)
        self.listening += 1
        try:
            yield ear
        finally:
            self.listening -= 1
            self.ears[shop].discard(ear)
            if not self.ears[shop]:
                del self.ears[shop]

    async def watch(self, shop: str, head: int, silence_s: float) -> AsyncIterator[int | None]:
        """The end of a shop's log each time it moved, ``None`` after ``silence_s`` without."""
        with self.ear(shop, head) as ear:
            while True:
                try:
                    await asyncio.wait_for(ear.wait(), silence_s)
                except TimeoutError:
                    yield None
                    continue
                await asyncio.sleep(self.gap_s * self.dice() / 4)
                ear.clear()
                yield self.heads[shop]
                await asyncio.sleep(self.gap_s * (3 + self.dice()) / 4)

    async def spread(self) -> None:
        """Pass on to the other processes what this one wrote. Runs as long as the server does."""
        while True:
            await asyncio.sleep(_SPREAD_S)
            told, self.told = self.told, {}
            for shop, seq in told.items():
                try:
                    await self.database.announce(shop, seq)
                except Busy as busy:
                    failed("a poke was not passed on", busy)  # desks that hear nothing pull on their own

    async def hear(self) -> None:
        """Keep listening to the other processes, also after the database was away."""
        while True:
            try:
                await self.database.listen(self.heard)
            except Busy as busy:
                failed("not listening to the other servers", busy)
            await asyncio.sleep(_LISTEN_AGAIN_S)
