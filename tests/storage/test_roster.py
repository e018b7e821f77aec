"""The list of customers follows its people, whatever happens to them, exactly as if it were made anew."""

from dataclasses import replace

import pytest

from cxdesk.domain.changes import Change, Edit, Stamp, alter, insert, remove
from cxdesk.domain.records import Customer, Identity, Purchase, Ticket
from cxdesk.domain.words import Channel, Language
from cxdesk.storage import check, roster
from cxdesk.storage.search import find_customers
from cxdesk.storage.store import Store
from tests.looking import derived

MINJI = Customer("minji", "김민지", Language.KO, external_id="M1")
MINJEE = Customer("minjee", "김민지(선물)", Language.KO)
PHONE = Identity("i1", "minji", "phone", "01012345678", "010-1234-5678", 1)
OTHER = Identity("i2", "minjee", "phone", "01099998888", "010-9999-8888", 2)
TICKET = Ticket("t1", 1001, Channel.PHONE, 1_790_000_000_000, 0, 0, "minji")
BOUGHT = Purchase("p1", "minji", "O1", "린넨 셔츠", 39_000, "KRW", 1_780_000_000_000, source="shop", external_id="O1-1")

ACTS: dict[str, tuple[Edit, ...]] = {
    "a new name": alter(MINJI, replace(MINJI, name="윤도현")),
    "another number": alter(PHONE, replace(PHONE, value="01055556666", shown="010-5555-6666")),
    "no number": (remove(PHONE),),
    "a contact": (insert(TICKET),),
    "a purchase": (insert(BOUGHT),),
    "merged": (
        *alter(OTHER, replace(OTHER, customer_id="minji")),
        *alter(MINJEE, replace(MINJEE, merged_into="minji")),
    ),
    "gone": (remove(PHONE), remove(MINJI)),
}


@pytest.fixture
def shop(store: Store, stamp: Stamp) -> Store:
    store.commit(Change("new", tuple(insert(one) for one in (MINJI, MINJEE, PHONE, OTHER))), stamp)
    return store


@pytest.mark.parametrize("act", ACTS)
def test_whatever_happens_the_list_is_what_a_rebuild_would_make_and_undo_brings_it_back(
    shop: Store, stamp: Stamp, act: str
) -> None:
    before = derived(shop.db)
    shop.commit(Change("act", ACTS[act]), stamp)
    after = derived(shop.db)
    assert after != before
    with shop.transaction() as db:
        check.rebuild(db)
    assert derived(shop.db) == after
    shop.undo(stamp)
    assert derived(shop.db) == before


def test_who_was_merged_is_in_the_list_no_more_and_found_as_who_they_became(shop: Store, stamp: Stamp) -> None:
    shop.commit(Change("merge", ACTS["merged"]), stamp)
    assert shop.db.execute("SELECT customer_id FROM roster").fetchall() == [("minji",)]
    assert find_customers(shop.db, "김민지(선") == ["minji"]
    assert find_customers(shop.db, "8888") == ["minji"]


def test_the_first_number_that_was_given_stands_in_the_list(shop: Store, stamp: Stamp) -> None:
    shop.commit(Change("new", (insert(Identity("i0", "minji", "phone", "0215881588", "02-1588-1588", 9)),)), stamp)
    row = shop.db.execute("SELECT phone FROM roster WHERE customer_id = 'minji'").fetchone()
    assert row == ("010-1234-5678",)


def test_a_contact_ranks_above_any_sum_of_money(shop: Store, stamp: Stamp) -> None:
    rich = replace(BOUGHT, id="p2", customer_id="minjee", amount=10**15, external_id="O2")
    shop.commit(Change("new", (insert(TICKET), insert(rich))), stamp)
    ranked = shop.db.execute("SELECT customer_id FROM roster ORDER BY rank DESC").fetchall()
    assert ranked == [("minji",), ("minjee",)]


@pytest.mark.parametrize("share", [1, 10**9])
def test_an_import_refreshes_people_one_by_one_or_all_at_once(
    shop: Store, share: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Few touched people are refreshed one by one; when they are most of the shop, the list is made anew."""
    before = derived(shop.db)
    monkeypatch.setattr(roster, "_SHARE", share)
    with shop.transaction() as db:
        for table in ("search_key", "ranked"):
            db.execute(f"DELETE FROM {table} WHERE n = (SELECT n FROM roster WHERE customer_id = 'minji')")  # noqa: S608
        db.execute("DELETE FROM roster WHERE customer_id = 'minji'")
        roster.refresh_people(db, ["minji"])
    assert derived(shop.db) == before
