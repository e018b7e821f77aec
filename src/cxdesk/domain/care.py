"""People first: which contacts are hard on an agent, when a break is due, when a colleague should take the next one."""

from collections.abc import Sequence

from cxdesk.domain.moments import HOUR, Instant
from cxdesk.domain.records import Ticket
from cxdesk.domain.values import dataclass
from cxdesk.domain.words import Emotion

__all__ = ["SPELL", "Care", "break_due", "hard", "is_angry", "spare"]

SPELL = 2 * HOUR
"""How long a hard contact weighs."""


@dataclass(frozen=True, slots=True)
class Care:
    """The shop's rules: a break after so many hard contacts within two hours; after so many, angry customers go to a
    colleague first, as long as nobody waits more than ``spread`` seconds longer for it."""

    break_after: int = 3
    spread_after: int = 2
    spread: int = 300


def is_angry(ticket: Ticket) -> bool:
    """Whether the customer is angry, in the agent's own word or, without one, by their words."""
    return (ticket.emotion or ticket.heard) is Emotion.ANGER


def hard(ticket: Ticket, abuse: bool) -> bool:
    """A contact that costs the agent: abuse, or anger at its strongest."""
    return abuse or (ticket.emotion is Emotion.ANGER and ticket.intensity >= 3)


def break_due(recent: Sequence[tuple[Instant, bool]], now: Instant, rules: Care) -> bool:
    """Whether a break should be offered now; ``recent`` are the ends of hard contacts, newest first, with abuse.

    Right after abuse always (산업안전보건법 제41조 asks it of the employer), else after several within ``SPELL``.
    """
    lately = [abuse for at, abuse in recent if now - at < SPELL]
    return bool(lately) and (lately[0] or len(lately) >= rules.break_after > 0)


def spare(recent: Sequence[tuple[Instant, bool]], now: Instant, rules: Care) -> bool:
    """Whether the next angry customer should rather go to a colleague."""
    return sum(now - at < SPELL for at, _ in recent) >= rules.spread_after > 0
