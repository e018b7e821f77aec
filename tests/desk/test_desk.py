import itertools
import json

import pytest

from cxdesk import i18n
from cxdesk.desk import Desk, Refused
from cxdesk.domain.changes import Change, insert
from cxdesk.domain.order import Place
from cxdesk.domain.records import Customer, Purchase, Ticket
from cxdesk.domain.segments import DAY_MS
from cxdesk.domain.words import (
    Channel,
    Emotion,
    Language,
    MessageKind,
    Priority,
    PromiseState,
    Segment,
    Status,
    Topic,
)
from cxdesk.storage import people, search, tickets
from tests.conftest import START, Clock
from tests.looking import operations, shared


def ticket(desk: Desk, key: str) -> Ticket:
    found = tickets.ticket(desk.db, key)
    assert found is not None
    return found


def bodies(desk: Desk, key: str) -> list[str]:
    thread = tickets.thread(desk.db, key)
    assert thread is not None
    return [message.body for message in thread.messages]


@pytest.fixture
def key(desk: Desk) -> str:
    """Somebody who waits."""
    return desk.arrive(Channel.PHONE, said="일주일째 안 와요")[0].id


@pytest.fixture
def minji(desk: Desk) -> Customer:
    customer, also = desk.people.newcomer("김민지 010-1234-5678", Language.KO)
    desk.store.commit(Change("new", also), desk.stamp(), undoable=False)
    return customer


def buys(desk: Desk, customer: Customer, amount: int) -> None:
    key = desk.mint()
    bought = Purchase(key, customer.id, key, "울 니트", amount, "KRW", START - DAY_MS, external_id=key)
    desk.store.commit(Change("buy", (insert(bought),)), desk.stamp(), undoable=False)


# -- who works here


def test_a_new_name_is_a_new_agent_on_duty(desk: Desk) -> None:
    assert desk.sign_in("  박하늘\n")
    assert desk.agent is not None
    assert desk.agent.name == "박하늘"
    assert desk.store.recall("agent") == desk.agent.id
    assert {d.agent.name: d.shift.state for d in people.duties(desk.db) if d.shift} == {"이서준": "on", "박하늘": "on"}


def test_a_known_name_is_the_same_agent_and_stays_on_duty(desk: Desk) -> None:
    before = shared(desk.db)
    assert not desk.sign_in("이서준")
    assert shared(desk.db) == before


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "\n"])
def test_an_empty_name_is_nobody(desk: Desk, name: str) -> None:
    with pytest.raises(Refused, match="no_name"):
        desk.sign_in(name)


def test_nobody_goes_on_duty_without_a_name(desk: Desk) -> None:
    desk.agent = None
    with pytest.raises(Refused, match="no_agent"):
        desk.duty("on")


def test_a_break_with_a_time_is_one_stretch_and_the_way_back_another(desk: Desk, clock: Clock) -> None:
    desk.duty("break", clock() + 600_000)
    clock.pass_(500)
    desk.duty("on")
    rows = [row for (kind, _), row in shared(desk.db).items() if kind == "shift"]
    assert sorted((row["state"], row["ended_at"]) for row in rows if row["ended_at"]) == [
        ("break", clock()),
        ("on", START),
    ]


# -- a contact's way


def test_a_contact_is_numbered_ranked_and_waits(desk: Desk, minji: Customer) -> None:
    buys(desk, minji, 2_000_000)
    made, done = desk.arrive(
        Channel.MAIL, customer=minji, priority=Priority.HIGH, subject="환불\n문의", topic=Topic.REFUND
    )
    assert ticket(desk, made.id) == made
    assert (made.number, made.status, made.segment, made.subject) == (1001, Status.WAITING, Segment.VIP, "환불 문의")
    assert made.rank_at == START - 720_000
    assert done.tickets == (made.id,)
    assert desk.arrive(Channel.VISIT)[0].number == 1002


def test_what_a_stranger_types_cannot_reach_the_terminal_as_anything_but_text(desk: Desk, minji: Customer) -> None:
    evil = "\x1b]52;c;eA==\x07[/][@click=app.quit]\x9b31m\u202e\udc80"
    made, _ = desk.arrive(Channel.CHAT, said=evil, subject=evil)
    desk.reply(made.id, evil)
    desk.hear(made.id, evil)
    desk.people.remember(minji.id, evil)
    desk.people.rename(minji.id, evil)
    desk.toggle_tag([made.id], evil)
    desk.feedback.record("csat", 5, evil, ticket_id=made.id)
    desk.promises.make(f"내일 오후 3시 {evil}", made.id)
    desk.sign_in(evil)
    for row in shared(desk.db).values():
        text = json.dumps(list(row.values()), ensure_ascii=False)
        assert not {"\x1b", "\x9b", "\x07", "\u202e", "\udc80"} & set(text)


def test_the_next_customer_is_whoever_stands_first(desk: Desk, clock: Clock) -> None:
    desk.arrive(Channel.PHONE)
    clock.pass_(60)
    urgent, _ = desk.arrive(Channel.PHONE, priority=Priority.URGENT)
    assert desk.take_next().tickets == (urgent.id,)
    taken = ticket(desk, urgent.id)
    assert desk.agent is not None
    assert (taken.status, taken.assignee, taken.taken_at) == (Status.ACTIVE, desk.agent.id, clock())


def test_when_nobody_waits_there_is_no_next(desk: Desk) -> None:
    with pytest.raises(Refused, match="nobody_waits"):
        desk.take_next()


def test_a_reply_to_somebody_who_waits_begins_to_serve_them(desk: Desk, key: str) -> None:
    done = desk.reply(key, "  불편하셨겠어요  ", "acknowledge.3")
    assert done.change.verb == "reply"
    assert ticket(desk, key).status is Status.ACTIVE
    thread = tickets.thread(desk.db, key)
    assert thread is not None
    assert [(m.kind, m.body, m.script_id) for m in thread.messages][-1] == (
        MessageKind.REPLY,
        "불편하셨겠어요",
        "acknowledge.3",
    )


@pytest.mark.parametrize("body", ["", "  \n ", "\u200b"])
def test_an_empty_answer_is_refused(desk: Desk, key: str, body: str) -> None:
    for say in (desk.reply, desk.note):
        with pytest.raises(Refused, match="empty"):
            say(key, body)


def test_a_hold_into_the_past_is_refused(desk: Desk, key: str, clock: Clock) -> None:
    with pytest.raises(Refused, match="past"):
        desk.hold([key], clock())
    assert desk.hold([key], clock() + 1)


def test_a_hold_that_is_over_comes_back_by_itself_and_not_by_undo(desk: Desk, key: str, clock: Clock) -> None:
    desk.take([key])
    desk.hold([key], clock() + 60_000)
    assert not desk.wake()
    clock.pass_(60)
    assert desk.wake().tickets == (key,)
    assert ticket(desk, key).status is Status.ACTIVE
    assert not desk.wake()


def test_the_feeling_at_the_end_goes_with_resolving_and_comes_back_with_it(desk: Desk, key: str) -> None:
    desk.resolve([key], Emotion.GRATITUDE)
    assert ticket(desk, key).feeling_after is Emotion.GRATITUDE
    desk.undo()
    assert ticket(desk, key).feeling_after is None
    assert ticket(desk, key).status is Status.WAITING


def test_the_same_feeling_again_grows_stronger_and_then_begins_again(desk: Desk, key: str) -> None:
    levels = []
    for _ in range(4):
        desk.feel([key], Emotion.ANGER)
        levels.append(ticket(desk, key).intensity)
    assert levels == [2, 3, 1, 2]
    desk.feel([key], Emotion.ANXIETY)
    assert ticket(desk, key).intensity == 2


def test_a_tag_goes_on_those_that_lack_it_and_off_when_none_lacks_it(desk: Desk, key: str) -> None:
    other = desk.arrive(Channel.PHONE)[0].id

    def tagged() -> list[list[str]]:
        return [[tag.tag for tag in tickets.tags(desk.db, one)] for one in (key, other)]

    desk.toggle_tag([key], "#재발송")
    desk.toggle_tag([key, other], "재발송")
    assert tagged() == [["재발송"], ["재발송"]]
    desk.toggle_tag([key, other], "재발송")
    assert tagged() == [[], []]
    with pytest.raises(Refused, match="empty"):
        desk.toggle_tag([key], " # ")


# -- the customer


def test_saying_who_it_is_changes_segment_and_place(desk: Desk, key: str, minji: Customer) -> None:
    buys(desk, minji, 2_000_000)
    desk.attach(key, minji)
    known = ticket(desk, key)
    assert (known.customer_id, known.segment, known.rank_at) == (minji.id, Segment.VIP, START - 120_000)


def test_a_new_customer_is_made_with_the_ticket_that_brought_them_and_gone_with_one_undo(desk: Desk) -> None:
    before = shared(desk.db)
    customer, also = desk.people.newcomer("최유진 010-9999-1111", Language.KO)
    assert shared(desk.db) == before, "nothing is made before the act"
    made, _ = desk.arrive(Channel.PHONE, customer=customer, also=also)
    assert search.find_customers(desk.db, "1111") == [customer.id]
    assert made.customer_id == customer.id
    desk.undo()
    assert shared(desk.db) == before


def test_a_nameless_line_makes_nobody(desk: Desk) -> None:
    with pytest.raises(Refused, match="no_name"):
        desk.people.newcomer("  ", Language.KO)


def test_what_is_remembered_is_there_at_the_next_glance(desk: Desk, minji: Customer, key: str) -> None:
    desk.people.remember(minji.id, "사이즈: M", key)
    desk.people.remember(minji.id, "포장이 예쁘다고 하심", key)
    memory = people.memory(desk.db, minji.id, desk.clock(), desk.settings.segments)
    assert memory is not None
    assert [(p.key, p.value) for p in memory.preferences] == [("사이즈", "M")]
    assert [(n.body, n.ticket_id) for n in memory.notes] == [("포장이 예쁘다고 하심", key)]
    with pytest.raises(Refused, match="empty"):
        desk.people.remember(minji.id, " ")


def test_a_name_is_corrected_and_an_empty_one_refused(desk: Desk, minji: Customer) -> None:
    desk.people.rename(minji.id, "김민서")
    assert search.find_customers(desk.db, "김민서") == [minji.id]
    assert not desk.people.rename(minji.id, "김민서"), "the same name is no act"
    for who, name in ((minji.id, " "), ("nobody", "김민서")):
        with pytest.raises(Refused, match="no_name"):
            desk.people.rename(who, name)


@pytest.mark.parametrize(("scale", "value"), [("csat", 0), ("csat", 6), ("nps", 11), ("ces", 8), ("stars", 1)])
def test_an_answer_outside_its_scale_is_refused_with_the_scale(desk: Desk, key: str, scale: str, value: int) -> None:
    with pytest.raises(Refused, match="out_of_scale") as refusal:
        desk.feedback.record(scale, value, ticket_id=key)
    assert set(refusal.value.values) == {"low", "high"}


def test_an_answer_within_its_scale_is_kept(desk: Desk, key: str) -> None:
    for scale, value in (("csat", 5), ("nps", 0), ("ces", 7)):
        assert desk.feedback.record(scale, value, "친절해요", ticket_id=key)


# -- promises


def test_a_promise_past_due_sorts_above_everything(desk: Desk, key: str, clock: Clock) -> None:
    late, _ = desk.promises.make("내일 오전 10시 전화", key)
    far, _ = desk.promises.make("모레 오후 3시 전화", key)
    soon, _ = desk.promises.make("내일 오후 3시 메일", key)
    clock.at = late.due_at + 1
    assert [one.promise.id for one in desk.promises.board()] == [late.id, soon.id, far.id]
    assert tickets.promises_due(desk.db, clock()) == 1


def test_a_promise_belongs_to_the_ticket_and_its_customer(desk: Desk, minji: Customer) -> None:
    made = desk.arrive(Channel.PHONE, customer=minji)[0]
    promise, _ = desk.promises.make("내일 오후 3시 전화", made.id)
    assert (promise.customer_id, promise.ticket_id, promise.what) == (minji.id, made.id, "전화")
    assert desk.promises.board()[0].name == "김민지"


def test_a_promise_is_kept_broken_or_moved(desk: Desk, key: str) -> None:
    first, _ = desk.promises.make("내일 오후 3시 전화", key)
    desk.promises.move(first, "모레 오후 3시")
    second = desk.promises.board()[0].promise
    assert second.what == "전화"
    desk.promises.settle(second, PromiseState.KEPT)
    assert desk.promises.board() == ()
    desk.undo()
    desk.undo()
    assert [one.promise.id for one in desk.promises.board()] == [first.id]


