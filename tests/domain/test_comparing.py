"""Intervals beside published examples, and what they make of differences that are chance."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.comparing import Difference, Verdict, medians, rates, scores, shares
from cxdesk.domain.durations import Lengths


def test_the_difference_of_two_shares_is_newcombes() -> None:
    # Newcombe 1998, table II (a), method 10: 56/70 - 48/80 is between 0.0524 and 0.3339.
    found = shares(56, 70, 48, 80)
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert found.verdict is Verdict.MORE
    # Table II (c): 6/7 - 2/7 is between 0.0582 and 0.8062.
    found = shares(6, 7, 2, 7)
    assert (found.low, found.high) == pytest.approx((0.0582, 0.8062), abs=5e-5)


def test_a_few_contacts_more_are_chance_and_many_more_are_not() -> None:
    assert rates(312, 30, 298, 30).verdict is Verdict.NOISE
    assert rates(400, 30, 298, 30).verdict is Verdict.MORE
    assert rates(200, 30, 298, 30).verdict is Verdict.LESS
    assert rates(2, 1, 1, 1).verdict is Verdict.FEW


def test_contacts_are_compared_by_the_day() -> None:
    assert rates(310, 31, 300, 30).verdict is Verdict.NOISE
    found = rates(620, 62, 300, 30)
    assert found.low < 1 < found.high


def test_after_nothing_at_all_there_is_no_end_to_the_ratio() -> None:
    found = rates(50, 7, 0, 7)
    assert found.high == float("inf")
    assert found.verdict is Verdict.MORE
    assert rates(0, 7, 50, 7).verdict is Verdict.LESS


def test_medians_differ_when_their_intervals_lie_far_enough_apart() -> None:
    usual = Lengths(100, 120.0, 300.0, 100.0, 140.0)
    assert medians(replace(usual, median=130.0, low=110.0, high=150.0), usual).verdict is Verdict.NOISE
    assert medians(replace(usual, median=180.0, low=160.0, high=200.0), usual).verdict is Verdict.MORE
    assert medians(replace(usual, n=3, median=900.0, low=800.0, high=950.0), usual).verdict is Verdict.FEW


def test_scores_differ_by_the_same_rule() -> None:
    assert scores((0.4, 0.2, 0.6), (0.35, 0.1, 0.5)).verdict is Verdict.NOISE
    assert scores((0.4, 0.3, 0.5), (-0.1, -0.2, 0.0)).verdict is Verdict.MORE


def test_a_share_of_nothing_says_nothing() -> None:
    assert shares(0, 0, 5, 10).verdict is Verdict.FEW
    assert shares(5, 10, 0, 0).verdict is Verdict.FEW


def mirrored(found: Difference) -> Verdict:
    return {Verdict.MORE: Verdict.LESS, Verdict.LESS: Verdict.MORE}.get(found.verdict, found.verdict)


@given(st.integers(0, 50), st.integers(1, 50), st.integers(0, 50), st.integers(1, 50))
def test_seen_from_the_other_side_more_is_less(one: int, n: int, other: int, m: int) -> None:
    one, other = min(one, n), min(other, m)
    assert shares(one, n, other, m).verdict is mirrored(shares(other, m, one, n))
    assert rates(one, n, other, m).verdict is mirrored(rates(other, m, one, n))


@given(st.integers(0, 80), st.integers(1, 80))
def test_what_did_not_change_is_chance(hits: int, n: int) -> None:
    hits = min(hits, n)
    assert shares(hits, n, hits, n).verdict is Verdict.NOISE
    assert rates(hits, 7, hits, 7).verdict in (Verdict.NOISE, Verdict.FEW)
