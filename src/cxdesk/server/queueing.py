"""The shared queue: taking, giving back, and the next in line. The same rules as for operations that were pushed."""

from typing import Any

from cxdesk.domain.ids import tick
from cxdesk.protocol.admit import Admitted
from cxdesk.protocol.holding import renewed
from cxdesk.protocol.ops import Op
from cxdesk.protocol.results import to_wire
from cxdesk.protocol.rows import Entity, Hold
from cxdesk.server.problems import Trouble
from cxdesk.server.roles import Scope
from cxdesk.server.rows import Rows
from cxdesk.server.service import Service
from cxdesk.server.store import agents, log, queue
from cxdesk.server.store.devices import Device
from cxdesk.server.store.port import Work
from cxdesk.server.tokens import Secret

__all__ = ["claim", "next_in_line", "release", "renew", "signed_in"]

_LOOKS = 20
"""How many tickets are looked at when others take them at the same time."""


async def claim(service: Service, token: Secret | None, ticket: str, agent: str) -> dict[str, Any]:
    """Take a ticket for an agent."""

    async def act() -> tuple[str, int, dict[str, Any]]:
        async with service.entering(token, Scope.TICKET) as (work, device):
            await signed_in(service, work, device, agent)
            rows = Rows(work, service.identity.server, service.clock())
            row = await _ticket(rows, ticket)
            return await _moved(rows, device, _taking(service, device, row.id, agent))

    return await _told(service, await service.retried(act))


async def release(service: Service, token: Secret | None, ticket: str, agent: str, fence: int | None) -> dict[str, Any]:
    """Give a ticket back; one that was in contact waits again."""

    async def act() -> tuple[str, int, dict[str, Any]]:
        async with service.entering(token, Scope.TICKET) as (work, device):
            await signed_in(service, work, device, agent)
            rows = Rows(work, service.identity.server, service.clock())
            row = await _ticket(rows, ticket)
            f = {"status": "waiting", "assignee": None} if row.f.get("status") == "active" else {}
            return await _moved(rows, device, _op(service, device, ticket, "release", agent, f, fence))

    return await _told(service, await service.retried(act))


async def renew(service: Service, token: Secret | None, ticket: str, agent: str, fence: int | None) -> dict[str, Any]:
    """Keep a ticket for longer."""
    async with service.entering(token, Scope.TICKET) as (work, device):
        await signed_in(service, work, device, agent)
        rows = Rows(work, service.identity.server, service.clock())
        row = await _ticket(rows, ticket)
        hold = row.hold or Hold(0)
        if hold.agent != agent or (fence is not None and fence != hold.fence):
            raise Trouble("stale-fence")
        longer = renewed(hold, rows.now)
        await queue.set_lease(work, ticket, longer.until)
    return _held(longer)


async def next_in_line(service: Service, token: Secret | None, agent: str, topics: list[str]) -> dict[str, Any] | None:
    """Take the first ticket that waits, ``None`` when none does. Those that others are taking now are passed over."""

    async def act() -> tuple[str, int, dict[str, Any]] | None:
        async with service.entering(token, Scope.TICKET) as (work, device):
            await signed_in(service, work, device, agent)
            rows = Rows(work, service.identity.server, service.clock())
            for _ in range(_LOOKS):
                ticket = await queue.first_waiting(work, agent, topics, rows.now, [id for _, id in rows.known])
                if ticket is None:
                    return None
                # Locked now, but perhaps taken while we waited for the lock: what counts is read after it.
                row = await _ticket(rows, ticket)
                if row.f.get("status") == "waiting":
                    op = _taking(service, device, ticket, agent)
                    shop, seq, said = await _moved(rows, device, op)
                    return shop, seq, {"ticket": ticket} | said
        return None

    made = await service.retried(act)
    return await _told(service, made) if made else None


async def signed_in(service: Service, work: Work, device: Device, agent: str) -> None:
    """That an agent of this shop is signed in on this device. Raises ``Trouble``."""
    known = await queue.agent_there(work, agent)
    if not known or not await agents.has_session(work, device.id, agent, service.clock()):
        raise Trouble("agent-unknown")


async def _ticket(rows: Rows, ticket: str) -> Entity:
    await rows.fetch([("ticket", ticket)])
    row = rows.known["ticket", ticket]
    if row is None or not row.shown:
        raise Trouble("not-found")
    return row


def _taking(service: Service, device: Device, ticket: str, agent: str) -> Op:
    f = {"status": "active", "assignee": agent, "taken_at": service.clock()}
    return _op(service, device, ticket, "claim", agent, f, None)


def _op(service: Service, device: Device, ticket: str, k: str, agent: str, f: dict[str, Any], fence: int | None) -> Op:
    """An operation made here for a device; 0 is no number of the device's own."""
    t = tick(0, service.clock())
    return Op(service.mint(), 0, t, "ticket", ticket, k, agent=agent, f=f, fence=fence, dev=device.id)


async def _moved(rows: Rows, device: Device, op: Op) -> tuple[str, int, dict[str, Any]]:
    """Admit and write one move of a ticket; the shop, where its log is, and what to answer."""
    admitted: Admitted = await rows.admit(op, 0)
    if problem := admitted.result.problem:
        current = to_wire(admitted.result).get("current")
        raise Trouble(problem, **({"current": current} if current else {}))
    await rows.save()
    first = await log.append(rows.work, admitted.ops, frozenset(), rows.now)
    hold = admitted.rows[0].hold or Hold(0)
    return device.shop, first + len(admitted.ops) - 1, _held(hold)


def _held(hold: Hold) -> dict[str, Any]:
    return {"fence": hold.fence, "lease_until": hold.until}


async def _told(service: Service, made: tuple[str, int, dict[str, Any]]) -> dict[str, Any]:
    shop, seq, said = made
    service.pokes.tell(shop, seq)
    return said
