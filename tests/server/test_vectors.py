"""The golden vectors of ``tests/protocol``, through the real server on both databases."""

from pathlib import Path

import pytest

from cxdesk.protocol.rows import Entity
from cxdesk.server.store import devices, entities
from cxdesk.server.store.devices import Device
from cxdesk.server.store.shops import Identity
from cxdesk.server.tokens import made
from tests.conftest import Clock
from tests.protocol.reading import Vector, vectors
from tests.protocol.reading import entities as read_rows
from tests.server.conftest import Server, opened, running
from tests.server.desks import Desk

ADMIT = vectors("admit")


async def seeded(server: Server, owner: Desk, vector: Vector) -> dict[str, Desk]:
    """The vector's rows in a shop, its agents, and its desks, as if all that had been there for long."""
    rows = read_rows(vector.get("rows", []))
    agents = {step["op"].get("agent") for step in vector["steps"]} - {None}
    rows |= {("agent", agent): Entity("agent", agent) for agent in agents}
    desks = {name: Desk(server.client, server.clock, name) for name in {step["op"]["dev"] for step in vector["steps"]}}
    async with server.service.database.work(owner.shop) as work:
        await entities.save(work, rows, rows.keys(), server.clock())
        for desk in desks.values():
            token = made("a", owner.shop)
            device = Device(owner.shop, desk.id, owner.store, "admin", "active", 0, 0)
            await devices.add_device(work, device, desk.id, server.clock())
            await devices.add_token(work, token.hash, desk.id, "a", 1 << 60)
            desk.access, desk.epoch = token.text, owner.epoch
    return desks


async def test_the_server_answers_as_every_vector_says(
    storage: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    clock = Clock(0)
    async with running(await opened(storage, request, tmp_path), clock) as server:
        for name, vector in ADMIT.items():
            server.service.identity = Identity(vector["server"], server.service.identity.epoch)
            await check(server, clock, name, vector)


async def check(server: Server, clock: Clock, name: str, vector: Vector) -> None:
    """One vector, in a shop of its own."""
    clock.at = 0
    owner = await server.shop()
    desks, results = await seeded(server, owner, vector), []
    for step in vector["steps"]:
        clock.at, op = step["now"], step["op"]
        sent = {key: value for key, value in op.items() if key != "dev"}
        results += (await desks[op["dev"]].push([sent])).json()["results"]
    async with server.service.database.work(owner.shop, reads=True) as work:
        after = read_rows(vector["after"])
        rows = await entities.load(work, after.keys(), reads=True)
    assert [without_seq(result) for result in results] == vector["results"], name
    assert [without_seq(line) for line in await owner.log()] == vector["log"], name
    assert rows == after, name


def without_seq(said: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in said.items() if key != "seq"}
