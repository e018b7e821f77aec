"""Reading what a stranger sends: every bound is checked, and what a newer desk says is kept."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk.protocol.ops import MAX_OP_BYTES, Malformed, Op, op_line, read_op, to_wire
from tests.protocol.making import op

GOOD: dict[str, Any] = {
    "op": "018f",
    "n": 1042,
    "t": "0199e3c4a1b20003",
    "ent": "customer",
    "id": "018e",
    "k": "set",
    "v": 7,
    "agent": "a17",
    "f": {"name": "김민지", "visits": [1, 2]},
    "base": {"name": "018d"},
}

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(st.text(max_size=8), parts, max_size=4),
    max_leaves=12,
)


def test_what_is_written_is_read_again() -> None:
    assert to_wire(read_op(GOOD)) == GOOD
    assert list(json.loads(op_line(read_op(GOOD)))) == list(GOOD)


def test_what_the_server_adds_is_read_again() -> None:
    effective = op("claim", "ticket", "t1", {"status": "active"}, agent="kim", fence=3, seq=9, orig=5)
    assert read_op(json.loads(op_line(effective))) == effective


def test_what_a_newer_desk_says_is_passed_on() -> None:
    newer = GOOD | {"mood": {"deep": [1]}}
    assert read_op(newer).extra == {"mood": {"deep": [1]}}
    assert to_wire(read_op(newer)) == newer


def test_a_claim_without_a_fence_says_so() -> None:
    assert to_wire(op("claim", "ticket", "t1", {"status": "active"}))["fence"] is None
    assert "fence" not in to_wire(op("set", "ticket", "t1"))


@pytest.mark.parametrize(
    ("where", "broken"),
    [
        ("op", {"op": ""}),
        ("op", {"op": "a\x1bb"}),
        ("op", {"op": "x" * 129}),
        ("n", {"n": -1}),
        ("n", {"n": True}),
        ("n", {"n": 1.5}),
        ("n", {"n": 1 << 62 << 1}),
        ("t", {"t": 12}),
        ("t", {"t": "0199E3C4A1B20003"}),
        ("t", {"t": "f" * 16}),
        ("ent", {"ent": "Customer"}),
        ("ent", {"ent": "x; drop table"}),
        ("id", {"id": None}),
        ("k", {"k": "upsert"}),
        ("k", {"k": ["set"]}),
        ("v", {"v": 0}),
        ("agent", {"agent": 17}),
        ("f", {"f": []}),
        ("f", {"f": {"naïve": 1}}),
        ("base", {"base": {"name": 5}}),
        ("fence", {"fence": -1}),
        ("f", {"ent": "ticket", "k": "claim", "f": {"subject": "?"}}),
        ("f", {"ent": "ticket", "k": "transition", "f": {}}),
        ("ent", {"k": "claim", "f": {"status": "active"}}),
        ("ent", {"k": "erase", "ent": "note"}),
        ("f.add", {"k": "add", "f": {"tag": "x"}}),
        ("f.saw", {"k": "rem", "f": {"tag": "x", "saw": []}}),
        ("f.saw", {"k": "rem", "f": {"tag": "x", "saw": [1]}}),
    ],
)
def test_what_breaks_a_bound_is_refused_by_the_name_of_the_field(where: str, broken: dict[str, Any]) -> None:
    with pytest.raises(Malformed) as refused:
        read_op(GOOD | broken)
    assert refused.value.where == where


@pytest.mark.parametrize("missing", ["op", "n", "t", "ent", "id", "k", "v"])
def test_what_every_operation_needs(missing: str) -> None:
    with pytest.raises(Malformed, match=missing):
        read_op({name: value for name, value in GOOD.items() if name != missing})


def test_an_operation_of_64_kilobytes_is_the_largest() -> None:
    read_op(GOOD | {"f": {"body": "가" * (MAX_OP_BYTES // 3 - 200)}})
    with pytest.raises(Malformed, match="size"):
        read_op(GOOD | {"f": {"body": "가" * (MAX_OP_BYTES // 3)}})
    with pytest.raises(Malformed, match="size"):
        read_op(GOOD | {"junk": ["x"] * MAX_OP_BYTES})


def test_a_refusal_repeats_nothing_of_what_was_sent() -> None:
    with pytest.raises(Malformed, match=r"^f$"):
        read_op(GOOD | {"f": {"secret": {"phone 010": float("nan")}}})
    with pytest.raises(Malformed, match=r"^op$"):
        read_op(GOOD | {"secret": float("nan")})


def test_what_cannot_be_kept_is_refused() -> None:
    deep: Any = 1
    for _ in range(50):
        deep = [deep]
    for value in (deep, float("nan"), float("inf"), 1 << 70, "a\0b", "\ud800", {"\ud800": 1}, ["\0"], ()):
        with pytest.raises(Malformed):
            read_op(GOOD | {"f": {"name": value}})


@given(JSON)
def test_what_is_no_operation_is_refused(wire: Any) -> None:
    with pytest.raises(Malformed):
        read_op(wire)


@settings(max_examples=60)
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(GOOD, JSON)))
def test_whatever_a_field_says_is_read_or_refused(broken: dict[str, Any]) -> None:
    try:
        made = read_op(GOOD | broken)
    except Malformed:
        return
    assert isinstance(made, Op)
    assert read_op(to_wire(made)) == made
