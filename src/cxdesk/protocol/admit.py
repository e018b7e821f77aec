"""Everything the server does to one operation of a desk, without a database: may it count, as what, and what follows.

Every server stands on this one function: on PostgreSQL, on SQLite, and in the memory of the tests. It asks a ``World``
for the rows it needs and answers with what has to be stored, in one transaction.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple, Protocol

from cxdesk.protocol.clock import believable, later_than, restamped
from cxdesk.protocol.conflicts import CONFLICT, conflicts, derived_id
from cxdesk.protocol.erasing import Key, owners, persons_rows, survives
from cxdesk.protocol.holding import decide
from cxdesk.protocol.merge import Lost, merge
from cxdesk.protocol.ops import STATE, STATEFUL, Op
from cxdesk.protocol.results import Result
from cxdesk.protocol.rows import Clock, Entity, Hold

__all__ = ["Admitted", "World", "admit", "current", "refuse", "repeat", "wanted"]


class World(Protocol):
    """What ``admit`` asks of a shop's rows."""

    def get(self, ent: str, row_id: str) -> Entity | None:
        """A row, also one that is gone or erased; ``None`` when nothing was ever heard of it."""

    def number_taken(self, number: int, ticket_id: str) -> bool:
        """Whether another ticket has this number."""

    def next_number(self) -> int:
        """A number that no ticket has had, another one each time."""

    def agent_of(self, op: str) -> str | None:
        """Who made an operation, if it is known."""

    def naming(self, field: str, value: str) -> Iterable[Key]:
        """The rows of all tables in which this field has this value; asked only when somebody is erased."""


class Admitted(NamedTuple):
    """What to answer and what to store.

    ``ops`` are the effective operations, in the order in which they get their ``seq``; the first is the one that was
    sent, in the form that counts. ``rows`` are the rows as they are now, ``lost`` goes into the history of fields. Of
    rows that are ``erased`` the history, and the bodies of operations in the log, are to be destroyed. ``last_t`` is to
    be handed in with the device's next operation; after one that was refused it is 0, and the one before still holds.
    """

    result: Result
    ops: tuple[Op, ...] = ()
    rows: tuple[Entity, ...] = ()
    lost: tuple[Lost, ...] = ()
    last_t: int = 0


def wanted(op: Op) -> set[Key]:
    """The rows that ``admit`` will ask for, for those who must fetch first; erasing asks for more."""
    return {(op.ent, op.id), *owners(op.ent, op.f)}


def admit(op: Op, world: World, now_ms: int, last_t: int, server: str) -> Admitted:
    """What becomes of ``op``, whose ``dev`` has been filled in.

    ``now_ms`` is the server's time, ``last_t`` what the device's operation before this one left (0 for none), and
    ``server`` the id under which the server writes. What the device's role allows was asked before; ``refuse`` is the
    answer when it does not.
    """
    row = world.get(op.ent, op.id) or Entity(op.ent, op.id)
    if op.ent == CONFLICT and op.k != "resolve":
        return refuse(op, "not-allowed", world)
    counted, closed = _what_counts(op, row, world)
    if closed and not counted.f and op.k not in ("erase", "release"):
        return refuse(op, "erased", world)
    hold = None
    if op.k in STATEFUL:
        hold, problem = decide(row, op, now_ms)
        if problem:
            return refuse(op, problem, world)
        counted = replace(counted, fence=hold.fence if hold else None)
    t = _believed(counted, row, last_t, now_ms)
    counted = _under(counted, later_than(t, _state_after(t, row)) if op.k in STATEFUL else t)
    done = _erase(counted, world, server) if op.k == "erase" else _merged(op, counted, row, hold, closed, world, server)
    return done._replace(last_t=t)


def refuse(op: Op, problem: str, world: World) -> Admitted:
    """The operation does not count, for good; its device hears what counts instead."""
    return Admitted(Result(op.n, "rejected", problem=problem, current=current(op, world.get(op.ent, op.id))))


def repeat(first: Result, op: Op, world: World) -> Result:
    """The answer to an operation that was answered before: the same, with what counts by now."""
    row = None if first.current is None else current(op, world.get(op.ent, op.id))
    return replace(first, status="duplicate", current=row)


