"""The top of an open ticket: who, where they stand, and the six stages of the contact."""

from collections.abc import Sequence
from datetime import tzinfo

from cxdesk.domain import moments
from cxdesk.domain.records import Quote
from cxdesk.domain.views import Estimate, Thread
from cxdesk.domain.words import Priority, Stage, Status
from cxdesk.i18n import language, t
from cxdesk.widgets.lines import Line, fit, width_of
from cxdesk.widgets.paint import Painted
from cxdesk.widgets.privacy import shown_name
from cxdesk.widgets.rows import alarm

__all__ = ["TicketHead", "head_lines"]


def head_lines(
    thread: Thread,
    estimate: Estimate | None,
    now: int,
    zone: tzinfo,
    width: int,
    *,
    suggested: Stage | None = None,
    in_hand: bool = False,
    incident: str = "",
) -> list[Line]:
    """Three lines: the ticket and its clock, the stage bar, and the feeling with the wait that was told.

    ``incident`` is the title of the open one it belongs to.
    ``suggested`` is a stage the conversation has reached; ``in_hand`` puts a bar before the first line: keys go to this
    ticket.
    """
    return [
        _title(thread, now, width, in_hand),
        _stages(thread.ticket.stage, suggested, width),
        fit(_state(thread, estimate, now, zone, incident), width),
    ]


def _title(thread: Thread, now: int, width: int, in_hand: bool) -> Line:
    ticket = thread.ticket
    name = t("customer.called", name=shown_name(thread.customer.name)) if thread.customer else t("customer.unknown")
    bar, number = ("▌" if in_hand else " ", "accent"), (f"#{ticket.number} ", "dim")
    about: Line = ((name, "strong"), (f" · {t(f'channel.{ticket.channel}')} · {t(f'topic.{ticket.topic}')}", "text"))
    if ticket.priority is not Priority.NORMAL:
        about += ((f" · {t(f'priority.{ticket.priority}')}", "bad"),)
    about += tuple((f" #{tag.tag}", "accent") for tag in thread.tags)
    left, right = (bar, number, *about), _clock(thread, now)
    if width_of(left) + width_of(right) >= width:  # the time itself before the word for it
        right = right[-1:]
    left = fit(left, width - width_of(right) - 1)
    return (*left, (" " * (width - width_of(left) - width_of(right)), "text"), *right)


def _clock(thread: Thread, now: int) -> Line:
    """How long it has waited or been in hand, or where it stands."""
    ticket = thread.ticket
    label = t(f"status.{ticket.status}")
    if ticket.status is Status.ACTIVE and ticket.taken_at is not None:
        return ((f"{label} ", "dim"), (moments.stopwatch(max(0, now - ticket.taken_at) / 1000), "good"))
    if ticket.status is Status.WAITING:
        role = alarm(ticket, now)
        waited = moments.stopwatch(max(0, now - ticket.waiting_since) / 1000)
        return ((f"{label} ", "dim"), (waited, role if role != "text" else "warn"))
    return ((label, "dim"),)


def _stages(current: Stage, suggested: Stage | None, width: int) -> Line:
    """The stage bar: where the contact stands in brackets, where the conversation seems to be behind an arrow."""
    spans: Line = ()
    for stage in Stage:
        label = t(f"stage.{stage}")
        if stage is current:
            spans += ((f"[{label}]", "accent"),)
        else:
            spans += ((f"›{label} ", "key"),) if stage is suggested else ((f" {label} ", "dim"),)
    return fit(spans, width)


def _state(thread: Thread, estimate: Estimate | None, now: int, zone: tzinfo, incident: str) -> Line:
    ticket = thread.ticket
    parts: list[tuple[str, str]] = [(f"! {t('head.incident', title=incident)}", "bad")] if incident else []
    if ticket.emotion is not None:
        marks = " " + "▪" * ticket.intensity if ticket.intensity else ""
        parts.append((t("head.feels", emotion=t(f"emotion.{ticket.emotion}")) + marks, "warn"))
    if ticket.status is Status.PENDING:
        until = ticket.hold_until
        held = t("head.held_until", when=moments.when(until, zone, language(), now)) if until else t("head.held_reply")
        parts.append((held, "dim"))
    if ticket.status is Status.WAITING:
        parts.append((_expected(estimate), "dim"))
        if thread.quotes:
            parts.append((_told(thread.quotes[-1], now), alarm(ticket, now)))
    if ticket.assignee and ticket.status is not Status.WAITING:
        parts.append((thread.names.get(ticket.assignee, ""), "dim"))
    spans: Line = ()
    for text, role in parts:
        if text:
            spans += ((" · ", "dim"), (text, role)) if spans else ((text, role),)
    return spans


def _expected(estimate: Estimate | None) -> str:
    if estimate is None:
        return ""
    if not estimate.known:
        return t("head.no_agents")
    low, high = int(estimate.expected // 60), -int(-estimate.high // 60)
    return t("head.learning" if estimate.state == "cold" else "head.expected", low=low, high=max(high, low + 1))


def _told(quote: Quote, now: int) -> str:
    left = (quote.told_at + 1000 * quote.high - now) // 60_000
    told = quote.high // 60
    return t("head.told", told=told, left=left) if left >= 0 else t("head.told_late", told=told, late=-left)


class TicketHead(Painted):
    """The three lines above a conversation."""

    def __init__(self, zone: tzinfo, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._zone = zone
        self._shown: tuple[Thread, Estimate | None, int] | None = None
        self._suggested: Stage | None = None
        self._incident = ""
        self._in_hand = False

    def hold(self, in_hand: bool) -> None:
        """Whether keys go to the ticket."""
        self._in_hand = in_hand
        self.lay_out()

    def read(
        self, thread: Thread, estimate: Estimate | None, now: int, suggested: Stage | None = None, incident: str = ""
    ) -> None:
        """Show where a ticket stands at ``now``; only what reads differently is painted."""
        self._shown, self._suggested, self._incident = (thread, estimate, now), suggested, incident
        self.lay_out()

    def lines_for(self, width: int) -> Sequence[Line]:
        """The head in this width."""
        if self._shown is None:
            return ()
        return head_lines(
            *self._shown,
            self._zone,
            width,
            suggested=self._suggested,
            in_hand=self._in_hand,
            incident=self._incident,
        )
