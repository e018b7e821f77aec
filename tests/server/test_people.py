"""Customers at the server: found masked, shown for a reason, forgotten for good; and agents with their PINs."""

import pytest
from argon2 import PasswordHasher, Type

from cxdesk.server import signing
from tests.server.conftest import REAL, Server
from tests.server.desks import Desk, problem


@pytest.fixture(params=REAL)
def storage(request: pytest.FixtureRequest) -> str:
    kind: str = request.param
    return kind


async def shop_with_people(server: Server) -> tuple[Desk, str, str]:
    desk = await server.shop()
    agent = desk.agent()
    minji = desk.customer("김민지", "01012345678")
    desk.customer("김미영", "01011110000")
    desk.customer("Emma Brown", "01022221234")
    await desk.pushed()
    return desk, agent, minji


async def test_a_customer_is_found_by_name_half_a_syllable_number_and_last_four(server: Server) -> None:
    desk, _, minji = await shop_with_people(server)
    miyoung = (await desk.get("/v1/customers/search", q="김밍")).json()["customers"]
    assert [one["name"] for one in miyoung] == ["김*영"]
    for q in ("김민지", "김민", "010-1234-5678", "0101234", "5678"):
        found = (await desk.get("/v1/customers/search", q=q)).json()["customers"]
        assert [one["id"] for one in found] == [minji], q
    emma = (await desk.get("/v1/customers/search", q="brown")).json()["customers"]
    assert [one["name"] for one in emma] == ["E*** B****"]
    assert (await desk.get("/v1/customers/search", q="없는 사람")).json() == {"customers": []}
    assert problem(await desk.get("/v1/customers/search", q=".")) == "malformed"


async def test_what_is_found_is_masked(server: Server) -> None:
    desk, _, minji = await shop_with_people(server)
    answer = await desk.get("/v1/customers/search", q="5678")
    assert answer.json() == {"customers": [{"id": minji, "name": "김*지", "identities": ["010-****-5678"]}]}


async def test_a_field_is_shown_for_a_reason_that_is_written_down(server: Server) -> None:
    desk, agent, minji = await shop_with_people(server)
    phone = next(row["id"] for row in await desk.snapshot() if row["f"].get("value") == "01012345678")
    asked = {"agent": agent, "field": phone, "reason": "배송 기사님 연락"}
    assert (await desk.post(f"/v1/customers/{minji}/reveal", asked)).json() == {"value": "01012345678"}
    line = (await desk.get("/v1/audit")).json()["lines"][-1]
    assert (line["agent_id"], line["subject"], line["reason"]) == (agent, minji, "배송 기사님 연락")
    assert problem(await desk.post(f"/v1/customers/{minji}/reveal", asked | {"field": "created_at"})) == "not-found"
    assert problem(await desk.post(f"/v1/customers/{minji}/reveal", asked | {"reason": ""})) == "malformed"
    program = await server.colleague(desk, "integration")
    assert problem(await program.post(f"/v1/customers/{minji}/reveal", asked)) == "not-allowed"
    assert "01012345678" not in (await desk.get("/v1/audit")).text


async def everything(server: Server, desk: Desk) -> str:
    """All that the server keeps of a shop, but the access log, as one text."""
    kept = []
    async with server.service.database.work(desk.shop, reads=True) as work:
        for table in ("entity", "ticket_hold", "find", "op_log", "answer", "field_history", "erasure_ledger"):
            kept += [str(dict(row)) for row in await work.rows(f"SELECT * FROM {table}")]  # noqa: S608
    return "\n".join(kept)


async def test_nothing_is_left_of_somebody_who_was_forgotten(server: Server) -> None:
    desk, agent, minji = await shop_with_people(server)
    ticket = desk.ticket(1, minji)
    desk.op("customer", minji, agent=agent, f={"name": "김민지(민지네)"})
    desk.op("note", desk.mint(), "append", agent, f={"customer_id": minji, "body": "포장이 예쁘다고 하심"})
    desk.op("message", desk.mint(), "append", agent, f={"ticket_id": ticket, "kind": "customer", "body": "일주일째"})
    await desk.pushed()
    kept = await everything(server, desk)
    needles = ("김민지", "01012345678", "포장이", "일주일째")
    assert all(needle in kept for needle in needles)
    answer = await desk.post(f"/v1/customers/{minji}/erase", {"agent": agent, "reason": "본인 요청"})
    assert answer.status_code == 202
    kept = await everything(server, desk)
    assert [needle for needle in needles if needle in kept] == []
    assert minji not in next(line for line in kept.splitlines() if "본인 요청" in line)
    assert (await desk.get("/v1/customers/search", q="5678")).json() == {"customers": []}
    log = await desk.log()
    assert {(line["ent"], line["k"]) for line in log[-5:]} >= {("customer", "erase"), ("note", "erase")}
    assert answer.json()["erasure"] in [line["op"] for line in log if line["id"] == minji]
    again = await desk.post(f"/v1/customers/{minji}/erase", {"agent": agent, "reason": "본인 요청"})
    assert problem(again) == "not-found"


