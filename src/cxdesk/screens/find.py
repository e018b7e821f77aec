"""Who is it? Finds a customer while their name or number is typed, or makes a new one from the same line."""

from collections.abc import Sequence

from textual.binding import Binding

from cxdesk.desk import Desk, Refused
from cxdesk.domain.changes import Edit
from cxdesk.domain.records import Customer
from cxdesk.domain.words import Channel
from cxdesk.i18n import language, t
from cxdesk.screens.pick import Pick
from cxdesk.widgets.lines import Line, column
from cxdesk.widgets.privacy import masked, shown_name

__all__ = ["Find", "Found"]

Found = tuple[Customer | None, tuple[Edit, ...], Channel]
"""The customer (``None`` for somebody unnamed), the edits that make a new one, and how they came."""

_CHANNELS = (Channel.PHONE, Channel.VISIT, Channel.CHAT, Channel.MAIL)


class Find(Pick[Found]):
    """Answers a ``Found``. With ``arriving`` a contact is made: Tab turns the channel, the line may be empty."""

    PLACEHOLDER = "find.placeholder"
    BINDINGS = [Binding("tab", "turn", show=False, priority=True)]

    def __init__(self, desk: Desk, title: str, *, arriving: bool = False) -> None:
        super().__init__(title)
        self._desk = desk
        self._arriving = arriving
        self._channel = 0

    def find(self, text: str) -> Sequence[Customer | str]:
        """Customers that the line spells, then the line itself as a new one (or nobody by name)."""
        text = text.strip()
        if not text:
            return ("",) if self._arriving else ()
        hits = self._desk.read.find_people(text, 8).hits
        self._phones = {hit.customer: hit.phone for hit in hits if hit.customer}
        return (*self._phones, text)

    def line(self, item: Customer | str) -> Line:
        """A known customer with the end of their number, or an offer to make one."""
        if isinstance(item, str):
            return ((t("find.create", name=item), "good"),) if item else ((t("find.nobody"), "good"),)
        phone = self._phones.get(item)
        segment = self._desk.segment_of(item)
        return (
            (column(shown_name(item.name), 20), "strong"),
            (column(masked("phone", phone) if phone else "", 16), "dim"),
            (t(f"segment.{segment}") if segment else "", "accent"),
        )

    def answer(self, item: Customer | str) -> Found | None:
        """Who it is."""
        channel = _CHANNELS[self._channel]
        if isinstance(item, Customer):
            return item, (), channel
        if not item:
            return None, (), Channel.VISIT if self._channel == 0 else channel
        try:
            customer, edits = self._desk.people.newcomer(item, language())
        except Refused:
            return None
        return customer, edits, channel

    def foot(self) -> Line:
        """The channel, and how to change it."""
        if not self._arriving:
            return super().foot()
        return (
            (t("find.channel", channel=t(f"channel.{_CHANNELS[self._channel]}")), "key"),
            ("  " + t("find.hint"), "dim"),
        )

    def action_turn(self) -> None:
        """The next channel."""
        self._channel = (self._channel + 1) % len(_CHANNELS)
        self.draw()
