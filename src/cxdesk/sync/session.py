"""Who this desk is to the server: enrolling with a code, and tokens that are renewed before and after they run out."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from cxdesk.protocol.exchange import Membership
from cxdesk.sync.transport import PUSH_DEADLINE, Answer, Problem, Stranger, Transport, Unreachable

__all__ = ["LoginNeeded", "Session", "TokenKeeper", "enrol"]

_SOON = 60_000
"""An access token is renewed when it has less than so many ms left."""


class LoginNeeded(Exception):
    """The server no longer knows this desk, or the token cannot be read here; ``reason`` names why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TokenKeeper(Protocol):
    """Where the refresh token lies between two starts."""

    @property
    def locked(self) -> bool:
        """Whether a passphrase has to be said first."""

    def read(self) -> str | None:
        """The token, ``None`` when there is none or the place is locked."""

    def write(self, token: str) -> None:
        """Keep a token, for certain: when this returns it can be read back."""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What enrolling answered."""

    membership: Membership
    refresh: str


class Session:
    """Requests in the name of one desk. ``clock`` is this machine's, in ms."""

    def __init__(self, transport: Transport, device: str, tokens: TokenKeeper, clock: Callable[[], int]) -> None:
        self.transport = transport
        self._device = device
        self._tokens = tokens
        self._clock = clock
        self._until = 0
        self._renewing = asyncio.Lock()

    async def ask(
        self,
        method: str,
        path: str,
        *,
        body: object = None,
        params: Mapping[str, str | int] | None = None,
        deadline: float = PUSH_DEADLINE,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """``Transport.ask`` with a token that counts. Raises ``LoginNeeded`` besides."""
        await self.be_known()
        used = self.transport.access
        try:
            return await self.transport.ask(method, path, body=body, params=params, deadline=deadline, headers=headers)
        except Problem as problem:
            if problem.status != 401:
                raise
        await self._renew(used)
        try:
            return await self.transport.ask(method, path, body=body, params=params, deadline=deadline, headers=headers)
        except Problem as problem:
            if problem.status == 401:
                raise LoginNeeded(problem.name) from problem
            raise

    async def be_known(self) -> None:
        """Have an access token that is good for a while."""
        used = self.transport.access
        if not used or self._clock() + self.transport.offset > self._until - _SOON:
            await self._renew(used)

    async def _renew(self, used: str) -> None:
        """Another access token than ``used``; whoever comes while one is fetched takes that one."""
        async with self._renewing:
            if self.transport.access == used:
                await self._fetch()

    async def _fetch(self) -> None:
        refresh = self._tokens.read()
        if refresh is None:
            raise LoginNeeded("locked" if self._tokens.locked else "no-token")
        self.transport.access = ""
        try:
            answer = await self.transport.ask("POST", "/v1/token", body={"device": self._device, "refresh": refresh})
        except Problem as problem:
            if problem.status in (400, 401, 403, 404, 410):
                raise LoginNeeded(problem.name) from problem
            raise
        said = answer.json()
        access, renewed = _text(said, "access"), _text(said, "refresh")
        self._tokens.write(renewed)  # before it is used: from then on the old one is worth nothing
        self.transport.access = access
        self._until = int(said.get("access_until", 0))


async def enrol(transport: Transport, code: str, device: str, name: str) -> Enrolled:
    """Belong to the queue that ``code`` was made for. Raises what ``Transport.ask`` raises."""
    answer = await transport.ask("POST", "/v1/enroll", body={"code": code, "device": device, "name": name})
    said = answer.json()
    server = _text(said, "server")
    if answer.headers.get("Cx-Server") != server:
        raise Stranger("server")
    transport.server = server
    membership = Membership(
        url=transport.url,
        server=server,
        epoch=_text(said, "epoch"),
        device=str(said.get("device") or device),
        shop=str(said.get("shop", "")),
        shop_name=str(said.get("shop_name", "")),
        role=str(said.get("role", "")),
    )
    return Enrolled(membership, _text(said, "refresh"))


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    if not isinstance(value, str) or not value:
        raise Unreachable("not_json")
    return value