async def test_somebody_written_and_forgotten_in_one_push_was_never_there(server: Server) -> None:
    desk, agent, _ = await shop_with_people(server)
    jihye = desk.customer("박지혜", "01077778888")
    desk.op("customer", jihye, "erase", agent)
    desk.op("customer", jihye, agent=agent, f={"name": "박지혜 님"})
    statuses = [result["status"] for result in await desk.pushed()]
    assert statuses == ["ok", "ok", "ok", "rejected"]
    kept = await everything(server, desk)
    assert "박지혜" not in kept
    assert "01077778888" not in kept


async def test_desks_confirm_that_they_have_forgotten_and_the_list_shows_who_has_not(server: Server) -> None:
    desk, agent, minji = await shop_with_people(server)
    other = await server.colleague(desk, "privacy")
    server.clock.pass_(1)
    desk.op("customer", minji, "erase", agent)
    erasure = desk.outbox[0]["op"]
    await desk.pushed()
    assert problem(await other.post("/v1/erasures/nothing/ack")) == "not-found"
    assert (await desk.post(f"/v1/erasures/{erasure}/ack")).status_code == 204
    assert (await desk.post(f"/v1/erasures/{erasure}/ack")).status_code == 204
    open_ = {one["device"]: one["erasures_open"] for one in (await desk.get("/v1/devices")).json()["devices"]}
    assert open_ == {desk.id: 0, other.id: 1}


async def test_somebody_who_was_in_twice_is_forgotten_twice_and_both_can_be_confirmed(server: Server) -> None:
    desk, agent, minji = await shop_with_people(server)
    twin = desk.customer("김민지", "01055556666")
    desk.op("customer", twin, f={"merged_into": minji})
    await desk.pushed()
    await desk.post(f"/v1/customers/{minji}/erase", {"agent": agent, "reason": "본인 요청"})
    erased = {line["id"]: line["op"] for line in await desk.log() if line["k"] == "erase" and line["ent"] == "customer"}
    assert erased.keys() == {minji, twin}
    for erasure in erased.values():
        assert (await desk.post(f"/v1/erasures/{erasure}/ack")).status_code == 204


async def test_a_role_that_may_not_forget_anybody_cannot(server: Server) -> None:
    desk, agent, minji = await shop_with_people(server)
    other = await server.colleague(desk, "supervisor")
    asked = {"agent": agent, "reason": "실수"}
    assert problem(await other.post(f"/v1/customers/{minji}/erase", asked)) == "not-allowed"
    assert (await other.get("/v1/audit")).status_code == 200
    assert problem(await (await server.colleague(desk)).get("/v1/audit")) == "not-allowed"


# -- agents


@pytest.fixture(autouse=True)
def quick_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real cost of a PIN is a tenth of a second, on purpose."""
    monkeypatch.setattr(signing, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


PINS = signing._HASHER


def test_a_pin_costs_what_owasp_asks_of_argon2id() -> None:
    assert (PINS.type, PINS.memory_cost, PINS.time_cost) == (Type.ID, 65_536, 3)


async def test_the_first_pin_becomes_the_agents_and_another_is_wrong(server: Server) -> None:
    desk, agent, _ = await shop_with_people(server)
    until = (await desk.post("/v1/agents/login", {"agent": agent, "pin": "2580"})).json()["until"]
    assert until == server.clock() + 14 * 3_600_000
    wrong = await desk.post("/v1/agents/login", {"agent": agent, "pin": "0000"})
    assert (wrong.status_code, problem(wrong)) == (401, "wrong-pin")
    assert problem(await desk.post("/v1/agents/login", {"agent": "nobody", "pin": "2580"})) == "agent-unknown"
    assert problem(await desk.post("/v1/agents/login", {"agent": agent, "pin": "25"})) == "malformed"


async def test_five_wrong_pins_shut_the_agent_out_for_a_while(server: Server) -> None:
    desk, agent, _ = await shop_with_people(server)
    await desk.post("/v1/agents/login", {"agent": agent, "pin": "2580"})
    for _ in range(5):
        assert problem(await desk.post("/v1/agents/login", {"agent": agent, "pin": "0000"})) == "wrong-pin"
    answer = await desk.post("/v1/agents/login", {"agent": agent, "pin": "2580"})
    assert (answer.status_code, problem(answer)) == (423, "locked")
    server.clock.pass_(int(answer.headers["retry-after"]))
    assert (await desk.post("/v1/agents/login", {"agent": agent, "pin": "2580"})).status_code == 200


async def test_an_agent_with_a_pin_acts_where_they_signed_in_and_what_they_did_offline_still_counts(
    server: Server,
) -> None:
    desk, agent, _ = await shop_with_people(server)
    other = await server.colleague(desk)
    await desk.post("/v1/agents/login", {"agent": agent, "pin": "2580"})
    other.op("note", other.mint(), "append", agent, f={"body": "남의 이름으로"})
    assert (await other.pushed())[0]["problem"] == "agent-unknown"
    assert problem(await other.post("/v1/queue/next", {"agent": agent})) == "agent-unknown"
    assert (await desk.post("/v1/queue/next", {"agent": agent})).status_code == 204
    server.clock.pass_(1)
    assert (await desk.post("/v1/agents/logout", {"agent": agent})).status_code == 204
    assert problem(await desk.post("/v1/queue/next", {"agent": agent})) == "agent-unknown"
    desk.op("note", desk.mint(), "append", agent, f={"body": "퇴근 전에 적은 것"})
    assert (await desk.pushed())[0]["status"] == "ok"
