"""What a person at the counter would think of: it is time again, these go together, how did that turn out.

Every suggestion carries the figures it rests on, and without evidence there is none. Somebody who wants no marketing
is offered nothing to buy; who wants no contact is not suggested anything at all.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from cxdesk.domain.consents import CONTACT, MARKETING
from cxdesk.domain.evidence import Rules
from cxdesk.domain.memory import Contact
from cxdesk.domain.moments import DAY
from cxdesk.domain.records import Purchase, Ticket
from cxdesk.domain.values import dataclass
from cxdesk.domain.words import Emotion, PurchaseState, Status, Topic

__all__ = ["RECENT_DAYS", "Suggestion", "Together", "bought_lately", "no_time_to_sell", "suggest"]

RECENT_DAYS = 60
"""What was bought in this time may be complemented."""

_DUE_FROM, _DUE_UNTIL = 0.85, 1.75
_SORE = (Topic.DEFECT, Topic.REFUND, Topic.DELIVERY, Topic.STAFF)
_UPSET = (Emotion.ANGER, Emotion.ANXIETY, Emotion.DISAPPOINTMENT)
_EASY = (None, Emotion.NEUTRAL, Emotion.GRATITUDE)
_ASK_FROM, _ASK_UNTIL = 2 * DAY, 30 * DAY


@dataclass(frozen=True, slots=True)
class Together:
    """``other`` was in ``together`` of the ``product_orders`` orders with ``product``, and in ``other_orders`` of all
    ``orders``."""

    product: str
    other: str
    together: int
    product_orders: int
    other_orders: int
    orders: int

    @property
    def lift(self) -> float:
        """How many times as often as chance would have it."""
        return self.together * self.orders / (self.product_orders * self.other_orders)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``kind`` is reorder, goes_with, ask or answered; its sentence is ``suggestion.<kind>`` and its reason ``….why``.

    reorder: ``usual`` and ``since`` in days over ``n`` orders. goes_with: ``n`` of ``of`` orders had both. ask: the
    contact ``number`` about ``topic``, ``since`` days ago. answered: the customer came before ``promise`` was due.
    """

    kind: str
    product: str = ""
    other: str = ""
    usual: int = 0
    since: int = 0
    n: int = 0
    of: int = 0
    lift: float = 0.0
    number: int = 0
    topic: Topic | None = None
    promise: str = ""


def no_time_to_sell(ticket: Ticket) -> bool:
    """Whether somebody is upset or has come about something that went wrong: then nobody offers them anything."""
    return ticket.emotion in _UPSET or ticket.topic in _SORE


def bought_lately(history: Iterable[Purchase], now: int) -> tuple[str, ...]:
    """Products the customer bought for themselves lately and kept."""
    kept = (one for one in history if _kept(one) and 0 <= now - one.ordered_at <= RECENT_DAYS * DAY)
    return tuple(dict.fromkeys(one.product for one in kept))


def suggest(
    history: Sequence[Purchase],
    contacts: Sequence[Contact],
    together: Iterable[Together],
    forbidden: frozenset[str],
    now: int,
    rules: Rules,
) -> tuple[Suggestion, ...]:
    """At most ``rules.most``, the most personal first: how it turned out, what is due again, what goes with it."""
    if CONTACT in forbidden:
        return ()
    found = list(_unasked(contacts, now))
    if MARKETING not in forbidden:
        due = sorted(_due(history, now, rules), key=lambda one: one.usual and abs(one.since - one.usual) / one.usual)
        found += due[:1]
        found += list(_going_with(history, together, rules))[:1]
    return tuple(found[: rules.most])


def _unasked(contacts: Sequence[Contact], now: int) -> Iterator[Suggestion]:
    """The last contact, when it was about something sore, is over, and did not end in good cheer."""
    if not contacts:
        return
    last = contacts[0]
    hurt = last.topic in _SORE and last.status is Status.RESOLVED and last.emotion not in _EASY
    if hurt and last.feeling_after is not Emotion.GRATITUDE and _ASK_FROM <= now - last.at <= _ASK_UNTIL:
        yield Suggestion("ask", since=(now - last.at) // DAY, number=last.number, topic=last.topic)


def _due(history: Sequence[Purchase], now: int, rules: Rules) -> Iterator[Suggestion]:
    """Things bought again and again, whose own usual interval is about over; long past it, the habit has ended."""
    times: dict[str, set[int]] = {}
    for one in history:
        if _kept(one):
            times.setdefault(one.product, set()).add(one.ordered_at // DAY)
    for product, days in times.items():
        if len(days) < rules.reorder_orders:
            continue
        ordered = sorted(days)
        gaps = sorted(later - earlier for earlier, later in pairwise(ordered))
        usual = gaps[(len(gaps) - 1) // 2]  # the lower median: one long pause does not make a habit rarer
        since = now // DAY - ordered[-1]
        if usual >= 2 and _DUE_FROM * usual <= since <= _DUE_UNTIL * usual:
            yield Suggestion("reorder", product, usual=usual, since=since, n=len(days))


def _going_with(history: Sequence[Purchase], together: Iterable[Together], rules: Rules) -> Iterator[Suggestion]:
    """What others took along with the same things, the strongest first, unless the customer has it."""
    owned = {one.product for one in history}
    fit = [
        pair
        for pair in together
        if pair.other not in owned and pair.together >= rules.together_orders and pair.lift >= rules.lift
    ]
    for pair in sorted(fit, key=lambda pair: (-pair.lift, pair.product, pair.other)):
        yield Suggestion(
            "goes_with", pair.product, pair.other, n=pair.together, of=pair.product_orders, lift=round(pair.lift, 1)
        )


def _kept(one: Purchase) -> bool:
    gone = one.state in (PurchaseState.RETURNED, PurchaseState.CANCELLED)
    return one.quantity > 0 and one.amount >= 0 and not one.gift and not gone
