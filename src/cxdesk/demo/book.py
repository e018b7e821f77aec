"""The shop while it is being made up: what is known so far, and where new ids come from."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from cxdesk.demo.catalogue import BY_NAME, Product
from cxdesk.demo.lines import Voices, voices
from cxdesk.domain.changes import Stamp
from cxdesk.domain.moments import DAY
from cxdesk.domain.records import (
    Agent,
    Consent,
    Customer,
    Feedback,
    FollowUp,
    Identity,
    Message,
    Note,
    Preference,
    Purchase,
    Quote,
    Record,
    Shift,
    SpecialDay,
    Ticket,
)
from cxdesk.domain.segments import Rules, Summary, stand
from cxdesk.domain.words import Emotion, Language, PurchaseState, Segment

__all__ = ["Book", "Guest", "product_of", "summary_of"]


@dataclass(frozen=True, slots=True)
class Guest:
    """What is known of somebody behind a ticket that no record holds: how they feel, and what would answer them."""

    language: Language
    emotion: Emotion
    intensity: int
    reply: str


@dataclass(slots=True)
class Book:
    """Records in the making, at ``now``. ``agents`` begins with the person who will use the desk."""

    now: int
    mint: Callable[[], str]
    language: Language
    agents: list[Agent] = field(default_factory=list)
    customers: list[Customer] = field(default_factory=list)
    identities: list[Identity] = field(default_factory=list)
    purchases: list[Purchase] = field(default_factory=list)
    preferences: list[Preference] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    tickets: list[Ticket] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    feedback: list[Feedback] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    special_days: list[SpecialDay] = field(default_factory=list)
    shifts: list[Shift] = field(default_factory=list)
    aftermath: list[Record] = field(default_factory=list)
    guests: dict[str, Guest] = field(default_factory=dict)
    sizes: dict[str, str] = field(default_factory=dict)
    bought: dict[str, list[Purchase]] = field(default_factory=dict)
    known: dict[str, Customer] = field(default_factory=dict)

    def stamp(self, at: int, agent_id: str | None = None) -> Stamp:
        """Somebody acts at ``at``."""
        return Stamp(at, agent_id, self.mint)

    def meet(self, customer: Customer) -> None:
        """Add a customer."""
        self.customers.append(customer)
        self.known[customer.id] = customer

    def keep(self, purchase: Purchase) -> None:
        """Add an order line; each customer's lines stay in order of time."""
        self.purchases.append(purchase)
        if purchase.customer_id is not None:
            lines = self.bought.setdefault(purchase.customer_id, [])
            lines.insert(bisect_right(lines, purchase.ordered_at, key=lambda p: p.ordered_at), purchase)

    def segment(self, customer_id: str, at: int) -> Segment:
        """What kind of customer this was at a moment."""
        earlier = [p for p in self.bought.get(customer_id, ()) if p.ordered_at <= at]
        return stand(summary_of(earlier), at, Rules()).segment

    def latest(self, customer_id: str, at: int, days: int = 25) -> Purchase | None:
        """The newest purchase of something at most ``days`` old at that moment."""
        for purchase in reversed(self.bought.get(customer_id, ())):
            if purchase.ordered_at <= at and purchase.amount > 0:
                return purchase if at - purchase.ordered_at <= days * DAY else None
        return None

    def language_of(self, customer_id: str | None) -> Language:
        """A customer's language; a stranger's is the desk's."""
        return self.known[customer_id].language if customer_id else self.language

    def voices(self, customer_id: str | None) -> Voices:
        """What is said to and by this customer."""
        return voices(self.language_of(customer_id))


def product_of(purchase: Purchase, language: Language) -> Product:
    """The product an order line names."""
    return BY_NAME[language, purchase.product]


def summary_of(purchases: Sequence[Purchase]) -> Summary:
    """A customer's buying in figures, by the rules of ``storage.summaries``."""
    counted = [p for p in purchases if p.amount >= 0 and p.state is not PurchaseState.CANCELLED]
    if not counted:
        return Summary()
    spent = sum(
        p.amount
        for p in purchases
        if p.state is not PurchaseState.CANCELLED and not (p.state is PurchaseState.RETURNED and p.amount > 0)
    )
    times = [p.ordered_at for p in counted]
    orders = len({p.order_no for p in counted})
    return Summary(orders, spent, "KRW", min(times), max(times), orders)
