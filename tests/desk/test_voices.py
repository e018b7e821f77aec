"""The voice of the customer from the first word to the day everybody knows what was changed."""

from dataclasses import replace

import pytest

from cxdesk.desk import Desk, Refused
from cxdesk.domain.afterwards import Horizon, ImprovementState, Theme, ThemeStage, Voice
from cxdesk.domain.changes import Change, insert
from cxdesk.domain.levels import Trend
from cxdesk.domain.records import Customer, Purchase
from cxdesk.domain.timeline import EventKind
from cxdesk.domain.voice_views import Page
from cxdesk.domain.voices import Said
from cxdesk.domain.words import Channel, Emotion, Language, PurchaseState, Topic
from cxdesk.storage import dossier, timeline
from cxdesk.storage.rows import fetch_all
from tests.conftest import Clock
from tests.desk.test_feedback import DAY, someone

THIN = ("포장이 얇아서 그릇이 깨져 왔어요", "그릇 포장이 너무 얇아요", "깨진 그릇이 왔어요. 포장을 두껍게 해 주세요")


def say(
    desk: Desk, body: str, customer: Customer | None = None, topic: Topic = Topic.DEFECT, severity: int = 2
) -> Theme:
    theme, _ = desk.voices.record(Said(body, topic, "", severity, customer.id if customer else None))
    return theme


def look(desk: Desk, theme: Theme) -> Page:
    page = desk.voices.page(theme.id)
    assert page is not None
    return page


def test_voices_alike_gather_under_the_first_and_another_topic_keeps_apart(desk: Desk) -> None:
    first = say(desk, THIN[0])
    assert [say(desk, body).id for body in THIN[1:]] == [first.id, first.id]
    other = say(desk, THIN[1], topic=Topic.DELIVERY)
    assert other.id != first.id
    assert [len(column) for column in desk.voices.board().columns.values()] == [2, 0, 0, 0]
    desk.undo()
    assert len(desk.voices.board().cards) == 1


def test_of_a_ticket_the_last_words_the_purchase_and_the_feeling_are_there_already(desk: Desk, clock: Clock) -> None:
    customer = someone(desk)
    bought = Purchase(
        "p", customer.id, "1", "도자기 컵", 9000, "KRW", clock() - DAY * 3000, state=PurchaseState.DELIVERED
    )
    desk.store.commit(Change("buy", (insert(bought),)), desk.stamp(), undoable=False)
    ticket, _ = desk.arrive(Channel.CHAT, customer=customer, topic=Topic.DEFECT, said="안녕하세요", undoable=False)
    desk.hear(ticket.id, "컵이 깨져 왔어요")
    desk.feel([ticket.id], Emotion.ANGER)
    desk.feel([ticket.id], Emotion.ANGER)
    said = desk.voices.said_in(desk.ticket(ticket.id))
    assert said == Said("컵이 깨져 왔어요", Topic.DEFECT, "도자기 컵", 3, customer.id, ticket.id)


def test_one_voice_for_each_of_several_tickets(desk: Desk) -> None:
    tickets = [
        desk.arrive(Channel.CHAT, customer=someone(desk, name), undoable=False)[0] for name in ("가", "나", "다")
    ]
    said = replace(desk.voices.said_in(tickets[0], THIN[0]), topic=Topic.DEFECT)
    theme, done = desk.voices.record(said, [ticket.id for ticket in tickets])
    voices = fetch_all(desk.db, Voice, "theme_id = ?", theme.id)
    assert {voice.customer_id for voice in voices} == {ticket.customer_id for ticket in tickets}
    assert len(done.tickets) == 3


