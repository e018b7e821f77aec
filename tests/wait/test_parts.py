"""The parts against what is known exactly."""

from __future__ import annotations

import math
import random

import pytest

from cxdesk.wait import Credit, Fifo, Strict
from cxdesk.wait.ages import AGES, mixture, residual
from cxdesk.wait.blend import Blend
from cxdesk.wait.calibrate import Conformal
from cxdesk.wait.learning import HAZARD_EDGES, Drift, Durations, Hazard
from cxdesk.wait.memory import Memory
from cxdesk.wait.prior import Prior
from cxdesk.wait.quantile import damping, quantiles
from cxdesk.wait.renewal import convolve, cumulative, masses, renewal_masses
from cxdesk.wait.rollout import PATHS, Draws, remaining
from cxdesk.wait.slots import Curve, Stream, build_curve
from tests.wait.desks import desk


def test_the_renewal_function_of_an_exponential_is_a_straight_line() -> None:
    """M(t) = t / mean exactly; the split grid is within half a per cent with ten cells a mean."""
    law = masses([math.exp(-k / 10.0) for k in range(101)])
    m = cumulative([renewal_masses(law, 90)[0] - 1.0, *renewal_masses(law, 90)[1:]])
    for k in (10, 30, 60, 89):
        assert m[k] == pytest.approx(k / 10.0, rel=0.005)


def test_convolving_with_one_unit_of_mass_changes_nothing() -> None:
    assert convolve([1.0], [0.2, 0.5, 0.3], 3) == [0.2, 0.5, 0.3]
    assert sum(masses([1.0, 0.6, 0.1, 0.0])) == pytest.approx(1.0)


def test_twenty_exponential_agents_free_slots_at_their_common_rate_with_poisson_noise() -> None:
    memory = Memory(Prior(aht=300.0, n=1e6, absence=0.0))
    rng = random.Random(2)
    for _ in range(4000):
        memory.desk.add(rng.expovariate(1 / 300.0))
    memory.prior = Prior(aht=300.0, n=0.5, absence=0.0)
    memory.refresh()
    streams = [Stream("busy", age=30.0 * k) for k in range(20)]
    curve = build_curve(streams, memory.laws, memory.absence, 1.0, 40.0)
    t, v = curve.when(20.0)
    assert t == pytest.approx(300.0, rel=0.06)
    assert v == pytest.approx(20.0, rel=0.2)


def test_quantiles_on_a_poisson_clock_are_those_of_an_erlang_law() -> None:
    """Seven slots at one a second: Erlang(7) has P10 3.895, P50 6.670, P90 10.532 (tables)."""
    line = Curve([0.0, 1000.0], [0.0, 1000.0], [0.0, 1000.0], 1)
    p10, p50, p90 = quantiles(line, 7.0, 0.0, 1.0)
    assert p10 == pytest.approx(3.895, rel=0.01)
    assert p50 == pytest.approx(6.670, rel=0.01)
    assert p90 == pytest.approx(10.532, rel=0.01)


def test_overtaking_lengthens_the_wait_as_a_delay_busy_period_does() -> None:
    """Mean K / (1 - r) with r = 0.5."""
    line = Curve([0.0, 10_000.0], [0.0, 10_000.0], [0.0, 10_000.0], 1)
    p10, p50, p90 = quantiles(line, 40.0, 0.0, 1.0, [(0.5, math.inf)])
    assert p50 == pytest.approx(78.5, rel=0.03)
    assert p90 - p10 > 2.0 * (quantiles(line, 40.0, 0.0, 1.0)[2] - quantiles(line, 40.0, 0.0, 1.0)[0])


def test_a_credit_stops_overtaking_when_it_is_used_up() -> None:
    line = Curve([0.0, 10_000.0], [0.0, 10_000.0], [0.0, 10_000.0], 1)
    assert quantiles(line, 40.0, 0.0, 1.0, [(0.5, 10.0)])[1] == pytest.approx(44.7, rel=0.02)


def test_abandonment_ahead_damps_the_noise() -> None:
    assert damping(0.0) == 1.0
    assert damping(1.0) == pytest.approx((1 - math.exp(-2)) / 2)


def test_policies() -> None:
    assert Fifo().gap("a", "b") == 0.0
    assert Credit({"vip": 90.0}).gap("vip", "normal") == 90.0
    assert Credit({"vip": 90.0}).gap("normal", "vip") == 0.0
    assert Strict(("vip", "normal")).gap("vip", "normal") == math.inf
    assert Strict(("vip",)).key("x", 1.0) > Strict(("vip",)).key("vip", 2.0)


def test_durations_give_back_mean_and_shape() -> None:
    learner, rng = Durations(), random.Random(4)
    values = [rng.expovariate(1 / 200.0) for _ in range(3000)]
    for x in values:
        learner.add(x)
    assert learner.mean() == pytest.approx(200.0, rel=0.08)
    assert learner.scv() == pytest.approx(1.0, abs=0.2)
    assert learner.survivor([200.0])[0] == pytest.approx(math.exp(-1), abs=0.04)
    assert Durations.parse(learner.dump()).survivor([50.0, 400.0]) == learner.survivor([50.0, 400.0])


