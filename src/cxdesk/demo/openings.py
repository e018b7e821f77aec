"""Which words a customer comes with: lines that are true of what they bought, in the manner of their channel."""

from collections.abc import Container
from dataclasses import dataclass
from random import Random

from cxdesk.demo.book import Guest, product_of
from cxdesk.demo.catalogue import CATALOGUE
from cxdesk.demo.lines import Line, as_heard, fill_in, voices
from cxdesk.domain.moments import DAY
from cxdesk.domain.records import Purchase
from cxdesk.domain.words import Channel, Emotion, Language, Topic

__all__ = ["Caller", "Opening", "choose", "compose"]

# Per hundred contacts, before those are left out that would not be true.
_TOPICS = {
    Topic.DELIVERY: 17,
    Topic.REFUND: 20,
    Topic.DEFECT: 16,
    Topic.PAYMENT: 7,
    Topic.PRICE: 6,
    Topic.STAFF: 4,
    Topic.PRODUCT: 10,
    Topic.WAITING: 3,
    Topic.ACCOUNT: 4,
    Topic.PRAISE: 9,
    Topic.OTHER: 4,
}
# Only somebody who holds the thing can speak of these.
_AFTER_ARRIVAL = (Topic.REFUND, Topic.DEFECT, Topic.PRAISE)
_ABOUT_ANY_PRODUCT = (Topic.PRODUCT, Topic.PRICE)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who speaks, through what, and what they last bought; ``moving`` says that it has not arrived."""

    language: Language
    channel: Channel
    name: str | None = None
    purchase: Purchase | None = None
    moving: bool = False

    def age(self, at: int) -> int:
        """Days since the order."""
        return 0 if self.purchase is None else (at - self.purchase.ordered_at) // DAY


@dataclass(frozen=True, slots=True)
class Opening:
    """A contact's first words, filled in, and an agent's answer to them."""

    line: Line
    said: str
    reply: str
    language: Language

    @property
    def guest(self) -> Guest:
        """What only the customer knows."""
        return Guest(self.language, self.line.emotion, self.line.intensity, self.reply)


def choose(rng: Random, caller: Caller, at: int, avoid: Container[str] = ()) -> Opening:
    """First words that are true of this caller, each topic as often as it comes up; those in ``avoid`` if they must."""
    table = voices(caller.language).by_topic
    left = dict(_TOPICS)
    while left:
        topic = rng.choices(list(left), list(left.values()))[0]
        fitting = [line for line in table[topic] if _fits(line, caller, at)]
        fresh = [line for line in fitting if line.text not in avoid]
        if fresh or (fitting and len(left) == 1):
            return compose(rng, caller, rng.choice(fresh or fitting), at)
        del left[topic]
    raise LookupError(f"nothing to say for {caller}")


def compose(rng: Random, caller: Caller, line: Line, at: int) -> Opening:
    """A line with this caller's own product, days and name in it."""
    item = caller.purchase.product if caller.purchase else None
    if line.topic in _ABOUT_ANY_PRODUCT and line.needs != "any":
        item = rng.choice([p for p in CATALOGUE if p.suits(line.needs)]).name(caller.language)
    days = caller.age(at)
    said = fill_in(line.text, caller.language, name=caller.name, item=item, days=days)
    reply = fill_in(line.reply, caller.language, name=caller.name, item=item, days=days)
    heard = as_heard(said, caller.channel, caller.language, caller.name, rng)
    return Opening(line, heard, reply, caller.language)


def _fits(line: Line, caller: Caller, at: int) -> bool:
    """Whether the line is true of the caller and can be said through their channel."""
    if caller.channel.spoken and not line.sayable:
        return False
    if not line.needs or (line.topic in _ABOUT_ANY_PRODUCT and line.needs != "any"):
        return True
    if caller.purchase is None:
        return False
    if line.topic is Topic.DELIVERY and caller.moving is (line.emotion is Emotion.GRATITUDE):
        return False
    if line.topic in _AFTER_ARRIVAL and caller.moving:
        return False
    if line.needs == "late":
        return caller.age(at) >= 4
    return line.needs == "any" or product_of(caller.purchase, caller.language).suits(line.needs)
