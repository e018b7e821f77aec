"""Every action by name, with its key and, where it cannot be done now, the reason."""

from collections.abc import Sequence

from cxdesk.actions import ACTIONS, Action, Situation, why_not
from cxdesk.hangul.jamo import initials, to_jamo
from cxdesk.i18n import t
from cxdesk.keys import KeyMap
from cxdesk.screens.pick import Pick
from cxdesk.widgets.lines import Line, column

__all__ = ["Palette"]

_HIDDEN = frozenset({"line", "down", "up", "page_up", "page_down", "top", "bottom", "palette", "back"})


class Palette(Pick[str]):
    """Answers the id of an action that can be done now."""

    PLACEHOLDER = "palette.placeholder"

    def __init__(self, keymap: KeyMap, now: Situation) -> None:
        super().__init__(t("palette.title"))
        self._keymap = keymap
        self._now = now

    def find(self, text: str) -> Sequence[Action]:
        """Actions whose label, 초성 or help contains the text: those that can be done first, by name before by help."""
        wanted = to_jamo(text.casefold().strip())
        named = [action for action in ACTIONS if action.id not in _HIDDEN and _is_named(action, wanted)]
        helped = [action for action in ACTIONS if action.id not in _HIDDEN and _is_for(action, wanted)]
        found = dict.fromkeys([*named, *helped])
        return sorted(found, key=lambda action: why_not(action.id, self._now) is not None)

    def line(self, item: Action) -> Line:
        """Key, label, and why not or what for."""
        from cxdesk.screens.hints import key_name

        keys = self._keymap.keys[item.id]
        reason = why_not(item.id, self._now)
        note = t(f"cannot.{reason}") if reason else t(f"action.{item.id}.help")
        return (
            (column(key_name(keys) if keys else "", 9), "key" if reason is None else "dim"),
            (column(t(f"action.{item.id}"), 24), "strong" if reason is None else "dim"),
            (note, "dim"),
        )

    def answer(self, item: Action) -> str | None:
        """The action, unless it cannot be done."""
        return item.id if why_not(item.id, self._now) is None else None


def _is_named(action: Action, wanted: str) -> bool:
    label = t(f"action.{action.id}").casefold()
    return any(wanted in text for text in (to_jamo(label), initials(label), action.id))


def _is_for(action: Action, wanted: str) -> bool:
    return wanted in to_jamo(t(f"action.{action.id}.help")).casefold()
