"""What each key does on the desk: one short function an action, grouped by what it is about.

An act takes the screen and the command, calls one verb of the desk and hands the change back to the screen. An act
that asks something first is a coroutine.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from cxdesk.actions import ACTIONS, FEELINGS, Action, Place
from cxdesk.domain.records import Ticket
from cxdesk.domain.words import Status
from cxdesk.keys import Command
from cxdesk.screens.acts import care, go, order, serve, talk, walk

if TYPE_CHECKING:
    from cxdesk.screens.desk import DeskScreen

__all__ = ["ACTS", "FEELINGS", "Act", "bar_actions", "key_name"]

Act = Callable[["DeskScreen", Command], Awaitable[None] | None]

ACTS: Mapping[str, Act] = walk.ACTS | serve.ACTS | talk.ACTS | care.ACTS | order.ACTS | go.ACTS

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
