"""What every request passes: bounds on the way in, a name for whatever fails, and no value said back."""

import ast
import asyncio
import gzip
import json
import logging
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cxdesk.server
from cxdesk.protocol.problems import PROBLEMS
from cxdesk.server.door import _depth
from cxdesk.server.limits import Buckets
from cxdesk.server.logs import Redacting, where
from cxdesk.server.metrics import Metrics
from cxdesk.server.store.sqlite import open_sqlite
from tests.conftest import START, Clock
from tests.server.conftest import SERVER, Server, running
from tests.server.desks import problem

JSON = {"Content-Type": "application/json"}


@pytest.fixture(params=["sqlite"])
def storage(request: pytest.FixtureRequest) -> str:
    """The door does not know what is behind it."""
    kind: str = request.param
    return kind


async def test_every_answer_says_who_answers_and_what_time_it_is(server: Server) -> None:
    desk = await server.shop()
    for answer in (await desk.get("/v1/meta"), await desk.get("/v1/team"), await desk.get("/nowhere")):
        assert answer.headers["cx-server"] == SERVER.server
        assert answer.headers["cx-time"] == str(START)
        assert answer.headers["cx-protocol"] == "1"
    meta = (await server.client.get("/v1/meta", headers={"Cx-Protocol": "9"})).json()
    assert meta["protocol"] == {"min": 1, "max": 1}
    assert meta["epoch"] == SERVER.epoch


@pytest.mark.parametrize("spoken", ["2", "0", "", "one"])
async def test_another_version_of_the_protocol_is_told_which_are_spoken(server: Server, spoken: str) -> None:
    answer = await server.client.get("/v1/team", headers={"Cx-Protocol": spoken})
    assert (answer.status_code, problem(answer)) == (426, "upgrade")
    assert (answer.json()["min"], answer.json()["max"]) == (1, 1)


BOMB = gzip.compress(b'{"ops":"' + b"0" * 30_000_000 + b'"}')

BODIES: dict[str, tuple[str, bytes, dict[str, str], int, str]] = {
    "too large": ("/v1/sync/push", b"[" + b" " * 1_000_001, JSON, 413, "too-large"),
    "too large for a small one": ("/v1/token", b" " * 20_000, JSON, 413, "too-large"),
    "said to be large": ("/v1/token", b"{}", {**JSON, "Content-Length": "99999999"}, 413, "too-large"),
    "a bomb": ("/v1/sync/push", BOMB, {**JSON, "Content-Encoding": "gzip"}, 413, "too-large"),
    "half a gzip": ("/v1/sync/push", gzip.compress(b"{}")[:-4], {**JSON, "Content-Encoding": "gzip"}, 422, "malformed"),
    "no gzip": ("/v1/sync/push", b"{}", {**JSON, "Content-Encoding": "gzip"}, 422, "malformed"),
    "another coding": ("/v1/sync/push", b"{}", {**JSON, "Content-Encoding": "br"}, 415, "unsupported"),
    "a form": ("/v1/sync/push", b"a=b", {"Content-Type": "application/x-www-form-urlencoded"}, 415, "unsupported"),
    "deep": ("/v1/token", b"[" * 8000, JSON, 422, "malformed"),
    "deep push": ("/v1/sync/push", b"[" * 500_000, JSON, 422, "malformed"),
    "deep operation": ("/v1/sync/push", b'{"ops":' + b"[" * 400_000, JSON, 422, "malformed"),
    "no json": ("/v1/sync/push", b"\xff\xfe", JSON, 422, "malformed"),
    "json of another kind": ("/v1/token", b'"x"', JSON, 422, "malformed"),
}


@pytest.mark.parametrize("name", BODIES)
async def test_a_body_that_cannot_be_read_is_refused_by_name(server: Server, name: str) -> None:
    path, body, headers, status, said = BODIES[name]
    answer = await server.client.post(path, content=body, headers=headers)
    assert (answer.status_code, problem(answer)) == (status, said)


