"""What a shop's orders show when one looks: some people drink up and order again, some things leave together."""

from random import Random

from cxdesk.demo.book import Book
from cxdesk.demo.catalogue import BY_NAME, CATALOGUE, Kind
from cxdesk.demo.purchases import order_line
from cxdesk.domain.moments import DAY
from cxdesk.domain.records import Customer, Purchase
from cxdesk.domain.words import Language, PurchaseState

__all__ = ["habits"]

_DRINKERS = 14
_COMPANIONS = {
    "찻주전자": "찻잔 두 개 세트",
    "첫물 녹차": "찻잔 두 개 세트",
    "린넨 식탁보": "린넨 냅킨 네 장",
    "린넨 이불 커버": "린넨 베개 커버",
    "면 파자마 세트": "누빔 실내화",
    "편지지 세트": "책갈피",
}
_TAKEN_ALONG = 0.62


def habits(book: Book, rng: Random) -> None:
    """Add what habit adds to the orders there are."""
    for bought in {one.order_no: one for one in book.purchases if one.amount > 0}.values():
        _take_along(book, rng, bought)
    regulars = [customer for customer in book.customers if _comes_often(book, customer)]
    for customer in rng.sample(regulars, min(_DRINKERS, len(regulars))):
        _drink(book, rng, customer)


def _comes_often(book: Book, customer: Customer) -> bool:
    """Somebody with several orders who has not grown quiet."""
    orders = {bought.order_no for bought in book.bought.get(customer.id, ())}
    return len(orders) >= 4 and book.latest(customer.id, book.now, days=50) is not None


def _take_along(book: Book, rng: Random, bought: Purchase) -> None:
    """A companion in the same parcel, as one more line of the order."""
    customer = book.known.get(bought.customer_id or "")
    if customer is None:
        return
    korean = BY_NAME[customer.language, bought.product].names[Language.KO]
    companion = _COMPANIONS.get(korean)
    if companion is not None and rng.random() < _TAKEN_ALONG:
        product = BY_NAME[Language.KO, companion]
        order_line(book, rng, customer, product, bought.ordered_at, bought.state, number=bought.order_no, line=9)


def _drink(book: Book, rng: Random, customer: Customer) -> None:
    """The same tea every month or so, the last one about as long ago as it lasts."""
    tea = rng.choice([product for product in CATALOGUE if product.kind is Kind.TEA])
    lasts = rng.randint(24, 45)
    at = book.now - int(lasts * rng.uniform(0.95, 1.3) * DAY)
    for _ in range(rng.randint(3, 5)):
        order_line(book, rng, customer, tea, at, PurchaseState.DELIVERED)
        at -= int(lasts * rng.uniform(0.92, 1.1) * DAY)
