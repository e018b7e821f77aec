"""Rows and results on the wire: what is written is read again, and what nobody writes is refused."""

import json
from typing import Any

import pytest

from cxdesk.protocol import results, rows
from cxdesk.protocol.problems import PROBLEMS, REFUSALS
from cxdesk.protocol.results import Result
from cxdesk.protocol.rows import Clock, Entity, Hold, Tag
from tests.protocol.making import at, clock, row

FULL = Entity(
    "ticket",
    "t1",
    {"number": 1001, "subject": None},
    {"number": clock(1), "subject": Clock(at(2), "a", "a1")},
    {"g1": Tag("재발송", 7), "g2": None},
    clock(3),
    True,
    Hold(3, "kim", "a", 99),
)


@pytest.mark.parametrize("known", [FULL, Entity("note", "n1"), row("customer", "c1", {"name": "김민지"})])
def test_a_row_is_read_as_it_was_written(known: Entity) -> None:
    assert rows.from_wire(json.loads(json.dumps(rows.to_wire(known)))) == known


def test_what_is_empty_is_left_out() -> None:
    assert rows.to_wire(Entity("note", "n1")) == {"ent": "note", "id": "n1", "f": {}, "clk": {}}


@pytest.mark.parametrize(
    "broken",
    [
        {"ent": None, "f": None},
        {"clk": {"name": ["0000000003e80000", "z"]}},
        {"clk": {"name": ["not a stamp", "z", "z0"]}},
        {"clk": {}},
        {"f": {}},
        {"tags": [["g1", "x"]]},
        {"tags": 5},
        {"hold": {"fence": 1, "since": 5}},
        {"gone": []},
    ],
)
def test_what_no_server_writes_is_refused(broken: dict[str, Any]) -> None:
    good = rows.to_wire(row("customer", "c1", {"name": "김민지"}))
    with pytest.raises(ValueError, match=r"."):
        rows.from_wire(good | broken)


@pytest.mark.parametrize(
    "result",
    [
        Result(1, "ok", seq=5),
        Result(2, "ok", seq=6, fence=3),
        Result(3, "restamped", seq=7, t=at(5), current=FULL),
        Result(4, "rejected", problem="claimed", current=Entity("ticket", "t1")),
        Result(4, "duplicate", problem="claimed"),
    ],
)
def test_a_result_is_read_as_it_was_written(result: Result) -> None:
    assert results.from_wire(json.loads(json.dumps(results.to_wire(result)))) == result


@pytest.mark.parametrize("wire", [{}, {"n": 1}, {"n": 1, "status": "ok", "t": "x"}, {"n": [], "status": "ok"}])
def test_what_no_server_answers_is_refused(wire: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        results.from_wire(wire)


def test_every_problem_has_a_status_and_only_the_servers_own_trouble_passes() -> None:
    assert all(name == problem.name and 400 <= problem.status < 600 for name, problem in PROBLEMS.items())
    assert {problem.name for problem in PROBLEMS.values() if problem.retryable} == {
        "too-many",
        "internal",
        "unavailable",
    }
    assert set(PROBLEMS) >= REFUSALS
