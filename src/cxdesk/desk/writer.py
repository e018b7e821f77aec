"""What every group of verbs shares: who acts and when, and how a change is committed and followed."""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING

from cxdesk.desk.reads import Reads
from cxdesk.desk.result import Done, Refused
from cxdesk.desk.waits import Waits
from cxdesk.domain import tickets
from cxdesk.domain.changes import Change, Edit, Stamp
from cxdesk.domain.records import Agent, Customer, Ticket
from cxdesk.domain.words import Language, Segment
from cxdesk.settings import Settings
from cxdesk.storage import people as stored_people
from cxdesk.storage import tickets as stored
from cxdesk.storage.faults import as_faults
from cxdesk.storage.store import Beside, Store

if TYPE_CHECKING:
    from cxdesk.domain.incidents import Alert
    from cxdesk.domain.together import Status

__all__ = ["Clock", "Mint", "Writer"]

Clock = Callable[[], int]
Mint = Callable[[], str]


class Writer:
    """One agent at one file: every verb is one ``Change``, committed whole."""

    def __init__(
        self, store: Store, settings: Settings, *, clock: Clock, mint: Mint, agent: Agent | None = None
    ) -> None:
        self.store = store
        self.settings = settings
        self.zone = settings.zone()
        store.zone = settings.shop.time_zone
        self.clock = clock
        self.mint = mint
        self.agent = agent
        self.alert: Alert | None = None
        self.together: tuple[Status, int] | None = None
        self.waits = Waits(settings)
        self.read = Reads(store.db, clock, self.zone, settings.segments)

    @property
    def db(self) -> sqlite3.Connection:
        """For reading only; every write goes through a verb."""
        return self.store.db

    def reading(self) -> AbstractContextManager[None]:
        """Around readings: what SQLite finds wrong with the file is raised as ``Fault``."""
        return as_faults(self.store.path)

    def stamp(self) -> Stamp:
        """Now, by this agent."""
        return Stamp(self.clock(), self.agent.id if self.agent else None, self.mint)

    def segment_of(self, customer: Customer | None) -> Segment | None:
        """What kind of customer this is today."""
        if customer is None:
            return None
        return self.read.standing(stored_people.living(self.db, customer).id).segment

    def each(
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
                edits += build(self.ticket(key), stamp)
                fit.append(key)
            except tickets.NotAllowed as refusal:
                skipped.append((key, f"{refusal.ticket.status}_to_{refusal.to}"))
        done = self.commit(verb, edits, tuple(fit), stamp=stamp, undoable=undoable, beside=beside)
        return replace(done, skipped=tuple(skipped))

    def commit(
        self,
        verb: str,
        edits: tuple[Edit, ...],
        about: tuple[str, ...] = (),
        *,
        stamp: Stamp | None = None,
        undoable: bool = True,
        as_is: bool = False,
        beside: Beside | None = None,
    ) -> Done:
        """Write one act down, and let the wait estimator follow; ``about`` are the tickets it is told to be about.

        What names somebody who was merged goes to who they are now, unless it is to be written ``as_is``.
        """
        change = Change(verb, edits if as_is else self._to_the_living(edits))
        self.store.commit(change, stamp or self.stamp(), undoable=undoable, beside=beside)
        self.follow(change)
        return Done(change, about)

    def _to_the_living(self, edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
        from cxdesk.domain.merging import followed, named
        from cxdesk.storage.merges import ways

        gone = ways(self.db, named(edits))
        return followed(edits, gone, self.mint) if gone else edits

    def follow(self, change: Change) -> None:
        """The wait estimator hears of every ticket that moved and of everybody who came or went."""
        now = self.clock()
        for key in sorted(change.touched("ticket")):  # in one order, live and looking back
            self.waits.follow(key, stored.ticket(self.db, key), now)
        if change.touched("shift"):
            self.waits.duties(self.db, now)

    def ticket(self, ticket_id: str) -> Ticket:
        """The ticket as it stands. Raises ``Refused`` when there is none."""
        found = stored.ticket(self.db, ticket_id)
        if found is None:
            raise Refused("no_ticket")
        return found

    def language_of(self, ticket: Ticket) -> Language:
        """The customer's language, or the shop's for somebody unknown."""
        if ticket.customer_id and (customer := stored_people.customer(self.db, ticket.customer_id)):
            return customer.language
        return Language(self.settings.shop.language)
