"""Every golden vector, against the merge and the server in memory."""

from itertools import permutations
from math import factorial

import pytest

from benchmarks.convergence.server import ME, Server
from cxdesk.protocol import results
from cxdesk.protocol.merge import merge
from cxdesk.protocol.ops import Op, read_op, to_wire
from cxdesk.protocol.rows import Entity
from tests.protocol.reading import Vector, entities, vectors

MERGE, ADMIT = vectors("merge"), vectors("admit")


def joined(vector: Vector, ops: tuple[Op, ...]) -> tuple[dict[tuple[str, str], Entity], set[tuple[str, ...]]]:
    rows = entities(vector.get("rows", []))
    lost: set[tuple[str, ...]] = set()
    for op in ops:
        merged = merge(rows.get((op.ent, op.id)), op)
        rows[op.ent, op.id] = merged.row
        lost |= {(each.ent, each.id, each.field, str(each.value), each.clock.op) for each in merged.lost}
    return rows, lost


@pytest.mark.parametrize("name", MERGE)
def test_operations_join_as_the_vector_says_in_every_order(name: str) -> None:
    vector = MERGE[name]
    ops = tuple(map(read_op, vector["ops"]))
    orders = list(permutations(ops)) if vector["order"] == "any" else [ops]
    assert len(orders) in (1, factorial(len(ops)))
    after = entities(vector["after"])
    for order in orders:
        rows, lost = joined(vector, order)
        assert rows == after
        if not any(row.erased for row in rows.values()):
            assert lost == {(ent, key, field, str(value), op) for ent, key, field, value, op in vector["lost"]}


@pytest.mark.parametrize("name", ADMIT)
def test_a_server_answers_as_the_vector_says(name: str) -> None:
    vector = ADMIT[name]
    server = Server(0)
    assert vector["server"] == ME
    for row in entities(vector.get("rows", [])).values():
        server.keep(row)
    answers = []
    for step in vector["steps"]:
        server.now, op = step["now"], read_op(step["op"])
        answers += [results.to_wire(result) for result in server.push(op.dev, [op])]
    assert answers == vector["results"]
    assert [to_wire(op) for op in server.log] == vector["log"]
    assert server.rows == entities(vector["after"])


@pytest.mark.parametrize("name", ADMIT)
def test_a_desk_that_hears_the_log_has_what_the_server_has(name: str) -> None:
    vector = ADMIT[name]
    rows = entities(vector.get("rows", []))
    for op in map(read_op, vector["log"]):
        rows[op.ent, op.id] = merge(rows.get((op.ent, op.id)), op).row
    for key, row in entities(vector["after"]).items():
        told = rows[key]
        assert (told.f, told.clk, told.tags, told.gone, told.erased) == (row.f, row.clk, row.tags, row.gone, row.erased)


def test_every_vector_says_its_idea_in_a_sentence() -> None:
    for vector in (*MERGE.values(), *ADMIT.values()):
        assert vector["idea"].endswith(".")
    assert len(MERGE) + len(ADMIT) >= 30
