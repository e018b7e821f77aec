"""What else a shop knows of its people: who is in the file twice, who wants no offers, whose birthday is near."""

from random import Random

from cxdesk.demo.book import Book
from cxdesk.demo.people import latin_name
from cxdesk.demo.purchases import SEOUL
from cxdesk.domain.moments import DAY, local
from cxdesk.domain.records import Consent, Customer, Identity, SpecialDay
from cxdesk.domain.words import Language, Status

__all__ = ["DOUBLES", "doubles", "wishes"]

DOUBLES = 7
_NO_OFFERS, _NO_CONTACT = 0.06, 0.01
_BIRTHDAYS = 0.2
_OPEN = (Status.WAITING, Status.ACTIVE, Status.PENDING)


def doubles(book: Book, rng: Random) -> None:
    """Some were entered again by another channel: the same number under a Latin name, a nickname or with a note."""
    waiting = _waiting(book)
    others = [customer for customer in book.customers if customer not in waiting]
    for customer in (*waiting[1:2], *rng.sample(others, DOUBLES - 1)):
        again = Customer(book.mint(), _otherwise(rng, customer), customer.language, customer.address, source="demo")
        known = next(one for one in book.identities if one.customer_id == customer.id)
        book.meet(again)
        book.identities.append(Identity(book.mint(), again.id, known.kind, known.value, known.shown))


def _otherwise(rng: Random, customer: Customer) -> str:
    """The name as somebody else typed it."""
    if customer.language is Language.KO and rng.random() < 0.5:
        return latin_name(customer.name) or f"{customer.name}(선물)"
    note = "선물" if customer.language is Language.KO else "gift"
    return f"{customer.name} ({note})"


def wishes(book: Book, rng: Random) -> None:
    """Who said no to offers or to any contact, and birthdays; of those waiting now one of each."""
    waiting = _waiting(book)
    for customer in book.customers:
        first = waiting[:1] == [customer]
        if first or rng.random() < _NO_OFFERS:
            _say_no(book, rng, customer, "marketing")
        elif customer not in waiting and rng.random() < _NO_CONTACT:
            _say_no(book, rng, customer, "contact")
        if customer in waiting[2:3] or rng.random() < _BIRTHDAYS:
            near = customer in waiting[2:3]
            _celebrate(book, rng, customer, days=3 if near else rng.randrange(365), lunar=not near)


def _waiting(book: Book) -> list[Customer]:
    """Who is at the desk now, in the order they came."""
    open_now = sorted((t for t in book.tickets if t.status in _OPEN and t.customer_id), key=lambda t: t.arrived_at)
    return list(dict.fromkeys(book.known[ticket.customer_id] for ticket in open_now if ticket.customer_id))


def _say_no(book: Book, rng: Random, customer: Customer, purpose: str) -> None:
    at = book.now - rng.randrange(5, 300) * DAY
    book.consents.append(Consent(book.mint(), customer.id, purpose, False, at, "contact", rng.choice(book.agents).id))


def _celebrate(book: Book, rng: Random, customer: Customer, *, days: int, lunar: bool) -> None:
    """A birthday so many days ahead; one in five of the others keeps it by the lunar calendar."""
    when = local(book.now + days * DAY, SEOUL)
    by_moon = lunar and customer.language is Language.KO and rng.random() < 0.2
    day = min(when.day, 29) if by_moon else when.day
    at = book.now - rng.randrange(20, 300) * DAY
    book.special_days.append(SpecialDay(book.mint(), customer.id, "birthday", when.month, day, by_moon, "contact", at))
