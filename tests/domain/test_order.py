import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.order import Credits, Place, place, rank_at
from cxdesk.domain.words import Priority, Segment

NOW = 1_790_000_000_000
CREDITS = Credits()

priorities = st.sampled_from(list(Priority))
segments = st.sampled_from([None, *Segment])
seconds = st.integers(0, 86_400)


def ranked(waited: int, priority: Priority = Priority.NORMAL, segment: Segment | None = None) -> int:
    return rank_at(NOW - 1000 * waited, priority, segment, CREDITS)


def test_whoever_came_first_is_served_first() -> None:
    assert ranked(301) < ranked(300)


def test_an_urgent_newcomer_passes_whoever_waited_less_than_the_head_start() -> None:
    assert ranked(0, Priority.URGENT) < ranked(1799)


def test_nobody_starves_an_ordinary_customer_passes_once_they_waited_longer_than_the_head_start() -> None:
    assert ranked(1801) < ranked(0, Priority.URGENT)


def test_priority_and_segment_add_up() -> None:
    assert ranked(0, Priority.HIGH, Segment.VIP) == NOW - 720_000
    assert ranked(0, Priority.NORMAL, Segment.NEW) == NOW


def test_a_shop_may_set_its_own_head_starts() -> None:
    fair = Credits(priority={}, segment={"new": 30})
    assert rank_at(NOW, Priority.URGENT, Segment.NEW, fair) == NOW - 30_000


@given(seconds, priorities, segments, seconds, priorities, segments)
def test_the_parts_that_are_told_put_people_in_the_order_they_stand_in(
    waited: int, p: Priority, s: Segment | None, other: int, q: Priority, r: Segment | None
) -> None:
    mine = place(NOW, NOW - 1000 * waited, p, s, CREDITS).total
    theirs = place(NOW, NOW - 1000 * other, q, r, CREDITS).total
    assert (mine > theirs) == (ranked(waited, p, s) < ranked(other, q, r))


@given(seconds, priorities, segments)
def test_the_parts_add_up_to_the_rank(waited: int, priority: Priority, segment: Segment | None) -> None:
    found = place(NOW, NOW - 1000 * waited, priority, segment, CREDITS)
    assert found.total == found.waited + found.for_priority + found.for_segment
    assert NOW - 1000 * found.total == ranked(waited, priority, segment)


@pytest.mark.parametrize("ahead", [1, 60_000])
def test_a_clock_that_went_back_shows_no_negative_wait(ahead: int) -> None:
    assert place(NOW, NOW + ahead, Priority.NORMAL, None, CREDITS) == Place(0, 0, 0)
