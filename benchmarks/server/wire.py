"""HTTP/1.1 over a bare socket: as little work as possible on the side that measures."""

import asyncio
import json
from typing import Any, NamedTuple

__all__ = ["Answer", "Line", "events"]


class Answer(NamedTuple):
    """A status and a body."""

    status: int
    body: bytes

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class Line:
    """One connection that is kept open."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, token: str = "", body: bytes = b"") -> Answer:
        """Ask and read the whole answer. Raises ``ConnectionError``."""
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 22)
        reader, writer = self.streams
        writer.write(_head(method, path, token, body) + body)
        status, headers = await _read_head(reader)
        return Answer(status, await reader.readexactly(int(headers.get("content-length", "0"))))

    async def close(self) -> None:
        """Hang up."""
        if self.streams is not None:
            self.streams[1].close()
            self.streams = None


async def events(port: int, token: str, poked: asyncio.Event) -> None:
    """Listen for pokes until cancelled; raises ``ConnectionError`` when nobody talks to us."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(_head("GET", "/v1/live", token, b""))
        status, _ = await _read_head(reader)
        if status != 200:
            raise ConnectionError(status)
        while line := await reader.readline():
            if line.startswith(b"data: "):
                poked.set()
    finally:
        writer.close()


def _head(method: str, path: str, token: str, body: bytes) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: desk", "Cx-Protocol: 1"]
    if token:
        lines.append(f"Authorization: Bearer {token}")
    if method == "POST":
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def _read_head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    except asyncio.IncompleteReadError as error:
        raise ConnectionError("the server hung up") from error
    pairs = (line.split(":", 1) for line in head[1:] if line)
    return int(head[0].split()[1]), {name.lower(): value.strip() for name, value in pairs}
