"""T3: whoever has seen a number of the log has seen every smaller one, however many write at once."""

import asyncio
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from cxdesk.server.limits import Buckets
from cxdesk.server.store.postgres import _PostgresWork
from tests.conftest import Clock
from tests.server.conftest import Server, opened, running
from tests.server.desks import Desk

WRITERS = 32


async def writes(desk: Desk, pushes: int, each: int) -> list[str]:
    """What a desk did, as the ids of its operations."""
    made: list[str] = []
    for _ in range(pushes):
        made += [desk.op("setting", desk.mint(), f={"value": "1"})["op"] for _ in range(each)]
        while (await desk.push()).status_code == 503:  # the queue for the counter was too long for once
            await asyncio.sleep(0.1)
        desk.outbox.clear()
    return made


async def polls(desk: Desk, done: asyncio.Event) -> list[dict[str, Any]]:
    """What another desk hears meanwhile, from one cursor to the next."""
    heard: list[dict[str, Any]] = []
    while True:
        last = done.is_set()
        lines = (await desk.pulled(limit=500)).lines
        heard += lines
        if last and not lines:
            return heard


async def missed(server: Server, pushes: int, each: int) -> tuple[int, list[int]]:
    """How many operations the poller never heard of, and the numbers it heard."""
    server.service.by_device = Buckets(1e6, 10**6, server.clock)
    owner = await server.shop()
    desks = [await server.colleague(owner) for _ in range(WRITERS)]
    done = asyncio.Event()
    polling = asyncio.create_task(polls(owner, done))
    written = await asyncio.gather(*(writes(desk, pushes, each) for desk in desks))
    done.set()
    heard = await polling
    ops = {line["op"] for line in heard}
    return sum(op not in ops for made in written for op in made), [line["seq"] for line in heard]


async def nothing_is_missed(server: Server, pushes: int, each: int) -> None:
    lost, seqs = await missed(server, pushes, each)
    assert lost == 0
    assert seqs == list(range(1, WRITERS * pushes * each + 1))


@pytest.mark.parametrize(
    ("pushes", "each"), [(4, 40), pytest.param(160, 100, marks=pytest.mark.long)], ids=["5,120", "512,000"]
)
async def test_a_poller_misses_nothing_of_thirty_two_writers(
    pushes: int,
    each: int,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each writer dawdles between the last lock and its commit, which is where a sequence would lose rows."""
    dice, insert = random.Random(3), _PostgresWork.insert

    async def slow(work: _PostgresWork, table: str, columns: Sequence[str], rows: Sequence[Any], rest: str = "") -> int:
        if table in ("entity", "answer"):
            await asyncio.sleep(0.004 * dice.random())
        return await insert(work, table, columns, rows, rest)

    monkeypatch.setattr(_PostgresWork, "insert", slow)
    async with running(await opened("postgresql", request, tmp_path, 34), clock) as server:
        await nothing_is_missed(server, pushes, each)


@pytest.mark.long
async def test_the_test_would_notice_numbers_that_are_given_before_the_commit(
    request: pytest.FixtureRequest, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a sequence would give them: a reader sees the larger number first and never hears of the smaller."""
    value = _PostgresWork.value

    async with running(await opened("postgresql", request, tmp_path, 80), clock) as server:

        async def early(work: _PostgresWork, sql: str, *values: Any) -> Any:
            if not sql.startswith("UPDATE shop_counter"):
                return await value(work, sql, *values)
            async with server.service.database.work(work.shop) as own:
                number = await value(own, sql, *values)  # type: ignore[arg-type]
            await asyncio.sleep(0.05 * random.random())
            return number

        monkeypatch.setattr(_PostgresWork, "value", early)
        with pytest.raises(AssertionError):
            await nothing_is_missed(server, 2, 5)
