"""What a server makes of one operation. The golden vectors say most of it; here is what they do not."""

from typing import Any

import pytest

from benchmarks.convergence.server import ME, Server
from cxdesk.protocol import admit as rule
from cxdesk.protocol.admit import Admitted, admit, refuse, repeat, wanted
from cxdesk.protocol.ops import STATE, Op
from cxdesk.protocol.rows import Entity, Hold, Tag
from tests.protocol.making import at, clock, op, row, ticket

NOW = 10_000


def server(*rows: Entity) -> Server:
    made = Server(NOW)
    for known in rows:
        made.keep(known)
    return made


def admitted(said: Op, *rows: Entity, last_t: int = 0) -> Admitted:
    return admit(said, server(*rows), NOW, last_t, ME)


def test_an_ordinary_operation_counts_as_it_was_sent() -> None:
    said = op("set", "customer", "c1", {"name": "김민지"})
    done = admitted(said)
    assert done.result.status == "ok"
    assert done.result.current is None
    assert done.ops == (said,)
    assert [known.f for known in done.rows] == [{"name": "김민지"}]


def test_the_first_effective_operation_is_the_one_that_was_sent() -> None:
    known = row("customer", "c1", {"name": "김민지"})
    done = admitted(op("set", "customer", "c1", {"name": "김민서"}, dev="b"), known)
    assert [each.ent for each in done.ops] == ["customer", "conflict"]
    assert [(known.ent, known.shown) for known in done.rows] == [("customer", True), ("conflict", True)]
    assert [lost.value for lost in done.lost] == ["김민지"]


def test_stamps_that_do_not_grow_are_given_anew() -> None:
    done = admitted(op("set", "customer", "c1", {"name": "x"}, at=5), last_t=at(20))
    assert done.result.t == done.ops[0].t == at(20) + 1
    assert done.ops[0].orig == at(5)


def test_a_stamp_given_anew_is_later_than_what_it_writes_over() -> None:
    known = row("customer", "c1", {"name": "x"}, clock(69, "z"))
    assert admitted(op("set", "customer", "c1", {"name": "y"}, at=900), known).ops[0].t == at(69) + 1
    gone = row("customer", "c1", {"name": "x"}, gone=clock(69, "z"))
    assert admitted(op("del", "customer", "c1", at=900), gone).ops[0].t == at(69) + 1
    assert admitted(op("set", "customer", "c1", {"name": "x"}, at=900), gone).rows[0].shown


def test_a_refusal_carries_what_counts_and_stores_nothing() -> None:
    known = row("customer", "c1", {"name": "김민지", "language": "ko"}, tags={"g1": Tag("VIP", 1)})
    done = refuse(op("set", "customer", "c1", {"name": "x", "address": "y"}), "not-allowed", server(known))
    assert done.result.problem == "not-allowed"
    assert done.result.current == row("customer", "c1", {"name": "김민지"})
    assert (done.ops, done.rows, done.lost) == ((), (), ())


def test_a_refusal_about_a_ticket_carries_its_whole_state() -> None:
    known = ticket("active", Hold(1, "kim", "a", NOW + 1), assignee="kim", subject="mug")
    refused = admitted(op("claim", "ticket", "t1", {"status": "active"}, agent="lee"), known).result
    assert refused.problem == "claimed"
    assert refused.current is not None
    assert refused.current.f == {"status": "active", "assignee": "kim"}
    assert refused.current.f.keys() <= STATE
    assert refused.current.hold == known.hold


def test_a_refusal_about_a_tag_carries_that_tag() -> None:
    known = row("customer", "c1", {"name": "x"}, tags={"g1": Tag("VIP", 1), "g2": Tag("단골", 1)})
    refused = refuse(op("rem", "customer", "c1", {"tag": "VIP", "saw": ["g1"]}), "not-allowed", server(known))
    assert refused.result.current == Entity("customer", "c1", tags={"g1": Tag("VIP", 1)})


def test_what_is_asked_again_is_answered_with_what_counts_by_now() -> None:
    said = op("set", "customer", "c1", {"name": "x"})
    first = refuse(said, "not-allowed", server(row("customer", "c1", {"name": "then"}))).result
    again = repeat(first, said, server(row("customer", "c1", {"name": "now"})))
    assert (again.status, again.problem) == ("duplicate", "not-allowed")
    assert again.current == row("customer", "c1", {"name": "now"})
    accepted = admitted(said).result
    assert repeat(accepted, said, server()).current is None


