import json
import sqlite3
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk.domain.changes import Change, Insert, Stamp, alter, insert
from cxdesk.domain.ids import hlc_ms, hlc_text
from cxdesk.domain.records import Customer, Note, Record, Setting, Tag, Ticket
from cxdesk.domain.tickets import resolve, take
from cxdesk.domain.words import Channel, Language, Priority, Status
from cxdesk.storage import outbox
from cxdesk.storage.faults import Fault
from cxdesk.storage.store import Store
from tests.conftest import Mint
from tests.looking import local, operations

MINJI = Customer("c1", "김민지", Language.KO)
TICKET = Ticket("t1", 1042, Channel.PHONE, 0, 0, 0)


def commit(store: Store, stamp: Stamp, *records: Record) -> None:
    store.commit(Change("new", tuple(insert(record) for record in records)), stamp)


def turn(store: Store, stamp: Stamp, before: Record, after: Record) -> None:
    store.commit(Change("set", alter(before, after)), stamp)


def bodies(store: Store) -> list[dict[str, object]]:
    return [json.loads(op["body"]) for op in operations(store.db)]


def test_numbers_have_no_gaps_and_begin_with_one(store: Store, stamp: Stamp) -> None:
    commit(store, stamp, MINJI, TICKET)
    commit(store, stamp, Note("n1", "c1", "메모", 1))
    store.undo(stamp)
    assert [op["n"] for op in operations(store.db)] == [1, 2, 3, 4]
    assert local(store.db)["number"] == "4"


def test_a_change_that_failed_uses_no_number_up(store: Store, stamp: Stamp) -> None:
    commit(store, stamp, MINJI)
    for _ in range(2):
        with pytest.raises(Fault):
            commit(store, stamp, TICKET, MINJI)
    commit(store, stamp, TICKET)
    assert [op["n"] for op in operations(store.db)] == [1, 2]


def test_the_clock_goes_on_when_the_wall_clock_goes_back(store: Store, mint: Mint) -> None:
    for at in (5_000, 4_000, 0, 6_000):
        commit(store, Stamp(at, None, mint), Note(mint(), "c1", "메모", at))
    times = [op["t"] for op in operations(store.db)]
    assert times == sorted(set(times))
    assert [hlc_ms(t) for t in times] == [5_000, 5_000, 5_000, 6_000]


def test_the_clock_goes_on_after_a_restart_with_the_wall_clock_set_back(store: Store, mint: Mint) -> None:
    commit(store, Stamp(5_000, None, mint), MINJI)
    folder = store.path.parent
    store.close()
    with Store.open(folder) as again:
        commit(again, Stamp(1, None, mint), TICKET)
        one, two = (op["t"] for op in operations(again.db))
        assert two > one


def test_a_line_says_in_the_columns_what_it_says_in_its_body(store: Store, mint: Mint) -> None:
    commit(store, Stamp(7, "a17", mint), MINJI, Tag("g1", "ticket", "t1", "재발송", 1))
    for op, body in zip(operations(store.db), bodies(store), strict=True):
        assert (op["n"], op["op"], hlc_text(op["t"])) == (body["n"], body["op"], body["t"])
        assert (op["ent"], op["ent_id"], op["k"], op["agent_id"]) == (body["ent"], body["id"], body["k"], body["agent"])
        assert op["span"] == 1


# -- base: what the writer saw


def test_base_names_the_operation_that_made_the_row(store: Store, stamp: Stamp) -> None:
    commit(store, stamp, MINJI)
    turn(store, stamp, MINJI, replace(MINJI, name="김민서", address="서울"))
    made, renamed = bodies(store)
    assert "base" not in made
    assert renamed["base"] == {"name": made["op"], "address": made["op"]}


def test_base_names_the_last_operation_of_each_field(store: Store, stamp: Stamp) -> None:
    commit(store, stamp, MINJI)
    second = replace(MINJI, name="김민서")
    turn(store, stamp, MINJI, second)
    turn(store, stamp, second, replace(second, name="김민수", address="서울"))
    made, renamed, last = bodies(store)
    assert last["base"] == {"name": renamed["op"], "address": made["op"]}


