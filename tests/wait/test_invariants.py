"""What must hold for every desk (WAIT.md section 6)."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from cxdesk.wait import Credit, Policy, Strict, Wait, WaitEstimator
from tests.wait.desks import PRIOR, desk, line, occupy

AGENTS = st.sampled_from([1, 2, 4, 5, 6, 9, 20])
PEOPLE = st.sampled_from([1, 2, 5, 12, 29, 40])
SEEDS = st.integers(0, 50)
AGES = st.lists(st.floats(0, 900), max_size=6)
FEW = settings(max_examples=10, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])


def p50(wait: Wait) -> float:
    assert wait.p50 is not None
    return wait.p50


def full_desk(agents: int, people: int, seed: int, ages: list[float]) -> tuple[WaitEstimator, float, list[str]]:
    est, t = desk(agents, seed=seed, history=24, patience=900.0)
    t += 2000.0
    occupy(est, t, agents, ages)
    return est, t, line(est, t, people)


@FEW
@given(AGENTS, PEOPLE, SEEDS, AGES)
def test_quantiles_are_ordered_and_the_queue_agrees_with_the_single_estimate(
    agents: int, people: int, seed: int, ages: list[float]
) -> None:
    est, t, ids = full_desk(agents, people, seed, ages)
    rows = est.queue(t)
    assert [w.id for w in rows] == ids
    assert [w.position for w in rows] == list(range(1, people + 1))
    for w in rows:
        assert w.p10 is not None
        assert w.p90 is not None
        assert 0.0 <= w.p10 <= p50(w) <= w.p90
        assert p50(est.estimate(w.id, t)) == pytest.approx(p50(w), rel=0.02, abs=1.0)
    for a, b in pairwise(rows):
        assert p50(a) <= p50(b) + 1e-6


@FEW
@given(AGENTS, PEOPLE, SEEDS, AGES, st.booleans())
def test_one_more_person_ahead_never_lowers_p50(
    agents: int, people: int, seed: int, ages: list[float], front: bool
) -> None:
    policy: Policy = Strict(("vip", "normal"))
    one, t = desk(agents, seed=seed, history=24, policy=policy)
    two, _ = desk(agents, seed=seed, history=24, policy=policy)
    t += 2000.0
    for est in (one, two):
        occupy(est, t, agents, ages)
    line(one, t, people)
    if front:
        two.arrive("x", t)
    line(two, t, people - 1)
    if not front:
        two.arrive("x", t)
    line(two, t, people)
    last = f"w{people - 1}"
    assert p50(two.estimate(last, t)) >= p50(one.estimate(last, t)) - 1e-6


@FEW
@given(AGENTS, PEOPLE, SEEDS, AGES)
def test_one_more_agent_never_raises_p50(agents: int, people: int, seed: int, ages: list[float]) -> None:
    est, t, ids = full_desk(agents, people, seed, ages)
    before = [p50(est.estimate(i, t)) for i in ids]
    est.agent("new", t, "on")
    after = [p50(est.estimate(i, t)) for i in ids]
    assert all(b <= a + 1e-6 for a, b in zip(before, after, strict=True))


@FEW
@given(AGENTS, PEOPLE, SEEDS, AGES, st.floats(0.5, 600.0))
def test_time_without_an_event_takes_off_no_more_than_itself(
    agents: int, people: int, seed: int, ages: list[float], passed: float
) -> None:
    est, t, ids = full_desk(agents, people, seed, ages)
    now = [p50(est.estimate(i, t)) for i in ids]
    later = [p50(est.estimate(i, t + passed)) for i in ids]
    for a, b in zip(now, later, strict=True):
        assert b >= a - passed - 1e-6


@FEW
@given(AGENTS, PEOPLE, SEEDS, AGES)
def test_saving_and_loading_changes_no_number(agents: int, people: int, seed: int, ages: list[float]) -> None:
    est, t, _ = full_desk(agents, people, seed, ages)
    state = json.loads(json.dumps(est.save()))
    copy = WaitEstimator.load(state, prior=PRIOR)
    assert copy.queue(t) == est.queue(t)
    assert copy.save() == est.save()
    for e in (est, copy):
        e.start("w0", t + 5.0, "a0")
        e.end("w0", t + 50.0)
        e.arrive("z", t + 60.0)
    assert copy.queue(t + 61.0) == est.queue(t + 61.0)


def test_asking_changes_nothing() -> None:
    quiet, t = desk(4, history=50)
    asked, _ = desk(4, history=50)
    for k in range(60):
        for est in (quiet, asked):
            est.arrive(f"w{k}", t + 20.0 * k)
            if k >= 6:
                if k >= 10:
                    est.end(f"w{k - 10}", t + 20.0 * k)
                est.start(f"w{k - 6}", t + 20.0 * k, f"a{k % 4}")
        asked.queue(t + 20.0 * k + 1.0)
        asked.would_wait(t + 20.0 * k + 2.0)
        asked.explain(f"w{k}", t + 20.0 * k + 3.0)
        asked.save()
    assert quiet.save() == asked.save()
    assert quiet.queue(t + 2000.0) == asked.queue(t + 2000.0)


@pytest.mark.parametrize("policy", [Credit({"vip": 90.0}), Strict(("vip", "normal"))])
def test_a_higher_class_is_ahead_and_may_still_pass(policy: Policy) -> None:
    est, t = desk(8, policy=policy)
    occupy(est, t + 1.0, 8)
    for k in range(20):
        est.arrive(f"n{k}", t + 2.0 + k)
    est.arrive("v", t + 30.0, "vip")
    rows = [w.id for w in est.queue(t + 31.0)]
    assert rows[0] == "v"
    low = est.explain("n19", t + 31.0)
    assert low.may_overtake > 0.0
    assert est.explain("v", t + 31.0).may_overtake == 0.0
