"""One operation, as it is sent and read: the only shape in which desks and servers speak of rows.

``docs/protocol.md`` explains the fields. What a stranger sends is read by ``read_op``, which checks every bound, so
that nothing behind it has to.
"""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import field
from typing import Any

from cxdesk.domain.ids import hlc_text, read_hlc
from cxdesk.domain.values import dataclass

__all__ = [
    "KINDS",
    "MAX_BODY_BYTES",
    "MAX_OPS",
    "MAX_OP_BYTES",
    "MAX_PUSH_BYTES",
    "STATE",
    "STATEFUL",
    "Malformed",
    "Op",
    "op_line",
    "read_op",
    "to_wire",
]

MAX_OP_BYTES = 64 * 1024
MAX_OPS = 500
MAX_PUSH_BYTES = 1_000_000
MAX_BODY_BYTES = 8_000_000
"""Where reading a push stops after decompression, whatever it claims to be."""

STATEFUL = frozenset({"claim", "transition", "release"})
"""Kinds that move a ticket's state: decided by the server, in its order, with a fence."""

KINDS = STATEFUL | {"set", "append", "add", "rem", "del", "resolve", "erase"}

STATE = frozenset(
    {
        "status",
        "assignee",
        "waiting_since",
        "taken_at",
        "hold_until",
        "hold_for_reply",
        "resolved_at",
        "abandoned_at",
    }
)
"""Ticket fields that move together under the server's state machine, with a fence instead of a base."""

_DEPTH = 6
_WHOLE = 1 << 63
_TABLE = re.compile(r"[a-z][a-z_]{0,39}")
_FIELD = re.compile(r"[a-z][a-z0-9_]{0,63}")
_ID = re.compile(r"[^\x00-\x1f\x7f]{1,128}")
_KNOWN = frozenset({"op", "n", "t", "ent", "id", "k", "v", "agent", "f", "base", "fence", "dev", "seq", "orig"})