def test_undo_names_the_operation_it_takes_back(store: Store, stamp: Stamp) -> None:
    commit(store, stamp, MINJI)
    turn(store, stamp, MINJI, replace(MINJI, name="김민서"))
    store.undo(stamp)
    _, renamed, back = bodies(store)
    assert back["f"] == {"name": "김민지"}
    assert back["base"] == {"name": renamed["op"]}


def test_a_row_made_again_after_it_was_taken_away_begins_anew(store: Store, stamp: Stamp) -> None:
    theme = Setting("theme", "1")
    commit(store, stamp, theme)
    turn(store, stamp, theme, replace(theme, value="2"))
    store.undo(stamp)
    store.undo(stamp)
    commit(store, stamp, theme)
    turn(store, stamp, theme, replace(theme, value="3"))
    *_, again, last = bodies(store)
    assert last["base"] == {"value": again["op"]}


def test_a_claim_and_a_transition_carry_a_fence_instead(store: Store, mint: Mint) -> None:
    stamp = Stamp(9, "a17", mint)
    commit(store, stamp, TICKET)
    store.commit(Change("take", take(TICKET, stamp)), stamp)
    taken = replace(TICKET, status=Status.ACTIVE, taken_at=9, assignee="a17")
    store.commit(Change("resolve", resolve(taken, stamp)), stamp)
    moves = [body for body in bodies(store) if body["ent"] == "ticket"][1:]
    assert [(body["k"], body["fence"], "base" in body) for body in moves] == [
        ("claim", None, False),
        ("transition", None, False),
    ]


def test_a_row_that_was_imported_has_no_operation_to_name(store: Store, stamp: Stamp) -> None:
    with store.transaction() as db:
        db.execute("INSERT INTO customer (id, name, language, created_at) VALUES ('c1', '김민지', 'ko', 0)")
    turn(store, stamp, MINJI, replace(MINJI, name="김민서"))
    assert "base" not in bodies(store)[0]


def test_what_only_grows_and_tags_keep_no_clock_per_field(store: Store, stamp: Stamp) -> None:
    commit(store, stamp, TICKET, Note("n1", "c1", "메모", 1), Tag("g1", "ticket", "t1", "재발송", 1))
    turn(store, stamp, TICKET, replace(TICKET, priority=Priority.HIGH))
    clocks = store.db.execute("SELECT ent, field FROM field_clock ORDER BY ent, field").fetchall()
    assert clocks == [("note", ""), ("ticket", ""), ("ticket", "priority")]


# -- imports and counting


def test_an_import_reserves_a_number_for_every_row(store: Store, stamp: Stamp) -> None:
    commit(store, stamp, MINJI)
    with store.transaction() as db:
        outbox.reserve(db, stamp, "run1", 400)
    commit(store, stamp, TICKET)
    assert [(op["n"], op["span"], op["k"]) for op in operations(store.db)] == [
        (1, 1, "set"),
        (2, 400, "bulk"),
        (402, 1, "set"),
    ]
    assert outbox.pending(store.db) == 402
    assert json.loads(operations(store.db)[1]["body"]) == {"import": "run1", "rows": 400}


def test_nothing_is_pending_in_a_new_file(store: Store) -> None:
    assert outbox.pending(store.db) == 0


@settings(max_examples=30)
@given(st.lists(st.integers(0, 10**13), max_size=6))
def test_every_operation_comes_after_the_one_before_whatever_the_clock_says(times: list[int]) -> None:
    db = sqlite3.connect(":memory:")
    db.executescript(
        "CREATE TABLE local (key PRIMARY KEY, value); CREATE TABLE field_clock (ent, ent_id, field, t, op,"
        " dev, PRIMARY KEY (ent, ent_id, field)); CREATE TABLE outbox (n, op, t, ent, ent_id, k, agent_id, body, span)"
    )
    mint = Mint()
    for at in times:
        edits = (Insert("setting", {"id": mint(), "value": "1"}), Insert("setting", {"id": mint(), "value": "2"}))
        outbox.add(db, Change("choose", edits), Stamp(at, None, mint))
    found = operations(db)
    assert [op["n"] for op in found] == list(range(1, 2 * len(times) + 1))
    assert all(one["t"] < two["t"] for one, two in pairwise(found))
    db.close()
