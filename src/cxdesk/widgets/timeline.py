"""One person's line of time: purchases, contacts, promises, notes and feedback, read as it is scrolled."""

from collections.abc import Callable, Sequence
from datetime import tzinfo

from textual.strip import Strip

from cxdesk.domain import moments, money
from cxdesk.domain.afterwards import Voice
from cxdesk.domain.records import Feedback, FollowUp, Note, Purchase, Ticket
from cxdesk.domain.timeline import Event, Mark
from cxdesk.domain.words import PromiseState, PurchaseState, Status
from cxdesk.i18n import has, language, t
from cxdesk.widgets.lines import Line, column, fit, paragraph
from cxdesk.widgets.paint import Painted
from cxdesk.widgets.privacy import shared_text

__all__ = ["TimelineView", "event_line", "event_words"]

More = Callable[[Mark | None], Sequence[Event]]
"""The events before a mark, or the newest ones."""


def event_line(event: Event, zone: tzinfo, width: int, names: Sequence[str] = ()) -> Line:
    """One event: the day, its kind, and what it was."""
    day = moments.local(event.at, zone)
    what, role = _what(event, zone)
    return fit(
        (
            (f"{day:%Y-%m-%d %H:%M}  ", "dim"),
            (column(t(f"timeline.{event.kind}"), 8), "accent"),
            (shared_text(what, names), role),
        ),
        width,
    )


def event_words(event: Event, zone: tzinfo) -> str:
    """What happened in words, without its day."""
    return _what(event, zone)[0]


def _what(event: Event, zone: tzinfo) -> tuple[str, str]:
    """What happened in words, and the role it plays."""
    match event.record:
        case Purchase() as bought:
            return _bought(bought)
        case Ticket() as ticket:
            return _contact(ticket, event.said)
        case FollowUp() as promise:
            due = moments.when(promise.due_at, zone, language(), event.at)
            late = promise.state == PromiseState.BROKEN
            what = promise.what or t("promise.contact")
            return f"{what} ~ {due} · {t(f'promise.{promise.state}')}", "bad" if late else "good"
        case Note() as note:
            return note.body, "quote"
        case Feedback() as answer:
            said = f" “{answer.comment}”" if answer.comment else ""
            return f"{answer.scale.upper()} {answer.value}{said}", "warn"
        case Voice() as voice:
            return f"“{voice.body}” · {t(f'topic.{voice.topic}')}", "quote"


def _bought(bought: Purchase) -> tuple[str, str]:
    parts = [f"{bought.product} {bought.option}".strip()]
    if abs(bought.quantity) > 1:
        parts.append(f"×{bought.quantity}")
    parts.append(money.format_money(bought.amount, bought.currency, language()))
    settled = bought.state in (PurchaseState.DELIVERED, PurchaseState.PAID)
    if not settled:
        parts.append(t(f"purchase.{bought.state}"))
    return " · ".join((*parts, bought.order_no)), "text" if settled else "warn"


def _contact(ticket: Ticket, said: str) -> tuple[str, str]:
    parts = [f"#{ticket.number}", t(f"channel.{ticket.channel}"), t(f"topic.{ticket.topic}")]
    if ticket.status is not Status.RESOLVED:
        parts.append(t(f"status.{ticket.status}"))
    feelings = [t(f"emotion.{feeling}") for feeling in (ticket.emotion, ticket.feeling_after) if feeling]
    if feelings and has(f"emotion.{ticket.emotion or ticket.feeling_after}"):
        parts.append(" → ".join(dict.fromkeys(feelings)))
    return " · ".join(parts) + (f"  “{said}”" if said else ""), "text"


class TimelineView(Painted):
    """Events with a cursor; the next page is read when the cursor comes near the last one."""

    def __init__(self, zone: tzinfo, more: More, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._zone = zone
        self._more = more
        self._events: list[Event] = []
        self._whole = False
        self._at = 0
        self.names: Sequence[str] = ()

    def begin(self, *, keep: bool = False) -> None:
        """Read from the newest on; ``keep`` stays at the same row where it can."""
        at = self._at if keep else 0
        self._events, self._whole, self._at = [], False, 0
        while not self._whole and len(self._events) <= at:
            self._read()
        self._at = min(at, max(0, len(self._events) - 1))
        self.refresh()

    @property
    def current(self) -> Event | None:
        """The event under the cursor."""
        return self._events[self._at] if self._at < len(self._events) else None

    def move(self, by: int) -> None:
        """Move the cursor by so many events; at the last one read, more are read."""
        wanted = max(0, self._at + by)
        while wanted + self.size.height >= len(self._events) and not self._whole:
            self._read()
        old, self._at = self._at, max(0, min(len(self._events) - 1, wanted))
        top, height = self.scroll_offset.y, max(1, self.size.height)
        if not top <= self._at < top + height:
            self.scroll_to_row(self._at - height // 2)
            self.refresh()
        else:
            self.repaint((old, self._at))

    def top(self) -> None:
        """Back to the newest."""
        self.move(-self._at)

    def page(self, by: int) -> None:
        """Move by so many screens."""
        self.move(by * max(1, self.size.height - 1))

    def _read(self) -> None:
        page = self._more(self._events[-1].mark if self._events else None)
        self._events += page
        self._whole = not page
        self.grow(len(self._events))

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        index = y + self.scroll_offset.y
        if not self._events:
            lines = paragraph(t("timeline.empty"), "dim", max(4, self.size.width - 2), indent=" ")
            return self.strip(lines[y] if y < len(lines) else ())
        if index >= len(self._events):
            return self.edged(self.strip(()), y)
        here = index == self._at
        line = event_line(self._events[index], self._zone, self.size.width - 2, self.names)
        return self.edged(self.strip((("▌" if here else " ", "accent"), *line), cursor=here), y)
