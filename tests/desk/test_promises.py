"""Promises from the making to the report: reasons, moves, the customer who comes first, and a word in time."""

import pytest

from cxdesk.desk import Desk, Refused
from cxdesk.domain.moments import HOUR, MINUTE
from cxdesk.domain.promises import Kept
from cxdesk.domain.records import Customer, FollowUp, Ticket
from cxdesk.domain.words import Channel, Language, PromiseState, Topic
from tests.conftest import Clock, Mint


@pytest.fixture
def minji(desk: Desk) -> Customer:
    customer, also = desk.people.newcomer("김민지 010-1234-5678", Language.KO)
    desk.commit("new", also, undoable=False)
    return customer


@pytest.fixture
def ticket(desk: Desk, minji: Customer) -> Ticket:
    return desk.arrive(Channel.PHONE, customer=minji, topic=Topic.DELIVERY)[0]


def make(desk: Desk, ticket: Ticket, words: str = "내일 오후 3시 전화") -> FollowUp:
    return desk.promises.make(words, ticket.id)[0]


def rows(desk: Desk) -> list[tuple[str, str, int]]:
    return desk.db.execute("SELECT state, reason, moves FROM follow_up ORDER BY made_at, id").fetchall()


@pytest.mark.parametrize(
    ("words", "code"),
    [("내일 25시 전화", "impossible_time"), ("어제 3시 전화", "past_time"), ("최대한 빨리", "no_time")],
)
def test_an_impossible_or_past_time_is_a_sentence_and_nothing_is_written(
    desk: Desk, ticket: Ticket, words: str, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        desk.promises.make(words, ticket.id)
    assert rows(desk) == []
    promise = make(desk, ticket)
    with pytest.raises(Refused, match=code):
        desk.promises.move(promise, words)
    assert rows(desk) == [("open", "", 0)]


def test_moved_and_broken_keep_their_reason_and_one_undo_takes_each_back(desk: Desk, ticket: Ticket) -> None:
    first = make(desk, ticket)
    desk.promises.move(first, "모레 오전 10시", "재고 확인이 늦어짐\n")
    assert rows(desk) == [("moved", "재고 확인이 늦어짐", 0), ("open", "재고 확인이 늦어짐", 1)]
    (again,) = desk.promises.board()
    assert (again.promise.first_due_at, again.promise.what, again.number) == (first.due_at, "전화", ticket.number)
    desk.promises.settle(again.promise, PromiseState.BROKEN, "담당자 부재")
    assert rows(desk)[1] == ("broken", "담당자 부재", 1)
    desk.undo()
    assert rows(desk)[1] == ("open", "재고 확인이 늦어짐", 1)
    desk.undo()
    assert rows(desk) == [("open", "", 0)]


def test_how_promises_were_kept_counts_in_time_late_broken_moved_and_overdue(
    desk: Desk, ticket: Ticket, clock: Clock
) -> None:
    promises = [make(desk, ticket, f"내일 오전 {hour}시 전화") for hour in (9, 10, 11)]
    overdue = make(desk, ticket, "내일 낮 12시 전화")
    desk.promises.move(promises[2], "내일 오후 5시")
    desk.promises.settle(promises[0], PromiseState.KEPT)
    clock.at = overdue.due_at + HOUR
    desk.promises.settle(promises[1], PromiseState.KEPT)
    assert desk.promises.figures() == Kept(in_time=1, late=1, moved=1, overdue=1)
    assert desk.promises.figures().share is None
    clock.at += 91 * 24 * HOUR
    assert desk.promises.figures().in_time == 0, "of the last ninety days"


# -- the customer comes first


def test_a_customer_who_speaks_before_the_promise_is_due_makes_it_ready_to_close(
    desk: Desk, ticket: Ticket, clock: Clock
) -> None:
    make(desk, ticket)
    clock.pass_(60)
    desk.hear(ticket.id, "방금 받았어요")
    at_hand = desk.promises.at_hand(ticket.id)
    assert at_hand is not None
    assert at_hand.answered_at == clock()
    assert at_hand.promise.state is PromiseState.OPEN, "nothing is closed by itself"
    desk.promises.settle(at_hand.promise, PromiseState.ANSWERED)
    assert desk.promises.at_hand(ticket.id) is None
    assert desk.promises.figures() == Kept(answered=1)


def test_a_new_contact_on_the_same_topic_counts_another_topic_or_a_late_one_does_not(
    desk: Desk, ticket: Ticket, minji: Customer, clock: Clock
) -> None:
    promise = make(desk, ticket)
    clock.pass_(60)
    desk.arrive(Channel.CHAT, customer=minji, topic=Topic.PRICE)
    assert desk.promises.board()[0].answered_at is None
    clock.at = promise.due_at + MINUTE
    late, _ = desk.arrive(Channel.CHAT, customer=minji, topic=Topic.DELIVERY)
    assert desk.promises.board()[0].answered_at is None
    clock.at = promise.due_at - HOUR
    soon, _ = desk.arrive(Channel.CHAT, customer=minji, topic=Topic.DELIVERY)
    assert desk.promises.board()[0].answered_at == clock()
    found = desk.promises.at_hand(soon.id)
    assert found is not None
    assert found.promise.id == promise.id, "a contact knows the customer's promises of other contacts"
    assert late.id != soon.id


# -- a word in time


def named(desk: Desk) -> list[str]:
    return [one.what for one in desk.promises.remind()]


def test_a_promise_is_named_shortly_before_and_when_it_is_due_once_each(
    desk: Desk, ticket: Ticket, clock: Clock
) -> None:
    promise = make(desk, ticket)
    assert named(desk) == []
    assert desk.promises.next_at() == promise.due_at - 5 * MINUTE
    clock.at = promise.due_at - 5 * MINUTE
    assert named(desk) == ["전화"]
    assert named(desk) == []
    assert desk.promises.next_at() == promise.due_at
    clock.at = promise.due_at
    assert named(desk) == ["전화"]
    assert named(desk) == []
    assert desk.promises.next_at() is None


def test_what_fell_due_while_the_program_was_closed_is_named_once(desk: Desk, ticket: Ticket, clock: Clock) -> None:
    promise = make(desk, ticket)
    clock.at = promise.due_at + 10 * HOUR
    again = Desk(desk.store, desk.settings, clock=clock, mint=Mint(seed=1), agent=desk.agent)
    assert named(again) == ["전화"]
    assert named(again) == named(desk) == []


def test_a_clock_set_back_neither_takes_a_due_promise_back_nor_names_it_again(
    desk: Desk, ticket: Ticket, clock: Clock
) -> None:
    promise = make(desk, ticket)
    clock.at = promise.due_at + MINUTE
    assert named(desk) == ["전화"]
    clock.at = promise.due_at - 2 * HOUR
    assert desk.read.promises_late() == 1
    assert named(desk) == []
    early = make(desk, ticket, "30분 뒤 문자")
    assert [one.promise.id for one in desk.promises.board()] == [promise.id, early.id]
    clock.at = early.due_at
    assert named(desk) == ["문자"], "a promise made since is named in its own time"
    clock.at = promise.due_at + MINUTE
    assert named(desk) == []


def test_what_a_clock_days_ahead_called_due_is_asked_again_once_it_is_right(
    desk: Desk, ticket: Ticket, clock: Clock
) -> None:
    promise = make(desk, ticket)
    clock.at = promise.due_at + 30 * 24 * HOUR
    assert named(desk) == ["전화"]
    clock.at = promise.due_at - HOUR
    assert desk.read.promises_late() == 0
    clock.at = promise.due_at
    assert named(desk) == ["전화"]


def test_a_colleagues_promise_is_named_here_only_while_they_are_away(desk: Desk, ticket: Ticket, clock: Clock) -> None:
    hayun = Desk(desk.store, desk.settings, clock=clock, mint=Mint(seed=2))
    hayun.sign_in("박하윤")
    promise = make(hayun, ticket)
    clock.at = promise.due_at
    assert named(desk) == []
    hayun.duty("off")
    assert named(desk) == ["전화"]
