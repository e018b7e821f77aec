from cxdesk.domain.impact import Weight
from cxdesk.domain.tallies import tallied

NOW = 1_790_000_000_000
DAY = 86_400_000


def test_voices_are_counted_by_week_and_customers_once_within_ninety_days() -> None:
    rows = [
        ("a", NOW, "c1", 3),
        ("a", NOW - 8 * DAY, "c1", 1),
        ("a", NOW - 90 * DAY, "c2", 2),
        ("a", NOW - 91 * DAY, "c3", 2),
        ("b", NOW - DAY, None, 2),
    ]
    found = tallied(rows, NOW)
    assert found["a"].weeks == {0: 1, 1: 1, 12: 1, 13: 1}
    assert found["a"].weight({"c1": 500, "c3": 9000}) == Weight(3, 2, 6, 500)
    assert found["b"].weight({}) == Weight(1, 0, 2, 0)


def test_a_voice_that_a_wrong_clock_put_ahead_counts_as_this_weeks() -> None:
    assert tallied([("a", NOW + 9 * DAY, "c1", 1)], NOW)["a"].weeks == {0: 1}
