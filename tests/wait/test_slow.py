"""Mail and tickets: replies on a working calendar."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.wait import Calendar, ReplyModel
from cxdesk.wait.slow import kaplan_meier

HOUR = 3600.0
DAY = 24 * HOUR
WEEK = Calendar([(d * DAY + 9 * HOUR, d * DAY + 17 * HOUR) for d in range(20)])


def test_the_night_does_not_count() -> None:
    assert WEEK.between(16 * HOUR, DAY + 10 * HOUR) == 2 * HOUR
    assert WEEK.between(DAY, 0.0) == 0.0
    assert WEEK.between(18 * HOUR, 20 * HOUR) == 0.0


def test_a_reply_due_after_closing_time_comes_the_next_working_day() -> None:
    assert WEEK.after(16 * HOUR, 2 * HOUR) == DAY + 10 * HOUR
    assert WEEK.after(16 * HOUR, HOUR) == 17 * HOUR
    assert WEEK.after(0.0, 0.0) == 9 * HOUR
    assert WEEK.after(0.0, 1e9) is None
    assert Calendar([]).after(0.0, 1.0) is None


@given(st.floats(0, 19 * DAY), st.floats(0, 60 * HOUR))
def test_after_inverts_between(start: float, seconds: float) -> None:
    end = WEEK.after(start, seconds)
    if end is not None:
        assert end >= start
        assert WEEK.between(start, end) == pytest.approx(seconds, abs=1e-3)


def test_overlapping_windows_count_once() -> None:
    assert Calendar([(0.0, 10.0), (5.0, 20.0), (30.0, 25.0)]).between(0.0, 100.0) == 20.0


def test_kaplan_meier_leaves_the_withdrawn_out() -> None:
    """Textbook case: ends at 1 and 3, a withdrawal at 2, of three."""
    steps = kaplan_meier([(1.0, True, 1.0), (2.0, False, 1.0), (3.0, True, 1.0)])
    assert steps == [(1.0, pytest.approx(2 / 3)), (3.0, 0.0)]


def learned(seed: int = 3, n: int = 200) -> ReplyModel:
    rng = random.Random(seed)
    model = ReplyModel(WEEK)
    for _ in range(n):
        urgent = rng.random() < 0.3
        opened = rng.uniform(9 * HOUR, 12 * HOUR)
        mean = 0.5 * HOUR if urgent else 3 * HOUR
        closed = WEEK.after(opened, rng.expovariate(1 / mean))
        if closed is not None:
            model.learn(opened, closed, group="g", priority="high" if urgent else "low")
    return model


def test_urgent_mail_is_answered_sooner_and_the_range_is_ordered() -> None:
    model = learned()
    t = 9 * HOUR
    high = model.estimate(t, t, group="g", priority="high")
    low = model.estimate(t, t, group="g", priority="low")
    assert high.p50_at is not None
    assert low.p50_at is not None
    assert low.p10_at is not None
    assert low.p90_at is not None
    assert high.p50_at < low.p50_at
    assert low.p10_at <= low.p50_at <= low.p90_at
    assert low.state == "ok"


def test_nothing_learned_is_cold_but_answers() -> None:
    reply = ReplyModel(WEEK).estimate(0.0, 0.0, group="x", priority="y")
    assert reply.state == "cold"
    assert reply.p90_at is not None
    assert reply.n == 0


@given(st.floats(-1e6, 1e6), st.floats(0, 1e7))
def test_any_age_gives_an_ordered_range(opened: float, age: float) -> None:
    p10, p50, p90 = learned(n=30).remaining(age, "g", "low")
    assert 0.0 <= p10 <= p50 <= p90
    assert learned(n=30).estimate(opened, opened + age, group="?", priority="?").n > 0


def test_the_state_goes_through_json() -> None:
    model = learned()
    copy = ReplyModel(WEEK)
    copy.restore(json.loads(json.dumps(model.save())))
    assert copy.estimate(HOUR, HOUR, group="g", priority="low") == model.estimate(HOUR, HOUR, group="g", priority="low")
    copy.restore({"spells": 3, "stretch": "x"})


def test_ninety_of_a_hundred_replies_come_within_the_range() -> None:
    model, rng = learned(n=400), random.Random(11)
    _, _, p90 = model.remaining(0.0, "g", "low")
    late = sum(rng.expovariate(1 / (3 * HOUR)) > p90 for _ in range(2000))
    assert 0.05 < late / 2000 < 0.16
