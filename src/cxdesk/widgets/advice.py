"""The line under a reply that is being written: what would hurt in it, why, and what could be said instead."""

from collections.abc import Sequence
from typing import NamedTuple

from cxdesk.domain.inert import inert_line
from cxdesk.i18n import t
from cxdesk.widgets.lines import Line, fit, width_of
from cxdesk.widgets.paint import Painted

__all__ = ["Advice", "AdviceLine", "advice_lines"]


class Advice(NamedTuple):
    """One finding as it is shown: its code, the words it is about, what to say instead, which of how many it is.

    ``does`` says what the key does about it: ``write`` the better words, ``promise`` what was said, or ``show`` where.
    """

    code: str
    said: str
    better: str
    does: str
    nth: int = 1
    of: int = 1
    grave: bool = False


def advice_lines(advice: Advice | None, key: str, width: int, rows: int) -> list[Line]:
    """The advice on one row, or on two where the row is narrow: why above, what the key does below.

    The words it is about are repeated only where they fit; they are underlined in the text as well.
    """
    if advice is None:
        return [()] * rows
    count: Line = ((f" {advice.nth}/{advice.of}", "dim"),) if advice.of > 1 else ()
    does: Line = ((f"  {key} ", "key"), (t(f"advice.{advice.does}", better=inert_line(advice.better)), "good"))
    if rows > 1:
        return [(*_why(advice, width - width_of(count)), *count), fit(does, width)]
    room = width - width_of(count)
    why = _why(advice, min(room, max(width // 2, room - width_of(does))))
    return [(*why, *fit(does, room - width_of(why)), *count)]


def _why(advice: Advice, width: int) -> Line:
    mark, why = ("! ", "bad" if advice.grave else "warn"), (t(f"advice.{advice.code}"), "text")
    said = (t("advice.said", said=inert_line(advice.said)) + " ", "strong")
    return (mark, said, why) if width_of((mark, said, why)) <= width else fit((mark, why), width)


class AdviceLine(Painted):
    """Shows one advice at a time; its height never depends on whether there is one."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._advice: Advice | None = None
        self._key = ""

    def read(self, advice: Advice | None, key: str) -> None:
        """Show this advice, or nothing."""
        self._advice, self._key = advice, key
        self.lay_out()

    def lines_for(self, width: int) -> Sequence[Line]:
        """The advice in this width."""
        return advice_lines(self._advice, self._key, width, max(1, self.size.height))
