"""One request and its answer over a network that cannot be trusted: who may answer, how long it may take, how much.

httpx limits the time of every chunk, not of the whole; it takes any answer for the server's, and unpacks whatever a
packed body holds. Here the whole exchange has a deadline, an answer must carry the server's own id, and bodies are
unpacked in steps up to a limit. Redirects are never followed: they would carry people's data to another house.
"""

import asyncio
import gzip
import json
import ssl
import zlib
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from cxdesk.protocol.clock import offset, with_offset

__all__ = ["Answer", "Client", "Problem", "Stranger", "Transport", "Unreachable", "client"]

Client = httpx.AsyncClient
PAGE_LIMIT = 16 << 20
PUSH_DEADLINE, PAGE_DEADLINE = 60.0, 120.0
_PHASES = httpx.Timeout(30.0, connect=5.0, pool=5.0)
_LIVE = httpx.Timeout(40.0, connect=5.0, pool=5.0)
"""The server says something on a live channel every fifteen seconds."""
_JSON = ("application/json", "application/x-ndjson", "application/problem+json")
_STREAM = ("text/event-stream", "application/problem+json")
_PACKED_FROM = 1024
_STEP = 1 << 16
_LINE = 4096


class Unreachable(Exception):
    """No answer, a broken one, or one that says to come again later: nothing is known of what the server did."""

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after


class Stranger(Exception):
    """Somebody else than the server answered, such as the sign-in page of a café's network."""


