"""The verbs of the desk. Each is one ``Change``, committed whole, and undone by ``undo``.

Verbs that a selection can carry take several ticket ids and make one change of them, so that one undo takes all back.
"""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from cxdesk.desk.reads import Reads
from cxdesk.desk.result import Done, Refused
from cxdesk.desk.waits import LEARNED, Waits
from cxdesk.domain import moments, promises, tickets
from cxdesk.domain import people as persons
from cxdesk.domain.changes import Change, Delete, Edit, Stamp, alter, insert
from cxdesk.domain.inert import inert, inert_line
from cxdesk.domain.order import Place, place, rank_at
from cxdesk.domain.records import Agent, Customer, Feedback, FollowUp, Quote, Setting, Ticket
from cxdesk.domain.words import (
    Channel,
    Emotion,
    Language,
    MessageKind,
    Priority,
    PromiseState,
    Segment,
    Status,
    Topic,
)
from cxdesk.settings import Settings
from cxdesk.storage import people as stored_people
from cxdesk.storage import queue as stored_queue
from cxdesk.storage import tickets as stored
from cxdesk.storage.faults import Fault, as_faults
from cxdesk.storage.store import Beside, Store

if TYPE_CHECKING:
    from cxdesk.desk.telling import Told
    from cxdesk.domain.due import Due

__all__ = ["Desk"]

Clock = Callable[[], int]
Mint = Callable[[], str]


