"""Figures of answers, against values worked out by hand or published."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.feedback import SCALES, Scale, fits, read_answer, score, wilson


def test_satisfaction_is_the_share_of_four_and_five_with_wilsons_interval() -> None:
    found = score("csat", {5: 12, 4: 6, 3: 1, 1: 1})
    assert (found.n, found.share, found.formula) == (20, 0.9, "csat_top_two")
    assert found.low is not None
    assert found.high is not None
    assert (round(found.low, 4), round(found.high, 4)) == (0.699, 0.9721)  # 18 of 20, as statsmodels gives it


def test_all_satisfied_is_not_certainty() -> None:
    low, high = wilson(5, 5)
    assert (round(low, 3), high) == (0.566, 1.0)
    assert wilson(0, 0) == (0.0, 1.0)


def test_effort_is_a_mean_with_students_interval() -> None:
    found = score("ces", {7: 2, 6: 1, 5: 1, 4: 1})
    assert found.mean == 5.8
    assert found.low is not None
    # s = 1.3038, t(4) = 2.7764, half = 1.6189
    assert isclose(found.low, 5.8 - 1.6189, abs_tol=0.005)
    assert found.high == 7.0, "no interval leaves its scale"


def test_equal_answers_still_have_a_width() -> None:
    found = score("ces", {6: 10})
    assert found.mean == 6
    assert found.low is not None
    assert found.high is not None
    assert 0.3 < found.high - found.low < 0.5


def test_recommendation_is_promoters_less_detractors_with_the_adjusted_interval() -> None:
    found = score("nps", {10: 4, 9: 2, 8: 3, 3: 1})
    assert found.share == 0.5
    # up = 6.75/13, down = 1.75/13, centre 5/13 = 0.3846, half = 1.96 * sqrt((8.5/13 - (5/13)**2) / 13) = 0.3868
    assert found.low is not None
    assert found.high is not None
    assert isclose(found.low, 0.3846 - 0.3868, abs_tol=0.001)
    assert isclose(found.high, 0.3846 + 0.3868, abs_tol=0.001)


@pytest.mark.parametrize("scale", list(Scale))
def test_below_five_answers_there_are_only_the_counts(scale: Scale) -> None:
    few, enough = score(scale, {5: 4}), score(scale, {5: 5})
    assert (few.value, few.low, few.high, few.counts) == (None, None, None, {5: 4})
    assert enough.value is not None
    assert score(scale, {}).n == 0


def test_a_value_outside_its_scale_makes_no_figure() -> None:
    with pytest.raises(ValueError, match="csat"):
        score("csat", {6: 1})
    assert not fits("stars", 5)
    assert [fits("nps", value) for value in (-1, 0, 10, 11)] == [False, True, True, False]


@given(st.sampled_from(Scale), st.dictionaries(st.integers(0, 10), st.integers(0, 60)))
def test_every_figure_lies_in_its_interval_and_the_interval_on_its_scale(scale: Scale, counts: dict[int, int]) -> None:
    found = score(scale, {value: count for value, count in counts.items() if fits(scale, value)})
    if found.value is None:
        assert found.n < 5
        return
    least, most = {"csat": (0, 1), "nps": (-1, 1)}.get(scale, SCALES[scale])
    assert found.low is not None
    assert found.high is not None
    assert least <= found.low <= found.high <= most
    if scale is not Scale.NPS:  # the adjusted interval is drawn towards nought, and may leave an extreme figure outside
        assert found.low - 1e-9 <= found.value <= found.high + 1e-9


def test_an_answer_is_a_number_with_words_behind_it() -> None:
    answer = read_answer("5 친절해요")
    assert answer is not None
    assert (answer.scale, answer.value, answer.comment) == (None, 5, "친절해요")
    answer = read_answer("NPS 9, quick and kind")
    assert answer is not None
    assert (answer.scale, answer.value, answer.comment) == (Scale.NPS, 9, "quick and kind")
    answer = read_answer("4점")
    assert answer is not None
    assert answer.value == 4
    assert read_answer("친절해요") is None
    assert read_answer("") is None
