"""The rules of ``domain.segments`` as a condition on a line of the roster, so that a search can leave people out while
it reads. A test holds the two against each other."""

from cxdesk.domain.segments import DAY_MS, Rules
from cxdesk.domain.words import Segment

__all__ = ["stands_in"]

_SEGMENT = f"""
CASE WHEN r.orders = 0 OR r.first_at IS NULL OR r.last_at IS NULL THEN '{Segment.NEW}'
     WHEN r.orders >= 3 AND (? - r.last_at) / {DAY_MS}
          > max(?, ? * ((r.last_at - r.first_at) / {DAY_MS} / (r.orders - 1))) THEN '{Segment.AT_RISK}'
     WHEN r.currency = ? AND r.spent >= ? OR r.orders >= ? THEN '{Segment.VIP}'
     WHEN r.orders >= ? THEN '{Segment.REGULAR}'
     WHEN r.orders >= 2 THEN '{Segment.RETURNING}'
     ELSE '{Segment.NEW}' END
"""


def stands_in(segment: Segment | None, now: int, rules: Rules, line: str = "r") -> tuple[str, tuple[object, ...]]:
    """What a ``line`` must meet to be in a segment at ``now``, as SQL and its values; nothing for any segment."""
    if segment is None:
        return "1", ()
    values = (
        now,
        rules.risk_days,
        rules.risk_factor,
        rules.currency,
        rules.vip_spent,
        rules.vip_orders,
        rules.regular_orders,
    )
    return f"{_SEGMENT.replace('r.', f'{line}.')} = ?", (*values, segment.value)