class Desk:
    """One agent's hands on one file."""

    def __init__(
        self, store: Store, settings: Settings, *, clock: Clock, mint: Mint, agent: Agent | None = None
    ) -> None:
        self.store = store
        self.settings = settings
        self.zone = settings.zone()
        self.clock = clock
        self.mint = mint
        self.agent = agent
        self.waits = Waits(settings)
        self.read = Reads(store.db, clock, settings.segments)

    @property
    def db(self) -> sqlite3.Connection:
        """For reading only; every write goes through a verb."""
        return self.store.db

    def reading(self) -> AbstractContextManager[None]:
        """Around readings: what SQLite finds wrong with the file is raised as ``Fault``."""
        return as_faults(self.store.path)

    def warm_up(self) -> None:
        """Load what the first act needs and the first frame does not; for a thread, while the screen settles."""
        from cxdesk.storage import outbox, search  # noqa: F401 - loaded for ``Store.commit``

        self.read_promise("")

    def stamp(self) -> Stamp:
        """Now, by this agent."""
        return Stamp(self.clock(), self.agent.id if self.agent else None, self.mint)

    # -- who works here ------------------------------------------------------------------------------------------

    def sign_in(self, name: str) -> Done:
        """Be the agent called ``name``, new or known, and go on duty. Raises ``Refused`` for an empty name."""
        name = inert_line(name, 60)
        if not name:
            raise Refused("no_name")
        known = stored_people.agent_named(self.db, name)
        if known is None:
            known = Agent(self.mint(), name, self.clock())
            self._commit("sign_in", (insert(known),), undoable=False)
        self.agent = known
        self.store.remember("agent", known.id)
        return self.duty("on") if stored_people.open_shift(self.db, known.id) is None else Done(Change("duty", ()))

    def duty(self, state: str, until: int | None = None) -> Done:
        """Go on duty (``on``), on a break (``break``) or home (``off``)."""
        if self.agent is None:
            raise Refused("no_agent")
        stamp = self.stamp()
        edits = persons.duty(stored_people.open_shift(self.db, self.agent.id), self.agent.id, state, until, stamp)
        return self._commit("duty", edits)

    # -- a contact's way through the desk ------------------------------------------------------------------------

    def arrive(
        self,
        channel: Channel,
        *,
        customer: Customer | None = None,
        topic: Topic = Topic.OTHER,
        said: str = "",
        priority: Priority = Priority.NORMAL,
        subject: str = "",
        undoable: bool = True,
        also: tuple[Edit, ...] = (),
    ) -> tuple[Ticket, Done]:
        """Somebody begins to wait; ``also`` are edits that belong to the same act, such as making the customer."""
        stamp = self.stamp()
        segment = self.segment_of(customer)
        rank = rank_at(stamp.at, priority, segment, self.settings.queue)
        ticket = Ticket(
            id=stamp.mint(),
            number=stored_queue.next_number(self.db),
            channel=channel,
            arrived_at=stamp.at,
            waiting_since=stamp.at,
            rank_at=rank,
            customer_id=customer.id if customer else None,
            topic=topic,
            subject=inert_line(subject),
            priority=priority,
            segment=segment,
        )
        edits = also + tickets.arrive(ticket, stamp, inert(said))
        return ticket, self._commit("new", edits, (ticket.id,), undoable=undoable)

    def take_next(self) -> Done:
        """Serve whoever is first. Raises ``Refused`` when nobody waits."""
        first = stored_queue.first_waiting(self.db, self.agent.id if self.agent else None)
        if first is None:
            raise Refused("nobody_waits")
        return self.take([first.id])

    def take(self, ids: Iterable[str]) -> Done:
        """Begin to serve these customers."""
        return self._each("take", ids, lambda t, s: tickets.take(t, s, self._told(t)))

    def reply(self, ticket_id: str, body: str, script_id: str | None = None) -> Done:
        """Answer the customer; the draft is gone in the same act and comes back with undo."""
        return self._say(ticket_id, MessageKind.REPLY, body, script_id)

    def note(self, ticket_id: str, body: str) -> Done:
        """Write something down that the customer does not see."""
        return self._say(ticket_id, MessageKind.NOTE, body, None)

    def hear(self, ticket_id: str, body: str) -> Done:
        """The customer says something more."""
        return self._each("hear", [ticket_id], lambda t, s: tickets.hear(t, s, inert(body)), undoable=False)

    def hold(self, ids: Iterable[str], until: int | None) -> Done:
        """Put aside until an instant, or until the customer replies. Raises ``Refused`` for a time that has passed."""
        if until is not None and until <= self.clock():
            raise Refused("past")
        return self._each("hold", ids, lambda t, s: tickets.hold(t, s, until, self._told(t)))

    def resolve(self, ids: Iterable[str], feeling: Emotion | None = None) -> Done:
        """These contacts are done; ``feeling`` is how the customer sounded at the end."""
        return self._each("resolve", ids, lambda t, s: tickets.resolve(t, s, feeling, self._told(t)))

    def reopen(self, ids: Iterable[str]) -> Done:
        """These contacts are not done after all: they wait again from now."""
        return self._each("reopen", ids, lambda t, s: tickets.reopen(t, s, self.settings.queue))

    def left(self, ids: Iterable[str], *, undoable: bool = True) -> Done:
        """These customers gave up waiting."""
        return self._each("left", ids, tickets.abandon, undoable=undoable)

    def wake(self) -> Done:
        """Bring back every held ticket whose time has come; called when the clock ticks."""
        due = stored_queue.on_hold_until(self.db, self.clock())
        return self._each("wake", [ticket.id for ticket in due], tickets.wake, undoable=False)

    # -- what is known of a contact ------------------------------------------------------------------------------

    def feel(self, ids: Iterable[str], emotion: Emotion) -> Done:
        """What the agent hears in the voice; the same feeling again makes it stronger, up to three."""

        def felt(ticket: Ticket, _stamp: Stamp) -> tuple[Edit, ...]:
            level = ticket.intensity % 3 + 1 if ticket.emotion is emotion else 2
            return tickets.feel(ticket, emotion, level)

        return self._each("feel", ids, felt)

    def about(self, ids: Iterable[str], topic: Topic) -> Done:
        """What it turned out to be about."""
        return self._each("topic", ids, lambda t, s: tickets.about(t, topic))

    def step(self, ids: Iterable[str], by: int) -> Done:
        """Forward or back on the stage bar."""
        return self._each("stage", ids, lambda t, s: tickets.stage(t, by))

    def assign(self, ids: Iterable[str], agent_id: str | None) -> Done:
        """Hand over to a colleague, or back to nobody."""
        return self._each("assign", ids, lambda t, s: tickets.assign(t, agent_id))

    def prioritise(self, ids: Iterable[str], priority: Priority) -> Done:
        """How soon these must be served."""
        return self._each("priority", ids, lambda t, s: tickets.prioritise(t, priority, self.settings.queue))

    def toggle_tag(self, ids: Iterable[str], word: str) -> Done:
        """Tag those that lack the word; when none lacks it, take it off all. Raises ``Refused`` for an empty word."""
        word = inert_line(word, 40).lstrip("#")
        if not word:
            raise Refused("empty")
        present = {key: stored.tags(self.db, key) for key in ids}
        if all(any(tag.tag == word for tag in tags) for tags in present.values()):
            return self._each("tag", present, lambda t, s: tickets.untag(word, present[t.id]))
        return self._each("tag", present, lambda t, s: tickets.tag(t, s, word, present[t.id]))

    # -- the customer behind it ----------------------------------------------------------------------------------

    def new_customer(self, text: str, language: Language) -> tuple[Customer, tuple[Edit, ...]]:
        """The customer that ``text`` (a name, a phone number, an address, or several) describes, and the edits that
        make them. Raises ``Refused`` when there is nothing to go by."""
        made = persons.newcomer(inert_line(text), language, self.stamp())
        if made is None:
            raise Refused("no_name")
        return made

    def attach(self, ticket_id: str, customer: Customer, also: tuple[Edit, ...] = ()) -> Done:
        """Say who the person of a ticket is."""

        def known(ticket: Ticket, _stamp: Stamp) -> tuple[Edit, ...]:
            segment = self.segment_of(customer)
            rank = rank_at(ticket.waiting_since, ticket.priority, segment, self.settings.queue)
            return alter(ticket, replace(ticket, customer_id=customer.id, segment=segment, rank_at=rank))

        return self._each("attach", [ticket_id], known, also=also)

    def remember(self, customer_id: str, text: str, ticket_id: str | None = None) -> Done:
        """Keep something about a customer: ``key: value`` becomes a preference, anything else a note."""
        edits = persons.fact(customer_id, inert_line(text, 2000), ticket_id, self.stamp())
        if not edits:
            raise Refused("empty")
        return self._commit("remember", edits, (ticket_id,) if ticket_id else ())

    def rename(self, customer_id: str, name: str) -> Done:
        """Correct a name."""
        customer = stored_people.customer(self.db, customer_id)
        name = inert_line(name)
        if customer is None or not name:
            raise Refused("no_name")
        return self._commit("rename", alter(customer, replace(customer, name=name)))

    def segment_of(self, customer: Customer | None) -> Segment | None:
        """What kind of customer this is today."""
        if customer is None:
            return None
        return self.read.standing(customer.id).segment

    def feedback(self, ticket_id: str, scale: str, value: int, comment: str = "") -> Done:
        """An answer of the customer. Raises ``Refused`` for a value outside the scale."""
        low, high = persons.SCALES.get(scale, (1, 0))
        if not low <= value <= high:
            raise Refused("out_of_scale", low=low, high=high)
        ticket = self._ticket(ticket_id)
        answer = Feedback(
            self.mint(), ticket.customer_id, ticket.id, scale, value, self.clock(), inert_line(comment, 2000)
        )
        return self._commit("feedback", (insert(answer),), (ticket.id,))

    # -- time: the wait that is told, the promise that is made ---------------------------------------------------

    def wait_for(self, ticket_id: str) -> "Told | None":
        """What this waiting customer could be told now, in their language; nothing for one who is being served."""
        ticket = self._ticket(ticket_id)
        if ticket.status is not Status.WAITING:
            return None
        from cxdesk.desk.telling import told

        now, language = self.clock(), self._language(ticket)
        returns = [duty.shift.planned_until for duty in self.read.duties() if duty.shift]
        soonest = min((at for at in returns if at is not None and at > now), default=None)
        back = moments.when(soonest, self.zone, language, now) if soonest else None
        return told(self.waits.estimate(ticket, now), language, now, ticket, back=back)

    def tell_wait(self, ticket_id: str) -> "tuple[Told, Done]":
        """Tell the wait: the sentence, and the quote kept for later. Raises ``Refused`` when there is none to tell."""
        saying = self.wait_for(ticket_id)
        if saying is None:
            raise Refused("not_waiting")
        if saying.low is None or saying.high is None or saying.expected is None:
            return saying, Done(Change("wait", ()))
        ticket, stamp = self._ticket(ticket_id), self.stamp()
        quote = Quote(
            id=stamp.mint(),
            ticket_id=ticket.id,
            customer_id=ticket.customer_id,
            low=saying.low,
            expected=saying.expected,
            high=saying.high,
            method=saying.state,
            basis=saying.basis,
            told_at=stamp.at,
            sentence=saying.sentence,
            agent_id=stamp.agent_id,
        )
        return saying, self._commit("wait", tickets.quote(ticket, quote), (ticket.id,))

    def read_promise(self, text: str) -> "Due | None":
        """What a promise in words amounts to, before it is made."""
        from cxdesk.domain.due import read_due

        return read_due(inert_line(text), self.clock(), self.zone)

    def promise(self, text: str, ticket_id: str | None = None, customer_id: str | None = None) -> tuple[FollowUp, Done]:
        """Promise a follow-up in words (``내일 오후 3시 전화``). Raises ``Refused`` when no time can be read in it."""
        due = self.read_promise(text)
        if due is None:
            raise Refused("no_time")
        if ticket_id is not None:
            customer_id = self._ticket(ticket_id).customer_id
        made = promises.make(due, customer_id, ticket_id, self.stamp())
        return made, self._commit("promise", (insert(made),), (ticket_id,) if ticket_id else ())

    def settle(self, promise: FollowUp, state: PromiseState) -> Done:
        """A promise was kept or broken."""
        return self._commit("settle", promises.settle(promise, state, self.stamp()))

    def move_promise(self, promise: FollowUp, text: str) -> Done:
        """A promise is put to another time, said in words."""
        due = self.read_promise(text)
        if due is None:
            raise Refused("no_time")
        return self._commit("settle", promises.postpone(promise, due, self.stamp()))

    def place_of(self, ticket_id: str) -> Place:
        """Why a ticket stands where it stands in the queue."""
        ticket = self._ticket(ticket_id)
        return place(self.clock(), ticket.waiting_since, ticket.priority, ticket.segment, self.settings.queue)

    # -- the draft, the way back, the shop's own choices ---------------------------------------------------------

    def save_draft(self, ticket_id: str, kind: str, body: str) -> None:
        """Journal what is being typed."""
        with self.store.transaction() as db:
            stored.save_draft(db, ticket_id, kind, body, self.clock())

    def keep_learning(self) -> None:
        """Put what the wait estimator has learned into the file, so that the next start need not learn it again."""
        learned = self.waits.keep(self.clock())
        if learned is not None and not self.store.busy:
            with suppress(Fault):  # a full disk costs a slower start, nothing else: the rows teach it all again
                self.store.remember(LEARNED, learned)

    def undo(self) -> Change | None:
        """Take the last act back; ``None`` when there is nothing left to take back."""
        inverse = self.store.undo(self.stamp(), self._draft_again)
        if inverse is not None:
            self._follow(inverse)
        return inverse

    def choose(self, name: str, value: str) -> Done:
        """Keep a choice of the shop's (JSON text) under a name."""
        old = self.db.execute("SELECT value FROM setting WHERE id = ?", (name,)).fetchone()
        new = Setting(name, value)
        edits = (insert(new),) if old is None else alter(Setting(name, old[0]), new)
        return self._commit("choose", edits)

    # -- how verbs are carried out -------------------------------------------------------------------------------

    def _say(self, ticket_id: str, kind: MessageKind, body: str, script_id: str | None) -> Done:
        text = inert(body).strip()
        if not text:
            raise Refused("empty")
        return self._each(
            str(kind),
            [ticket_id],
            lambda t, s: tickets.say(t, s, kind, text, script_id, self._told(t)),
            beside=lambda db, _: stored.save_draft(db, ticket_id, kind, "", self.clock()),
        )

    def _draft_again(self, db: sqlite3.Connection, inverse: Change) -> None:
        """What was said and taken back becomes the draft it was, above what has been typed since."""
        if inverse.verb not in ("reply", "note"):
            return
        for edit in inverse.edits:
            if isinstance(edit, Delete) and edit.kind == "message":
                ticket_id, body = edit.row["ticket_id"], edit.row["body"]
                since = stored.draft(db, ticket_id)
                text = f"{body}\n{since[1]}" if since else body
                stored.save_draft(db, ticket_id, edit.row["kind"], text, self.clock())

    def _told(self, ticket: Ticket) -> Quote | None:
        """The last wait that was said to a customer who still waits."""
        return stored.last_quote(self.db, ticket.id) if ticket.status is Status.WAITING else None

    def _each(
        self,
        verb: str,
        ids: Iterable[str],
        build: Callable[[Ticket, Stamp], tuple[Edit, ...]],
        *,
        undoable: bool = True,
        also: tuple[Edit, ...] = (),
        beside: Beside | None = None,
    ) -> Done:
        """One change out of the same verb on several tickets; those it does not fit are named, not failed."""
        stamp = self.stamp()
        edits: tuple[Edit, ...] = also
        fit, skipped = [], []
        for key in dict.fromkeys(ids):
            try:
                edits += build(self._ticket(key), stamp)
                fit.append(key)
            except tickets.NotAllowed as refusal:
                skipped.append((key, f"{refusal.ticket.status}_to_{refusal.to}"))
        done = self._commit(verb, edits, tuple(fit), stamp=stamp, undoable=undoable, beside=beside)
        return replace(done, skipped=tuple(skipped))

    def _commit(
        self,
        verb: str,
        edits: tuple[Edit, ...],
        about: tuple[str, ...] = (),
        *,
        stamp: Stamp | None = None,
        undoable: bool = True,
        beside: Beside | None = None,
    ) -> Done:
        change = Change(verb, edits)
        self.store.commit(change, stamp or self.stamp(), undoable=undoable, beside=beside)
        self._follow(change)
        return Done(change, about)

    def _follow(self, change: Change) -> None:
        """The wait estimator hears of every ticket that moved and of everybody who came or went."""
        now = self.clock()
        for key in change.touched("ticket"):
            self.waits.follow(key, stored.ticket(self.db, key), now)
        if change.touched("shift"):
            self.waits.duties(self.db, now)

    def _ticket(self, ticket_id: str) -> Ticket:
        found = stored.ticket(self.db, ticket_id)
        if found is None:
            raise Refused("no_ticket")
        return found

    def _language(self, ticket: Ticket) -> Language:
        """The customer's language, or the shop's for somebody unknown."""
        if ticket.customer_id and (customer := stored_people.customer(self.db, ticket.customer_id)):
            return customer.language
        return Language(self.settings.shop.language)
