"""What one row adds, also when it is odd."""

from collections import Counter
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cxdesk.domain import facts
from cxdesk.domain.facts import FEELINGS, Days, Ending, mood_bin, moods
from cxdesk.domain.moments import DAY, HOUR
from cxdesk.domain.records import Quote, Ticket, as_row
from cxdesk.domain.words import Channel, Emotion, Segment, Status, Topic

SEOUL = Days(ZoneInfo("Asia/Seoul"))
FRIDAY = 1_790_298_000_000
"""25 September 2026, 10:00 in Seoul."""


def row(**more: Any) -> dict[str, Any]:
    ticket = Ticket("t1", 1, Channel.PHONE, FRIDAY, FRIDAY, FRIDAY, "c1", Topic.DELIVERY, segment=Segment.VIP)
    return as_row(ticket) | more


def kinds(found: Any) -> Counter[str]:
    return Counter(fact[1] for fact in found)


def test_a_contact_that_waits_has_come_and_nothing_else() -> None:
    found = list(facts.contact(row(), SEOUL))
    assert kinds(found) == {"hour": 1, "touch": 1, "arrived": 5}
    day, hour = SEOUL.of(FRIDAY)
    assert (day, "hour", "", hour) in found
    assert hour == 24 * 4 + 10
    assert {fact[2] for fact in found if fact[1] == "arrived"} == {"", "c:phone", "t:delivery", "g:vip", "s:purchase"}


def test_a_contact_that_ended_says_how() -> None:
    resolved = {"status": Status.RESOLVED, "taken_at": FRIDAY + HOUR, "resolved_at": FRIDAY + 2 * HOUR}
    for more, ending in (
        ({}, Ending.OPEN),
        (resolved, Ending.UNSAID),
        (resolved | {"feeling_after": "gratitude"}, Ending.WELL),
        (resolved | {"feeling_after": "anger"}, Ending.HURT),
        ({"status": Status.ABANDONED, "abandoned_at": FRIDAY + HOUR}, Ending.LEFT),
    ):
        touch = next(fact for fact in facts.contact(row(**more), SEOUL) if fact[1] == "touch")
        assert touch[2:] == ("phone/delivery", ending)


def test_nobody_s_name_stands_in_any_fact() -> None:
    found = list(facts.contact(row(assignee="a1", taken_at=FRIDAY, resolved_at=FRIDAY + HOUR), SEOUL))
    assert not [fact for fact in found if "a1" in fact[2] or "c1" in fact[2]]


@pytest.mark.parametrize("start", FEELINGS)
@pytest.mark.parametrize("end", FEELINGS)
def test_two_feelings_are_one_number_and_back(start: Emotion | None, end: Emotion | None) -> None:
    assert moods(mood_bin(start, end)) == (start, end)


def test_a_word_from_another_program_is_counted_as_not_known() -> None:
    assert moods(mood_bin("joy", "anger")) == (None, Emotion.ANGER)
    promise = {"state": "forgiven", "due_at": FRIDAY, "done_at": None}
    assert list(facts.promise(promise, SEOUL)) == []
    assert kinds(facts.contact(row(topic="weather", channel="pigeon", segment="friend"), SEOUL))["arrived"] == 5


def test_a_wait_is_kept_to_the_second() -> None:
    told = as_row(Quote("q1", "t1", None, 60, 120, 300, "ok", 40, FRIDAY, "5분쯤", waited=300))
    assert next(iter(facts.told(told, SEOUL)))[3] == 1
    assert next(iter(facts.told(told | {"waited": 301}, SEOUL)))[3] == 2
    assert next(iter(facts.told(told | {"waited": None}, SEOUL)))[3] == 0


def contact(key: str, days: float, topic: str = "delivery", *, done: bool = True) -> dict[str, Any]:
    at = FRIDAY + round(days * DAY)
    return row(id=key, arrived_at=at, topic=topic, resolved_at=at + HOUR if done else None)


def enough(*rows: dict[str, Any]) -> list[int]:
    """For each resolved contact in order whether it was followed by another, 1, or was enough, 0."""
    found = [fact for fact in facts.first_contacts(rows, SEOUL) if fact[2] == ""]
    return [number for _, _, _, number in sorted(found)]


def test_seven_days_to_the_millisecond_part_enough_from_not_enough() -> None:
    assert enough(contact("a", 0), contact("b", 7)) == [1, 0]
    late = contact("b", 7) | {"arrived_at": FRIDAY + 7 * DAY + 1}
    assert enough(contact("a", 0), late) == [0, 0]


def test_only_the_same_topic_counts_and_only_what_was_resolved_is_judged() -> None:
    assert enough(contact("a", 0), contact("b", 1, "refund"), contact("c", 2, done=False)) == [1, 0]


def test_of_two_that_came_at_once_the_second_follows_the_first() -> None:
    assert sorted(enough(contact("a", 0), contact("b", 0))) == [0, 1]
