"""The verbs of the desk. Each is one ``Change``, committed whole, and undone by ``undo``.

Verbs that a selection can carry take several ticket ids and make one change of them, so that one undo takes all back.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from cxdesk.desk.listening import Listening
from cxdesk.desk.result import Done, Refused
from cxdesk.desk.waits import LEARNED
from cxdesk.desk.writer import Clock, Mint, Writer
from cxdesk.domain import people as persons
from cxdesk.domain import tickets
from cxdesk.domain.changes import Change, Delete, Edit, Stamp, alter, insert
from cxdesk.domain.inert import inert, inert_line
from cxdesk.domain.order import Place, place
from cxdesk.domain.records import Agent, Customer, Quote, Setting, Ticket
from cxdesk.domain.words import Channel, Emotion, MessageKind, Priority, Status, Topic
from cxdesk.settings import Settings
from cxdesk.storage import people as stored_people
from cxdesk.storage import queue as stored_queue
from cxdesk.storage import tickets as stored
from cxdesk.storage.faults import Fault
from cxdesk.storage.store import Store

if TYPE_CHECKING:
    from cxdesk.desk.card import Card
    from cxdesk.desk.caring import Caring
    from cxdesk.desk.feedback import FeedbackDesk
    from cxdesk.desk.incidents import Incidents
    from cxdesk.desk.insights import InsightsDesk
    from cxdesk.desk.merging import Merging
    from cxdesk.desk.morning import Morning
    from cxdesk.desk.people import People
    from cxdesk.desk.promises import Promises
    from cxdesk.desk.quotes import Quotes
    from cxdesk.desk.suggesting import Suggesting
    from cxdesk.desk.syncing import Syncing
    from cxdesk.desk.voices import Voices

__all__ = ["Desk"]


class Desk(Writer):
    """One agent's hands on one file."""

    def __init__(
        self, store: Store, settings: Settings, *, clock: Clock, mint: Mint, agent: Agent | None = None
    ) -> None:
        super().__init__(store, settings, clock=clock, mint=mint, agent=agent)
        self.listening = Listening(self)

    @cached_property
    def people(self) -> "People":
        """The verbs about customers, loaded when first asked for."""
        from cxdesk.desk.people import People

        return People(self)

    @cached_property
    def promises(self) -> "Promises":
        """The verbs about promises, loaded when first asked for."""
        from cxdesk.desk.promises import Promises

        return Promises(self)

    @cached_property
    def caring(self) -> "Caring":
        """The verbs about the agents themselves, loaded when first asked for."""
        from cxdesk.desk.caring import Caring

        return Caring(self, self.listening)

    @cached_property
    def morning(self) -> "Morning":
        """The morning list and its verbs, loaded when first asked for."""
        from cxdesk.desk.morning import Morning

        return Morning(self)

    @cached_property
    def merging(self) -> "Merging":
        """The verbs about people who are in the file twice, loaded when first asked for."""
        from cxdesk.desk.merging import Merging

        return Merging(self)

    @cached_property
    def feedback(self) -> "FeedbackDesk":
        """The verbs about what customers answer on a scale, loaded when first asked for."""
        from cxdesk.desk.feedback import FeedbackDesk

        return FeedbackDesk(self)

    @cached_property
    def insights(self) -> "InsightsDesk":
        """The figures of a period and the customer's way, loaded when first asked for."""
        from cxdesk.desk.insights import InsightsDesk

        return InsightsDesk(self)

    @cached_property
    def voices(self) -> "Voices":
        """The verbs about what customers say and what is changed because of it, loaded when first asked for."""
        from cxdesk.desk.voices import Voices

        return Voices(self, self.listening)

    @cached_property
    def suggesting(self) -> "Suggesting":
        """What could be suggested for a customer, loaded when first asked for."""
        from cxdesk.desk.suggesting import Suggesting

        return Suggesting(self)

    @cached_property
    def card(self) -> "Card":
        """The verbs of one person's page, loaded when first asked for."""
        from cxdesk.desk.card import Card

        return Card(self)

    @cached_property
    def quotes(self) -> "Quotes":
        """The verbs about what customers are told of their wait, loaded when first asked for."""
        from cxdesk.desk.quotes import Quotes

        return Quotes(self)

    @cached_property
    def incidents(self) -> "Incidents":
        """The verbs about one cause behind many tickets, loaded when first asked for."""
        from cxdesk.desk.incidents import Incidents

        return Incidents(self)

    @cached_property
    def syncing(self) -> "Syncing":
        """The shared desk, loaded when first asked for."""
        from cxdesk.desk.syncing import Syncing

        return Syncing(self)

    def warm_up(self) -> None:
        """Load what the first acts need and the first frame does not; for a thread, while the screen settles."""
        from cxdesk.empathy import flow  # noqa: F401 - for ``look``
        from cxdesk.storage import baskets, duplicates, outbox, roster, search  # noqa: F401 - for ``Store.commit``

        self.promises.read("")
        for group in ("people", "merging", "suggesting", "quotes", "caring", "incidents"):
            getattr(self, group)

    # -- who works here ------------------------------------------------------------------------------------------

    def sign_in(self, name: str) -> Done:
        """Be the agent called ``name``, new or known, and go on duty. Raises ``Refused`` for an empty name."""
        name = inert_line(name, 60)
        if not name:
            raise Refused("no_name")
        known = stored_people.agent_named(self.db, name)
        if known is None:
            known = Agent(self.mint(), name, self.clock())
            self.commit("sign_in", (insert(known),), undoable=False)
        self.agent = known
        self.store.remember("agent", known.id)
        return self.duty("on") if stored_people.open_shift(self.db, known.id) is None else Done(Change("duty", ()))

    def duty(self, state: str, until: int | None = None) -> Done:
        """Go on duty (``on``), on a break (``break``) or home (``off``)."""
        if self.agent is None:
            raise Refused("no_agent")
        stamp = self.stamp()
        edits = persons.duty(stored_people.open_shift(self.db, self.agent.id), self.agent.id, state, until, stamp)
        return self.commit("duty", edits)

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
        ticket = Ticket(
            id=stamp.mint(),
            number=stored_queue.next_number(self.db),
            channel=channel,
            arrived_at=stamp.at,
            waiting_since=stamp.at,
            rank_at=stamp.at,
            customer_id=customer.id if customer else None,
            topic=topic,
            subject=inert_line(subject),
            priority=priority,
            segment=self.segment_of(customer),
        )
        ticket = self.listening.sounding(ticket, said)
        edits = also + tickets.arrive(ticket, stamp, inert(said))
        return ticket, self.commit("new", edits, (ticket.id,), undoable=undoable)

    def take_next(self) -> Done:
        """Serve whoever is first, or, after several hard contacts, whoever is first among the calm (``because`` is
        ``spared``). Raises ``Refused`` when nobody waits."""
        first, spared = self.caring.next_for_me()
        if first is None:
            raise Refused("nobody_waits")
        done = self.take([first.id])
        return replace(done, because="spared") if spared else done

    def take(self, ids: Iterable[str]) -> Done:
        """Begin to serve these customers."""
        return self.each("take", ids, lambda t, s: tickets.take(t, s, self._told(t)))

    def reply(self, ticket_id: str, body: str, script_id: str | None = None) -> Done:
        """Answer the customer; the draft is gone in the same act and comes back with undo."""
        return self._say(ticket_id, MessageKind.REPLY, body, script_id)

    def note(self, ticket_id: str, body: str) -> Done:
        """Write something down that the customer does not see."""
        return self._say(ticket_id, MessageKind.NOTE, body, None)

    def hear(self, ticket_id: str, body: str) -> Done:
        """The customer says something more."""
        said = inert(body)
        return self.each(
            "hear", [ticket_id], lambda t, s: tickets.hear(t, s, said, self.listening.sounding(t, said)), undoable=False
        )

    def hold(self, ids: Iterable[str], until: int | None) -> Done:
        """Put aside until an instant, or until the customer replies. Raises ``Refused`` for a time that has passed."""
        if until is not None and until <= self.clock():
            raise Refused("past")
        return self.each("hold", ids, lambda t, s: tickets.hold(t, s, until, self._told(t)))

    def resolve(self, ids: Iterable[str], feeling: Emotion | None = None) -> Done:
        """These contacts are done; ``feeling`` is how the customer sounded at the end."""
        return self.each(
            "resolve", ids, lambda t, s: tickets.resolve(t, s, feeling, self._told(t)), beside=self.caring.after
        )

    def reopen(self, ids: Iterable[str]) -> Done:
        """These contacts are not done after all: they wait again from now."""
        return self.each("reopen", ids, lambda t, s: tickets.reopen(t, s, self.settings.queue))

    def left(self, ids: Iterable[str], *, undoable: bool = True) -> Done:
        """These customers gave up waiting."""
        return self.each("left", ids, tickets.abandon, undoable=undoable)

    def wake(self) -> Done:
        """Bring back every held ticket whose time has come; called when the clock ticks."""
        due = stored_queue.on_hold_until(self.db, self.clock())
        return self.each("wake", [ticket.id for ticket in due], tickets.wake, undoable=False)

    # -- what is known of a contact ------------------------------------------------------------------------------

    def feel(self, ids: Iterable[str], emotion: Emotion) -> Done:
        """What the agent hears in the voice; the same feeling again makes it stronger, up to three."""

        def felt(ticket: Ticket, _stamp: Stamp) -> tuple[Edit, ...]:
            level = ticket.intensity % 3 + 1 if ticket.emotion is emotion else 2
            return tickets.feel(ticket, emotion, level, self.settings.queue)

        return self.each("feel", ids, felt, beside=self.listening.learn)

    def about(self, ids: Iterable[str], topic: Topic) -> Done:
        """What it turned out to be about."""
        return self.each("topic", ids, lambda t, s: tickets.about(t, topic), beside=self.listening.learn)

    def step(self, ids: Iterable[str], by: int) -> Done:
        """Forward or back on the stage bar."""
        return self.each("stage", ids, lambda t, s: tickets.stage(t, by))

    def assign(self, ids: Iterable[str], agent_id: str | None) -> Done:
        """Hand over to a colleague, or back to nobody."""
        return self.each("assign", ids, lambda t, s: tickets.assign(t, agent_id))

    def prioritise(self, ids: Iterable[str], priority: Priority) -> Done:
        """How soon these must be served."""
        return self.each("priority", ids, lambda t, s: tickets.prioritise(t, priority, self.settings.queue))

    def toggle_tag(self, ids: Iterable[str], word: str) -> Done:
        """Tag those that lack the word; when none lacks it, take it off all. Raises ``Refused`` for an empty word."""
        word = inert_line(word, 40).lstrip("#")
        if not word:
            raise Refused("empty")
        present = {key: stored.tags(self.db, key) for key in ids}
        if all(any(tag.tag == word for tag in tags) for tags in present.values()):
            return self.each("tag", present, lambda t, s: tickets.untag(word, present[t.id]))
        return self.each("tag", present, lambda t, s: tickets.tag(t, s, word, present[t.id]))

    # -- the customer behind it ----------------------------------------------------------------------------------

    def attach(self, ticket_id: str, customer: Customer, also: tuple[Edit, ...] = ()) -> Done:
        """Say who the person of a ticket is."""

        def known(ticket: Ticket, _stamp: Stamp) -> tuple[Edit, ...]:
            theirs = replace(ticket, customer_id=customer.id, segment=self.segment_of(customer))
            return alter(ticket, tickets.ranked(theirs, self.settings.queue))

        return self.each("attach", [ticket_id], known, also=also)

    # -- why it waits where it waits -----------------------------------------------------------------------------

    def place_of(self, ticket_id: str) -> Place:
        """Why a ticket stands where it stands in the queue."""
        ticket = self.ticket(ticket_id)
        feeling = ticket.emotion or ticket.heard
        return place(
            self.clock(),
            ticket.waiting_since,
            ticket.priority,
            ticket.segment,
            self.settings.queue,
            ticket.urgency,
            feeling,
        )

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
        inverse = self.store.undo(self.stamp(), self._beside_undo)
        if inverse is not None:
            self.merging.gather(inverse)
            self.follow(inverse)
        return inverse

    def choose(self, name: str, value: str) -> Done:
        """Keep a choice of the shop's (JSON text) under a name."""
        old = self.db.execute("SELECT value FROM setting WHERE id = ?", (name,)).fetchone()
        new = Setting(name, value)
        edits = (insert(new),) if old is None else alter(Setting(name, old[0]), new)
        return self.commit("choose", edits)

    def follow(self, change: Change) -> None:
        """The wait estimator and the watch on incidents hear of a change."""
        super().follow(change)
        if any(edit.kind.startswith("incident") for edit in change.edits):
            self.incidents.watching.refresh()

    # -- what several verbs share ----------------------------------------------------------------------------------

    def _say(self, ticket_id: str, kind: MessageKind, body: str, script_id: str | None) -> Done:
        text = inert(body).strip()
        if not text:
            raise Refused("empty")
        return self.each(
            str(kind),
            [ticket_id],
            lambda t, s: tickets.say(t, s, kind, text, script_id, self._told(t)),
            beside=lambda db, _: stored.save_draft(db, ticket_id, kind, "", self.clock()),
        )

    def _beside_undo(self, db: sqlite3.Connection, inverse: Change) -> None:
        """What the rows alone do not bring back: the draft that was sent, the correction that was learned from."""
        if inverse.verb in ("reply", "note"):
            self._draft_again(db, inverse)
        elif inverse.verb in ("feel", "topic"):
            self.listening.unlearn(db, inverse)
        elif inverse.verb == "resolve":
            self.caring.again(db, inverse)
        elif inverse.verb == "start":
            from cxdesk.desk.morning import forget_draft

            forget_draft(db, inverse)

    def _draft_again(self, db: sqlite3.Connection, inverse: Change) -> None:
        """What was said and taken back becomes the draft it was, above what has been typed since."""
        for edit in inverse.edits:
            if isinstance(edit, Delete) and edit.kind == "message":
                ticket_id, body = edit.row["ticket_id"], edit.row["body"]
                since = stored.draft(db, ticket_id)
                text = f"{body}\n{since[1]}" if since else body
                stored.save_draft(db, ticket_id, edit.row["kind"], text, self.clock())

    def _told(self, ticket: Ticket) -> Quote | None:
        """The last wait that was said to a customer who still waits."""
        return stored.last_quote(self.db, ticket.id) if ticket.status is Status.WAITING else None
