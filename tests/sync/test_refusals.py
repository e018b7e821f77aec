"""Whatever the server answers to a push: what waits is still there, and nobody hammers at the door."""

import json
from collections.abc import Callable

import httpx
import pytest

from cxdesk.sync.status import Event
from cxdesk.sync.transport import Transport
from cxdesk.sync.worker import FAILURES, failure_of
from tests.sync.desks import Replica, Shop
from tests.sync.test_meeting import newcomer, words

Script = Callable[[httpx.Request], httpx.Response | None]


class Scripted(httpx.AsyncBaseTransport):
    """The server, except where the script answers in its place."""

    def __init__(self, shop: Shop, script: Script) -> None:
        self.inner = shop.server.client._transport
        self.script = script
        self.pushes: list[int] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/v1/sync/push":
            self.pushes.append(len(json.loads(unpacked(request))["ops"]))
            if (said := self.script(request)) is not None:
                return said
        return await self.inner.handle_async_request(request)


def unpacked(request: httpx.Request) -> bytes:
    import gzip

    return gzip.decompress(request.content) if request.headers.get("Content-Encoding") else request.content


def problem(shop: Shop, status: int, name: str, **more: object) -> httpx.Response:
    body = {"type": f"urn:cxdesk:problem:{name}", "status": status, **more}
    headers = {"Cx-Server": shop.server.service.identity.server, "Content-Type": "application/problem+json"}
    return httpx.Response(status, headers=headers, stream=httpx.ByteStream(json.dumps(body).encode()))


def behind(shop: Shop, replica: Replica, script: Script) -> Scripted:
    network = Scripted(shop, script)
    old = replica.session.transport
    new = Transport(old.url, httpx.AsyncClient(transport=network), replica.clock, old.server)
    new.access = old.access
    replica.session.transport = new
    return network


@pytest.mark.parametrize(
    ("status", "name", "event"),
    [
        (401, "unauthorized", Event.UNAUTHORISED),
        (403, "not-allowed", Event.REFUSED),
        (409, "device-forked", Event.UNAUTHORISED),
        (410, "expired", Event.REFUSED),
        (415, "unsupported", Event.REFUSED),
        (422, "malformed", Event.REFUSED),
        (426, "upgrade", Event.OUTDATED),
        (429, "too-many", Event.UNREACHABLE),
        (503, "unavailable", Event.UNREACHABLE),
    ],
)
async def test_a_push_that_is_refused_leaves_everything_waiting(
    shop: Shop, status: int, name: str, event: Event
) -> None:
    one = await shop.joined()
    newcomer(one)
    waiting, rows = one.file.pending(), one.rows()
    network = behind(shop, one, lambda _request: problem(shop, status, name))
    with pytest.raises(FAILURES) as raised:
        await one.sync()
    assert failure_of(raised.value)[0] is event
    assert one.file.pending() == waiting
    assert one.rows() == rows
    assert len(network.pushes) <= 2
    network.script = lambda _request: None
    await one.sync()
    assert one.file.pending() == 0


async def test_a_batch_that_is_too_large_is_halved_until_it_fits(shop: Shop) -> None:
    one = await shop.joined()
    for n in range(4):
        newcomer(one, f"손님{n} 010-5555-000{n}")
    waiting = one.file.pending()

    def small(request: httpx.Request) -> httpx.Response | None:
        return problem(shop, 413, "too-large") if len(json.loads(unpacked(request))["ops"]) > 4 else None

    network = behind(shop, one, small)
    await one.sync()
    assert one.file.pending() == 0
    assert network.pushes[0] == waiting
    assert max(network.pushes[3:]) <= 4


async def test_a_server_that_stops_halfway_is_sent_the_rest_later(shop: Shop) -> None:
    one = await shop.joined()
    ticket = newcomer(one)
    waiting = one.file.pending()

    def halfway(request: httpx.Request) -> httpx.Response:
        first = json.loads(unpacked(request))["ops"][0]
        headers = {"Cx-Server": shop.server.service.identity.server, "Content-Type": "application/json"}
        said = {"results": [{"n": first["n"], "status": "ok", "seq": 1}], "acked_n": first["n"], "head": 1}
        return httpx.Response(200, headers=headers, stream=httpx.ByteStream(json.dumps(said).encode()))

    behind(shop, one, halfway)
    with pytest.raises(FAILURES):
        await one.sync()
    assert one.file.pending() == waiting - 1
    assert words(one, ticket.id)


@pytest.mark.parametrize(
    "results", [None, "many", [{"n": 99, "status": "ok"}], [{"status": "ok"}], [3], [{"n": 1, "status": "ok", "t": 5}]]
)
async def test_results_that_make_no_sense_are_no_answer(shop: Shop, results: object) -> None:
    one = await shop.joined()
    newcomer(one)
    waiting = one.file.pending()
    headers = {"Cx-Server": shop.server.service.identity.server, "Content-Type": "application/json"}
    said = httpx.Response(200, headers=headers, stream=httpx.ByteStream(json.dumps({"results": results}).encode()))
    behind(shop, one, lambda _request: said)
    with pytest.raises(FAILURES) as raised:
        await one.sync()
    assert failure_of(raised.value)[0] is Event.UNREACHABLE
    assert one.file.pending() == waiting


async def test_a_gap_that_the_server_sees_is_closed(shop: Shop) -> None:
    one = await shop.joined()
    with one.store.transaction() as db:
        db.execute("UPDATE local SET value = value + 40 WHERE key = 'number'")
    newcomer(one)
    await one.sync()
    assert one.file.pending() == 0
    two = await shop.joined("박하늘")
    await shop.meet()
    assert two.rows() == one.rows()


async def test_a_server_that_was_put_back_from_a_backup_is_begun_with_anew(shop: Shop) -> None:
    one = await shop.joined()
    newcomer(one)
    await one.sync()
    once = [True]

    def epoch(_request: httpx.Request) -> httpx.Response | None:
        return problem(shop, 409, "epoch-changed") if once and once.pop() else None

    newcomer(one, "박서연 010-1111-2222")
    member = one.file.membership
    assert member is not None
    one.file.begin_epoch("an epoch of before")
    behind(shop, one, epoch)
    await one.sync()
    assert one.file.pending() == 0
    assert one.file.membership is not None
    assert one.file.membership.epoch == member.epoch
