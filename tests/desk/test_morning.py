"""The morning list on a real file: each reason finds its people, nobody is pressed, and one key begins."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from cxdesk.desk import Desk
from cxdesk.domain.afterwards import Incident, IncidentTicket
from cxdesk.domain.changes import Edit, insert
from cxdesk.domain.evidence import Morning as Rules
from cxdesk.domain.moments import DAY, HOUR, local
from cxdesk.domain.morning import Entry, Kind
from cxdesk.domain.records import Customer, Purchase
from cxdesk.domain.words import Channel, Language, PurchaseState, Status, Topic
from cxdesk.storage import tickets
from tests.conftest import Clock


def person(desk: Desk, who: str = "김민지 010-1234-5678", lang: Language = Language.KO) -> Customer:
    customer, also = desk.people.newcomer(who, lang)
    desk.commit("new", also, undoable=False)
    return customer


def bought(
    desk: Desk,
    customer: Customer,
    days: float,
    product: str = "울 니트",
    state: str = "delivered",
    source: str = "cafe24",
) -> Purchase:
    key = desk.mint()
    at = desk.clock() - round(days * DAY)
    made = Purchase(
        key, customer.id, key, product, 39_000, "KRW", at, state=PurchaseState(state), source=source, external_id=key
    )
    desk.commit("buy", (insert(made),), undoable=False)
    return made


def often(desk: Desk, customer: Customer, last: float, every: float, n: int = 5, product: str = "울 니트") -> None:
    for nth in range(n):
        bought(desk, customer, last + nth * every, product)


def late_promise(desk: Desk, customer: Customer, clock: Clock) -> None:
    made, _ = desk.promises.make("30분 뒤 전화", customer_id=customer.id)
    clock.at = made.due_at + HOUR


def promise_today(desk: Desk, customer: Customer, clock: Clock) -> None:
    desk.promises.make("30분 뒤 전화", customer_id=customer.id)


def late_parcel(desk: Desk, customer: Customer, clock: Clock) -> None:
    bought(desk, customer, 6, state="shipping")


def no_answer(desk: Desk, customer: Customer, clock: Clock) -> None:
    desk.arrive(Channel.MAIL, customer=customer, said="언제 오나요")
    clock.at += 3 * DAY


def no_word_from_them(desk: Desk, customer: Customer, clock: Clock) -> None:
    made, _ = desk.arrive(Channel.MAIL, customer=customer, said="언제 오나요")
    desk.reply(made.id, "사진을 보내 주시겠어요?")
    desk.hold([made.id], None)
    clock.at += 5 * DAY


def gone_quiet(desk: Desk, customer: Customer, clock: Clock) -> None:
    often(desk, customer, last=66, every=20)


def birthday(desk: Desk, customer: Customer, clock: Clock) -> None:
    day = local(clock() + 2 * DAY, desk.zone)
    desk.people.celebrate(customer.id, "birthday", f"{day.month}/{day.day}")


def out_of_tea(desk: Desk, customer: Customer, clock: Clock) -> None:
    often(desk, customer, last=30, every=30, product="국화차")


def touched(desk: Desk, customer: Customer, clock: Clock) -> None:
    made, _ = desk.arrive(Channel.PHONE, customer=customer)
    desk.resolve([made.id])
    clock.at += 2 * DAY
    incident = Incident(desk.mint(), "택배사 파업", clock() - 2 * DAY, closed_at=clock() - DAY)
    edits: tuple[Edit, ...] = (insert(incident), insert(IncidentTicket(desk.mint(), incident.id, made.id, clock())))
    desk.commit("incident", edits, undoable=False)


Happened = Callable[[Desk, Customer, Clock], None]
HAPPENED: dict[Kind, Happened] = {
    Kind.PROMISE_LATE: late_promise,
    Kind.PROMISE_TODAY: promise_today,
    Kind.DELIVERY: late_parcel,
    Kind.UNANSWERED: no_answer,
    Kind.COOLING: gone_quiet,
    Kind.SPECIAL_DAY: birthday,
    Kind.REORDER: out_of_tea,
    Kind.AFTERCARE: touched,
}


def only(desk: Desk) -> Entry:
    (entry,) = desk.morning.read().entries
    return entry


def kinds(desk: Desk) -> list[Kind]:
    return [entry.candidate.kind for entry in desk.morning.read().entries]


@pytest.mark.parametrize("kind", HAPPENED)
def test_each_reason_finds_its_person_with_a_first_sentence_and_rests_once_it_is_done(
    desk: Desk, clock: Clock, kind: Kind
) -> None:
    minji = person(desk)
    assert kinds(desk) == []
    HAPPENED[kind](desk, minji, clock)
    entry = only(desk)
    assert entry.candidate.kind is kind
    assert entry.customer == minji
    assert entry.sentence.startswith("안녕하세요, 김민지 고객님.")
    assert len(entry.sentence) > 25
    assert entry.score == sum(part.points for part in entry.parts) > 0
    desk.morning.done(entry)
    assert kinds(desk) == []
    desk.undo()
    assert only(desk) == entry


@pytest.mark.parametrize("kind", HAPPENED)
def test_whoever_wants_no_contact_is_never_listed(desk: Desk, clock: Clock, kind: Kind) -> None:
    minji = person(desk)
    HAPPENED[kind](desk, minji, clock)
    desk.people.consent(minji.id, "contact", allowed=False)
    assert kinds(desk) == []


@pytest.mark.parametrize("kind", [Kind.COOLING, Kind.SPECIAL_DAY, Kind.REORDER])
def test_whoever_wants_no_offers_or_is_here_anyway_is_not_pressed(desk: Desk, clock: Clock, kind: Kind) -> None:
    minji = person(desk)
    HAPPENED[kind](desk, minji, clock)
    desk.people.consent(minji.id, "marketing", allowed=False)
    assert kinds(desk) == []
    desk.undo()
    assert kinds(desk) == [kind]
    desk.arrive(Channel.PHONE, customer=minji)
    assert kinds(desk) == []


def test_a_sentence_is_in_the_customers_language(desk: Desk, clock: Clock) -> None:
    late_parcel(desk, person(desk, "Emma Clarke 010-2222-3333", Language.EN), clock)
    assert only(desk).sentence.startswith("Hello Emma. It has been six days since you ordered")


def test_a_customer_who_owes_the_answer_is_asked_and_not_blamed(desk: Desk, clock: Clock) -> None:
    no_word_from_them(desk, person(desk), clock)
    entry = only(desk)
    assert entry.candidate.what == "theirs"
    assert "답을 드리지 못했습니다" not in entry.sentence


def test_a_shop_whose_source_never_tells_of_parcels_has_no_late_ones(desk: Desk) -> None:
    bought(desk, person(desk), 6, state="paid", source="counter")
    assert kinds(desk) == []
    bought(desk, person(desk, "박서준 010-1111-2222"), 1, state="shipping", source="counter")
    assert kinds(desk) == [Kind.DELIVERY], "a source that ships is believed when it says nothing was shipped"


def test_the_list_is_no_longer_than_a_person_can_do_and_grows_shorter_as_they_do_it(desk: Desk, clock: Clock) -> None:
    desk.settings = replace(desk.settings, morning=Rules(capacity=3))
    clock.at += 12 * HOUR  # in the morning, so that the day does not end meanwhile
    for n in range(6):
        late_parcel(desk, person(desk, f"손님{n} 010-0000-000{n}"), clock)
    found = desk.morning.read()
    assert (len(found.entries), found.more, found.done) == (3, 3, 0)
    for left in (2, 1, 0):
        desk.morning.done(desk.morning.read().entries[0])
        assert len(desk.morning.read().entries) == left
    late_promise(desk, person(desk, "박서준 010-1111-2222"), clock)
    assert kinds(desk) == [Kind.PROMISE_LATE], "a promise is a promise"
    clock.at += DAY
    assert len(desk.morning.read().entries) == 3


def test_an_overdue_promise_is_first_and_a_person_is_listed_once(desk: Desk, clock: Clock) -> None:
    minji, seojun = person(desk), person(desk, "박서준 010-1111-2222")
    late_parcel(desk, seojun, clock)
    late_parcel(desk, minji, clock)
    late_promise(desk, minji, clock)
    found = desk.morning.read().entries
    assert [(one.candidate.kind, one.customer) for one in found] == [
        (Kind.PROMISE_LATE, minji),
        (Kind.DELIVERY, seojun),
    ]


def test_putting_away_teaches_and_undo_forgets_it(desk: Desk, clock: Clock) -> None:
    for n in range(3):
        late_parcel(desk, person(desk, f"손님{n} 010-0000-000{n}"), clock)
    before = desk.morning.read().entries[-1].score
    desk.morning.dismiss(desk.morning.read().entries[0])
    assert len(desk.morning.read().entries) == 2
    assert desk.morning.read().entries[-1].score < before
    assert desk.morning.read().done == 0, "putting away is not doing"
    desk.undo()
    assert desk.morning.read().entries[-1].score == before


def test_beginning_opens_a_contact_in_hand_with_the_sentence_as_its_draft_in_one_act(desk: Desk, clock: Clock) -> None:
    late_parcel(desk, person(desk), clock)
    entry = only(desk)
    key, _ = desk.morning.start(entry)
    ticket = tickets.ticket(desk.db, key)
    assert ticket is not None
    assert (ticket.status, ticket.topic, ticket.channel) == (Status.ACTIVE, Topic.DELIVERY, Channel.PHONE)
    assert ticket.assignee == (desk.agent.id if desk.agent else None)
    assert desk.read.draft(key) == ("reply", entry.sentence)
    assert kinds(desk) == []
    desk.undo()
    assert tickets.ticket(desk.db, key) is None
    assert desk.read.draft(key) is None
    assert only(desk) == entry


def test_a_promise_begun_stays_until_it_is_kept_and_a_draft_that_is_there_stays_too(desk: Desk, clock: Clock) -> None:
    made, _ = desk.arrive(Channel.PHONE, customer=person(desk))
    promise, _ = desk.promises.make("30분 뒤 전화", made.id)
    desk.save_draft(made.id, "reply", "쓰던 글")
    clock.at = promise.due_at + HOUR
    key, _ = desk.morning.start(only(desk))
    assert key == made.id
    assert desk.read.draft(key) == ("reply", "쓰던 글")
    desk.morning.done(only(desk))
    assert desk.db.execute("SELECT state FROM follow_up").fetchall() == [("kept",)]
    assert kinds(desk) == []


def test_caring_after_an_incident_is_written_where_the_incident_shows_it(desk: Desk, clock: Clock) -> None:
    minji = person(desk)
    touched(desk, minji, clock)
    desk.morning.start(only(desk))
    assert desk.db.execute("SELECT customer_id, cared_at FROM incident_person").fetchall() == [(minji.id, clock())]
