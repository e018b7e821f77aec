"""The smallest desk that speaks the protocol: rows, an outbox, a clock and a cursor, which all survive a restart."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cxdesk.domain.ids import tick
from cxdesk.protocol import clock
from cxdesk.protocol.erasing import Key
from cxdesk.protocol.merge import Lost, join, merge, settle
from cxdesk.protocol.ops import STATEFUL, Op
from cxdesk.protocol.results import Result
from cxdesk.protocol.rows import Entity

__all__ = ["Attention", "Desk"]


@dataclass(frozen=True)
class Attention:
    """An operation that was refused, whole, and why: what the agent wrote is not lost with it."""

    op: Op
    problem: str


@dataclass
class Desk:
    """One desk. ``wrong`` is how far its wall clock is from the truth, in milliseconds."""

    dev: str
    agent: str
    wrong: int = 0
    rows: dict[Key, Entity] = field(default_factory=dict)
    outbox: list[Op] = field(default_factory=list)
    made: list[Op] = field(default_factory=list)
    attention: list[Attention] = field(default_factory=list)
    history: list[Lost] = field(default_factory=list)
    unseen: list[Op] = field(default_factory=list)
    fences: dict[str, int] = field(default_factory=dict)
    offsets: tuple[int, ...] = ()
    seen: int = 0
    cursor: int = 0
    minted: int = 0

    def mint(self) -> str:
        """An id."""
        self.minted += 1
        return f"{self.dev}-{self.minted}"

    def write(self, now: int, ent: str, row_id: str, k: str, f: Mapping[str, Any]) -> None:
        """One operation at the true time ``now``: into the row at once, and into the outbox."""
        row = self.rows.get((ent, row_id)) or Entity(ent, row_id)
        base = {name: row.clk[name].op for name in f if name in row.clk} if k == "set" else {}
        fence = self.fences.get(row_id) if k in STATEFUL and k != "claim" else None
        stamp = self.stamp(now)
        op = Op(self.mint(), len(self.made) + 1, stamp, ent, row_id, k, 1, self.agent, f, base, fence, self.dev)
        self.made.append(op)
        self.outbox.append(op)
        self._apply(op)
        if k in ("set", "append") and any(self.rows[ent, row_id].clk[name].op != op.op for name in f):
            self.unseen.append(op)

    def stamp(self, now: int) -> int:
        """The next stamp: later than all that is known to count or waits for its answer."""
        return tick(clock.position(self.seen, (op.t for op in self.outbox)), self.believed(now))

    def believed(self, now: int) -> int:
        """What time this desk thinks it is."""
        return now + self.wrong + clock.offset(self.offsets)

    def met(self, now: int) -> None:
        """An answer of the server came, with its time."""
        here = now + self.wrong
        self.offsets = clock.with_offset(self.offsets, here, now, here)

    def answered(self, results: list[Result]) -> None:
        """What became of the first operations of the outbox; answers to others came before."""
        for result in results:
            if not self.outbox or self.outbox[0].n != result.n:
                continue
            op = self.outbox.pop(0)
            self.seen = max(self.seen, (result.t or op.t) if result.problem is None else 0)
            if result.fence is not None:
                self.fences[op.id] = result.fence
            if result.problem is not None:
                self.attention.append(Attention(op, result.problem))
                self.fences.pop(op.id, None)
            if result.current is not None:
                self._place(settle(self.rows[op.ent, op.id], op, result.current))

    def hear(self, ops: list[Op], cursor: int) -> None:
        """A page of what everybody did, and where the next one begins: both or neither."""
        for op in ops:
            self._apply(op)
            self.seen = max(self.seen, op.t)
        self.cursor = cursor

    def copy(self, line: Entity) -> None:
        """A line of a snapshot."""
        mine = self.rows.get((line.ent, line.id)) or Entity(line.ent, line.id)
        joined = join(mine, line)
        self.history += joined.lost
        self.seen = max(self.seen, *(known.t for known in line.clk.values()), 0, 0)
        self._place(joined.row)

    def _apply(self, op: Op) -> None:
        merged = merge(self.rows.get((op.ent, op.id)), op)
        self.history += merged.lost
        self._place(merged.row)

    def _place(self, row: Entity) -> None:
        if row.erased:
            self.history = [lost for lost in self.history if (lost.ent, lost.id) != (row.ent, row.id)]
        self.rows[row.ent, row.id] = row
