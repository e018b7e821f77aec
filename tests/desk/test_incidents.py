"""One cause behind many tickets: linking them, speaking of it in time, telling everybody, and the end of it."""

from zoneinfo import ZoneInfo

import pytest

from cxdesk.desk import Desk, Refused
from cxdesk.desk.affected import Affected
from cxdesk.desk.announcing import Why
from cxdesk.desk.look import look
from cxdesk.desk.phrases import Phrases
from cxdesk.domain.afterwards import Incident
from cxdesk.domain.changes import insert
from cxdesk.domain.incidents import Alert, EntryKind, Form, Pace, due_at, pace
from cxdesk.domain.moments import DAY, HOUR, MINUTE
from cxdesk.domain.records import Customer, Purchase, Ticket
from cxdesk.domain.words import Channel, Language, MessageKind, Status, Topic
from cxdesk.storage import incidents as stored
from cxdesk.storage import people, tickets, touched
from tests.conftest import START, Clock
from tests.looking import shared

SORRY = "{{ customer.name }} 고객님, 송장이 바뀌어 붙었습니다."
SORRY_EN = "{{ customer.name | first }}, the labels were swapped."


@pytest.fixture(scope="module")
def phrases() -> Phrases:
    return Phrases(ZoneInfo("Asia/Seoul"))


def know(desk: Desk, name: str, language: Language = Language.KO) -> Customer:
    customer, edits = desk.people.newcomer(name, language)
    desk.commit("new", edits, undoable=False)
    return customer


def come(desk: Desk, who: Customer | None = None, channel: Channel = Channel.CHAT) -> Ticket:
    return desk.arrive(channel, customer=who, topic=Topic.DELIVERY, said="다른 옷이 왔어요", undoable=False)[0]


def buy(desk: Desk, who: Customer, product: str = "린넨 셔츠", at: int = START - DAY, option: str = "M") -> None:
    key = desk.mint()
    bought = Purchase(key, who.id, key, product, 39_000, "KRW", at, option=option, external_id=key)
    desk.commit("buy", (insert(bought),), undoable=False)


def opened(desk: Desk, *found: Ticket) -> Incident:
    return desk.incidents.begin("오배송", Topic.DELIVERY, "린넨 셔츠", [one.id for one in found])[0]


def replies(desk: Desk, ticket: Ticket) -> list[str]:
    thread = tickets.thread(desk.db, ticket.id)
    assert thread is not None
    return [message.body for message in thread.messages if message.kind is MessageKind.REPLY]


def drafted(desk: Desk, incident: Incident, language: Language = Language.KO) -> str:
    candid = desk.incidents.candid
    return candid.draft(incident, Form.WRITE, language, candid.promised(incident, language))


# -- opening and linking


def test_an_incident_is_opened_with_its_tickets_in_one_act(desk: Desk) -> None:
    one, two = come(desk), come(desk)
    before = shared(desk.db)
    incident = opened(desk, one, two)
    assert desk.incidents.of(one.id) == desk.incidents.of(two.id) == incident
    assert desk.incidents.view(incident.id).tickets == {"waiting": 2}
    desk.undo()
    assert shared(desk.db) == before


def test_a_title_is_needed(desk: Desk) -> None:
    with pytest.raises(Refused, match="empty"):
        desk.incidents.begin(" \n")


def test_a_ticket_of_another_open_incident_stays_there_unless_it_is_moved(desk: Desk) -> None:
    one, two = come(desk), come(desk)
    first, second = opened(desk, one), opened(desk, two)
    done = desk.incidents.link(second.id, [one.id, two.id])
    assert done.skipped == ((one.id, "linked_elsewhere"), (two.id, "linked_already"))
    assert desk.incidents.of(one.id) == first
    moved = desk.incidents.link(second.id, [one.id], move=True)
    assert moved.tickets == (one.id,)
    assert desk.incidents.of(one.id) == second
    desk.undo()
    assert desk.incidents.of(one.id) == first


