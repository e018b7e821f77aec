"""Every golden vector, through the file: what was merged, written down and read again is what was meant."""

import shutil
from itertools import permutations
from pathlib import Path

import pytest

from cxdesk.protocol.exchange import Membership, SnapshotPlace
from cxdesk.protocol.ops import Op, read_op
from cxdesk.storage import check
from cxdesk.storage.replica import LocalReplica
from cxdesk.storage.store import Store
from cxdesk.storage.sync_rows import Rows
from tests.conftest import Mint
from tests.protocol.reading import Vector, entities, vectors

MERGE, ADMIT = vectors("merge"), vectors("admit")
HERE = "this-desk"


def opened(folder: Path, blank: Path) -> tuple[Store, LocalReplica]:
    folder.mkdir()
    shutil.copy(blank, folder / "desk.db")
    store = Store.open(folder)
    replica = LocalReplica(store, Mint())
    replica.join(Membership("http://localhost", "server-1", "epoch-1", HERE))
    return store, replica


def judged(folder: Path, blank: Path, vector: Vector, ops: tuple[Op, ...]) -> None:
    """Each operation in a transaction of its own, so that every one meets what was read from the file."""
    store, replica = opened(folder, blank)
    before = entities(vector.get("rows", []))
    replica.apply_rows(list(before.values()), SnapshotPlace("s", "c"), 0)
    for op in ops:
        replica.apply([op], None, 0)
    for (ent, key), meant in entities(vector["after"]).items():
        found = Rows(store.db, HERE).get(ent, key)
        assert (found.f, found.clk, found.tags) == (meant.f, meant.clk, meant.tags)
        assert (found.gone, found.erased) == (meant.gone, meant.erased)
    assert check.faults(store.db) == []
    replica.close()
    store.close()


@pytest.mark.parametrize("name", MERGE)
def test_a_vector_of_the_merge_holds_in_a_file_forwards_and_backwards(name: str, tmp_path: Path, blank: Path) -> None:
    vector = MERGE[name]
    ops = tuple(map(read_op, vector["ops"]))
    orders = [ops, ops[::-1]] if vector["order"] == "any" else [ops]
    for n, order in enumerate(orders):
        judged(tmp_path / str(n), blank, vector, order)


@pytest.mark.long
@pytest.mark.parametrize("name", MERGE)
def test_a_vector_of_the_merge_holds_in_a_file_in_every_order(name: str, tmp_path: Path, blank: Path) -> None:
    vector = MERGE[name]
    ops = tuple(map(read_op, vector["ops"]))
    for n, order in enumerate(permutations(ops) if vector["order"] == "any" else [ops]):
        judged(tmp_path / str(n), blank, vector, order)


@pytest.mark.parametrize("name", ADMIT)
def test_a_file_that_hears_what_a_server_wrote_has_what_the_server_has(name: str, tmp_path: Path, blank: Path) -> None:
    vector = ADMIT[name]
    judged(tmp_path / "desk", blank, vector, tuple(map(read_op, vector["log"])))
