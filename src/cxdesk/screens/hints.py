"""Which keys the bar at the foot names, and how a key is written."""

from cxdesk.actions import ACTIONS, Action, Place
from cxdesk.domain.records import Ticket
from cxdesk.domain.words import Status

__all__ = ["bar_actions", "key_name"]

_BEGINS = (Status.WAITING, Status.PENDING)
_NAMES = {
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "up": "↑",
    "down": "↓",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
    "shift+up": "Shift+↑",
    "shift+down": "Shift+↓",
}


def key_name(keys: tuple[str, ...]) -> str:
    """How the first of an action's keys is written: ``^S``, ``F5``, ``1-9``."""
    if keys[:2] == ("1", "2"):
        return f"{keys[0]}-{keys[-1]}"
    key = keys[0]
    if key.startswith("ctrl+"):
        return "^" + key[5:].upper()
    return _NAMES.get(key, key.upper() if key[0] == "f" and key[1:].isdigit() else key)


def bar_actions(place: Place | None, ticket: Ticket | None) -> list[tuple[Action, str]]:
    """The actions the key bar shows, in its order, each with the key of its label.

    Those of the composer while writing (``place``); else the desk's, where Enter begins to serve the open ``ticket``.
    """
    shown = [action for action in ACTIONS if action.bar is not None]
    if place is Place.COMPOSE:
        shown = [action for action in shown if action.place in (Place.COMPOSE, Place.ANYWHERE)]
    else:
        left_out = {"back"} if ticket is None else {"open"} if ticket.status not in _BEGINS else set()
        shown = [action for action in shown if action.place is not Place.COMPOSE and action.id not in left_out]
    shown.sort(key=lambda action: action.bar or 0)
    labels = {"open": "action.open.begin"} if ticket is not None else {}
    return [(action, labels.get(action.id, f"action.{action.id}.short")) for action in shown]