class Malformed(ValueError):
    """What was sent is no operation; ``where`` names the field, never its value."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


@dataclass(frozen=True, slots=True)
class Op:
    """One operation. ``t`` is the stamp, ``n`` counts the device's operations from 1 (0: made by the server).

    A desk makes it without ``dev`` and ``seq``; the server fills them in and, where it gave another stamp, keeps the
    sent one in ``orig``. ``extra`` holds what a newer writer added, to be passed on as it is.
    """

    op: str
    n: int
    t: int
    ent: str
    id: str
    k: str
    v: int = 1
    agent: str | None = None
    f: Mapping[str, Any] = field(default_factory=dict)
    base: Mapping[str, str] = field(default_factory=dict)
    fence: int | None = None
    dev: str = ""
    seq: int | None = None
    orig: int | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> str:
        """The operation as one line of JSON."""
        return op_line(self)


def to_wire(op: Op) -> dict[str, Any]:
    """The operation as the object that is sent, its keys in the order of the document; what is empty is left out."""
    wire: dict[str, Any] = {"op": op.op, "n": op.n, "t": hlc_text(op.t), "ent": op.ent, "id": op.id, "k": op.k}
    wire["v"] = op.v
    if op.agent is not None:
        wire["agent"] = op.agent
    wire["f"] = dict(op.f)
    if op.base:
        wire["base"] = dict(op.base)
    if op.k in STATEFUL:
        wire["fence"] = op.fence
    if op.dev:
        wire["dev"] = op.dev
    if op.seq is not None:
        wire["seq"] = op.seq
    if op.orig is not None:
        wire["orig"] = hlc_text(op.orig)
    return {**wire, **op.extra}


def op_line(op: Op) -> str:
    """The operation as one line of JSON without a line end."""
    return json.dumps(to_wire(op), ensure_ascii=False, separators=(",", ":"))


def read_op(wire: object) -> Op:
    """The operation that an object from elsewhere says. Raises ``Malformed`` for whatever breaks a bound."""
    if not isinstance(wire, dict):
        raise Malformed("op")
    if _weight(wire, "op") > MAX_OP_BYTES:
        raise Malformed("size")
    made = Op(
        op=_text(wire, "op", _ID),
        n=_count(wire, "n", 0),
        t=_stamp(wire, "t"),
        ent=_text(wire, "ent", _TABLE),
        id=_text(wire, "id", _ID),
        k=_kind(wire),
        v=_count(wire, "v", 1),
        agent=None if wire.get("agent") is None else _text(wire, "agent", _ID),
        f=_named(wire, "f"),
        base=_named(wire, "base"),
        fence=None if wire.get("fence") is None else _count(wire, "fence", 0),
        dev="" if "dev" not in wire else _text(wire, "dev", _ID),
        seq=None if wire.get("seq") is None else _count(wire, "seq", 1),
        orig=None if wire.get("orig") is None else _stamp(wire, "orig"),
        extra={name: value for name, value in wire.items() if name not in _KNOWN},
    )
    _check_kind(made)
    return made


def _check_kind(op: Op) -> None:
    """What each kind needs beyond the common fields."""
    if not all(isinstance(seen, str) and _ID.fullmatch(seen) for seen in op.base.values()):
        raise Malformed("base")
    if op.k in STATEFUL and op.ent != "ticket":
        raise Malformed("ent")
    if op.k in ("claim", "transition") and not (op.f and STATE.issuperset(op.f)):
        raise Malformed("f")
    if op.k == "erase" and op.ent != "customer" and op.n:
        raise Malformed("ent")
    if op.k == "add" and not (_is_id(op.f.get("add")) and isinstance(op.f.get("tag"), str)):
        raise Malformed("f.add")
    if op.k == "rem":
        saw = op.f.get("saw")
        if not (isinstance(saw, list) and saw and all(map(_is_id, saw))):
            raise Malformed("f.saw")


def _is_id(value: object) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _kind(wire: Mapping[str, Any]) -> str:
    kind = wire.get("k")
    if not isinstance(kind, str) or kind not in KINDS:
        raise Malformed("k")
    return kind


def _text(wire: Mapping[str, Any], name: str, form: re.Pattern[str]) -> str:
    value = wire.get(name)
    if not isinstance(value, str) or not form.fullmatch(value):
        raise Malformed(name)
    return value


def _count(wire: Mapping[str, Any], name: str, least: int) -> int:
    value = wire.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value < _WHOLE:
        raise Malformed(name)
    return value


def _stamp(wire: Mapping[str, Any], name: str) -> int:
    value = wire.get(name)
    try:
        stamp = read_hlc(value) if isinstance(value, str) else -1
    except ValueError:
        raise Malformed(name) from None
    if not 0 <= stamp < _WHOLE:
        raise Malformed(name)
    return stamp


def _named(wire: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = wire.get(name, {})
    if not isinstance(value, dict) or not all(isinstance(key, str) and _FIELD.fullmatch(key) for key in value):
        raise Malformed(name)
    return value


def _weight(value: object, where: str, depth: int = 0) -> int:
    """About how many bytes a value takes as JSON, never fewer than its texts; refuses what no desk would send."""
    match value:
        case str() if "\0" not in value:  # PostgreSQL keeps no NUL
            return len(value) + 2 if value.isascii() else _encoded(value, where)
        case None | bool():
            return 4
        case int() if -_WHOLE <= value < _WHOLE:
            return 8
        case float() if math.isfinite(value):
            return 8
        case list() if depth < _DEPTH:
            return 2 + sum([_weight(part, where, depth + 1) for part in value])
        case dict() if depth < _DEPTH:
            inside = where if depth else None
            return 2 + sum(
                [
                    _weight(key, where, depth) + 1 + _weight(part, inside or _part(key), depth + 1)
                    for key, part in value.items()
                ]
            )
    raise Malformed(where)


def _part(key: str) -> str:
    """The name of a part of an operation, unless a stranger made it up: what was sent is never repeated."""
    return key if key in _KNOWN else "op"


def _encoded(text: str, where: str) -> int:
    try:
        return len(text.encode()) + 2
    except UnicodeEncodeError:  # half a character, which JSON can say and nobody can store
        raise Malformed(where) from None