class Problem(Exception):
    """The server refused: ``name`` is the last part of the problem's type, ``more`` its other members."""

    def __init__(self, name: str, status: int, more: Mapping[str, Any], retry_after: float | None = None) -> None:
        super().__init__(f"{status} {name}")
        self.name = name
        self.status = status
        self.more = more
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said: ``body`` is unpacked."""

    status: int
    headers: httpx.Headers
    body: bytes

    def json(self) -> dict[str, Any]:
        """The body as an object. Raises ``Unreachable`` for anything else: the answer did not come through."""
        try:
            value = json.loads(self.body)
        except ValueError as error:
            raise Unreachable("not_json") from error
        if not isinstance(value, dict):
            raise Unreachable("not_json")
        return value


def client(*, proxy: str = "", authority: Path | None = None) -> httpx.AsyncClient:
    """A client that follows no redirect, obeys no environment, and trusts the usual authorities or the one given."""
    return httpx.AsyncClient(
        timeout=_PHASES,
        limits=httpx.Limits(max_connections=4, max_keepalive_connections=2),
        trust_env=False,
        follow_redirects=False,
        verify=_trust(authority),
        proxy=proxy or None,
    )


@cache
def _trust(authority: Path | None) -> ssl.SSLContext:
    """Who may vouch for a server; reading the usual authorities takes a tenth of a second."""
    if authority is not None:
        return ssl.create_default_context(cafile=str(authority))
    return httpx.create_ssl_context(trust_env=False)


class Transport:
    """Asks one server. ``server`` is its id, empty until it is learned at enrolment; ``clock`` this machine's in ms."""

    def __init__(self, url: str, http: httpx.AsyncClient, clock: Callable[[], int], server: str = "") -> None:
        self.url = url
        self.server = server
        self.access = ""
        self._http = http
        self._clock = clock
        self._offsets: tuple[int, ...] = ()

    @property
    def offset(self) -> int:
        """By how many milliseconds the server's clock is ahead of this machine's: the median of the last nine."""
        return offset(self._offsets)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()

    async def ask(
        self,
        method: str,
        path: str,
        *,
        body: object = None,
        params: Mapping[str, str | int] | None = None,
        deadline: float = PUSH_DEADLINE,
        limit: int = PAGE_LIMIT,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """One request. Raises ``Problem``, ``Stranger`` or ``Unreachable``; answers 2xx and 304."""
        request = self._request(method, path, body, params, headers or {})
        try:
            async with asyncio.timeout(deadline):
                began = self._clock()
                response = await self._http.send(request, stream=True)
                try:
                    self._must_be_server(response, _JSON)
                    self._measure(response, began)
                    answer = Answer(response.status_code, response.headers, await _unpacked(response, limit))
                finally:
                    await response.aclose()
        except TimeoutError as error:
            raise Unreachable("deadline") from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise Unreachable(type(error).__name__) from error
        return _good(answer)

    async def live(self) -> AsyncIterator[int]:
        """How far the log is, each time the server says so. Ends by raising what ``ask`` raises."""
        request = self._request("GET", "/v1/live", None, None, {"Accept": "text/event-stream"})
        request.extensions["timeout"] = _LIVE.as_dict()
        try:
            response = await self._http.send(request, stream=True)
            try:
                self._must_be_server(response, _STREAM)
                if response.status_code != 200:
                    _good(Answer(response.status_code, response.headers, await _unpacked(response, PAGE_LIMIT)))
                async for seq in _pokes(response):
                    yield seq
            finally:
                await response.aclose()
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise Unreachable(type(error).__name__) from error
        raise Unreachable("ended")

    def _request(
        self,
        method: str,
        path: str,
        body: object,
        params: Mapping[str, str | int] | None,
        headers: Mapping[str, str],
    ) -> httpx.Request:
        sent = {"Cx-Protocol": "1", "Accept-Encoding": "gzip"} | dict(headers)
        if self.access:
            sent["Authorization"] = f"Bearer {self.access}"
        content = b""
        if body is not None:
            content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
            sent["Content-Type"] = "application/json"
            if len(content) > _PACKED_FROM:
                content = gzip.compress(content, 5)
                sent["Content-Encoding"] = "gzip"
        return self._http.build_request(method, self.url + path, params=params, headers=sent, content=content or None)

    def _must_be_server(self, response: httpx.Response, kinds: tuple[str, ...]) -> None:
        """Raises ``Stranger``, or ``Unreachable`` where a proxy says that it could not reach the server."""
        said = response.headers.get("Cx-Server", "")
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        empty = response.status_code in (204, 304)
        if said and said == (self.server or said) and (empty or kind in kinds):
            return
        if response.status_code >= 500 or response.status_code == 429:
            raise Unreachable(f"status_{response.status_code}", _retry_after(response.headers))
        raise Stranger(f"status {response.status_code}")

    def _measure(self, response: httpx.Response, began: int) -> None:
        try:
            said = int(response.headers["Cx-Time"])
        except (KeyError, ValueError):
            return
        self._offsets = with_offset(self._offsets, began, said, self._clock())


async def _unpacked(response: httpx.Response, limit: int) -> bytes:
    """The body, at most ``limit`` bytes of it packed or not. Raises ``Unreachable``."""
    coding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in ("identity", "gzip", ""):
        raise Unreachable("coding")
    unpack = zlib.decompressobj(wbits=31) if coding == "gzip" else None
    body = bytearray()
    try:
        async for chunk in response.aiter_raw():
            rest = chunk
            while rest:
                if unpack is None:
                    piece, rest = rest, b""
                else:
                    piece = unpack.decompress(rest, _STEP)
                    rest = unpack.unconsumed_tail
                body += piece
                if len(body) > limit:
                    raise Unreachable("too_big")
    except zlib.error as error:
        raise Unreachable("coding") from error
    if unpack is not None and body and not unpack.eof:
        raise Unreachable("cut")
    return bytes(body)


def _good(answer: Answer) -> Answer:
    """The answer, if it is not a refusal."""
    if answer.status < 300 or answer.status == 304:
        return answer
    wait = _retry_after(answer.headers)
    try:
        more = json.loads(answer.body)
        name = str(more["type"]).rpartition(":")[2]
    except (ValueError, KeyError, TypeError):
        more, name = {}, f"status-{answer.status}"
    if answer.status >= 500 or answer.status in (408, 425, 429):
        raise Unreachable(name, wait)
    raise Problem(name, answer.status, more, wait)


def _retry_after(headers: httpx.Headers) -> float | None:
    """Seconds, from a number or a date beside the server's own ``Date``."""
    text = headers.get("Retry-After")
    if text is None:
        return None
    try:
        return max(0.0, float(int(text)))
    except ValueError:
        pass
    try:
        now = parsedate_to_datetime(headers["Date"])
        return max(0.0, (parsedate_to_datetime(text) - now).total_seconds())
    except (KeyError, ValueError, TypeError):
        return None


async def _pokes(response: httpx.Response) -> AsyncIterator[int]:
    """The sequence numbers of server-sent events; a line that never ends is a broken channel."""
    rest = b""
    async for chunk in response.aiter_raw():
        *lines, rest = (rest + chunk).split(b"\n")
        if len(rest) > _LINE:
            raise Unreachable("too_big")
        for line in lines:
            if line.startswith(b"data:"):
                try:
                    yield int(json.loads(line[5:])["seq"])
                except (ValueError, KeyError, TypeError) as error:
                    raise Unreachable("not_json") from error