def test_a_ticket_of_an_incident_that_is_over_can_belong_to_a_new_one(desk: Desk) -> None:
    one = come(desk)
    over = opened(desk, one)
    desk.incidents.end(over.id, anyway=True)
    assert desk.incidents.of(one.id) is None
    new = opened(desk, one)
    assert desk.incidents.of(one.id) == new
    desk.incidents.resume(over.id)
    assert desk.incidents.of(one.id) == new, "it belongs to at most one that goes on"


def test_linking_what_does_not_exist_does_nothing(desk: Desk) -> None:
    incident = opened(desk)
    before = shared(desk.db)
    with pytest.raises(Refused, match="no_ticket"):
        desk.incidents.link(incident.id, ["nowhere"])
    with pytest.raises(Refused, match="no_incident"):
        desk.incidents.link("nowhere", [])
    assert shared(desk.db) == before


def test_a_ticket_can_be_taken_out_again(desk: Desk) -> None:
    one = come(desk)
    opened(desk, one)
    assert desk.incidents.unlink([one.id]).tickets == (one.id,)
    assert desk.incidents.of(one.id) is None


# -- the words


def test_an_approved_wording_is_offered_first_and_the_crisis_lines_after_it(desk: Desk, phrases: Phrases) -> None:
    one, other = come(desk, know(desk, "김민지")), come(desk, know(desk, "박서준"))
    incident = opened(desk, one)
    seen = look(desk, phrases, one.id)
    assert seen is not None
    assert seen.offers[0].line.when == "crisis"
    desk.incidents.approve(incident.id, Form.WRITE, Language.KO, SORRY)
    seen = look(desk, phrases, one.id)
    assert seen is not None
    assert seen.offers[0].text == "김민지 고객님, 송장이 바뀌어 붙었습니다."
    assert seen.offers[1].line.when == "crisis"
    assert len(seen.offers) <= 9
    elsewhere = look(desk, phrases, other.id)
    assert elsewhere is not None
    assert all(offer.line.when != "crisis" for offer in elsewhere.offers)


def test_somebody_unknown_hears_the_same_without_a_name(desk: Desk, phrases: Phrases) -> None:
    one = come(desk)
    incident = opened(desk, one)
    desk.incidents.approve(incident.id, Form.WRITE, Language.KO, SORRY)
    seen = look(desk, phrases, one.id)
    assert seen is not None
    assert seen.offers[0].text == "송장이 바뀌어 붙었습니다."
    assert desk.incidents.candid.notice(incident.id, Language.KO) == "송장이 바뀌어 붙었습니다."


def test_a_wording_with_a_blank_or_a_broken_template_cannot_be_approved(desk: Desk) -> None:
    incident = opened(desk)
    for body, code in (
        ("", "empty"),
        ("{? 무슨 일 ?} 죄송합니다", "incident_blank"),
        ("{{ customer.age }}", "bad_line"),
    ):
        with pytest.raises(Refused, match=code):
            desk.incidents.approve(incident.id, Form.WRITE, Language.KO, body)


def test_a_word_starts_the_clock_again(desk: Desk, clock: Clock) -> None:
    incident = opened(desk)
    assert incident.next_word_at == START + 15 * MINUTE
    clock.pass_(600)
    desk.incidents.approve(incident.id, Form.WRITE, Language.KO, SORRY)
    told = desk.incidents.get(incident.id)
    by = (START + 40 * MINUTE) // (5 * MINUTE) * 5 * MINUTE
    assert (told.first_word_at, told.next_word_at) == (START + 10 * MINUTE, by), "a time that people say"
    clock.pass_(1800)
    due = due_at(told, clock(), desk.incidents.rhythm)
    assert due is not None
    assert pace(due, clock()) is Pace.LATE


def test_the_checklist_makes_the_draft_and_what_is_not_answered_stays_a_blank(desk: Desk) -> None:
    incident = opened(desk)
    desk.incidents.answer(incident.id, "happened", Language.KO, "송장이 바뀌었습니다.")
    draft = drafted(desk, incident)
    assert "송장이 바뀌었습니다\n" in draft
    assert "{? 확인된 것은 무엇인가요 ?}" in draft
    assert "이서준" in draft
    assert "송장" not in drafted(desk, incident, Language.EN), "answers are in a language"
    desk.incidents.answer(incident.id, "happened", Language.KO, "")
    assert "송장" not in drafted(desk, incident)


