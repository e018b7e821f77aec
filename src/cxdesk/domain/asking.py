"""Whether now is the moment to ask a customer how it was, and on which scale: rules a shop owner can read.

The order of the rules is the order of the ``if``s. Each answer is a code with its reason (``asking.<code>``), and the
screen shows it. Asking is a favour that the customer does: not twice within a month, not after a no, not while
something is open, and never whoever left angry: they are owed a solution, not a form.

Which scale: effort (CES) when it took them more than one contact, recommendation (NPS) of those who keep coming, at
most twice a year, and satisfaction (CSAT) otherwise.
"""

from cxdesk.domain.feedback import Scale
from cxdesk.domain.records import Ticket
from cxdesk.domain.segments import DAY_MS
from cxdesk.domain.sparing import Rules
from cxdesk.domain.values import dataclass
from cxdesk.domain.words import Emotion, Segment, Status

__all__ = ["SINCE", "Asked", "Asking", "due", "may_be_asked"]

SINCE = 7 * DAY_MS
"""Contacts about the same topic within this time are one effort."""

_LOYAL = (Segment.REGULAR, Segment.VIP)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the rules look at beside the ticket. ``last_at`` is when the customer was last asked or last answered,
    ``nps_at`` the same for the NPS; ``contacts`` how often they came about this topic within ``SINCE``."""

    last_at: int | None = None
    nps_at: int | None = None
    contacts: int = 1
    forbidden: bool = False
    promised: bool = False
    incident: bool = False
    segment: Segment | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """``scale`` to ask on, ``None`` for not now. ``days`` is how long ago somebody was asked, ``contacts`` how many it
    took, where the reason speaks of them."""

    scale: Scale | None
    why: str
    days: int = 0
    contacts: int = 0


def due(ticket: Ticket, asked: Asked, now: int, rules: Rules) -> Asking:
    """Whether the customer of a ticket should be asked now."""
    if ticket.status is not Status.RESOLVED:
        return Asking(None, "not_resolved")
    if (hindrance := may_be_asked(ticket.customer_id, asked, now, rules)) is not None:
        return hindrance
    if ticket.feeling_after is Emotion.ANGER or (ticket.feeling_after is None and ticket.emotion is Emotion.ANGER):
        return Asking(None, "angry")
    if asked.incident:
        return Asking(None, "incident")
    if asked.promised:
        return Asking(None, "promised")
    if asked.contacts > 1:
        return Asking(Scale.CES, "effort", contacts=asked.contacts)
    if asked.segment in _LOYAL and _older(asked.nps_at, now, rules.nps_days):
        return Asking(Scale.NPS, "regular")
    return Asking(Scale.CSAT, "contact")


def may_be_asked(customer_id: str | None, asked: Asked, now: int, rules: Rules) -> Asking | None:
    """Why a customer may not be asked at all, on whatever occasion, or ``None``."""
    if customer_id is None:
        return Asking(None, "nobody")
    if asked.forbidden:
        return Asking(None, "no_contact")
    if not _older(asked.last_at, now, rules.again_days):
        return Asking(None, "lately", days=max(0, (now - (asked.last_at or now)) // DAY_MS))
    return None


def _older(at: int | None, now: int, days: int) -> bool:
    return at is None or now - at >= days * DAY_MS