@pytest.mark.parametrize("text", ["", "나중에 전화", "최대한 빨리"])
def test_words_without_a_time_are_no_promise(desk: Desk, key: str, text: str) -> None:
    with pytest.raises(Refused, match="no_time"):
        desk.promises.make(text, key)
    promise, _ = desk.promises.make("내일 오후 3시 전화", key)
    with pytest.raises(Refused, match="no_time"):
        desk.promises.move(promise, text)


# -- why here


def test_the_place_in_the_queue_is_explained_by_parts_that_add_up(desk: Desk, minji: Customer, clock: Clock) -> None:
    buys(desk, minji, 2_000_000)
    made = desk.arrive(Channel.PHONE, customer=minji, priority=Priority.HIGH)[0]
    clock.pass_(180)
    found = desk.place_of(made.id)
    assert found == Place(waited=180, for_priority=600, for_segment=120)
    assert found.total == 900
    assert clock() - 1000 * found.total == ticket(desk, made.id).rank_at


def test_the_queue_stands_in_the_order_of_the_explained_totals(desk: Desk, minji: Customer, clock: Clock) -> None:
    buys(desk, minji, 2_000_000)
    for customer, priority in itertools.product((None, minji), Priority):
        desk.arrive(Channel.PHONE, customer=customer, priority=priority)
        clock.pass_(90)
    ids = dict(desk.read.sections(desk.agent))
    totals = [desk.place_of(key).total for keys in ids.values() for key in keys]
    assert len(totals) == 6
    assert totals == sorted(totals, reverse=True)


# -- words for everything that can be refused, skipped or taken back


def standing(desk: Desk, status: Status) -> str:
    """A ticket in that state, made the way an agent would."""
    key = desk.arrive(Channel.PHONE, undoable=False)[0].id
    match status:
        case Status.ACTIVE:
            desk.take([key])
        case Status.PENDING:
            desk.hold([key], None)
        case Status.RESOLVED:
            desk.resolve([key])
        case Status.ABANDONED:
            desk.left([key])
    assert ticket(desk, key).status is status
    return key


@pytest.mark.parametrize("status", list(Status))
def test_every_reason_for_leaving_a_ticket_alone_has_words(desk: Desk, status: Status) -> None:
    ids = [standing(desk, status)]
    verbs = (desk.take, desk.resolve, desk.reopen, desk.left, lambda ids: desk.hold(ids, None))
    for verb in verbs:
        for _, code in verb(ids).skipped:
            assert all(f"skipped.{code}" in i18n.catalogue(language) for language in Language), code
        if ticket(desk, ids[0]).status is not status:
            desk.undo()


def test_every_event_of_a_ticket_has_words(desk: Desk, key: str, clock: Clock) -> None:
    desk.take([key])
    desk.hold([key], clock() + 1000)
    clock.pass_(1)
    desk.wake()
    desk.hold([key], None)
    desk.hear(key, "네")
    desk.resolve([key])
    desk.reopen([key])
    desk.left([key])
    thread = tickets.thread(desk.db, key)
    assert thread is not None
    codes = [json.loads(m.body)["code"] for m in thread.messages if m.kind is MessageKind.EVENT]
    assert codes == ["taken", "held", "woken", "held", "woken", "resolved", "reopened", "left"]
    for code in {*codes} - {"held"} | {"held_until", "held_for_reply"}:
        assert all(f"event.{code}" in i18n.catalogue(language) for language in Language), code


def test_everything_said_stays_in_the_order_it_was_said(desk: Desk, key: str, clock: Clock) -> None:
    for number in range(3):
        clock.pass_(1)
        desk.note(key, f"메모 {number}")
    assert bodies(desk, key) == ["일주일째 안 와요", "메모 0", "메모 1", "메모 2"]


def test_a_choice_of_the_shop_is_kept_and_undone(desk: Desk) -> None:
    desk.choose("theme", '"light"')
    desk.choose("theme", '"dark"')
    desk.undo()
    assert desk.db.execute("SELECT value FROM setting").fetchall() == [('"light"',)]
    made = len(operations(desk.db))
    assert not desk.choose("theme", '"light"')
    assert len(operations(desk.db)) == made
