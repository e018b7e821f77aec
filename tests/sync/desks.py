"""Desks with a file of their own and a server in this process, and nothing but requests between them."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from cxdesk.desk import Desk
from cxdesk.protocol.exchange import Touched
from cxdesk.server.enrolling import new_shop
from cxdesk.server.store.sqlite import open_sqlite
from cxdesk.settings import Settings
from cxdesk.storage.replica import LocalReplica
from cxdesk.storage.store import Store
from cxdesk.sync.cycle import cycle
from cxdesk.sync.session import Session, enrol
from cxdesk.sync.transport import Transport
from tests.conftest import Clock, Mint
from tests.server.conftest import Server, running

__all__ = ["Replica", "Shop", "Tokens", "shop_at"]

TABLES = (
    "customer",
    "identity",
    "purchase",
    "note",
    "preference",
    "ticket",
    "message",
    "follow_up",
    "agent",
    "conflict",
)


@dataclass
class Tokens:
    """A token in memory."""

    kept: str | None = None
    locked: bool = False

    def read(self) -> str | None:
        return self.kept

    def write(self, token: str) -> None:
        self.kept = token


@dataclass
class Replica:
    """One desk, its file, and its way to the server, which can be cut."""

    desk: Desk
    store: Store
    file: LocalReplica
    http: httpx.AsyncClient
    clock: Clock
    tokens: Tokens = field(default_factory=Tokens)
    touched: set[tuple[str, str]] = field(default_factory=set)

    async def join(self, code: str) -> None:
        transport = Transport("http://desk", self.http, self.clock)
        said = await enrol(transport, code, self.desk.mint(), "계산대")
        self.tokens.write(said.refresh)
        self.file.join(said.membership)
        self.session = Session(transport, said.membership.device, self.tokens, self.clock)

    async def sync(self) -> None:
        await cycle(self.session, self.file, self.clock, self._hear, lambda _done, _total: None)

    def _hear(self, touched: Touched) -> None:
        self.touched |= touched

    def rows(self, *tables: str) -> dict[str, list[Any]]:
        """Every row of these tables, as they are shown."""
        every = tables or TABLES
        return {t: self.desk.db.execute(f"SELECT * FROM {t} ORDER BY id").fetchall() for t in every}  # noqa: S608

    def tags(self) -> set[tuple[str, str]]:
        return set(self.desk.db.execute("SELECT ent_id, tag FROM tag"))

    def close(self) -> None:
        self.file.close()
        self.store.close()


@dataclass
class Shop:
    """A server with one shop, and the desks that were opened."""

    server: Server
    folder: Path
    blank: Path
    clock: Clock
    replicas: list[Replica] = field(default_factory=list)

    def alone(self, name: str = "이서준", clock: Clock | None = None) -> Replica:
        """A desk that belongs to nobody yet."""
        number = len(self.replicas) + 1
        folder = self.folder / f"desk{number}"
        folder.mkdir()
        shutil.copy(self.blank, folder / "desk.db")
        return self.opened(folder, name, clock)

    def opened(self, folder: Path, name: str = "", clock: Clock | None = None) -> Replica:
        """A desk on a file that is there."""
        store = Store.open(folder)
        mint = Mint(seed=len(self.replicas) + 1)
        desk = Desk(store, Settings(), clock=clock or self.clock, mint=mint)
        if name:
            desk.sign_in(name)
        made = Replica(desk, store, LocalReplica(store, mint), self.server.client, clock or self.clock)
        self.replicas.append(made)
        return made

    async def code(self) -> str:
        """A way in: of a new shop for the first desk, from the first desk for the others."""
        first = next((one for one in self.replicas if hasattr(one, "session")), None)
        if first is None:
            return (await new_shop(self.server.service, "숲속 가게"))[1].text
        store = (await first.session.ask("GET", "/v1/devices")).json()["devices"][0]["store"]
        answer = await first.session.ask("POST", "/v1/devices", body={"store": store, "role": "agent"})
        return str(answer.json()["code"])

    async def joined(self, name: str = "이서준", clock: Clock | None = None) -> Replica:
        """A desk that belongs to the shop and is in step."""
        made = self.alone(name, clock)
        await made.join(await self.code())
        await made.sync()
        return made

    async def meet(self) -> None:
        """Everybody syncs until nobody has anything to say that another one has not heard."""
        for _ in range(2):
            for one in self.replicas:
                await one.sync()


@asynccontextmanager
async def shop_at(folder: Path, blank: Path, clock: Clock) -> AsyncIterator[Shop]:
    async with running(await open_sqlite(folder / "server"), clock) as server:
        shop = Shop(server, folder, blank, clock)
        yield shop
        for one in shop.replicas:
            one.close()
