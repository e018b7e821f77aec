import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.words import Emotion
from cxdesk.empathy.cost import COST, SAFE, certain, expected_cost

HAPPY = (Emotion.GRATITUDE, Emotion.NEUTRAL)


def test_every_line_has_a_cost_for_every_feeling_and_none_for_its_own() -> None:
    assert set(COST) == set(Emotion)
    for number, felt in enumerate(Emotion):
        assert all(len(row) == len(Emotion) for row in COST.values())
        assert COST[felt][number] == 0


def test_nothing_is_worse_than_cheer_for_an_angry_customer() -> None:
    worst = max(cost for row in COST.values() for cost in row)
    assert COST[Emotion.GRATITUDE][list(Emotion).index(Emotion.ANGER)] == worst
    assert sum(row.count(worst) for row in COST.values()) == 1


def test_a_line_for_everyone_costs_the_same_whoever_hears_it() -> None:
    for felt in Emotion:
        assert expected_cost(frozenset(), certain(felt)) == SAFE


@pytest.mark.parametrize("felt", Emotion)
def test_where_the_feeling_is_sure_only_its_own_lines_are_better_than_those_for_everyone(felt: Emotion) -> None:
    for emotion in Emotion:
        cost = expected_cost(frozenset({emotion}), certain(felt))
        assert (cost < SAFE) is (emotion is felt)


@given(st.frozensets(st.sampled_from(Emotion), min_size=1), st.sampled_from(Emotion))
def test_a_line_for_several_feelings_is_right_for_each_and_elsewhere_as_bad_as_the_worst(
    emotions: frozenset[Emotion], felt: Emotion
) -> None:
    alone = [expected_cost(frozenset({one}), certain(felt)) for one in emotions]
    assert expected_cost(emotions, certain(felt)) == (0 if felt in emotions else max(alone))
