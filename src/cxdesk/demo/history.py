"""The last four months of contacts, made with the desk's own moves so that every one of them could have happened.

The shop's day lies around the hour at which the demo begins (five hours before, four after), whatever the clock says;
that keeps this module free of time zones and the demo alive at midnight. Contacts grow towards today.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import exp, log
from random import Random

from cxdesk.demo.book import Book
from cxdesk.demo.laws import CHANNELS, feeling_after, patience, service
from cxdesk.demo.lines import spoken
from cxdesk.demo.openings import Caller, Opening, choose
from cxdesk.demo.waits import tell
from cxdesk.domain.moments import DAY, HOUR, MINUTE, SECOND
from cxdesk.domain.order import Credits, rank_at
from cxdesk.domain.records import Customer, Message, Ticket
from cxdesk.domain.tickets import event, move
from cxdesk.domain.words import Channel, Emotion, MessageKind, Priority, Stage, Status, Topic

__all__ = ["DAYS", "FIRST_NUMBER", "Visit", "arrival_ticket", "write_history"]

DAYS = 120
FIRST_NUMBER = 1001
_TODAY = 16.0
_GROWTH_DAYS = 42.0
_SOONEST = 20 * SECOND
_MAIL_WAIT = (log(50), 0.7)  # minutes, lognormal
_WAIT = (log(2.6), 1.1)


@dataclass(frozen=True, slots=True)
class Visit:
    """One contact before it is written down; ``ready`` is when somebody would have time for it."""

    arrived: int
    ready: int
    channel: Channel
    customer: Customer | None
    opening: Opening


def write_history(book: Book, rng: Random) -> None:
    """Fill the book with finished contacts, oldest first, each agent serving one at a time."""
    visits = [_visit(book, rng, at) for at in _arrivals(rng, book.now)]
    free = dict.fromkeys((agent.id for agent in book.agents), 0)
    served: list[tuple[Visit, str, int, int]] = []
    for visit in sorted(visits, key=lambda v: v.ready):
        agent = min(free, key=lambda key: (max(free[key], visit.ready), rng.random()))
        start = max(free[agent], visit.ready)
        end = start + service(rng, visit.opening.line.topic)
        if end < book.now - 2 * MINUTE:
            free[agent] = end + rng.randrange(5, 40) * SECOND
            served.append((visit, agent, start, end))
    for number, (visit, agent, start, end) in enumerate(sorted(served, key=lambda s: s[0].arrived), FIRST_NUMBER):
        _write(book, rng, visit, number, agent, start, end)


def _arrivals(rng: Random, now: int) -> Iterator[int]:
    """When customers came."""
    for ago in range(DAYS, -1, -1):
        expected = _TODAY * exp(-ago / _GROWTH_DAYS) * rng.uniform(0.75, 1.25)
        count = int(expected) + (rng.random() < expected % 1)
        for _ in range(count):
            offset = int(rng.triangular(-5 * HOUR, 4 * HOUR, -HOUR / 2))
            if ago or offset < -10 * MINUTE:
                yield now - ago * DAY + offset


def _visit(book: Book, rng: Random, at: int) -> Visit:
    """Somebody comes: mostly one who bought lately."""
    channel = rng.choices(list(CHANNELS), list(CHANNELS.values()))[0]
    stranger = channel is Channel.VISIT and rng.random() < 0.4
    customer = None if stranger else _whoever(book, rng, at)
    purchase = book.latest(customer.id, at) if customer else None
    age = (at - purchase.ordered_at) / DAY if purchase else 0.0
    moving = purchase is not None and (age < 2.5 or (age < 12 and rng.random() < 0.3))
    caller = Caller(
        customer.language if customer else book.language, channel, customer.name if customer else None, purchase, moving
    )
    mu, sigma = _MAIL_WAIT if channel is Channel.MAIL else _WAIT
    ready = at + _SOONEST + int(rng.lognormvariate(mu, sigma) * MINUTE)
    return Visit(at, ready, channel, customer, choose(rng, caller, at))


def _whoever(book: Book, rng: Random, at: int) -> Customer:
    """A customer, two times in three one with a fresh order."""
    found = rng.choice(book.customers)
    for _ in range(40 if rng.random() < 0.67 else 0):
        found = rng.choice(book.customers)
        if book.latest(found.id, at, days=12) is not None:
            break
    return found


def arrival_ticket(book: Book, visit: Visit, number: int, priority: Priority = Priority.NORMAL) -> Ticket:
    """The ticket as it was when the customer came, and in the book their first words."""
    segment = book.segment(visit.customer.id, visit.arrived) if visit.customer else None
    line = visit.opening.line
    ticket = Ticket(
        book.mint(),
        number,
        visit.channel,
        visit.arrived,
        visit.arrived,
        rank_at(visit.arrived, priority, segment, Credits()),
        customer_id=visit.customer.id if visit.customer else None,
        topic=line.topic,
        priority=priority,
        segment=segment,
        emotion=line.emotion,
        intensity=line.intensity,
    )
    book.messages.append(Message(book.mint(), ticket.id, MessageKind.CUSTOMER, visit.opening.said, visit.arrived))
    return ticket


def _write(book: Book, rng: Random, visit: Visit, number: int, agent: str, start: int, end: int) -> None:
    """One contact from its first words to its end."""
    words = book.voices(visit.customer.id if visit.customer else None)
    ticket = arrival_ticket(book, visit, number)
    if visit.channel is Channel.MAIL:
        ticket = replace(ticket, subject=rng.choice(words.subjects[ticket.topic]))
    limit = patience(rng, visit.channel)
    if limit is not None and visit.arrived + limit < start:
        left = book.stamp(visit.arrived + limit)
        book.messages.append(event(ticket.id, left, "left"))
        book.tickets.append(move(ticket, Status.ABANDONED, left))
        return
    ticket = tell(book, rng, ticket, start, agent)
    feeling = feeling_after(rng, visit.opening.line.emotion)
    ticket = _serve(book, rng, ticket, agent, (start, end), visit.opening.reply, feeling)
    if ticket.topic in _SOMETIMES_BACK and rng.random() < 0.05 and end < book.now - 2 * DAY:
        ticket = _again(book, rng, ticket, agent, end)
    book.tickets.append(ticket)


_SOMETIMES_BACK = (Topic.DELIVERY, Topic.REFUND, Topic.DEFECT)


def _serve(
    book: Book, rng: Random, ticket: Ticket, agent: str, span: tuple[int, int], reply: str, feeling: Emotion
) -> Ticket:
    """Taken at the start of ``span``, answered, and resolved at its end with a last word from the customer."""
    start, end = span
    words = book.voices(ticket.customer_id)

    def at(part: float) -> int:
        return start + int((end - start) * part)

    def said(kind: MessageKind, body: str, part: float, by: str | None) -> None:
        book.messages.append(Message(book.mint(), ticket.id, kind, body, at(part), by))

    book.messages.append(event(ticket.id, book.stamp(start, agent), "taken"))
    taken = move(ticket, Status.ACTIVE, book.stamp(start, agent))
    said(MessageKind.REPLY, reply, rng.uniform(0.2, 0.5), agent)
    before = ticket.emotion or Emotion.NEUTRAL
    if ticket.channel is not Channel.MAIL and rng.random() < 0.7:
        text = words.last_word(rng, before, feeling)
        said(MessageKind.CUSTOMER, spoken(text) if ticket.channel.spoken else text, rng.uniform(0.7, 0.85), None)
    if before is not Emotion.GRATITUDE and rng.random() < 0.4:
        said(MessageKind.NOTE, rng.choice(words.resolutions[ticket.topic]), rng.uniform(0.88, 0.98), agent)
    book.messages.append(event(ticket.id, book.stamp(end, agent), "resolved"))
    return move(taken, Status.RESOLVED, book.stamp(end, agent), stage=Stage.CLOSE, feeling_after=feeling)


def _again(book: Book, rng: Random, ticket: Ticket, agent: str, end: int) -> Ticket:
    """It was not solved after all: the customer is back within a day."""
    back = end + rng.randrange(2 * HOUR, 20 * HOUR)
    complaint = rng.choice(book.voices(ticket.customer_id).reopened)
    book.messages.append(Message(book.mint(), ticket.id, MessageKind.CUSTOMER, complaint.text, back))
    book.messages.append(event(ticket.id, book.stamp(back), "reopened"))
    ranked = rank_at(back, ticket.priority, ticket.segment, Credits())
    waiting = move(ticket, Status.WAITING, book.stamp(back), rank_at=ranked)
    start = back + rng.randrange(2, 9) * MINUTE
    span = start, start + service(rng, ticket.topic)
    return _serve(book, rng, waiting, agent, span, complaint.reply, feeling_after(rng, Emotion.DISAPPOINTMENT))
