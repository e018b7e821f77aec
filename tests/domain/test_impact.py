"""What is worth changing first, by marks that can be worked out by hand."""

import pytest

from cxdesk.domain.impact import Weight, impact, quick_win

VIP = 1_000_000


def test_impact_is_the_mean_of_four_marks() -> None:
    # 12 voices in 90 days are 4 in 30: 2 from one, 3 from two, 4 from four. Mean severity 2 is 3.
    # 5 customers: 2 from two, 3 from four. Spent 2.4 VIPs: 2 from one, 3 from two.
    found = impact(Weight(voices=12, customers=5, severity=24, spent=2_400_000), VIP)
    assert (found.often, found.bad, found.many, found.money) == (4, 3.0, 3, 3)
    assert found.score == 3.2


@pytest.mark.parametrize(("voices", "mark"), [(1, 1), (2, 1), (3, 2), (6, 3), (12, 4), (24, 5), (2400, 5)])
def test_how_often_gains_a_mark_with_each_doubling_and_no_more_than_five(voices: int, mark: int) -> None:
    assert impact(Weight(voices, 1, voices), VIP).often == mark


def test_a_theme_nobody_spoke_of_lately_weighs_nothing() -> None:
    assert impact(Weight(), VIP).score == 0


@pytest.mark.parametrize(
    ("score", "effort", "quick"), [(3.0, 2, True), (2.9, 1, False), (4.5, 3, False), (4.5, 0, False)]
)
def test_a_quick_win_is_worth_much_and_costs_little_and_unknown_effort_is_not_little(
    score: float, effort: int, quick: bool
) -> None:
    assert quick_win(score, effort) is quick
