"""The one rule: what two versions of a row become, whoever hears them, in whatever order, and however often."""

from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk.protocol import merge as rule
from cxdesk.protocol.merge import Lost, delta, join, merge, settle
from cxdesk.protocol.ops import Op
from cxdesk.protocol.rows import Entity, Hold, Tag
from tests.protocol.making import at, clock, op, row, ticket

CUSTOMER = ("customer", "c1")
FIELDS = st.dictionaries(st.sampled_from(["name", "address", "language"]), st.sampled_from(["x", "y", None]))
TAGS = st.sampled_from(["g1", "g2", "g3"])


@st.composite
def operations(draw: st.DrawFn) -> list[Op]:
    """Effective operations on one row, each under its own id and stamp."""
    made = []
    for n in range(draw(st.integers(1, 6))):
        k = draw(st.sampled_from(["set", "set", "set", "add", "rem", "del", "erase"]))
        f: dict[str, Any] = draw(FIELDS) if k == "set" else {}
        if k == "add":
            tag = draw(TAGS)
            f = {"tag": tag.upper(), "add": tag, "at": 1}
        if k == "rem":
            f = {"tag": "?", "saw": draw(st.lists(TAGS, min_size=1, unique=True))}
        made.append(op(k, *CUSTOMER, f, dev=draw(st.sampled_from("abc")), n=n, at=draw(st.integers(1, 3))))
    return made


def after(ops: list[Op], start: Entity | None = None) -> Entity:
    known = start
    for each in ops:
        known = merge(known, each).row
    return known or Entity(*CUSTOMER)


@settings(max_examples=50)
@given(operations(), st.randoms(use_true_random=False))
def test_the_order_of_hearing_does_not_matter(ops: list[Op], dice: Any) -> None:
    shuffled = list(ops)
    dice.shuffle(shuffled)
    assert after(shuffled) == after(ops)


@settings(max_examples=50)
@given(operations(), st.data())
def test_hearing_again_changes_nothing(ops: list[Op], data: st.DataObject) -> None:
    again = data.draw(st.sampled_from(ops))
    known = after(ops)
    merged = merge(known, again)
    assert merged.row == known
    assert not merged.changed


@settings(max_examples=50)
@given(operations(), operations())
def test_joining_versions_is_hearing_the_operations_of_both(ops: list[Op], others: list[Op]) -> None:
    others = [op(each.k, *CUSTOMER, dict(each.f), dev=each.dev, n=each.n + 50, at=4) for each in others]
    assert join(after(ops), after(others)).row == after(ops + others)


@settings(max_examples=50)
@given(operations())
def test_every_value_is_the_rows_or_was_told_as_lost(ops: list[Op]) -> None:
    if any(each.k == "erase" for each in ops):
        return
    known = Entity(*CUSTOMER)
    told: set[tuple[str, str]] = set()
    for each in ops:
        merged = merge(known, each)
        known, told = merged.row, told | {(lost.field, lost.clock.op) for lost in merged.lost}
    for each in ops:
        if each.k == "set":
            assert {(name, each.op) for name in each.f if known.clk[name].op != each.op} <= told


def test_what_loses_is_told_with_who_wrote_it_and_when() -> None:
    known = row(*CUSTOMER, {"name": "김민지"}, clock(1, "z", "z0"))
    assert merge(known, op("set", *CUSTOMER, {"name": "김민서"})).lost == (
        Lost(*CUSTOMER, "name", "김민지", clock(1, "z", "z0")),
    )
    late = op("set", *CUSTOMER, {"name": "김민수"}, dev="b", at=0.5)
    assert merge(known, late).lost == (Lost(*CUSTOMER, "name", "김민수", clock(0.5, "b", "b1")),)


def test_a_tag_that_is_taken_off_before_it_is_heard_of_stays_off() -> None:
    add = op("add", *CUSTOMER, {"tag": "단골", "add": "g1", "at": 7})
    rem = op("rem", *CUSTOMER, {"tag": "단골", "saw": ["g1"]}, dev="b", at=6)
    assert after([add]).tags == {"g1": Tag("단골", 7)}
    assert after([add, rem]).tags == after([rem, add]).tags == {"g1": None}


def test_a_set_that_forgets_its_removals_is_noticed() -> None:
    """Pushes keep the order of a desk, so no day of the simulator can bring a removal before its addition."""

    def forgetful(mine: dict[str, Tag | None], theirs: dict[str, Tag | None]) -> dict[str, Tag | None]:
        both = {**mine, **{key: tag for key, tag in theirs.items() if tag}}
        return {key: tag for key, tag in both.items() if theirs.get(key, tag)}

    with patch.object(rule, "_tags", forgetful), pytest.raises(AssertionError):
        test_a_tag_that_is_taken_off_before_it_is_heard_of_stays_off()


