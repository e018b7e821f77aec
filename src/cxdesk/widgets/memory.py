"""The memory panel: what this customer bought, likes, was promised and felt, in the order an agent needs it."""

from collections.abc import Sequence
from datetime import tzinfo

from cxdesk.domain import moments, money
from cxdesk.domain.memory import Contact, Memory
from cxdesk.domain.segments import Standing
from cxdesk.domain.words import Emotion, PurchaseState
from cxdesk.i18n import has, language, t
from cxdesk.widgets.lines import Line, column, fit, paragraph, width_of
from cxdesk.widgets.paint import Painted

__all__ = ["MemoryPanel", "memory_lines", "why_segment"]

_LATE_DAYS = 5
_BARS = "▁▃▅▇"


def memory_lines(memory: Memory | None, sayable: str | None, now: int, zone: tzinfo, width: int) -> list[Line]:
    """The panel's lines: the sentence to say first, then who, purchases, promises, preferences, notes, contacts."""
    if memory is None:
        return paragraph(t("memory.nobody"), "dim", width)
    lines: list[Line] = []
    if sayable:
        lines += paragraph(f"“{sayable}”", "quote", width)
    lines += _who(memory, now, width)
    lines += _promises(memory, now, zone, width)
    lines += _purchases(memory, now, zone, width)
    lines += _preferences(memory, now, width)
    lines += _notes(memory, now, zone, width)
    lines += _contacts(memory, now, zone, width)
    return lines


