"""Push: in order, once, all or nothing."""

import asyncio
import json
from typing import Any

import pytest

from cxdesk.domain.ids import hlc_text
from tests.server.conftest import Server
from tests.server.desks import problem


async def test_what_is_pushed_is_in_the_log_in_the_order_it_was_done(server: Server) -> None:
    desk = await server.shop()
    agent = desk.agent()
    ticket = desk.ticket(customer=desk.customer())
    desk.op("ticket", ticket, "claim", agent, f={"status": "active", "assignee": agent}, fence=None)
    sent = list(desk.outbox)
    results = await desk.pushed()
    assert [result["status"] for result in results] == ["ok"] * len(sent)
    assert results[-1]["fence"] == 1
    log = await desk.log()
    assert [line["op"] for line in log] == [op["op"] for op in sent]
    assert [line["seq"] for line in log] == list(range(1, len(sent) + 1))
    assert {line["dev"] for line in log} == {desk.id}


async def test_a_push_whose_answer_was_lost_is_answered_the_same_and_changes_nothing(server: Server) -> None:
    desk = await server.shop()
    agent, ticket = desk.agent(), desk.ticket()
    desk.op("ticket", ticket, "claim", agent, f={"status": "active", "assignee": agent}, fence=None)
    desk.op("note", desk.mint(), agent="nobody", f={"body": "메모"})
    first = (await desk.push()).json()
    again = (await desk.push()).json()
    assert [result["status"] for result in again["results"]] == ["duplicate"] * 4
    for before, after in zip(first["results"], again["results"], strict=True):
        assert {**before, "status": ""} == {**after, "status": ""}
    assert again["head"] == first["head"] == 3
    assert len(await desk.log()) == 3


async def test_half_a_batch_that_was_there_before_is_repeated_and_the_rest_is_taken(server: Server) -> None:
    desk = await server.shop()
    desk.agent()
    await desk.push()
    desk.customer()
    statuses = [result["status"] for result in (await desk.push()).json()["results"]]
    assert statuses == ["duplicate", "ok", "ok"]


async def test_a_gap_says_what_is_expected(server: Server) -> None:
    desk = await server.shop()
    desk.agent()
    await desk.pushed()
    desk.n = 5
    desk.customer()
    answer = await desk.push()
    assert (answer.status_code, problem(answer)) == (409, "sequence-gap")
    assert answer.json()["expect"] == 2


async def test_another_operation_under_a_number_the_server_has_is_a_copied_file(server: Server) -> None:
    desk = await server.shop()
    desk.agent()
    first = desk.outbox[0]
    await desk.pushed()
    desk.n = 0
    desk.customer()
    assert problem(await desk.push()) == "device-forked"
    fresh = desk.op("agent", desk.mint(), f={"name": "박하늘"}) | {"n": 2}
    known = {"n": 1, "op": desk.mint()}
    assert problem(await desk.push([fresh], last_acked=known)) == "device-forked"
    assert (await desk.push([fresh], last_acked={"n": 1, "op": first["op"]})).status_code == 200


async def test_a_server_that_forgot_what_it_acknowledged_says_where_it_is(server: Server) -> None:
    desk = await server.shop()
    desk.agent()
    answer = await desk.push(last_acked={"n": 9, "op": desk.mint()})
    assert (problem(answer), answer.json()["expect"]) == ("sequence-gap", 1)


async def test_an_operation_nobody_can_read_is_refused_and_the_others_count(server: Server) -> None:
    desk = await server.shop()
    desk.agent()
    desk.op("customer", desk.mint(), k="nonsense")
    desk.op("customer", desk.mint(), f={"name": "김\0민지"})
    desk.customer()
    results = await desk.pushed()
    assert [result["status"] for result in results] == ["ok", "rejected", "rejected", "ok", "ok"]
    assert {result.get("problem") for result in results} == {None, "malformed"}
    assert len(await desk.log()) == 3


async def test_half_a_surrogate_pair_is_refused_alone(server: Server) -> None:
    desk = await server.shop()
    desk.op("customer", desk.mint(), f={"name": "\ud83d"})
    desk.agent()
    sent = json.dumps(desk.body()).encode()
    answer = await server.client.post(
        "/v1/sync/push", content=sent, headers={**desk.headers, "Content-Type": "application/json"}
    )
    assert [result["status"] for result in answer.json()["results"]] == ["rejected", "ok"]


async def test_a_clock_that_is_days_ahead_gets_the_servers_time_and_its_order_stays(server: Server) -> None:
    desk = await server.shop()
    desk.t = (server.clock() + 3 * 86_400_000) << 16
    agent = desk.agent()
    desk.customer()
    results = await desk.pushed()
    assert [result["status"] for result in results] == ["restamped"] * 3
    stamps = [result["t"] for result in results]
    assert stamps == sorted(stamps)
    assert stamps[0] == hlc_text(server.clock() << 16)
    assert results[0]["current"]["id"] == agent
    log = await desk.log()
    assert [line["t"] for line in log] == stamps
    assert all(line["orig"] > line["t"] for line in log)


