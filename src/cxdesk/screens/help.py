"""The key table, from the table of actions, with what cannot be done now and why."""

from enum import StrEnum

from textual.app import ComposeResult
from textual.events import Key

from cxdesk.actions import ACTIONS, Group, Situation, why_not
from cxdesk.domain.words import Channel, Emotion, Segment, Topic
from cxdesk.i18n import t
from cxdesk.keys import KeyMap
from cxdesk.screens.dialogs import Dialog
from cxdesk.widgets.lines import Line, column, fit, paragraph
from cxdesk.widgets.paint import Painted

__all__ = ["Help", "help_lines"]


def help_lines(keymap: KeyMap, now: Situation, width: int) -> list[Line]:
    """A heading for each group and a line for each action."""
    from cxdesk.screens.hints import key_name

    lines: list[Line] = []
    for group in Group:
        lines.append(((t(f"group.{group}"), "accent"),))
        for action in ACTIONS:
            if action.group is not group:
                continue
            keys = keymap.keys[action.id]
            names = [key_name(keys)] if keys[:2] == ("1", "2") else [key_name((key,)) for key in keys]
            reason = why_not(action.id, now)
            note = t(f"cannot.{reason}") if reason else t(f"action.{action.id}.help")
            line: Line = (
                ("  " + column(" ".join(names), 14), "key"),
                (column(t(f"action.{action.id}"), 25), "strong" if reason is None else "dim"),
                (note, "dim"),
            )
            lines.append(fit(line, width))
    return [*lines, ((t("help.legend"), "accent"),), *(line for family in _LEGEND for line in _legend(family, width))]


_LEGEND: tuple[tuple[str, type[StrEnum]], ...] = (
    ("channel", Channel),
    ("topic", Topic),
    ("emotion", Emotion),
    ("segment", Segment),
)


def _legend(family: tuple[str, type[StrEnum]], width: int) -> list[Line]:
    """What the short words of the queue stand for."""
    name, words = family
    pairs = [(t(f"{name}.short.{word}"), t(f"{name}.{word}")) for word in words]
    return paragraph(" · ".join(f"{short} {long}" for short, long in pairs if short), "dim", width, indent="  ")


class Page(Painted):
    """A page that scrolls."""

    DEFAULT_CSS = "Page { height: 1fr; background: $desk-bar; }"


class Help(Dialog[None]):
    """The help for this place; any key but the arrows leaves it."""

    DEFAULT_CSS = "Help > Vertical { height: 90%; }"

    def __init__(self, keymap: KeyMap, now: Situation) -> None:
        super().__init__(t("help.title"))
        self._keymap = keymap
        self._now = now
        self._page = Page()

    def compose(self) -> ComposeResult:
        """One page."""
        yield self.box(self._page)

    def on_resize(self) -> None:
        """As wide as there is room."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        self._page.show(help_lines(self._keymap, self._now, self._page.size.width - 1))

    def on_key(self, event: Key) -> None:
        """Arrows scroll."""
        event.stop()
        steps = {"down": 1, "j": 1, "up": -1, "k": -1, "pagedown": 15, "space": 15, "pageup": -15}
        if event.key in steps:
            self._page.scroll_by(steps[event.key])
        else:
            self.dismiss(None)
