"""Asking customers how it was, and bringing their answers in."""

from pathlib import Path

import pytest

from cxdesk.desk import Desk, Refused
from cxdesk.domain.changes import Change, insert
from cxdesk.domain.feedback import Scale
from cxdesk.domain.records import Customer, Feedback, Purchase, Ticket
from cxdesk.domain.words import Channel, Emotion, Language, Topic
from cxdesk.imports.reasons import ImportRefused
from cxdesk.storage.rows import fetch_all
from tests.conftest import Clock

DAY = 86_400


def someone(desk: Desk, who: str = "김민지 010-1234-5678", lang: Language = Language.KO) -> Customer:
    customer, edits = desk.people.newcomer(who, lang)
    desk.store.commit(Change("new", edits), desk.stamp(), undoable=False)
    return customer


def resolved(desk: Desk, customer: Customer | None, feeling: Emotion | None = Emotion.NEUTRAL) -> Ticket:
    ticket, _ = desk.arrive(Channel.PHONE, customer=customer, topic=Topic.DELIVERY, undoable=False)
    desk.take([ticket.id])
    desk.resolve([ticket.id], feeling)
    return desk.ticket(ticket.id)


def test_after_a_contact_satisfaction_is_asked_in_the_customers_language_and_not_again_for_a_month(
    desk: Desk, clock: Clock
) -> None:
    ticket = resolved(desk, someone(desk, "Emma Clarke", Language.EN))
    assert desk.feedback.due(ticket.id).scale is Scale.CSAT
    sentence, done = desk.feedback.ask(ticket.id)
    assert sentence.startswith("Emma Clarke, how satisfied")
    assert done
    clock.pass_(29 * DAY)
    assert desk.feedback.due(ticket.id).why == "lately"
    with pytest.raises(Refused, match="ask_lately"):
        desk.feedback.ask(ticket.id)
    clock.pass_(DAY)
    assert desk.feedback.ask(customer_id=ticket.customer_id, scale="nps")


def test_an_answer_counts_as_having_been_asked_and_undo_takes_it_back(desk: Desk) -> None:
    ticket = resolved(desk, someone(desk))
    desk.feedback.record("csat", 5, "친절해요", ticket_id=ticket.id)
    assert desk.feedback.due(ticket.id).why == "lately"
    desk.undo()
    assert desk.feedback.due(ticket.id).scale is Scale.CSAT


def test_who_came_twice_about_the_same_is_asked_how_easy_it_was(desk: Desk) -> None:
    customer = someone(desk)
    resolved(desk, customer)
    again = resolved(desk, customer)
    assert (desk.feedback.due(again.id).scale, desk.feedback.due(again.id).contacts) == (Scale.CES, 2)


def test_a_reopened_contact_took_effort_too(desk: Desk) -> None:
    ticket = resolved(desk, someone(desk))
    desk.reopen([ticket.id])
    desk.resolve([ticket.id], Emotion.NEUTRAL)
    assert desk.feedback.due(ticket.id).scale is Scale.CES


def test_nobody_is_asked_in_anger_nor_with_a_promise_open_nor_against_their_word(desk: Desk) -> None:
    assert desk.feedback.due(resolved(desk, someone(desk, "가"), Emotion.ANGER).id).why == "angry"
    waiting = resolved(desk, someone(desk, "나"))
    desk.promises.make("내일 오후 3시 전화", waiting.id)
    assert desk.feedback.due(waiting.id).why == "promised"
    quiet = resolved(desk, someone(desk, "다"))
    assert quiet.customer_id is not None
    desk.people.consent(quiet.customer_id, "contact", allowed=False)
    assert desk.feedback.due(quiet.id).why == "no_contact"
    with pytest.raises(Refused, match="no_contact"):
        desk.feedback.ask(quiet.id)
    with pytest.raises(Refused, match="ask_nobody"):
        desk.feedback.ask(resolved(desk, None).id)


def test_the_contact_that_was_just_resolved_is_at_hand_until_its_customer_was_asked(desk: Desk, clock: Clock) -> None:
    ticket = resolved(desk, someone(desk))
    found = desk.feedback.just_resolved()
    assert found is not None
    assert found.id == ticket.id
    desk.feedback.ask(ticket.id)
    assert desk.feedback.just_resolved() is None
    desk.undo()
    clock.pass_(11 * 60)
    assert desk.feedback.just_resolved() is None


