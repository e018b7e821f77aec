"""The verbs about a promise: reading it in words, making it, keeping, breaking or moving it."""

from typing import TYPE_CHECKING

from cxdesk.desk.result import Done, Refused
from cxdesk.desk.writer import Writer
from cxdesk.domain import promises
from cxdesk.domain.changes import insert
from cxdesk.domain.inert import inert_line
from cxdesk.domain.records import FollowUp
from cxdesk.domain.words import PromiseState
from cxdesk.storage import people as stored

if TYPE_CHECKING:
    from cxdesk.domain.due import Due

__all__ = ["Promises"]


class Promises:
    """What can be done with follow-ups."""

    def __init__(self, desk: Writer) -> None:
        self._desk = desk

    def read(self, text: str) -> "Due | None":
        """What a promise in words amounts to, before it is made."""
        from cxdesk.domain.due import read_due

        return read_due(inert_line(text), self._desk.clock(), self._desk.zone)

    def make(self, text: str, ticket_id: str | None = None, customer_id: str | None = None) -> tuple[FollowUp, Done]:
        """Promise a follow-up in words (``내일 오후 3시 전화``).

        Raises ``Refused`` when no time can be read in it, or when the customer does not want what it promises.
        """
        due = self.read(text)
        if due is None:
            raise Refused("no_time")
        if ticket_id is not None:
            customer_id = self._desk.ticket(ticket_id).customer_id
        if customer_id is not None:
            self._may_be_promised(customer_id, text)
        made = promises.make(due, customer_id, ticket_id, self._desk.stamp())
        return made, self._desk.commit("promise", (insert(made),), (ticket_id,) if ticket_id else ())

    def _may_be_promised(self, customer_id: str, text: str) -> None:
        """Raises ``Refused`` for what the customer has said no to."""
        from cxdesk.domain.consents import CONTACT, MARKETING, forbidden, stands_against

        no = stands_against(text, forbidden(stored.consents(self._desk.db, customer_id)))
        if no == CONTACT:
            raise Refused("no_contact")
        if no == MARKETING:
            raise Refused("no_marketing")

    def settle(self, promise: FollowUp, state: PromiseState) -> Done:
        """A promise was kept or broken."""
        return self._desk.commit("settle", promises.settle(promise, state, self._desk.stamp()))

    def move(self, promise: FollowUp, text: str) -> Done:
        """A promise is put to another time, said in words."""
        due = self.read(text)
        if due is None:
            raise Refused("no_time")
        return self._desk.commit("settle", promises.postpone(promise, due, self._desk.stamp()))
