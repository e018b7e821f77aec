from pathlib import Path

import pytest

from cxdesk.desk import Desk, Refused
from cxdesk.desk.hearing import Hearing
from cxdesk.domain.changes import Change, insert
from cxdesk.domain.records import Agent, Shift, Ticket
from cxdesk.domain.words import Channel, Emotion
from tests.conftest import START, Clock


def served(desk: Desk, emotion: Emotion, presses: int = 2, said: str = "") -> Ticket:
    """A contact from its arrival to its end; a feeling pressed twice is a strong one."""
    made, _ = desk.arrive(Channel.PHONE, said=said)
    desk.take([made.id])
    for _ in range(presses):
        desk.feel([made.id], emotion)
    desk.resolve([made.id])
    return made


@pytest.fixture
def colleague(desk: Desk) -> None:
    """Somebody else on duty."""
    edits = (insert(Agent("a2", "박하윤")), insert(Shift("s2", "a2", "on", START)))
    desk.store.commit(Change("new", edits), desk.stamp(), undoable=False)


def test_a_break_is_offered_after_three_hard_contacts(desk: Desk, clock: Clock) -> None:
    for _ in range(2):
        served(desk, Emotion.ANGER)
    assert not desk.caring.break_due()
    served(desk, Emotion.ANGER)
    assert desk.caring.break_due()
    clock.pass_(3 * 3600)
    assert not desk.caring.break_due()


def test_a_break_is_offered_at_once_after_abuse(desk: Desk, tmp_path: Path) -> None:
    desk.listening.begin(Hearing.load(packs=tmp_path))
    served(desk, Emotion.NEUTRAL, said="야 이 씨발 개새끼야")
    assert desk.caring.break_due()
    assert desk.caring.this_week() == ((START, True),)


def test_a_contact_that_is_opened_again_by_undo_is_not_over(desk: Desk) -> None:
    served(desk, Emotion.ANGER)
    assert len(desk.caring.this_week()) == 1
    desk.undo()
    assert desk.caring.this_week() == ()


@pytest.mark.usefixtures("colleague")
def test_after_two_hard_contacts_an_angry_customer_is_left_to_a_colleague(desk: Desk, clock: Clock) -> None:
    for _ in range(2):
        served(desk, Emotion.ANGER)
    angry, _ = desk.arrive(Channel.PHONE)
    desk.feel([angry.id], Emotion.ANGER)
    clock.pass_(60)
    calm, _ = desk.arrive(Channel.PHONE)
    done = desk.take_next()
    assert (done.tickets, done.because) == ((calm.id,), "spared")


@pytest.mark.usefixtures("colleague")
def test_nobody_is_passed_over_for_long(desk: Desk, clock: Clock) -> None:
    for _ in range(2):
        served(desk, Emotion.ANGER)
    angry, _ = desk.arrive(Channel.PHONE)
    desk.feel([angry.id], Emotion.ANGER)
    clock.pass_(desk.settings.care.spread + 61)
    desk.arrive(Channel.PHONE)
    done = desk.take_next()
    assert (done.tickets, done.because) == ((angry.id,), "")


def test_who_is_alone_serves_everybody(desk: Desk) -> None:
    for _ in range(2):
        served(desk, Emotion.ANGER)
    angry, _ = desk.arrive(Channel.PHONE)
    desk.feel([angry.id], Emotion.ANGER)
    desk.arrive(Channel.PHONE)
    assert desk.take_next().tickets == (angry.id,)


def test_kindnesses_of_the_week_are_for_everybody(desk: Desk, clock: Clock) -> None:
    desk.caring.kindness("따뜻한 차를 두고 가셨다")
    clock.pass_(8 * 86_400)
    ticket, _ = desk.arrive(Channel.VISIT)
    desk.caring.kindness("기다리시며 먼저 웃어 주셨다", ticket.id)
    assert [(kind.body, agent) for kind, agent, _ in desk.caring.kindnesses()] == [
        ("기다리시며 먼저 웃어 주셨다", "이서준")
    ]
    desk.undo()
    assert desk.caring.kindnesses() == ()
    with pytest.raises(Refused, match="empty"):
        desk.caring.kindness("  ")


def test_what_was_hard_is_in_no_operation(desk: Desk) -> None:
    served(desk, Emotion.ANGER)
    assert desk.db.execute("SELECT count(*) FROM outbox WHERE ent = 'hard_contact'").fetchone() == (0,)
