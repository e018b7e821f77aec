"""What every request passes on its way in, and every answer on its way out.

In: how often this address asks, which protocol it speaks, and a body that is small, of a known form and not nested
without end. Out: who answers and what time it is here. Whatever fails becomes a problem with a name.
"""

import asyncio
import re
import time
import zlib
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from cxdesk.server.logs import LOG, failed
from cxdesk.server.problems import Trouble, body_of
from cxdesk.server.service import Service
from cxdesk.server.store.port import Busy

__all__ = ["PROTOCOL", "Door"]

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

PROTOCOL = 1
_PUSH = "/v1/sync/push"
_LIVE = "/v1/live"
_OPEN = ("/v1/meta",)
_DEEPEST = 32
_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*"')


class Door:
    """ASGI middleware. ``service_of`` answers the service of the running application."""

    def __init__(self, app: Any, service_of: Callable[[], Service]) -> None:
        self.app, self.service_of = app, service_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        await _Passing(self.app, self.service_of(), scope).run(receive, send)


class _Passing:
    """One request."""

    def __init__(self, app: Any, service: Service, scope: Scope) -> None:
        self.app, self.service, self.scope = app, service, scope
        self.headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        self.id = scope.setdefault("state", {})["request_id"] = service.mint()
        self.status = 0

    async def run(self, receive: Receive, send: Send) -> None:
        """Answer it, whatever happens."""
        began = time.perf_counter()

        async def answered(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.status = message["status"]
                message["headers"] = [*message["headers"], *self._signs()]
            await send(message)

        try:
            await self._in_time(receive, answered)
        except Trouble as trouble:
            await self._refuse(trouble, answered)
        except Busy as busy:
            LOG.warning("unavailable: %s", busy)
            await self._refuse(Trouble("unavailable", headers={"Retry-After": "1"}), answered)
        except TimeoutError:
            await self._refuse(Trouble("unavailable", headers={"Retry-After": "5"}), answered)
        except Exception as error:  # the last place where anything can become an answer
            failed(f"request {self.id}", error)
            await self._refuse(Trouble("internal"), answered)
        finally:
            route = getattr(self.scope.get("route"), "path", "none")
            self.service.metrics.answered(self.scope["method"], route, self.status, time.perf_counter() - began)

    def _signs(self) -> list[tuple[bytes, bytes]]:
        service = self.service
        signs = {"cx-protocol": PROTOCOL, "cx-server": service.identity.server, "cx-time": service.clock()}
        return [(name.encode(), str(value).encode()) for name, value in signs.items()]

    async def _in_time(self, receive: Receive, send: Send) -> None:
        self._check()
        if self.scope["path"] == _LIVE:
            await self.app(self.scope, receive, send)
            return
        async with asyncio.timeout(self.service.config.deadline_s):
            if self.scope["method"] != "GET":
                receive = _replayed(await self._body(receive), receive)
            await self.app(self.scope, receive, send)

    def _check(self) -> None:
        client = self.scope.get("client") or ("",)
        if wait := self.service.by_address.take(client[0]):
            raise Trouble("too-many", headers={"Retry-After": str(1 + int(wait))})
        path = self.scope["path"]
        if path.startswith("/v1/") and path not in _OPEN and self.headers.get("cx-protocol") != str(PROTOCOL):
            raise Trouble("upgrade", min=PROTOCOL, max=PROTOCOL)

    async def _body(self, receive: Receive) -> bytes:
        """The whole body, opened. Raises ``Trouble`` as soon as it is too large, whatever its length was said to be."""
        config = self.service.config
        most = config.body if self.scope["path"] == _PUSH else config.small_body
        if (said := self.headers.get("content-length", "0")).isdigit() and int(said) > most:
            raise Trouble("too-large")
        body, more = b"", True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise Trouble("malformed", where="body")
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > most:
                raise Trouble("too-large")
        if not body:
            return body
        if self.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
            raise Trouble("unsupported")
        opened = self._opened(body, config.opened if most == config.body else config.small_body)
        if most == config.small_body and _depth(opened) > _DEEPEST:
            raise Trouble("malformed", where="body")
        return opened

    def _opened(self, body: bytes, most: int) -> bytes:
        coding = self.headers.get("content-encoding", "identity").strip().lower()
        if coding == "identity":
            return body
        if coding != "gzip":
            raise Trouble("unsupported")
        reader = zlib.decompressobj(wbits=31)
        try:
            opened = reader.decompress(body, most + 1)
        except zlib.error:
            raise Trouble("malformed", where="body") from None
        if len(opened) > most or reader.unconsumed_tail:
            raise Trouble("too-large")
        if not reader.eof:
            raise Trouble("malformed", where="body")
        return opened

    async def _refuse(self, trouble: Trouble, send: Send) -> None:
        if self.status:
            return  # the answer had begun; cut short, it has no end line and nobody takes it for whole
        body = body_of(trouble, self.id)
        headers = {"content-type": "application/problem+json", "content-length": str(len(body))} | trouble.headers
        encoded = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": trouble.problem.status, "headers": encoded})
        await send({"type": "http.response.body", "body": body})


def _replayed(body: bytes, receive: Receive) -> Receive:
    """What was read, said once more; after it whatever the client says."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _depth(body: bytes) -> int:
    """How deeply the brackets of a JSON text are nested."""
    depth = deepest = 0
    for bracket in re.findall(rb"[\[\]{}]", _TEXT.sub(b"", body)):
        depth += 1 if bracket in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest
