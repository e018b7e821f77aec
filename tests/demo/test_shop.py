from collections import Counter
from itertools import pairwise

import pytest

from cxdesk.demo.book import summary_of
from cxdesk.demo.catalogue import BY_NAME, CATALOGUE
from cxdesk.demo.knowing import DOUBLES
from cxdesk.demo.shop import PEOPLE, Shop, build, fill
from cxdesk.domain.changes import apply
from cxdesk.domain.evidence import Rules as Evidence
from cxdesk.domain.inert import inert
from cxdesk.domain.likeness import Reason, Surety, compare
from cxdesk.domain.moments import DAY, HOUR
from cxdesk.domain.records import Purchase, Row, as_row, from_row
from cxdesk.domain.segments import Rules, stand
from cxdesk.domain.suggesting import suggest
from cxdesk.domain.words import (
    Channel,
    Emotion,
    Language,
    MessageKind,
    PromiseState,
    PurchaseState,
    Segment,
    Status,
    Topic,
)
from cxdesk.hangul.phone import read_phone
from tests.demo.desk_in_memory import NOW, minter


@pytest.fixture(scope="module")
def shop() -> Shop:
    return build(7, NOW, minter())


@pytest.fixture(scope="module", params=["ko", "en"])
def either(request: pytest.FixtureRequest) -> Shop:
    return build(11, NOW, minter(), Language(request.param))


def test_the_same_seed_makes_an_equal_shop(shop: Shop) -> None:
    assert build(7, NOW, minter()) == shop


def test_another_seed_makes_another_shop(shop: Shop) -> None:
    other = build(8, NOW, minter())
    assert [c.name for c in other.customers] != [c.name for c in shop.customers]


def test_the_shop_moves_with_the_moment_it_is_made_for(shop: Shop) -> None:
    later = build(7, NOW + 90 * DAY, minter())
    assert [t.arrived_at - later.now for t in later.tickets] == [t.arrived_at - shop.now for t in shop.tickets]


def test_it_has_people_and_a_history(shop: Shop) -> None:
    assert len(shop.customers) == PEOPLE + DOUBLES
    assert len(CATALOGUE) == 60
    assert 1200 < len(shop.purchases) < 2400
    assert 500 < len(shop.tickets) < 750
    assert len(shop.preferences) > 100
    assert len(shop.notes) > 100
    assert len(shop.quotes) > 80
    assert len(shop.feedback) > 80
    assert [agent.name for agent in shop.agents] == ["이서준", "박하윤", "Emma Clarke"]


@pytest.mark.parametrize("seed", [1, 2])
def test_every_segment_is_there_whatever_the_seed(seed: int) -> None:
    made = build(seed, NOW, minter())
    bought: dict[str, list[Purchase]] = {}
    for purchase in made.purchases:
        bought.setdefault(purchase.customer_id or "", []).append(purchase)
    found = Counter(stand(summary_of(bought.get(c.id, [])), NOW, Rules()).segment for c in made.customers)
    assert min(found[segment] for segment in Segment) >= 8, found


def test_seven_in_ten_have_korean_names_and_the_rest_speak_english(either: Shop) -> None:
    korean = [c for c in either.customers[:PEOPLE] if c.language is Language.KO]
    assert 0.6 < len(korean) / PEOPLE < 0.8
    assert all("가" <= c.name[0] <= "힣" for c in korean)
    assert all(c.name.isascii() for c in either.customers if c.language is Language.EN)
    assert any(c.name.startswith("남궁") for c in korean)
    assert any(c.name.startswith("제갈") for c in korean)


def test_nobody_real_can_be_reached(either: Shop) -> None:
    for identity in either.identities:
        if identity.kind == "phone":
            phone = read_phone(identity.shown)
            assert phone is not None
            assert (phone.digits, phone.pretty()) == (identity.value, identity.shown)
            assert identity.value.startswith("0100"), "no Korean mobile number begins with 010-0"
        else:
            assert identity.value.rpartition("@")[2] in ("example.com", "example.kr")
    assert len({(i.kind, i.value) for i in either.identities}) == len(either.identities) - DOUBLES


def test_every_record_survives_the_database_and_the_sanitiser(either: Shop) -> None:
    for chapter in either.chapters:
        for record in chapter:
            row = as_row(record)
            assert from_row(type(record), row) == record
            assert all(inert(value) == value for value in row.values() if isinstance(value, str)), row


def test_every_reference_is_to_something_that_is_there(either: Shop) -> None:
    there = {record.id for chapter in either.chapters for record in chapter}
    assert len(there) == sum(len(chapter) for chapter in either.chapters)
    for chapter in either.chapters:
        for record in chapter:
            row = as_row(record)
            for column in ("customer_id", "ticket_id", "agent_id", "assignee", "amends"):
                assert row.get(column) is None or row[column] in there, (column, row)


def test_no_external_id_comes_twice(either: Shop) -> None:
    keys = [(p.source, p.external_id) for p in either.purchases]
    assert len(set(keys)) == len(keys)
    assert all(external for _, external in keys)
    assert len({c.external_id for c in either.customers}) == PEOPLE + DOUBLES


def test_everything_past_is_past_and_in_order(either: Shop) -> None:
    now = either.now
    for t in either.tickets:
        moments = [t.arrived_at, t.waiting_since, t.taken_at, t.resolved_at or t.abandoned_at, now]
        known = [at for at in moments if at is not None]
        assert known == sorted(known), t
        assert (t.taken_at is not None) is (t.status in (Status.ACTIVE, Status.PENDING, Status.RESOLVED))
        assert (t.resolved_at is not None) is (t.status is Status.RESOLVED)
        assert (t.abandoned_at is not None) is (t.status is Status.ABANDONED)
        assert (t.feeling_after is not None) is (t.status is Status.RESOLVED)
        assert (t.intensity == 0) is (t.emotion is Emotion.NEUTRAL)
        assert t.taken_at is None or t.assignee is not None
    assert all(p.ordered_at <= now for p in either.purchases)
    assert all(m.at <= now for m in either.messages)
    assert all(q.told_at <= now for q in either.quotes)
    assert all(f.at <= now for f in either.feedback)
    assert all(n.created_at <= now for n in either.notes)
    assert all(p.noted_at <= now for p in either.preferences)


def test_a_ticket_speaks_in_the_order_of_its_moves(either: Shop) -> None:
    said: dict[str, list[tuple[int, MessageKind, str]]] = {}
    for message in either.messages:
        said.setdefault(message.ticket_id, []).append((message.at, message.kind, message.body))
    for t in either.tickets:
        thread = sorted(said[t.id])
        assert thread[0][:2] == (t.arrived_at, MessageKind.CUSTOMER)
        codes = [body.split('"')[3] for _, kind, body in thread if kind is MessageKind.EVENT]
        allowed = {
            Status.RESOLVED: (["taken", "resolved"], ["taken", "resolved", "reopened", "taken", "resolved"]),
            Status.ABANDONED: (["left"],),
            Status.WAITING: ([],),
            Status.ACTIVE: (["taken"],),
            Status.PENDING: (["taken", "held"],),
        }[t.status]
        assert codes in [list(some) for some in allowed], thread


def test_an_agent_serves_one_customer_at_a_time(shop: Shop) -> None:
    again = {m.ticket_id for m in shop.messages if '"reopened"' in m.body}
    assert len(again) < 20
    for agent in shop.agents:
        spans = sorted(
            (t.taken_at or 0, t.resolved_at or 0)
            for t in shop.tickets
            if t.assignee == agent.id and t.status is Status.RESOLVED and t.id not in again
        )
        assert len(spans) > 100
        assert all(end <= start for (_, end), (start, _) in pairwise(spans))


