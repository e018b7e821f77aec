"""Putting an estimate into the sentence a waiting person hears.

Ranges are rounded outward, never to the second, and say the usual and the long case (P50 to P90): people forgive a
wait they were told of and punish one they were not.
"""

import math

from cxdesk.domain.records import Ticket
from cxdesk.domain.values import dataclass
from cxdesk.domain.views import Estimate
from cxdesk.domain.words import Language
from cxdesk.i18n import t_in

__all__ = ["Told", "minutes", "told"]


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence and, when it holds figures, what they were in seconds and how many contacts they rest on."""

    sentence: str
    state: str
    low: int | None = None
    expected: int | None = None
    high: int | None = None
    basis: int = 0


def minutes(expected: float, high: float) -> tuple[int, int]:
    """P50 and P90 seconds as whole minutes, outward: steps of 1 below ten minutes, 5 below thirty, then 10.

    >>> minutes(400, 800)
    (6, 15)
    """
    low = math.floor(expected / 60 / _step(expected)) * _step(expected)
    top = math.ceil(high / 60 / _step(high)) * _step(high)
    return low, max(top, low + 1)


def _step(seconds: float) -> int:
    """The coarseness, in minutes, at which a time of this length is said."""
    return 1 if seconds < 600 else 5 if seconds < 1800 else 10


def told(wait: Estimate | None, lang: Language, now: int, ticket: Ticket, *, back: str | None = None) -> Told | None:
    """What to say, in the customer's language; ``None`` before anything is known.

    ``back`` is when somebody will be on duty again, in words, for the hour when nobody is.
    """
    if wait is None:
        return None
    if not wait.known:
        sentence = t_in(lang, "told.no_agents_until", when=back) if back else t_in(lang, "told.no_agents")
        return Told(sentence, "no_agents")
    low, high = minutes(max(wait.expected, 60), max(wait.high, 60))  # nobody is told of no minutes
    ahead = max(0, wait.position - 1)
    if ticket.quoted_until is not None and now + 1000 * wait.expected > ticket.quoted_until:
        late = max(1, math.ceil((now / 1000 + wait.expected - ticket.quoted_until / 1000) / 60))
        sentence = t_in(lang, "told.worse", late=late, low=low, high=high)
    elif wait.state == "overload":
        sentence = t_in(lang, "told.overload", low=low)
    elif wait.state in ("cold", "stale"):
        sentence = t_in(lang, "told.cold", low=low, high=high)
    elif wait.high < 120:
        sentence = t_in(lang, "told.soon")
    elif ahead:
        sentence = t_in(lang, "told.ok", n=ahead, low=low, high=high)
    else:
        sentence = t_in(lang, "told.first", low=low, high=high)
    return Told(sentence, wait.state, round(wait.low), round(wait.expected), 60 * high, wait.basis)
