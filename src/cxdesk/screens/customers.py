"""Finding people and what they said: a name, a number, an order, a ticket, or a word from a conversation."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.binding import Binding

from cxdesk.desk import Desk
from cxdesk.domain import moments
from cxdesk.domain.records import Customer, Message, Note, Ticket
from cxdesk.hangul.keyboard import to_hangul
from cxdesk.i18n import language, t
from cxdesk.screens.pick import Pick
from cxdesk.storage import people, search, tickets
from cxdesk.storage.rows import fetch
from cxdesk.widgets.memory import masked
from cxdesk.widgets.paint import Line, column

__all__ = ["Customers", "Hit"]


@dataclass(frozen=True, slots=True)
class Hit:
    """One finding: a person, one of their tickets, or words in a ticket or note."""

    customer: Customer | None
    ticket: Ticket | None = None
    words: str = ""
    phone: str | None = None


class Customers(Pick[str]):
    """Answers the id of a ticket to open. Enter on a person lists their contacts first."""

    PLACEHOLDER = "search.placeholder"
    BINDINGS = [Binding("escape", "back", show=False, priority=True)]

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("search.title"))
        self._desk = desk
        self._person: Customer | None = None
        self._read_as = ""

    def find(self, text: str) -> Sequence[Hit]:
        """A chosen person's contacts, or everything the line finds: people first, then words."""
        if self._person is not None:
            return self._contacts(self._person)
        text, self._read_as = text.strip(), ""
        if not text:
            return ()
        hits = self._people(text)
        if not hits and text.isascii() and (hangul := to_hangul(text)) != text and (hits := self._people(hangul)):
            self._read_as = hangul
        return [*self._numbered(text), *hits, *self._said(text)]

    def _people(self, text: str) -> list[Hit]:
        ids = search.find_customers(self._desk.db, text, 20)
        return [Hit(customer, phone=phone) for customer, phone in people.customers(self._desk.db, ids)]

    def _numbered(self, text: str) -> list[Hit]:
        digits = text.lstrip("#")
        ticket = tickets.by_number(self._desk.db, int(digits)) if digits.isdecimal() and len(digits) < 10 else None
        return [Hit(self._customer(ticket.customer_id), ticket)] if ticket else []

    def _said(self, text: str) -> list[Hit]:
        found = []
        for kind, key, parent in search.find_text(self._desk.db, text, 20):
            if kind == "message" and (message := fetch(self._desk.db, Message, "id = ?", key)):
                ticket = tickets.ticket(self._desk.db, parent)
                found.append(Hit(self._customer(ticket.customer_id) if ticket else None, ticket, message.body))
            elif kind == "note" and (note := fetch(self._desk.db, Note, "id = ?", key)):
                found.append(Hit(self._customer(parent), None, note.body))
        return found

    def _contacts(self, person: Customer) -> list[Hit]:
        memory = people.memory(self._desk.db, person.id, self._desk.clock(), self._desk.settings.segments, few=50)
        found = [tickets.ticket(self._desk.db, contact.ticket_id) for contact in memory.contacts] if memory else []
        return [Hit(person, ticket) for ticket in found if ticket is not None]

    def _customer(self, key: str | None) -> Customer | None:
        return people.customer(self._desk.db, key) if key else None

    def line(self, item: Hit) -> Line:
        """Who, and what was found of them."""
        name = item.customer.name if item.customer else t("customer.unknown")
        if item.ticket is not None:
            ticket, now = item.ticket, self._desk.clock()
            about = f"#{ticket.number} {t(f'topic.{ticket.topic}')} {t(f'status.{ticket.status}')}"
            return (
                (column(name, 14), "strong"),
                (column(about, 26), "text"),
                (column(moments.ago(ticket.arrived_at, now, language()), 12), "dim"),
                (item.words, "quote"),
            )
        if item.words:
            return ((column(name, 14), "strong"), (item.words, "quote"))
        segment = self._desk.segment_of(item.customer)
        return (
            (column(name, 20), "strong"),
            (column(masked("phone", item.phone) if item.phone else "", 18), "dim"),
            (t(f"segment.{segment}") if segment else "", "accent"),
        )

    def answer(self, item: Hit) -> str | None:
        """A ticket is opened; a person shows their contacts."""
        if item.ticket is not None:
            return item.ticket.id
        if item.customer is not None:
            self._person, self.at = item.customer, 0
            self.search("")
        return None

    def foot(self) -> Line:
        """What the list is, and how the line was read."""
        if self._person is not None:
            return ((t("search.contacts_of", name=self._person.name, n=len(self.found)), "dim"),)
        if self._read_as:
            return ((t("search.read_as", name=self._read_as), "warn"),)
        return super().foot() if self.found or not self.input.value else ((t("search.nothing"), "warn"),)

    def action_back(self) -> None:
        """From a person's contacts back to the search, then out."""
        if self._person is not None:
            self._person, self.at = None, 0
            self.search(self.input.value)
        else:
            self.dismiss(None)
