"""How devices come in and how they are put out."""

import pytest

from cxdesk.server.store import access
from cxdesk.server.tokens import Secret, made, plain_code, shop_of
from tests.server.conftest import REAL, Server
from tests.server.desks import Desk, problem

SHOP = "0199e3c4-0000-7000-8000-000000000001"


@pytest.fixture(params=REAL)
def storage(request: pytest.FixtureRequest) -> str:
    kind: str = request.param
    return kind


def test_a_token_says_its_shop_and_nothing_else_and_is_never_shown() -> None:
    token = made("a", SHOP)
    assert shop_of(token.text, "a") == SHOP
    assert shop_of(token.text, "r") is None
    assert token.text not in f"{token} {token!r} {[token]}"
    assert Secret("x") == Secret("x")


@pytest.mark.parametrize("text", ["", "cxd_a_", "cxd_a_" + "0" * 32, "Bearer x", "cxd_a_" + "g" * 32 + "_" + "0" * 64])
def test_what_is_no_token_belongs_to_no_shop(text: str) -> None:
    assert shop_of(text, "a") is None


def test_a_code_may_be_typed_as_it_was_heard() -> None:
    assert plain_code("jr7xb-kj0yo") == plain_code("JR7XB KJ0Y0") == "JR7XBKJ0Y0"
    assert plain_code("I1l") == "111"


async def test_a_code_lets_one_device_in_once(server: Server) -> None:
    desk = await server.shop()
    code = (await desk.post("/v1/devices", {"store": desk.store, "role": "agent"})).json()["code"]
    await server.desk(code.lower())
    late = Desk(server.client, server.clock, "ffffffffffffffff")
    answer = await late.enroll(code)
    assert (answer.status_code, problem(answer)) == (410, "code-used")


async def test_a_code_is_over_after_its_minutes(server: Server) -> None:
    desk = await server.shop()
    code = (await desk.post("/v1/devices", {"store": desk.store, "role": "agent", "minutes": 1})).json()["code"]
    server.clock.pass_(61)
    assert problem(await Desk(server.client, server.clock, "ffffffffffffffff").enroll(code)) == "code-invalid"


async def test_after_five_wrong_codes_not_even_the_right_one_is_looked_at(server: Server) -> None:
    desk = await server.shop()
    code = (await desk.post("/v1/devices", {"store": desk.store, "role": "agent"})).json()["code"]
    guess = Desk(server.client, server.clock, "ffffffffffffffff")
    assert [problem(await guess.enroll(f"AAAAA-AAAA{at}")) for at in range(5)] == ["code-invalid"] * 5
    answer = await guess.enroll(code)
    assert (answer.status_code, problem(answer)) == (429, "too-many")
    assert int(answer.headers["retry-after"]) > 0
    server.clock.pass_(700)
    await desk.renew()
    code = (await desk.post("/v1/devices", {"store": desk.store, "role": "agent"})).json()["code"]
    assert (await guess.enroll(code)).status_code == 201


async def test_a_device_cannot_come_in_under_anothers_id(server: Server) -> None:
    desk = await server.shop()
    code = (await desk.post("/v1/devices", {"store": desk.store, "role": "agent"})).json()["code"]
    assert problem(await Desk(server.client, server.clock, desk.id).enroll(code)) == "malformed"
    assert (await Desk(server.client, server.clock, "ffffffffffffffff").enroll(code)).status_code == 201


async def test_a_token_is_good_for_a_quarter_of_an_hour(server: Server) -> None:
    desk = await server.shop()
    server.clock.pass_(15 * 60 - 1)
    assert (await desk.get("/v1/team")).status_code == 200
    server.clock.pass_(2)
    answer = await desk.get("/v1/team")
    assert (answer.status_code, problem(answer)) == (401, "unauthorized")
    await desk.renew()
    assert (await desk.get("/v1/team")).status_code == 200


async def test_a_refresh_whose_answer_was_lost_can_be_asked_for_again(server: Server) -> None:
    desk = await server.shop()
    before = desk.refresh
    await desk.renew()
    desk.refresh = before
    await desk.renew()
    await desk.renew()
    assert (await desk.get("/v1/team")).status_code == 200


async def test_a_refresh_token_that_was_spent_puts_its_device_out(server: Server) -> None:
    desk = await server.shop()
    stolen = desk.refresh
    await desk.renew()
    await desk.renew()
    answer = await desk.post("/v1/token", {"device": desk.id, "refresh": stolen})
    assert (answer.status_code, problem(answer)) == (401, "token-reused")
    assert problem(await desk.get("/v1/team")) == "unauthorized"
    answer = await desk.post("/v1/token", {"device": desk.id, "refresh": desk.refresh})
    assert problem(answer) == "device-revoked"


async def test_who_stole_a_token_and_used_it_first_is_found_out_by_the_other(server: Server) -> None:
    desk = await server.shop()
    stolen = (await desk.post("/v1/token", {"device": desk.id, "refresh": desk.refresh})).json()
    await desk.renew()
    thief = await desk.post("/v1/token", {"device": desk.id, "refresh": stolen["refresh"]})
    assert thief.status_code == 200
    assert problem(await desk.post("/v1/token", {"device": desk.id, "refresh": desk.refresh})) == "token-reused"


async def test_a_refresh_token_is_its_devices_own(server: Server) -> None:
    desk = await server.shop()
    other = await server.colleague(desk)
    for device, refresh in ((other.id, desk.refresh), (desk.id, desk.access), (desk.id, "x")):
        assert problem(await desk.post("/v1/token", {"device": device, "refresh": refresh})) == "unauthorized"


async def test_a_revoked_device_is_out_at_once_and_stays_on_the_list(server: Server) -> None:
    desk = await server.shop()
    other = await server.colleague(desk)
    assert problem(await other.delete(f"/v1/devices/{desk.id}")) == "not-allowed"
    assert (await desk.delete(f"/v1/devices/{other.id}")).status_code == 204
    assert problem(await other.get("/v1/team")) == "unauthorized"
    assert problem(await other.post("/v1/token", {"device": other.id, "refresh": other.refresh})) == "device-revoked"
    assert problem(await desk.delete("/v1/devices/nobody")) == "not-found"
    states = {one["device"]: one["state"] for one in (await desk.get("/v1/devices")).json()["devices"]}
    assert states == {desk.id: "active", other.id: "revoked"}


@pytest.mark.parametrize("body", [{"store": "?", "role": "agent"}, {"role": "agent"}, {"store": "s", "role": "king"}])
async def test_a_code_is_for_a_store_and_a_role_that_exist(server: Server, body: dict[str, str]) -> None:
    desk = await server.shop()
    answer = await desk.post("/v1/devices", body)
    assert answer.status_code in (404, 422)
    problem(answer)


async def test_every_step_of_a_device_is_in_the_access_log_and_the_log_proves_itself(server: Server) -> None:
    desk = await server.shop()
    other = await server.colleague(desk)
    await desk.delete(f"/v1/devices/{other.id}")
    said = (await desk.get("/v1/audit")).json()
    assert [line["act"] for line in said["lines"]] == ["enroll", "code", "enroll", "revoke"]
    assert access.broken_at(desk.shop, said["lines"]) is None
    changed = [{**line, "subject": "somebody"} if line["n"] == 2 else line for line in said["lines"]]
    assert access.broken_at(desk.shop, changed) == 2
    assert access.broken_at(desk.shop, said["lines"][:1] + said["lines"][2:]) == 3