def test_by_when_the_next_word_comes_can_be_said_in_words_and_holds(desk: Desk, clock: Clock) -> None:
    incident = opened(desk)
    desk.incidents.answer(incident.id, "next", Language.KO, "내일 오전 9시")
    candid = desk.incidents.candid
    by = candid.promised(incident, Language.KO)
    assert "다음 소식은 내일 오전 9시까지" in drafted(desk, incident)
    clock.pass_(1)
    desk.incidents.approve(incident.id, Form.WRITE, Language.KO, SORRY, by)
    told = desk.incidents.get(incident.id)
    assert due_at(told, clock(), desk.incidents.rhythm) == by
    assert candid.promised(told, Language.KO) < START + 40 * MINUTE, "the answer was for the word before"
    with pytest.raises(Refused, match="past"):
        desk.incidents.approve(incident.id, Form.WRITE, Language.KO, SORRY, START)


def test_a_clock_that_was_set_back_grants_no_hours(desk: Desk, clock: Clock) -> None:
    incident = opened(desk)
    desk.incidents.approve(incident.id, Form.WRITE, Language.KO, SORRY)
    clock.at -= 3 * HOUR
    told = desk.incidents.get(incident.id)
    assert due_at(told, clock(), desk.incidents.rhythm) == clock() + 30 * MINUTE
    assert desk.incidents.report(told).lasted == 0
    desk.incidents.end(incident.id)
    assert desk.incidents.get(incident.id).closed_at == START


def test_the_shops_own_checklist_is_used_and_a_broken_one_is_named(desk: Desk) -> None:
    own = desk.store.path.parent / "incidents"
    own.mkdir()
    frame = '[[check]]\nid = "a"\nask = "무엇?"\n[word]\nwrite = "{? a ?} 쓰기"\nspeak = "말하기"\n'
    (own / "ko.toml").write_text(frame, "utf-8")
    (own / "en.toml").write_text("[[check]]\nid = 3\n", "utf-8")
    candid = desk.incidents.candid
    assert drafted(desk, opened(desk)) == "{? 무엇 ?} 쓰기"
    assert len(candid.texts[Language.EN].checks) == 6
    assert [path for path, _ in candid.problems] == [str(own / "en.toml")]


# -- telling everybody


def test_everybody_who_can_read_it_is_told_in_their_language_and_one_undo_takes_it_back(
    desk: Desk, phrases: Phrases
) -> None:
    chat, mail = come(desk, know(desk, "김민지")), come(desk, know(desk, "Emma Clarke", Language.EN), Channel.MAIL)
    phone, stranger = come(desk, know(desk, "박서준"), Channel.PHONE), come(desk)
    incident = opened(desk, chat, mail, phone, stranger)
    desk.incidents.approve(incident.id, Form.WRITE, Language.KO, SORRY)
    rows = desk.incidents.announcing.preview(incident, phrases)
    assert [row.why for row in rows] == [None, Why.NO_WORDING, Why.ALOUD, None]
    desk.incidents.approve(incident.id, Form.WRITE, Language.EN, SORRY_EN)
    rows = desk.incidents.announcing.preview(incident, phrases)
    before = shared(desk.db)
    done = desk.incidents.announcing.tell(incident.id, rows)
    assert done.tickets == (chat.id, mail.id, stranger.id)
    assert replies(desk, chat) == ["김민지 고객님, 송장이 바뀌어 붙었습니다."]
    assert replies(desk, mail) == ["Emma, the labels were swapped."]
    assert replies(desk, stranger) == ["송장이 바뀌어 붙었습니다."]
    assert replies(desk, phone) == []
    assert desk.ticket(chat.id).status is Status.WAITING, "they keep their place in the queue"
    again = desk.incidents.announcing.preview(incident, phrases)
    assert [row.why for row in again] == [Why.HEARD, Why.HEARD, Why.ALOUD, Why.HEARD]
    assert desk.incidents.view(incident.id).report.told == 2
    desk.undo()
    assert shared(desk.db) == before


