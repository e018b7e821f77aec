"""Finding people and what they said: a name, a number, an order, a ticket, goods, a tag, or a word that was said."""

from collections.abc import Sequence

from cxdesk.desk import Desk
from cxdesk.desk.finding import Hit
from cxdesk.domain import moments
from cxdesk.i18n import language, t
from cxdesk.screens.pick import Pick
from cxdesk.widgets.filters import hint_line
from cxdesk.widgets.lines import Line, column
from cxdesk.widgets.privacy import masked, shared_text, shown_name

__all__ = ["Search"]


class Search(Pick[Hit]):
    """Answers the ticket or the person that was chosen."""

    PLACEHOLDER = "search.placeholder"

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("search.title"))
        self._desk = desk
        self._read_as = ""
        self._hint: Line = ()

    def find(self, text: str) -> Sequence[Hit]:
        """Everything the line finds."""
        if not text.strip():
            return ()
        found = self._desk.read.find(text)
        self._read_as, self._hint = found.read_as, hint_line(text, found.filters.wrong)
        return found.hits

    def line(self, item: Hit) -> Line:
        """Who, and what was found of them."""
        name = shown_name(item.customer.name) if item.customer else t("customer.unknown")
        words = shared_text(item.words or item.bought, (item.customer.name,) if item.customer else ())
        if item.ticket is not None:
            ticket, now = item.ticket, self._desk.clock()
            about = f"#{ticket.number} {t(f'topic.{ticket.topic}')} {t(f'status.{ticket.status}')}"
            return (
                (column(name, 14), "strong"),
                (column(about, 26), "text"),
                (column(moments.ago(ticket.arrived_at, now, language()), 12), "dim"),
                (words, "quote"),
            )
        if item.words:
            return ((column(name, 14), "strong"), (words, "quote"))
        segment = self._desk.segment_of(item.customer)
        return (
            (column(name, 20), "strong"),
            (column(masked("phone", item.phone) if item.phone else "", 18), "dim"),
            (column(t(f"segment.{segment}") if segment else "", 12), "accent"),
            (words, "quote"),
        )

    def answer(self, item: Hit) -> Hit | None:
        """What the cursor is on, if it leads anywhere."""
        return item if item.ticket is not None or item.customer is not None else None

    def foot(self) -> Line:
        """What is wrong with a condition, how the line was read, or how to go on."""
        if self._hint and self.input.value:
            return self._hint
        if self._read_as:
            return ((t("search.read_as", name=self._read_as), "warn"),)
        return super().foot() if self.found or not self.input.value else ((t("search.nothing"), "warn"),)
