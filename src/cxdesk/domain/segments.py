"""Which kind of customer this is, by rules a shop owner can read.

The order of the rules is the order of the ``if``s: at risk, VIP, regular, returning, new. Every answer carries the
figures it rests on, so that the screen can say why.
"""

from cxdesk.domain.values import dataclass
from cxdesk.domain.words import Segment

__all__ = ["DAY_MS", "Rules", "Standing", "Summary", "stand"]

DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Summary:
    """A customer in figures: distinct orders, net spend in minor units of ``currency``, first and last order.

    ``own_orders`` are those in ``currency``. ``outwaited`` counts the times they waited longer than they were told;
    the last of them was told at ``outwaited_at`` and lasted ``over`` seconds longer.
    """

    orders: int = 0
    spent: int = 0
    currency: str = ""
    first_at: int | None = None
    last_at: int | None = None
    own_orders: int = 0
    outwaited: int = 0
    outwaited_at: int | None = None
    over: int = 0


@dataclass(frozen=True, slots=True)
class Rules:
    """The thresholds a shop may set. Spend is in minor units of ``currency``; other currencies never make a VIP."""

    vip_spent: int = 1_000_000
    vip_orders: int = 10
    currency: str = "KRW"
    regular_orders: int = 4
    risk_factor: float = 2.5
    risk_days: int = 60
    outwaited_days: int = 60


@dataclass(frozen=True, slots=True)
class Standing:
    """A segment with the summary it was read from and the code of the rule that decided (``segment.why.<code>``).

    ``outwaited`` says, whatever the segment, that they lately waited longer than they were told.
    """

    segment: Segment
    summary: Summary
    why: str
    days_since: int | None = None
    usual_days: int | None = None
    outwaited: bool = False


def stand(summary: Summary, now: int, rules: Rules) -> Standing:
    """The customer's segment at ``now``. At risk means quiet far longer than this customer's own rhythm."""
    if summary.orders == 0 or summary.first_at is None or summary.last_at is None:
        return Standing(Segment.NEW, summary, "no_orders", outwaited=_outwaited(summary, now, rules))
    since = max(0, (now - summary.last_at) // DAY_MS)
    usual = (summary.last_at - summary.first_at) // DAY_MS // (summary.orders - 1) if summary.orders > 1 else None

    def standing(segment: Segment, why: str) -> Standing:
        lately = _outwaited(summary, now, rules)
        return Standing(segment, summary, why, days_since=since, usual_days=usual, outwaited=lately)

    if summary.orders >= 3 and usual is not None and since > max(rules.risk_days, rules.risk_factor * usual):
        return standing(Segment.AT_RISK, "quiet")
    if summary.currency == rules.currency and summary.spent >= rules.vip_spent:
        return standing(Segment.VIP, "spent")
    if summary.orders >= rules.vip_orders:
        return standing(Segment.VIP, "orders")
    if summary.orders >= rules.regular_orders:
        return standing(Segment.REGULAR, "orders")
    if summary.orders >= 2:
        return standing(Segment.RETURNING, "orders")
    return standing(Segment.NEW, "first_order")


def _outwaited(summary: Summary, now: int, rules: Rules) -> bool:
    at = summary.outwaited_at
    return at is not None and now - at <= rules.outwaited_days * DAY_MS
