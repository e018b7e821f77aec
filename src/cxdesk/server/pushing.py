"""Push: the operations of one device, in its order, in one transaction.

The device's row is locked first, so that a device never races with its own retries; the shop's counter last, so that
the order of the log is the order of commits. Either everything of a push is there afterwards, or nothing.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from cxdesk.protocol import results
from cxdesk.protocol.admit import Admitted, refuse, repeat
from cxdesk.protocol.erasing import OWNER_FIELDS
from cxdesk.protocol.ops import MAX_OPS, Malformed, Op, read_op
from cxdesk.protocol.results import Result
from cxdesk.protocol.rows import Entity
from cxdesk.server.problems import Trouble
from cxdesk.server.roles import Scope, may, scope_of
from cxdesk.server.rows import Rows
from cxdesk.server.service import Service
from cxdesk.server.store import access, agents, devices, erasures, log
from cxdesk.server.store.answers import Answer, add_answers, answers
from cxdesk.server.store.devices import Device
from cxdesk.server.store.port import Work
from cxdesk.server.tokens import Secret

__all__ = ["ANSWERS_KEPT", "Push", "push", "read_push"]

ANSWERS_KEPT = 2000
"""How far back a device is told again what it was told."""


class Acked(msgspec.Struct, frozen=True):
    """The last number a device was answered, and the operation it had."""

    n: int
    op: str


class Push(msgspec.Struct, frozen=True, kw_only=True):
    """The body of a push. ``ops`` are read one by one: a bad one is refused and does not stop the others."""

    device: str
    epoch: str
    first_n: int
    last_acked: Acked | None = None
    ops: list[Any]


def read_push(body: bytes) -> Push:
    """The push that a body says. Raises ``Trouble`` ``malformed`` for what is no push at all."""
    try:
        push = msgspec.json.decode(body, type=Push)
    except (msgspec.DecodeError, UnicodeDecodeError):
        push = _read_odd(body)
    except RecursionError:
        raise Trouble("malformed", where="body") from None
    if push.first_n < 1 or len(push.ops) > MAX_OPS:
        raise Trouble("malformed" if push.first_n < 1 else "too-large", where="ops")
    return push


def _read_odd(body: bytes) -> Push:
    """A push with a half of a surrogate pair in it, which msgspec does not read: its operation is refused, later."""
    try:
        return msgspec.convert(json.loads(body), Push)
    except (ValueError, RecursionError, msgspec.ValidationError):
        raise Trouble("malformed", where="body") from None


async def push(service: Service, token: Secret | None, asked: Push) -> dict[str, Any]:
    """Carry out a push; the response's body."""
    made = await service.retried(lambda: _in_one_transaction(service, token, asked))
    device, answer = made
    service.pokes.tell(device.shop, answer["head"])
    return answer


async def _in_one_transaction(service: Service, token: Secret | None, asked: Push) -> tuple[Device, dict[str, Any]]:
    async with service.entering(token, Scope.WRITE, locks=True) as (work, device):
        if asked.device != device.id:
            raise Trouble("not-allowed")
        if asked.epoch != service.identity.epoch:
            raise Trouble("epoch-changed", epoch=service.identity.epoch)
        batch = _Batch(service, work, device)
        await batch.check(asked)
        await batch.admit_all(asked)
        head = await batch.store()
        return device, {"results": batch.said, "acked_n": batch.last_n, "head": head}


