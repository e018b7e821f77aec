"""A network that does what networks do: a TCP proxy whose every connection follows a plan."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

__all__ = ["Plan", "answering", "gateway", "raw"]

Plan = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
"""What happens on one connection."""


@asynccontextmanager
async def gateway(plan: Plan) -> AsyncIterator[tuple[str, list[int]]]:
    """An address on this machine that follows the plan, and the sizes of the requests that came."""
    came: list[int] = []

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        came.append(0)
        try:
            await plan(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the other side hung up, which is what most plans are about
        finally:
            writer.close()

    server = await asyncio.start_server(meet, "127.0.0.1", 0, limit=1 << 20)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", came
    finally:
        server.close()


async def request(reader: asyncio.StreamReader) -> bytes:
    """One whole request."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
    )
    return head + await reader.readexactly(length)


def raw(answer: bytes, *, hold: float = 0.0) -> Plan:
    """Read a request, then say exactly these bytes and hang up."""

    async def plan(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request(reader)
        writer.write(answer)
        await writer.drain()
        await asyncio.sleep(hold)

    return plan


def answering(status: int, body: bytes, *headers: str, length: int | None = None) -> bytes:
    """An answer as the server would write it, with these header lines."""
    lines = [f"HTTP/1.1 {status} Said", f"Content-Length: {len(body) if length is None else length}", *headers]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body
