"""Why a customer waits as long as they do, as lines: place in the queue, who is ahead, who serves, what it rests on."""

from datetime import tzinfo

from cxdesk.domain import moments
from cxdesk.domain.order import Place
from cxdesk.domain.records import Ticket
from cxdesk.domain.views import Estimate
from cxdesk.domain.waits import Why
from cxdesk.i18n import language, t
from cxdesk.widgets.lines import Line
from cxdesk.widgets.privacy import shown_name

__all__ = ["order_sentence", "why_lines"]

_SLOW, _FAST = 1.1, 0.9
"""How far from usual the pace must be to be worth a word."""


def order_sentence(ticket: Ticket, place: Place) -> str:
    """What is added up to a place in the queue."""
    parts = [t("order.waited", n=place.waited // 60)]
    if place.for_priority:
        parts.append(t("order.priority", priority=t(f"priority.{ticket.priority}"), n=place.for_priority // 60))
    if place.for_segment and ticket.segment:
        parts.append(t("order.segment", segment=t(f"segment.{ticket.segment}"), n=place.for_segment // 60))
    if place.for_words:
        parts.append(t("order.words", n=place.for_words // 60))
    return t("order.sentence", parts=" + ".join(parts), n=place.total // 60)


def why_lines(wait: Estimate | None, why: Why, zone: tzinfo, now: int) -> list[Line]:
    """A line for each thing the estimate rests on; nothing that is not known."""
    lines: list[Line] = [_range(wait), _ahead(why), _serving(why)]
    if why.next_free_s is not None and why.agents_on:
        lines.append(_line("why.next_free", time=_time(why.next_free_s)))
    if why.back_at is not None:
        lines.append(_line("why.back", n=why.agents_away, when=moments.when(why.back_at, zone, language(), now)))
    elif why.agents_away:
        lines.append(_line("why.away", n=why.agents_away))
    if why.forgotten:
        names = ", ".join(map(shown_name, why.forgotten))
        lines.append(((t("why.forgotten", names=names), "warn"),))
    lines.append(_line("why.service", time=_time(why.service_s), n=why.n))
    if not _FAST <= why.drift <= _SLOW:
        word = "why.slow" if why.drift > 1 else "why.fast"
        lines.append(_line(word, percent=round(100 * abs(why.drift - 1))))
    lines.append(((t(f"why.state.{why.state}"), "dim"),))
    return [line for line in lines if line]


def _range(wait: Estimate | None) -> Line:
    """P10, P50 and P90 in words; the lower edge is for the agent only."""
    if wait is None or not wait.known:
        return ()
    low, usual, high = (_time(60 * -(-seconds // 60)) for seconds in (wait.low, wait.expected, wait.high))
    return ((t("why.range", low=low, usual=usual, high=high), "strong"),)


def _ahead(why: Why) -> Line:
    count = max(0, why.position - 1)
    if not count:
        return ((t("why.first"), "text"),)
    names = ", ".join(shown_name(name) if name else t("customer.unknown") for name in why.ahead)
    more = count - len(why.ahead)
    line: Line = ((t("why.ahead", n=count), "text"), (f": {names}", "text"))
    if more > 0:
        line += ((" " + t("why.more", n=more), "text"),)
    if round(why.may_leave):
        line += ((" · " + t("why.may_leave", n=round(why.may_leave)), "dim"),)
    if round(why.may_overtake):
        line += ((" · " + t("why.may_overtake", n=round(why.may_overtake)), "dim"),)
    return line


def _serving(why: Why) -> Line:
    if not why.agents_on:
        return ((t("why.nobody"), "warn"),)
    line: Line = ((t("why.agents", on=why.agents_on, busy=why.agents_busy), "text"),)
    if why.serving:
        held = ", ".join(f"{shown_name(name)} {moments.stopwatch(seconds)}" for name, seconds in why.serving[:6])
        line += ((f": {held}", "dim"),)
    return line


def _line(key: str, **values: object) -> Line:
    return ((t(key, **values), "text"),)


def _time(seconds: float) -> str:
    return moments.duration(seconds, language())
