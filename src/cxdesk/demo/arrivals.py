"""Who comes next, and when: a Poisson stream, thinner when people see a long queue, thicker when it is short."""

from collections import deque
from collections.abc import Container
from random import Random

from cxdesk.demo.events import ArriveSpec
from cxdesk.demo.laws import CHANNELS
from cxdesk.demo.lines import voices
from cxdesk.demo.openings import Caller, Opening, choose
from cxdesk.demo.shop import Shop
from cxdesk.domain.moments import DAY, MINUTE, SECOND
from cxdesk.domain.records import Customer, Purchase
from cxdesk.domain.words import Channel, Emotion, Language, Priority, PurchaseState

__all__ = ["Arrivals"]

_GAP = 3.4 * MINUTE
"""Mean time between two customers at a queue of middling length: what two colleagues can just bear."""

# How much faster than that people come, by how many wait already.
_PULL = (3.0, 2.8, 2.5, 2.0, 1.5, 1.2, 0.95, 0.75, 0.5)
_PULL_BEYOND = 0.25
_FRESH = 25 * DAY
_FIRST = 25 * SECOND
_REMEMBERED = 60


class Arrivals:
    """The stream of customers, in simulated milliseconds."""

    def __init__(self, rng: Random, shop: Shop) -> None:
        self._rng = rng
        self._language = shop.language
        self._next = shop.now + _FIRST
        self._latest = _latest(shop)
        self._said: deque[str] = deque(maxlen=_REMEMBERED)
        self._people: dict[tuple[Language, bool], list[Customer]] = {}
        for customer in shop.customers:
            key = customer.language, customer.id in self._latest
            self._people.setdefault(key, []).append(customer)

    def step(self, at: int, waiting: int, here: Container[str | None]) -> ArriveSpec | None:
        """The customer who comes by ``at``, if any; at most one. People who are ``here`` do not come again."""
        if at < self._next:
            return None
        pull = _PULL[waiting] if waiting < len(_PULL) else _PULL_BEYOND
        self._next = at + int(self._rng.expovariate(pull / _GAP)) + SECOND
        return self._arrive(at, here)

    def _arrive(self, at: int, here: Container[str | None]) -> ArriveSpec:
        rng = self._rng
        channel = rng.choices(list(CHANNELS), list(CHANNELS.values()))[0]
        stranger = channel is Channel.VISIT and rng.random() < 0.4
        customer = None if stranger else self._someone(here)
        language = customer.language if customer else self._language
        purchase = self._latest.get(customer.id) if customer else None
        moving = purchase is not None and purchase.state in (PurchaseState.PAID, PurchaseState.SHIPPING)
        caller = Caller(language, channel, customer.name if customer else None, purchase, moving)
        opening = choose(rng, caller, at, avoid=self._said)
        self._said.append(opening.line.text)
        subjects = voices(language).subjects[opening.line.topic]
        return ArriveSpec(
            customer_id=customer.id if customer else None,
            channel=channel,
            topic=opening.line.topic,
            language=language,
            said=opening.said,
            priority=self._priority(opening),
            subject=rng.choice(subjects) if channel is Channel.MAIL else "",
            guest=opening.guest,
        )

    def _someone(self, here: Container[str | None]) -> Customer | None:
        """A customer who is not here yet: mostly of the desk's own language, mostly with a fresh order."""
        rng = self._rng
        for _ in range(50):
            other = Language.EN if self._language is Language.KO else Language.KO
            language = self._language if rng.random() < 0.72 else other
            customer = rng.choice(self._people[language, rng.random() < 0.7])
            if customer.id not in here:
                return customer
        return None

    def _priority(self, opening: Opening) -> Priority:
        """Somebody beside themselves with worry may be marked by whoever picked up the phone."""
        line = opening.line
        if line.emotion is Emotion.ANXIETY and line.intensity == 3 and self._rng.random() < 0.6:
            return Priority.HIGH
        return Priority.NORMAL


def _latest(shop: Shop) -> dict[str, Purchase]:
    """Each customer's newest order line of the last weeks, unless it was sent back or cancelled."""
    gone = (PurchaseState.RETURNED, PurchaseState.CANCELLED)
    found: dict[str, Purchase] = {}
    for purchase in sorted(shop.purchases, key=lambda p: p.ordered_at):
        if purchase.customer_id and purchase.ordered_at > shop.now - _FRESH and purchase.state not in gone:
            found[purchase.customer_id] = purchase
    return found
