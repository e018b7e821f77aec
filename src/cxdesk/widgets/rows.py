"""How one ticket looks in the queue: a few cells for who, what, how long and how it feels."""

from rich.cells import cell_len

from cxdesk.domain.records import Ticket
from cxdesk.domain.views import Estimate, QueueRow, Section
from cxdesk.domain.words import Emotion, Priority, Status
from cxdesk.i18n import t
from cxdesk.widgets.lines import Line, column, fit, width_of
from cxdesk.widgets.privacy import shown_name

__all__ = ["Alarm", "alarm", "heading", "queue_line"]

AMBER = 0.8
"""Share of the told wait after which a row warns."""


_CELLS, _RANGE, _LATE = 35, 7, 9
"""Cells of the columns that are always there, of ``+11~25`` and of how late it is, each with the blank before it."""


class Alarm:
    """How a row stands against what its customer was told."""

    NONE = "text"
    AMBER = "warn"
    RED = "bad"


_MARKS = {Alarm.NONE: "  ", Alarm.AMBER: "! ", Alarm.RED: "!!"}
"""The alarm without its colour."""


def alarm(ticket: Ticket, now: int) -> str:
    """Nothing, amber from 80 % of the told wait, red past it."""
    if ticket.status is not Status.WAITING or ticket.quoted_until is None or ticket.quoted_from is None:
        return Alarm.NONE
    if now >= ticket.quoted_until:
        return Alarm.RED
    span = ticket.quoted_until - ticket.quoted_from
    return Alarm.AMBER if span > 0 and now - ticket.quoted_from >= AMBER * span else Alarm.NONE


def heading(section: Section, count: int, width: int) -> Line:
    """The line above a section."""
    role = "bad" if section is Section.LATE else "dim"
    label = f"── {t(f'queue.{section}', n=count)} "
    return ((label, role), ("─" * max(0, width - cell_len(label)), "dim"))


def queue_line(row: QueueRow, estimate: Estimate | None, now: int, width: int, *, marked: bool = False) -> Line:
    """One row of the queue in ``width`` cells.

    Marked · channel · name · segment or priority · topic · waited · feeling; where there is room, how late against
    what was told, and the wait still expected or who holds it.
    """
    ticket = row.ticket
    warning = alarm(ticket, now)
    spare = width - _CELLS - _RANGE
    more = max(0, min(6, spare - _LATE))
    name = shown_name(row.name) if row.name else t("customer.unknown")
    waited = _waited(ticket, now)
    late = _MARKS[warning]
    line: Line = (
        ("✓" if marked else " ", "mark"),
        (column(t(f"channel.short.{ticket.channel}"), 3), "dim"),
        (column(name, 8 + more), "strong" if row.name else "dim"),
        (" " + column(_badge(ticket), 5), _badge_role(ticket)),
        (column(t(f"topic.short.{ticket.topic}"), 5), "text"),
        (column(waited, 6, right=True) + late, warning if warning != Alarm.NONE else "text"),
        (column(_feeling(ticket), 4), "warn" if ticket.intensity >= 3 else "dim"),
    )
    return fit(line + _outlook(row, estimate, now, spare - more), width) if spare >= 0 else fit(line, width)


def _outlook(row: QueueRow, estimate: Estimate | None, now: int, spare: int) -> Line:
    """The last columns: who holds a ticket, or how late it is, where there is room, and how long it still takes."""
    if row.ticket.status is not Status.WAITING:
        return ((" " + column(shown_name(row.holder), 8), "dim"),) if row.holder and spare >= _LATE else ()
    late: Line = ((" " + column(_late(row.ticket, now), _LATE - 1), Alarm.RED),) if spare >= _LATE else ()
    expected = _expected(estimate)
    if cell_len(expected) > _RANGE - 1 + spare - width_of(late):
        expected = _expected(estimate, short=True)
    return (*late, (" " + expected, "dim"))


def _late(ticket: Ticket, now: int) -> str:
    """How far past what was told: ``5분 늦음``."""
    if alarm(ticket, now) != Alarm.RED or ticket.quoted_until is None:
        return ""
    return t("queue.late_by", time=_short(max(60, (now - ticket.quoted_until) / 1000)))


def _waited(ticket: Ticket, now: int) -> str:
    if ticket.status is Status.PENDING:
        if ticket.hold_until is None:
            return t("queue.for_reply")
        return _short((ticket.hold_until - now) / 1000)
    since = ticket.taken_at if ticket.status is Status.ACTIVE and ticket.taken_at else ticket.waiting_since
    return _short((now - since) / 1000)


def _short(seconds: float) -> str:
    """A length of time in its largest unit."""
    whole = max(0, int(seconds))
    if whole >= 86_400:
        return t("queue.days", n=whole // 86_400)
    return t("queue.hours", n=whole // 3600) if whole >= 3600 else t("queue.minutes", n=whole // 60)


def _expected(estimate: Estimate | None, *, short: bool = False) -> str:
    """``+6~11`` minutes (or hours) still to come, ``?6~11`` while it is being learned; nothing when nobody serves.

    ``short`` leaves the far end of hours away: ``+10시간``.
    """
    if estimate is None or not estimate.known:
        return ""
    if estimate.high > 5940:
        hours = int(estimate.expected // 3600), -int(-estimate.high // 3600)
        return t("queue.hours", n=f"+{hours[0]}" if short else f"+{hours[0]}~{max(hours[1], hours[0] + 1)}")
    low, high = int(estimate.expected // 60), -int(-estimate.high // 60)
    return f"{'?' if estimate.state == 'cold' else '+'}{low}~{max(high, low + 1)}"


def _badge(ticket: Ticket) -> str:
    if ticket.priority is not Priority.NORMAL:
        return t(f"priority.short.{ticket.priority}")
    return t(f"segment.short.{ticket.segment}") if ticket.segment else ""


def _badge_role(ticket: Ticket) -> str:
    if ticket.priority is Priority.URGENT:
        return "bad"
    return "accent" if ticket.priority is Priority.HIGH or ticket.segment == "vip" else "dim"


def _feeling(ticket: Ticket) -> str:
    if ticket.emotion in (None, Emotion.NEUTRAL):
        return ""
    return t(f"emotion.short.{ticket.emotion}") + "▪" * max(1, min(3, ticket.intensity) - 1)
