"""The morning list, and its verbs: beginning a contact with the first sentence ready, done already, put away."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from cxdesk.desk.first_words import first_words
from cxdesk.desk.result import Done
from cxdesk.desk.writer import Writer
from cxdesk.domain import moments, promises, tickets
from cxdesk.domain.afterwards import IncidentPerson, MorningChoice
from cxdesk.domain.changes import Change, Delete, Edit, Stamp, alter, insert
from cxdesk.domain.consents import forbidden
from cxdesk.domain.inert import inert_line
from cxdesk.domain.morning import (
    DISMISSED,
    DONE,
    LEARNT_FROM,
    LONGEST_REST,
    OFFERS,
    PROMISES,
    Candidate,
    Entry,
    Kind,
    List,
    Seen,
    may_be_listed,
    order,
    resting,
    score,
    tallied,
)
from cxdesk.domain.records import Customer, Ticket
from cxdesk.domain.suggesting import suggest
from cxdesk.domain.words import Channel, Language, MessageKind, PromiseState, Topic
from cxdesk.empathy.remember import sayable
from cxdesk.i18n import t_in
from cxdesk.storage import morning as stored
from cxdesk.storage import people as stored_people
from cxdesk.storage import promises as stored_promises
from cxdesk.storage import queue as stored_queue
from cxdesk.storage import tickets as stored_tickets
from cxdesk.storage import touched

__all__ = ["Morning", "forget_draft"]

_HABITS = 80
"""People whose purchases are looked through for something they would buy again about now."""
_LATELY = 7 * moments.DAY
"""Who was in contact within this time is not turned to for something that could lead to an offer."""
_TOPICS = {Kind.DELIVERY: Topic.DELIVERY, Kind.REORDER: Topic.PRODUCT}
_CHANNELS = {"phone": Channel.PHONE, "email": Channel.MAIL}


class Morning:
    """Whom one agent could see to first today."""

    def __init__(self, desk: Writer) -> None:
        self._desk = desk

    # -- the list

    def read(self) -> List:
        """At most as many as can be done today, less what was done; overdue promises are there whatever was done."""
        desk, now = self._desk, self._desk.clock()
        rules = desk.settings.morning
        choices = stored.choices(desk.db, now - LONGEST_REST)
        seen = tallied(one for one in choices if one.at >= now - LEARNT_FROM)
        done = self._done_today(choices, now)
        candidates = self._candidates(resting(choices, now), seen, now)
        found = sorted(self._met(candidates, seen, 2 * rules.capacity, now), key=_place)
        late = sum(one.candidate.kind is Kind.PROMISE_LATE for one in found)
        room = max(rules.capacity - done, min(late, rules.capacity))
        return List(tuple(found[:room]), max(0, len(candidates) - room), done)

    def _done_today(self, choices: Iterable[MorningChoice], now: int) -> int:
        midnight, _ = self._day(now)
        me = self._desk.agent.id if self._desk.agent else None
        return sum(one.at >= midnight and one.choice == DONE and one.agent_id == me for one in choices)

    def _day(self, now: int) -> tuple[int, int]:
        """The instants at which today begins and ends."""
        begins = moments.local(now, self._desk.zone).replace(hour=0, minute=0, second=0, microsecond=0)
        return moments.instant(begins), moments.instant(begins + timedelta(days=1))

    def _candidates(self, rest: frozenset[tuple[str, str]], seen: Mapping[str, Seen], now: int) -> list[Candidate]:
        """Everybody who could be listed, in order of what is known before looking at the person; each person once."""
        prior = self._desk.settings.morning.learn
        found = [one for one in self._sources(now) if (one.kind, one.subject) not in rest]
        found.sort(key=lambda one: order(one, score(one, None, seen, prior, now)))
        first: dict[str, Candidate] = {}
        for one in found:
            first.setdefault(one.customer_id or one.subject, one)
        return list(first.values())

    def _sources(self, now: int) -> Iterator[Candidate]:
        db, settings = self._desk.db, self._desk.settings
        midnight, tonight = self._day(now)
        yield from stored.promised(db, now, tonight)
        yield from stored.unanswered(db, now, settings.morning)
        yield from stored.late_deliveries(db, now, settings.morning)
        yield from stored.incidents_over(db, now)
        yield from stored.special_days(db, moments.local(now, self._desk.zone).date(), midnight, settings.morning)
        yield from stored.cooling(db, now, settings.segments)
        for customer_id in stored.due_again(db, now, _HABITS):
            yield from self._due_again(customer_id, now)

    def _due_again(self, customer_id: str, now: int) -> Iterator[Candidate]:
        history = stored_people.history(self._desk.db, customer_id)
        for one in suggest(history, (), (), frozenset(), now, self._desk.settings.suggestions):
            subject, at = f"{customer_id} {one.product}", now + (one.usual - one.since) * moments.DAY
            yield Candidate(
                Kind.REORDER,
                subject,
                customer_id,
                at,
                product=one.product,
                days=one.since,
                usual=one.usual,
                n=one.n,
            )

    def _met(self, candidates: Iterable[Candidate], seen: Mapping[str, Seen], most: int, now: int) -> Iterator[Entry]:
        """The first ``most`` who may be turned to, with who they are."""
        for one in candidates:
            if most <= 0:
                return
            customer = self._customer(one)
            if customer is None and one.customer_id is not None:
                continue
            if customer is not None and not self._may_be_listed(one, customer, now):
                continue
            most -= 1
            segment = self._desk.segment_of(customer)
            parts = score(one, segment, seen, self._desk.settings.morning.learn, now)
            yield Entry(one, customer, segment, parts, self._first_words(one, customer, now))

    def _customer(self, one: Candidate) -> Customer | None:
        found = stored_people.customer(self._desk.db, one.customer_id) if one.customer_id else None
        return None if found is None else stored_people.living(self._desk.db, found)

    def _may_be_listed(self, one: Candidate, customer: Customer, now: int) -> bool:
        db = self._desk.db
        if not may_be_listed(one.kind, forbidden(stored_people.consents(db, customer.id))):
            return False
        if one.kind in OFFERS:
            return not stored.in_contact(db, customer.id, now - _LATELY)
        # Whoever has a contact open is being seen to already.
        return one.ticket_id is not None or not stored.in_contact(db, customer.id, now + 1)

    def _first_words(self, one: Candidate, customer: Customer | None, now: int) -> str:
        desk = self._desk
        lang = customer.language if customer else Language(desk.settings.shop.language)
        remembered = None
        if one.kind is Kind.COOLING and customer is not None:
            memory = desk.read.memory(customer.id, known=customer)
            remembered = sayable(memory, now, desk.zone, lang) if memory else None
        name = customer.name if customer else ""
        return first_words(one, name, lang, desk.settings.shop.name, now, desk.zone, remembered)

    # -- the verbs

    def start(self, entry: Entry) -> tuple[str, Done]:
        """Begin: the ticket it is about, or a new one in this agent's hands, with the first sentence as its draft.

        A promise stays on the list until it is kept; everything else counts as done.
        """
        one, stamp = entry.candidate, self._desk.stamp()
        ticket = stored_tickets.ticket(self._desk.db, one.ticket_id) if one.ticket_id else None
        edits = () if one.kind in PROMISES else self._chosen(one, DONE, stamp)
        if ticket is None:
            ticket, begun = self._contact(entry, stamp)
            edits = begun + edits
        key = ticket.id

        def write_first(db: sqlite3.Connection, _change: Change | None = None) -> None:
            if stored_tickets.draft(db, key) is None:
                stored_tickets.save_draft(db, key, MessageKind.REPLY, entry.sentence, stamp.at)

        if not edits:
            with self._desk.store.transaction() as db:
                write_first(db)
            return key, Done(Change("start", ()), (key,))
        return key, self._desk.commit("start", edits, (key,), stamp=stamp, beside=write_first)

    def _contact(self, entry: Entry, stamp: Stamp) -> tuple[Ticket, tuple[Edit, ...]]:
        """A contact that we begin: nobody waits, so it is in hand at once."""
        one, customer = entry.candidate, entry.customer
        shop = Language(self._desk.settings.shop.language)
        ticket = Ticket(
            id=stamp.mint(),
            number=stored_queue.next_number(self._desk.db),
            channel=self._channel(customer),
            arrived_at=stamp.at,
            waiting_since=stamp.at,
            rank_at=stamp.at,
            customer_id=customer.id if customer else None,
            topic=_TOPICS.get(one.kind, Topic.OTHER),
            subject=inert_line(t_in(shop, f"morning.subject.{one.kind}")),
            segment=entry.segment,
        )
        return ticket, (*tickets.arrive(ticket, stamp), *tickets.take(ticket, stamp))

    def _channel(self, customer: Customer | None) -> Channel:
        """How they can be reached: by phone, else by mail."""
        if customer is None:
            return Channel.PHONE
        kinds = stored.reached_by(self._desk.db, customer.id)
        return next((channel for kind, channel in _CHANNELS.items() if kind in kinds), Channel.CHAT)

    def done(self, entry: Entry) -> Done:
        """It was seen to already, outside the desk; a promise is kept."""
        one, stamp = entry.candidate, self._desk.stamp()
        edits = self._chosen(one, DONE, stamp)
        if one.kind in PROMISES and (promise := stored_promises.one(self._desk.db, one.subject)) is not None:
            edits += promises.settle(promise, PromiseState.KEPT, stamp)
        return self._desk.commit("morning", edits)

    def dismiss(self, entry: Entry) -> Done:
        """Put away: it rests for a while, and its kind counts a little less. A promise comes again tomorrow."""
        return self._desk.commit("morning", self._chosen(entry.candidate, DISMISSED, self._desk.stamp()))

    def _chosen(self, one: Candidate, choice: str, stamp: Stamp) -> tuple[Edit, ...]:
        """The choice as a row, and, where somebody was cared for after an incident, that too."""
        edits: tuple[Edit, ...] = (
            insert(MorningChoice(stamp.mint(), one.kind, one.subject, choice, stamp.at, stamp.agent_id)),
        )
        if one.kind is Kind.AFTERCARE and choice == DONE and one.customer_id is not None:
            incident_id = one.subject.split()[0]
            known = touched.person(self._desk.db, incident_id, one.customer_id)
            if known is None:
                came = IncidentPerson(stamp.mint(), incident_id, one.customer_id, "ticket", cared_at=stamp.at)
                return (*edits, insert(came))
            edits += alter(known, replace(known, cared_at=stamp.at))
        return edits


def forget_draft(db: sqlite3.Connection, inverse: Change) -> None:
    """A contact that was begun and taken back leaves no draft behind; inside the caller's transaction."""
    for edit in inverse.edits:
        if isinstance(edit, Delete) and edit.kind == "ticket":
            stored_tickets.save_draft(db, edit.id, MessageKind.REPLY, "", 0)


def _place(entry: Entry) -> tuple[bool, int, int, str]:
    return order(entry.candidate, entry.parts)
