"""Whom an incident touches, and what is done for each of them."""

import pytest

from cxdesk.desk import Desk, Refused
from cxdesk.desk.affected import Affected
from cxdesk.domain.afterwards import Incident
from cxdesk.domain.moments import DAY, HOUR
from cxdesk.storage import touched
from tests.conftest import START
from tests.desk.crisis import buy, come, know, opened


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
