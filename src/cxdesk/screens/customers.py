"""Finding people and what they said: a name, a number, an order, a ticket, or a word from a conversation."""

from collections.abc import Sequence

from textual.binding import Binding

from cxdesk.desk import Desk
from cxdesk.desk.reads import Hit
from cxdesk.domain import moments
from cxdesk.domain.records import Customer
from cxdesk.i18n import language, t
from cxdesk.screens.pick import Pick
from cxdesk.widgets.lines import Line, column
from cxdesk.widgets.memory import masked

__all__ = ["Customers"]


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
        """A chosen person's contacts, or everything the line finds."""
        if self._person is not None:
            return self._desk.read.contacts_of(self._person)
        if not text.strip():
            return ()
        found = self._desk.read.find(text)
        self._read_as = found.read_as
        return found.hits

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
