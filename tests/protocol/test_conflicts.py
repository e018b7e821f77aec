"""When two wrote one field without knowing of each other, and what is said about it."""

import pytest

from cxdesk.protocol.conflicts import conflicts, derived_id, matters
from cxdesk.protocol.ops import Op
from cxdesk.protocol.rows import Entity
from tests.protocol.making import clock, op, row


def found(before: Entity, said: Op) -> list[Op]:
    return list(conflicts(before, said, "server", {"z0": "kim"}.get))


NAME = row("customer", "c1", {"name": "김민지", "language": "ko"}, clock(3))


def test_a_value_that_was_not_seen_and_is_replaced() -> None:
    (made,) = found(NAME, op("set", "customer", "c1", {"name": "김민서"}, agent="lee", base={"name": "older"}))
    assert (made.ent, made.k, made.n, made.dev) == ("conflict", "append", 0, "server")
    assert made.f == {
        "ent": "customer",
        "ent_id": "c1",
        "field": "name",
        "at": 5000,
        "winner": "김민서",
        "winner_op": "a1",
        "winner_dev": "a",
        "winner_by": "lee",
        "winner_at": 5000,
        "loser": "김민지",
        "loser_op": "z0",
        "loser_dev": "z",
        "loser_by": "kim",
        "loser_at": 3000,
        "state": "open",
    }


def test_a_value_that_loses_to_one_it_had_not_seen() -> None:
    (made,) = found(NAME, op("set", "customer", "c1", {"name": "김민서"}, at=2))
    assert (made.f["winner"], made.f["loser"]) == ("김민지", "김민서")
    assert "loser_by" not in made.f


@pytest.mark.parametrize(
    "said",
    [
        op("set", "customer", "c1", {"name": "김민서"}, base={"name": "z0"}),
        op("set", "customer", "c1", {"name": "김민서"}, dev="z"),
        op("set", "customer", "c1", {"name": "김민지"}),
        op("set", "customer", "c1", {"address": "서울"}),
        op("del", "customer", "c1"),
        op("add", "customer", "c1", {"tag": "x", "add": "g1"}),
    ],
    ids=["seen", "one's own", "the same", "a field of its own", "gone", "a tag"],
)
def test_what_is_no_conflict(said: Op) -> None:
    assert found(NAME, said) == []


def test_what_a_desk_works_out_by_itself_is_no_conflict() -> None:
    before = row("ticket", "t1", {"rank_at": 1, "stage": "greet", "status": "waiting", "priority": "low"})
    said = op("set", "ticket", "t1", {"rank_at": 2, "stage": "listen", "status": "active", "priority": "high"})
    assert [made.f["field"] for made in found(before, said)] == ["priority"]


def test_only_what_would_reach_a_customer_needs_somebody_to_look() -> None:
    assert matters("customer", "name")
    assert matters("identity", "value")
    assert matters("purchase", "state")
    assert not matters("ticket", "priority")


def test_every_server_gives_a_conflict_the_same_id() -> None:
    said = op("set", "customer", "c1", {"name": "x", "language": "en"})
    one, other = found(NAME, said)
    assert [made.id for made in found(NAME, said)] == [one.id, other.id]
    assert len({one.id, one.op, other.id, other.op}) == 4
    assert derived_id(said, "ab") != derived_id(said, "a", "b")
