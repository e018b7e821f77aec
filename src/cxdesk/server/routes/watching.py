"""For whoever runs the server, and only from the machine it runs on."""

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse

from cxdesk.server.problems import Trouble
from cxdesk.server.routes.common import At, address_of, problems

__all__ = ["router"]

router = APIRouter(tags=["operator"])

_HERE = ("127.0.0.1", "::1")


def _from_here(request: Request) -> None:
    """Nobody else learns that these exist, also not through a proxy on the same machine."""
    if address_of(request) not in _HERE or {"x-forwarded-for", "forwarded"} & set(request.headers):
        raise Trouble("not-found")


@router.get("/healthz", responses=problems("not-found"))
async def healthz(request: Request) -> PlainTextResponse:
    """The process answers."""
    _from_here(request)
    return PlainTextResponse("ok\n")


@router.get("/readyz", responses=problems("not-found"))
async def readyz(request: Request, service: At) -> PlainTextResponse:
    """The database answers too."""
    _from_here(request)
    async with service.database.work("", reads=True) as work:
        await work.value("SELECT 1")
    return PlainTextResponse("ok\n")


@router.get("/metrics", responses=problems("not-found"))
async def metrics(request: Request, service: At) -> PlainTextResponse:
    """Counters and durations, for Prometheus."""
    _from_here(request)
    service.metrics.gauges["listening"] = service.pokes.listening
    return PlainTextResponse(service.metrics.text(), media_type="text/plain; version=0.0.4")
