"""Clocks that are wrong: what is believed, what is put in its place, and what time a desk goes by."""

from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.ids import hlc_ms
from cxdesk.protocol.clock import AHEAD_MS, believable, offset, position, restamped, with_offset
from cxdesk.protocol.rows import Clock
from tests.protocol.making import at, clock

stamps = st.integers(0, 2**62)


def test_a_minute_ahead_is_believed_and_a_millisecond_more_is_not() -> None:
    assert believable(at(70), 0, 10_000)
    assert not believable(at(70.001), 0, 10_000)
    assert believable(at(1), 0, 10**9)


def test_a_stamp_that_does_not_follow_the_one_before_is_not_believed() -> None:
    assert not believable(at(5), at(5), 10_000)
    assert believable(at(5) + 1, at(5), 10_000)


@given(stamps, st.integers(0, 2**45), st.lists(stamps, max_size=3))
def test_a_new_stamp_follows_the_desks_last_one_and_what_it_writes_over(last: int, now: int, over: list[int]) -> None:
    given_ = restamped(last, now, [Clock(t, "z", "z0") for t in over])
    assert given_ > last
    assert all(given_ > t for t in over)
    assert hlc_ms(given_) >= now


def test_a_new_stamp_is_now_unless_it_must_be_later() -> None:
    assert restamped(0, 10_000, []) == at(10)
    assert restamped(at(11), 10_000, [clock(9)]) == at(11) + 1


def test_a_clock_that_ran_ahead_is_pulled_back_once_everything_is_answered() -> None:
    assert position(at(10), [at(900), at(901)]) == at(901)
    assert position(at(10), []) == at(10)


def test_the_servers_time_is_measured_against_the_middle_of_a_request() -> None:
    assert with_offset((), 1000, 6000, 1200) == (4900,)
    assert offset(()) == 0
    assert offset((4900,)) == 4900


def test_one_slow_answer_does_not_move_the_clock() -> None:
    offsets: tuple[int, ...] = ()
    for late in (0, 0, 0, 60_000, 0):
        offsets = with_offset(offsets, 0, 5000, late)
    assert offset(offsets) == 5000


def test_only_the_last_nine_measurements_count() -> None:
    offsets: tuple[int, ...] = ()
    for n in range(20):
        offsets = with_offset(offsets, 0, n, 0)
    assert offsets == tuple(range(11, 20))
    assert AHEAD_MS == 60_000
