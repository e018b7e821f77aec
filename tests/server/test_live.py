"""Pokes, on the server as it is really run, and between two servers on one PostgreSQL."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from httpx import AsyncClient

from cxdesk.server.pokes import Pokes
from cxdesk.server.store.sqlite import open_sqlite
from tests.conftest import Clock
from tests.server.conftest import opened, running
from tests.server.desks import HEADERS, Desk, problem
from tests.server.process import Process


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    made = Process(tmp_path_factory.mktemp("live") / "desk")
    made.start("--new-shop", "숲속 가게")
    yield made
    made.kill()


@pytest.fixture
async def client(process: Process) -> AsyncIterator[AsyncClient]:
    async with AsyncClient(base_url=process.url, headers=HEADERS, timeout=20) as made:
        yield made


async def seqs(desk: Desk, until: int) -> list[int]:
    """The pokes a desk hears, up to the one that says ``until``."""
    heard: list[int] = []
    async with desk.client.stream("GET", "/v1/live", headers=desk.headers) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["cx-server"] == desk.server
        async for line in answer.aiter_lines():
            if line.startswith("data: "):
                heard.append(json.loads(line[6:])["seq"])
                if heard[-1] >= until:
                    break
    return heard


async def test_a_desk_that_listens_is_poked_and_what_comes_close_together_is_one_poke(
    client: AsyncClient, process: Process
) -> None:
    clock = Clock(1_795_000_000_000)
    desk = Desk(client, clock, "0123456789abcdef")
    assert (await desk.enroll(process.code)).status_code == 201
    hearing = asyncio.create_task(seqs(desk, 12))
    while "cxdesk_listening 1" not in process.text("/metrics"):
        await asyncio.sleep(0.02)
    for at in range(12):
        desk.op("setting", f"s{at}", f={"value": "1"})
        await desk.pushed()
    heard = await asyncio.wait_for(hearing, 60)
    assert heard == sorted(set(heard))
    assert (heard[0], heard[-1]) == (0, 12)
    assert len(heard) < 12, "twelve pushes are not twelve pokes"
    too_many = [asyncio.create_task(seqs(desk, 1 << 40)) for _ in range(3)]
    while "cxdesk_listening 3" not in process.text("/metrics"):
        await asyncio.sleep(0.02)
    refused = await desk.get("/v1/live")
    assert (refused.status_code, problem(refused)) == (429, "too-many")
    for task in too_many:
        task.cancel()
    await asyncio.gather(*too_many, return_exceptions=True)


async def test_a_poke_crosses_from_one_server_to_another_on_the_same_postgresql(
    request: pytest.FixtureRequest, tmp_path: Path, clock: Clock
) -> None:
    first, second = [await opened("postgresql", request, tmp_path) for _ in range(2)]
    async with running(first, clock) as here, running(second, clock, alone=True) as there:
        desk = await here.shop()
        desk.agent()
        while desk.shop not in there.service.pokes.heads:
            here.service.pokes.tell(desk.shop, 1)
            await asyncio.sleep(0.05)
        assert there.service.pokes.heads[desk.shop] == 1


async def test_pokes_are_never_closer_than_their_gap(tmp_path: Path) -> None:
    database = await open_sqlite(tmp_path)
    pokes = Pokes(database, 0.2, lambda: 0.0)
    loop, at = asyncio.get_running_loop(), list[float]()

    async def listen() -> None:
        async for seq in pokes.watch("shop", 0, 5):
            at.append(loop.time())
            if seq == 40:
                return

    listening = asyncio.create_task(listen())
    await asyncio.sleep(0)
    for seq in range(1, 41):
        pokes.tell("shop", seq)
        await asyncio.sleep(0.01)
    await asyncio.wait_for(listening, 5)
    assert all(later - earlier >= 0.14 for earlier, later in pairwise(at))
    assert len(at) <= 5
    assert pokes.ears == {}
    await database.close()
