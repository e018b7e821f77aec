"""Push, pull, snapshots and pokes: read and written as bytes, since everything else of a desk goes through them."""

import gzip
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import Response, StreamingResponse

from cxdesk.server import live, snapshots
from cxdesk.server.pulling import Pages, pull
from cxdesk.server.pushing import push, read_push
from cxdesk.server.routes.common import At, Responses, Token, problems
from cxdesk.server.routes.schemas import NDJSON, PUSH, PUSHED

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["sync"])

_WORTH_PACKING = 2048
_PUSH_BODY = {"requestBody": {"required": True, "content": {"application/json": {"schema": PUSH}}}}
_PUSHED: Responses = {200: {"content": {"application/json": {"schema": PUSHED}}}}
_LINES: Responses = {200: NDJSON}
_EVENTS: Responses = {200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}}
_SILENT: Responses = {304: {"description": "Nothing new."}}
_IN_TURN = ("unauthorized", "device-revoked", "not-allowed")


@router.post(
    "/sync/push",
    openapi_extra=_PUSH_BODY,
    responses=_PUSHED
    | problems(*_IN_TURN, "sequence-gap", "device-forked", "epoch-changed", "too-large", "unsupported", "malformed"),
)
async def push_(request: Request, service: At, token: Token) -> Response:
    """Send operations, in order and without gaps."""
    answer = await push(service, token, read_push(await request.body()))
    return Response(msgspec.json.encode(answer), media_type="application/json")


@router.get(
    "/sync/pull",
    responses=_LINES | _SILENT | problems(*_IN_TURN, "epoch-changed", "scope-changed", "horizon", "malformed"),
)
async def pull_(
    request: Request,
    service: At,
    token: Token,
    since: str = "",
    limit: Annotated[int, Query(ge=1, le=5000)] = 1000,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """Effective operations after a cursor, a line each, then the end line."""
    pages: Pages = request.app.state.pages
    page, tag = await pull(service, pages, token, since, min(limit, service.config.page), if_none_match)
    if page is None:
        return Response(status_code=304, headers={"ETag": tag})
    return _lines(request, page.body, {"ETag": tag})


@router.post("/sync/snapshots", status_code=201, responses=problems(*_IN_TURN))
async def begin_snapshot(service: At, token: Token) -> dict[str, Any]:
    """Begin to read everything; `since` is the cursor to pull from afterwards."""
    return await snapshots.begin(service, token)


@router.get(
    "/sync/snapshots/{snapshot}",
    responses=_LINES | problems(*_IN_TURN, "not-found", "expired", "malformed"),
)
async def snapshot_page(
    request: Request,
    service: At,
    token: Token,
    snapshot: str,
    after: str = "",
    limit: Annotated[int, Query(ge=1, le=10_000)] = 5000,
) -> Response:
    """Rows after a key, a line each, then the end line; its `next` is empty when there are no more."""
    body = await snapshots.page(service, token, snapshot, after, min(limit, service.config.snapshot_page))
    return _lines(request, body, {})


def _lines(request: Request, body: bytes, headers: dict[str, str]) -> Response:
    """A page, packed if that is worth it to who asks."""
    headers |= {"Vary": "Accept-Encoding", "Cache-Control": "no-store"}
    if len(body) > _WORTH_PACKING and "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, 3, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(body, media_type="application/x-ndjson", headers=headers)


@router.get(
    "/live",
    responses=_EVENTS | problems(*_IN_TURN),
)
async def live_(service: At, token: Token) -> Response:
    """`event: poke` with `{"seq": N}` whenever the log moved, at most once a second."""
    seat = await live.enter(service, token)

    async def events() -> AsyncIterator[str]:
        async with seat:
            async for seq in live.pokes(service, token, seat):
                yield ": here\n\n" if seq is None else f"event: poke\ndata: {json.dumps({'seq': seq})}\n\n"

    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(events(), media_type="text/event-stream", headers=headers)
