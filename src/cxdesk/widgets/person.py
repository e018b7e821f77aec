"""The head of a person's page: who they are to the shop, how to reach them, and how it felt over the years."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from cxdesk.domain import money
from cxdesk.domain.correcting import Field
from cxdesk.domain.memory import Memory
from cxdesk.domain.moments import DAY
from cxdesk.i18n import has, language, t
from cxdesk.widgets.lines import Line, fit, paragraph
from cxdesk.widgets.memory import feeling_bar, why_segment
from cxdesk.widgets.paint import Painted
from cxdesk.widgets.privacy import masked, shared_text, sharing, shown_name

__all__ = ["PersonHead", "person_lines", "quick_facts"]

Bare = Mapping[Field, str]
"""What is shown whole for a while, by field."""


def person_lines(memory: Memory, bare: Bare, now: int, width: int) -> list[Line]:
    """Standing with its reason, reach, preferences and tags, and the curve of feelings."""
    standing, bought = memory.standing, memory.standing.summary
    parts = [t(f"segment.{standing.segment}")]
    if bought.first_at is not None:
        parts.append(t("memory.year", n=max(1, (now - bought.first_at) // (365 * DAY) + 1)))
        parts.append(t("memory.orders", n=bought.orders))
        parts.append(money.format_money(bought.spent, bought.currency, language()))
    lines: list[Line] = [fit(((" · ".join(parts), "strong"),), width)]
    lines += paragraph(why_segment(standing), "dim", width)
    reach = tuple((f"{text}  ", "warn" if whole else "text") for text, whole in _reach(memory, bare))
    lines.append(fit((*reach, (t(f"speaks.{memory.customer.language}"), "dim")), width))
    if likes := _likes(memory):
        lines.append(fit(((likes, "text"),), width))
    if memory.contacts:
        curve = "".join(feeling_bar(contact) for contact in reversed(memory.contacts))
        lines.append(fit(((curve, "warn"), (" " + t("memory.curve", n=len(memory.contacts)), "dim")), width))
    return lines


def _reach(memory: Memory, bare: Bare) -> list[tuple[str, bool]]:
    """Numbers and addresses, masked but for what is revealed, which is marked."""
    known = [(one.kind, one.shown) for one in memory.identities]
    if memory.customer.address:
        known.append(("address", memory.customer.address))
    return [(shown, True) if shown in bare.values() else (masked(kind, shown), False) for kind, shown in known]


def _likes(memory: Memory) -> str:
    newest = {liked.key: liked.value for liked in reversed(memory.preferences)}
    likes = [f"{t(f'preference.{key}') if has(f'preference.{key}') else key} {value}" for key, value in newest.items()]
    return shared_text(" · ".join([*likes, *(f"#{tag.tag}" for tag in memory.tags)]), (memory.customer.name,))


def quick_facts(memory: Memory, bare: Bare) -> str:
    """What another program asks for, a line each: name, reach, orders and spend, the latest order. Masked as shown."""
    bought = memory.standing.summary
    lines = [shown_name(memory.customer.name), *(text for text, _ in _reach(memory, bare))]
    if bought.orders:
        spent = money.format_money(bought.spent, bought.currency, language())
        lines.append(f"{t(f'segment.{memory.standing.segment}')} · {t('memory.orders', n=bought.orders)} · {spent}")
    if memory.purchases:
        last = memory.purchases[0]
        lines.append(f"{last.order_no} {last.product} {last.option}".strip())
    return "\n".join(lines)


class PersonHead(Painted):
    """The head of the page."""

    def __init__(self, zone: tzinfo, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._zone = zone
        self._shown: tuple[Memory, int] | None = None
        self.bare: Bare = {}

    def read(self, memory: Memory, now: int) -> None:
        """Show what is remembered of a person."""
        self._shown = (memory, now)
        self.lay_out()

    def unmask(self, bare: Bare) -> None:
        """Show these fields whole, and every other masked."""
        self.bare = {} if sharing() else dict(bare)
        self.lay_out()

    def lines_for(self, width: int) -> Sequence[Line]:
        """The head in this width."""
        return person_lines(self._shown[0], self.bare, self._shown[1], width) if self._shown else ()

    def show(self, lines: Sequence[Line]) -> None:
        """Show lines and take exactly their height."""
        if len(lines) != len(self.lines):
            self.styles.height = len(lines) + 2
        super().show(lines)