def test_figures_are_of_the_days_that_were_asked_for(desk: Desk, clock: Clock) -> None:
    ticket = resolved(desk, someone(desk))
    desk.feedback.record("csat", 1, ticket_id=ticket.id)
    clock.pass_(40 * DAY)
    for value in (5, 5, 4, 3, 5):
        desk.feedback.record("csat", value, "좋아요", ticket_id=ticket.id)
    csat, ces, nps = desk.feedback.scores(30)
    assert (csat.n, csat.share) == (5, 0.8)
    assert (ces.n, nps.n) == (0, 0)
    assert desk.feedback.scores(60)[0].n == 6
    assert [name for _, name in desk.feedback.comments()] == ["김민지"] * 5


def table(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "answers.csv"
    path.write_text(text, encoding=encoding)
    return path


def test_answers_come_in_by_telephone_mail_order_and_ticket_and_a_second_time_change_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    customer = someone(desk, "김민지 010-1234-5678 minji@example.com")
    ticket = resolved(desk, customer)
    bought = Purchase("p1", customer.id, "20260901-77", "울 니트", 59000, "KRW", 0)
    desk.store.commit(Change("buy", (insert(bought),)), desk.stamp(), undoable=False)
    path = table(
        tmp_path,
        "고객,척도,점수,의견,응답일시\n"
        "010-1234-5678,CSAT,5점,좋아요,2026-09-01 10:00\n"
        "minji@example.com,nps,10,,2026-09-02 10:00\n"
        f"#{ticket.number},ces,6,,2026-09-03 10:00\n"
        "20260901-77,만족도,4,,2026-09-04 10:00\n",
        "cp949",
    )
    brought = desk.feedback.bring(path)
    assert (len(brought.answers), brought.same, brought.rejected) == (4, 0, [])
    kept = fetch_all(desk.db, Feedback, "1 ORDER BY at")
    assert [(one.scale, one.value) for one in kept] == [("csat", 5), ("nps", 10), ("ces", 6), ("csat", 4)]
    assert {one.customer_id for one in kept} == {customer.id}
    assert kept[2].ticket_id == ticket.id
    again = desk.feedback.bring(path)
    assert (len(again.answers), again.same, bool(again.done)) == (0, 4, False)
    desk.undo()
    assert not fetch_all(desk.db, Feedback, "1")


def test_a_line_that_cannot_be_taken_is_named_with_row_column_and_reason(desk: Desk, tmp_path: Path) -> None:
    someone(desk)
    path = table(
        tmp_path,
        "phone,scale,value,comment,time\n"
        "010-1234-5678,csat,6,,2026-09-01\n"
        "010-9999-0000,csat,5,,2026-09-01\n"
        "010-1234-5678,stars,5,,2026-09-01\n"
        "010-1234-5678,csat,five,,2026-09-01\n"
        "010-1234-5678,csat,5,,yesterday\n"
        "010-1234-5678,csat,5,,2036-09-01\n"
        ",csat,5,,2026-09-01\n"
        "010-1234-5678,csat,5,=1+1,2026-09-01\n",
    )
    brought = desk.feedback.bring(path)
    assert [(one.row, one.code, one.values.get("column")) for one in brought.rejected] == [
        (2, "out_of_scale", "value"),
        (3, "unknown_customer", None),
        (4, "unknown_scale", "scale"),
        (5, "out_of_scale", "value"),
        (6, "bad_date", "time"),
        (7, "bad_time", "time"),
        (8, "nobody", None),
    ]
    assert len(brought.answers) == 1
    assert brought.rejects is not None
    assert "010-9999-0000" in brought.rejects.read_text("utf-8-sig")


def test_a_column_may_be_the_scale(desk: Desk, tmp_path: Path) -> None:
    someone(desk)
    path = table(tmp_path, "phone,CSAT,NPS,date\n010-1234-5678,5,9,2026-09-01\n010-1234-5678,,3,2026-09-02\n")
    brought = desk.feedback.bring(path)
    assert [(one.scale, one.value) for one in brought.answers] == [("csat", 5), ("nps", 9), ("nps", 3)]


def test_two_people_of_one_number_are_nobody(desk: Desk, tmp_path: Path) -> None:
    someone(desk)
    someone(desk, "박서준 010-1234-5678")
    brought = desk.feedback.bring(table(tmp_path, "phone,value,time\n010-1234-5678,5,2026-09-01\n"))
    assert [one.code for one in brought.rejected] == ["unknown_customer"]


@pytest.mark.parametrize("header", ["name,value,time", "phone,comment,time", "phone,value,comment"])
def test_a_file_without_a_who_a_what_or_a_when_is_refused(desk: Desk, tmp_path: Path, header: str) -> None:
    with pytest.raises(ImportRefused, match="no_column"):
        desk.feedback.bring(table(tmp_path, f"{header}\na,5,b\n"))