@pytest.mark.parametrize("k", ["set", "append", "del", "add"])
def test_a_conflict_is_the_servers_row(k: str) -> None:
    f: dict[str, Any] = {"tag": "x", "add": "g1"} if k == "add" else {"state": "settled"}
    assert admitted(op(k, "conflict", "x1", f)).result.problem == "not-allowed"


def test_a_ticket_keeps_its_own_number() -> None:
    known = ticket()
    again = op("set", "ticket", "t1", {"number": 1001, "priority": "high"}, base={"number": "z0"})
    assert admitted(again, known).result.status == "ok"


def test_two_new_tickets_of_one_number_get_two() -> None:
    world = server(ticket())
    for n in (2, 3):
        world.push("a", [op("set", "ticket", f"t{n}", {"number": 1001}, n=n - 1, at=n)])
    assert sorted(world.numbers) == [1001, 1002, 1003]


def test_erasing_twice_is_no_mistake() -> None:
    world = server(row("customer", "c1", {"name": "김민지"}))
    for n in (1, 2):
        (result,) = world.push("a", [op("erase", "customer", "c1", n=n, at=n)])
        assert result.problem is None


def test_erasing_whom_nobody_knows_is_remembered() -> None:
    world = server()
    world.push("a", [op("erase", "customer", "c1")])
    (result,) = world.push("b", [op("append", "note", "n1", {"customer_id": "c1", "body": "?"}, dev="b")])
    assert result.problem == "erased"


def test_somebody_merged_is_erased_with_whom_they_were_merged_into() -> None:
    world = server(
        row("customer", "c1", {"name": "김민지"}),
        row("customer", "c2", {"name": "Mina Kim", "merged_into": "c1"}),
        row("merge", "m1", {"survivor_id": "c1", "merged_id": "c2", "kept": '{"name": "Mina Kim"}'}),
        row("merge_row", "r1", {"merge_id": "m1", "ent": "note", "ent_id": "n1"}),
        row("note", "n1", {"customer_id": "c1", "body": "likes mint"}),
    )
    world.push("a", [op("erase", "customer", "c2")])
    assert all(known.erased and not known.f for known in world.rows.values())


def test_the_conflicts_about_somebody_go_with_them() -> None:
    world = server(row("customer", "c1", {"name": "김민지"}))
    for dev, name in (("a", "김민서"), ("b", "김민수")):
        world.push(dev, [op("set", "customer", "c1", {"name": name}, dev=dev)])
    assert any(known.ent == "conflict" and known.f for known in world.rows.values())
    world.push("a", [op("erase", "customer", "c1", n=2, at=6)])
    assert not any(known.f for known in world.rows.values())


def test_the_log_of_an_erasure_names_only_ids() -> None:
    done = admitted(op("erase", "customer", "c1"), row("customer", "c1", {"name": "김민지"}))
    assert [dict(each.f) for each in done.ops] == [{}]
    assert done.lost == ()


def test_what_a_server_must_fetch_first_is_told() -> None:
    said = op("append", "message", "m1", {"ticket_id": "t1", "body": "?"})
    assert wanted(said) == {("message", "m1"), ("ticket", "t1")}
    note = op("append", "note", "n1", {"customer_id": "c1", "ticket_id": "t1", "body": "?"})
    assert wanted(note) == {("note", "n1"), ("customer", "c1")}


def test_nothing_is_asked_for_that_was_not_told() -> None:
    class Watched(Server):
        def get(self, ent: str, row_id: str) -> Entity | None:
            asked.add((ent, row_id))
            return super().get(ent, row_id)

    asked: set[tuple[str, str]] = set()
    for said in (
        op("append", "message", "m1", {"ticket_id": "t1", "body": "?"}),
        op("set", "customer", "c1", {"name": "x", "merged_into": "c2"}),
        op("claim", "ticket", "t1", {"status": "active"}, agent="kim"),
        op("add", "customer", "c1", {"tag": "x", "add": "g1"}),
    ):
        asked.clear()
        rule.admit(said, Watched(NOW), NOW, 0, ME)
        assert asked <= wanted(said)
