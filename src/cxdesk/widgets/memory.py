"""The memory panel: what this customer bought, likes, was promised and felt, in the order an agent needs it."""

from collections.abc import Sequence
from datetime import tzinfo

from cxdesk.domain import consents, days, moments, money, preferences
from cxdesk.domain.memory import Contact, Memory
from cxdesk.domain.records import Preference
from cxdesk.domain.segments import Standing
from cxdesk.domain.suggesting import Suggestion
from cxdesk.domain.words import Emotion, PurchaseState
from cxdesk.i18n import has, language, t
from cxdesk.widgets.lines import Line, column, fit, paragraph, width_of
from cxdesk.widgets.paint import Painted
from cxdesk.widgets.privacy import masked, shared_text

__all__ = [
    "MemoryPanel",
    "feeling_bar",
    "forbidden_lines",
    "forbidden_word",
    "memory_lines",
    "preference_line",
    "suggestion_words",
    "why_outwaited",
    "why_segment",
]

_LATE_DAYS = 5
_DAYS_AHEAD = 14
_BARS = "▁▃▅▇"


def memory_lines(
    memory: Memory | None,
    sayable: str | None,
    now: int,
    zone: tzinfo,
    width: int,
    suggestions: Sequence[Suggestion] = (),
    alike: int = 0,
) -> list[Line]:
    """The panel's lines: the sentence to say first, then what they forbid, who they are, what is promised, bought,
    suggested, preferred, noted, and the contacts."""
    if memory is None:
        return paragraph(t("memory.nobody"), "dim", width)
    lines: list[Line] = []
    if sayable:
        lines += paragraph(f"“{shared_text(sayable, (memory.customer.name,))}”", "quote", width)
    lines += forbidden_lines(memory.forbidden, width)
    lines += _who(memory, now, width)
    if memory.standing.outwaited:
        lines += paragraph(why_outwaited(memory.standing, now), "warn", width)
    if alike:
        lines += paragraph(t("memory.alike", n=alike), "mark", width)
    lines += _days(memory, now, zone, width)
    lines += _promises(memory, now, zone, width)
    lines += _suggestions(suggestions, width)
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


def why_segment(standing: Standing) -> str:
    """The reason of the segment in words."""
    return t(
        f"segment.why.{standing.why}",
        n=standing.summary.orders,
        days=standing.days_since or 0,
        usual=max(1, standing.usual_days or 0),
        spent=money.format_money(standing.summary.spent, standing.summary.currency or "KRW", language()),
    )


def why_outwaited(standing: Standing, now: int) -> str:
    """When they last waited longer than they were told, by how much, and how often that has been."""
    summary = standing.summary
    when = moments.ago(summary.outwaited_at or now, now, language())
    over = moments.duration(max(60, summary.over), language())
    return t("memory.outwaited", when=when, over=over, n=summary.outwaited)


def forbidden_lines(forbidden: frozenset[str], width: int) -> list[Line]:
    """What the customer does not want, said so that nobody misses it."""
    if consents.CONTACT in forbidden:
        return paragraph("! " + t("memory.no_contact"), "bad", width)
    return paragraph("! " + t("memory.no_marketing"), "warn", width) if forbidden else []


def forbidden_word(forbidden: frozenset[str]) -> str:
    """The same in a word, for a table."""
    if consents.CONTACT in forbidden:
        return t("memory.no_contact")
    return t("memory.no_marketing") if forbidden else "-"


def _days(memory: Memory, now: int, zone: tzinfo, width: int) -> list[Line]:
    """A birthday or anniversary that is near, without its date: it is for a warm word, not to be recited."""
    lines: list[Line] = []
    seen: set[str] = set()
    for special in memory.days:
        if special.kind in seen:
            continue
        seen.add(special.kind)
        left = days.ahead(special, moments.local(now, zone).date())
        if left is not None and left <= _DAYS_AHEAD:
            key = "memory.day_ahead" if left else "memory.day_today"
            lines += paragraph(t(key, day=t(f"day.{special.kind}"), n=left), "accent", width)
    return lines