async def test_a_packed_push_is_opened(server: Server) -> None:
    desk = await server.shop()
    desk.agent()
    body = gzip.compress(json.dumps(desk.body()).encode())
    headers = {**desk.headers, **JSON, "Content-Encoding": "gzip"}
    answer = await server.client.post("/v1/sync/push", content=body, headers=headers)
    assert answer.json()["acked_n"] == 1


async def test_no_problem_says_back_what_was_sent(server: Server) -> None:
    desk = await server.shop()
    secret = "김민지-01012345678"
    answers = [
        await desk.post("/v1/token", {"device": secret, "refresh": secret}),
        await desk.post("/v1/enroll", {"code": secret, "device": secret, "name": secret}),
        await desk.post("/v1/queue/next", {"agent": secret, "topics": secret}),
        await desk.post(f"/v1/tickets/{secret}/claim", {"agent": secret}),
        await desk.get("/v1/sync/pull", since=secret),
        await desk.get("/v1/customers/search", q=secret, limit="many"),
        await desk.post("/v1/sync/push", {"device": secret}),
        await desk.get(f"/{secret}"),
    ]
    for answer in answers:
        assert answer.status_code >= 400
        problem(answer)
        assert "김민지" not in json.dumps(answer.json(), ensure_ascii=False)


@pytest.mark.parametrize(("method", "path"), [("PUT", "/v1/sync/push"), ("GET", "/v1/enroll"), ("POST", "/v1/live")])
async def test_a_method_that_is_not_there_is_a_problem_too(server: Server, method: str, path: str) -> None:
    assert problem(await server.client.request(method, path)) == "not-found"


async def test_who_asks_too_often_is_told_when_to_come_back(server: Server) -> None:
    desk = await server.shop()
    server.service.by_device = Buckets(1, 2, server.clock)
    statuses = [(await desk.get("/v1/team")).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    server.clock.pass_(1)
    assert (await desk.get("/v1/team")).status_code == 200
    server.service.by_address = Buckets(0.1, 1, server.clock)
    assert (await server.client.get("/v1/meta")).status_code == 200
    answer = await server.client.get("/v1/meta")
    assert (problem(answer), answer.headers["retry-after"]) == ("too-many", "11")


async def test_what_nobody_expected_is_an_answer_too_and_says_nothing(
    server: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    desk = await server.shop()

    async def broken(*_: Any) -> None:
        raise KeyError("김민지 01012345678")

    monkeypatch.setattr("cxdesk.server.signing.queue.team", broken)
    answer = await desk.get("/v1/team")
    assert (answer.status_code, problem(answer)) == (500, "internal")
    assert "KeyError" in caplog.text
    assert "김민지" not in caplog.text + answer.text


async def test_the_operators_pages_are_for_this_machine_alone(server: Server) -> None:
    desk = await server.shop()
    desk.agent()
    await desk.pushed()
    assert (await server.client.get("/healthz")).text == "ok\n"
    assert (await server.client.get("/readyz")).text == "ok\n"
    text = (await server.client.get("/metrics")).text
    assert 'cxdesk_requests_total{method="POST",route="/v1/sync/push",status="200"} 1' in text
    assert "cxdesk_operations_total 1" in text
    for path in ("/healthz", "/readyz", "/metrics"):
        assert problem(await server.client.get(path, headers={"X-Forwarded-For": "192.0.2.1"})) == "not-found"


def test_durations_add_up_in_the_form_of_prometheus() -> None:
    metrics = Metrics()
    for seconds in (0.001, 0.2, 99):
        metrics.answered("GET", "/x", 200, seconds)
    text = metrics.text()
    assert 'cxdesk_request_seconds_bucket{route="/x",le="0.005"} 1' in text
    assert 'cxdesk_request_seconds_bucket{route="/x",le="0.3"} 2' in text
    assert 'cxdesk_request_seconds_bucket{route="/x",le="+Inf"} 3' in text
    assert 'cxdesk_request_seconds_sum{route="/x"} 99.201000' in text


@pytest.mark.parametrize(
    "said", ["token cxd_a_{hex}_{hex}", "postgresql://cxdesk:{hex}@db/cx failed", "{{'refresh': 'cxd_r_{hex}_{hex}'}}"]
)
def test_no_log_has_a_token_or_a_password(said: str) -> None:
    text = said.format(hex="0123456789abcdef" * 4)
    record = logging.LogRecord("x", logging.INFO, "x", 1, "%s", (text,), None)
    assert Redacting().filter(record)
    assert "0123456789abcdef" not in record.getMessage()
    assert "***" in record.getMessage()


def test_an_exception_is_logged_by_its_kind_and_place_and_not_by_its_words() -> None:
    try:
        raise ValueError("김민지")
    except ValueError as error:
        said = where(error)
        record = logging.LogRecord("x", logging.ERROR, "x", 1, "failed", (), (ValueError, error, error.__traceback__))
    Redacting().filter(record)
    for text in (said, record.getMessage()):
        assert "ValueError" in text
        assert "test_door.py" in text
        assert "김민지" not in text


def test_brackets_in_a_text_are_no_depth() -> None:
    assert _depth(b'{"a": "[[[[", "b": [1, "\\"[["]}') == 2


def test_turns_come_back_with_time_and_are_not_saved_up_without_end() -> None:
    clock = Clock(1)
    bucket = Buckets(2, 3, clock)
    assert [bucket.take("a") for _ in range(3)] == [0, 0, 0]
    assert bucket.take("a") == 0.5
    assert bucket.take("b") == 0
    clock.pass_(0.5)
    assert bucket.take("a") == 0
    clock.pass_(3600)
    assert bucket.left("a") == 3


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=8),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=5), part, max_size=3),
    max_leaves=8,
)
NAMES = ("op", "n", "t", "ent", "id", "k", "v", "agent", "f", "base", "fence", "dev", "seq", "orig")


