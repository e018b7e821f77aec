import sqlite3

import pytest

from cxdesk.desk import Desk
from cxdesk.domain.moments import DAY
from cxdesk.domain.outcomes import AGAIN, Contact
from cxdesk.domain.records import Customer, Ticket
from cxdesk.domain.words import Channel, Emotion, Language, Topic
from cxdesk.storage import outcomes
from tests.conftest import Clock

LINE = "ko.acknowledge.anger.1"


@pytest.fixture
def minji(desk: Desk) -> Customer:
    customer, edits = desk.people.newcomer("김민지", Language.KO)
    desk.commit("new", edits)
    return customer


def served(desk: Desk, customer: Customer | None, *, line: str | None = LINE) -> Ticket:
    """A contact of somebody angry in which a line was said, settled in a minute."""
    ticket, _ = desk.arrive(Channel.PHONE, customer=customer)
    desk.take([ticket.id])
    desk.feel([ticket.id], Emotion.ANGER)
    desk.reply(ticket.id, "많이 답답하셨지요.", line)
    desk.resolve([ticket.id])
    return ticket


def found(desk: Desk) -> list[Contact]:
    return list(outcomes.contacts(desk.db, desk.clock()))


def test_a_contact_without_a_line_teaches_nothing(desk: Desk, minji: Customer) -> None:
    served(desk, minji, line=None)
    assert found(desk) == []


def test_a_line_said_twice_in_a_contact_is_one_outcome(desk: Desk, minji: Customer) -> None:
    ticket = served(desk, minji)
    desk.reply(ticket.id, "다시 말씀드리면", LINE)
    desk.reply(ticket.id, "내일 도착합니다", "ko.commit.any.1")
    assert sorted(one.line_id for one in found(desk)) == [LINE, "ko.commit.any.1"]


def test_the_feeling_at_the_start_and_at_the_end_and_the_answer_are_told(desk: Desk, minji: Customer) -> None:
    ticket, _ = desk.arrive(Channel.PHONE, customer=minji)
    desk.feel([ticket.id], Emotion.ANGER)
    desk.take([ticket.id])
    desk.reply(ticket.id, "답답하셨지요.", LINE)
    desk.resolve([ticket.id], Emotion.GRATITUDE)
    desk.feedback.record("csat", 5, "친절해요", ticket_id=ticket.id)
    desk.feedback.record("nps", 9, ticket_id=ticket.id)
    assert found(desk) == [Contact(LINE, (("csat", 5), ("nps", 9)), Emotion.ANGER, Emotion.GRATITUDE, None)]


def test_somebody_without_a_name_can_answer_too_but_not_be_known_to_come_again(desk: Desk, clock: Clock) -> None:
    ticket = served(desk, None)
    desk.feedback.record("csat", 2, ticket_id=ticket.id)
    clock.pass_(30 * 86_400)
    served(desk, None, line=None)
    assert found(desk) == [Contact(LINE, (("csat", 2),), Emotion.ANGER, None, None)]


@pytest.mark.parametrize(
    ("days", "topic", "again"),
    [(1, Topic.DELIVERY, True), (6.9, Topic.OTHER, True), (7.1, Topic.DELIVERY, False), (1, Topic.PRAISE, None)],
)
def test_who_comes_again_within_a_week_was_not_helped_unless_it_is_to_praise(
    desk: Desk, minji: Customer, clock: Clock, days: float, topic: Topic, again: bool | None
) -> None:
    served(desk, minji)
    clock.pass_(days * DAY / 1000)
    desk.arrive(Channel.PHONE, customer=minji, topic=topic)
    assert [one.again for one in found(desk)] == [again]


def test_after_a_quiet_week_the_matter_counts_as_settled(desk: Desk, minji: Customer, clock: Clock) -> None:
    served(desk, minji)
    clock.pass_(AGAIN / 1000 - 1)
    assert [one.again for one in found(desk)] == [None]
    clock.pass_(1)
    assert [one.again for one in found(desk)] == [False]


def test_what_was_said_more_than_a_year_ago_is_forgotten(desk: Desk, minji: Customer, clock: Clock) -> None:
    served(desk, minji)
    clock.pass_(366 * 86_400)
    assert found(desk) == []


def test_only_contacts_with_a_line_are_read_and_each_by_an_index(desk: Desk) -> None:
    statements: list[str] = []
    desk.db.set_trace_callback(statements.append)
    found(desk)
    desk.db.set_trace_callback(None)
    steps = [row[3] for sql in statements for row in desk.db.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert any("COVERING INDEX message_line (at>?)" in step for step in steps)
    assert not [step for step in steps if step.startswith("SCAN") and step.split()[1] not in ("said", "s")]


def test_the_rows_are_read_on_a_connection_that_cannot_write(desk: Desk, minji: Customer) -> None:
    served(desk, minji)
    reader = desk.store.reader()
    try:
        assert len(list(outcomes.contacts(reader, desk.clock()))) == 1
        with pytest.raises(sqlite3.OperationalError):
            reader.execute("DELETE FROM message")
    finally:
        reader.close()
