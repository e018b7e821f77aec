from dataclasses import replace

import pytest

from cxdesk.domain.changes import Change, Stamp, insert
from cxdesk.domain.records import Agent, Customer, Ticket
from cxdesk.domain.views import Section
from cxdesk.domain.words import Channel, Language, Status
from cxdesk.storage import queue
from cxdesk.storage.store import Store

NOW = 1_000_000
WAITING = Ticket("t", 1001, Channel.PHONE, 0, 0, 0)


def ticket(key: str, rank: int, **fields: object) -> Ticket:
    return replace(WAITING, id=key, number=1000 + rank, rank_at=rank, **fields)  # type: ignore[arg-type]


@pytest.fixture
def floor(store: Store, stamp: Stamp) -> Store:
    """A desk in the middle of a day: two wait in time, two were told a time that has passed, the rest is in hand."""
    tickets = (
        ticket("late", 9, quoted_until=NOW - 1),
        ticket("later", 8, quoted_until=NOW - 5),
        ticket("second", 20),
        ticket("first", 10, quoted_until=NOW + 60_000, customer_id="c1"),
        ticket("promised", 5, assignee="a2"),
        ticket("mine", 3, status=Status.ACTIVE, assignee="a1"),
        ticket("theirs", 2, status=Status.ACTIVE, assignee="a2"),
        ticket("held", 4, status=Status.PENDING, assignee="a1", hold_until=NOW, quoted_until=1),
        ticket("held longer", 6, status=Status.PENDING, assignee="a1", hold_until=NOW + 1),
        ticket("held for reply", 7, status=Status.PENDING, assignee="a1", hold_for_reply=True),
        ticket("done", 1, status=Status.RESOLVED, quoted_until=1),
        ticket("gone", 0, status=Status.ABANDONED, quoted_until=1),
    )
    people = (Customer("c1", "김민지", Language.KO), Agent("a1", "이서준"), Agent("a2", "박하늘"))
    store.commit(Change("new", tuple(insert(record) for record in (*people, *tickets))), stamp)
    return store


def test_the_queue_shows_each_open_ticket_once_in_the_order_of_its_section(floor: Store) -> None:
    assert queue.sections(floor.db, "a1", NOW) == (
        (Section.MINE, ("mine",)),
        (Section.LATE, ("later", "late")),
        (Section.WAITING, ("promised", "first", "second")),
        (Section.PENDING, ("held", "held longer", "held for reply")),
        (Section.COLLEAGUES, ("theirs",)),
    )


def test_a_told_time_that_passes_moves_the_ticket_to_the_late_ones(floor: Store) -> None:
    later = dict(queue.sections(floor.db, "a1", NOW + 60_001))
    assert later[Section.LATE] == ("later", "late", "first")
    assert later[Section.WAITING] == ("promised", "second")


def test_nobody_in_particular_has_nothing_in_hand(floor: Store) -> None:
    found = dict(queue.sections(floor.db, None, NOW))
    assert Section.MINE not in found
    assert set(found[Section.COLLEAGUES]) == {"mine", "theirs"}


def test_an_empty_queue_has_no_sections(store: Store) -> None:
    assert queue.sections(store.db, "a1", NOW) == ()


def test_rows_bring_the_names_that_are_shown(floor: Store) -> None:
    found = queue.rows(floor.db, ["first", "theirs", "nowhere"])
    assert {key: (row.name, row.holder) for key, row in found.items()} == {
        "first": ("김민지", None),
        "theirs": (None, "박하늘"),
    }
    assert queue.rows(floor.db, []) == {}


def test_the_next_customer_is_the_first_who_is_not_promised_to_somebody_else(floor: Store) -> None:
    mine = queue.first_waiting(floor.db, "a1")
    theirs = queue.first_waiting(floor.db, "a2")
    assert mine is not None
    assert theirs is not None
    assert (mine.id, theirs.id) == ("later", "promised")


def test_nobody_is_next_in_an_empty_queue(store: Store) -> None:
    assert queue.first_waiting(store.db, "a1") is None


def test_a_hold_is_over_at_its_time_and_not_before(floor: Store) -> None:
    assert [t.id for t in queue.on_hold_until(floor.db, NOW - 1)] == []
    assert [t.id for t in queue.on_hold_until(floor.db, NOW)] == ["held"]
    assert [t.id for t in queue.on_hold_until(floor.db, NOW + 1)] == ["held", "held longer"]


def test_counts_are_of_what_is_open(floor: Store) -> None:
    assert queue.open_counts(floor.db) == {"waiting": 5, "active": 2, "pending": 3}
    assert len(queue.open_tickets(floor.db)) == 10
    assert [t.rank_at for t in queue.open_tickets(floor.db)] == sorted(t.rank_at for t in queue.open_tickets(floor.db))


def test_numbers_begin_above_a_thousand_and_go_on(floor: Store, store: Store) -> None:
    assert queue.next_number(floor.db) == 1021
    with store.transaction() as db:
        db.execute("DELETE FROM ticket")
    assert queue.next_number(store.db) == 1001
