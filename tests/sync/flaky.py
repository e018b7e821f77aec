"""A network between a desk and a server in the same process that loses, cuts and repeats, as dice say."""

import random

import httpx

__all__ = ["Flaky"]


class Flaky(httpx.AsyncBaseTransport):
    """In front of another transport. ``bad`` is how often something goes wrong; 0 is a good network."""

    def __init__(self, inner: httpx.AsyncBaseTransport, dice: random.Random, bad: float = 0.0) -> None:
        self._inner = inner
        self._dice = dice
        self.bad = bad

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self._dice.random() >= self.bad:
            return await self._inner.handle_async_request(request)
        match self._dice.choice(["lost", "unanswered", "cut", "twice"]):
            case "lost":
                raise httpx.ConnectError("lost", request=request)
            case "twice":
                first = await self._inner.handle_async_request(request)
                await first.aread()
            case "unanswered":
                await (await self._inner.handle_async_request(request)).aread()
                raise httpx.ReadError("unanswered", request=request)
        response = await self._inner.handle_async_request(request)
        body = b"".join([part async for part in response.stream])  # type: ignore[union-attr]
        at = self._dice.randrange(len(body) + 1)
        return httpx.Response(
            response.status_code, headers=response.headers, stream=httpx.ByteStream(body[:at]), request=request
        )
