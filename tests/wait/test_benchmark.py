"""The benchmark in its shortest form, on deterministic counts: no clock, no tolerance to tune."""

from __future__ import annotations

import random

import pytest

from benchmarks.wait.baselines import NAMES
from benchmarks.wait.laws import Law
from benchmarks.wait.play import play
from benchmarks.wait.score import Row, pinball, summary


@pytest.mark.parametrize(("name", "hours"), [("S1", 6.0), ("S4", 6.0)])
def test_a_short_run_is_close_to_the_best_rival_and_covers(name: str, hours: float) -> None:
    scores = play(name, 3, short=True, paths=0, hours=hours)
    assert len(scores.join) > 100
    figures = summary(scores.join)
    assert figures["ratio"] < 1.10
    assert 0.68 < figures["cover"] < 0.92
    assert figures["high"] < 0.20


def test_one_small_desk_gives_the_same_rows_twice_and_uses_nothing_that_comes_later() -> None:
    """Rows of a run that stops early are the first rows of the run that goes on."""
    long, again = (play("S5a", 6, short=True, paths=0, hours=26.0) for _ in range(2))
    assert long.join == again.join
    assert long.stay == again.stay
    early = play("S5a", 6, short=True, paths=0, hours=18.0)
    assert 5 < len(early.join) < len(long.join)
    assert long.join[: len(early.join)] == early.join


@pytest.mark.parametrize("law", [Law("exp", 100.0), Law("lognormal", 100.0, 1.2), Law("gamma", 100.0, 0.6)])
def test_the_rest_of_a_service_is_what_is_left_of_the_whole(law: Law) -> None:
    rng = random.Random(1)
    whole = [x for x in (law.draw(rng) for _ in range(20_000)) if x > 120.0]
    left = sum(whole) / len(whole) - 120.0
    rest = sum(law.rest(rng, 120.0) for _ in range(6000)) / 6000
    assert rest == pytest.approx(left, rel=0.08)


def test_scores_of_a_perfect_and_of_a_useless_forecast() -> None:
    rows = [Row(float(k), (k - 1.0, float(k), k + 1.0), (50.0,) * len(NAMES)) for k in range(1, 100)]
    figures = summary(rows)
    assert figures["CX"] == 0.0
    assert figures["cover"] == 1.0
    assert figures["POS"] > 0.4
    assert pinball(10.0, (10.0, 10.0, 10.0)) == 0.0
