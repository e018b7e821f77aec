"""What a bad network does to a request: nothing that is half, strange or endless ever counts as an answer."""

import asyncio
import gzip
import json

import pytest

from cxdesk.protocol.cursor import BadPage, end_line, read_page
from cxdesk.sync.session import LoginNeeded
from cxdesk.sync.status import Event
from cxdesk.sync.transport import Answer, Problem, Stranger, Transport, Unreachable, client
from cxdesk.sync.worker import FAILURES, failure_of
from tests.conftest import Clock
from tests.sync.proxy import Plan, answering, gateway, raw, request

SERVER = "server-1"
OURS = ("Cx-Server: server-1", "Cx-Time: 1790000000000", "Content-Type: application/json")


async def ask(plan: Plan, **more: float) -> Answer:
    async with gateway(plan) as (url, _):
        return await ask_at(url, **more)


async def ask_at(url: str, **more: float) -> Answer:
    transport = Transport(url, client(), Clock(), SERVER)
    transport.access = "cxd_a_secret"
    try:
        return await transport.ask("POST", "/v1/sync/push", body={"ops": []}, **more)  # type: ignore[arg-type]
    finally:
        await transport.close()


async def failure(plan: Plan, **more: float) -> Exception:
    with pytest.raises(FAILURES) as raised:
        await ask(plan, **more)
    return raised.value


async def test_an_answer_of_the_server_is_an_answer() -> None:
    answer = await ask(raw(answering(200, b'{"results": []}', *OURS)))
    assert answer.json() == {"results": []}


async def test_a_page_that_is_cut_anywhere_is_no_page() -> None:
    lines = b"".join(json.dumps({"op": f"op-{n}", "n": n}).encode() + b"\n" for n in range(60))
    page = lines + end_line(lines, 60, "e.60.", 60)
    assert len(page) > 1500
    assert len(read_page(page).lines) == 60
    for cut in range(len(page)):
        with pytest.raises(BadPage):
            read_page(page[:cut])


@pytest.mark.parametrize("packed", [False, True])
async def test_an_answer_that_ends_early_is_none(packed: bool) -> None:
    body = b'{"results": [' + b"1," * 600 + b"1]}"
    coding = ("Content-Encoding: gzip",) if packed else ()
    sent = gzip.compress(body) if packed else body
    for cut in range(0, len(sent), 1 if packed else 40):
        closed = "\r\n".join(["HTTP/1.1 200 OK", *OURS, *coding, "Connection: close", "", ""]).encode() + sent[:cut]
        for answer in (answering(200, sent[:cut], *OURS, *coding, length=len(sent)), closed):
            with pytest.raises(Unreachable):
                (await ask(raw(answer))).json()


async def test_bytes_that_drip_do_not_outlast_the_deadline() -> None:
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request(reader)
        for byte in answering(200, b"{}" + b" " * 500, *OURS):
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(0.01)

    began = asyncio.get_running_loop().time()
    assert str(await failure(drip, deadline=0.3)) == "deadline"
    assert asyncio.get_running_loop().time() - began < 2


async def test_a_server_that_never_reads_does_not_outlast_the_deadline() -> None:
    async def deaf(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(5)

    assert str(await failure(deaf, deadline=0.2)) == "deadline"


async def test_a_connection_that_breaks_after_the_request_says_nothing_of_what_was_done() -> None:
    async def reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request(reader)
        writer.transport.abort()

    assert isinstance(await failure(reset), Unreachable)


async def test_nobody_is_there() -> None:
    async with gateway(raw(b"")) as (url, _):
        gone = url
    with pytest.raises(Unreachable):
        await ask_at(gone)


async def test_a_second_answer_on_the_same_line_is_not_taken_for_the_next() -> None:
    twice = answering(200, b'{"n": 1}', *OURS).replace(b"Connection: close\r\n", b"")
    answer = await ask(raw(twice + twice))
    assert answer.json() == {"n": 1}


@pytest.mark.parametrize(
    "headers",
    [
        ("Content-Type: text/html",),
        ("Content-Type: text/html", "Cx-Server: server-1"),
        ("Content-Type: application/json",),
        ("Content-Type: application/json", "Cx-Server: server-2"),
    ],
)
async def test_whoever_is_not_the_server_is_a_stranger(headers: tuple[str, ...]) -> None:
    assert isinstance(await failure(raw(answering(200, b"<html>Welcome</html>", *headers))), Stranger)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_nobody_follows_a_redirect(status: int) -> None:
    async with gateway(raw(answering(200, b"{}", *OURS))) as (elsewhere, came):
        assert isinstance(await failure(raw(answering(status, b"", f"Location: {elsewhere}/x"))), Stranger)
        assert came == []


@pytest.mark.parametrize("where", ["body", "gzip", "header"])
async def test_what_is_too_large_is_put_down(where: str) -> None:
    if where == "header":
        answer = b"HTTP/1.1 200 OK\r\nX: " + b"a" * (40 << 20)
    elif where == "gzip":
        answer = answering(200, gzip.compress(b" " * (48 << 20), 1), *OURS, "Content-Encoding: gzip")
    else:
        answer = answering(200, b" " * (20 << 20), *OURS)
    assert isinstance(await failure(raw(answer)), Unreachable)


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "gzip"])
async def test_a_packing_that_was_not_asked_for_or_is_none(coding: str) -> None:
    assert isinstance(
        await failure(raw(answering(200, b"nonsense", *OURS, f"Content-Encoding: {coding}"))), Unreachable
    )


