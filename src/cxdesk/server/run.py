"""Running the server: the database opened, a shop made if asked for, then requests until somebody says stop."""

import random
import resource
import secrets
import socket
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn

from cxdesk.domain.ids import uuid7
from cxdesk.server.app import application
from cxdesk.server.config import Config
from cxdesk.server.enrolling import first_code, new_shop
from cxdesk.server.logs import to_stderr
from cxdesk.server.service import Service
from cxdesk.server.store.port import Database
from cxdesk.server.store.shops import Identity, identity, new_epoch
from cxdesk.server.tokens import Secret

__all__ = ["Place", "code_for", "make_shop", "open_service", "prepare", "restore", "serve"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the server keeps what it knows: a DSN of PostgreSQL, or a folder for SQLite."""

    dsn: str | None
    folder: Path

    def __repr__(self) -> str:
        return "Place(postgresql)" if self.dsn else f"Place({self.folder})"


def now() -> int:
    """The clock: ms since 1970-01-01 UTC."""
    return time.time_ns() // 1_000_000


def _mint() -> str:
    return uuid7(now(), secrets.randbits(74))


async def _database(place: Place) -> Database:
    """Raises ``Busy`` when the database cannot be reached, ``ValueError`` when it is newer than this program."""
    if place.dsn:
        from cxdesk.server.store.postgres import open_postgres

        return await open_postgres(place.dsn)
    from cxdesk.server.store.sqlite import open_sqlite

    return await open_sqlite(place.folder)


async def open_service(place: Place) -> Service:
    """The service on a database whose schema is up to date and whose log has room. Raises as ``_database``."""
    database = await _database(place)
    config = Config()
    await database.tend(now(), config.keep_ms)
    known = await identity(database, Identity(_mint(), _mint()))
    return Service(database, known, config, now, random.random, lambda: secrets.randbits(74))


async def prepare(place: Place) -> None:
    """Migrate the database if need be. Raises as ``_database``: before anybody is listened to."""
    service = await open_service(place)
    await service.database.close()


async def make_shop(place: Place, name: str) -> tuple[str, Secret]:
    """A new shop's id, and the code for its first desk."""
    service = await open_service(place)
    try:
        return await new_shop(service, name)
    finally:
        await service.database.close()


async def code_for(place: Place, shop: str) -> Secret:
    """A code for one more desk that may do everything. Raises ``Trouble`` for a shop that is not here."""
    service = await open_service(place)
    try:
        return await first_code(service, shop)
    finally:
        await service.database.close()


async def restore(place: Place) -> None:
    """Say that the database was put back from a backup."""
    database = await _database(place)
    try:
        await identity(database, Identity(_mint(), _mint()))
        await new_epoch(database, _mint())
    finally:
        await database.close()


def serve(place: Place, listening: socket.socket, certificate: str | None, key: str | None) -> None:
    """Answer requests on a bound socket until the process is told to stop."""
    to_stderr()
    # What is in memory, tokens among it, must not be written out if the process dies.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    opening: Callable[[], Coroutine[Any, Any, Service]] = lambda: open_service(place)  # noqa: E731
    config = uvicorn.Config(
        application(opening),
        log_config=None,
        access_log=False,
        server_header=False,
        ws="none",
        lifespan="on",
        timeout_keep_alive=75,
        timeout_graceful_shutdown=5,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )
    uvicorn.Server(config).run(sockets=[listening])
