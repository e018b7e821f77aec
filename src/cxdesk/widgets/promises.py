"""How promises are written: a row of the list, what is told of one, and how they were kept; without Textual."""

from datetime import tzinfo

from cxdesk.domain import moments
from cxdesk.domain.promises import FEW, Kept, Promised, is_due
from cxdesk.i18n import language, t
from cxdesk.widgets.lines import Line, column, paragraph
from cxdesk.widgets.privacy import shared_text, shown_name

__all__ = ["kept_line", "promise_about", "promise_row", "what_of"]

_WIDE = 100


def what_of(one: Promised) -> str:
    """What was promised, as it may be seen now."""
    return shared_text(one.promise.what, (one.name,) if one.name else ()) or t("promise.contact")


def promise_row(one: Promised, now: int, zone: tzinfo, width: int) -> Line:
    """When it is due, how far off that is, to whom, what, and whatever is out of the ordinary."""
    due = is_due(one.promise.due_at, now, one.told_at)
    wide = width >= _WIDE
    role = "bad" if due else "text"
    when = moments.when(one.promise.due_at, zone, language(), now)
    marks = ""
    if one.answered_at is not None:
        marks += f"  {t('promises.came_first')}"
    if one.promise.moves:
        marks += f"  {t('promises.moves', n=one.promise.moves)}"
    return (
        ("! " if due else "  ", "bad"),
        (column(when, 24 if wide else 21), role),
        (column(_distance(one.promise.due_at, now, due=due), 15 if wide else 13), role),
        (column(shown_name(one.name) if one.name else t("customer.unknown"), 18 if wide else 12) + " ", "strong"),
        (what_of(one), "text"),
        (marks, "mark"),
    )


def _distance(due_at: int, now: int, *, due: bool) -> str:
    """How long ago or how soon, in one unit."""
    seconds = max(60, abs(due_at - now) // 1000)
    unit = next(unit for unit in (86_400, 3_600, 60) if seconds >= unit)
    far = moments.duration(seconds // unit * unit, language())
    return t("promises.late_by" if due else "promises.due_in", far=far)


def promise_about(one: Promised, now: int, zone: tzinfo, width: int) -> list[Line]:
    """Who promised it when and in which contact; what it was at first; what the customer has done since."""
    promise, lang = one.promise, language()
    made = moments.when(promise.made_at, zone, lang, now)
    lines = paragraph(t("promises.made", when=made, who=one.agent or t("promises.somebody")), "text", width)
    if one.number is not None and one.topic is not None:
        lines += paragraph(t("promises.ticket", number=one.number, topic=t(f"topic.{one.topic}")), "dim", width)
    if promise.first_due_at is not None:
        first = moments.when(promise.first_due_at, zone, lang, now)
        lines += paragraph(t("promises.first", when=first, n=promise.moves), "warn", width)
        if promise.reason:
            lines += paragraph(t("promises.why", reason=shared_text(promise.reason)), "dim", width)
    if one.answered_at is not None:
        came = moments.when(one.answered_at, zone, lang, now)
        lines += paragraph(t("promises.answered", when=came), "mark", width)
    return lines


def kept_line(kept: Kept, days: int) -> str:
    """The share that was kept in time with its formula; without a share while there are too few."""
    counts = t(
        "promises.counts",
        in_time=kept.in_time,
        late=kept.late,
        broken=kept.broken,
        moved=kept.moved,
        overdue=kept.overdue,
    )
    if kept.share is None:
        return t("promises.few", days=days, counts=counts, n=kept.n, few=FEW)
    low, high = (round(100 * end) for end in kept.ends)
    share = round(100 * kept.share)
    return t(
        "promises.share", days=days, share=share, low=low, high=high, in_time=kept.in_time, n=kept.n, counts=counts
    )
