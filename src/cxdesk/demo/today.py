"""The moment the demo begins: who is on duty, who waits, what is in hand and what was promised for today."""

from dataclasses import dataclass, replace
from random import Random

from cxdesk.demo.book import Book
from cxdesk.demo.catalogue import CATALOGUE, Kind
from cxdesk.demo.history import FIRST_NUMBER, Visit, arrival_ticket
from cxdesk.demo.lines import voices
from cxdesk.demo.openings import Caller, compose
from cxdesk.demo.purchases import order_line
from cxdesk.demo.waits import quote_for
from cxdesk.domain.moments import DAY, HOUR, MINUTE, SECOND
from cxdesk.domain.records import Customer, FollowUp, Message, Purchase, Shift, Ticket
from cxdesk.domain.tickets import event, move
from cxdesk.domain.words import (
    Channel,
    Language,
    MessageKind,
    Priority,
    PurchaseState,
    Segment,
    Stage,
    Status,
    Topic,
)

__all__ = ["open_the_day"]


@dataclass(frozen=True, slots=True)
class Scene:
    """One customer who waits: what they bought how long ago, how long they have waited, what they were told.

    ``told`` is seconds after arrival, expected and longest wait; ``begins`` how the words begin in each language;
    ``guest`` that the customer speaks the other language of the desk.
    """

    segment: Segment | None
    channel: Channel
    waited: int
    begins: dict[Language, str]
    kind: Kind | None = None
    days: float = 0
    state: PurchaseState = PurchaseState.DELIVERED
    told: tuple[int, int, int] | None = None
    priority: Priority = Priority.NORMAL
    guest: bool = False


KO, EN = Language.KO, Language.EN
SCENES = (
    Scene(
        Segment.RETURNING,
        Channel.PHONE,
        21 * 60 + 10,
        {KO: "환불 해준다고", EN: "I was promised a refund"},
        Kind.HOME,
        16,
        told=(35, 480, 840),
    ),
    Scene(
        Segment.VIP,
        Channel.PHONE,
        6 * 60 + 5,
        {KO: "{days}일째 배송중", EN: "It has been {days} days"},
        Kind.WEAR,
        7.3,
        PurchaseState.SHIPPING,
        told=(25, 270, 480),
    ),
    Scene(
        Segment.REGULAR,
        Channel.CHAT,
        9 * 60 + 20,
        {KO: "아이 돌상에", EN: "The handle came off"},
        Kind.TABLE,
        3.4,
        told=(20, 420, 780),
    ),
    Scene(
        Segment.RETURNING,
        Channel.CHAT,
        4 * 60 + 15,
        {KO: "어머니 생신이", EN: "It's my mum's birthday"},
        Kind.GIFT,
        2.2,
        PurchaseState.SHIPPING,
        guest=True,
    ),
    Scene(
        Segment.NEW,
        Channel.PHONE,
        3 * 60 + 2,
        {KO: "화면이랑 색이", EN: "The colour is nothing like"},
        Kind.WEAR,
        4.6,
    ),
    Scene(
        Segment.REGULAR,
        Channel.MAIL,
        38 * 60,
        {KO: "반품 보낸 게", EN: "My return shows"},
        Kind.HOME,
        11,
    ),
    Scene(None, Channel.VISIT, 70, {KO: "선물 포장", EN: "What's the difference"}),
)
_IN_HAND = Scene(Segment.REGULAR, Channel.CHAT, 7 * 60, {KO: "한 번 빨았는데", EN: "Washed it ONCE"}, Kind.WEAR, 9)
_HELD = (
    Scene(Segment.RETURNING, Channel.MAIL, 3 * 3600, {KO: "유약이", EN: "The glaze seems"}, Kind.TABLE, 20),
    Scene(
        Segment.VIP,
        Channel.PHONE,
        95 * 60,
        {KO: "배송완료라고", EN: "says delivered."},
        Kind.HOME,
        5,
        PurchaseState.SHIPPING,
    ),
)


def open_the_day(book: Book, rng: Random) -> None:
    """Put the shop in the middle of its day, with the first agent of the book at the desk."""
    _shifts(book)
    met: set[str] = set()
    for scene in sorted((*SCENES, _IN_HAND, *_HELD), key=lambda s: -s.waited):
        customer = _who(book, rng, scene, met)
        visit = _visit(book, rng, scene, customer)
        ticket = arrival_ticket(book, visit, 0, scene.priority)
        if scene is _IN_HAND:
            ticket = _taken(book, ticket, book.agents[1].id, book.now - 2 * MINUTE)
        elif scene in _HELD:
            ticket = _held(book, ticket, visit.opening.reply)
        elif scene.told:
            ticket = _told(book, ticket, scene.told)
        if scene.channel is Channel.MAIL:
            ticket = replace(ticket, subject=book.voices(ticket.customer_id).subjects[ticket.topic][0])
        book.tickets.append(ticket)
        book.guests[ticket.id] = visit.opening.guest
    _number(book)
    _promises(book)


