"""How two entries of one person are shown beside each other, and what speaks for their being one."""

from collections.abc import Iterator

from cxdesk.domain import moments, money
from cxdesk.domain.likeness import Likeness
from cxdesk.domain.memory import Memory
from cxdesk.i18n import language, t
from cxdesk.widgets.lines import Line, column
from cxdesk.widgets.memory import forbidden_word
from cxdesk.widgets.privacy import masked, shared_text, shown_name

__all__ = ["reasons_line", "side_by_side"]

_LABEL = 12


def reasons_line(likeness: Likeness) -> Line:
    """``같은 전화 010-****-5678 · 이름 비슷함``."""
    parts = [t(f"likeness.{reason.kind}", shown=masked(reason.kind, reason.shown)) for reason in likeness.reasons]
    parts.append(t(f"likeness.names.{likeness.names.name.lower()}"))
    return ((" · ".join(parts), "text"),)


def side_by_side(left: Memory, right: Memory, take: frozenset[str], at: str | None, now: int, width: int) -> list[Line]:
    """The fields to decide about, then what will be with the left one from both; ``take`` are right on the right."""
    half = max(4, (width - _LABEL - 5) // 2)
    stays, joins = t("merging.stays"), t("merging.joins")
    lines: list[Line] = [((" " * (_LABEL + 3), "dim"), (column(stays, half + 2), "accent"), (joins, "dim"))]
    for name, ours, theirs in _fields(left, right):
        same = ours == theirs
        lines.append(
            (
                ("▌" if name == at else " ", "accent"),
                (column(t(f"merging.field.{name}"), _LABEL), "dim"),
                *_cell(ours, half, chosen=not same and name not in take, both=same),
                *_cell(theirs, half, chosen=not same and name in take, both=same),
            )
        )
    lines.append(())
    for label, ours, theirs in _facts(left, right, now):
        lines.append(
            (
                (" ", "text"),
                (column(t(f"merging.fact.{label}"), _LABEL), "dim"),
                ("  ", "text"),
                (column(ours, half + 2), "text"),
                (column(theirs, half), "text"),
            )
        )
    return lines


def _cell(text: str, width: int, *, chosen: bool, both: bool) -> Line:
    """A value with a mark before the one that stays: colour alone would not do."""
    mark = "● " if chosen else "  "
    role = "strong" if chosen else "text" if both else "dim"
    return ((mark, "good"), (column(text or "-", width), role))


def _fields(left: Memory, right: Memory) -> Iterator[tuple[str, str, str]]:
    ours, theirs = left.customer, right.customer
    yield "name", shown_name(ours.name), shown_name(theirs.name)
    yield "language", t(f"language.{ours.language}"), t(f"language.{theirs.language}")
    yield "address", shared_text(ours.address or ""), shared_text(theirs.address or "")


def _facts(left: Memory, right: Memory, now: int) -> Iterator[tuple[str, str, str]]:
    """What both keep: nothing of it can be lost."""
    yield "reach", _reach(left), _reach(right)
    yield "bought", _bought(left), _bought(right)
    yield "contacts", _contacts(left, now), _contacts(right, now)
    yield "kept", _kept(left), _kept(right)
    if left.forbidden or right.forbidden:
        yield "wishes", forbidden_word(left.forbidden), forbidden_word(right.forbidden)


def _reach(memory: Memory) -> str:
    return ", ".join(masked(one.kind, one.shown) for one in memory.identities[:3]) or "-"


def _bought(memory: Memory) -> str:
    summary = memory.standing.summary
    if not summary.orders:
        return t("segment.why.no_orders")
    return f"{t('memory.orders', n=summary.orders)} · {money.format_money(summary.spent, summary.currency, language())}"


def _contacts(memory: Memory, now: int) -> str:
    if not memory.contacts:
        return "-"
    last = memory.contacts[0]
    return f"#{last.number} {t(f'topic.{last.topic}')} {moments.ago(last.at, now, language())}"


def _kept(memory: Memory) -> str:
    return t(
        "merging.kept", preferences=len(memory.preferences), notes=len(memory.notes), promises=len(memory.promises)
    )
