"""The shapes of what is read and written as bytes, for the OpenAPI file."""

from typing import Any

from cxdesk.protocol.ops import KINDS, MAX_OPS
from cxdesk.protocol.problems import REFUSALS

__all__ = ["COMPONENTS", "NDJSON", "PUSH", "PUSHED"]

_ID: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": 128}
_STAMP: dict[str, Any] = {"type": "string", "pattern": "^[0-9a-f]{16}$", "description": "Hybrid logical clock."}
_WHOLE: dict[str, Any] = {"type": "integer", "minimum": 0}
_TEXT_OR_NULL = {"type": ["string", "null"]}
_CLOCK: dict[str, Any] = {
    "type": "array", "prefixItems": [_STAMP, _ID, _ID], "description": "Stamp, device, operation.",
}  # fmt: skip


def _object(required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required.split(), "properties": properties}


def _named(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


_OPERATION = _object(
    "op n t ent id k v f",
    op=_ID, n=_WHOLE, t=_STAMP, ent={"type": "string", "pattern": "^[a-z][a-z_]{0,39}$"}, id=_ID,
    k={"type": "string", "enum": sorted(KINDS)}, v={"type": "integer", "minimum": 1}, agent=_ID,
    f={"type": "object", "description": "The fields that were written, and no others."},
    base={"type": "object", "additionalProperties": _ID}, fence={"type": ["integer", "null"], "minimum": 0},
)  # fmt: skip

_EFFECTIVE = {
    "allOf": [_named("Operation"), _object("seq dev", seq={"type": "integer", "minimum": 1}, dev=_ID, orig=_STAMP)]
}

_ROW = _object(
    "ent id f clk",
    key={"type": "string"}, ent={"type": "string"}, id=_ID, f={"type": "object"},
    clk={"type": "object", "additionalProperties": _CLOCK}, tags={"type": "array", "items": {"type": "array"}},
    gone=_CLOCK, erased={"const": True},
    hold=_object("fence", fence=_WHOLE, agent=_TEXT_OR_NULL, dev=_TEXT_OR_NULL, until=_WHOLE),
)  # fmt: skip

_RESULT = _object(
    "n status",
    n=_WHOLE, status={"type": "string", "enum": ["ok", "restamped", "rejected", "duplicate"]},
    seq={"type": "integer"}, t=_STAMP, fence=_WHOLE, problem={"type": "string", "enum": sorted(REFUSALS)},
    current=_named("Row"),
)  # fmt: skip

_END = _object(
    "end count next head sha256",
    end={"const": True}, count=_WHOLE, next={"type": "string"}, head=_WHOLE,
    sha256={"type": "string", "description": "Of the bytes of the lines before this one."},
)  # fmt: skip

_PROBLEM = _object(
    "type title status instance retryable",
    type={"type": "string", "description": "`urn:cxdesk:problem:<name>`"}, title={"type": "string"},
    status={"type": "integer"}, instance={"type": "string"}, retryable={"type": "boolean"},
)  # fmt: skip

COMPONENTS = {
    "Operation": _OPERATION, "EffectiveOperation": _EFFECTIVE, "Row": _ROW, "Result": _RESULT, "EndLine": _END,
    "Problem": _PROBLEM,
}  # fmt: skip

PUSH = _object(
    "device epoch first_n ops",
    device=_ID, epoch=_ID, first_n={"type": "integer", "minimum": 1},
    last_acked={"oneOf": [{"type": "null"}, _object("n op", n=_WHOLE, op=_ID)]},
    ops={"type": "array", "maxItems": MAX_OPS, "items": _named("Operation")},
)  # fmt: skip

PUSHED = _object(
    "results acked_n head",
    results={"type": "array", "items": _named("Result")},
    acked_n=_WHOLE,
    head=_WHOLE,
)


NDJSON: dict[str, Any] = {
    "description": "An `EffectiveOperation` (pull) or a `Row` (snapshot) a line, then an `EndLine`.",
    "content": {"application/x-ndjson": {"schema": {"type": "string"}}},
}
