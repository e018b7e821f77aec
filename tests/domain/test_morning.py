"""Who comes first in the morning, what the list learns, and whom it leaves in peace."""

import pytest

from cxdesk.domain.afterwards import MorningChoice
from cxdesk.domain.moments import DAY, HOUR
from cxdesk.domain.morning import (
    DISMISSED,
    DONE,
    Candidate,
    Kind,
    Part,
    Seen,
    may_be_listed,
    order,
    resting,
    score,
    tallied,
)
from cxdesk.domain.words import Segment

NOW = 1_795_237_380_000


def one(kind: Kind, at: int = NOW, subject: str = "s1") -> Candidate:
    return Candidate(kind, subject, "c1", at)


def points(candidate: Candidate, segment: Segment | None = None, seen: dict[str, Seen] | None = None) -> dict[str, int]:
    return {part.name: part.points for part in score(candidate, segment, seen or {}, 6, NOW)}


def test_a_score_is_the_sum_of_parts_that_can_be_read() -> None:
    assert points(one(Kind.DELIVERY, NOW - 3 * DAY), Segment.VIP) == {"kind": 40, "late": 3, "person": 8}
    assert points(one(Kind.PROMISE_LATE, NOW - 2 * HOUR)) == {"kind": 60, "late": 2}
    assert points(one(Kind.REORDER, NOW + DAY), Segment.NEW) == {"kind": 15}
    assert points(one(Kind.DELIVERY, NOW - 400 * DAY))["late"] == 10


def test_a_promise_past_due_stands_above_everything_whatever_the_others_add_up_to() -> None:
    late = order(one(Kind.PROMISE_LATE), [Part("kind", 1)])
    assert late < order(one(Kind.UNANSWERED), [Part("kind", 10_000)])
    assert order(one(Kind.COOLING), [Part("kind", 20)]) < order(one(Kind.REORDER), [Part("kind", 15)])


def test_what_is_put_away_often_sinks_and_what_is_done_rises_again() -> None:
    untouched = points(one(Kind.COOLING))
    assert "learned" not in untouched
    once = points(one(Kind.COOLING), seen={Kind.COOLING: Seen(dismissed=1)})["learned"]
    often = points(one(Kind.COOLING), seen={Kind.COOLING: Seen(dismissed=18)})["learned"]
    taken_up = points(one(Kind.COOLING), seen={Kind.COOLING: Seen(done=40, dismissed=18)})["learned"]
    assert -20 < often < taken_up < 0
    assert often < once < 0
    assert often == -15  # 20 × (1 - 6/24)


def test_a_promise_never_sinks() -> None:
    for kind in (Kind.PROMISE_LATE, Kind.PROMISE_TODAY):
        assert "learned" not in points(one(kind), seen={kind: Seen(dismissed=99)})


@pytest.mark.parametrize("kind", list(Kind))
def test_whoever_wants_no_contact_is_on_no_list_and_whoever_wants_no_offers_on_none_that_leads_to_one(
    kind: Kind,
) -> None:
    assert may_be_listed(kind, frozenset())
    assert not may_be_listed(kind, frozenset({"contact", "marketing"}))
    offers = kind in (Kind.SPECIAL_DAY, Kind.COOLING, Kind.REORDER)
    assert may_be_listed(kind, frozenset({"marketing"})) is not offers


def chosen(kind: str, choice: str, days: float) -> MorningChoice:
    return MorningChoice("m1", kind, "s1", choice, NOW - round(days * DAY))


@pytest.mark.parametrize(
    ("kind", "choice", "days", "rests"),
    [
        (Kind.PROMISE_LATE, DISMISSED, 0.5, True),
        (Kind.PROMISE_LATE, DISMISSED, 1.5, False),
        (Kind.COOLING, DONE, 59, True),
        (Kind.COOLING, DONE, 61, False),
        (Kind.AFTERCARE, DISMISSED, 20, False),
        (Kind.AFTERCARE, DONE, 20, True),
        ("from a later program", DONE, 0, False),
    ],
)
def test_what_was_done_or_put_away_rests_for_a_while(kind: str, choice: str, days: float, rests: bool) -> None:
    assert resting([chosen(kind, choice, days)], NOW) == (frozenset({(kind, "s1")}) if rests else frozenset())


def test_a_choice_made_before_the_clock_was_set_back_still_holds() -> None:
    assert resting([chosen(Kind.COOLING, DONE, -3)], NOW) == frozenset({(Kind.COOLING, "s1")})


def test_choices_are_counted_by_kind() -> None:
    rows = [chosen(Kind.COOLING, DONE, 1), chosen(Kind.COOLING, DISMISSED, 2), chosen(Kind.REORDER, DISMISSED, 3)]
    assert tallied(rows) == {Kind.COOLING: Seen(1, 1), Kind.REORDER: Seen(0, 1)}
