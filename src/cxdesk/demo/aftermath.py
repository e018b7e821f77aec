"""What stays after a contact: promises kept and broken, answers to the question how it went, things to remember."""

from dataclasses import replace
from random import Random

from cxdesk.demo.book import Book
from cxdesk.demo.lines import fill_in
from cxdesk.domain.moments import DAY, HOUR, MINUTE
from cxdesk.domain.records import Customer, Feedback, FollowUp, Note, Preference, Ticket
from cxdesk.domain.words import Emotion, PromiseState, Status, Topic

__all__ = ["ask", "promise", "remember"]

_PROMISING = (Topic.DELIVERY, Topic.REFUND, Topic.DEFECT, Topic.PRODUCT, Topic.STAFF)
_OUTCOMES = {PromiseState.KEPT: 84, PromiseState.BROKEN: 10, PromiseState.MOVED: 6}
_SCALES = {"csat": (1, 5), "ces": (1, 7), "nps": (0, 10)}
_MOOD = {Emotion.GRATITUDE: 0.93, Emotion.NEUTRAL: 0.72, Emotion.CONFUSION: 0.5, Emotion.ANXIETY: 0.45}
_POOR = 0.2


def promise(book: Book, rng: Random) -> None:
    """One contact in six ended with a promise; those of the past were settled, the others are open."""
    for ticket in book.tickets:
        if ticket.status is not Status.RESOLVED or ticket.topic not in _PROMISING or rng.random() > 0.17:
            continue
        made, due = ticket.resolved_at or 0, (ticket.resolved_at or 0) + rng.randrange(2 * HOUR, 2 * DAY)
        words = book.voices(ticket.customer_id)
        what = rng.choice(words.promises)
        made_by = ticket.assignee
        open_one = FollowUp(book.mint(), ticket.customer_id, ticket.id, what, due, made, made_by)
        if due < book.now - HOUR:
            _settle(book, rng, open_one)
        elif due > book.now + 10 * MINUTE:
            book.follow_ups.append(open_one)


def _settle(book: Book, rng: Random, made: FollowUp) -> None:
    """What became of a promise; one that was put off stands again, an hour or a day later."""
    outcome = rng.choices(list(_OUTCOMES), list(_OUTCOMES.values()))[0]
    early = made.due_at - rng.randrange(2, 50) * MINUTE
    done = {PromiseState.BROKEN: made.due_at + rng.randrange(20, 55) * MINUTE}.get(outcome, early)
    book.follow_ups.append(replace(made, state=outcome, done_at=done))
    if outcome is PromiseState.MOVED:
        later = made.due_at + rng.choice((HOUR, DAY))
        again = replace(
            made, id=book.mint(), made_at=done, due_at=later, first_id=made.id, first_due_at=made.due_at, moves=1
        )
        kept = replace(again, state=PromiseState.KEPT, done_at=min(later - 5 * MINUTE, book.now))
        book.follow_ups.append(kept if later < book.now else again)


def ask(book: Book, rng: Random) -> None:
    """A third of the customers answered when asked how it was; the answer follows the mood they left in."""
    for ticket in book.tickets:
        if ticket.status is not Status.RESOLVED or ticket.resolved_at is None or rng.random() > 0.33:
            continue
        at = ticket.resolved_at + rng.randrange(10 * MINUTE, 20 * HOUR)
        if at < book.now:
            book.feedback.append(_answer(book, rng, ticket, at))


def _answer(book: Book, rng: Random, ticket: Ticket, at: int) -> Feedback:
    scale = rng.choices(list(_SCALES), (70, 15, 15))[0]
    least, most = _SCALES[scale]
    mood = _MOOD.get(ticket.feeling_after or Emotion.NEUTRAL, _POOR) + rng.uniform(-0.15, 0.15)
    value = round(least + (most - least) * min(1.0, max(0.0, mood)))
    band = "high" if mood > 0.75 else "middle" if mood > 0.4 else "low"
    words = book.voices(ticket.customer_id)
    comment = rng.choice(words.comments[band]) if rng.random() < 0.45 else ""
    return Feedback(book.mint(), ticket.customer_id, ticket.id, scale, value, at, comment)


def remember(book: Book, rng: Random) -> None:
    """Notes in the agents' own hand and preferences with their date, for people the shop has met."""
    met: dict[str, list[Ticket]] = {}
    for ticket in book.tickets:
        if ticket.customer_id and ticket.taken_at:
            met.setdefault(ticket.customer_id, []).append(ticket)
    for customer in book.customers:
        tickets = met.get(customer.id, [])
        if tickets or len(book.bought.get(customer.id, ())) > 3:
            _note(book, rng, customer, tickets)
            _prefer(book, rng, customer, tickets)


def _note(book: Book, rng: Random, customer: Customer, tickets: list[Ticket]) -> None:
    """None, one or two notes."""
    for body in rng.sample(book.voices(customer.id).notes, rng.choices((0, 1, 2), (35, 45, 20))[0]):
        ticket = rng.choice(tickets) if tickets else None
        at = _learned(book, rng, customer.id, ticket)
        bought = book.latest(customer.id, at, days=2000)
        if "{item" in body and bought is None:
            continue
        text = fill_in(body, customer.language, item=bought.product if bought else None)
        agent = ticket.assignee if ticket else rng.choice(book.agents).id
        book.notes.append(Note(book.mint(), customer.id, text, at, agent, ticket.id if ticket else None))


def _prefer(book: Book, rng: Random, customer: Customer, tickets: list[Ticket]) -> None:
    """Up to three preferences; the size is the one they really wear."""
    table = book.voices(customer.id).preferences
    for key in rng.sample(list(table), rng.choices((0, 1, 2, 3), (30, 40, 22, 8))[0]):
        value = book.sizes[customer.id] if key in ("사이즈", "size") else rng.choice(table[key])
        at = _learned(book, rng, customer.id, rng.choice(tickets) if tickets else None)
        book.preferences.append(Preference(book.mint(), customer.id, key, value, "contact", at))


def _learned(book: Book, rng: Random, customer_id: str, ticket: Ticket | None) -> int:
    """When it was learned: during that contact, or at some time between the first order and now."""
    if ticket is not None and ticket.taken_at is not None:
        return ticket.taken_at + rng.randrange(20, 90) * 1000
    first = book.bought[customer_id][0].ordered_at
    return rng.randrange(first, max(first + 1, book.now - DAY))
