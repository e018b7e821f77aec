"""Customers, as far as a desk asks the server for them: found masked, shown for a reason, forgotten for good."""

from typing import Any

from cxdesk.domain.ids import tick
from cxdesk.hangul.jamo import to_jamo
from cxdesk.hangul.mask import mask_mail, mask_name, mask_phone
from cxdesk.protocol.ops import Op
from cxdesk.server.problems import Trouble
from cxdesk.server.queueing import signed_in
from cxdesk.server.roles import Scope
from cxdesk.server.rows import Rows
from cxdesk.server.service import Service
from cxdesk.server.store import access, erasures, log, people
from cxdesk.server.tokens import Secret

__all__ = ["acknowledge", "audit", "erase", "reveal", "search"]

_SHORTEST = 2
_AUDIT_PAGE = 200


async def search(service: Service, token: Secret | None, q: str, limit: int) -> dict[str, Any]:
    """Customers whose name, number or address begins with ``q``, or whose number ends with it; all of it masked."""
    word = "".join(to_jamo(q).casefold().split())
    digits = "".join(char for char in q if char.isdigit())
    if len(word) < _SHORTEST:
        raise Trouble("malformed", where="q")
    async with service.entering(token, Scope.READ, reads=True) as (work, _):
        words = {word, digits} if len(digits) >= 4 else {word}
        found = await people.customers_by(work, sorted(words), limit)
        identities = await people.identities_of(work, [row["id"] for row in found])
    return {
        "customers": [
            {
                "id": row["id"],
                "name": mask_name(row["name"] or ""),
                "identities": [
                    _masked(one["kind"], one["value"]) for one in identities if one["customer_id"] == row["id"]
                ],
            }
            for row in found
        ]
    }


def _masked(kind: str | None, value: str | None) -> str:
    return (
        mask_phone(value or "")
        if kind == "phone"
        else mask_mail(value or "")
        if kind == "email"
        else mask_name(value or "")
    )


async def reveal(
    service: Service, token: Secret | None, customer: str, agent: str, field: str, reason: str, origin: str
) -> dict[str, Any]:
    """One field of a customer, or the value of one identity by its id; that it was shown is written down first."""

    async def act() -> dict[str, Any]:
        async with service.entering(token, Scope.PERSON) as (work, device):
            await signed_in(service, work, device, agent)
            value = await people.value_of(work, customer, field)
            if value is None:
                raise Trouble("not-found")
            line = access.Act(device.id, agent, origin, customer, f"reveal {field}", reason)
            await access.add(work, line, service.clock())
            return {"value": value}

    return await service.retried(act)


async def erase(
    service: Service, token: Secret | None, customer: str, agent: str, reason: str, origin: str
) -> dict[str, Any]:
    """Forget a customer, here at once and on every desk when it next pulls. The erasure's id is the operation's."""

    async def act() -> tuple[str, int, str]:
        async with service.entering(token, Scope.ERASE) as (work, device):
            await signed_in(service, work, device, agent)
            rows = Rows(work, service.identity.server, service.clock())
            await rows.fetch([("customer", customer)])
            row = rows.known["customer", customer]
            if row is None or row.erased:
                raise Trouble("not-found")
            t = tick(0, rows.now)
            op = Op(service.mint(), 0, t, "customer", customer, "erase", agent=agent, dev=service.identity.server)
            admitted = await rows.admit(op, 0)
            await rows.save()
            await erasures.add(work, admitted.ops, agent, reason, rows.now)
            line = access.Act(device.id, agent, origin, customer, "erase", reason)
            await access.add(work, line, rows.now)
            first = await log.append(work, admitted.ops, frozenset(), rows.now)
            return device.shop, first + len(admitted.ops) - 1, op.op

    shop, head, erasure = await service.retried(act)
    service.pokes.tell(shop, head)
    return {"erasure": erasure}


async def acknowledge(service: Service, token: Secret | None, erasure: str) -> None:
    """A desk has destroyed what it had of an erased person."""
    async with service.entering(token, Scope.READ) as (work, device):
        if not await erasures.there(work, erasure):
            raise Trouble("not-found")
        await erasures.acknowledge(work, erasure, device.id, service.clock())


async def audit(service: Service, token: Secret | None, after: int) -> dict[str, Any]:
    """A page of the access log."""
    async with service.entering(token, Scope.AUDIT, reads=True) as (work, _):
        lines = await access.after(work, after, _AUDIT_PAGE)
        shown = [{name: line[name] for name in line.keys() if name != "shop_id"} for line in lines]  # noqa: SIM118
    return {"lines": shown, "next": shown[-1]["n"] if len(shown) == _AUDIT_PAGE else None}
