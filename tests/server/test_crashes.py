"""T6: the server is killed, the database stops at once; desks that keep trying lose nothing and repeat nothing."""

import asyncio
import random
from collections import Counter
from pathlib import Path

import pytest
from httpx import AsyncClient, HTTPError

from tests.conftest import Clock
from tests.server.desks import HEADERS, Desk
from tests.server.postgres import Postgres, binaries
from tests.server.process import Process

DESKS = 4


class Stubborn:
    """A desk that pushes, and pushes the same again until it is answered."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk, self.dice = desk, random.Random(seed)
        self.acked: list[str] = []
        self.waited = 0

    async def work(self, done: asyncio.Event) -> None:
        while not done.is_set():
            for _ in range(self.dice.randint(1, 20)):
                self.desk.op("setting", self.desk.mint(), f={"value": "1"})
            await self.send()

    async def send(self) -> None:
        while self.desk.outbox:
            try:
                answer = await self.desk.push()
            except HTTPError:
                self.waited += 1
                await asyncio.sleep(0.05)
                continue
            if answer.status_code == 503:
                self.waited += 1
                await asyncio.sleep(0.05)
                continue
            assert answer.status_code == 200, answer.text
            statuses = {result["status"] for result in answer.json()["results"]}
            assert statuses <= {"ok", "duplicate"}
            self.acked += [op["op"] for op in self.desk.outbox]
            self.desk.outbox.clear()


async def enrolled(process: Process, client: AsyncClient, clock: Clock) -> list[Desk]:
    first = Desk(client, clock, "00000000deadbeef")
    assert (await first.enroll(process.code)).status_code == 201
    desks = [first]
    for at in range(1, DESKS):
        desk = Desk(client, clock, f"{at:08x}deadbeef")
        answer = await first.post("/v1/devices", {"store": first.store, "role": "agent"})
        assert (await desk.enroll(answer.json()["code"])).status_code == 201
        desks.append(desk)
    return desks


async def survive(process: Process, cluster: Postgres | None, kills: int, stops: int) -> tuple[int, int]:
    """Kill and stop while desks write; how many operations were acknowledged, and how often somebody had to wait."""
    dice, done = random.Random(11), asyncio.Event()
    async with AsyncClient(base_url=process.url, headers=HEADERS, timeout=20) as client:
        desks = [
            Stubborn(desk, at) for at, desk in enumerate(await enrolled(process, client, Clock(1_795_000_000_000)))
        ]
        working = [asyncio.create_task(desk.work(done)) for desk in desks]
        blows = ["kill"] * kills + ["stop"] * stops
        dice.shuffle(blows)
        for blow in blows:
            before = sum(len(desk.acked) for desk in desks)
            while sum(len(desk.acked) for desk in desks) < before + 20:
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.1 * dice.random())
            if blow == "kill":
                process.kill()
                await asyncio.to_thread(process.start)
            elif cluster:
                await asyncio.to_thread(cluster.stop, "immediate")
                await asyncio.to_thread(cluster.start)
        done.set()
        await asyncio.gather(*working)
        log = await desks[0].desk.log()
    found = Counter(line["op"] for line in log)
    acked = [op for desk in desks for op in desk.acked]
    assert [op for op in acked if found[op] != 1] == [], "lost, or there twice"
    assert len(found) == len(acked)
    assert [line["seq"] for line in log] == list(range(1, len(log) + 1))
    for desk in desks:
        assert [line["n"] for line in log if line["dev"] == desk.desk.id] == list(range(1, desk.desk.n + 1))
    return len(acked), sum(desk.waited for desk in desks)


LONG = pytest.mark.long


@pytest.mark.parametrize(("kills", "stops"), [(3, 1), pytest.param(500, 80, marks=LONG)], ids=["short", "long"])
async def test_postgresql_and_the_server_fall_and_nothing_is_lost(kills: int, stops: int, tmp_path: Path) -> None:
    assert binaries() is not None, "PostgreSQL is not installed: apt-get install postgresql"
    cluster = Postgres()
    process = Process(tmp_path / "desk", cluster.dsn)
    try:
        process.start("--new-shop", "Forest shop")
        acked, waited = await survive(process, cluster, kills, stops)
    finally:
        process.kill()
        cluster.end()
    assert acked >= 20 * (kills + stops)
    assert waited > 0


@pytest.mark.parametrize("kills", [2, pytest.param(100, marks=LONG)], ids=["short", "long"])
async def test_a_server_on_sqlite_falls_and_nothing_is_lost(kills: int, tmp_path: Path) -> None:
    process = Process(tmp_path / "desk")
    try:
        process.start("--new-shop", "Forest shop")
        acked, _ = await survive(process, None, kills, 0)
    finally:
        process.kill()
    assert acked >= 20 * kills
