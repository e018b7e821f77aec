"""The verbs about a promise: reading it in words, making it, keeping, breaking or moving it, speaking of it in time."""

from typing import TYPE_CHECKING

from cxdesk.desk.result import Done, Refused
from cxdesk.desk.writer import Writer
from cxdesk.domain import promises
from cxdesk.domain.changes import insert
from cxdesk.domain.inert import inert_line
from cxdesk.domain.moments import DAY, MINUTE
from cxdesk.domain.promises import Kept, Promised
from cxdesk.domain.records import FollowUp
from cxdesk.domain.words import PromiseState
from cxdesk.storage import people as stored_people
from cxdesk.storage import promises as stored

if TYPE_CHECKING:
    from cxdesk.domain.due import Due

__all__ = ["REPORT_DAYS", "Promises"]

REPORT_DAYS = 90
_REASON = 200


class Promises:
    """What can be done with follow-ups."""

    def __init__(self, desk: Writer) -> None:
        self._desk = desk

    # -- in words

    def read(self, text: str) -> "Due | None":
        """What a promise in words amounts to, before it is made."""
        from cxdesk.domain.due import read_due

        return read_due(inert_line(text), self._desk.clock(), self._desk.zone)

    def why_unread(self, text: str) -> str:
        """The code of why no due time can be read (``refused.<code>``); ``""`` when one can."""
        from cxdesk.domain.due import why_unread

        return why_unread(inert_line(text), self._desk.clock(), self._desk.zone)

    def _due(self, text: str) -> "Due":
        due = self.read(text)
        if due is None:
            raise Refused(self.why_unread(text))
        return due

    # -- what becomes of it

    def make(self, text: str, ticket_id: str | None = None, customer_id: str | None = None) -> tuple[FollowUp, Done]:
        """Promise a follow-up in words (``내일 오후 3시 전화``).

        Raises ``Refused`` when no time can be read in it, or when the customer does not want what it promises.
        """
        due = self._due(text)
        if ticket_id is not None:
            customer_id = self._desk.ticket(ticket_id).customer_id
        if customer_id is not None:
            self._may_be_promised(customer_id, text)
        made = promises.make(due, customer_id, ticket_id, self._desk.stamp())
        return made, self._desk.commit("promise", (insert(made),), (ticket_id,) if ticket_id else ())

    def _may_be_promised(self, customer_id: str, text: str) -> None:
        """Raises ``Refused`` for what the customer has said no to."""
        from cxdesk.domain.consents import CONTACT, MARKETING, forbidden, stands_against

        no = stands_against(text, forbidden(stored_people.consents(self._desk.db, customer_id)))
        if no == CONTACT:
            raise Refused("no_contact")
        if no == MARKETING:
            raise Refused("no_marketing")

    def settle(self, promise: FollowUp, state: PromiseState, reason: str = "") -> Done:
        """A promise was kept or broken, or the customer came first; ``reason`` may be left empty."""
        edits = promises.settle(promise, state, self._desk.stamp(), inert_line(reason, _REASON))
        return self._desk.commit("settle", edits)

    def move(self, promise: FollowUp, text: str, reason: str = "") -> Done:
        """A promise is put to another time, said in words. Raises ``Refused`` when none can be read."""
        due = self._due(text)
        edits = promises.postpone(promise, due, self._desk.stamp(), inert_line(reason, _REASON))
        return self._desk.commit("settle", edits)

    # -- looking

    def board(self, until: int | None = None) -> tuple[Promised, ...]:
        """Open promises (those due before ``until``): the overdue first, then by when they are due."""
        now = self._desk.clock()
        found = stored.board(self._desk.db) if until is None else stored.board(self._desk.db, until)
        return tuple(
            sorted(
                found,
                key=lambda one: (not promises.is_due(one.promise.due_at, now, one.told_at), one.promise.due_at),
            )
        )

    def at_hand(self, ticket_id: str) -> Promised | None:
        """The promise that a contact is about: one that the customer made needless, else the one due first."""
        ticket = self._desk.ticket(ticket_id)
        found = stored.around(self._desk.db, ticket.id, ticket.customer_id)
        return next((one for one in found if one.answered_at), found[0] if found else None)

    def figures(self, days: int = REPORT_DAYS) -> Kept:
        """How promises of the last days were kept."""
        now = self._desk.clock()
        return stored.figures(self._desk.db, now - days * DAY, now)

    # -- speaking of it in time

    def remind(self) -> tuple[FollowUp, ...]:
        """Promises to speak of now: those that are due, and those that soon will be. Each is named once for either.

        Mine, and those of colleagues who are not on duty. That they were named is kept on this machine.
        """
        desk, now = self._desk, self._desk.clock()
        found = stored.untold(desk.db, now, self._ahead, desk.agent.id if desk.agent else None)
        if found:
            with desk.store.transaction() as db:
                stored.tell(db, found, now)
        return found

    def next_at(self) -> int | None:
        """When there could next be something to speak of."""
        return stored.next_at(self._desk.db, self._desk.clock(), self._ahead)

    @property
    def _ahead(self) -> int:
        return self._desk.settings.promises.remind_minutes * MINUTE
