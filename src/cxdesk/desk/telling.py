"""Putting an estimate into the sentence a waiting person hears.

Ranges are rounded outward, never to the second, and say the usual and the long case (P50 to P90): people forgive a
wait they were told of and punish one they were not. What was said before is said again while it still holds.
"""

import math
from datetime import tzinfo

from cxdesk.domain import moments
from cxdesk.domain.records import Quote, Ticket
from cxdesk.domain.values import dataclass
from cxdesk.domain.views import Estimate
from cxdesk.domain.words import Language
from cxdesk.i18n import t_in

__all__ = ["Around", "Told", "minutes", "told", "told_mail"]

_LONG = 120
"""Minutes from which a wait is said in hours."""
_LATE = 12 * 60
"""Minutes beyond which nobody is told how late it is: a clock jumped, or the ticket lay over night."""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence and, when it holds figures, what they were in seconds and how many contacts they rest on."""

    sentence: str
    state: str
    low: int | None = None
    expected: int | None = None
    high: int | None = None
    basis: int = 0

    @property
    def offers_call(self) -> bool:
        """Whether the customer was asked if they would rather be called back."""
        return self.state in ("overload", "no_agents", "closed", "closing")


@dataclass(frozen=True, slots=True)
class Around:
    """What a sentence takes into account beside the estimate.

    ``back`` is when somebody will be there again while nobody is; ``closes`` when the desk closes, how many seconds
    from now that is, and when it opens again. ``last`` is what this customer was told before, and ``passed`` whether
    somebody may be served before them who comes later.
    """

    open: bool = True
    back: str | None = None
    closes: tuple[str, float, str] | None = None
    last: Quote | None = None
    passed: bool = False


def minutes(expected: float, high: float) -> tuple[int, int]:
    """P50 and P90 seconds as whole minutes, outward: steps of 1 below ten minutes, 5 below thirty, then 10, then 60.

    >>> minutes(400, 800)
    (6, 15)
    """
    low = math.floor(expected / 60 / _step(expected)) * _step(expected)
    top = math.ceil(high / 60 / _step(high)) * _step(high)
    return low, max(top, low + 1)


def _step(seconds: float) -> int:
    """The coarseness, in minutes, at which a time of this length is said."""
    return 1 if seconds < 600 else 5 if seconds < 1800 else 10 if seconds < 60 * _LONG else 60


_PLAIN = Around()


def told(wait: Estimate | None, lang: Language, now: int, ticket: Ticket, around: Around = _PLAIN) -> Told | None:
    """What to say, in the customer's language; ``None`` before anything is known."""
    if wait is None:
        return None
    late = _late(wait, ticket, now)
    if not wait.known:
        return _nobody(lang, around, sorry=late is not None)
    expected, longest = (wait.expected, wait.high) if late else _steady(wait, around.last, ticket, now)
    low, high = minutes(max(expected, 60), max(longest, 60))  # nobody is told of no minutes
    if around.closes is not None and wait.expected > around.closes[1]:
        return Told(t_in(lang, "told.closing", closes=around.closes[0], opens=around.closes[2]), "closing")
    sentence = _sentence(wait, lang, low, high, late)
    if around.passed and late is None and wait.state == "ok":
        sentence += " " + t_in(lang, "told.passed")
    return Told(sentence, wait.state, round(wait.low), round(expected), 60 * high, wait.basis)


def _sentence(wait: Estimate, lang: Language, low: int, high: int, late: int | None) -> str:
    """The sentence of this state for a range in minutes; ``late`` is how many minutes late it has become."""
    long = high >= _LONG
    spoken = {"low": _length(low, lang), "high": _length(high, lang)} if long else {"low": low, "high": high}
    ahead = max(0, wait.position - 1)
    if late is not None:
        if late > _LATE or long:
            return t_in(lang, "told.much_worse", low=_length(low, lang), high=_length(high, lang))
        return t_in(lang, "told.worse", late=_length(late, lang), **spoken)
    if wait.state == "overload":
        return t_in(lang, "told.overload", low=_length(low, lang))
    if wait.state in ("cold", "stale"):
        return t_in(lang, "told.cold_long" if long else "told.cold", **spoken)
    if wait.high < 120:
        return t_in(lang, "told.soon")
    if long:
        return t_in(lang, "told.long", **spoken)
    return t_in(lang, "told.ok", n=ahead, **spoken) if ahead else t_in(lang, "told.first", **spoken)


def _late(wait: Estimate, ticket: Ticket, now: int) -> int | None:
    """How many minutes later than told it will be, rounded up as it is said; ``None`` for somebody not late."""
    if ticket.quoted_until is None:
        return None
    seconds = (now - ticket.quoted_until) / 1000 + (wait.expected if wait.known else 0)
    if seconds <= 0:
        return None
    return max(1, math.ceil(seconds / 60 / _step(seconds)) * _step(seconds))


def _steady(wait: Estimate, last: Quote | None, ticket: Ticket, now: int) -> tuple[float, float]:
    """P50 and P90 to say: of what was told, less the time gone since, while the new estimate still fits it.

    A range that changes with every contact that ends is believed by nobody. It is estimated anew when the usual case
    leaves the told range or moves by a fifth, and before it counts down to nothing.
    """
    if last is None or last.told_at < ticket.waiting_since or last.told_at > now:
        return wait.expected, wait.high
    gone = (now - last.told_at) / 1000
    usual, longest = last.expected - gone, last.high - gone
    if usual >= 60 and 0.8 * usual <= wait.expected <= min(longest, 1.2 * usual):
        return usual, longest
    return wait.expected, wait.high


def _nobody(lang: Language, around: Around, *, sorry: bool) -> Told:
    """Nobody serves: when somebody will, if that is known, and no figure made up."""
    state = "no_agents" if around.open else "closed"
    if around.back:
        sentence = t_in(lang, "told.closed" if state == "closed" else "told.no_agents_until", when=around.back)
    else:
        sentence = t_in(lang, "told.no_agents")
    return Told(f"{t_in(lang, 'told.sorry')} {sentence}" if sorry else sentence, state)


def _length(count: int, lang: Language) -> str:
    """So many minutes in words."""
    return moments.duration(60 * count, lang)


def told_mail(reply: Estimate | None, lang: Language, now: int, zone: tzinfo) -> Told | None:
    """By when a mail is answered nine times in ten; the range runs in working time and ends on a round clock time."""
    if reply is None:
        return None
    by = now + round(1000 * max(reply.high, 600))
    step = moments.HOUR if by - now > 2 * moments.HOUR else 10 * moments.MINUTE
    by = -(-by // step) * step
    when = moments.when(by, zone, lang, now)
    sentence = t_in(lang, "told.mail_cold" if reply.state == "cold" else "told.mail", when=when)
    return Told(sentence, reply.state, round(reply.low), round(reply.expected), (by - now) // 1000, reply.basis)
