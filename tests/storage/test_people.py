from dataclasses import replace

import pytest

from cxdesk.domain.changes import Change, Stamp, insert
from cxdesk.domain.records import (
    Agent,
    Customer,
    FollowUp,
    Identity,
    Note,
    Preference,
    Purchase,
    Record,
    Shift,
    Tag,
    Ticket,
)
from cxdesk.domain.segments import DAY_MS, Rules
from cxdesk.domain.words import Channel, Emotion, Language, PromiseState, Segment, Status, Topic
from cxdesk.storage import people
from cxdesk.storage.store import Store

NOW = 1_790_000_000_000
MINJI = Customer("c1", "김민지", Language.KO)


def commit(store: Store, stamp: Stamp, *records: Record) -> None:
    store.commit(Change("new", tuple(insert(record) for record in records)), stamp)


def ticket(key: str, at: int, **fields: object) -> Ticket:
    return replace(Ticket(key, 1, Channel.PHONE, at, at, at, customer_id="c1"), **fields)  # type: ignore[arg-type]


def test_nobody_is_remembered_of_an_unknown_id(store: Store) -> None:
    assert people.memory(store.db, "c9", NOW, Rules()) is None


def test_memory_gathers_one_customer_newest_first_and_leaves_others_out(store: Store, stamp: Stamp) -> None:
    commit(
        store,
        stamp,
        MINJI,
        Identity("i1", "c1", "email", "m@x.kr", "m@x.kr", 2),
        Identity("i2", "c1", "phone", "01012345678", "010-1234-5678", 1),
        Purchase("p1", "c1", "o1", "울 니트", 39_000, "KRW", NOW - 40 * DAY_MS, external_id="1"),
        Purchase("p2", "c1", "o2", "린넨 셔츠", 39_000, "KRW", NOW - 9 * DAY_MS, external_id="2"),
        Purchase("p3", "c2", "o3", "남의 것", 1, "KRW", NOW, external_id="3"),
        Preference("f1", "c1", "사이즈", "M", "contact", 5),
        Preference("f2", "c1", "연락", "문자", "contact", 9),
        Note("n1", "c1", "포장이 예쁘다고 하심", 5),
        FollowUp("u1", "c1", None, "전화", 20, 1),
        FollowUp("u2", "c1", None, "메일", 10, 1),
        FollowUp("u3", "c1", None, "지킨 것", 5, 1, state=PromiseState.KEPT),
        Tag("g1", "customer", "c1", "단골", 1),
        Tag("g2", "ticket", "c1", "아님", 1),
        ticket("t1", 5),
        ticket("t2", 9, topic=Topic.REFUND, emotion=Emotion.ANGER, intensity=2, status=Status.RESOLVED),
    )
    memory = people.memory(store.db, "c1", NOW, Rules(), but="t1")
    assert memory is not None
    assert memory.customer == MINJI
    assert [i.kind for i in memory.identities] == ["phone", "email"]
    assert [p.id for p in memory.purchases] == ["p2", "p1"]
    assert [p.key for p in memory.preferences] == ["연락", "사이즈"]
    assert [n.id for n in memory.notes] == ["n1"]
    assert [p.what for p in memory.promises] == ["메일", "전화"]
    assert [g.tag for g in memory.tags] == ["단골"]
    assert [(c.ticket_id, c.topic, c.emotion) for c in memory.contacts] == [("t2", Topic.REFUND, Emotion.ANGER)]
    assert memory.standing.segment is Segment.RETURNING


def test_the_ticket_on_screen_is_no_memory_yet(store: Store, stamp: Stamp) -> None:
    commit(store, stamp, MINJI, ticket("t1", 5))
    for but, seen in ((None, 1), ("t1", 0)):
        memory = people.memory(store.db, "c1", NOW, Rules(), but=but)
        assert memory is not None
        assert len(memory.contacts) == seen


def test_a_note_that_was_corrected_is_shown_as_corrected_only(store: Store, stamp: Stamp) -> None:
    commit(
        store,
        stamp,
        MINJI,
        Note("n1", "c1", "사이즈 M", 1),
        Note("n2", "c1", "사이즈 L", 2, amends="n1"),
    )
    memory = people.memory(store.db, "c1", NOW, Rules())
    assert memory is not None
    assert [note.id for note in memory.notes] == ["n2"]


def test_only_a_few_of_each_are_read(store: Store, stamp: Stamp) -> None:
    commit(store, stamp, MINJI, *(Note(f"n{n:02}", "c1", "메모", n) for n in range(30)))
    memory = people.memory(store.db, "c1", NOW, Rules(), few=5)
    assert memory is not None
    assert [note.id for note in memory.notes] == ["n29", "n28", "n27", "n26", "n25"]


def test_namesakes_are_told_apart_by_a_number(store: Store, stamp: Stamp) -> None:
    commit(store, stamp, MINJI, replace(MINJI, id="c2"), Identity("i1", "c2", "phone", "01012345678", "010-1234-5678"))
    found = people.customers(store.db, ["c2", "c9", "c1"])
    assert [(person.id, phone) for person, phone in found] == [("c2", "010-1234-5678"), ("c1", None)]


@pytest.fixture
def staff(store: Store, stamp: Stamp) -> Store:
    commit(
        store,
        stamp,
        Agent("a1", "이서준"),
        Agent("a2", "박하늘"),
        Agent("a3", "그만둔 사람", active=False),
        Shift("s1", "a1", "on", 1, ended_at=5),
        Shift("s2", "a1", "break", 5, planned_until=9),
        ticket("t1", 5, status=Status.ACTIVE, assignee="a2"),
        ticket("t2", 5, status=Status.PENDING, assignee="a2"),
    )
    return store


def test_duties_say_who_is_where_and_what_they_have_in_hand(staff: Store) -> None:
    found = {d.agent.name: (d.shift.state if d.shift else None, d.busy) for d in people.duties(staff.db)}
    assert found == {"박하늘": (None, 1), "이서준": ("break", 0)}


def test_an_agent_is_known_by_the_exact_name(staff: Store) -> None:
    known = people.agent_named(staff.db, "이서준")
    assert known is not None
    assert known.id == "a1"
    assert people.agent_named(staff.db, "이서") is None
    assert people.agent_named(staff.db, "그만둔 사람") is None


def test_the_stretch_one_is_in_is_the_one_that_has_not_ended(staff: Store) -> None:
    shift = people.open_shift(staff.db, "a1")
    assert shift is not None
    assert (shift.id, shift.planned_until) == ("s2", 9)
    assert people.open_shift(staff.db, "a2") is None