def test_a_row_that_is_gone_comes_back_whole_with_what_is_written_later() -> None:
    known = merge(row(*CUSTOMER, {"name": "김민지", "language": "ko"}), op("del", *CUSTOMER, at=3)).row
    assert not known.shown
    assert not merge(known, op("set", *CUSTOMER, {"name": "x"}, at=2)).row.shown
    back = merge(known, op("set", *CUSTOMER, {"address": "서울"}, at=4)).row
    assert back.shown
    assert back.f == {"name": "김민지", "language": "ko", "address": "서울"}


def test_a_row_that_was_taken_away_again_is_gone() -> None:
    back = op("set", *CUSTOMER, {"name": "x"}, n=2, at=4)
    known = after([op("del", *CUSTOMER, at=3), back, op("del", *CUSTOMER, n=3, at=5)])
    assert known.gone == clock(5, "a", "a3")
    assert not known.shown
    assert not after([op("del", *CUSTOMER, n=3, at=5), back, op("del", *CUSTOMER, at=3)]).shown


def test_a_row_nothing_was_written_in_is_not_shown() -> None:
    assert not delta(op("del", *CUSTOMER)).shown
    assert not delta(op("add", *CUSTOMER, {"tag": "x", "add": "g1"})).shown


def test_a_later_fence_says_who_has_a_ticket() -> None:
    claim = op("claim", "ticket", "t1", {"status": "active"}, agent="kim", fence=3)
    freed = op("transition", "ticket", "t1", {"status": "resolved"}, fence=3, n=2, at=6)
    assert delta(claim).hold == Hold(3, "kim", "a")
    assert join(delta(freed), delta(claim)).row.hold == Hold(3)
    assert merge(
        delta(freed), op("claim", "ticket", "t1", {"status": "active"}, fence=4, agent="lee")
    ).row.hold == Hold(4, "lee", "a")


def test_who_has_a_ticket_stays_when_something_else_is_said() -> None:
    held = ticket("active", Hold(3, "kim", "a", 99))
    assert merge(held, op("set", "ticket", "t1", {"subject": "?"})).row.hold == held.hold
    renewed = Entity("ticket", "t1", hold=Hold(3, "kim", "a", 100))
    assert join(held, renewed).row.hold == join(renewed, held).row.hold == renewed.hold


def test_a_claim_without_a_fence_is_only_tentative() -> None:
    assert delta(op("claim", "ticket", "t1", {"status": "active"}, agent="kim")).hold is None


def test_what_was_refused_is_put_back_and_nothing_else() -> None:
    mine = op("set", *CUSTOMER, {"name": "mine", "address": "mine"})
    later = op("set", *CUSTOMER, {"address": "later"}, n=2, at=6)
    known = after([mine, later], row(*CUSTOMER, {"name": "theirs", "language": "ko"}))
    settled = settle(known, mine, row(*CUSTOMER, {"name": "theirs"}))
    assert settled.f == {"name": "theirs", "language": "ko", "address": "later"}


def test_of_a_row_that_was_refused_from_its_beginning_nothing_is_left() -> None:
    begun = op("append", "note", "n1", {"customer_id": "c1", "body": "?"})
    assert settle(after([begun]), begun, Entity("note", "n1")) == Entity("note", "n1")


def test_a_stamp_that_counts_takes_the_place_of_the_one_that_was_made() -> None:
    made = op("set", *CUSTOMER, {"name": "mine"}, at=900)
    settled = settle(after([made]), made, row(*CUSTOMER, {"name": "mine"}, clock(7, "a", "a1")))
    assert settled.clk["name"].t == at(7)


def test_a_number_that_the_server_gave_takes_the_place_of_the_desks_own() -> None:
    made = op("set", "ticket", "t1", {"number": 1001})
    told = op("set", "ticket", "t1", {"number": 1002})
    merged = merge(after([made]), told)
    assert (merged.row.f["number"], merged.lost) == (1002, ())


def test_a_refusal_leaves_what_others_took_away() -> None:
    known = merge(row(*CUSTOMER, {"name": "x"}), op("del", *CUSTOMER, dev="b", at=6)).row
    mine = op("set", *CUSTOMER, {"address": "?"})
    assert settle(merge(known, mine).row, mine, Entity(*CUSTOMER)).gone == known.gone


def test_tags_and_tombstones_that_were_refused_are_put_back() -> None:
    known = Entity(*CUSTOMER, {"name": "x"}, {"name": clock(1)}, {"g1": Tag("단골", 1)})
    off = op("rem", *CUSTOMER, {"tag": "단골", "saw": ["g1"]})
    assert settle(merge(known, off).row, off, Entity(*CUSTOMER, tags={"g1": Tag("단골", 1)})) == known
    on = op("add", *CUSTOMER, {"tag": "VIP", "add": "g2"})
    assert settle(merge(known, on).row, on, Entity(*CUSTOMER)) == known
    gone = op("del", *CUSTOMER)
    assert settle(merge(known, gone).row, gone, Entity(*CUSTOMER)) == known


def test_somebody_erased_has_no_name_whatever_is_said_later() -> None:
    known = after([op("erase", *CUSTOMER), op("set", *CUSTOMER, {"name": "back"}, n=2, at=900)])
    assert (known.f, known.clk, known.erased) == ({}, {}, True)
