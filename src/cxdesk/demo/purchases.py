"""Who bought what and when: each kind of customer has a rhythm, and the last weeks hold orders in every state."""

from dataclasses import dataclass
from datetime import timedelta, timezone
from random import Random

from cxdesk.demo.book import Book
from cxdesk.demo.catalogue import CATALOGUE, Kind, Product
from cxdesk.demo.people import SIZES
from cxdesk.domain.moments import DAY, HOUR, local
from cxdesk.domain.records import Customer, Purchase
from cxdesk.domain.words import Language, PurchaseState

__all__ = ["RHYTHMS", "SEOUL", "Rhythm", "buy", "order_line"]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How a kind of customer buys: people in a hundred, orders, days between them, days since the last."""

    share: int
    orders: tuple[int, int]
    gap: tuple[int, int]
    since: tuple[float, float]


RHYTHMS = (
    Rhythm(4, (0, 0), (1, 1), (0, 0)),  # asked, never bought
    Rhythm(28, (1, 1), (1, 1), (0.5, 150)),  # new
    Rhythm(26, (2, 3), (25, 140), (0.5, 110)),  # returning
    Rhythm(22, (4, 8), (25, 70), (0.5, 45)),  # regular
    Rhythm(8, (13, 26), (14, 45), (0.5, 25)),  # VIP
    Rhythm(12, (4, 9), (16, 32), (125, 230)),  # at risk: silent for four of their own rhythms and more
)
_SHELVES = {Kind.WEAR: 30, Kind.HOME: 22, Kind.TABLE: 20, Kind.TEA: 16, Kind.GIFT: 12}
_COLOURS = {
    Language.KO: ("아이보리", "오트밀", "먹색", "쑥색", "흙색"),
    Language.EN: ("ivory", "oat", "charcoal", "sage", "clay"),
}
SEOUL = timezone(timedelta(hours=9))


def buy(book: Book, rng: Random) -> None:
    """Give every customer their orders."""
    shares = [rhythm.share for rhythm in RHYTHMS]
    for customer in book.customers:
        rhythm = rng.choices(RHYTHMS, shares)[0]
        for at in _moments(rng, rhythm, book.now):
            _order(book, rng, customer, at)


def _moments(rng: Random, rhythm: Rhythm, now: int) -> list[int]:
    """When they ordered, newest first."""
    count, gap = rng.randint(*rhythm.orders), rng.randint(*rhythm.gap)
    at = now - int(rng.uniform(*rhythm.since) * DAY)
    moments = []
    for _ in range(count):
        moments.append(at)
        at -= int(gap * rng.uniform(0.7, 1.3) * DAY) + rng.randrange(HOUR)
    return moments


def _order(book: Book, rng: Random, customer: Customer, at: int) -> None:
    """One order of one to three lines that travel together; now and then one line comes back later."""
    number = _number(book, at)
    state = _state(rng, (book.now - at) / DAY)
    for line in range(rng.choices((1, 2, 3), (68, 24, 8))[0]):
        product = _choose(rng)
        here = PurchaseState.RETURNED if state is PurchaseState.DELIVERED and rng.random() < 0.035 else state
        purchase = order_line(book, rng, customer, product, at, here, number=number, line=line + 1)
        if here is PurchaseState.DELIVERED and book.now - at > 12 * DAY and rng.random() < 0.012:
            _send_back(book, rng, purchase)


def order_line(
    book: Book,
    rng: Random,
    customer: Customer,
    product: Product,
    at: int,
    state: PurchaseState,
    *,
    number: str | None = None,
    line: int = 1,
) -> Purchase:
    """Add one order line to the book."""
    number = number or _number(book, at)
    several = product.kind in (Kind.TABLE, Kind.TEA, Kind.GIFT) and rng.random() < 0.3
    quantity = rng.randint(2, 4) if several else 1
    purchase = Purchase(
        book.mint(),
        customer.id,
        number,
        product.name(customer.language),
        product.price * quantity,
        "KRW",
        at,
        quantity=quantity,
        option=_option(rng, product, customer, book.sizes[customer.id]),
        state=state,
        gift=rng.random() < 0.12,
        source="demo",
        external_id=f"{number}-{line}",
    )
    book.keep(purchase)
    return purchase


def _send_back(book: Book, rng: Random, bought: Purchase) -> None:
    """A return as some shops export it: a line of its own, with a negative amount."""
    book.keep(
        Purchase(
            book.mint(),
            bought.customer_id,
            bought.order_no,
            bought.product,
            -bought.amount,
            bought.currency,
            bought.ordered_at + rng.randrange(4 * DAY, 11 * DAY),
            quantity=-bought.quantity,
            option=bought.option,
            state=PurchaseState.RETURNED,
            source=bought.source,
            external_id=f"{bought.external_id}-R",
        )
    )


def _number(book: Book, at: int) -> str:
    """An order number one can say aloud: the day of the order in Korea, then a counter."""
    return f"{local(at, SEOUL):%y%m%d}-{len(book.purchases) + 1:04d}"


def _state(rng: Random, age: float) -> PurchaseState:
    """Where an order of this age in days is; one in six of last week's is late."""
    if rng.random() < 0.02:
        return PurchaseState.CANCELLED
    if age < 1.2:
        return PurchaseState.PAID
    if age < 3:
        return PurchaseState.SHIPPING
    if age < 11 and rng.random() < 0.17:
        return PurchaseState.SHIPPING
    return PurchaseState.DELIVERED


def _choose(rng: Random) -> Product:
    shelf = rng.choices(list(_SHELVES), list(_SHELVES.values()))[0]
    return rng.choice([product for product in CATALOGUE if product.kind is shelf])


def _option(rng: Random, product: Product, customer: Customer, size: str) -> str:
    """Colour and size; most people buy their own size most of the time."""
    parts = []
    if product.colours:
        parts.append(rng.choice(_COLOURS[customer.language]))
    if product.sized:
        parts.append(size if rng.random() < 0.85 else rng.choice(SIZES))
    return " / ".join(parts)
