"""The shared queue, and customers as far as a desk asks the server for them."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from cxdesk.server import people, queueing
from cxdesk.server.routes.common import At, Body, Responses, Token, address_of, problems

__all__ = ["router"]

router = APIRouter(prefix="/v1")

_IN_TURN = ("unauthorized", "device-revoked", "not-allowed")
_NOBODY: Responses = {204: {"description": "Nobody waits."}}
_TICKET = problems(*_IN_TURN, "not-found", "claimed", "stale-fence", "moved-on", "agent-unknown", "malformed")
Short = Annotated[str, Field(min_length=1, max_length=128)]
Reason = Annotated[str, Field(min_length=1, max_length=500)]


class Acting(Body):
    """Who acts, and the fence the ticket was given with, if the desk has it."""

    agent: Short
    fence: Annotated[int | None, Field(ge=0)] = None


class Next(Body):
    """Who takes the next ticket, and of which topics; of any when none is named."""

    agent: Short
    topics: Annotated[list[Short], Field(default_factory=list, max_length=50)]


class Reveal(Body):
    """Who wants to see what, and why. ``field`` is ``name``, ``address`` or the id of an identity."""

    agent: Short
    field: Short
    reason: Reason


class Erase(Body):
    """Who forgets a customer, and why."""

    agent: Short
    reason: Reason


@router.post("/tickets/{ticket}/claim", tags=["queue"], responses=_TICKET)
async def claim(service: At, token: Token, ticket: str, body: Acting) -> dict[str, Any]:
    """Take a ticket."""
    return await queueing.claim(service, token, ticket, body.agent)


@router.post("/tickets/{ticket}/release", tags=["queue"], responses=_TICKET)
async def release(service: At, token: Token, ticket: str, body: Acting) -> dict[str, Any]:
    """Give a ticket back."""
    return await queueing.release(service, token, ticket, body.agent, body.fence)


@router.post("/tickets/{ticket}/renew", tags=["queue"], responses=_TICKET)
async def renew(service: At, token: Token, ticket: str, body: Acting) -> dict[str, Any]:
    """Keep a ticket for longer."""
    return await queueing.renew(service, token, ticket, body.agent, body.fence)


@router.post(
    "/queue/next",
    tags=["queue"],
    response_model=None,
    responses=_NOBODY | problems(*_IN_TURN, "agent-unknown", "malformed"),
)
async def next_(service: At, token: Token, body: Next) -> dict[str, Any] | Response:
    """Take the ticket that is next in line."""
    found = await queueing.next_in_line(service, token, body.agent, body.topics)
    return Response(status_code=204) if found is None else found


@router.get("/customers/search", tags=["customers"], responses=problems(*_IN_TURN, "malformed"))
async def search(
    service: At,
    token: Token,
    q: Annotated[str, Query(min_length=1, max_length=100)],
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> dict[str, Any]:
    """Customers by the beginning of a name, number or address, or the last four digits; masked."""
    return await people.search(service, token, q, limit)


@router.post(
    "/customers/{customer}/reveal", tags=["customers"], responses=problems(*_IN_TURN, "not-found", "agent-unknown")
)
async def reveal(request: Request, service: At, token: Token, customer: str, body: Reveal) -> dict[str, Any]:
    """One field in full. It is written down who saw it, and why."""
    return await people.reveal(service, token, customer, body.agent, body.field, body.reason, address_of(request))


@router.post(
    "/customers/{customer}/erase",
    status_code=202,
    tags=["customers"],
    responses=problems(*_IN_TURN, "not-found", "agent-unknown"),
)
async def erase(request: Request, service: At, token: Token, customer: str, body: Erase) -> dict[str, Any]:
    """Forget a customer. `erasure` is the `op` of the customer's `erase` in the log, by which desks acknowledge it."""
    return await people.erase(service, token, customer, body.agent, body.reason, address_of(request))


@router.post("/erasures/{erasure}/ack", status_code=204, tags=["customers"], responses=problems(*_IN_TURN, "not-found"))
async def acknowledge(service: At, token: Token, erasure: str) -> Response:
    """This desk has destroyed what it had of an erased person."""
    await people.acknowledge(service, token, erasure)
    return Response(status_code=204)


@router.get("/audit", tags=["customers"], responses=problems(*_IN_TURN))
async def audit(service: At, token: Token, after: Annotated[int, Query(ge=0, lt=1 << 62)] = 0) -> dict[str, Any]:
    """The access log, from the beginning."""
    return await people.audit(service, token, after)
