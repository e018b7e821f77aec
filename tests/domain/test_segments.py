import pytest

from cxdesk.domain.segments import DAY_MS, Rules, Summary, stand
from cxdesk.domain.words import Segment

NOW = 1_790_000_000_000
RULES = Rules()


def bought(orders: int, *, spent: int = 10_000, every: int = 30, quiet: int = 1, currency: str = "KRW") -> Summary:
    """So many orders, one each ``every`` days, the last one ``quiet`` days ago."""
    last = NOW - quiet * DAY_MS
    return Summary(orders, spent, currency, last - (orders - 1) * every * DAY_MS, last)


@pytest.mark.parametrize(
    ("summary", "segment", "why"),
    [
        (Summary(), Segment.NEW, "no_orders"),
        (bought(1), Segment.NEW, "first_order"),
        (bought(2), Segment.RETURNING, "orders"),
        (bought(3), Segment.RETURNING, "orders"),
        (bought(4), Segment.REGULAR, "orders"),
        (bought(9), Segment.REGULAR, "orders"),
        (bought(10), Segment.VIP, "orders"),
        (bought(1, spent=1_000_000), Segment.VIP, "spent"),
        (bought(1, spent=999_999), Segment.NEW, "first_order"),
        (bought(12, spent=5_000_000), Segment.VIP, "spent"),
    ],
)
def test_the_rules_from_the_bottom_to_the_top(summary: Summary, segment: Segment, why: str) -> None:
    standing = stand(summary, NOW, RULES)
    assert (standing.segment, standing.why) == (segment, why)


def test_a_quiet_vip_is_at_risk_first_because_that_is_what_to_act_on() -> None:
    standing = stand(bought(12, spent=5_000_000, every=30, quiet=76), NOW, RULES)
    assert (standing.segment, standing.why) == (Segment.AT_RISK, "quiet")
    assert (standing.usual_days, standing.days_since) == (30, 76)


@pytest.mark.parametrize(
    ("every", "quiet", "at_risk"),
    [
        (30, 75, False),  # not longer than 2.5 times the usual gap
        (30, 76, True),
        (10, 60, False),  # beyond the usual gap, but not yet sixty days
        (10, 61, True),
        (200, 400, False),
    ],
)
def test_quiet_is_measured_by_the_customers_own_rhythm(every: int, quiet: int, at_risk: bool) -> None:
    standing = stand(bought(5, every=every, quiet=quiet), NOW, RULES)
    assert (standing.segment is Segment.AT_RISK) is at_risk


def test_two_orders_are_no_rhythm() -> None:
    assert stand(bought(2, every=10, quiet=500), NOW, RULES).segment is Segment.RETURNING


def test_somebody_who_used_to_order_several_times_a_day_is_quiet_after_the_least_number_of_days() -> None:
    assert stand(bought(5, every=0, quiet=60), NOW, RULES).segment is Segment.REGULAR
    standing = stand(bought(5, every=0, quiet=61), NOW, RULES)
    assert (standing.segment, standing.usual_days) == (Segment.AT_RISK, 0)


def test_spend_in_another_currency_makes_no_vip() -> None:
    assert stand(bought(2, spent=9_000_000, currency="USD"), NOW, RULES).segment is Segment.RETURNING


def test_a_shop_may_set_its_own_rules() -> None:
    own = Rules(vip_spent=100_000, currency="USD", regular_orders=2)
    assert stand(bought(1, spent=100_000, currency="USD"), NOW, own).segment is Segment.VIP
    assert stand(bought(2), NOW, own).segment is Segment.REGULAR


def test_an_order_from_the_future_is_not_a_negative_silence() -> None:
    assert stand(bought(3, quiet=-5), NOW, RULES).days_since == 0


def test_every_answer_carries_the_figures_it_rests_on() -> None:
    summary = bought(4)
    assert stand(summary, NOW, RULES).summary is summary