async def test_a_wrong_length() -> None:
    assert isinstance(await failure(raw(answering(200, b"{}", *OURS, length=900))), Unreachable)
    short = await ask(raw(answering(200, b'{"n": 1}garbage', *OURS, length=8)))
    assert short.json() == {"n": 1}


PASSING = {408, 425, 429, *range(500, 600)}


async def test_every_status_has_its_meaning() -> None:
    for status in range(400, 600):
        named = {401: "unauthorized", 409: "device-forked", 413: "too-large", 426: "upgrade"}.get(status, "odd")
        body = json.dumps({"type": f"urn:cxdesk:problem:{named}", "status": status}).encode()
        headers = (*OURS[:2], "Content-Type: application/problem+json", "Retry-After: 7")
        said = failure_of(await failure(raw(answering(status, body, *headers))))
        if status in PASSING:
            assert said == (Event.UNREACHABLE, named, 7.0)
        else:
            event = {401: Event.UNAUTHORISED, 409: Event.UNAUTHORISED, 426: Event.OUTDATED}.get(status, Event.REFUSED)
            assert said == (event, named, 7.0), status


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429])
async def test_a_proxy_that_cannot_reach_the_server_is_no_portal(status: int) -> None:
    error = await failure(raw(answering(status, b"<html>Bad gateway</html>", "Content-Type: text/html")))
    assert isinstance(error, Unreachable)


async def test_when_to_come_again_may_be_a_date() -> None:
    headers = (*OURS, "Date: Sun, 22 Nov 2026 03:00:00 GMT", "Retry-After: Sun, 22 Nov 2026 03:02:00 GMT")
    assert failure_of(await failure(raw(answering(503, b"{}", *headers))))[2] == 120.0
    nonsense = (*OURS, "Retry-After: soon")
    assert failure_of(await failure(raw(answering(503, b"{}", *nonsense))))[2] is None


async def test_the_clock_is_off_by_the_median_of_what_was_measured() -> None:
    async with gateway(raw(answering(200, b"{}", "Cx-Server: server-1", "Cx-Time: 1790000090000", OURS[2]))) as (
        url,
        _,
    ):
        transport = Transport(url, client(), Clock(1_790_000_000_000), SERVER)
        for _ in range(3):
            await transport.ask("GET", "/v1/meta")
        assert transport.offset == 90_000
        await transport.close()


async def test_pokes_come_as_they_are_said() -> None:
    said = b': here\n\nevent: poke\ndata: {"seq": 4}\n\nevent: po' + b'ke\ndata: {"seq": 9}\n\n'
    head = "\r\n".join(["HTTP/1.1 200 OK", OURS[0], "Content-Type: text/event-stream", "Connection: close", "", ""])

    async def stream(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request(reader)
        for part in (head.encode(), said[:40], said[40:]):
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(0)

    async with gateway(stream) as (url, _):
        transport = Transport(url, client(), Clock(), SERVER)
        channel = transport.live()
        assert [await anext(channel), await anext(channel)] == [4, 9]
        with pytest.raises(Unreachable, match="ended"):
            await anext(channel)
        await transport.close()


@pytest.mark.parametrize("said", [b"data: nonsense\n\n", b"data: {}\n\n", b"x" * 10_000])
async def test_a_channel_that_says_nonsense_is_left(said: bytes) -> None:
    head = "\r\n".join(["HTTP/1.1 200 OK", OURS[0], "Content-Type: text/event-stream", "Connection: close", "", ""])
    async with gateway(raw(head.encode() + said)) as (url, _):
        transport = Transport(url, client(), Clock(), SERVER)
        with pytest.raises(Unreachable):
            _ = [seq async for seq in transport.live()]
        await transport.close()


def test_every_failure_has_a_meaning() -> None:
    assert failure_of(Stranger("x"))[0] is Event.STRANGER
    assert failure_of(LoginNeeded("no-token"))[:2] == (Event.UNAUTHORISED, "no-token")
    with pytest.raises(KeyError):
        failure_of(KeyError("not of the network"))
    assert failure_of(Problem("malformed", 422, {}))[0] is Event.REFUSED
