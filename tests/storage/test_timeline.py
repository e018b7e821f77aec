import pytest

from cxdesk.domain.changes import Change, Stamp, insert
from cxdesk.domain.records import Feedback, FollowUp, Message, Note, Purchase, Ticket
from cxdesk.domain.timeline import Event
from cxdesk.domain.words import Channel, MessageKind, PromiseState
from cxdesk.storage.store import Store
from cxdesk.storage.timeline import timeline

RECORDS = (
    Purchase("p1", "c1", "O1", "린넨 셔츠", 1, "KRW", 10, source="s", external_id="1"),
    Purchase("p2", "c1", "O2", "울 니트", 1, "KRW", 40, source="s", external_id="2"),
    Ticket("t1", 1001, Channel.PHONE, 20, 20, 20, "c1"),
    Message("m0", "t1", MessageKind.EVENT, "{}", 20),
    Message("m1", "t1", MessageKind.CUSTOMER, "안 와요", 21),
    Message("m2", "t1", MessageKind.CUSTOMER, "여보세요?", 22),
    FollowUp("f1", "c1", "t1", "전화", 90, 20, None, PromiseState.OPEN),
    Note("n1", "c1", "포장이 예쁘다고", 30),
    Note("n2", "c1", "포장이 예쁘다고 하심", 35, amends="n1"),
    Feedback("b1", "c1", "t1", "csat", 5, 50),
    Note("n9", "c2", "다른 사람", 60),
)


@pytest.fixture
def shop(store: Store, stamp: Stamp) -> Store:
    store.commit(Change("new", tuple(insert(record) for record in RECORDS)), stamp)
    return store


def walk(store: Store, step: int) -> list[Event]:
    events: list[Event] = []
    while page := timeline(store.db, "c1", events[-1].mark if events else None, step):
        events += page
    return events


@pytest.mark.parametrize("step", [1, 2, 3, 100])
def test_pages_of_any_length_are_the_same_line_of_time(shop: Store, step: int) -> None:
    assert [event.record.id for event in walk(shop, step)] == ["b1", "p2", "n2", "t1", "f1", "p1"]


def test_a_contact_says_what_the_customer_said_first(shop: Store) -> None:
    (contact,) = (event for event in walk(shop, 100) if event.record.id == "t1")
    assert contact.said == "안 와요"


def test_somebody_new_has_no_line_of_time(store: Store) -> None:
    assert timeline(store.db, "nobody", None, 10) == ()
