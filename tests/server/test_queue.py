"""The shared queue: nobody is served twice, nobody is passed over."""

import asyncio

import pytest

from cxdesk.server.limits import Buckets
from tests.server.conftest import Server
from tests.server.desks import Desk, problem


async def queue_of(server: Server, tickets: int, **more: str) -> tuple[Desk, str, list[str]]:
    desk = await server.shop()
    agent = desk.agent()
    made = [desk.ticket(1000 + at, rank_at=server.clock() + at) for at in range(tickets)]
    for ticket in made:
        if more:
            desk.op("ticket", ticket, f=more)
    await desk.pushed()
    return desk, agent, made


async def test_the_first_in_line_is_the_one_who_waited_longest(server: Server) -> None:
    desk, agent, tickets = await queue_of(server, 3)
    answers = [await desk.post("/v1/queue/next", {"agent": agent}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 204]
    assert [answer.json()["ticket"] for answer in answers[:3]] == tickets
    assert answers[0].json()["fence"] == 1
    assert answers[0].json()["lease_until"] == server.clock() + 600_000
    claim = (await desk.log())[-1]
    assert (claim["k"], claim["n"], claim["dev"], claim["f"]["assignee"]) == ("claim", 0, desk.id, agent)


async def test_topics_and_assignees_are_kept_to(server: Server) -> None:
    desk, agent, (first, second) = await queue_of(server, 2)
    other = desk.agent("박하늘")
    desk.op("ticket", first, "transition", f={"assignee": other}, fence=None)
    desk.op("ticket", second, f={"topic": "refund"})
    await desk.pushed()
    assert (await desk.post("/v1/queue/next", {"agent": agent, "topics": ["delivery"]})).status_code == 204
    assert (await desk.post("/v1/queue/next", {"agent": agent})).json()["ticket"] == second
    assert (await desk.post("/v1/queue/next", {"agent": other})).json()["ticket"] == first


async def test_a_ticket_in_hand_is_refused_to_others_until_the_lease_ends(server: Server) -> None:
    desk, agent, (ticket,) = await queue_of(server, 1)
    other = await server.colleague(desk)
    late = other.agent("박하늘")
    await other.pushed()
    held = (await desk.post(f"/v1/tickets/{ticket}/claim", {"agent": agent})).json()
    refused = await other.post(f"/v1/tickets/{ticket}/claim", {"agent": late})
    assert (refused.status_code, problem(refused)) == (409, "claimed")
    assert refused.json()["current"]["f"]["assignee"] == agent
    server.clock.pass_(9 * 60)
    assert (await desk.post(f"/v1/tickets/{ticket}/renew", {"agent": agent, "fence": held["fence"]})).status_code == 200
    server.clock.pass_(5 * 60)
    assert problem(await other.post(f"/v1/tickets/{ticket}/claim", {"agent": late})) == "claimed"
    server.clock.pass_(6 * 60)
    await other.renew()
    taken = await other.post(f"/v1/tickets/{ticket}/claim", {"agent": late})
    assert taken.json()["fence"] == held["fence"] + 1
    await desk.renew()
    assert problem(await desk.post(f"/v1/tickets/{ticket}/renew", {"agent": agent, "fence": 1})) == "stale-fence"
    desk.op("ticket", ticket, "transition", agent, f={"status": "resolved"}, fence=held["fence"])
    assert (await desk.pushed())[0]["problem"] == "stale-fence"


async def test_a_desk_that_is_heard_from_keeps_its_tickets(server: Server) -> None:
    desk, agent, (ticket,) = await queue_of(server, 1)
    other = await server.colleague(desk)
    late = other.agent("박하늘")
    await other.pushed()
    await desk.post(f"/v1/tickets/{ticket}/claim", {"agent": agent})
    server.clock.pass_(9 * 60)
    await desk.pulled()
    server.clock.pass_(5 * 60)
    assert problem(await other.post(f"/v1/tickets/{ticket}/claim", {"agent": late})) == "claimed"


async def test_what_was_given_back_waits_again(server: Server) -> None:
    desk, agent, (ticket,) = await queue_of(server, 1)
    held = (await desk.post("/v1/queue/next", {"agent": agent})).json()
    assert problem(await desk.post(f"/v1/tickets/{ticket}/release", {"agent": agent, "fence": 9})) == "stale-fence"
    answer = await desk.post(f"/v1/tickets/{ticket}/release", {"agent": agent, "fence": held["fence"]})
    assert answer.status_code == 200
    assert (await desk.row("ticket", ticket))["f"]["status"] == "waiting"
    assert (await desk.post("/v1/queue/next", {"agent": agent})).json()["fence"] == held["fence"] + 1


async def test_a_ticket_or_an_agent_that_is_not_there_is_said_so(server: Server) -> None:
    desk, agent, (ticket,) = await queue_of(server, 1)
    for act in ("claim", "release", "renew"):
        assert problem(await desk.post(f"/v1/tickets/nothing/{act}", {"agent": agent})) == "not-found"
        assert problem(await desk.post(f"/v1/tickets/{ticket}/{act}", {"agent": "nobody"})) == "agent-unknown"
    assert problem(await desk.post("/v1/queue/next", {"agent": "nobody"})) == "agent-unknown"


async def test_the_team_sees_who_has_what_and_how_many_wait(server: Server) -> None:
    desk, agent, _ = await queue_of(server, 3)
    desk.op("shift", desk.mint(), f={"agent_id": agent, "state": "on", "started_at": server.clock()})
    away = desk.agent("박하늘")
    await desk.pushed()
    await desk.post("/v1/queue/next", {"agent": agent})
    said = (await desk.get("/v1/team")).json()
    assert (said["waiting"], said["in_contact"]) == (2, 1)
    here = {one["agent"]: one for one in said["agents"]}
    assert here[agent] == {"agent": agent, "name": "이서준", "device": desk.id, "state": "on", "holding": 1}
    assert (here[away]["state"], here[away]["holding"], here[away]["device"]) == ("off", 0, None)


@pytest.mark.parametrize("count", [40, pytest.param(200, marks=pytest.mark.long)])
async def test_thirty_agents_at_once_never_get_the_same_ticket(server: Server, count: int) -> None:
    """T12: thirty agents take every ticket, by name and by the next in line."""
    desk, _, tickets = await queue_of(server, count)
    agents = [desk.agent(f"상담사{at}") for at in range(30)]
    await desk.pushed()
    won: list[tuple[str, str]] = []

    async def by_name(agent: str, ticket: str) -> None:
        answer = await desk.post(f"/v1/tickets/{ticket}/claim", {"agent": agent})
        if answer.status_code == 200:
            won.append((ticket, agent))
        else:
            assert problem(answer) == "claimed"

    async def in_line(agent: str) -> None:
        answer = await desk.post("/v1/queue/next", {"agent": agent})
        if answer.status_code == 200:
            won.append((answer.json()["ticket"], agent))

    server.service.by_device = Buckets(1e6, 10**6, server.clock)
    await asyncio.gather(*(by_name(agent, ticket) for ticket in tickets[: count // 4] for agent in agents[::3]))
    await asyncio.gather(*(in_line(agent) for agent in agents for _ in range(count // 30 + 1)))
    assert sorted(ticket for ticket, _ in won) == sorted(tickets)
    rows = {row["id"]: row for row in await desk.snapshot() if row["ent"] == "ticket"}
    assert {ticket: rows[ticket]["hold"]["agent"] for ticket, _ in won} == dict(won)
