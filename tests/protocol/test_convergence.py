"""Desks that lose the network, restart, and have wrong clocks: in the end all show the same, and nothing is lost.

A day that fails is named by its seed; ``CXDESK_SIM_SEED=N pytest tests/protocol -k convergence`` plays it alone.
"""

import os
from random import Random

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from benchmarks.convergence import hands
from benchmarks.convergence.bugs import BUGS, planted
from benchmarks.convergence.desk import Desk
from benchmarks.convergence.schedule import CLOCKS, Schedule, run
from benchmarks.convergence.truths import Broken, check

SHORT, LONG, PART = 500, 10_000, 100
ASKED = os.environ.get("CXDESK_SIM_SEED")
DAYS = [range(n, n + PART) for n in range(0, SHORT, PART)] if ASKED is None else [range(int(ASKED), int(ASKED) + 1)]
CAUGHT_BY = {
    "wall_clock": 8,
    "no_tie_break": 18,
    "no_dedupe": 0,
    "loser_dropped": 0,
    "erase_resurrected": 4,
    "erase_keeps_notes": 4,
    "cursor_gap": 0,
    "restamp_ignored": 0,
    "no_skew_bound": 0,
    "current_ignored": 17,
    "lease_ignored": 21,
}
"""Days on which a planted bug shows, found by ``python -m benchmarks.convergence --bugs``."""


def played(seed: int) -> None:
    try:
        run(seed)
    except Exception as failure:
        failure.add_note(f"CXDESK_SIM_SEED={seed}")
        raise


@pytest.mark.parametrize("days", DAYS, ids=str)
def test_everybody_agrees_at_last_and_nothing_is_lost(days: range) -> None:
    for seed in days:
        played(seed)


@pytest.mark.long
@pytest.mark.parametrize("first", range(SHORT, SHORT + LONG, 10 * PART))
def test_everybody_agrees_at_last_on_ten_thousand_days(first: int) -> None:
    for seed in range(first, first + 10 * PART):
        played(seed)


@pytest.mark.parametrize("name", BUGS)
def test_a_planted_bug_is_noticed(name: str) -> None:
    run(CAUGHT_BY[name])
    with planted(name), pytest.raises(Broken):
        run(CAUGHT_BY[name])


@pytest.mark.long
@pytest.mark.parametrize("name", BUGS)
def test_a_planted_bug_is_noticed_on_many_days(name: str) -> None:
    noticed = 0
    with planted(name):
        for seed in range(500):
            try:
                run(seed)
            except (Broken, LookupError):
                noticed += 1
    assert noticed >= 5


def test_a_day_is_the_same_whenever_it_is_played() -> None:
    one, two = run(7), run(7)
    assert one.server.log == two.server.log
    assert [desk.made for desk in one.desks] == [desk.made for desk in two.desks]


def test_the_days_have_everything_in_them() -> None:
    """Guards the simulator: what never happens on any day is not proved by any."""
    days = [run(seed) for seed in range(120)]
    kinds = {op.k for day in days for op in day.server.log}
    assert kinds == {"set", "append", "add", "rem", "del", "claim", "transition", "release", "resolve", "erase"}
    refused = {attention.problem for day in days for desk in day.desks for attention in desk.attention}
    assert {"claimed", "stale-fence", "erased"} <= refused
    assert any(op.orig is not None for day in days for op in day.server.log)
    assert any(op.ent == "conflict" and op.f.get("state") == "open" for day in days for op in day.server.log)
    assert any(desk.history for day in days for desk in day.desks)


class AnyDay(RuleBasedStateMachine):
    """A day that hypothesis makes up, and shortens when it goes wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.day = Schedule(0)
        self.day.begin()

    @rule(desk=st.integers(0, 5), what=st.sampled_from(hands.ACTS), seed=st.integers(0, 99))
    def act(self, desk: int, what: hands.Act, seed: int) -> None:
        what(self.desks[desk % len(self.desks)], self.day.server.now, Random(seed))

    @rule(desk=st.integers(0, 5), many=st.integers(1, 6), answered=st.booleans())
    def push(self, desk: int, many: int, answered: bool) -> None:
        there = self.desks[desk % len(self.desks)]
        self.day.push(there, there.outbox[:many], answered=answered)

    @rule(desk=st.integers(0, 5), limit=st.integers(1, 9))
    def pull(self, desk: int, limit: int) -> None:
        self.day.pull(self.desks[desk % len(self.desks)], limit)

    @rule(desk=st.integers(0, 5))
    def copy(self, desk: int) -> None:
        self.day.copy(self.desks[desk % len(self.desks)])

    @rule(desk=st.integers(0, 5), wrong=st.sampled_from(CLOCKS))
    def clock_jumps(self, desk: int, wrong: int) -> None:
        self.desks[desk % len(self.desks)].wrong = wrong

    @rule(seconds=st.integers(0, 700))
    def time_passes(self, seconds: int) -> None:
        self.day.server.now += 1000 * seconds

    @property
    def desks(self) -> list[Desk]:
        return self.day.desks

    def teardown(self) -> None:
        self.day.calm()
        check(self.day.server, self.day.desks)


TestAnyDay = AnyDay.TestCase
TestAnyDay.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
