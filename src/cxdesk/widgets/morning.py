"""How the morning list is written: a row, and why somebody is on it with the first sentence; without Textual."""

from datetime import tzinfo

from cxdesk.domain import moments
from cxdesk.domain.morning import Candidate, Entry, Kind, Part
from cxdesk.i18n import language, t
from cxdesk.widgets.lines import Line, column, paragraph
from cxdesk.widgets.privacy import shared_text, shown_name

__all__ = ["entry_about", "entry_name", "entry_row", "entry_why", "score_words"]

_WIDE = 100
_ROLES = {Kind.PROMISE_LATE: "bad", Kind.PROMISE_TODAY: "warn", Kind.UNANSWERED: "warn", Kind.DELIVERY: "warn"}


def entry_name(entry: Entry) -> str:
    """Who it is, as it may be seen now."""
    return shown_name(entry.customer.name) if entry.customer else t("customer.unknown")


def entry_row(entry: Entry, now: int, zone: tzinfo, width: int) -> Line:
    """What kind of reason, who, why."""
    kind = entry.candidate.kind
    wide = width >= _WIDE
    return (
        ("! " if kind is Kind.PROMISE_LATE else "  ", "bad"),
        (column(t(f"morning.kind.{kind}"), 16 if wide else 14), _ROLES.get(kind, "accent")),
        (column(entry_name(entry), 18 if wide else 13) + " ", "strong"),
        (column(t(f"segment.{entry.segment}") if entry.segment else "", 11), "dim") if wide else ("", "dim"),
        (entry_why(entry, now, zone), "text"),
    )


def entry_why(entry: Entry, now: int, zone: tzinfo) -> str:
    """The record that somebody is on the list for."""
    one = entry.candidate
    return t(
        _reason(one),
        when=moments.when(one.at, zone, language(), now),
        what=shared_text(one.what, (entry.customer.name,) if entry.customer else ()) or t("promise.contact"),
        product=one.product,
        order=one.order_no,
        number=one.number,
        day=t(f"morning.day.{one.what}") if one.kind is Kind.SPECIAL_DAY else "",
        days=one.days,
        usual=one.usual,
        n=one.days if one.kind is Kind.SPECIAL_DAY else one.n,
    )


def _reason(one: Candidate) -> str:
    if one.kind is Kind.UNANSWERED and one.what:
        return "morning.why.unanswered_theirs"
    if one.kind is Kind.SPECIAL_DAY and one.days < 2:
        return "morning.why.special_tomorrow" if one.days else "morning.why.special_today"
    return f"morning.why.{one.kind}"


def entry_about(entry: Entry, now: int, zone: tzinfo, width: int) -> list[Line]:
    """The first sentence, the reason once more where its row may be cut, and what the score is made of."""
    sentence = shared_text(entry.sentence, (entry.customer.name,) if entry.customer else ())
    narrow = width < _WIDE
    lines = paragraph(f"“{sentence}”", "quote", width)[: 3 if narrow else 4]
    why: list[Line] = [((entry_why(entry, now, zone), "text"),)] if narrow else []
    return [*lines, *why, ((score_words(entry), "dim"),)]


def score_words(entry: Entry) -> str:
    """The score with its parts."""
    parts = " ".join(_part(part, entry, first=i == 0) for i, part in enumerate(entry.parts))
    return t("morning.score", score=entry.score, parts=parts)


def _part(part: Part, entry: Entry, *, first: bool) -> str:
    points = f"{part.points}" if first else f"{part.points:+d}"
    kind = t(f"morning.kind.{entry.candidate.kind}")
    segment = t(f"segment.{entry.segment}") if entry.segment else ""
    return ("" if first else "· ") + t(f"morning.part.{part.name}", kind=kind, segment=segment, points=points)
