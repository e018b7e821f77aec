"""numpy serves long lines: the same numbers, only sooner, and nothing is missing where it is not installed."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from cxdesk.wait import Credit, Fifo, Policy, Prior, Strict, Wait, WaitEstimator, fast
from tests.wait.desks import PRIOR

FEW = settings(max_examples=12, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
POLICIES: list[Policy] = [Fifo(), Credit({"vip": 90.0}), Strict(("vip", "normal"))]


@contextmanager
def from_size(size: int) -> Iterator[None]:
    before, fast.SIZE = fast.SIZE, size
    try:
        yield
    finally:
        fast.SIZE = before


def long_line(agents: int, people: int, seed: int, policy: Policy, *, skilled: bool, history: int) -> WaitEstimator:
    """A desk with a past, two classes and three topics; some agents are on a break or leave soon."""
    rng, est, t = random.Random(seed), WaitEstimator(prior=PRIOR, policy=policy), 0.0
    topics = ("card", "tax", "other")
    for k in range(agents):
        skills = frozenset(rng.sample(topics, rng.randint(1, 2))) if skilled else None
        est.agent(f"a{k}", t, "on", skills=skills, until=rng.choice([None, None, 20_000.0]))
    for k in range(history):
        est.arrive(f"h{k}", t, rng.choice(("vip", "normal")), rng.choice(topics))
        est.start(f"h{k}", t + 5.0, f"a{k % agents}")
        t += rng.expovariate(1 / 200.0)
        est.end(f"h{k}", t)
    for k in range(agents):
        est.start(f"b{k}", t + k, f"a{k}")
    for k in range(people):
        t += rng.expovariate(1.0)
        est.arrive(f"w{k}", t, rng.choice(("vip", "normal")), rng.choice(topics))
    est.agent("a0", t, "break", until=t + 900.0)
    return est


def numbers(wait: Wait) -> list[float]:
    return [x for x in wait[1:5] if x is not None]


@FEW
@given(
    st.sampled_from([1, 3, 9, 30]),
    st.integers(1, 200),
    st.integers(0, 100),
    st.sampled_from(POLICIES),
    st.booleans(),
    st.sampled_from([0, 5, 60]),
    st.floats(0.0, 2000.0),
)
def test_numpy_says_what_lists_say(
    agents: int, people: int, seed: int, policy: Policy, skilled: bool, history: int, passed: float
) -> None:
    pytest.importorskip("numpy")
    est = long_line(agents, people, seed, policy, skilled=skilled, history=history)
    t = 1e5 + passed
    with from_size(10**9):
        plain = est.queue(t)
    with from_size(1):
        est.figures.forget()
        quick = est.queue(t)
    for a, b in zip(plain, quick, strict=True):
        assert (a.id, a.position, a.state, a.basis) == (b.id, b.position, b.state, b.basis)
        assert numbers(b) == pytest.approx(numbers(a), rel=1e-9, abs=1e-9)
        assert b.ahead == pytest.approx(a.ahead, rel=1e-9)
        assert [type(x) for x in b] == [type(x) for x in a]


@pytest.mark.parametrize("patience", [1.0, 60.0, 1e7])
def test_a_line_that_melts_away_or_never_does_is_the_same_in_both(patience: float) -> None:
    """Newton's method either arrives or leaves the line to the lists."""
    pytest.importorskip("numpy")
    est = WaitEstimator(prior=Prior(aht=300.0, patience=patience))
    for k in range(4):
        est.agent(f"a{k}", 0.0, "on")
    for k in range(3000):
        est.arrive(f"w{k}", k / 100.0, topic="other")
    with from_size(10**9):
        plain = est.queue(40.0)
    with from_size(1):
        est.figures.forget()
        quick = est.queue(40.0)
    for a, b in zip(plain, quick, strict=True):
        assert numbers(b) == pytest.approx(numbers(a), rel=1e-9, abs=1e-9)


def test_without_numpy_the_longest_line_is_served_by_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    est = long_line(3, 40, 1, Fifo(), skilled=False, history=30)
    with from_size(1):
        monkeypatch.setattr(fast, "_installed", lambda: False)
        assert not fast.pays(10_000)
        monkeypatch.setitem(sys.modules, "numpy", None)
        assert len(est.queue(1e5)) == 40


def test_a_short_line_does_not_wake_numpy() -> None:
    program = (
        "import sys\n"
        "from cxdesk.wait import Prior, WaitEstimator\n"
        "est = WaitEstimator(prior=Prior())\n"
        "est.agent('a', 0.0, 'on')\n"
        "for k in range(50): est.arrive(f'w{k}', 1.0)\n"
        "est.queue(2.0)\n"
        "print('numpy' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
