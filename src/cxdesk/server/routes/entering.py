"""Coming in: what the server speaks, codes, tokens, agents and devices."""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from pydantic import Field

from cxdesk import __version__
from cxdesk.server import enrolling, signing
from cxdesk.server.door import PROTOCOL
from cxdesk.server.routes.common import At, Body, Token, address_of, problems
from cxdesk.server.tokens import Secret

__all__ = ["router"]

router = APIRouter(prefix="/v1")

_SCHEMAS = {"min": 1, "max": 1}
_IN_TURN = ("unauthorized", "device-revoked", "not-allowed")
Short = Annotated[str, Field(min_length=1, max_length=128)]


class Enroll(Body):
    """A code, and the id and name a device gives itself."""

    code: Annotated[str, Field(min_length=1, max_length=32)]
    device: Short
    name: Annotated[str, Field(min_length=1, max_length=100)]


class Refresh(Body):
    """A device and its refresh token."""

    device: Short
    refresh: Annotated[str, Field(max_length=200)]


class Login(Body):
    """An agent and a PIN; the first one an agent gives becomes theirs."""

    agent: Short
    pin: Annotated[str, Field(min_length=4, max_length=64)]


class Logout(Body):
    """An agent."""

    agent: Short


class NewCode(Body):
    """What a new device will be."""

    store: Short
    role: Short
    minutes: Annotated[int, Field(ge=1, le=1440)] = 10


@router.get("/meta", tags=["entering"])
async def meta(service: At) -> dict[str, Any]:
    """What the server speaks, and who it is; needs no token."""
    return {
        "protocol": {"min": PROTOCOL, "max": PROTOCOL},
        "schema": _SCHEMAS,
        "server": service.identity.server,
        "version": __version__,
        "time": service.clock(),
        "epoch": service.identity.epoch,
    }


@router.post(
    "/enroll", status_code=201, tags=["entering"], responses=problems("code-invalid", "code-used", "malformed")
)
async def enroll(request: Request, service: At, body: Enroll) -> dict[str, Any]:
    """Enrol a device with a code, once."""
    return await enrolling.enroll(service, body.code, body.device, body.name, address_of(request))


@router.post("/token", tags=["entering"], responses=problems("unauthorized", "token-reused", "device-revoked"))
async def token_(service: At, body: Refresh) -> dict[str, Any]:
    """New tokens for a refresh token, which stays good until the new one was used."""
    return await enrolling.refresh(service, body.device, body.refresh)


@router.post(
    "/agents/login", tags=["agents"], responses=problems(*_IN_TURN, "wrong-pin", "agent-unknown", "locked", "malformed")
)
async def login(request: Request, service: At, token: Token, body: Login) -> dict[str, Any]:
    """Sign an agent in on this device."""
    return await signing.login(service, token, body.agent, Secret(body.pin), address_of(request))


@router.post("/agents/logout", status_code=204, tags=["agents"], responses=problems(*_IN_TURN))
async def logout(service: At, token: Token, body: Logout) -> Response:
    """Sign an agent out on this device."""
    await signing.logout(service, token, body.agent)
    return Response(status_code=204)


@router.get("/team", tags=["agents"], responses=problems(*_IN_TURN))
async def team(service: At, token: Token) -> dict[str, Any]:
    """Who is there, what they have in hand, and how many wait."""
    return await signing.team(service, token)


@router.get("/devices", tags=["devices"], responses=problems(*_IN_TURN))
async def devices(service: At, token: Token) -> dict[str, Any]:
    """Every device of the shop, and how many erasures each has not confirmed yet."""
    return await enrolling.list_devices(service, token)


@router.post("/devices", status_code=201, tags=["devices"], responses=problems(*_IN_TURN, "not-found", "malformed"))
async def new_code(service: At, token: Token, body: NewCode) -> dict[str, Any]:
    """A code for one more device."""
    return await enrolling.make_code(service, token, body.store, body.role, body.minutes)


@router.delete("/devices/{device}", status_code=204, tags=["devices"], responses=problems(*_IN_TURN, "not-found"))
async def revoke(service: At, token: Token, device: str) -> Response:
    """Take a device off the list, at once."""
    await enrolling.revoke(service, token, device)
    return Response(status_code=204)