def current(op: Op, row: Entity | None) -> Entity:
    """What counts now of everything ``op`` spoke of."""
    if row is None:
        return Entity(op.ent, op.id)
    names = STATE if op.k in STATEFUL else op.f.keys()
    named = {op.f["add"]} if op.k == "add" else set(op.f["saw"]) if op.k == "rem" else set()
    clk = {name: clock for name, clock in row.clk.items() if name in names}
    tags = {key: tag for key, tag in row.tags.items() if key in named}
    return replace(row, f={name: row.f[name] for name in clk}, clk=clk, tags=tags)


def _what_counts(op: Op, row: Entity, world: World) -> tuple[Op, bool]:
    """The operation with the fields that may count, and whether its row is, or belongs to, somebody erased."""
    f: Mapping[str, Any] = op.f
    if op.ent == "ticket" and op.k == "set":
        if not STATE.isdisjoint(row.clk):
            f = {name: value for name, value in f.items() if name not in STATE}
        if "number" in f and world.number_taken(f["number"], op.id):
            f = {**f, "number": world.next_number()}
    closed = row.erased or any(_erased(world.get(*owner)) for owner in owners(op.ent, f))
    if closed:
        f = {name: value for name, value in f.items() if survives(op.ent, name)}
    return (op if f == op.f else replace(op, f=f)), closed


def _erased(row: Entity | None) -> bool:
    return row is not None and row.erased


def _believed(op: Op, row: Entity, last_t: int, now_ms: int) -> int:
    """The stamp that was sent, or the one that counts instead."""
    if believable(op.t, last_t, now_ms):
        return op.t
    over = [row.clk[name] for name in op.f if name in row.clk]
    return restamped(last_t, now_ms, [*over, row.gone] if row.gone else over)


def _state_after(t: int, row: Entity) -> Iterator[Clock]:
    """What of a ticket's state was written at ``t`` or later. Its moves are ordered by the server, so by stamps too;
    only they: an old correction that was sent behind an old claim stays old."""
    return (clock for name, clock in row.clk.items() if name in STATE and clock.t >= t)


def _under(op: Op, t: int) -> Op:
    return op if t == op.t else replace(op, t=t, orig=op.t)


def _merged(sent: Op, op: Op, row: Entity, hold: Hold | None, closed: bool, world: World, server: str) -> Admitted:
    """The operation in its row, with the conflicts it makes."""
    after, lost, _ = merge(row, op)
    if hold:
        after = replace(after, hold=hold)
    ops, rows = [op], [after]
    if closed and not row.erased:
        ops.append(_forgetting(op, (op.ent, op.id), server))
        rows = [merge(after, ops[-1]).row]
    elif not closed:
        for added in conflicts(row, op, server, world.agent_of):
            ops.append(added)
            rows.append(merge(world.get(added.ent, added.id), added).row)
    return Admitted(_accepted(sent, op, rows[0]), tuple(ops), tuple(rows), lost)


def _accepted(sent: Op, op: Op, row: Entity) -> Result:
    fence = op.fence if op.k == "claim" else None
    if op.t == sent.t and op.f == sent.f:
        return Result(op.n, "ok", fence=fence)
    return Result(op.n, "restamped", t=op.t, fence=fence, current=current(sent, row))


def _erase(op: Op, world: World, server: str) -> Admitted:
    """Every row of the person emptied, each by an operation of its own, so that every desk empties the same ones."""

    def fields_of(key: Key) -> Mapping[str, Any]:
        row = world.get(*key)
        return row.f if row else {}

    others = persons_rows(op.id, fields_of, world.naming)[1:]
    ops = (op, *(_forgetting(op, key, server) for key in others))
    rows = tuple(merge(world.get(each.ent, each.id), each).row for each in ops)
    return Admitted(Result(op.n, "ok" if op.orig is None else "restamped", t=op.t if op.orig else None), ops, rows)


def _forgetting(op: Op, key: Key, server: str) -> Op:
    return Op(derived_id(op, "erase", *key), 0, op.t, *key, "erase", dev=server)
