"""The customer's way: which stage a contact, a purchase or an answer belongs to, and why.

The rules are read from top to bottom; the first that fits gives the stage, and its name is shown as the reason. They
look at nothing but the row itself, so that everybody's contacts can be counted by stage as they come.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from cxdesk.domain.records import Purchase
from cxdesk.domain.values import dataclass
from cxdesk.domain.words import Emotion, PurchaseState, Segment, Topic

__all__ = ["VALENCE", "Step", "Touch", "Way", "Weighed", "answer_stage", "contact_stage", "mood", "order_stage", "rate"]


class Way(StrEnum):
    """The six stages, in order."""

    AWARENESS = "awareness"
    CONSIDERATION = "consideration"
    PURCHASE = "purchase"
    USE = "use"
    LOYALTY = "loyalty"
    RECOMMENDATION = "recommendation"


VALENCE: dict[Emotion, int] = {
    Emotion.ANGER: -2,
    Emotion.ANXIETY: -1,
    Emotion.DISAPPOINTMENT: -1,
    Emotion.CONFUSION: -1,
    Emotion.NEUTRAL: 0,
    Emotion.GRATITUDE: 2,
}
"""How good a feeling is, for the curve: from -2 to 2."""

_ASKS = frozenset({Topic.PRICE, Topic.PRODUCT})
_ORDER = frozenset({Topic.PAYMENT, Topic.DELIVERY})
_AFTER = frozenset({Topic.DEFECT, Topic.REFUND})
_BOUGHT_BEFORE = frozenset({Segment.RETURNING, Segment.REGULAR, Segment.VIP, Segment.AT_RISK})
_OFTEN = frozenset({Segment.REGULAR, Segment.VIP, Segment.AT_RISK})


@dataclass(frozen=True, slots=True)
class Step:
    """Where on the way something belongs; ``reason`` is the name of the rule that says so."""

    way: Way
    reason: str


_CONTACT: dict[str, Step] = {
    reason: Step(way, reason)
    for reason, way in (
        ("praise", Way.RECOMMENDATION),
        ("order", Way.PURCHASE),
        ("after", Way.USE),
        ("asks_again", Way.LOYALTY),
        ("asks", Way.CONSIDERATION),
        ("stranger", Way.AWARENESS),
        ("often", Way.LOYALTY),
        ("customer", Way.USE),
    )
}


def contact_stage(topic: str, segment: str | None, *, known: bool) -> Step:
    """The stage of a contact from its topic, the customer's segment when they came, and whether they are known.

    Praise is a recommendation. Payment and delivery belong to the purchase, defects and refunds to the use. A
    question about goods or prices is consideration while the customer is new, and loyalty once they came back. What
    is left is a first acquaintance with somebody unknown, loyalty with a regular, and use with everybody else.
    """
    if topic == Topic.PRAISE:
        return _CONTACT["praise"]
    if topic in _ORDER:
        return _CONTACT["order"]
    if topic in _AFTER:
        return _CONTACT["after"]
    if topic in _ASKS:
        return _CONTACT["asks_again" if segment in _BOUGHT_BEFORE else "asks"]
    if not known:
        return _CONTACT["stranger"]
    return _CONTACT["often" if segment in _OFTEN else "customer"]


def order_stage(purchase: Purchase, first_at: int | None) -> Step:
    """The stage of a purchase; ``first_at`` is when the customer bought for the first time."""
    if purchase.amount < 0 or purchase.state in (PurchaseState.RETURNED, PurchaseState.CANCELLED):
        return Step(Way.USE, "sent_back")
    if first_at is None or purchase.ordered_at <= first_at:
        return Step(Way.PURCHASE, "first_order")
    return Step(Way.LOYALTY, "next_order")


def answer_stage(scale: str, value: int, contact: Step | None) -> Step:
    """The stage of an answer; ``contact`` is that of the contact it is about, if it is about one."""
    if scale == "nps":
        promoter = value >= 9
        return Step(Way.RECOMMENDATION, "promoter") if promoter else Step(Way.LOYALTY, "asked_to_recommend")
    return Step(contact.way, "about_contact") if contact else Step(Way.USE, "answer")


def mood(feelings: Mapping[str, int]) -> float | None:
    """The mean of feelings counted by name, from -2 to 2; ``None`` where nobody said."""
    known = {Emotion(name): n for name, n in feelings.items() if name in tuple(Emotion)}
    total = sum(known.values())
    return sum(VALENCE[feeling] * n for feeling, n in known.items()) / total if total else None


@dataclass(frozen=True, slots=True)
class Touch:
    """What happened at a touchpoint (channel × topic) in a period.

    ``n`` contacts; of those that are over and whose end is known, ``well`` ended well, ``hurt`` in anger, anxiety or
    disappointment, and ``left`` gave up waiting.
    """

    channel: str
    topic: str
    n: int
    well: int
    hurt: int
    left: int

    @property
    def key(self) -> str:
        """Its name among touchpoints."""
        return f"{self.channel}/{self.topic}"


@dataclass(frozen=True, slots=True)
class Weighed:
    """A touchpoint weighed. ``feasibility`` is 1 (hardly) to 5 (at once), set by hand, ``None`` while nobody has.

    ``frequency`` is contacts in thirty days, ``severity`` the share that ended badly of those whose end is known,
    ``impact`` this touchpoint's share of everything that ended badly, and ``priority = impact × feasibility / 5``,
    with 3 where nobody has set one. ``severity`` is ``None`` while no end is known.
    """

    touch: Touch
    frequency: float
    severity: float | None
    impact: float
    feasibility: int | None
    priority: float


_MIDDLE = 3


def rate(touches: Iterable[Touch], feasibility: Mapping[str, int], days: int) -> tuple[Weighed, ...]:
    """Touchpoints by what improving them would do, the most first; ``days`` is the length of the period."""
    every = tuple(touches)
    bad = sum(touch.hurt + touch.left for touch in every)
    rated = [_rated(touch, feasibility.get(touch.key), bad, days) for touch in every if touch.n]
    return tuple(sorted(rated, key=lambda point: (-point.priority, -point.touch.n, point.touch.key)))


def _rated(touch: Touch, feasibility: int | None, bad: int, days: int) -> Weighed:
    ended = touch.well + touch.hurt + touch.left
    impact = (touch.hurt + touch.left) / bad if bad else 0.0
    return Weighed(
        touch,
        30 * touch.n / max(1, days),
        (touch.hurt + touch.left) / ended if ended else None,
        impact,
        feasibility,
        impact * (feasibility or _MIDDLE) / 5,
    )
