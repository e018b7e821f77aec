"""When many ask about one thing at once, against the same hour of earlier weeks."""

from math import exp, factorial, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.bursts import Burst, bursting, counted, find, tail, usual
from cxdesk.domain.words import Topic

counts = st.integers(0, 60)
weeks = st.lists(st.integers(0, 20), min_size=2, max_size=8)


@given(counts, st.floats(0.05, 25))
def test_the_tail_is_that_of_a_poisson_count(n: int, rate: float) -> None:
    below = sum(exp(-rate) * rate**k / factorial(k) for k in range(n))
    assert isclose(tail(n, rate), 1 - below, abs_tol=1e-9)
    assert tail(n + 1, rate) <= tail(n, rate) <= 1


@given(counts, weeks)
def test_more_never_makes_it_less_of_a_burst_and_busier_weeks_never_more(n: int, before: list[int]) -> None:
    if bursting(n, before):
        assert bursting(n + 1, before)
    if bursting(n, [count + 1 for count in before]):
        assert bursting(n, before)


@pytest.mark.parametrize(
    ("n", "before", "burst"),
    [
        (9, [1, 1, 2, 1, 1, 2, 1, 1], True),
        (4, [0] * 8, False),  # too few to speak of
        (5, [0] * 8, True),
        (6, [3, 2, 4, 3, 2, 3, 4, 3], False),  # a lively hour, no more
        (40, [30] * 8, False),  # a third more is not three times as many
        (9, [1], False),  # one week says nothing about what is usual
        (9, [], False),
    ],
)
def test_a_burst_is_many_more_than_chance_and_than_usual(n: int, before: list[int], burst: bool) -> None:
    assert bursting(n, before) is burst


def test_a_quiet_hour_still_has_a_rate() -> None:
    assert usual([0] * 8) == 0.5 / 8
    with pytest.raises(ValueError, match="no week"):
        usual([])


def asked(*products: str, topic: Topic = Topic.DELIVERY) -> list[tuple[str, Topic, str]]:
    return [(f"t{n}", topic, product) for n, product in enumerate(products)]


QUIET = [counted([(Topic.DELIVERY, "린넨 셔츠")])] * 8


def test_the_product_is_named_when_most_share_it() -> None:
    found = find(asked(*["린넨 셔츠"] * 12, "머그", "러그"), QUIET)
    assert found is not None
    assert (found.product, found.count, len(found.tickets)) == ("린넨 셔츠", 12, 12)
    assert found.usual == (8 + 0.5) / 8


def test_the_topic_alone_is_named_when_they_are_about_many_things() -> None:
    found = find(asked("가", "나", "다", "라", "마", "바", "사", "아"), QUIET)
    assert found is not None
    assert (found.topic, found.product, found.count) == (Topic.DELIVERY, "", 8)


def test_nothing_is_said_of_other_or_when_all_is_as_usual() -> None:
    assert find(asked(*["머그"] * 9, topic=Topic.OTHER), QUIET) is None
    assert find(asked("머그", "머그"), QUIET) is None
    assert find([], []) is None


def test_the_larger_of_two_bursts_is_named() -> None:
    both = [*asked(*[""] * 6), *asked(*[""] * 9, topic=Topic.PAYMENT)]
    assert find(both, [{}] * 8) == Burst(Topic.PAYMENT, "", 9, 0.0625, tuple(f"t{n}" for n in range(9)))


def test_a_shop_can_ask_for_more_before_it_is_warned() -> None:
    assert find(asked(*["머그"] * 9), [{}] * 8, least=10) is None