def test_a_hazard_is_found_again_also_from_spells_entered_late() -> None:
    rng = random.Random(5)
    hazard = Hazard([1 / 600.0] * len(HAZARD_EDGES))
    for _ in range(4000):
        life, entered = rng.expovariate(1 / 150.0), rng.uniform(0, 100.0)
        if life > entered:
            hazard.observe(min(life, 500.0), life < 500.0, entered)
    assert hazard.survivor([150.0])[0] == pytest.approx(math.exp(-1), abs=0.04)


def test_drift_sees_a_step_and_ignores_noise() -> None:
    quiet, loud = Drift(), Drift()
    rng = random.Random(6)
    for k in range(400):
        x = rng.expovariate(1 / 300.0)
        quiet.busy(x)
        quiet.completed(300.0)
        loud.busy(x * (1.6 if k >= 200 else 1.0))
        loud.completed(300.0)
    assert 0.9 < quiet.factor(1.0, 300.0) < 1.1
    assert 1.4 < loud.factor(1.0, 300.0) < 1.8


def test_the_first_contact_of_a_new_desk_does_not_pass_for_a_slow_day() -> None:
    first = Drift()
    first.busy(90.0)
    assert first.factor(1.0, 300.0) == pytest.approx(1.0)


def test_exposure_is_booked_before_the_event_so_that_one_person_is_not_half_off() -> None:
    """WAIT.md 4.5, point 5."""
    est, _ = desk(1, history=300)
    assert 0.85 < est.memory.drift_factor() < 1.15


def test_conformal_factors_settle_where_one_in_ten_is_missed_on_either_side() -> None:
    rng, learner = random.Random(8), Conformal()
    low = high = 0
    for k in range(6000):
        p10, p90 = 1.0 - 0.2 * learner.low, 1.0 + 0.2 * learner.high
        wait = rng.gauss(1.0, 0.3)
        learner.learn(p10, p90, wait)
        if k > 2000:
            low, high = low + (wait < p10), high + (wait > p90)
    assert low / 4000 == pytest.approx(0.1, abs=0.02)
    assert high / 4000 == pytest.approx(0.1, abs=0.02)


def test_a_blend_is_used_only_when_it_is_clearly_better() -> None:
    rng = random.Random(9)
    good, wrong = Blend(), Blend()
    for _ in range(400):
        truth = rng.uniform(50.0, 200.0)
        others = (0.0, 0.0, rng.uniform(0, 300.0), rng.uniform(0, 300.0))
        good.learn((truth, *others), truth * rng.uniform(0.7, 1.3))
        wrong.learn((2.0 * truth, *others), truth * rng.uniform(0.7, 1.3))
    assert not good.on
    assert wrong.on
    assert wrong.say((200.0, 0.0, 0.0, 0.0, 0.0)) == pytest.approx(100.0, rel=0.15)
    assert min(wrong.weights) >= 0.0


def test_draws_are_a_permutation_and_remaining_times_keep_the_mean() -> None:
    assert sorted(Draws().of("somebody")) == list(range(PATHS))
    table = [math.exp(-k / 10.0) for k in range(320)]
    for age in (0.0, 500.0, 20_000.0):
        times = remaining(table, 30.0, age)
        assert sum(times) / len(times) == pytest.approx(300.0, rel=0.03)
        assert times == sorted(times)


def test_a_young_topic_is_as_slow_as_its_open_contacts_say() -> None:
    """Of a new topic the short contacts end first; the law's mean counts those that go on, and so must its shape."""
    memory = Memory(Prior(aht=300.0))
    for _ in range(200):
        memory.desk.add(300.0)
    young = memory.topics["new"] = Durations()
    for seconds in (60.0, 90.0, 120.0, 60.0, 150.0, 100.0):
        young.add(seconds)
    young.open_s = 6000.0
    memory.refresh()
    law = memory.laws.law("new")
    assert law.mean > 450.0
    area = memory.laws.step * (sum(law.survivor) - 0.5)
    assert area == pytest.approx(law.mean, rel=0.06)


def test_between_two_ages_a_contact_is_the_mixture_of_both() -> None:
    assert mixture(3.25) == (3, 0.25)
    assert mixture(1e6) == (len(AGES) - 1, 0.0)
    k, part = mixture(9.0)
    assert AGES[k] * (1.0 - part) + AGES[k + 1] * part == pytest.approx(9.0)
    table = [math.exp(-k / 10.0) for k in range(320)]
    for age in (0.0, 7.5, 200.0):
        assert residual(table, age, 40)[10] == pytest.approx(1.0 - math.exp(-1.0), rel=0.02)
