"""The demo shop as a whole: one call makes it up, another turns it into changes that a store can carry out."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random

from cxdesk.demo.aftermath import ask, promise, remember
from cxdesk.demo.book import Book, Guest
from cxdesk.demo.catalogue import SHOP_NAME
from cxdesk.demo.early import early, reasons
from cxdesk.demo.habits import habits
from cxdesk.demo.history import write_history
from cxdesk.demo.knowing import doubles, wishes
from cxdesk.demo.past_incident import past_incident
from cxdesk.demo.people import Person, invent
from cxdesk.demo.purchases import buy
from cxdesk.demo.saying import asked, say
from cxdesk.demo.today import open_the_day
from cxdesk.domain.changes import Change, insert
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
from cxdesk.domain.words import Language

__all__ = ["PEOPLE", "Shop", "build", "fill"]

PEOPLE = 300
_AGENTS = {Language.KO: ("이서준", "박하윤", "Emma Clarke"), Language.EN: ("Emma Clarke", "박하윤", "이서준")}


@dataclass(frozen=True, slots=True)
class Shop:
    """Everything the demo's desk holds when it opens.

    ``me`` is the agent who uses the desk. ``guests`` says, per open ticket, what only the customer knows.
    """

    seed: int
    now: int
    name: str
    language: Language
    me: str
    agents: tuple[Agent, ...]
    customers: tuple[Customer, ...]
    identities: tuple[Identity, ...]
    purchases: tuple[Purchase, ...]
    preferences: tuple[Preference, ...]
    notes: tuple[Note, ...]
    tickets: tuple[Ticket, ...]
    messages: tuple[Message, ...]
    follow_ups: tuple[FollowUp, ...]
    quotes: tuple[Quote, ...]
    feedback: tuple[Feedback, ...]
    consents: tuple[Consent, ...]
    special_days: tuple[SpecialDay, ...]
    shifts: tuple[Shift, ...]
    aftermath: tuple[Record, ...]
    guests: Mapping[str, Guest]

    @property
    def chapters(self) -> tuple[tuple[Record, ...], ...]:
        """The records in an order in which nothing names what is not there yet."""
        return (
            (*self.agents, *self.shifts, *self.customers, *self.identities),
            self.purchases,
            (*self.tickets, *self.messages),
            (*self.notes, *self.preferences, *self.quotes, *self.follow_ups, *self.feedback),
            (*self.consents, *self.special_days),
            self.aftermath,
        )


def build(seed: int, now: int, mint: Callable[[], str], language: Language = Language.KO) -> Shop:
    """Make the shop up as it is at ``now`` (ms UTC); ``mint`` gives the ids.

    ``language`` is the desk's: it decides who sits at it and what most of the waiting customers speak. The same
    arguments give an equal shop, provided that ``mint`` gives the same ids.
    """
    book = Book(now, mint, language)
    book.agents += [Agent(mint(), name, now - 400 * DAY) for name in _AGENTS[language]]
    for person in invent(_dice(seed, "people"), PEOPLE):
        _move_in(book, person)
    buy(book, _dice(seed, "purchases"))
    habits(book, _dice(seed, "habits"))
    write_history(book, _dice(seed, "history"))
    open_the_day(book, _dice(seed, "today"))
    for part in (promise, ask, remember, doubles, wishes, say, asked, past_incident, early, reasons):
        part(book, _dice(seed, part.__name__))
    _date(book)
    return Shop(
        seed,
        now,
        SHOP_NAME[language],
        language,
        book.agents[0].id,
        tuple(book.agents),
        tuple(book.customers),
        tuple(book.identities),
        tuple(book.purchases),
        tuple(book.preferences),
        tuple(book.notes),
        tuple(book.tickets),
        tuple(book.messages),
        tuple(book.follow_ups),
        tuple(book.quotes),
        tuple(book.feedback),
        tuple(book.consents),
        tuple(book.special_days),
        tuple(book.shifts),
        tuple(book.aftermath),
        book.guests,
    )


def fill(shop: Shop) -> Iterator[Change]:
    """The shop as a few large changes of insertions only; commit them in this order and do not offer to undo them."""
    for chapter in shop.chapters:
        yield Change("demo", tuple(insert(record) for record in chapter))


def _dice(seed: int, part: str) -> Random:
    """Each part throws its own dice, so that a change to one leaves the others as they were."""
    return Random(f"{seed}:{part}")


def _move_in(book: Book, person: Person) -> None:
    """A customer and the ways to recognise them."""
    customer = Customer(book.mint(), person.name, person.language, person.address, source="demo")
    book.meet(customer)
    book.sizes[customer.id] = person.size
    digits = person.phone.replace("-", "")
    book.identities.append(Identity(book.mint(), customer.id, "phone", digits, person.phone))
    if person.email:
        book.identities.append(Identity(book.mint(), customer.id, "email", person.email, person.email))


def _date(book: Book) -> None:
    """A customer exists since the first thing that is known of them."""
    seen: dict[str, int] = {}
    moments = (
        *((p.customer_id, p.ordered_at) for p in book.purchases),
        *((t.customer_id, t.arrived_at) for t in book.tickets),
    )
    for customer_id, at in moments:
        if customer_id:
            seen[customer_id] = min(at, seen.get(customer_id, at))
    never = book.now - 30 * DAY
    book.customers = [
        replace(c, created_at=seen.get(c.id, never), external_id=f"M{1000 + i}") for i, c in enumerate(book.customers)
    ]
    book.identities = [replace(i, created_at=seen.get(i.customer_id, never)) for i in book.identities]
