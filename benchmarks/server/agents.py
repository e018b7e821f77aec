"""Agents at work: three operations every ten seconds, an ear for pokes, a pull after each."""

import asyncio
import json
import random
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from benchmarks.server.wire import Answer, Line, events
from cxdesk.domain.ids import hlc_text, uuid7
from cxdesk.protocol.cursor import read_page

__all__ = ["Agent", "Measured", "enrolled"]


@dataclass
class Measured:
    """What was seen: seconds of each push and pull and from a push to its being heard elsewhere, and what failed."""

    pushes: list[float] = field(default_factory=list)
    pulls: list[float] = field(default_factory=list)
    heard: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    operations: int = 0
    sent_at: dict[str, float] = field(default_factory=dict)


@dataclass
class Agent:
    """One desk with one agent on it."""

    line: Line
    device: str
    access: str
    epoch: str
    store: str
    measured: Measured
    since: str = ""
    n: int = 0

    def operation(self) -> dict[str, Any]:
        """A note, as long as notes are."""
        self.n += 1
        now = time.time_ns() // 1_000_000
        made, row = (uuid7(now, secrets.randbits(74)) for _ in range(2))
        body = "고객님께 송장 번호를 다시 안내해 드렸고, 내일 오후 3시 전에 전화드리기로 했습니다."
        f = {"body": body, "created_at": now}
        t = hlc_text(now << 16 | self.n & 0xFFFF)
        return {"op": made, "n": self.n, "t": t, "ent": "note", "id": row, "k": "append", "v": 1, "f": f}

    async def push(self, count: int) -> None:
        """Send some operations, and note how long that took."""
        ops = [self.operation() for _ in range(count)]
        sent = {"device": self.device, "epoch": self.epoch, "first_n": ops[0]["n"], "ops": ops}
        self.measured.sent_at[ops[-1]["op"]] = time.perf_counter()
        while True:
            began = time.perf_counter()
            answer = await self.line.ask("POST", "/v1/sync/push", self.access, json.dumps(sent).encode())
            self.measured.pushes.append(time.perf_counter() - began)
            if answer.status == 200:
                self.measured.operations += count
                return
            self.measured.errors.append(f"push {answer.status}")
            await asyncio.sleep(1)

    async def pull(self) -> None:
        """Read whatever is new."""
        while True:
            began = time.perf_counter()
            answer = await self.line.ask("GET", f"/v1/sync/pull?since={self.since}", self.access)
            self.measured.pulls.append(time.perf_counter() - began)
            if answer.status != 200:
                self.measured.errors.append(f"pull {answer.status}")
                return
            page = read_page(answer.body)
            self.since = page.next
            self._hear(page.lines)
            if not page.lines or page.next.split(".")[1] == str(page.head):
                return

    def _hear(self, lines: tuple[dict[str, Any], ...]) -> None:
        now = time.perf_counter()
        for line in lines:
            if line["dev"] != self.device and line["op"] in self.measured.sent_at:
                self.measured.heard.append(now - self.measured.sent_at[line["op"]])

    async def work(self, until: float, every: float) -> None:
        """Push and pull until then, listening all the while."""
        poked = asyncio.Event()
        ear = asyncio.create_task(events(self.line.port, self.access, poked))
        due = time.monotonic() + every * random.random()
        try:
            while (now := time.monotonic()) < until:
                if now >= due:
                    await self.push(3)
                    due += every
                try:
                    await asyncio.wait_for(poked.wait(), max(0.0, min(due, until) - time.monotonic()))
                except TimeoutError:
                    continue
                poked.clear()
                await self.pull()
            if ear.done():
                self.measured.errors.append("live")
        finally:
            ear.cancel()
            await asyncio.gather(ear, return_exceptions=True)
            await self.line.close()


async def enrolled(port: int, code: str, count: int) -> list[Agent]:
    """Desks of one shop, each enrolled with a code of its own."""
    measured = Measured()
    agents = [await _enroll(port, code, measured)]
    while len(agents) < count:
        # A desk may ask only so often, so several of them make the codes.
        maker = agents[len(agents) // 100]
        asked = {"store": maker.store, "role": "admin", "minutes": 60}
        answer = await maker.line.ask("POST", "/v1/devices", maker.access, json.dumps(asked).encode())
        agents.append(await _enroll(port, answer.json()["code"], measured))
    return agents


async def _enroll(port: int, code: str, measured: Measured) -> Agent:
    line, device = Line(port), secrets.token_hex(16)
    asked = {"code": code, "device": device, "name": "desk"}
    answer: Answer = await line.ask("POST", "/v1/enroll", body=json.dumps(asked).encode())
    said = answer.json()
    return Agent(line, device, said["access"], said["epoch"], said["store"], measured, since=said["since"])