def test_a_voice_can_be_kept_apart_moved_and_split_off_and_themes_joined(desk: Desk) -> None:
    theme = say(desk, THIN[0])
    say(desk, THIN[1])
    apart, _ = desk.voices.record(Said(THIN[2], Topic.DEFECT), theme_id="")
    assert apart.id != theme.id
    (voice,) = fetch_all(desk.db, Voice, "theme_id = ?", apart.id)
    desk.voices.move(voice, theme.id)
    assert len(look(desk, theme).voices) == 3, "the theme it left had nothing else"
    assert look(desk, apart).card.theme.id == theme.id
    made, _ = desk.voices.split([v for v, _ in look(desk, theme).voices if v.id == voice.id])
    assert (len(look(desk, theme).voices), len(look(desk, made).voices)) == (2, 1)
    with pytest.raises(Refused, match="split_all"):
        desk.voices.split([v for v, _ in look(desk, made).voices])
    desk.voices.why(made.id, "종이 한 장만 넣는다")
    desk.voices.why(theme.id, "상자가 크다")
    desk.voices.join(made.id, theme.id)
    page = look(desk, theme)
    assert [(why.place, why.body) for why in page.whys] == [(1, "상자가 크다"), (2, "종이 한 장만 넣는다")]
    with pytest.raises(Refused, match="same_theme"):
        desk.voices.join(made.id, theme.id)
    for _ in range(8):
        desk.undo()
    assert not desk.voices.board().cards


def test_why_is_asked_five_times(desk: Desk) -> None:
    theme = say(desk, THIN[0])
    for n in range(5):
        desk.voices.why(theme.id, f"까닭 {n}")
    with pytest.raises(Refused, match="enough_whys"):
        desk.voices.why(theme.id, "또")
    desk.voices.forget_why(look(desk, theme).whys[-1])
    assert len(look(desk, theme).whys) == 4


def test_nothing_is_told_before_something_was_changed(desk: Desk) -> None:
    theme = say(desk, THIN[0], someone(desk))
    for _ in range(2):
        desk.voices.step(theme.id, 1)
    with pytest.raises(Refused, match="nothing_changed"):
        desk.voices.step(theme.id, 1)
    desk.voices.improve(theme.id, "칸막이 넣기, 금요일까지", Horizon.SHORT)
    ((work, owner),) = look(desk, theme).work
    assert (work.what, owner, work.due_at is not None) == ("칸막이 넣기", "이서준", True)
    with pytest.raises(Refused, match="nothing_changed"):
        desk.voices.tell(theme.id, look(desk, theme).listeners[0].customer_id)
    desk.voices.settle(work, ImprovementState.DONE)
    desk.voices.step(theme.id, 1)
    assert look(desk, theme).card.theme.stage is ThemeStage.SHARE


def test_a_change_past_its_date_is_late_on_the_board_until_it_is_done(desk: Desk, clock: Clock) -> None:
    theme = say(desk, THIN[0])
    desk.voices.improve(theme.id, "칸막이 넣기, 내일까지", Horizon.SHORT)
    assert not desk.voices.board().cards[0].late
    clock.pass_(3 * DAY)
    assert desk.voices.board().cards[0].late
    desk.voices.settle(look(desk, theme).work[0][0], ImprovementState.DONE)
    assert not desk.voices.board().cards[0].late
    with pytest.raises(Refused, match="past_time"):
        desk.voices.improve(theme.id, "칸막이 넣기, 어제까지", Horizon.SHORT)


def changed(desk: Desk, theme: Theme, what: str = "칸막이 넣기") -> None:
    desk.voices.improve(theme.id, what, Horizon.SHORT)
    desk.voices.settle(look(desk, theme).work[0][0], ImprovementState.DONE)


def test_everybody_is_told_once_in_their_language_what_they_said_and_what_was_changed(desk: Desk) -> None:
    minji, emma = someone(desk), someone(desk, "Emma Clarke", Language.EN)
    theme = say(desk, THIN[0], minji)
    desk.voices.record(Said("Bowl broken", Topic.DEFECT, customer_id=emma.id), theme_id=theme.id)
    say(desk, THIN[1], minji)
    assert [one.body for one in look(desk, theme).listeners] == ["", ""]
    changed(desk, theme)
    words = {one.name: one.body for one in look(desk, theme).listeners}
    assert words["김민지"].startswith("김민지 고객님, 방금 “그릇 포장이 너무 얇아요”")
    assert "칸막이 넣기" in words["김민지"]
    assert words["Emma Clarke"].startswith("Hello Emma Clarke, you told us just now: “Bowl broken”")
    desk.voices.word(theme.id, minji.id, "민지 고객님, 칸막이를 넣었어요")
    desk.voices.tell(theme.id, minji.id)
    (first, second) = look(desk, theme).listeners
    assert (first.name, second.body) == ("Emma Clarke", "민지 고객님, 칸막이를 넣었어요")
    assert second.told_at is not None
    assert look(desk, theme).told == 1
    with pytest.raises(Refused, match="told_already"):
        desk.voices.tell(theme.id, minji.id)
    desk.undo()
    assert look(desk, theme).told == 0


