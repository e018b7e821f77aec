"""Time in service is counted once, whatever the clock does."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.wait.clock import Clock

GAPS = st.lists(st.integers(0, 500).map(float), min_size=1, max_size=20)


def count(times: list[float], slots: int = 2, longest: float = 1000.0) -> float:
    clock = Clock()
    return sum(clock.advance(t, slots, longest) for t in times)


def moments(gaps: list[float]) -> list[float]:
    times = [0.0]
    for gap in gaps:
        times.append(times[-1] + gap)
    return times


@given(GAPS)
def test_a_clock_that_only_goes_on_counts_every_second(gaps: list[float]) -> None:
    assert count(moments(gaps)) == 2 * sum(gaps)


@given(GAPS, st.integers(0, 19), st.floats(1e5, 1e8))
def test_one_event_told_at_a_time_to_come_adds_no_more_than_one_gap(gaps: list[float], at: int, leap: float) -> None:
    times = moments(gaps)
    at = min(at, len(times) - 2)
    wrong = [*times[: at + 1], times[at] + leap, *times[at + 1 :]]
    assert count(times) - 1e-6 <= count(wrong) + 2 * max(gaps)
    assert count(wrong) <= count(times) + 2 * max(gaps)


@given(GAPS, st.integers(1, 19), st.floats(1.0, 1e8))
def test_news_that_is_late_takes_nothing_away(gaps: list[float], at: int, late: float) -> None:
    times = moments(gaps)
    at = min(at, len(times) - 1)
    told = [*times[: at + 1], max(0.0, times[at] - late), *times[at + 1 :], times[-1] + 5.0]
    assert count(told) == pytest.approx(count([*times, times[-1] + 5.0]))


def test_a_night_counts_as_the_longest_gap_and_a_kept_clock_goes_on() -> None:
    clock = Clock()
    assert [clock.advance(t, 3, 1000.0) for t in (5.0, 10.0, 50_000.0)] == [0.0, 15.0, 3000.0]
    again = Clock()
    again.restore(clock.now, json.loads(json.dumps(clock.dump())))
    assert again.advance(100.0, 3, 1000.0) == clock.advance(100.0, 3, 1000.0) == -2730.0
    assert (again.now, again.dump()) == (clock.now, clock.dump())
