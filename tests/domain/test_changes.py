import json
from dataclasses import fields, replace
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk.domain.changes import Change, Delete, Edit, Insert, Update, alter, apply, insert, remove
from cxdesk.domain.records import FollowUp, Note, Record, Row, as_row
from cxdesk.domain.words import PromiseState
from cxdesk.storage.rows import RECORDS

World = dict[tuple[str, str], Row]

NOTE = Note("n1", "c1", "포장이 예쁘다고 하심", 5)


def values_of(annotation: Any) -> st.SearchStrategy[Any]:
    """Values of a record's column."""
    choices = get_args(annotation) or (annotation,)
    return st.one_of(*(_simple(choice) for choice in choices))


def _simple(kind: Any) -> st.SearchStrategy[Any]:
    if kind is type(None):
        return st.none()
    if kind is bool:
        return st.booleans()
    if kind is int:
        return st.integers(-(2**62), 2**62)
    if kind is str:
        return st.text(max_size=8)
    return st.sampled_from(list(kind))


def records(kind: type[Record], ids: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Record]:
    """Records of a table with any values."""
    columns = {field.name: values_of(field.type) for field in fields(kind)}
    return st.builds(kind, **(columns | ({"id": ids} if ids is not None else {})))


KINDS = [RECORDS[name] for name in ("note", "follow_up", "tag", "preference")]
FEW_IDS = st.sampled_from(["a", "b", "c"])
ANY_RECORD = st.one_of(*(records(kind, FEW_IDS) for kind in KINDS))


@st.composite
def histories(draw: st.DrawFn) -> tuple[World, tuple[Edit, ...]]:
    """A world, and edits that fit it one after the other."""
    world: World = {}
    for record in draw(st.lists(ANY_RECORD, max_size=3)):
        edit: Edit = insert(record)
        world.setdefault((edit.kind, edit.id), as_row(record))
    start = {key: dict(row) for key, row in world.items()}
    edits: list[Edit] = []
    for new, remove_it in draw(st.lists(st.tuples(ANY_RECORD, st.booleans()), min_size=1, max_size=6)):
        edit = insert(new)
        step: tuple[Edit, ...] = (edit,)
        if (row := world.get((edit.kind, edit.id))) is not None:
            old = type(new)(**row)
            step = (remove(old),) if remove_it else alter(old, new)
        apply(world, step)
        edits += step
    return start, tuple(edits)


@settings(max_examples=50)
@given(histories())
def test_a_change_and_its_inverse_leave_no_trace(history: tuple[World, tuple[Edit, ...]]) -> None:
    before, edits = history
    change = Change("any", edits)
    world = {key: dict(row) for key, row in before.items()}
    apply(world, change.edits)
    apply(world, change.inverse().edits)
    assert world == before


@settings(max_examples=50)
@given(histories())
def test_the_inverse_of_the_inverse_is_the_change(history: tuple[World, tuple[Edit, ...]]) -> None:
    change = Change("any", history[1])
    assert change.inverse().inverse() == change


@settings(max_examples=50)
@given(histories())
def test_a_change_written_as_json_is_read_back_equal(history: tuple[World, tuple[Edit, ...]]) -> None:
    change = Change("any", history[1])
    assert Change.from_json("any", change.to_json()) == change


@settings(max_examples=50)
@given(histories())
def test_applying_edits_does_not_alter_the_edits(history: tuple[World, tuple[Edit, ...]]) -> None:
    before, edits = history
    written = Change("any", edits).to_json()
    world = {key: dict(row) for key, row in before.items()}
    apply(world, edits)
    for row in world.values():
        row["id"] = "scribble"
    assert Change("any", edits).to_json() == written


def test_altering_names_only_the_columns_that_differ() -> None:
    promise = FollowUp("f1", "c1", None, "전화", 10, 1)
    kept = replace(promise, state=PromiseState.KEPT, done_at=9)
    assert alter(promise, kept) == (
        Update("follow_up", "f1", {"state": "open", "done_at": None}, {"state": "kept", "done_at": 9}),
    )


def test_altering_nothing_is_no_edit() -> None:
    assert alter(NOTE, replace(NOTE)) == ()
    assert not Change("any", ())


def test_a_removed_row_is_carried_whole_so_that_it_can_come_back() -> None:
    assert remove(NOTE).inverse() == insert(NOTE)
    assert remove(NOTE).row == as_row(NOTE)


def test_touched_names_the_rows_of_one_table_or_of_all() -> None:
    other = replace(NOTE, id="n2")
    change = Change(
        "any", (insert(NOTE), Update("ticket", "t1", {"topic": "other"}, {"topic": "refund"}), remove(other))
    )
    assert change.touched("note") == {"n1", "n2"}
    assert change.touched() == {"n1", "n2", "t1"}
    assert change.touched("quote") == frozenset()


@pytest.mark.parametrize(
    "edits",
    [
        pytest.param((insert(NOTE), insert(NOTE)), id="a row twice"),
        pytest.param((remove(NOTE),), id="taking away what is not there"),
        pytest.param((Update("note", "n1", {"body": "x"}, {"body": "y"}),), id="changing what is not there"),
        pytest.param(
            (insert(NOTE), Update("note", "n1", {"body": "x"}, {"body": "y"})), id="changed since it was seen"
        ),
        pytest.param((insert(NOTE), remove(replace(NOTE, body="x"))), id="taken away after it changed"),
    ],
)
def test_an_edit_that_does_not_fit_the_rows_is_refused(edits: tuple[Edit, ...]) -> None:
    with pytest.raises(KeyError):
        apply({}, edits)


@pytest.mark.parametrize("entry", [["?", "note", {}], ["+", "note"], [], ["=", "note", "n1", {}]])
def test_json_that_is_no_edit_is_refused(entry: list[Any]) -> None:
    with pytest.raises(ValueError, match="not an edit"):
        Change.from_json("any", json.dumps([entry]))


def test_an_edit_knows_its_table_and_its_row() -> None:
    row: Row = {"id": "x"}
    assert insert(FollowUp("x", None, None, "", 0, 0)).kind == "follow_up"
    assert Insert("note", row).id == Delete("note", row).id == "x"