def _who(memory: Memory, now: int, width: int) -> list[Line]:
    """Segment, years, orders and spend; the reason of the segment; how to reach them."""
    standing, summary = memory.standing, memory.standing.summary
    parts = [t(f"segment.{standing.segment}")]
    if summary.first_at is not None:
        parts.append(t("memory.year", n=max(1, (now - summary.first_at) // (365 * 86_400_000) + 1)))
        parts.append(t("memory.orders", n=summary.orders))
        parts.append(money.format_money(summary.spent, summary.currency, language()))
    lines: list[Line] = [fit(((" · ".join(parts), "strong"),), width)]
    lines += paragraph(why_segment(standing), "dim", width)
    reach = [masked(identity.kind, identity.shown) for identity in memory.identities[:2]]
    reach += [f"#{tag.tag}" for tag in memory.tags]
    if reach:
        lines.append(fit(((" · ".join(reach), "text"),), width))
    return lines


def masked(kind: str, shown: str) -> str:
    """A phone number or address with its middle hidden."""
    from cxdesk.hangul import mask

    if kind == "phone":
        return mask.mask_phone(shown)
    return mask.mask_mail(shown) if kind == "email" else shown


def why_segment(standing: Standing) -> str:
    """The reason of the segment in words."""
    return t(
        f"segment.why.{standing.why}",
        n=standing.summary.orders,
        days=standing.days_since or 0,
        usual=max(1, standing.usual_days or 0),
        spent=money.format_money(standing.summary.spent, standing.summary.currency or "KRW", language()),
    )


def _titled(title: str, rows: list[Line], width: int) -> list[Line]:
    """A heading on a line of its own, then the rows."""
    return [((column(title, width), "accent"),), *rows] if rows else []


def _promises(memory: Memory, now: int, zone: tzinfo, width: int) -> list[Line]:
    rows = []
    for promise in memory.promises[:3]:
        role = "bad" if promise.due_at < now else "good"
        due = moments.when(promise.due_at, zone, language(), now)
        rows += paragraph(
            f"{due} {promise.what}".rstrip(), role, width, indent="  ", first="! " if role == "bad" else "  "
        )
    return _titled(t("memory.promises"), rows, width)


def _purchases(memory: Memory, now: int, zone: tzinfo, width: int) -> list[Line]:
    rows: list[Line] = []
    for bought in memory.purchases[:5]:
        price = money.format_money(bought.amount, bought.currency, language())
        if bought.state in (PurchaseState.DELIVERED, PurchaseState.PAID):
            state, role = "", "text"
        else:
            state, role = t(f"purchase.{bought.state}"), "warn"
        late = bought.state is PurchaseState.SHIPPING and now - bought.ordered_at > _LATE_DAYS * 86_400_000
        right: Line = ((f" {state}{'!' if late else ''}", role),) if state else ()
        right += ((f" {price}", "dim"),)
        name = f"{bought.product} {bought.option}".strip()
        left: Line = ((f"  {_date(bought.ordered_at, zone, now)} ", "dim"), (name, "text"))
        left = fit(left, width - width_of(right))
        rows.append((*left, (" " * (width - width_of(left) - width_of(right)), "text"), *right))
    return _titled(t("memory.purchases"), rows, width)


def _date(at: int, zone: tzinfo, now: int) -> str:
    """Month and day, or year and month for what is long past."""
    moment = moments.local(at, zone)
    if now - at > 300 * moments.DAY:
        return f"{moment.year}.{moment.month}"
    return f"{moment.month}/{moment.day:02d}"


def _preferences(memory: Memory, now: int, width: int) -> list[Line]:
    rows: list[Line] = []
    seen: set[str] = set()
    for preference in memory.preferences:
        if preference.key in seen:
            continue
        seen.add(preference.key)
        key = t(f"preference.{preference.key}") if has(f"preference.{preference.key}") else preference.key
        source = t(f"source.{preference.source}") if has(f"source.{preference.source}") else preference.source
        age = moments.ago(preference.noted_at, now, language())
        rows.append(fit(((f"  {key} ", "dim"), (preference.value, "text"), (f" ({source} {age})", "dim")), width))
    return _titled(t("memory.preferences"), rows[:4], width)


def _notes(memory: Memory, now: int, zone: tzinfo, width: int) -> list[Line]:
    rows: list[Line] = []
    for note in memory.notes[:3]:
        first = f"  {_date(note.created_at, zone, now)} "
        rows += paragraph(note.body, "text", width, indent=" " * len(first), first=first)[:3]
    return _titled(t("memory.notes"), rows, width)


def _contacts(memory: Memory, now: int, zone: tzinfo, width: int) -> list[Line]:
    """The emotion curve over the last contacts, then the contacts."""
    if not memory.contacts:
        return []
    curve = "".join(_bar(contact) for contact in reversed(memory.contacts))
    rows: list[Line] = [fit(((f"  {curve}", "warn"), (" " + t("memory.curve", n=len(memory.contacts)), "dim")), width)]
    for contact in memory.contacts[:4]:
        after = contact.feeling_after or contact.emotion
        feeling = t(f"emotion.{after}") if after else ""
        text = f"{t(f'topic.{contact.topic}')} {feeling}".rstrip()
        rows.append(
            fit(((f"  {_date(contact.at, zone, now)} ", "dim"), (text, "text"), (f" #{contact.number}", "dim")), width)
        )
    return _titled(t("memory.contacts"), rows, width)


def _bar(contact: Contact) -> str:
    """Higher is harder: nothing or thanks lowest, then by intensity."""
    if contact.emotion in (None, Emotion.NEUTRAL, Emotion.GRATITUDE):
        return _BARS[0]
    return _BARS[max(1, min(3, contact.intensity))]


class MemoryPanel(Painted):
    """What the desk remembers of the customer on screen."""

    def __init__(self, zone: tzinfo, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._zone = zone
        self._shown: tuple[Memory | None, str | None, int] | None = None

    def read(self, memory: Memory | None, sayable: str | None, now: int) -> None:
        """Show a customer's memory, or that nobody knows who it is."""
        self._shown = (memory, sayable, now)
        self.lay_out()

    def lines_for(self, width: int) -> Sequence[Line]:
        """The memory in this width; nothing before a ticket was opened."""
        return memory_lines(*self._shown, self._zone, width) if self._shown else ()
