from collections.abc import Iterator
from pathlib import Path

import pytest

from cxdesk.domain.changes import Stamp, Update
from cxdesk.storage.bulk import Importing, KnownPurchase
from cxdesk.storage.faults import Stale
from cxdesk.storage.store import Store

RUN = "run"
STAMP = Stamp(1_800_000_000_000, None, iter(f"op-{n}" for n in range(99)).__next__)


def customer(name: str, external_id: str | None = None, merged_into: str | None = None) -> tuple[object, ...]:
    return (name, name, "ko", None, "shop", external_id, merged_into, 0)


def purchase(name: str, customer_id: str | None) -> tuple[object, ...]:
    return (name, customer_id, "o", "shirt", 5000, "KRW", 0, 1, "", "paid", 0, "shop", name)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path) as opened:
        yield opened


@pytest.fixture
def filled(store: Store) -> Importing:
    desk = Importing(store)
    with desk.keeper(STAMP, RUN) as keeper:
        keeper.insert("customer", [customer("a", "1"), customer("b", "2", "a"), customer("x", "3", "x")])
        keeper.insert("identity", [("i2", "b", "phone", "010", "010", 0), ("i1", "a", "email", "a@b.kr", "a@b.kr", 0)])
        keeper.insert("purchase", [purchase("p1", "a"), purchase("p2", None)])
        keeper.insert("note", [("n1", "a", "포장이 예쁘다", 0, None, None, None)])
        keeper.finish((RUN, "f.csv", "00", "mine", 0, 1, 2, 0, 0, 0), 8)
    return desk


def test_look_ups_answer_only_for_what_is_there(filled: Importing) -> None:
    with filled.rehearsal() as shelf:
        assert {key: found.id for key, found in shelf.customers("shop", ["1", "2", "9"]).items()} == {
            "1": "a",
            "2": "b",
        }, "one who was merged answers for their own account"
        assert shelf.customers("other", ["1"]) == {}
        assert {key: found.id for key, found in shelf.owners("phone", ["010", "011"]).items()} == {"010": "a"}
        # What came for the one who was merged is with who they are now.
        assert sorted(shelf.identities(["a"])) == [("a", "email", "a@b.kr"), ("a", "phone", "010")]
        assert shelf.notes(["a"]) == [("a", "포장이 예쁘다")]
        assert sorted(shelf.notes(["a", "b"])) == [("a", "포장이 예쁘다"), ("b", "포장이 예쁘다")]
        assert shelf.purchases("shop", ["p2"]) == {"p2": KnownPurchase("p2", None, "paid", 1, 5000, "KRW")}


def test_whoever_was_merged_in_a_circle_answers_for_themselves(filled: Importing) -> None:
    with filled.rehearsal() as shelf:
        assert {key: found.id for key, found in shelf.customers("shop", ["3"]).items()} == {"3": "x"}


def test_a_rehearsal_sees_its_own_rows_and_the_desk_does_not(filled: Importing, store: Store) -> None:
    with filled.rehearsal() as keeper:
        keeper.insert("customer", [customer("c", "4")])
        keeper.insert("identity", [("i3", "c", "phone", "011", "011", 0)])
        keeper.update([Update("purchase", "p1", {"state": "paid"}, {"state": "shipping"})])
        keeper.update([Update("customer", "a", {"name": "a"}, {"name": "b"})])
        keeper.finish((), 0)
        assert keeper.customers("shop", ["4"])["4"].id == keeper.owners("phone", ["011"])["011"].id == "c"
        assert keeper.purchases("shop", ["p1"])["p1"].state == "shipping"
        assert keeper.customers("shop", ["1"])["1"].name == keeper.owners("email", ["a@b.kr"])["a@b.kr"].name == "b"
    assert store.db.execute("SELECT state FROM purchase WHERE id = 'p1'").fetchone() == ("paid",)
    assert store.db.execute("SELECT count(*) FROM customer").fetchone() == (3,)


def test_the_desk_can_be_written_during_a_rehearsal(filled: Importing, store: Store) -> None:
    with filled.rehearsal() as shelf:
        store.remember("ticket", "1")
        assert shelf.purchases("shop", ["p1"])


def test_figures_follow_the_purchases(filled: Importing, store: Store) -> None:
    figures = "SELECT orders, spent FROM customer_summary WHERE customer_id = 'a'"
    assert store.db.execute(figures).fetchone() == (1, 5000)
    with filled.keeper(STAMP, RUN) as keeper:
        keeper.update([Update("purchase", "p1", {"state": "paid"}, {"state": "cancelled"})])
        keeper.finish(("run2", "f.csv", "00", "mine", 0, 1, 0, 1, 0, 0), 0)
    assert store.db.execute(figures).fetchone() is None


def test_a_row_that_is_not_as_expected_takes_the_whole_import_back(filled: Importing, store: Store) -> None:
    def clash() -> None:
        with filled.keeper(STAMP, RUN) as keeper:
            keeper.insert("purchase", [purchase("p3", "a")])
            keeper.update([Update("purchase", "p1", {"state": "delivered"}, {"state": "returned"})])

    with pytest.raises(Stale):
        clash()
    assert store.db.execute("SELECT count(*) FROM purchase").fetchone() == (2,)


def test_an_import_leaves_no_long_log_behind(filled: Importing, store: Store) -> None:
    assert Path(f"{store.path}-wal").stat().st_size == 0
    assert store.db.execute("PRAGMA cache_size").fetchone() == (-2000,)
