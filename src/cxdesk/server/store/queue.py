"""What the shared queue asks of the database."""

from collections.abc import Sequence

from cxdesk.server.store.entities import compact
from cxdesk.server.store.port import Record, Work

__all__ = ["agent_there", "first_waiting", "in_contact", "set_lease", "team", "waiting"]


async def agent_there(work: Work, agent_id: str) -> bool:
    """Whether the shop has this agent."""
    sql = "SELECT 1 FROM entity WHERE shop_id = $1 AND ent = 'agent' AND id = $2 AND erased = 0"
    return await work.value(sql, work.shop, agent_id) is not None


async def first_waiting(work: Work, agent: str, topics: Sequence[str], now: int, seen: Sequence[str]) -> str | None:
    """The ticket to be served next by an agent, locked; those that others are just taking are passed over."""
    sql = (
        "SELECT e.id FROM ticket_hold h "
        "JOIN entity e ON e.shop_id = h.shop_id AND e.ent = 'ticket' AND e.id = h.ticket_id "
        "WHERE h.shop_id = $1 AND h.status = 'waiting' AND (h.holder IS NULL OR h.lease_until <= $3) "
        "AND (e.f ->> 'assignee' IS NULL OR e.f ->> 'assignee' = $4) "
        f"AND h.ticket_id NOT IN (SELECT a FROM {work.pairs} w WHERE b = 'seen') "
        f"AND ($5 = 0 OR h.topic IN (SELECT a FROM {work.pairs} w WHERE b = 'topic')) "
        f"ORDER BY h.rank_at, h.ticket_id{work.free}"
    )
    told = [(row_id, "seen") for row_id in seen] + [(topic, "topic") for topic in topics]
    found: str | None = await work.value(sql, work.shop, compact(told), now, agent, len(topics))
    return found


async def set_lease(work: Work, ticket_id: str, until: int) -> None:
    """Keep a ticket with who has it until then."""
    sql = "UPDATE ticket_hold SET lease_until = $3 WHERE shop_id = $1 AND ticket_id = $2"
    await work.run(sql, work.shop, ticket_id, until)


async def waiting(work: Work) -> int:
    """How many tickets wait."""
    sql = "SELECT count(*) FROM ticket_hold WHERE shop_id = $1 AND status = 'waiting'"
    return await work.value(sql, work.shop) or 0


async def in_contact(work: Work) -> int:
    """How many tickets somebody is working on."""
    sql = "SELECT count(*) FROM ticket_hold WHERE shop_id = $1 AND status = 'active'"
    return await work.value(sql, work.shop) or 0


async def team(work: Work, now: int) -> list[Record]:
    """Agents, the state of the shift each is in, what they hold, and on which device they signed in last."""
    held = "FROM ticket_hold h WHERE h.shop_id = a.shop_id AND h.holder = a.id AND h.lease_until > $2"
    shift = (
        "SELECT s.f ->> 'state' FROM entity s WHERE s.shop_id = a.shop_id AND s.ent = 'shift' "
        "AND s.f ->> 'agent_id' = a.id AND s.f ->> 'ended_at' IS NULL AND s.gone IS NULL ORDER BY s.id DESC LIMIT 1"
    )
    signed_in = (
        "SELECT g.device_id FROM agent_session g WHERE g.shop_id = a.shop_id AND g.agent_id = a.id AND g.until > $2 "
        "ORDER BY g.began_at DESC LIMIT 1"
    )
    sql = (
        f"SELECT a.id AS agent, a.f ->> 'name' AS name, ({shift}) AS state, (SELECT count(*) {held}) AS holding, "
        f"(SELECT h.device_id {held} ORDER BY h.lease_until DESC LIMIT 1) AS holds_on, ({signed_in}) AS signed_in_on "
        "FROM entity a WHERE a.shop_id = $1 AND a.ent = 'agent' AND a.gone IS NULL AND a.erased = 0 ORDER BY a.id"
    )
    return list(await work.rows(sql, work.shop, now))