async def test_an_agent_nobody_knows_cannot_be_named(server: Server) -> None:
    desk = await server.shop()
    desk.op("note", desk.mint(), "append", agent=desk.mint(), f={"body": "?"})
    assert (await desk.pushed())[0]["problem"] == "agent-unknown"


async def test_a_role_without_the_right_is_refused_operation_by_operation(server: Server) -> None:
    desk = await server.shop()
    agent, customer = desk.agent(), desk.customer()
    ticket = desk.ticket()
    await desk.pushed()
    shop_program = await server.colleague(desk, "integration")
    shop_program.customer("최유진", "01099998888")
    shop_program.op("ticket", ticket, "claim", agent, f={"status": "active"}, fence=None)
    shop_program.op("customer", customer, "erase")
    problems = [result.get("problem") for result in await shop_program.pushed()]
    assert problems == [None, None, "not-allowed", "not-allowed"]


async def test_the_second_claim_is_told_who_has_the_ticket(server: Server) -> None:
    desk = await server.shop()
    other = await server.colleague(desk)
    agent, ticket = desk.agent(), desk.ticket()
    desk.op("ticket", ticket, "claim", agent, f={"status": "active", "assignee": agent}, fence=None)
    await desk.pushed()
    late = other.agent("박하늘")
    other.op("ticket", ticket, "claim", late, f={"status": "active", "assignee": late}, fence=None)
    refused = (await other.pushed())[1]
    assert (refused["status"], refused["problem"]) == ("rejected", "claimed")
    assert refused["current"]["f"]["assignee"] == agent
    assert refused["current"]["hold"]["dev"] == desk.id


async def test_two_desks_with_one_number_get_two(server: Server) -> None:
    desk = await server.shop()
    other = await server.colleague(desk)
    desk.ticket(1001)
    other.ticket(1001)
    await desk.pushed()
    result = (await other.pushed())[0]
    assert result["status"] == "restamped"
    assert result["current"]["f"]["number"] == 1002


async def test_desks_that_begin_the_same_rows_at_once_are_all_heard(server: Server) -> None:
    desk = await server.shop()
    desks = [desk, *[await server.colleague(desk) for _ in range(5)]]
    shared = [desk.mint() for _ in range(20)]
    for one in desks:
        for row_id in shared:
            one.op("preference", row_id, f={"key": "사이즈", f"by_{one.id}": 1})
        one.ticket(1001)
    every = await asyncio.gather(*(one.pushed() for one in desks))
    assert {result["status"] for results in every for result in results[:-1]} == {"ok"}
    rows = await desk.snapshot()
    merged = {row["id"]: row["f"] for row in rows if row["ent"] == "preference"}
    assert all({f"by_{one.id}" for one in desks} <= merged[row_id].keys() for row_id in shared)
    numbers = {row["id"]: row["f"]["number"] for row in rows if row["ent"] == "ticket"}
    assert sorted(numbers.values()) == list(range(1001, 1007))
    seqs = [line["seq"] for line in await desk.log()]
    assert seqs == list(range(1, len(seqs) + 1))


async def test_two_who_wrote_a_name_without_knowing_make_a_conflict(server: Server) -> None:
    desk = await server.shop()
    other = await server.colleague(desk)
    customer = desk.customer()
    await desk.pushed()
    base = {"name": (await desk.log())[0]["op"]}
    mine, theirs = desk.agent(), other.agent("박하늘")
    desk.op("customer", customer, agent=mine, f={"name": "김민지(민지네)"}, base=base)
    await desk.pushed()
    server.clock.pass_(1)
    other.op("customer", customer, agent=theirs, f={"name": "김민지 님"}, base=base)
    await other.pushed()
    conflict = next(row["f"] for row in await desk.snapshot() if row["ent"] == "conflict")
    assert (conflict["winner"], conflict["loser"], conflict["state"]) == ("김민지 님", "김민지(민지네)", "open")
    assert (conflict["winner_by"], conflict["loser_by"]) == (theirs, mine)


BAD: dict[str, tuple[dict[str, Any], int, str]] = {
    "epoch": ({"epoch": "another"}, 409, "epoch-changed"),
    "device": ({"device": "another"}, 403, "not-allowed"),
    "first": ({"first_n": 0}, 422, "malformed"),
    "ops": ({"ops": {}}, 422, "malformed"),
    "many": ({"ops": [{}] * 501}, 413, "too-large"),
}


@pytest.mark.parametrize("name", BAD)
async def test_a_push_that_is_none_changes_nothing(server: Server, name: str) -> None:
    more, status, said = BAD[name]
    desk = await server.shop()
    desk.agent()
    answer = await desk.post("/v1/sync/push", desk.body() | more)
    assert (answer.status_code, problem(answer)) == (status, said)
    assert [result["status"] for result in await desk.pushed()] == ["ok"]


async def test_answers_are_kept_for_a_while_and_then_an_old_copy_is_known_as_one(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cxdesk.server.pushing.ANSWERS_KEPT", 100)
    desk = await server.shop()
    desk.agent()
    first = list(desk.outbox)
    for _ in range(2):
        for _ in range(300):
            desk.op("setting", desk.mint(), f={"value": "1"})
        await desk.pushed()
    assert problem(await desk.push(first)) == "device-forked"
