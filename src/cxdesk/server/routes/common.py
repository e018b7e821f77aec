"""What every endpoint shares: the service, the token, and the shape of problems in the OpenAPI file."""

from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict

from cxdesk.protocol.problems import PROBLEMS
from cxdesk.server.service import Service
from cxdesk.server.tokens import Secret

__all__ = ["At", "Body", "Responses", "Token", "address_of", "problems"]


class Body(BaseModel):
    """A body that is read strictly; what a newer desk adds is not minded."""

    model_config = ConfigDict(strict=True, extra="ignore", hide_input_in_errors=True)


_BEARER = HTTPBearer(auto_error=False, description="The access token, `cxd_a_…`, of `/v1/enroll` or `/v1/token`.")


async def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


async def _token(bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]) -> Secret | None:
    return Secret(bearer.credentials) if bearer else None


At = Annotated[Service, Depends(_service)]
Token = Annotated[Secret | None, Depends(_token)]


def address_of(request: Request) -> str:
    """Where a request came from."""
    return request.client.host if request.client else ""


Responses = dict[int | str, dict[str, Any]]
"""What an endpoint may answer, by status, for the OpenAPI file."""


def problems(*names: str) -> Responses:
    """The responses of an endpoint that are problems, by status; every endpoint may answer the last few."""
    by_status: dict[int | str, list[str]] = {}
    for name in (*names, "upgrade", "too-many", "internal", "unavailable"):
        by_status.setdefault(PROBLEMS[name].status, []).append(name)
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        status: {"description": " or ".join(f"`{name}`" for name in found), "content": content}
        for status, found in by_status.items()
    }
