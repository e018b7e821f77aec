"""A server in this process, on either database, and desks that speak to it as the protocol says."""

import os
import random
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from cxdesk.server.app import application
from cxdesk.server.config import Config
from cxdesk.server.enrolling import new_shop
from cxdesk.server.service import Service
from cxdesk.server.store.port import Database
from cxdesk.server.store.postgres import open_postgres
from cxdesk.server.store.shops import Identity, identity
from cxdesk.server.store.sqlite import open_sqlite
from tests.conftest import Clock
from tests.server.desks import HEADERS, Desk
from tests.server.postgres import Postgres, binaries

SERVER = Identity("0199e3c4-0000-7000-8000-00000000cafe", "0199e3c4-0000-7000-8000-00000000e90c")


@pytest.fixture(scope="session")
def dsn() -> Iterator[str]:
    """A real PostgreSQL: the one that is named, or one of our own."""
    if given := os.environ.get("CXDESK_TEST_PG_DSN"):
        yield given
        return
    if binaries() is None and not os.environ.get("CI"):
        pytest.skip("no PostgreSQL here: apt-get install postgresql, or set CXDESK_TEST_PG_DSN")
    cluster = Postgres("fsync=off")
    yield cluster.dsn
    cluster.end()


BOTH = ("sqlite", "postgresql")
REAL = (pytest.param("sqlite", marks=pytest.mark.long), "postgresql")
"""On both, but on SQLite only when there is time: for what hardly touches the rows."""


@pytest.fixture(params=BOTH)
def storage(request: pytest.FixtureRequest) -> str:
    kind: str = request.param
    return kind


async def opened(storage: str, request: pytest.FixtureRequest, folder: Path, connections: int = 8) -> Database:
    if storage == "sqlite":
        return await open_sqlite(folder / "server")
    return await open_postgres(request.getfixturevalue("dsn"), connections=connections)


@dataclass
class Server:
    """A running server and the way in."""

    service: Service
    client: AsyncClient
    clock: Clock

    async def shop(self, name: str = "숲속 가게") -> Desk:
        """A new shop, and its first desk, which may do everything."""
        _, code = await new_shop(self.service, name)
        return await self.desk(code.text)

    async def desk(self, code: str) -> Desk:
        """A desk that comes in with a code."""
        desk = Desk(self.client, self.clock, secrets.token_hex(16))
        answer = await desk.enroll(code)
        assert answer.status_code == 201, answer.text
        return desk

    async def colleague(self, of: Desk, role: str = "agent") -> Desk:
        """Another desk of the same shop."""
        answer = await of.post("/v1/devices", {"store": of.store, "role": role})
        assert answer.status_code == 201, answer.text
        return await self.desk(answer.json()["code"])


_opening: list[Callable[[], Awaitable[Service]]] = []


@cache
def _app() -> FastAPI:
    """The application, described once: that takes longer than most tests."""
    return application(lambda: _opening[0]())


@asynccontextmanager
async def running(database: Database, clock: Clock, *, alone: bool = False, **config: Any) -> AsyncIterator[Server]:
    """A server on a database, asked in this process; ``alone``: while another one runs."""
    await database.tend(clock(), 10**11)
    dice = random.Random(7)
    known = await identity(database, SERVER)

    async def service() -> Service:
        return Service(database, known, Config(**config), clock, dice.random, lambda: secrets.randbits(74))

    app = application(service) if alone else _app()
    _opening[:] = [service]
    async with app.router.lifespan_context(app):
        transport = ASGITransport(app, raise_app_exceptions=False, client=("127.0.0.1", 1))
        async with AsyncClient(transport=transport, base_url="http://desk", headers=HEADERS) as client:
            yield Server(app.state.service, client, clock)


@pytest.fixture
async def server(storage: str, request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> AsyncIterator[Server]:
    database = await opened(storage, request, tmp_path)
    async with running(database, clock) as made:
        yield made
