"""The one rule by which rows meet, on every desk and on the server.

Two versions of a row are joined field by field: of two values the one with the later clock stays, and the other is
told to the caller, who keeps it in the history. An operation is a very small version of its row (``delta``). Joining
does not care about order or repetition: desks that heard the same operations show the same rows, in whatever order and
however often they heard them.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from cxdesk.protocol.erasing import survives
from cxdesk.protocol.holding import hold_after
from cxdesk.protocol.ops import Op
from cxdesk.protocol.rows import Clock, Entity, Hold, Tag

__all__ = ["Lost", "Merged", "delta", "join", "merge", "settle"]


class Lost(NamedTuple):
    """A value that is not, or no longer, the row's: it goes into the history, once (``clock.op`` and field name it)."""

    ent: str
    id: str
    field: str
    value: Any
    clock: Clock


class Merged(NamedTuple):
    """The row after a join, the values that lost, and whether the row is another one than before."""

    row: Entity
    lost: tuple[Lost, ...]
    changed: bool


def merge(row: Entity | None, op: Op) -> Merged:
    """The row after an operation; ``row`` is ``None`` when nothing was heard of it yet."""
    return join(row or Entity(op.ent, op.id), delta(op))


def delta(op: Op) -> Entity:
    """What an operation says, as a version of its row that knows nothing else."""
    clock = Clock(op.t, op.dev, op.op)
    match op.k:
        case "add":
            return Entity(op.ent, op.id, tags={op.f["add"]: Tag(op.f["tag"], op.f.get("at", 0))})
        case "rem":
            return Entity(op.ent, op.id, tags=dict.fromkeys(op.f["saw"]))
        case "del":
            return Entity(op.ent, op.id, gone=clock)
        case "erase":
            return Entity(op.ent, op.id, erased=True)
        case _:
            return Entity(op.ent, op.id, op.f, dict.fromkeys(op.f, clock), hold=hold_after(op))


def join(mine: Entity, theirs: Entity) -> Merged:
    """Both versions of one row in one, with what lost on the way."""
    f, clk, lost = dict(mine.f), dict(mine.clk), []
    for name, clock in theirs.clk.items():
        known = clk.get(name)
        wins = known is None or _counts(clock, known)
        if known is not None and known.op != clock.op:
            value, written = (f[name], known) if wins else (theirs.f[name], clock)
            lost.append(Lost(mine.ent, mine.id, name, value, written))
        if wins:
            f[name], clk[name] = theirs.f[name], clock
    row = Entity(
        mine.ent,
        mine.id,
        f,
        clk,
        _tags(mine.tags, theirs.tags),
        _later(mine.gone, theirs.gone),
        mine.erased or theirs.erased,
        _holder(mine.hold, theirs.hold),
    )
    if row.erased:
        row, lost = _emptied(row), [value for value in lost if survives(row.ent, value.field)]
    return Merged(row, tuple(lost), row != mine)


def settle(row: Entity, op: Op, current: Entity) -> Entity:
    """The row after the server said that it took ``op``, one of ours, otherwise than it was sent, or not at all.

    ``current`` has what counts at the server now. It takes the place of whatever that operation had written here, and
    of nothing else: what was written since, here or elsewhere, is judged by its own operation.
    """
    ours = {name for name, clock in row.clk.items() if clock.op == op.op}
    f = {name: value for name, value in row.f.items() if name not in ours}
    clk = {name: clock for name, clock in row.clk.items() if name not in ours}
    named = {op.f["add"]} if op.k == "add" else set(op.f["saw"]) if op.k == "rem" else set()
    tags = {key: tag for key, tag in row.tags.items() if key not in named}
    gone = None if row.gone and row.gone.op == op.op else row.gone
    rest = Entity(row.ent, row.id, f, clk, tags, gone, row.erased, row.hold)
    return join(rest, current).row


def _counts(clock: Clock, known: Clock) -> bool:
    """Whether a value written at ``clock`` takes the place of one written at ``known``.

    An operation takes its own place: a desk writes what it made under the stamp it made, and hears later what counts.
    """
    return clock > known or clock.op == known.op


def _later(mine: Clock | None, theirs: Clock | None) -> Clock | None:
    if mine is None or theirs is None:
        return mine or theirs
    return theirs if _counts(theirs, mine) else mine


def _tags(mine: Mapping[str, Tag | None], theirs: Mapping[str, Tag | None]) -> Mapping[str, Tag | None]:
    """Every addition either side heard of; taken away is taken away, even when the addition is heard of later."""
    if not theirs:
        return mine
    taken = {key for key, tag in (*mine.items(), *theirs.items()) if tag is None}
    return {key: None if key in taken else tag for key, tag in {**mine, **theirs}.items()}


def _holder(mine: Hold | None, theirs: Hold | None) -> Hold | None:
    """The later word on who has a ticket: a fence is given once and given free once."""
    if mine is None or theirs is None:
        return mine or theirs
    return max(mine, theirs, key=lambda hold: (hold.fence, hold.agent is None, hold.until))


def _emptied(row: Entity) -> Entity:
    """An erased row has nothing of the person, whatever is said about it and whenever."""
    clk = {name: clock for name, clock in row.clk.items() if survives(row.ent, name)}
    return Entity(row.ent, row.id, {name: row.f[name] for name in clk}, clk, {}, row.gone, True, row.hold)