FIELDS = (
    "number",
    "status",
    "topic",
    "rank_at",
    "arrived_at",
    "customer_id",
    "ticket_id",
    "name",
    "value",
    "add",
    "saw",
)
KINDS = ("set", "append", "add", "rem", "del", "claim", "transition", "release")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changed=st.dictionaries(st.sampled_from(NAMES), JUNK, max_size=3),
    f=st.dictionaries(st.sampled_from(FIELDS), JUNK, max_size=4),
    k=st.sampled_from(KINDS),
)
def test_no_operation_however_odd_stops_the_ones_after_it(
    changed: dict[str, Any], f: dict[str, Any], k: str, odd_desk: Any
) -> None:
    odd_desk(changed, f, k)


@pytest.fixture(scope="module")
def odd_desk(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Pushes one odd operation and one good one, on a loop of its own."""
    loop = asyncio.new_event_loop()
    clock = Clock()

    async def begin() -> Any:
        context = running(await open_sqlite(tmp_path_factory.mktemp("odd")), clock)
        return context, await context.__aenter__()

    context, server = loop.run_until_complete(begin())
    desk = loop.run_until_complete(server.shop())
    server.service.by_device = Buckets(1e6, 10**6, clock)

    async def push(changed: dict[str, Any], f: dict[str, Any], k: str) -> None:
        tables = ("customer", "identity", "ticket", "note")
        ent = "ticket" if k in ("claim", "transition", "release") else tables[desk.n % 4]
        desk.op(ent, "one", k, f=f)
        desk.outbox[0] |= changed
        desk.op("setting", "theme", f={"value": "dark"})
        first = desk.n - 1
        body = json.dumps(desk.body() | {"first_n": first}, allow_nan=True)
        headers = {**desk.headers, **JSON}
        answer = await server.client.post("/v1/sync/push", content=body, headers=headers)
        if answer.status_code == 200:
            results = answer.json()["results"]
            assert [result["n"] for result in results] == [first, first + 1]
            assert results[1]["status"] == "ok"
        else:
            assert problem(answer) == "malformed"
            desk.n -= 2
        desk.outbox.clear()

    yield lambda *odd: loop.run_until_complete(push(*odd))
    loop.run_until_complete(context.__aexit__(None, None, None))
    loop.close()


def test_every_problem_the_server_can_name_is_in_the_protocols_list() -> None:
    named = {
        node.args[0].value
        for path in Path(cxdesk.server.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Trouble"
        if isinstance(node.args[0], ast.Constant)
    }
    assert len(named) > 15
    assert named <= PROBLEMS.keys()
