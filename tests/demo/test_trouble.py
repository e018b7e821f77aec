"""What goes wrong at the demo's shop: seven people within minutes, and an incident of a while ago with its report."""

import pytest

from cxdesk.demo.shop import Shop, build
from cxdesk.demo.trouble import Trouble
from cxdesk.domain.afterwards import Incident, IncidentEntry, IncidentPerson, IncidentTicket
from cxdesk.domain.incident_report import report
from cxdesk.domain.moments import HOUR, MINUTE
from cxdesk.domain.words import Topic
from tests.demo.desk_in_memory import NOW, minter


@pytest.fixture(scope="module")
def shop() -> Shop:
    return build(7, NOW, minter())


def test_seven_who_wait_for_a_parcel_come_within_minutes_and_nobody_twice(shop: Shop) -> None:
    trouble, here, came = Trouble(1, shop), {shop.customers[0].id}, []
    for now in range(NOW, NOW + 10 * MINUTE, 1000):
        for arrival in trouble.step(now, here):
            came.append((now, arrival.spec))
            here.add(str(arrival.spec.customer_id))
    assert len({spec.customer_id for _, spec in came}) == 7
    assert {spec.topic for _, spec in came} == {Topic.DELIVERY}
    assert came[-1][0] - came[0][0] < 4 * MINUTE
    assert shop.customers[0].id not in {spec.customer_id for _, spec in came}


def test_a_demo_that_was_closed_meanwhile_is_not_overrun_when_it_is_opened_again(shop: Shop) -> None:
    assert list(Trouble(1, shop).step(NOW + HOUR, set())) == []


def test_the_incident_of_a_while_ago_has_a_report_worth_reading(shop: Shop) -> None:
    (past,) = (record for record in shop.aftermath if isinstance(record, Incident))
    links = [record for record in shop.aftermath if isinstance(record, IncidentTicket)]
    entries = [record for record in shop.aftermath if isinstance(record, IncidentEntry)]
    persons = [record for record in shop.aftermath if isinstance(record, IncidentPerson)]
    topics = {ticket.topic for ticket in shop.tickets if ticket.id in {link.ticket_id for link in links}}
    assert topics == {past.topic}
    found = report(past, entries, {"resolved": len(links)}, len(persons), persons, (), 0, None, NOW)
    assert (found.first_word, found.kept, found.updates, found.lasted) == (9 * MINUTE, 2, 3, 5 * HOUR)
    assert found.told == found.people
    assert found.still_open == 0
