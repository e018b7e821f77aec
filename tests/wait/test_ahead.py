"""The next hour, played forward, against what is known exactly."""

from __future__ import annotations

import json
import math

import pytest

from cxdesk.wait import Prior, Strict, WaitEstimator, erlang_a, look_ahead
from cxdesk.wait.playing import Customer, serve
from cxdesk.wait.rollout import PATHS, Server
from tests.wait.desks import desk, line, occupy, run_queue


def customer(
    at: float, service: float, *, topic: str = "other", limit: float = math.inf, rank: float = 0.0
) -> Customer:
    return Customer(at, (rank, at, int(at)), topic, service, limit)


def server(free: float, *absences: tuple[float, float], skills: frozenset[str] | None = None) -> Server:
    return Server([free] * PATHS, absences, 1.0, skills)


def test_one_agent_takes_one_after_the_other_and_nobody_who_has_left() -> None:
    people = [customer(0, 100), customer(10, 50, limit=90), customer(20, 30), customer(500, 5)]
    assert serve(people, [server(0.0)], 0) == [0.0, math.inf, 100.0, 500.0]


def test_a_higher_class_that_comes_later_is_taken_first() -> None:
    people = [customer(0, 100, rank=1), customer(10, 50, rank=1), customer(20, 30, rank=0)]
    assert serve(people, [server(0.0)], 0) == [0.0, 130.0, 100.0]


def test_a_free_agent_leaves_for_lunch_and_takes_a_customer_after_it() -> None:
    people = [customer(50, 10), customer(120, 10)]
    assert serve(people, [server(0.0, (100.0, 300.0))], 0) == [50.0, 300.0]


def test_agents_take_only_what_they_can_serve() -> None:
    people = [customer(0, 100, topic="tax"), customer(1, 100, topic="tax"), customer(2, 100, topic="card")]
    both = [server(0.0, skills=frozenset({"tax"})), server(5.0, skills=frozenset({"card"}))]
    assert serve(people, both, 0) == [0.0, 100.0, 5.0]


def test_after_some_hours_the_play_is_where_erlang_a_says() -> None:
    """Six agents who learned their own laws; the eight hours begin with a calm one."""
    est = WaitEstimator(prior=Prior(aht=300.0, patience=600.0, absence=0.0))
    run_queue(est, agents=6, load=0.6, mean=300.0, until=180_000.0, seed=4)
    laws = est.memory.laws
    played = look_ahead(est, 400_000.0, hours=8.0, arrivals_per_hour=66.0, within_s=30.0)
    exact = erlang_a(66.0 / 3600.0, 1.0 / laws.cycle, 6, laws.patient, 30.0)
    assert exact is not None
    assert exact.service_level is not None
    assert played.service_level == pytest.approx(exact.service_level, abs=0.04)
    assert played.abandon == pytest.approx(exact.abandon, abs=0.02)
    assert played.mean_wait_s == pytest.approx(exact.mean_wait, rel=0.15)


def test_one_more_agent_helps_the_same_customers_and_the_estimator_stays_as_it_was() -> None:
    est, t = desk(3, history=80)
    occupy(est, t + 500.0, 3)
    line(est, t + 500.0, 5)
    before = json.dumps(est.save())
    less, now, more = (look_ahead(est, t + 500.0, extra=k, arrivals_per_hour=30.0, within_s=60.0) for k in (-1, 0, 1))
    assert json.dumps(est.save()) == before
    assert now == look_ahead(est, t + 500.0, arrivals_per_hour=30.0, within_s=60.0)
    assert [x.agents for x in (less, now, more)] == [2, 3, 4]
    levels = [x.service_level or 0.0 for x in (less, now, more)]
    assert levels == sorted(levels)
    assert levels[0] < levels[2] - 0.2
    assert [q.after_s for q in now.queue] == [300.0 * k for k in range(13)]
    assert (now.queue[0].low, now.queue[0].high) == (5.0, 5.0)
    assert all(q.low <= q.expected <= q.high for q in now.queue)


def test_a_very_busy_desk_is_a_formula_and_says_when_it_has_no_answer() -> None:
    est, t = desk(300, history=300)
    steady = look_ahead(est, t, arrivals_per_hour=3500.0)
    assert steady.method == "steady"
    assert 0.0 < (steady.service_level or 0.0) < 1.0
    assert steady.queue == ()
    swamped = look_ahead(est, t, arrivals_per_hour=1e6)
    assert swamped.method in ("steady", "overloaded")
    assert swamped.service_level is None or swamped.service_level < 0.01


def test_where_nobody_comes_or_nobody_serves_there_is_no_share() -> None:
    est, t = desk(2, policy=Strict(("vip", "normal")))
    quiet = look_ahead(est, t, arrivals_per_hour=0.0)
    assert (quiet.method, quiet.service_level, quiet.p90_wait_s) == ("simulation", None, None)
    gone = look_ahead(est, t, go=("a0", "a1"), arrivals_per_hour=10.0)
    assert (gone.method, gone.agents, gone.service_level, gone.queue) == ("no_agents", 0, None, ())


def test_without_a_rate_it_is_the_recent_one() -> None:
    est, t = desk(4, history=40)
    for k in range(60):
        t += 30.0
        est.arrive(f"n{k}", t, topic="other")
        est.abandon(f"n{k}", t)
    assert look_ahead(est, t).arrivals_per_hour == pytest.approx(120.0, rel=0.25)
