"""One cause behind many tickets: linking them, the clock of the next word, the end and the report."""

import pytest

from cxdesk.desk import Desk, Refused
from cxdesk.desk.phrases import Phrases
from cxdesk.domain.incidents import Form, Pace, due_at, pace
from cxdesk.domain.moments import HOUR, MINUTE
from cxdesk.domain.words import Language
from cxdesk.storage import incidents as stored
from tests.conftest import START, Clock
from tests.desk.crisis import SORRY, buy, come, know, opened
from tests.looking import shared


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


def test_a_clock_that_was_set_back_grants_no_hours(desk: Desk, clock: Clock) -> None:
    incident = opened(desk)
    desk.incidents.approve(incident.id, Form.WRITE, Language.KO, SORRY)
    clock.at -= 3 * HOUR
    told = desk.incidents.get(incident.id)
    assert due_at(told, clock(), desk.incidents.rhythm) == clock() + 30 * MINUTE
    assert desk.incidents.report(told).lasted == 0
    desk.incidents.end(incident.id)
    assert desk.incidents.get(incident.id).closed_at == START


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


def test_whoever_asks_about_the_same_later_is_found_and_linked(desk: Desk, clock: Clock) -> None:
    minji, seojun = know(desk, "김민지"), know(desk, "박서준")
    buy(desk, minji)
    incident = opened(desk, come(desk))
    clock.pass_(60)
    mine, other = come(desk, minji), come(desk, seojun)
    assert desk.incidents.alike(incident) == (mine.id,), "the other has not bought the product"
    desk.incidents.link(incident.id, desk.incidents.alike(incident))
    assert desk.incidents.view(incident.id).alike == 0
    assert desk.incidents.of(other.id) is None


def test_whoever_was_merged_is_marked_once_as_who_they_are_now(desk: Desk) -> None:
    customer, twin = know(desk, "김민지"), know(desk, "Minji Kim")
    incident = opened(desk, come(desk, customer))
    desk.merging.merge(customer.id, twin.id)
    desk.incidents.touching.mark(incident.id, twin.id, "told")
    desk.incidents.touching.mark(incident.id, customer.id, "cared")
    [person] = desk.db.execute("SELECT customer_id, told_at IS NULL, cared_at IS NULL FROM incident_person").fetchall()
    assert person == (customer.id, 0, 0)
    desk.incidents.touching.mark(incident.id, twin.id, "told")
    assert desk.db.execute("SELECT told_at FROM incident_person").fetchall() == [(None,)]
