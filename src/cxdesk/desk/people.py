"""The verbs about a customer: making one, correcting what is known, remembering more."""

from dataclasses import replace

from cxdesk.desk.result import Done, Refused
from cxdesk.desk.writer import Writer
from cxdesk.domain import people
from cxdesk.domain.changes import Edit, alter
from cxdesk.domain.inert import inert_line
from cxdesk.domain.records import Customer
from cxdesk.domain.words import Language
from cxdesk.storage import people as stored

__all__ = ["People"]


class People:
    """What can be done with the people behind the tickets."""

    def __init__(self, desk: Writer) -> None:
        self._desk = desk

    def newcomer(self, text: str, language: Language) -> tuple[Customer, tuple[Edit, ...]]:
        """The customer that ``text`` (a name, a phone number, an address, or several) describes, and the edits that
        make them. Raises ``Refused`` when there is nothing to go by."""
        made = people.newcomer(inert_line(text), language, self._desk.stamp())
        if made is None:
            raise Refused("no_name")
        return made

    def remember(self, customer_id: str, text: str, ticket_id: str | None = None) -> Done:
        """Keep something about a customer: ``key: value`` becomes a preference, anything else a note."""
        edits = people.fact(customer_id, inert_line(text, 2000), ticket_id, self._desk.stamp())
        if not edits:
            raise Refused("empty")
        return self._desk.commit("remember", edits, (ticket_id,) if ticket_id else ())

    def rename(self, customer_id: str, name: str) -> Done:
        """Correct a name."""
        customer = stored.customer(self._desk.db, customer_id)
        name = inert_line(name)
        if customer is None or not name:
            raise Refused("no_name")
        return self._desk.commit("rename", alter(customer, replace(customer, name=name)))
