"""Nobody but the server of that name, vouched for by an authority that is trusted, ever hears the token."""

import asyncio
import ssl
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from cxdesk.sync.transport import Transport, Unreachable, client
from tests.conftest import Clock
from tests.sync.proxy import answering

TOKEN = b"cxd_a_0123456789"
OURS = answering(200, b"{}", "Cx-Server: server-1", "Content-Type: application/json")


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@asynccontextmanager
async def house(
    certificate: trustme.LeafCert, version: ssl.TLSVersion | None = None
) -> AsyncIterator[tuple[int, bytearray]]:
    """A server with that certificate; the bytes it could read."""
    read = bytearray()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate.configure_cert(context)
    if version is not None:
        context.set_ciphers("ALL:@SECLEVEL=0")
        with warnings.catch_warnings():  # that it is outdated is the point
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = version

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        read.extend(await reader.readuntil(b"\r\n\r\n"))
        writer.write(OURS)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(meet, "127.0.0.1", 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1], read
    finally:
        server.close()


async def ask(port: int, trusted: Path | None) -> None:
    http = client(authority=trusted)
    transport = Transport(f"https://localhost:{port}", http, Clock(), "server-1")
    transport.access = TOKEN.decode()
    try:
        await transport.ask("GET", "/v1/meta")
    finally:
        await transport.close()


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path) -> Path:
    file = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(file)
    return file


async def test_the_server_that_was_meant_hears_the_token(authority: trustme.CA, trusted: Path) -> None:
    async with house(authority.issue_cert("localhost")) as (port, read):
        await ask(port, trusted)
        assert TOKEN in read


async def test_a_certificate_that_ran_out(authority: trustme.CA, trusted: Path) -> None:
    over = authority.issue_cert("localhost", not_after=datetime.now(UTC) - timedelta(days=1))
    await refused(over, trusted)


async def test_a_certificate_of_another_house(authority: trustme.CA, trusted: Path) -> None:
    await refused(authority.issue_cert("elsewhere.example"), trusted)


async def test_an_authority_that_nobody_trusts(authority: trustme.CA, trusted: Path) -> None:
    await refused(trustme.CA().issue_cert("localhost"), trusted)
    await refused(authority.issue_cert("localhost"), None)


async def test_a_version_of_tls_that_was_broken_long_ago(authority: trustme.CA, trusted: Path) -> None:
    await refused(authority.issue_cert("localhost"), trusted, ssl.TLSVersion.TLSv1)


async def test_plain_words_where_tls_was_meant(trusted: Path) -> None:
    heard = bytearray()

    async def plan(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.extend(await reader.read(4096))
        writer.write(OURS)
        writer.close()

    server = await asyncio.start_server(plan, "127.0.0.1", 0)
    with pytest.raises(Unreachable):
        await ask(server.sockets[0].getsockname()[1], trusted)
    server.close()
    assert TOKEN not in heard


async def refused(certificate: trustme.LeafCert, trusted: Path | None, version: ssl.TLSVersion | None = None) -> None:
    async with house(certificate, version) as (port, read):
        with pytest.raises(Unreachable):
            await ask(port, trusted)
        assert read == b""
