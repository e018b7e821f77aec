from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxdesk.domain.changes import Change, Edit, Stamp, alter, insert, remove
from cxdesk.domain.records import Purchase
from cxdesk.domain.segments import Summary
from cxdesk.domain.words import PurchaseState
from cxdesk.storage import summaries
from cxdesk.storage.store import Store
from tests.conftest import Mint
from tests.looking import derived

RETURNED, CANCELLED = PurchaseState.RETURNED, PurchaseState.CANCELLED


def bought(key: str, order: str, amount: int, at: int, *, state: PurchaseState = PurchaseState.PAID) -> Purchase:
    return Purchase(key, "c1", order, "린넨 셔츠", amount, "KRW", at, state=state, external_id=key)


def commit(store: Store, stamp: Stamp, *purchases: Purchase) -> None:
    store.commit(Change("buy", tuple(insert(purchase) for purchase in purchases)), stamp)


def test_somebody_who_never_bought_has_no_figures(store: Store) -> None:
    assert summaries.of(store.db, "c1") == Summary()


def test_two_lines_of_one_order_are_one_order(store: Store, stamp: Stamp) -> None:
    commit(store, stamp, bought("p1", "o1", 39_000, 10), bought("p2", "o1", 5_000, 10), bought("p3", "o2", 1_000, 30))
    assert summaries.of(store.db, "c1") == Summary(2, 45_000, "KRW", 10, 30, 2)


def test_spend_is_net_of_what_came_back_however_that_is_written(store: Store, stamp: Stamp) -> None:
    commit(
        store,
        stamp,
        bought("p1", "o1", 39_000, 10),
        bought("p2", "o2", 20_000, 20, state=RETURNED),
        bought("p3", "o1", -39_000, 30, state=RETURNED),
    )
    assert summaries.of(store.db, "c1") == Summary(2, 0, "KRW", 10, 20, 2)


def test_a_cancelled_order_never_happened(store: Store, stamp: Stamp) -> None:
    commit(store, stamp, bought("p1", "o1", 39_000, 10, state=CANCELLED))
    assert summaries.of(store.db, "c1") == Summary()


def test_two_currencies_are_never_added_up(store: Store, stamp: Stamp) -> None:
    commit(store, stamp, bought("p1", "o1", 39_000, 10), replace(bought("p2", "o2", 2_500, 20), currency="USD"))
    assert summaries.of(store.db, "c1") == Summary(2, 2_500, "USD", 10, 20, 1)


def test_a_purchase_of_nobody_belongs_to_nobody(store: Store, stamp: Stamp) -> None:
    commit(store, stamp, replace(bought("p1", "o1", 1, 10), customer_id=None))
    assert derived(store.db)["summaries"] == []


def test_a_purchase_that_goes_over_to_another_customer_leaves_the_first_ones_figures(
    store: Store, stamp: Stamp
) -> None:
    purchase = bought("p1", "o1", 39_000, 10)
    commit(store, stamp, purchase)
    store.commit(Change("merge", alter(purchase, replace(purchase, customer_id="c2"))), stamp)
    assert summaries.of(store.db, "c1") == Summary()
    assert summaries.of(store.db, "c2").orders == 1
    store.undo(stamp)
    assert summaries.of(store.db, "c1").orders == 1
    assert summaries.of(store.db, "c2") == Summary()


lines = st.builds(
    Purchase,
    id=st.sampled_from([f"p{n}" for n in range(6)]),
    customer_id=st.sampled_from(["c1", "c2", None]),
    order_no=st.sampled_from(["o1", "o2", "o3"]),
    product=st.just("울 니트"),
    amount=st.integers(-50_000, 50_000),
    currency=st.sampled_from(["KRW", "USD"]),
    ordered_at=st.integers(0, 100),
    state=st.sampled_from(list(PurchaseState)),
)


@pytest.fixture
def quick(store: Store) -> Store:
    """A file that does not wait for the disk."""
    store.db.execute("PRAGMA synchronous = OFF")
    return store


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(lines, st.booleans()), max_size=8))
def test_kept_figures_are_always_what_adding_up_again_gives(quick: Store, acts: list[tuple[Purchase, bool]]) -> None:
    mint = Mint()
    with quick.transaction() as db:
        for table in ("purchase", "customer_summary", "change_log"):
            db.execute(f"DELETE FROM {table}")  # noqa: S608
    known: dict[str, Purchase] = {}
    for number, (purchase, gone) in enumerate(acts):
        made = replace(purchase, external_id=purchase.id)
        old = known.get(made.id)
        edits: tuple[Edit, ...] = (insert(made),) if old is None else (remove(old),) if gone else alter(old, made)
        known[made.id] = made
        if old is not None and gone:
            del known[made.id]
        quick.commit(Change("any", edits), Stamp(number, None, mint))
    kept = derived(quick.db)["summaries"]
    with quick.transaction() as db:
        summaries.rebuild(db)
    assert derived(quick.db)["summaries"] == kept
    while quick.undo(Stamp(99, None, mint)):
        pass
    assert derived(quick.db)["summaries"] == []


def test_many_at_once_are_what_each_alone_is(store: Store, stamp: Stamp) -> None:
    commit(store, stamp, *(replace(bought(f"p{n}", f"o{n}", n, n), customer_id=f"c{n % 3}") for n in range(9)))
    kept = derived(store.db)["summaries"]
    with store.transaction() as db:
        summaries.refresh_many(db, ["c0", "c1", "nobody"])
    assert derived(store.db)["summaries"] == kept