def test_who_wants_no_contact_is_not_told_and_who_wants_no_offers_hears_of_none(desk: Desk) -> None:
    quiet, thrifty = someone(desk, "가"), someone(desk, "나")
    theme = say(desk, THIN[0], quiet)
    say(desk, THIN[1], thrifty)
    changed(desk, theme)
    desk.people.consent(quiet.id, "contact", allowed=False)
    desk.people.consent(thrifty.id, "marketing", allowed=False)
    assert {one.name: one.no for one in look(desk, theme).listeners} == {"가": "contact", "나": None}
    with pytest.raises(Refused, match="no_contact"):
        desk.voices.tell(theme.id, quiet.id)
    with pytest.raises(Refused, match="no_marketing"):
        desk.voices.tell(theme.id, thrifty.id, "바꾸었어요. 할인 쿠폰도 드려요")
    assert desk.voices.tell(theme.id, thrifty.id)


def test_a_theme_that_is_done_comes_back_when_somebody_says_it_again(desk: Desk) -> None:
    theme = say(desk, THIN[0])
    changed(desk, theme)
    for _ in range(4):
        desk.voices.step(theme.id, 1)
    assert not desk.voices.board().cards
    say(desk, THIN[1])
    (card,) = desk.voices.board().cards
    assert (card.theme.id, card.theme.stage) == (theme.id, ThemeStage.COLLECT)


def test_a_burst_is_rising_once_four_weeks_are_known(desk: Desk, clock: Clock) -> None:
    theme = say(desk, THIN[0])
    assert look(desk, theme).card.level.trend is Trend.UNKNOWN
    clock.pass_(60 * DAY)
    for body in (*THIN, *THIN):
        say(desk, body)
    card = look(desk, theme).card
    assert (card.level.trend, card.level.count, card.weight.voices) == (Trend.RISING, 6, 7)


def test_effort_is_one_to_five_and_makes_a_quick_win(desk: Desk) -> None:
    customers = [someone(desk, name) for name in "가나다라마바사아"]
    for customer in customers:
        theme = say(desk, THIN[0], customer, severity=3)
    assert not look(desk, theme).card.quick
    desk.voices.rate(theme.id, 2)
    assert look(desk, theme).card.quick
    with pytest.raises(Refused, match="out_of_scale"):
        desk.voices.rate(theme.id, 6)


def test_what_somebody_said_is_part_of_their_story(desk: Desk) -> None:
    customer = someone(desk)
    say(desk, THIN[0], customer)
    desk.feedback.record("csat", 4, "좋아요", customer_id=customer.id)
    kinds = [event.kind for event in timeline.timeline(desk.db, customer.id, None, 10)]
    assert kinds == [EventKind.FEEDBACK, EventKind.VOICE]
    found = dossier.dossier(desk.db, customer.id)
    assert found["voice"][0]["body"] == THIN[0]
    assert found["feedback_ask"] == found["telling"] == []


def test_a_voice_of_somebody_who_is_merged_and_parted_again_is_theirs_again(desk: Desk) -> None:
    one, other = someone(desk, "김민지"), someone(desk, "Minji Kim")
    theme = say(desk, THIN[0], other)
    changed(desk, theme)
    merge = desk.merging.merge(one.id, other.id)
    assert [one.name for one in look(desk, theme).listeners] == ["김민지"]
    desk.voices.tell(theme.id, one.id)
    row = next(edit.row for edit in merge.change.edits if edit.kind == "merge" and hasattr(edit, "row"))
    desk.merging.part(row["id"])
    (listener,) = look(desk, theme).listeners
    assert (listener.name, listener.told_at is not None) == ("Minji Kim", True)


@pytest.mark.parametrize("body", ["", "   ", "\n"])
def test_no_words_are_no_voice(desk: Desk, body: str) -> None:
    with pytest.raises(Refused, match="empty"):
        say(desk, body)
