"""Agents who sign in on devices: their PINs, as Argon2id, and how long they are there."""

from collections.abc import Collection

from cxdesk.server.store.entities import compact
from cxdesk.server.store.port import Record, Work

__all__ = ["add_pin", "begin_session", "end_session", "has_session", "may_act", "pin_of", "wrong_pin"]


async def may_act(work: Work, device_id: str, agents: Collection[str]) -> set[str]:
    """Those of the agents in whose name a device may speak: without a PIN anybody, with one who signed in there once.

    What was done before somebody left, and is sent afterwards, still counts.
    """
    if not agents:
        return set()
    found = await work.rows(
        "SELECT p.agent_id FROM agent_pin p WHERE p.shop_id = $1 AND NOT EXISTS (SELECT 1 FROM agent_session s "
        "WHERE s.shop_id = p.shop_id AND s.agent_id = p.agent_id AND s.device_id = $3) "
        f"AND p.agent_id IN (SELECT a FROM {work.pairs} w)",
        work.shop, compact([(agent, "") for agent in sorted(agents)]), device_id,
    )  # fmt: skip
    return set(agents) - {row["agent_id"] for row in found}


async def has_session(work: Work, device_id: str, agent_id: str, now: int) -> bool:
    """Whether an agent is signed in on a device now; one without a PIN always is."""
    sql = (
        "SELECT 1 FROM agent_pin p WHERE p.shop_id = $1 AND p.agent_id = $2 AND NOT EXISTS ("
        "SELECT 1 FROM agent_session s WHERE s.shop_id = p.shop_id AND s.agent_id = p.agent_id "
        "AND s.device_id = $3 AND s.until > $4)"
    )
    return await work.value(sql, work.shop, agent_id, device_id, now) is None


async def pin_of(work: Work, agent_id: str, *, reads: bool = False) -> Record | None:
    """An agent's PIN, locked unless ``reads``; ``None`` before one was chosen."""
    sql = f"SELECT * FROM agent_pin e WHERE e.shop_id = $1 AND e.agent_id = $2{'' if reads else work.locked}"
    return await work.row(sql, work.shop, agent_id)


async def add_pin(work: Work, agent_id: str, pin_hash: str) -> None:
    """The PIN an agent chose. Raises ``Raced`` when there is one already."""
    sql = "INSERT INTO agent_pin (shop_id, agent_id, pin_hash, wrong, locked_until) VALUES ($1, $2, $3, 0, 0)"
    await work.run(sql, work.shop, agent_id, pin_hash)


async def wrong_pin(work: Work, agent_id: str, wrong: int, locked_until: int) -> None:
    """How often in a row a wrong PIN was given, and until when no other is looked at."""
    sql = "UPDATE agent_pin SET wrong = $3, locked_until = $4 WHERE shop_id = $1 AND agent_id = $2"
    await work.run(sql, work.shop, agent_id, wrong, locked_until)


async def begin_session(work: Work, device_id: str, agent_id: str, now: int, until: int) -> None:
    """An agent signed in on a device."""
    row = (device_id, agent_id, now, until)
    upsert = (
        "ON CONFLICT (shop_id, device_id, agent_id) DO UPDATE SET began_at = excluded.began_at, until = excluded.until"
    )
    await work.insert("agent_session", ("device_id", "agent_id", "began_at", "until"), [row], upsert)


async def end_session(work: Work, device_id: str, agent_id: str, now: int) -> None:
    """An agent signed out."""
    sql = "UPDATE agent_session SET until = $4 WHERE shop_id = $1 AND device_id = $2 AND agent_id = $3 AND until > $4"
    await work.run(sql, work.shop, device_id, agent_id, now)
