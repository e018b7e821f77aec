"""A desk as far as the server sees it: numbers without gaps, stamps, a token, and what it asks."""

import json
from dataclasses import dataclass, field
from typing import Any

from httpx import AsyncClient, Response

from cxdesk.domain.ids import hlc_text, tick, uuid7
from cxdesk.protocol.cursor import Page, read_page
from tests.conftest import Clock

__all__ = ["HEADERS", "Desk"]

HEADERS = {"Cx-Protocol": "1"}


@dataclass
class Desk:
    """One device. What it does is kept in ``outbox`` until it is pushed."""

    client: AsyncClient
    clock: Clock
    id: str
    n: int = 0
    t: int = 0
    made: int = 0
    since: str = ""
    outbox: list[dict[str, Any]] = field(default_factory=list)

    # -- coming in

    async def enroll(self, code: str) -> Response:
        answer = await self.client.post("/v1/enroll", json={"code": code, "device": self.id, "name": "계산대 노트북"})
        if answer.status_code == 201:
            said = answer.json()
            self.shop, self.store, self.epoch, self.server = (said[key] for key in ("shop", "store", "epoch", "server"))
            self.take(said)
        return answer

    def take(self, tokens: dict[str, Any]) -> None:
        self.access, self.refresh = tokens["access"], tokens["refresh"]

    async def renew(self) -> None:
        """New tokens, after a while."""
        self.take((await self.post("/v1/token", {"device": self.id, "refresh": self.refresh})).json())

    @property
    def headers(self) -> dict[str, str]:
        return {**HEADERS, "Authorization": f"Bearer {self.access}"}

    async def get(self, path: str, **params: Any) -> Response:
        return await self.client.get(path, params=params, headers=self.headers)

    async def post(self, path: str, body: Any = None, **headers: str) -> Response:
        return await self.client.post(path, json=body if body is not None else {}, headers=self.headers | headers)

    async def delete(self, path: str) -> Response:
        return await self.client.delete(path, headers=self.headers)

    # -- operations

    def mint(self) -> str:
        self.made += 1
        return uuid7(self.clock(), int(self.id[:8], 16) << 40 | self.made)

    def op(self, ent: str, row_id: str, k: str = "set", agent: str | None = None, **more: Any) -> dict[str, Any]:
        """One more operation, put into the outbox."""
        self.n += 1
        self.t = tick(self.t, self.clock())
        made = {
            "op": self.mint(),
            "n": self.n,
            "t": hlc_text(self.t),
            "ent": ent,
            "id": row_id,
            "k": k,
            "v": 1,
            "f": {},
        }
        made |= more | ({"agent": agent} if agent else {})
        self.outbox.append(made)
        return made

    def agent(self, name: str = "이서준") -> str:
        made = self.mint()
        self.op("agent", made, f={"name": name, "created_at": self.clock()})
        return made

    def customer(self, name: str = "김민지", phone: str = "01012345678") -> str:
        made = self.mint()
        self.op("customer", made, f={"name": name, "language": "ko", "created_at": self.clock()})
        shown = {"kind": "phone", "value": phone, "shown": phone, "created_at": self.clock()}
        self.op("identity", self.mint(), f={"customer_id": made, **shown})
        return made

    def ticket(self, number: int = 1001, customer: str | None = None, rank_at: int | None = None) -> str:
        made, at = self.mint(), self.clock()
        f = {"number": number, "channel": "phone", "topic": "delivery", "status": "waiting", "arrived_at": at}
        f |= {"waiting_since": at, "rank_at": at if rank_at is None else rank_at}
        self.op("ticket", made, f=f | ({"customer_id": customer} if customer else {}))
        return made

    def body(self, ops: list[dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
        sent = self.outbox if ops is None else ops
        first = sent[0]["n"] if sent else self.n + 1
        return {"device": self.id, "epoch": self.epoch, "first_n": first, "ops": sent} | more

    async def push(self, ops: list[dict[str, Any]] | None = None, **more: Any) -> Response:
        return await self.post("/v1/sync/push", self.body(ops, **more))

    async def pushed(self) -> list[dict[str, Any]]:
        """Send what is in the outbox; the results."""
        answer = await self.push()
        assert answer.status_code == 200, answer.text
        self.outbox.clear()
        results: list[dict[str, Any]] = answer.json()["results"]
        return results

    async def pulled(self, limit: int = 1000) -> Page:
        """The next page."""
        answer = await self.get("/v1/sync/pull", since=self.since, limit=limit)
        assert answer.status_code == 200, answer.text
        page = read_page(answer.content)
        self.since = page.next
        return page

    async def log(self) -> list[dict[str, Any]]:
        """Everything that the server says was done, from the beginning."""
        self.since, lines = "", list[dict[str, Any]]()
        while page := (await self.pulled()).lines:
            lines += page
        return lines

    async def snapshot(self, limit: int = 5000) -> list[dict[str, Any]]:
        """Every row the server has, in the order of a snapshot."""
        begun = (await self.post("/v1/sync/snapshots")).json()
        key, rows = "", list[dict[str, Any]]()
        while True:
            answer = await self.get(f"/v1/sync/snapshots/{begun['id']}", after=key, limit=limit)
            page = read_page(answer.content)
            rows += page.lines
            key = page.next
            if not key:
                return rows

    async def row(self, ent: str, row_id: str) -> dict[str, Any]:
        """A row as the server has it now."""
        found = {(row["ent"], row["id"]): row for row in await self.snapshot()}
        return found[ent, row_id]


def problem(answer: Response) -> str:
    """The name of the problem that an answer is."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    said = json.loads(answer.content)
    assert said["status"] == answer.status_code
    return str(said["type"]).removeprefix("urn:cxdesk:problem:")
