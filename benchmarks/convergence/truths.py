"""What must hold when everybody has heard everything. Each truth is a sentence, and says whom it failed."""

from collections.abc import Iterator, Sequence

from benchmarks.convergence.desk import Desk
from benchmarks.convergence.server import ME, Server
from cxdesk.domain.ids import hlc_ms
from cxdesk.protocol.clock import AHEAD_MS
from cxdesk.protocol.erasing import OWNER_FIELDS, survives
from cxdesk.protocol.holding import LEASE_MS
from cxdesk.protocol.ops import STATE, STATEFUL, Op
from cxdesk.protocol.rows import Entity

__all__ = ["Broken", "check"]


class Broken(AssertionError):
    """A truth that does not hold."""


def check(server: Server, desks: Sequence[Desk]) -> None:
    """Raise ``Broken`` with the first truth that does not hold."""
    for truth in (agree, nothing_lost, order, stamps, forgotten, one_holder):
        for failure in truth(server, desks):
            raise Broken(f"{truth.__name__}: {failure}")


def agree(server: Server, desks: Sequence[Desk]) -> Iterator[str]:
    """Every desk shows what the server has, field by field, and knows who wrote it."""
    theirs = {key: _compared(row) for key, row in server.rows.items()}
    for desk in desks:
        mine = {key: _compared(row) for key, row in desk.rows.items() if _known(row)}
        if mine != theirs:
            key = min(key for key in mine.keys() | theirs.keys() if mine.get(key) != theirs.get(key))
            yield f"{desk.dev} differs in {key}:\n  desk   {mine.get(key)}\n  server {theirs.get(key)}"


def nothing_lost(server: Server, desks: Sequence[Desk]) -> Iterator[str]:
    """Every value that was written is the row's, in the history, refused with its words kept, or erased."""
    counted = {op.op: op for op in server.log}
    for desk in desks:
        refused = {attention.op.op for attention in desk.attention}
        for op in desk.made:
            if op.op in refused:
                if op.op in counted:
                    yield f"{op} was refused and counts"
            elif op.op not in counted:
                yield f"{op} is nowhere"
            elif missing := _missing(server, op, counted[op.op]):
                yield f"{missing} of {op} is nowhere"


def _missing(server: Server, sent: Op, op: Op) -> str | None:
    """A field of an operation that left no trace."""
    row = server.rows[op.ent, op.id]
    if row.erased:
        return None
    for name, value in sent.f.items() if sent.k in ("set", "append", "resolve") else ():
        if op.ent == "ticket" and name in STATE and name not in op.f:
            continue
        if op.f[name] != value and name != "number":
            return name
        if row.clk[name].op != op.op and (op.ent, op.id, name, op.op) not in server.history:
            return name
    return None


def order(server: Server, desks: Sequence[Desk]) -> Iterator[str]:
    """The numbers of every desk are there once, in its order, and every desk has heard the log to its end."""
    for desk in desks:
        numbers = [op.n for op in server.log if op.dev == desk.dev]
        if numbers != sorted(set(numbers)):
            yield f"{desk.dev} is in the log as {numbers}"
        if len(numbers) + len(desk.attention) != len(desk.made):
            yield f"{desk.dev} made {len(desk.made)}, {len(numbers)} count, {len(desk.attention)} were refused"
        if desk.cursor != len(server.log):
            yield f"{desk.dev} stands at {desk.cursor}"


def stamps(server: Server, desks: Sequence[Desk]) -> Iterator[str]:
    """The stamps of a desk only grow, none is believed that is far ahead, and clocks are pulled back."""
    last: dict[str, int] = {}
    for op, came in zip(server.log, server.came, strict=True):
        if op.dev != ME and op.k not in STATEFUL:
            if op.t <= last.get(op.dev, 0):
                yield f"{op} does not follow {last[op.dev]}"
            last[op.dev] = op.t
        if hlc_ms(op.t) > came + AHEAD_MS + 1:
            yield f"{op} came at {came}"
    for desk in desks:
        if hlc_ms(desk.seen) > server.now + AHEAD_MS + 1:
            yield f"the clock of {desk.dev} still runs ahead"
        if desk.unseen:
            yield f"{desk.dev} did not show {desk.unseen[0]} when it was written"


def forgotten(server: Server, desks: Sequence[Desk]) -> Iterator[str]:
    """Nothing of a person who was erased is left in any row or history, and no row names them."""
    gone = {row.id for row in server.rows.values() if row.erased and row.ent == "customer"}
    for rows in (server.rows, *(desk.rows for desk in desks)):
        for row in rows.values():
            if row.erased and (row.tags or not all(survives(row.ent, name) for name in row.f)):
                yield f"{row.ent} {row.id} still says {dict(row.f)}"
            if any(row.f.get(name) in gone for name, ent in OWNER_FIELDS.items() if ent == "customer"):
                yield f"{row.ent} {row.id} still names somebody erased"
    for op in server.log:
        if op.k == "erase" and not server.rows[op.ent, op.id].erased:
            yield f"{op.ent} {op.id} came back"


def one_holder(server: Server, _desks: Sequence[Desk]) -> Iterator[str]:
    """Nobody got a ticket that somebody else had, and only who has a ticket moves it."""
    has: dict[str, tuple[str | None, int]] = {}
    fences: dict[str, int] = {}
    for held in server.holds:
        agent, until = has.get(held.ticket, (None, 0))
        if held.claim:
            if agent not in (None, held.agent) and held.at < until:
                yield f"{held} while {agent} had it"
            if held.fence <= fences.get(held.ticket, 0):
                yield f"{held} under an old fence"
            fences[held.ticket] = held.fence
        has[held.ticket] = (held.agent, held.at + LEASE_MS) if held.keeps else (None, 0)
    for op in server.log:
        if op.k in STATEFUL and op.fence is None:
            yield f"{op} counts without a fence"
    for before, after in _state_moves(server):
        if after <= before:
            yield f"the state of {before} was ordered otherwise than the server did"


def _state_moves(server: Server) -> Iterator[tuple[tuple[int, str], tuple[int, str]]]:
    """Each accepted move of a ticket's state and the next one, by their clocks."""
    last: dict[str, tuple[int, str]] = {}
    for op in server.log:
        if op.k in STATEFUL and op.f:
            if op.id in last:
                yield last[op.id], (op.t, op.dev)
            last[op.id] = (op.t, op.dev)


def _compared(row: Entity) -> tuple[object, ...]:
    holder = (row.hold.fence, row.hold.agent) if row.hold and row.hold.fence else None
    return dict(row.f), dict(row.clk), dict(row.tags), row.gone, row.erased, row.shown, holder


def _known(row: Entity) -> bool:
    """Whether anything is known of a row; of one that was refused from its beginning nothing is."""
    return bool(row.clk or row.tags or row.gone or row.erased)
