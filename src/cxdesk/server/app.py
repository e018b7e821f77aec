"""The application: endpoints, the door in front of them, and what runs beside them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from cxdesk import __version__
from cxdesk.server.door import Door
from cxdesk.server.logs import failed
from cxdesk.server.problems import Trouble, body_of
from cxdesk.server.pulling import Pages
from cxdesk.server.routes import entering, shared, sync, watching
from cxdesk.server.routes.schemas import COMPONENTS
from cxdesk.server.service import Service
from cxdesk.server.store.port import Busy

__all__ = ["application", "described"]

_TEND_S = 3600


def application(open_service: Callable[[], Awaitable[Service]] | None = None) -> FastAPI:
    """The server as ASGI; ``open_service`` is awaited when it starts. Without one it can only describe itself."""

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        assert open_service is not None
        service = await open_service()
        app.state.service = service
        keep_ms = round(1000 * service.config.page_cache_s)
        app.state.pages = Pages(service.clock, keep_ms, lambda shop: service.pokes.heads.get(shop, 0))
        acts = (service.pokes.spread, service.pokes.hear, _tending(service))
        beside = [asyncio.create_task(act()) for act in acts]
        try:
            yield
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
            await service.database.close()

    app = FastAPI(
        title="cxdesk", version=__version__, summary="cxsync/1: one queue for many desks", lifespan=life,
        docs_url=None, redoc_url=None, openapi_url=None,
    )  # fmt: skip
    for part in (sync, entering, shared, watching):
        app.include_router(part.router)
    app.add_middleware(Door, service_of=lambda: app.state.service)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _no_such_thing)
    return app


def described() -> dict[str, Any]:
    """The OpenAPI description of every endpoint."""
    found = application().openapi()
    schemas: dict[str, Any] = found.setdefault("components", {}).setdefault("schemas", {})
    schemas |= COMPONENTS
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    malformed = {"description": "`malformed`", "content": _PROBLEM_CONTENT}
    for path in found["paths"].values():
        for operation in path.values():
            if "HTTPValidationError" in str(operation["responses"].get("422", "")):
                operation["responses"]["422"] = malformed
    return found


_PROBLEM_CONTENT = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


async def _malformed(request: Request, error: Exception) -> Response:
    """The names of the fields that are wrong, and never what was in them."""
    assert isinstance(error, RequestValidationError)
    where = sorted({".".join(map(str, one["loc"][1:])) or "body" for one in error.errors()})
    return _problem(request, Trouble("malformed", where=", ".join(where)[:200]))


async def _no_such_thing(request: Request, error: Exception) -> Response:
    """A path or method that does not exist."""
    assert isinstance(error, HTTPException)
    return _problem(request, Trouble("not-found" if error.status_code in (404, 405) else "malformed"))


def _problem(request: Request, trouble: Trouble) -> Response:
    body = body_of(trouble, request.state.request_id)
    return Response(body, trouble.problem.status, media_type="application/problem+json")


def _tending(service: Service) -> Callable[[], Coroutine[Any, Any, None]]:
    """Every hour: parts of the log that are to come are made, those that are over are dropped."""

    async def tend() -> None:
        while True:
            await asyncio.sleep(_TEND_S)
            try:
                await service.database.tend(service.clock(), service.config.keep_ms)
            except Busy as busy:
                failed("the log was not tended", busy)

    return tend
