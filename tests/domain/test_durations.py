from collections import Counter
from statistics import median, quantiles

from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.durations import COARSE, FEW, FINE, bin_of, edges, error, lengths

SECONDS = st.floats(0, 10_000_000)


@given(SECONDS, st.sampled_from([FINE, COARSE]))
def test_every_length_lies_between_the_edges_of_its_bin(seconds: float, per_octave: int) -> None:
    low, high = edges(bin_of(seconds, per_octave), per_octave)
    assert low * (1 - 1e-9) <= seconds <= high * (1 + 1e-9)


@given(st.lists(st.floats(1, 1_000_000), min_size=1, max_size=60))
def test_the_median_is_off_by_less_than_the_width_of_a_bin(values: list[float]) -> None:
    found = lengths(Counter(map(bin_of, values)))
    assert found is not None
    below, above = sorted(values)[(len(values) - 1) // 2], sorted(values)[len(values) // 2]
    assert below / (1 + error()) * 0.999 <= found.median <= above * (1 + error()) * 1.001
    assert found.low <= found.median <= found.high
    assert found.median <= found.p80


def test_many_values_in_a_row_are_read_to_a_hundredth() -> None:
    values = [60 + n / 10 for n in range(6_000)]
    found = lengths(Counter(map(bin_of, values)))
    assert found is not None
    assert abs(found.median / median(values) - 1) < 0.01
    assert abs(found.p80 / quantiles(values, n=5)[3] - 1) < 0.01


def test_sums_of_counts_are_the_counts_of_everything() -> None:
    one, other = Counter(map(bin_of, (10, 20, 30))), Counter(map(bin_of, (40, 50)))
    assert lengths(one + other) == lengths(Counter(map(bin_of, (10, 20, 30, 40, 50))))


def test_a_clock_set_back_makes_no_wait_and_one_far_ahead_a_very_long_one() -> None:
    assert bin_of(-3600) == 0
    assert edges(bin_of(1e30))[0] > 100 * 365 * 86_400


def test_nothing_has_no_median_and_a_handful_has_one_that_proves_nothing() -> None:
    assert lengths({}) is None
    few = lengths(Counter(map(bin_of, [10.0] * (FEW - 2) + [1000.0])))
    assert few is not None
    assert few.low < 11
    assert few.high >= 1000