@dataclass
class _Batch:
    """One push on its way through the transaction."""

    service: Service
    work: Work
    device: Device
    results: list[Result] = field(default_factory=list)
    told: dict[int, Answer] = field(default_factory=dict)
    fresh: list[tuple[Op | None, Admitted]] = field(default_factory=list)
    said: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.last_n, self.last_t = self.device.last_n, self.device.last_t
        self.now = self.service.clock()
        self.rows = Rows(self.work, self.service.identity.server, self.now)

    async def check(self, asked: Push) -> None:
        """That these operations follow the ones before them, and that the device's file is still that one."""
        known = asked.last_acked
        if asked.first_n > self.last_n + 1 or (known and known.n > self.last_n):
            raise Trouble("sequence-gap", expect=self.last_n + 1)
        last = min(self.last_n, asked.first_n + len(asked.ops) - 1)
        numbers = [*range(asked.first_n, last + 1), *([known.n] if known else [])]
        self.told = await answers(self.work, self.device.id, min(numbers), max(numbers)) if numbers else {}
        if known and known.n in self.told and self.told[known.n].op != known.op:
            raise Trouble("device-forked")

    async def admit_all(self, asked: Push) -> None:
        """Every operation in its turn."""
        read = [_read(wire, asked.first_n + at, self.device) for at, wire in enumerate(asked.ops)]
        ops = [op for op in read if isinstance(op, Op)]
        await self.rows.fetch_for(ops)
        self.seqs = await log.numbers_of(self.work, [op for op in ops if op.n <= self.device.last_n])
        self.signed_in = await agents.may_act(self.work, self.device.id, {op.agent for op in ops if op.agent})
        for op in read:
            if (op.n if isinstance(op, Op) else op) <= self.last_n:
                await self._repeat(op)
            else:
                await self._admit(op)

    async def _repeat(self, op: Op | int) -> None:
        """This number was here before; if it was another operation, the device's file is a copy of an older one."""
        n = op.n if isinstance(op, Op) else op
        before = self.told.get(n)
        if before is None or (isinstance(op, Op) and before.op != op.op):
            raise Trouble("device-forked")
        if isinstance(op, Op):
            first = replace(before.result, seq=self.seqs.get(op.op))
            self.results.append(repeat(first, op, self.rows))
        else:
            self.results.append(replace(before.result, status="duplicate"))

    async def _admit(self, op: Op | int) -> None:
        if isinstance(op, int):
            self.last_n = op
            self._take(None, Admitted(Result(op, "rejected", problem="malformed")))
            return
        problem = self._not_allowed(op)
        admitted = refuse(op, problem, self.rows) if problem else await self.rows.admit(op, self.last_t)
        self.last_n = op.n
        self.last_t = admitted.last_t or self.last_t
        self._take(op, admitted)

    def _not_allowed(self, op: Op) -> str | None:
        """Why the device, or the agent it names, may not do this."""
        if not may(self.device.role, scope_of(op)):
            return "not-allowed"
        if op.agent is None or (op.ent == "agent" and op.id == op.agent):
            return None
        known = self.rows.known.get(("agent", op.agent)) is not None
        return None if known and op.agent in self.signed_in else "agent-unknown"

    def _take(self, op: Op | None, admitted: Admitted) -> None:
        self.results.append(admitted.result)
        self.fresh.append((op, admitted))

    async def store(self) -> int:
        """Write everything; where the log ends now."""
        if not self.fresh:
            self.said = [results.to_wire(result) for result in self.results]
            return await log.head(self.work)
        await self.rows.save()
        told = [Answer(op.op if op else "", _kept(admitted.result)) for op, admitted in self.fresh]
        await add_answers(self.work, self.device.id, told)
        if self.last_n // 500 > self.device.last_n // 500:
            await devices.prune_answers(self.work, self.device.id, self.last_n - ANSWERS_KEPT)
        await devices.moved(self.work, self.device.id, self.last_n, self.last_t)
        await self._note_erasures()
        # From here on every other push of the shop waits.
        ops = self.rows.ops
        first = await log.append(self.work, ops, self._silent(ops), self.now)
        self._number(first)
        self.said = [results.to_wire(result) for result in self.results]
        self.service.metrics.events["operations"] += len(self.fresh)
        return first + len(ops) - 1 if ops else await log.head(self.work)

    async def _note_erasures(self) -> None:
        """Erasures, asked for or following from others, are in the ledger; those asked for also in the access log."""
        for op, admitted in self.fresh:
            await erasures.add(self.work, admitted.ops, op.agent if op else None, "", self.now)
            if op is not None and op.k == "erase" and admitted.ops:
                line = access.Act(self.device.id, op.agent, "", op.id, "erase", "")
                await access.add(self.work, line, self.now)

    def _silent(self, ops: Sequence[Op]) -> frozenset[int]:
        """The places of operations about rows that a later one of this push erased."""
        erased = self.rows.erased
        return frozenset(at for at, op in enumerate(ops) if at < erased.get((op.ent, op.id), 0))

    def _number(self, first: int) -> None:
        """Tell each accepted operation the number it has in the log."""
        seq, numbered = first, dict[int, int]()
        for _, admitted in self.fresh:
            if admitted.ops:
                numbered[admitted.result.n] = seq
                seq += len(admitted.ops)
        self.results = [
            replace(result, seq=numbered[result.n]) if result.status != "duplicate" and result.n in numbered else result
            for result in self.results
        ]


def _read(wire: object, n: int, device: Device) -> Op | int:
    """The operation under number ``n`` as the device's own, or the number alone when it is none."""
    try:
        op = read_op(wire)
        if op.n != n or not _storable(wire) or not _belongs(op):
            return n
    except Malformed:
        return n
    return replace(op, dev=device.id, seq=None, orig=None)


def _belongs(op: Op) -> bool:
    """Whether the rows it says it belongs to are named by texts."""
    return all(op.f.get(name) is None or isinstance(op.f[name], str) for name in (*OWNER_FIELDS, "ent", "ent_id"))


def _storable(value: object) -> bool:
    """Whether no text has a NUL or half a surrogate pair: no database keeps them, and no desk writes them."""
    if isinstance(value, str):
        return "\0" not in value and not any("\ud800" <= char <= "\udfff" for char in value if char > "\ud7ff")
    if isinstance(value, dict):
        return all(_storable(key) and _storable(part) for key, part in value.items())
    return not isinstance(value, list) or all(map(_storable, value))


def _kept(result: Result) -> Result:
    """A result as it is kept: that something else counts, but not what, which is read again when it is repeated."""
    row = result.current
    return result if row is None else replace(result, current=Entity(row.ent, row.id))
