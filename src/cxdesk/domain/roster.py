"""The list of customers as it is looked at: one line a person, in one of three orders."""

from enum import StrEnum

from cxdesk.domain.segments import Standing
from cxdesk.domain.values import dataclass

__all__ = ["Listed", "Sort"]


class Sort(StrEnum):
    """What the list is ordered by: the name, the last contact, or what was spent; the last two largest first."""

    SEEN = "seen"
    NAME = "name"
    SPENT = "spent"


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list. ``phone`` is whole, as it was given; ``seen_at`` is the last contact, ``None`` for none."""

    customer_id: str
    name: str
    phone: str | None
    seen_at: int | None
    standing: Standing
