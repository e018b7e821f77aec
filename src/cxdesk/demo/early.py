"""Whom a morning begins with besides promises and parcels: a regular gone quiet, and a birthday tomorrow. And why
promises were not kept, for the list of them."""

from dataclasses import replace
from random import Random

from cxdesk.demo.book import Book
from cxdesk.demo.catalogue import CATALOGUE
from cxdesk.demo.purchases import SEOUL, order_line
from cxdesk.domain.moments import DAY, HOUR, local
from cxdesk.domain.records import Customer, SpecialDay
from cxdesk.domain.words import Language, PromiseState, PurchaseState

__all__ = ["early", "reasons"]

_WEEKS = 3
_REASONS = {
    Language.KO: ("택배사 회신이 늦음", "담당자가 자리에 없었음", "재고 확인이 더 걸림"),
    Language.EN: ("the carrier answered late", "nobody was at the bench", "the stock check took longer"),
}


def early(book: Book, rng: Random) -> None:
    """Two people who never had to contact the shop, where there are such."""
    quiet = _unheard(book, 62, 84)[:1]
    for customer in quiet:
        _used_to_come(book, rng, customer)
    for customer in [one for one in _unheard(book, 3, 400) if one not in quiet][:1]:
        day = local(book.now + DAY, SEOUL)
        noted = book.now - 200 * DAY
        book.special_days.append(
            SpecialDay(book.mint(), customer.id, "birthday", day.month, day.day, False, "contact", noted)
        )


def reasons(book: Book, rng: Random) -> None:
    """Why promises were moved or broken; and one that the customer made needless by coming first."""
    answered = next((one for one in book.follow_ups if one.state is PromiseState.KEPT), None)
    for place, one in enumerate(book.follow_ups):
        if one is answered:
            book.follow_ups[place] = replace(one, state=PromiseState.ANSWERED)
        elif one.state in (PromiseState.BROKEN, PromiseState.MOVED):
            book.follow_ups[place] = replace(one, reason=rng.choice(_REASONS[book.language]))


def _unheard(book: Book, least: int, most: int) -> list[Customer]:
    """People of the desk's language with one order, so many days ago, who neither wrote nor said what they want."""
    heard = {ticket.customer_id for ticket in book.tickets} | {one.customer_id for one in book.consents}
    heard |= {one.customer_id for one in book.special_days}
    return [
        customer
        for customer in book.customers
        if customer.language is book.language
        and customer.id not in heard
        and len({one.order_no for one in book.bought.get(customer.id, ())}) == 1
        and least * DAY <= book.now - book.bought[customer.id][0].ordered_at <= most * DAY
    ]


def _used_to_come(book: Book, rng: Random, customer: Customer) -> None:
    """Every few weeks, until two months ago."""
    last = book.bought[customer.id][0].ordered_at
    for back in range(1, 5):
        at = last - back * 7 * _WEEKS * DAY - rng.randrange(-8, 8) * HOUR
        order_line(book, rng, customer, rng.choice(CATALOGUE), at, PurchaseState.DELIVERED)