def test_service_takes_as_long_as_its_topic_needs(shop: Shop) -> None:
    def median(topic: Topic) -> float:
        spans = sorted(
            t.resolved_at - t.taken_at for t in shop.tickets if t.topic is topic and t.taken_at and t.resolved_at
        )
        return spans[len(spans) // 2] / 60_000

    assert median(Topic.PRAISE) < median(Topic.DELIVERY) < median(Topic.DEFECT)
    assert all(1 < median(topic) < 15 for topic in Topic)


def test_contacts_are_numbered_in_the_order_they_came(either: Shop) -> None:
    numbers = [t.number for t in sorted(either.tickets, key=lambda t: t.arrived_at)]
    assert numbers == list(range(1001, 1001 + len(either.tickets)))


def test_quotes_came_true_about_as_often_as_they_claim(shop: Shop) -> None:
    settled = [q for q in shop.quotes if q.waited is not None]
    inside = sum(q.low <= (q.waited or 0) <= q.high for q in settled) / len(settled)
    assert 0.7 < inside < 0.95
    assert all(0 < q.low <= q.expected <= q.high for q in shop.quotes)


def test_orders_of_the_last_weeks_are_in_every_state_and_some_are_late(either: Shop) -> None:
    lately = [p for p in either.purchases if p.ordered_at > either.now - 30 * DAY]
    assert {p.state for p in lately} == set(PurchaseState)
    late = [p for p in lately if p.state is PurchaseState.SHIPPING and p.ordered_at < either.now - 4 * DAY]
    assert len(late) >= 4


def test_promises_are_open_overdue_kept_broken_and_moved(either: Shop) -> None:
    now = either.now
    states = Counter(f.state for f in either.follow_ups)
    assert set(states) == set(PromiseState)
    opened = [f for f in either.follow_ups if f.state is PromiseState.OPEN]
    assert [f.agent_id for f in opened if f.due_at < now] == [either.me]
    assert any(now < f.due_at < now + HOUR for f in opened)
    for f in either.follow_ups:
        assert f.made_at < f.due_at
        assert (f.done_at is None) is (f.state is PromiseState.OPEN)
        assert f.done_at is None or f.done_at <= now
        assert f.state is not PromiseState.KEPT or (f.done_at or 0) <= f.due_at


def test_two_are_on_duty_and_one_is_back_soon(either: Shop) -> None:
    now = either.now
    open_shifts = {s.agent_id: s for s in either.shifts if s.ended_at is None}
    assert sorted(s.state for s in open_shifts.values()) == ["break", "on", "on"]
    assert open_shifts[either.me].state == "on"
    (away,) = (s for s in open_shifts.values() if s.state == "break")
    assert 0 < (away.planned_until or 0) - now < 10 * 60_000


def test_the_queue_that_waits_has_one_of_each(either: Shop) -> None:
    waiting = [t for t in either.tickets if t.status is Status.WAITING]
    people = {c.id: c for c in either.customers}
    assert 5 <= len(waiting) <= 8
    assert len({t.waiting_since for t in waiting}) == len(waiting)
    assert [t.segment for t in waiting].count(Segment.VIP) == 1
    assert sum(t.quoted_until is not None and t.quoted_until < either.now for t in waiting) == 1
    assert [t.channel for t in waiting if t.customer_id is None] == [Channel.VISIT]
    assert [t.channel for t in waiting].count(Channel.MAIL) == 1
    assert {people[t.customer_id].language for t in waiting if t.customer_id} == set(Language)
    assert all(t.id in either.guests for t in either.tickets if t.resolved_at is None and t.abandoned_at is None)


def test_history_speaks_both_languages_in_many_voices(shop: Shop) -> None:
    people = {c.id: c.language for c in shop.customers}
    first: dict[str, str] = {}
    for message in sorted(shop.messages, key=lambda m: m.at):
        first.setdefault(message.ticket_id, message.body)
    for language, least in ((Language.KO, 120), (Language.EN, 60)):
        texts = {first[t.id] for t in shop.tickets if people.get(t.customer_id or "") is language}
        assert len(texts) >= least
    assert {t.emotion for t in shop.tickets} == set(Emotion)
    assert {t.topic for t in shop.tickets} == set(Topic)


def test_nothing_is_left_to_fill_in(either: Shop) -> None:
    bodies = [m.body for m in either.messages if m.kind is not MessageKind.EVENT] + [n.body for n in either.notes]
    assert not [body for body in bodies if "{" in body or "}" in body or "  " in body]


def test_its_changes_can_be_carried_out_and_taken_back(shop: Shop) -> None:
    world: dict[tuple[str, str], Row] = {}
    changes = list(fill(shop))
    assert 2 <= len(changes) <= 6
    for change in changes:
        apply(world, change.edits)
    assert len(world) == sum(len(chapter) for chapter in shop.chapters)
    for change in reversed(changes):
        apply(world, change.inverse().edits)
    assert not world


def test_somebody_at_the_desk_is_in_the_file_twice_and_the_finder_knows(either: Shop) -> None:
    doubles = either.customers[PEOPLE:]
    reach = {(i.kind, i.value): i.customer_id for i in reversed(either.identities)}
    known = {c.id: c for c in either.customers}
    numbers = {i.customer_id: i for i in either.identities[-DOUBLES:]}
    owners = [known[reach[numbers[double.id].kind, numbers[double.id].value]] for double in doubles]
    for owner, double in zip(owners, doubles, strict=True):
        number = numbers[double.id]
        likeness = compare(owner, double, (Reason(number.kind, number.shown),))
        assert likeness is not None
        assert likeness.surety is Surety.SURE, (owner.name, double.name)
    waiting = {t.customer_id for t in either.tickets if t.status in (Status.WAITING, Status.ACTIVE, Status.PENDING)}
    assert any(owner.id in waiting for owner in owners)
    assert any(c.customer_id in waiting and not c.allowed for c in either.consents)
    assert any(day.customer_id in waiting and not day.lunar for day in either.special_days)


def test_some_order_the_same_again_and_some_things_leave_together(either: Shop) -> None:
    bought: dict[str, list[Purchase]] = {}
    for purchase in reversed(either.purchases):
        bought.setdefault(purchase.customer_id or "", []).append(purchase)
    due = [one for history in bought.values() for one in suggest(history, (), (), frozenset(), either.now, Evidence())]
    assert len(due) >= 5
    korean = {name: product.names[Language.KO] for (_, name), product in BY_NAME.items()}
    baskets: dict[str, set[str]] = {}
    for purchase in either.purchases:
        if purchase.amount > 0:
            baskets.setdefault(purchase.order_no, set()).add(korean[purchase.product])
    assert sum({"찻주전자", "찻잔 두 개 세트"} <= basket for basket in baskets.values()) >= 5
