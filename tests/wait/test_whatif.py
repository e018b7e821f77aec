"""What if somebody came or left: the same desk, asked with other agents."""

from __future__ import annotations

import json

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from cxdesk.wait import Wait, WaitEstimator, what_if
from tests.wait.desks import desk, line, occupy

FEW = settings(max_examples=10, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])


def p50s(waits: tuple[Wait, ...]) -> list[float]:
    return [w.p50 if w.p50 is not None else float("inf") for w in waits]


def busy(agents: int, people: int, ages: tuple[float, ...] = ()) -> tuple[WaitEstimator, float]:
    est, t = desk(agents)
    occupy(est, t + 1000.0, agents, ages)
    line(est, t + 1000.0, people)
    return est, t + 1000.0


@FEW
@given(st.sampled_from([1, 2, 5, 7, 20]), st.sampled_from([1, 4, 12, 45]), st.floats(0.0, 300.0))
def test_more_agents_never_lengthen_and_fewer_never_shorten_a_wait(agents: int, people: int, passed: float) -> None:
    est, t = busy(agents, people)
    kept = json.dumps(est.save())
    more, less = what_if(est, t + passed, extra=1), what_if(est, t + passed, extra=-1)
    assert json.dumps(est.save()) == kept
    for other in (more, less):
        assert list(other.now.waiting) == est.queue(t + passed)
        assert other.now.newcomer == est.would_wait(t + passed)
        assert [w.id for w in other.then.waiting] == [w.id for w in other.now.waiting]
    assert (less.then.agents, more.now.agents, more.then.agents) == (agents - 1, agents, agents + 1)
    for fewer, now, many in zip(*(p50s(x.waiting) for x in (less.then, more.now, more.then)), strict=True):
        assert many <= now + 1e-6
        assert fewer >= now - 1e-6


@pytest.mark.parametrize("agents", [2, 5, 20])
def test_what_is_imagined_is_what_is_said_when_it_comes_true(agents: int) -> None:
    est, t = busy(agents, 6)
    imagined = what_if(est, t, extra=1)
    est.agent("new", t, "on")
    assert p50s(imagined.then.waiting) == pytest.approx(p50s(tuple(est.queue(t))), rel=0.05)


def test_one_who_is_back_from_a_break_brings_their_own_skills() -> None:
    est, t = desk(2)
    est.agent("a0", t, "on", skills=frozenset({"card"}))
    est.agent("mina", t, "break", until=t + 5000.0, skills=frozenset({"tax"}))
    est.agent("jun", t, "off", skills=frozenset({"card"}))
    occupy(est, t + 1000.0, 2)
    for k in range(6):
        est.arrive(f"w{k}", t + 1000.0, topic="tax")
    t += 1000.0
    nothing, helped = what_if(est, t, come=("jun",)), what_if(est, t, come=("mina",), topic="tax")
    assert p50s(nothing.then.waiting) == pytest.approx(p50s(nothing.now.waiting), rel=0.001)
    assert p50s(helped.then.waiting)[-1] < 0.8 * p50s(helped.now.waiting)[-1]
    assert (helped.now.agents, helped.then.agents) == (2, 3)


def test_whoever_leaves_finishes_what_they_have_in_hand() -> None:
    """In a one-person shop the contact in service ends, and nobody who waits is served after it."""
    est, t = busy(1, 2)
    gone = what_if(est, t, go=("a0",))
    assert gone.then.agents == 0
    assert [w.state for w in gone.then.waiting] == ["no_agents", "no_agents"]
    two, t = busy(2, 4, (300.0, 5.0))
    assert p50s(what_if(two, t, extra=-1).then.waiting) == p50s(what_if(two, t, go=("a1",)).then.waiting)


def test_with_nobody_left_there_is_no_number() -> None:
    est, t = desk(2)
    line(est, t, 2)
    empty = what_if(est, t, extra=-5).then
    assert empty.agents == 0
    assert {w.state for w in (*empty.waiting, empty.newcomer)} == {"no_agents"}
    assert empty.newcomer.p50 is None
