"""Databases: made once, migrated by one server at a time, never by an older one, and put back from a backup."""

import asyncio
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from cxdesk.server.store import migrate, postgres
from cxdesk.server.store.port import Busy
from cxdesk.server.store.postgres import open_postgres
from cxdesk.server.store.shops import new_epoch
from cxdesk.server.store.sqlite import open_sqlite
from tests.conftest import Clock
from tests.server.conftest import opened, running
from tests.server.desks import problem

OTHER_EPOCH = "0199e3c4-0000-7000-8000-00000000e90d"


def test_every_version_has_its_twin() -> None:
    assert migrate.known("postgres").keys() == migrate.known("sqlite").keys()
    assert list(migrate.known("sqlite")) == list(range(1, migrate.LATEST + 1))


async def test_an_ordinary_owner_is_enough_and_three_servers_may_start_at_once(dsn: str) -> None:
    above = await asyncpg.connect(dsn)
    await above.execute("CREATE ROLE shopkeeper LOGIN CREATEROLE")
    await above.execute("CREATE DATABASE fresh OWNER shopkeeper")
    own = dsn.replace("owner@", "shopkeeper@").rpartition("/")[0] + "/fresh"
    try:
        for database in await asyncio.gather(*(open_postgres(own) for _ in range(3))):
            await database.tend(1_790_000_000_000, 10**11)
            async with database.work("", reads=True) as work:
                assert await work.value("SELECT current_user") == "cx_app"
            await database.close()
        newer = await asyncpg.connect(own)
        await newer.execute("INSERT INTO schema_version VALUES (99)")
        await newer.close()
        with pytest.raises(ValueError, match="99"):
            await open_postgres(own)
    finally:
        await above.execute("DROP DATABASE fresh WITH (FORCE)")
        await above.execute("DROP OWNED BY shopkeeper")
        await above.execute("REVOKE cx_app FROM shopkeeper")
        await above.execute("DROP ROLE shopkeeper")
        await above.close()


async def test_a_server_that_would_stand_above_the_shops_refuses_to_start(
    dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "_LIMITS", {})
    real = asyncpg.create_pool

    def without_role(*given: Any, server_settings: dict[str, str], **more: Any) -> Any:
        return real(*given, **more)

    monkeypatch.setattr(asyncpg, "create_pool", without_role)
    with pytest.raises(ValueError, match="cx_app"):
        await open_postgres(dsn)


async def test_a_database_that_is_not_there_is_said_to_be_busy() -> None:
    with pytest.raises(Busy):
        await open_postgres("postgresql://owner@127.0.0.1:1/nothing")


async def test_a_newer_file_is_left_alone(tmp_path: Path) -> None:
    database: Any = await open_sqlite(tmp_path)
    async with database.work("") as work:
        await work.run("PRAGMA user_version = 99")
    await database.close()
    with pytest.raises(ValueError, match="99"):
        await open_sqlite(tmp_path)


async def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    database = await open_sqlite(tmp_path / "server")
    await database.close()
    assert (tmp_path / "server").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "server" / "server.db").stat().st_mode & 0o777 == 0o600


async def test_after_a_backup_was_put_back_every_desk_is_told(
    storage: str, request: pytest.FixtureRequest, tmp_path: Path, clock: Clock
) -> None:
    database = await opened(storage, request, tmp_path)
    async with running(database, clock) as server:
        desk = await server.shop()
        desk.agent()
        await desk.pushed()
        await desk.pulled()
    database = await opened(storage, request, tmp_path)
    before = desk.epoch
    try:
        await new_epoch(database, OTHER_EPOCH)
        async with running(database, clock) as server:
            desk.client = server.client
            answer = await desk.get("/v1/sync/pull", since=desk.since)
            assert (answer.status_code, problem(answer)) == (409, "epoch-changed")
            assert answer.json()["epoch"] == OTHER_EPOCH
            desk.customer()
            assert problem(await desk.push()) == "epoch-changed"
            desk.epoch = answer.json()["epoch"]
            assert [result["status"] for result in await desk.pushed()] == ["ok", "ok"]
    finally:
        database = await opened(storage, request, tmp_path)
        await new_epoch(database, before)
        await database.close()
