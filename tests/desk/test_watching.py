"""What so many ask about that it begs for an incident, and the top line."""

from cxdesk.desk import Desk
from cxdesk.domain.incidents import Alert
from cxdesk.domain.moments import DAY, MINUTE
from cxdesk.domain.words import Topic
from tests.conftest import START, Clock
from tests.desk.crisis import buy, come, know, opened


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
