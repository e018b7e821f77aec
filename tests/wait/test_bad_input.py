"""What real desks do wrong, one by one: no crash, no absurd number, and the state says why."""

from __future__ import annotations

import pytest

from cxdesk.wait import Prior, Wait, WaitEstimator, what_if
from tests.wait.desks import desk, line, occupy

YEAR = 365 * 86_400.0


def p50(wait: Wait) -> float:
    assert wait.p10 is not None
    assert wait.p50 is not None
    assert wait.p90 is not None
    assert 0.0 <= wait.p10 <= wait.p50 <= wait.p90 <= 43_200.0
    return wait.p50


@pytest.mark.parametrize("leap", [-3600.0, -YEAR, 3600.0, YEAR])
def test_a_clock_that_leaps_does_not_reach_what_was_learned(leap: float) -> None:
    est, t = desk(3, history=80)
    occupy(est, t + 60.0, 3)
    line(est, t + 60.0, 4)
    before, mean = p50(est.estimate("w3", t + 60.0)), est.explain("w3", t + 60.0).mean_service_s
    est.transfer("w0", t + 60.0 + leap, "other")
    est.transfer("w0", t + 61.0, "other")
    assert est.explain("w3", t + 61.0).mean_service_s == pytest.approx(mean, rel=0.01)
    assert p50(est.estimate("w3", t + 61.0)) == pytest.approx(before, rel=0.35)


def test_after_a_leap_with_nothing_heard_the_state_says_that_the_picture_is_old() -> None:
    est, t = desk(3)
    occupy(est, t, 3)
    line(est, t, 4)
    assert est.estimate("w3", t).state == "ok"
    assert est.estimate("w3", t + 86_400.0).state in ("stale", "overload")
    assert est.queue(t + 86_400.0)[0].state in ("stale", "overload")
    assert p50(est.estimate("w3", t - 86_400.0)) < 3600.0


def test_an_end_that_never_came_does_not_keep_an_agent_for_ever() -> None:
    """Taking the next call says that the last one is over; nothing is learned from it."""
    est, t = desk(1)
    n = est.estimate("x", t).basis.n_services
    for k in range(20):
        est.arrive(f"call{k}", t + 300.0 * k)
        est.start(f"call{k}", t + 300.0 * k, "a0")
    t += 6000.0
    est.arrive("w", t)
    assert est.estimate("w", t).basis.n_services == n
    assert p50(est.estimate("w", t)) < 900.0
    assert est.explain("w", t).agents_busy == 1


def test_a_call_open_since_yesterday_is_as_likely_to_end_now_as_later() -> None:
    est, t = desk(2, history=100)
    occupy(est, t + 1.0, 2)
    est.arrive("w", t + 80_000.0)
    wait = est.estimate("w", t + 80_000.0)
    assert p50(wait) < 3600.0


def test_an_agent_in_two_calls_at_once_is_one_agent() -> None:
    two, t = desk(2, history=60)
    one, _ = desk(2, history=60)
    for est in (one, two):
        est.arrive("a", t)
        est.start("a", t, "a0")
        est.arrive("b", t)
        est.start("b", t, "a1")
    two.arrive("c", t + 1.0)
    two.start("c", t + 1.0, "a1")
    for est in (one, two):
        line(est, t + 2.0, 3)
    assert p50(two.estimate("w2", t + 2.0)) == pytest.approx(p50(one.estimate("w2", t + 2.0)), rel=0.15)
    assert two.explain("w2", t + 2.0).agents_on == 2


def test_the_same_contact_taken_by_two_is_with_the_second() -> None:
    est, t = desk(2)
    est.arrive("c", t)
    est.start("c", t, "a0")
    est.start("c", t + 30.0, "a1")
    assert est.explain("w", t + 31.0).agents_busy == 1
    n = est.estimate("c", t + 31.0).basis.n_services
    est.end("c", t + 60.0)
    est.end("c", t + 61.0)
    assert est.estimate("c", t + 62.0).basis.n_services == n + 1


def test_a_contact_reopened_after_its_end_waits_from_then() -> None:
    est, t = desk(1)
    est.arrive("c", t)
    est.start("c", t, "a0")
    est.end("c", t + 100.0)
    est.arrive("b", t + 100.0)
    est.start("b", t + 100.0, "a0")
    est.arrive("c", t + 500.0)
    assert est.explain("c", t + 560.0).waited_s == 60.0
    assert p50(est.estimate("c", t + 560.0)) > 0.0


def test_zero_agents_from_the_first_moment_is_said_and_not_guessed() -> None:
    est = WaitEstimator(prior=Prior())
    est.arrive("w", 0.0)
    for wait in (est.estimate("w", 10.0), est.would_wait(10.0), *est.queue(10.0), what_if(est, 10.0).then.newcomer):
        assert (wait.state, wait.p50) == ("no_agents", None)
    assert p50(what_if(est, 10.0, extra=1).then.waiting[0]) < 600.0


@pytest.mark.parametrize(("seconds", "prior"), [(1.0, 300.0), (36_000.0, 300.0), (1.0, 1.0), (36_000.0, 36_000.0)])
@pytest.mark.parametrize("agents", [1, 12])
def test_a_desk_of_nothing_but_the_shortest_or_the_longest_services(seconds: float, prior: float, agents: int) -> None:
    est, t = WaitEstimator(prior=Prior(aht=prior)), 0.0
    for k in range(agents):
        est.agent(f"a{k}", t, "on")
    for k in range(60):
        est.arrive(f"h{k}", t)
        est.start(f"h{k}", t, f"a{k % agents}")
        t += seconds
        est.end(f"h{k}", t)
    for k in range(agents):
        est.arrive(f"b{k}", t)
        est.start(f"b{k}", t, f"a{k}")
    line(est, t, 3)
    last = est.estimate("w2", t)
    if seconds == 1.0:
        assert p50(last) < 120.0
    else:
        assert p50(last) > 3600.0 / agents
        assert last.state in ("ok", "overload")


@pytest.mark.parametrize("agents", [2, 6, 20])
def test_an_agent_who_signs_off_in_the_middle_of_a_contact_takes_nobody_after_it(agents: int) -> None:
    est, t = desk(agents)
    occupy(est, t + 1000.0, agents)
    line(est, t + 1000.0, 12)
    t += 1000.0
    before = p50(est.estimate("w11", t))
    for k in range(agents // 2):
        est.agent(f"a{k}", t, "off")
    assert p50(est.estimate("w11", t)) > 1.3 * before
    for k in range(agents):
        est.agent(f"a{k}", t, "off")
    assert est.estimate("w11", t).state == "no_agents"