def test_a_wording_that_asks_for_what_is_not_known_of_somebody_is_not_sent_to_them(
    desk: Desk, phrases: Phrases
) -> None:
    minji, seojun = know(desk, "김민지"), know(desk, "박서준")
    buy(desk, minji)
    one, two = come(desk, minji), come(desk, seojun)
    incident = opened(desk, one, two)
    desk.incidents.approve(incident.id, Form.WRITE, Language.KO, "{{ purchase.product }} 일로 죄송합니다.")
    rows = desk.incidents.announcing.preview(incident, phrases)
    assert [(row.text, row.why) for row in rows] == [("린넨 셔츠 일로 죄송합니다.", None), ("", Why.UNFILLED)]


# -- whom it touches


def found_by_rules(desk: Desk, incident: Incident) -> list[str]:
    rules = touched.reaches(desk.db, incident.id)
    found, after = [], None
    while page := touched.reached(desk.db, incident.id, rules, after, 2):
        found += [key for key, _ in page]
        after = page[-1][1]
    return found


def test_people_are_found_by_what_they_bought_when_and_of_which_batch(desk: Desk) -> None:
    who = [know(desk, name) for name in ("김민지", "박서준", "최유진", "정하늘", "윤도현")]
    for n, one in enumerate(who):
        buy(desk, one, at=START - n * DAY, option=f"M LOT-{n % 2}")
        buy(desk, one, at=START - n * DAY + HOUR, option="S")
    incident = opened(desk, come(desk, who[0]))
    desk.incidents.touching.reach(incident.id, "린넨 셔츠", START - 3 * DAY, START + 1)
    assert found_by_rules(desk, incident) == [who[3].id, who[2].id, who[1].id], (
        "each once, and not who came by themselves"
    )
    assert desk.incidents.view(incident.id).report.people == 4
    desk.incidents.touching.reach(incident.id, "린넨 셔츠", option="lot-0")
    assert found_by_rules(desk, incident) == [who[3].id, who[2].id, who[1].id, who[4].id]
    with pytest.raises(Refused, match="no_range"):
        desk.incidents.touching.reach(incident.id, "린넨 셔츠", START, START)


def test_whoever_wants_no_contact_is_not_told_unless_they_came_themselves(desk: Desk) -> None:
    minji, seojun = know(desk, "김민지"), know(desk, "박서준")
    for one in (minji, seojun):
        desk.people.consent(one.id, "contact", allowed=False)
    incident = opened(desk, come(desk, minji))
    desk.incidents.touching.mark(incident.id, minji.id, "told")
    with pytest.raises(Refused, match="no_contact"):
        desk.incidents.touching.mark(incident.id, seojun.id, "told")
    assert [one.customer_id for one in touched.persons(desk.db, incident.id)] == [minji.id]


def test_everybody_a_rule_finds_is_told_at_once_but_for_those_who_want_no_contact(desk: Desk) -> None:
    who = [know(desk, name) for name in ("김민지", "박서준", "최유진", "정하늘")]
    for one in who:
        buy(desk, one)
    desk.people.consent(who[1].id, "contact", allowed=False)
    incident = opened(desk, come(desk, who[0]))
    desk.incidents.touching.reach(incident.id, "린넨 셔츠")
    (rule,) = desk.incidents.view(incident.id).reaches
    desk.incidents.touching.told_all(rule)
    assert desk.incidents.report(incident).told == 2
    people = Affected(desk, incident.id)
    while people.more():
        pass
    told = {one.customer.name: one.told_at is not None for one in people.found}
    assert told == {"김민지": False, "박서준": False, "최유진": True, "정하늘": True}
    desk.incidents.touching.mark(incident.id, who[2].id, "told")
    assert desk.incidents.report(incident).told == 2, "nobody is counted twice"
    (rule,) = desk.incidents.view(incident.id).reaches
    desk.incidents.touching.told_all(rule)
    assert desk.incidents.report(incident).told == 1


