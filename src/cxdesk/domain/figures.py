"""What a customer is to the shop in figures: recency, frequency and money in steps, a year's worth with its formula.

The steps follow from the shop's own rules of segments, not from ranking customers against each other, so that a figure
means the same tomorrow.
"""

from cxdesk.domain.segments import DAY_MS, Rules, Summary
from cxdesk.domain.values import dataclass

__all__ = ["LEAST_DAYS", "LEAST_ORDERS", "Rfm", "Worth", "rfm", "worth"]

LEAST_ORDERS = 3
LEAST_DAYS = 60
"""With fewer orders, or known for a shorter time, a rate per year would be a guess."""

_YEAR_MS = 365 * DAY_MS


@dataclass(frozen=True, slots=True)
class Rfm:
    """Days since the last order, orders, net spend in minor units, and the step of each from 1 to 5, 5 the best.

    ``money`` is ``None`` for spend in another currency than the shop's rules are in.
    """

    days: int
    orders: int
    spent: int
    currency: str
    recency: int
    frequency: int
    money: int | None


@dataclass(frozen=True, slots=True)
class Worth:
    """Expected spend in the coming year: ``amount = per_order × per_year``, resting on ``n`` orders."""

    amount: int
    per_order: int
    per_year: float
    currency: str
    n: int


def rfm(summary: Summary, now: int, rules: Rules) -> Rfm | None:
    """Recency, frequency, money; ``None`` for somebody who never bought.

    Recency steps down at half, once, twice and four times the days after which a customer counts as quiet; frequency
    steps up at 2 orders, at a regular's, half way on, and at a VIP's; money at 5, 15, 40 and 100 % of a VIP's spend.
    """
    if summary.last_at is None or summary.orders == 0:
        return None
    days = max(0, (now - summary.last_at) // DAY_MS)
    quiet, regular, often, much = rules.risk_days, rules.regular_orders, rules.vip_orders, rules.vip_spent
    known = summary.currency == rules.currency
    return Rfm(
        days,
        summary.orders,
        summary.spent,
        summary.currency,
        recency=1 + sum(2 * days <= bound for bound in (quiet, 2 * quiet, 4 * quiet, 8 * quiet)),
        frequency=1 + sum(2 * summary.orders >= bound for bound in (4, 2 * regular, regular + often, 2 * often)),
        money=1 + sum(100 * summary.spent >= share * much for share in (5, 15, 40, 100)) if known else None,
    )


def worth(summary: Summary, now: int) -> Worth | None:
    """A customer's value in the coming year (CLV over one year, undiscounted, in sales).

    Spend per order times orders per year. The rate counts the orders after the first over the time from the first
    until now, so that silence lowers it by itself (a Poisson process seen from its first event). ``None`` where that
    would be a guess, and where orders in another currency would have to be left out.
    """
    if summary.first_at is None or summary.own_orders != summary.orders or summary.orders < LEAST_ORDERS:
        return None
    known = now - summary.first_at
    if known < LEAST_DAYS * DAY_MS or summary.spent <= 0:
        return None
    per_order = summary.spent // summary.orders
    per_year = (summary.orders - 1) * _YEAR_MS / known
    return Worth(round(per_order * per_year), per_order, round(per_year, 1), summary.currency, summary.orders)
