"""Waits that were told to customers in the past, and how they came true."""

from dataclasses import replace
from random import Random

from cxdesk.demo.book import Book
from cxdesk.domain.moments import SECOND
from cxdesk.domain.records import Quote, Ticket
from cxdesk.domain.words import Channel, Language

__all__ = ["quote_for", "tell"]

_WORTH_TELLING = 90 * SECOND


def tell(book: Book, rng: Random, ticket: Ticket, start: int, agent: str) -> Ticket:
    """Half of those who had to wait were told how long; about eight times in ten the range held."""
    wait = start - ticket.arrived_at
    if ticket.channel is Channel.MAIL or wait < _WORTH_TELLING or rng.random() < 0.5:
        return ticket
    told_at = ticket.arrived_at + rng.randrange(10, 41) * SECOND
    left = (start - told_at) // SECOND
    expected = max(60, int(left * rng.lognormvariate(0.0, 0.38)))
    quote = quote_for(book, ticket, told_at, (int(expected * 0.6), expected, int(expected * 1.6)), agent)
    book.quotes.append(replace(quote, waited=left))
    return replace(ticket, quoted_from=told_at, quoted_until=told_at + SECOND * quote.high)


def quote_for(book: Book, ticket: Ticket, told_at: int, seconds: tuple[int, int, int], agent: str | None) -> Quote:
    """A wait said aloud; its long end is a whole number of minutes, because that is what was said."""
    low, expected, high = seconds
    high = 60 * -(-high // 60)
    language = book.language_of(ticket.customer_id)
    shortest, longest = max(1, expected // 60), max(max(1, expected // 60) + 1, high // 60)
    sentence = (
        f"지금 {shortest}~{longest}분 정도 기다리시게 될 것 같아요."
        if language is Language.KO
        else f"It will be about {shortest} to {longest} minutes."
    )
    return Quote(
        book.mint(),
        ticket.id,
        ticket.customer_id,
        low,
        expected,
        60 * longest,
        "slots",
        60 + len(book.tickets),
        told_at,
        sentence,
        agent,
    )