def suggestion_words(one: Suggestion) -> tuple[str, str]:
    """What is suggested, and the figures it rests on."""
    values = {
        "product": one.product,
        "other": one.other,
        "usual": one.usual,
        "since": one.since,
        "n": one.n,
        "of": one.of,
        "lift": one.lift,
        "number": one.number,
        "topic": t(f"topic.{one.topic}") if one.topic else "",
        "promise": shared_text(one.promise) or t("promise.contact"),
    }
    return t(f"suggestion.{one.kind}", **values), t(f"suggestion.{one.kind}.why", **values)


def _suggestions(suggestions: Sequence[Suggestion], width: int) -> list[Line]:
    rows: list[Line] = []
    for one in suggestions:
        what, why = suggestion_words(one)
        rows += paragraph(what, "good", width, indent="  ")
        rows += paragraph(why, "dim", width, indent="    ")
    return _titled(t("memory.suggestions"), rows, width)


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
    rows = [preference_line(preference, now, width, memory.customer.name) for preference in memory.preferences[:4]]
    return _titled(t("memory.preferences"), rows, width)


def preference_line(preference: Preference, now: int, width: int, name: str = "") -> Line:
    """A preference with where it comes from and its age, which says so when it should be asked again."""
    kind = preferences.kind_of(preference.key)
    key = t(f"preference.{kind}") if kind else preference.key
    choice = preferences.choice_of(kind, preference.value)
    label = f"preference.{kind}.{choice}"
    value = t(label) if choice and has(label) else shared_text(preference.value, (name,))
    source = t(f"source.{preference.source}") if has(f"source.{preference.source}") else preference.source
    age = moments.ago(preference.noted_at, now, language())
    old = preferences.stale(preference, now)
    said: Line = ((f"  {key} ", "dim"), (value, "text"))
    for end in (f" ({source} {age})", f" ({age})"):
        end = f"{end[:-1]} · {t('memory.stale')})" if old else end
        line = (*said, (end, "warn" if old else "dim"))
        if width_of(line) <= width:
            return line
    # The age is never what is cut: an old preference that looks fresh would be worse than half of one.
    return (*fit(said, width - width_of(line[-1:])), line[-1])


def _notes(memory: Memory, now: int, zone: tzinfo, width: int) -> list[Line]:
    rows: list[Line] = []
    for note in memory.notes[:3]:
        first = f"  {_date(note.created_at, zone, now)} "
        rows += paragraph(
            shared_text(note.body, (memory.customer.name,)) + (f" ({t('memory.amended')})" if note.amends else ""),
            "text",
            width,
            indent=" " * len(first),
            first=first,
        )[:3]
    return _titled(t("memory.notes"), rows, width)


def _contacts(memory: Memory, now: int, zone: tzinfo, width: int) -> list[Line]:
    """The emotion curve over the last contacts, then the contacts."""
    if not memory.contacts:
        return []
    curve = "".join(feeling_bar(contact) for contact in reversed(memory.contacts))
    rows: list[Line] = [fit(((f"  {curve}", "warn"), (" " + t("memory.curve", n=len(memory.contacts)), "dim")), width)]
    for contact in memory.contacts[:4]:
        after = contact.feeling_after or contact.emotion
        feeling = t(f"emotion.{after}") if after else ""
        text = f"{t(f'topic.{contact.topic}')} {feeling}".rstrip()
        rows.append(
            fit(((f"  {_date(contact.at, zone, now)} ", "dim"), (text, "text"), (f" #{contact.number}", "dim")), width)
        )
    return _titled(t("memory.contacts"), rows, width)


def feeling_bar(contact: Contact) -> str:
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
        self._beside: tuple[Sequence[Suggestion], int] = ((), 0)

    def read(
        self,
        memory: Memory | None,
        sayable: str | None,
        now: int,
        suggestions: Sequence[Suggestion] = (),
        alike: int = 0,
    ) -> None:
        """Show a customer's memory with what could be suggested, or that nobody knows who it is."""
        self._shown = (memory, sayable, now)
        self._beside = (suggestions, alike)
        self.lay_out()

    def lines_for(self, width: int) -> Sequence[Line]:
        """The memory in this width; nothing before a ticket was opened."""
        return memory_lines(*self._shown, self._zone, width, *self._beside) if self._shown else ()
