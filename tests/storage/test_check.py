import pytest

from cxdesk.desk import Desk
from cxdesk.domain.changes import Change, insert
from cxdesk.domain.records import Customer, Purchase
from cxdesk.domain.words import Channel, Language
from cxdesk.storage import check
from tests.looking import derived, shared


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A desk with something in every derived table."""
    minji = Customer("c1", "김민지", Language.KO)
    bought = Purchase("p1", "c1", "o1", "린넨 셔츠", 39_000, "KRW", 1, external_id="1")
    desk.store.commit(Change("new", (insert(minji), insert(bought))), desk.stamp())
    ticket, _ = desk.arrive(Channel.PHONE, customer=minji, said="환불해 주세요")
    desk.take([ticket.id])
    desk.people.remember("c1", "포장이 예쁘다고 하심")
    return desk


def test_a_sound_file_has_no_faults(busy: Desk) -> None:
    assert check.faults(busy.db) == []


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        ("DELETE FROM text_row", "text_row"),
        ("DELETE FROM customer_summary", "customer_summary"),
    ],
)
def test_derived_rows_that_are_out_of_step_are_named_and_rebuilt(busy: Desk, damage: str, fault: str) -> None:
    rows, found = shared(busy.db), derived(busy.db)
    busy.db.execute(damage)
    assert check.faults(busy.db) == [fault]
    with busy.store.transaction() as db:
        check.rebuild(db)
    assert check.faults(busy.db) == []
    assert (shared(busy.db), derived(busy.db)) == (rows, found)


def test_rebuilding_that_fails_halfway_leaves_the_search_rows_there_were(busy: Desk) -> None:
    found = derived(busy.db)

    def rebuild_half() -> None:
        with busy.store.transaction() as db:
            check.rebuild(db)
            db.execute("DELETE FROM search_key")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        rebuild_half()
    assert derived(busy.db) == found