def _number(book: Book) -> None:
    """Everybody in the order they came, those of the last hours among those who were served meanwhile."""
    came = sorted(book.tickets, key=lambda t: (t.arrived_at, t.number))
    book.tickets[:] = [replace(ticket, number=number) for number, ticket in enumerate(came, FIRST_NUMBER)]


def _shifts(book: Book) -> None:
    """The person at the desk and one colleague are on duty; the other is back from a break in four minutes."""
    now = book.now
    for agent, started in zip(book.agents, (260, 245, 230), strict=True):
        begun = now - started * MINUTE
        until = now + 4 * HOUR
        if agent is book.agents[2]:
            book.shifts.append(Shift(book.mint(), agent.id, "on", begun, until, now - 11 * MINUTE))
            book.shifts.append(Shift(book.mint(), agent.id, "break", now - 11 * MINUTE, now + 4 * MINUTE))
        else:
            book.shifts.append(Shift(book.mint(), agent.id, "on", begun, until))


def _who(book: Book, rng: Random, scene: Scene, met: set[str]) -> Customer | None:
    """Somebody of the scene's kind and language who is in no other scene."""
    if scene.segment is None:
        return None
    language = book.language if not scene.guest else EN if book.language is KO else KO
    # One more order must not move them to another segment.
    orders = {Segment.NEW: 0, Segment.RETURNING: 2}.get(scene.segment)
    found = [
        customer
        for customer in book.customers
        if customer.language is language
        and customer.id not in met
        and book.segment(customer.id, book.now) is scene.segment
        and (orders is None or len({p.order_no for p in book.bought.get(customer.id, ())}) == orders)
    ]
    customer = rng.choice(found)
    met.add(customer.id)
    return customer


def _visit(book: Book, rng: Random, scene: Scene, customer: Customer | None) -> Visit:
    """The scene played by this customer."""
    arrived = book.now - scene.waited * SECOND
    purchase = _bought(book, rng, scene, customer) if customer and scene.kind else None
    moving = scene.state is PurchaseState.SHIPPING
    language = customer.language if customer else book.language
    caller = Caller(language, scene.channel, customer.name if customer else None, purchase, moving)
    opening = compose(rng, caller, voices(language).find(scene.begins[language]), arrived)
    return Visit(arrived, arrived, scene.channel, customer, opening)


def _bought(book: Book, rng: Random, scene: Scene, customer: Customer) -> Purchase:
    """What the scene is about, ordered as long ago as it says."""
    product = rng.choice([p for p in CATALOGUE if p.kind is scene.kind and (p.sized or p.kind is not Kind.WEAR)])
    return order_line(book, rng, customer, product, book.now - int(scene.days * DAY), scene.state)


def _told(book: Book, ticket: Ticket, told: tuple[int, int, int]) -> Ticket:
    """They were told a wait; nobody knows yet how it comes true."""
    after, expected, high = told
    at = ticket.arrived_at + after * SECOND
    quote = quote_for(book, ticket, at, (int(expected * 0.6), expected, high), book.agents[0].id)
    book.quotes.append(quote)
    return replace(ticket, quoted_from=at, quoted_until=at + SECOND * quote.high)


def _taken(book: Book, ticket: Ticket, agent: str, at: int) -> Ticket:
    book.messages.append(event(ticket.id, book.stamp(at, agent), "taken"))
    return move(ticket, Status.ACTIVE, book.stamp(at, agent), stage=Stage.LISTEN)


def _held(book: Book, ticket: Ticket, reply: str) -> Ticket:
    """Answered a while ago by the person at the desk, and put aside: a letter for its answer, a call for a time."""
    me = book.agents[0].id
    taken_at = ticket.arrived_at + (book.now - ticket.arrived_at) // 3
    taken = _taken(book, ticket, me, taken_at)
    book.messages.append(Message(book.mint(), ticket.id, MessageKind.REPLY, reply, taken_at + 2 * MINUTE, me))
    for_reply = ticket.channel is Channel.MAIL
    until = None if for_reply else book.now + 35 * MINUTE
    held_at = book.stamp(taken_at + 4 * MINUTE, me)
    book.messages.append(event(ticket.id, held_at, "held", until=until))
    return move(taken, Status.PENDING, held_at, hold_until=until, hold_for_reply=for_reply, stage=Stage.COMMIT)


def _promises(book: Book) -> None:
    """Three of the person at the desk: one overdue, one due within the hour, one for tomorrow."""
    me = book.agents[0].id
    mine = [t for t in book.tickets if t.assignee == me and t.status is Status.RESOLVED and t.customer_id]
    about = [t for t in reversed(mine) if t.topic in (Topic.DELIVERY, Topic.REFUND, Topic.DEFECT)]
    for due, what in ((-25 * MINUTE, 0), (50 * MINUTE, 2), (22 * HOUR, 4)):
        ticket = next(t for t in about if (t.resolved_at or 0) < min(book.now, book.now + due) - HOUR)
        about.remove(ticket)
        promises = book.voices(ticket.customer_id).promises
        book.follow_ups.append(
            FollowUp(
                book.mint(),
                ticket.customer_id,
                ticket.id,
                promises[what],
                book.now + due,
                ticket.resolved_at or book.now,
                me,
            )
        )
