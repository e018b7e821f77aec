from collections import Counter
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxdesk.domain.changes import Change, Stamp, insert
from cxdesk.domain.evidence import Rules
from cxdesk.domain.records import Purchase
from cxdesk.domain.suggesting import Together
from cxdesk.domain.words import PurchaseState
from cxdesk.storage import baskets
from cxdesk.storage.store import Store
from tests.conftest import Mint

ALL = Rules(together_orders=1, lift=0.0)


def line(order: str, product: str, *, state: PurchaseState = PurchaseState.DELIVERED, source: str = "desk") -> Purchase:
    key = f"{source}/{order}/{product}/{state}"
    return Purchase(key, "c1", order, product, 1000, "KRW", 1, state=state, source=source, external_id=key)


def keep(store: Store, lines: list[Purchase]) -> None:
    distinct = {one.id: one for one in lines}
    store.commit(Change("buy", tuple(insert(one) for one in distinct.values())), Stamp(0, None, Mint()), undoable=False)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from("가나다라")), max_size=20))
def test_the_counts_are_what_counting_by_hand_gives(store: Store, bought: list[tuple[int, str]]) -> None:
    with store.transaction() as db:
        db.execute("DELETE FROM purchase")
    keep(store, [line(f"o{order}", product) for order, product in bought])
    orders = [{product for other, product in bought if other == order} for order in {order for order, _ in bought}]
    single = Counter(product for basket in orders for product in basket)
    pairs = Counter(pair for basket in orders for pair in permutations(sorted(basket), 2))
    assert set(baskets.count(store.db, ALL)) == {
        Together(one, other, n, single[one], single[other], len(orders)) for (one, other), n in pairs.items()
    }


def test_what_came_back_the_same_number_elsewhere_and_a_whole_house_say_nothing(store: Store) -> None:
    keep(
        store,
        [
            line("o1", "녹차"),
            line("o1", "찻잔", state=PurchaseState.RETURNED),
            line("o1", "머그", source="other"),
            *(line("house", f"상품 {n}") for n in range(41)),
        ],
    )
    assert baskets.count(store.db, ALL) == ()


def test_a_pair_needs_orders_enough_and_more_than_chance(store: Store) -> None:
    together = [line(f"t{n}", product) for n in range(5) for product in ("녹차", "찻잔", "포장지")]
    keep(store, [*together, *(line(f"s{n}", "포장지") for n in range(10)), *(line(f"x{n}", "초") for n in range(5))])
    found = {(one.product, one.other) for one in baskets.count(store.db, Rules())}
    assert found == {("녹차", "찻잔"), ("찻잔", "녹차")}


def test_pairs_are_kept_found_by_product_and_counted_again_when_there_is_more(store: Store) -> None:
    assert baskets.latest(store.db) == (0, -1)
    keep(store, [line(f"o{n}", product) for n in range(5) for product in ("녹차", "찻잔")])
    keep(store, [line(f"x{n}", "초") for n in range(5)])
    with store.transaction() as db:
        baskets.rebuild(db)
    (pair,) = baskets.with_products(store.db, ["녹차", "초"])
    assert pair == Together("녹차", "찻잔", 5, 5, 5, 10)
    assert pair.lift == pytest.approx(2.0)
    assert baskets.latest(store.db) == (15, 15)
    keep(store, [line("o9", "초")])
    assert baskets.latest(store.db) == (16, 15)
