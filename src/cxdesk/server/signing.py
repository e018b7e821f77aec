"""Agents sign in with a PIN. The first time an agent does, the PIN that is given becomes theirs."""

import asyncio
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from cxdesk.server.problems import Trouble
from cxdesk.server.roles import Scope
from cxdesk.server.service import Service
from cxdesk.server.store import access, agents, queue
from cxdesk.server.tokens import Secret

__all__ = ["login", "logout", "team"]

_WRONG = 5
_LOCK_MS = 5 * 60_000
_HASHER = PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=1)
"""Argon2id, 64 MiB: RFC 9106, section 4, the second recommended set with one lane."""


async def login(service: Service, token: Secret | None, agent: str, pin: Secret, origin: str) -> dict[str, Any]:
    """Sign an agent in on this device until the end of the shift."""
    now = service.clock()
    async with service.entering(token, Scope.TICKET, reads=True) as (work, device):
        if not await queue.agent_there(work, agent):
            raise Trouble("agent-unknown")
        kept = await agents.pin_of(work, agent, reads=True)
    if kept is not None and kept["locked_until"] > now:
        raise Trouble("locked", headers={"Retry-After": str(1 + (kept["locked_until"] - now) // 1000)})
    # Outside the transaction: it takes a tenth of a second on purpose.
    right, made = await asyncio.to_thread(_checked, kept["pin_hash"] if kept else None, pin.text)
    until = now + service.config.session_ms

    async def act() -> bool:
        async with service.entering(token, Scope.TICKET) as (work, _):
            if kept is None:
                await agents.add_pin(work, agent, made)
            wrong = 0 if right else (await agents.pin_of(work, agent) or {"wrong": 0})["wrong"] + 1
            await agents.wrong_pin(work, agent, wrong % _WRONG, now + _LOCK_MS if wrong >= _WRONG else 0)
            if right:
                await agents.begin_session(work, device.id, agent, now, until)
            await access.add(work, access.Act(device.id, agent, origin, "", "login" if right else "wrong-pin", ""), now)
        return right

    if not await service.retried(act):
        raise Trouble("wrong-pin")
    return {"until": until}


def _checked(pin_hash: str | None, pin: str) -> tuple[bool, str]:
    """Whether the PIN is the one that was kept; where none was, it becomes so."""
    if pin_hash is None:
        return True, _HASHER.hash(pin)
    try:
        return _HASHER.verify(pin_hash, pin), pin_hash
    except VerifyMismatchError:
        return False, pin_hash


async def logout(service: Service, token: Secret | None, agent: str) -> None:
    """Sign an agent out on this device."""
    async with service.entering(token, Scope.TICKET) as (work, device):
        await agents.end_session(work, device.id, agent, service.clock())


async def team(service: Service, token: Secret | None) -> dict[str, Any]:
    """Who is there, what they have in hand, and how many wait."""
    async with service.entering(token, Scope.READ, reads=True) as (work, _):
        found = await queue.team(work, service.clock())
        return {
            "agents": [
                {
                    "agent": row["agent"],
                    "name": row["name"],
                    "device": row["holds_on"] or row["signed_in_on"],
                    "state": row["state"] or "off",
                    "holding": row["holding"],
                }
                for row in found
            ],
            "waiting": await queue.waiting(work),
            "in_contact": await queue.in_contact(work),
        }