def test_what_was_done_for_somebody_is_one_key_and_taken_back_by_it(desk: Desk) -> None:
    minji = know(desk, "김민지")
    incident = opened(desk, come(desk, minji))
    for what in ("told", "cared", "asked"):
        desk.incidents.touching.mark(incident.id, minji.id, what)
    report = desk.incidents.report(incident)
    assert (report.told, report.cared, report.asked) == (1, 1, 1)
    desk.incidents.touching.mark(incident.id, minji.id, "cared")
    assert desk.incidents.report(incident).cared == 0


def test_two_who_become_one_person_are_one_person_of_the_incident(desk: Desk) -> None:
    minji, again = know(desk, "김민지"), know(desk, "김민지")
    incident = opened(desk, come(desk, minji), come(desk, again))
    for one in (minji, again):
        desk.incidents.touching.mark(incident.id, one.id, "told")
    desk.merging.merge(minji.id, again.id)
    report = desk.incidents.report(incident)
    assert (report.people, report.told) == (1, 1)


# -- the end


def test_ending_with_open_tickets_says_how_many_and_can_be_done_anyway(desk: Desk, clock: Clock) -> None:
    one = come(desk)
    incident = opened(desk, one)
    with pytest.raises(Refused, match="open_tickets") as refusal:
        desk.incidents.end(incident.id)
    assert refusal.value.values == {"n": 1}
    desk.resolve([one.id])
    clock.pass_(60)
    desk.incidents.end(incident.id)
    over = desk.incidents.get(incident.id)
    assert (over.closed_at, over.next_word_at) == (START + MINUTE, None)
    with pytest.raises(Refused, match="incident_over"):
        desk.incidents.approve(incident.id, Form.WRITE, Language.KO, SORRY)
    assert people.customer(desk.db, "nobody") is None


def test_the_report_says_how_it_went(desk: Desk, clock: Clock, phrases: Phrases) -> None:
    one = come(desk, know(desk, "김민지"))
    incident = opened(desk, one)
    clock.pass_(12 * 60)
    desk.incidents.approve(incident.id, Form.WRITE, Language.KO, SORRY)
    desk.incidents.approve(incident.id, Form.SPEAK, Language.KO, SORRY)
    clock.pass_(60)
    desk.incidents.announcing.tell(incident.id, desk.incidents.announcing.preview(incident, phrases))
    clock.pass_(45 * 60)
    desk.incidents.approve(incident.id, Form.WRITE, Language.KO, "원인을 찾았습니다.")
    desk.resolve([one.id])
    desk.incidents.end(incident.id)
    report = desk.incidents.report(desk.incidents.get(incident.id))
    assert (report.first_word, report.first_told) == (12 * MINUTE, 13 * MINUTE)
    assert (report.kept, report.updates) == (1, 2), "one for ear and eye together, and one that came late"
    assert (report.tickets, report.still_open, report.people, report.told) == (1, 0, 1, 1)
    kinds = [entry.item or entry.kind for entry in stored.entries(desk.db, incident.id)]
    assert kinds == ["opened", "write.ko", "speak.ko", "told", "write.ko", "closed"]
    assert EntryKind.NOTE not in kinds


# -- what begs for one


def test_a_burst_is_noticed_against_the_same_hour_of_earlier_weeks(desk: Desk, clock: Clock) -> None:
    minji = know(desk, "김민지")
    for week in range(4):
        clock.at = START - (4 - week) * 7 * DAY - 10 * MINUTE
        come(desk, minji)
    buy(desk, minji, at=START - 2 * DAY)
    clock.at = START
    found = [come(desk, minji) for _ in range(7)]
    desk.incidents.watching.look()
    burst = desk.incidents.watching.burst
    assert burst is not None
    assert burst.tickets == tuple(one.id for one in found)
    assert desk.alert == Alert(burst=(Topic.DELIVERY, "린넨 셔츠", 7))
    incident = opened(desk, *found)
    assert desk.alert == Alert(incident, 1), "it has become an incident"


def test_the_top_line_is_quiet_again_when_it_is_over(desk: Desk) -> None:
    incident = opened(desk)
    desk.incidents.end(incident.id)
    assert desk.alert is None


def test_a_young_desk_does_not_know_what_is_usual(desk: Desk) -> None:
    for _ in range(9):
        come(desk)
    desk.incidents.watching.look()
    assert desk.alert is None
