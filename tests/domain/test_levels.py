"""Whether a theme is heard more than usual, and when nobody can say."""

from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.levels import WEEKS, YEAR, Trend, level, seasons


def test_nothing_is_said_before_four_weeks_are_known() -> None:
    found = level({0: 9}, WEEKS - 1)
    assert (found.trend, found.count, found.weeks) == (Trend.UNKNOWN, 9, 3)
    assert level({}, 0).trend is Trend.UNKNOWN


def test_a_week_like_the_others_is_usual_and_a_burst_is_rising() -> None:
    before = dict.fromkeys(range(1, 13), 3)
    assert level(before | {0: 4}, 12).trend is Trend.USUAL
    assert level(before | {0: 12}, 12).trend is Trend.RISING
    assert level(before, 12).trend is Trend.USUAL, "none where three are usual still happens in one week of twenty"
    assert level(dict.fromkeys(range(1, 13), 8), 12).trend is Trend.FALLING


def test_the_usual_range_is_the_negative_binomial_of_the_weeks_before() -> None:
    # 12 voices in 12 weeks: r = 12.5, p = 12/13; the distribution function is 0.3677, 0.7213, 0.9049, 0.9732, 0.9935
    found = level(dict.fromkeys(range(1, 13), 1), 12)
    assert (found.low, found.high, round(found.expected, 2)) == (0, 4, 1.0)


def test_few_weeks_make_the_usual_range_wide() -> None:
    short = level(dict.fromkeys(range(1, 5), 5), 4)
    long = level(dict.fromkeys(range(1, 53), 5), 52)
    assert short.high - short.low > long.high - long.low


def test_a_week_of_the_busy_season_is_not_a_rise() -> None:
    months = [12 if week % 52 < 4 else 6 for week in range(3 * YEAR)]
    counts = {week: 10 if months[week] == 12 else 2 for week in range(1, 3 * YEAR)} | {0: 10}
    weights = seasons(counts, months)
    assert weights[0] > 2
    assert level(counts, 3 * YEAR - 1).trend is Trend.RISING
    found = level(counts, 3 * YEAR - 1, weights)
    assert (found.trend, found.seasonal) == (Trend.USUAL, True)


def test_what_happened_in_one_year_is_no_season() -> None:
    assert seasons({1: 5}, [1] * (2 * YEAR)) == ()
    assert len(seasons({1: 5}, [1] * (2 * YEAR + 1))) == 2 * YEAR + 1


@given(st.dictionaries(st.integers(0, 60), st.integers(0, 40)), st.integers(0, 60))
def test_the_expected_count_lies_in_the_usual_range(counts: dict[int, int], weeks: int) -> None:
    found = level(counts, weeks)
    if found.trend is not Trend.UNKNOWN:
        assert found.low <= found.expected + 1
        assert found.expected <= found.high + 1
