import pytest

from cxdesk.domain.figures import LEAST_DAYS, rfm, worth
from cxdesk.domain.segments import DAY_MS, Rules, Summary

NOW = 1_790_000_000_000
RULES = Rules()


def bought(orders: int, spent: int, *, first: int, last: int, currency: str = "KRW") -> Summary:
    return Summary(orders, spent, currency, NOW - first * DAY_MS, NOW - last * DAY_MS, orders)


def test_somebody_who_never_bought_has_no_figures() -> None:
    assert rfm(Summary(), NOW, RULES) is None
    assert worth(Summary(), NOW) is None


@pytest.mark.parametrize(
    ("orders", "spent", "last", "steps"),
    [
        (1, 0, 500, (1, 1, 1)),
        (2, 50_000, 240, (2, 2, 2)),
        (4, 150_000, 120, (3, 3, 3)),
        (7, 400_000, 60, (4, 4, 4)),
        (10, 1_000_000, 30, (5, 5, 5)),
    ],
)
def test_the_steps_follow_from_the_shops_own_rules(
    orders: int, spent: int, last: int, steps: tuple[int, int, int]
) -> None:
    figures = rfm(bought(orders, spent, first=600, last=last), NOW, RULES)
    assert figures is not None
    assert (figures.recency, figures.frequency, figures.money) == steps
    assert (figures.days, figures.orders, figures.spent) == (last, orders, spent)


def test_money_of_another_currency_is_on_no_step() -> None:
    figures = rfm(bought(4, 90_000, first=300, last=10, currency="USD"), NOW, RULES)
    assert figures is not None
    assert figures.money is None


def test_a_years_worth_is_what_an_order_brings_times_orders_a_year() -> None:
    year = worth(bought(13, 1_300_000, first=365, last=5), NOW)
    assert year is not None
    assert (year.amount, year.per_order, year.per_year, year.n) == (1_200_000, 100_000, 12.0, 13)


def test_silence_lowers_it_by_itself() -> None:
    busy, quiet = (worth(bought(13, 1_300_000, first=365 + gone, last=5 + gone), NOW) for gone in (0, 365))
    assert busy is not None
    assert quiet is not None
    assert quiet.amount == busy.amount // 2


@pytest.mark.parametrize(
    "summary",
    [
        bought(2, 200_000, first=365, last=5),
        bought(3, 300_000, first=LEAST_DAYS - 1, last=5),
        bought(3, 0, first=365, last=5),
        Summary(5, 300_000, "KRW", NOW - 365 * DAY_MS, NOW, own_orders=4),
    ],
)
def test_too_little_is_no_figure(summary: Summary) -> None:
    assert worth(summary, NOW) is None
