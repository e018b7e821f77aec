"""The empathy sidebar: a few lines that fit this moment, each on a digit."""

from collections.abc import Sequence
from typing import Protocol

from cxdesk.i18n import t
from cxdesk.widgets.lines import Line, paragraph
from cxdesk.widgets.paint import Painted
from cxdesk.widgets.privacy import shared_text

__all__ = ["Offered", "ScriptPanel", "script_lines"]


class Offered(Protocol):
    """A line ready to be said (``text``), and the codes of why it is here."""

    @property
    def text(self) -> str: ...  # noqa: D102

    @property
    def why(self) -> tuple[str, ...]: ...  # noqa: D102


def script_lines(
    offers: Sequence[Offered], width: int, *, reasons: bool = False, names: Sequence[str] = ()
) -> list[Line]:
    """The lines numbered from 1, wrapped; with ``reasons`` each says why it is there. On a shared screen ``names`` are
    hidden in them."""
    if not offers:
        return paragraph(t("scripts.none"), "dim", width)
    lines: list[Line] = []
    for number, offer in enumerate(offers[:9], 1):
        rows = paragraph(shared_text(offer.text, names), "text", width, indent="  ")
        head = rows[0][0][0]
        lines.append(((f"{number} ", "key"), (head[2:], "text")))
        lines += rows[1:]
        if reasons and offer.why:
            why = " · ".join(t(f"why.{code}") for code in offer.why)
            lines += paragraph(f"({why})", "dim", width, indent="  ")
    return lines


class ScriptPanel(Painted):
    """The lines on offer."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._offers: Sequence[Offered] | None = None
        self._names: Sequence[str] = ()
        self.reasons = False

    def read(self, offers: Sequence[Offered] | None, names: Sequence[str] = ()) -> None:
        """Offer these lines, with these names in them; ``None`` while they are still being read."""
        self._offers, self._names = offers, names
        self.lay_out()

    def lines_for(self, width: int) -> Sequence[Line]:
        """The lines in this width; nothing before a ticket was opened."""
        if self._offers is None:
            return ()
        return script_lines(self._offers, width, reasons=self.reasons, names=self._names)
