"""The one table of everything that can be done with a key.

Bindings, key bar, palette, help, the README's key table and ``config/keymap.toml`` are views of ``ACTIONS``. Labels
are in the catalogues under ``action.<id>``, with one line of help under ``action.<id>.help``.
"""

from collections.abc import Callable
from enum import StrEnum

from cxdesk.domain.records import Ticket
from cxdesk.domain.values import dataclass
from cxdesk.domain.words import Status

__all__ = ["ACTIONS", "BY_ID", "Action", "Group", "Place", "Situation", "why_not"]


class Group(StrEnum):
    """The headings of help, palette and key table."""

    MOVE = "move"
    SERVE = "serve"
    TALK = "talk"
    CARE = "care"
    ORDER = "order"
    GO = "go"
    PROGRAM = "program"


class Place(StrEnum):
    """Where an action's keys are listened to."""

    LIST = "list"
    DESK = "desk"
    COMPOSE = "compose"
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do. ``keys`` are characters, Textual key names, or two of them for a sequence (``g q``).

    ``bar`` is its place in the key bar (smaller first), ``None`` to leave it out.
    """

    id: str
    group: Group
    keys: tuple[str, ...]
    place: Place = Place.DESK
    bar: int | None = None
    counted: bool = False


ACTIONS: tuple[Action, ...] = (
    Action("down", Group.MOVE, ("j", "down"), Place.LIST, counted=True),
    Action("up", Group.MOVE, ("k", "up"), Place.LIST, counted=True),
    Action("page_down", Group.MOVE, ("pagedown",), Place.LIST, counted=True),
    Action("page_up", Group.MOVE, ("pageup",), Place.LIST, counted=True),
    Action("top", Group.MOVE, ("home",), Place.LIST),
    Action("bottom", Group.MOVE, ("end",), Place.LIST),
    Action("select", Group.MOVE, ("x", "space"), Place.LIST),
    Action("open", Group.MOVE, ("enter",), Place.LIST, bar=1),
    Action("back", Group.MOVE, ("escape",), Place.ANYWHERE, bar=20),
    Action("scroll_up", Group.MOVE, ("shift+up", "<")),
    Action("scroll_down", Group.MOVE, ("shift+down", ">")),
    Action("next", Group.SERVE, ("n",), bar=2),
    Action("new", Group.SERVE, ("c",), bar=12),
    Action("resolve", Group.SERVE, ("e", "f8"), bar=7),
    Action("hold", Group.SERVE, ("b", "f9"), bar=8),
    Action("left", Group.SERVE, ("d",)),
    Action("reply", Group.TALK, ("r", "f6"), bar=3),
    Action("note", Group.TALK, ("m", "f7")),
    Action("line", Group.TALK, ("1", "2", "3", "4", "5", "6", "7", "8", "9"), bar=4),
    Action("scripts", Group.TALK, ("s", "f5")),
    Action("find_line", Group.TALK, ("ctrl+t", ";"), Place.COMPOSE, bar=3),
    Action("send", Group.TALK, ("ctrl+s", "f12"), Place.COMPOSE, bar=1),
    Action("better", Group.TALK, ("tab",), Place.COMPOSE, bar=2),
    Action("stage_back", Group.TALK, ("[",)),
    Action("stage_on", Group.TALK, ("]",)),
    Action("emotion", Group.TALK, ("h",), bar=11),
    Action("wait", Group.CARE, ("w",), bar=5),
    Action("call_back", Group.CARE, ()),
    Action("promise", Group.CARE, ("f", "f10"), bar=6),
    Action("settle_promise", Group.CARE, (".",)),
    Action("memory", Group.CARE, ("i", "f2")),
    Action("copy", Group.CARE, ("y",)),
    Action("remember", Group.CARE, ("=",)),
    Action("prefer", Group.CARE, ("-",)),
    Action("who", Group.CARE, ("o",)),
    Action("kindness", Group.CARE, ("+",)),
    Action("feedback", Group.CARE, ("q",)),
    Action("voice", Group.CARE, ("v",)),
    Action("part", Group.CARE, ()),
    Action("assign", Group.ORDER, ("a",)),
    Action("priority", Group.ORDER, ("p",)),
    Action("tags", Group.ORDER, ("t",)),
    Action("topic", Group.ORDER, (",",)),
    Action("why", Group.ORDER, ("l",)),
    Action("incident", Group.ORDER, ("!",)),
    Action("undo", Group.ORDER, ("z",), bar=30),
    Action("go_queue", Group.GO, ("g q",)),
    Action("go_customers", Group.GO, ("g c",)),
    Action("go_promises", Group.GO, ("g f",)),
    Action("go_morning", Group.GO, ("g t",)),
    Action("go_incidents", Group.GO, ("g i",)),
    Action("go_honesty", Group.GO, ("g h",)),
    Action("practice", Group.GO, ("g p",)),
    Action("duplicates", Group.GO, ("g m",)),
    Action("go_staffing", Group.GO, ("g w",)),
    Action("go_lines", Group.GO, ("g l",)),
    Action("go_team", Group.GO, ("g k",)),
    Action("go_insights", Group.GO, ("g d",)),
    Action("go_journey", Group.GO, ("g j",)),
    Action("go_voices", Group.GO, ("g v",)),
    Action("go_together", Group.GO, ("g s",)),
    Action("search", Group.GO, ("/", "f3"), bar=9),
    Action("duty", Group.PROGRAM, ("u",)),
    Action("palette", Group.PROGRAM, ("ctrl+p",), Place.ANYWHERE),
    Action("help", Group.PROGRAM, ("?", "f1"), bar=10),
    Action("import", Group.PROGRAM, ()),
    Action("past_imports", Group.PROGRAM, ()),
    Action("forget_heard", Group.PROGRAM, ()),
    Action("connect", Group.PROGRAM, ()),
    Action("disconnect", Group.PROGRAM, ()),
    Action("share", Group.PROGRAM, ("f4",)),
    Action("theme", Group.PROGRAM, ()),
    Action("language", Group.PROGRAM, ()),
    Action("quit", Group.PROGRAM, ("ctrl+q",), Place.ANYWHERE),
)

BY_ID = {action.id: action for action in ACTIONS}

FEELINGS: dict[str, int] = {
    name: number
    for number, pair in enumerate(zip("123456", "¡™£¢∞§", strict=True))
    for name in (f"alt+{pair[0]}", pair[1])
}
"""The six emotions on Alt and a digit. Without the kitty protocol Textual reports what Option+digit types on a Mac."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides whether an action can be done: the ticket it would be done to, and what is at hand."""

    ticket: Ticket | None = None
    waiting: int = 0
    lines: int = 0
    sayable: bool = False
    writing: bool = False
    findings: int = 0


def _needs_ticket(now: Situation) -> str | None:
    return None if now.ticket else "no_ticket"


def _needs_customer(now: Situation) -> str | None:
    return _needs_ticket(now) or (None if now.ticket and now.ticket.customer_id else "no_customer")


def _needs_status(*allowed: Status) -> Callable[[Situation], str | None]:
    def check(now: Situation) -> str | None:
        if now.ticket is None:
            return "no_ticket"
        return None if now.ticket.status in allowed else f"is_{now.ticket.status}"

    return check


_NEEDS: dict[str, Callable[[Situation], str | None]] = {
    "next": lambda now: None if now.waiting else "nobody_waits",
    "resolve": _needs_status(Status.WAITING, Status.ACTIVE, Status.PENDING, Status.RESOLVED),
    "hold": _needs_status(Status.WAITING, Status.ACTIVE),
    "left": _needs_status(Status.WAITING),
    "wait": _needs_status(Status.WAITING),
    "call_back": _needs_status(Status.WAITING),
    "why": _needs_status(Status.WAITING),
    "line": lambda now: _needs_ticket(now) or (None if now.lines else "no_lines"),
    "copy": lambda now: None if now.sayable else "nothing_to_say",
    "send": lambda now: None if now.writing else "nothing_written",
    "better": lambda now: None if now.findings else "nothing_found",
    "remember": _needs_customer,
    "prefer": _needs_customer,
    "part": _needs_customer,
} | dict.fromkeys(
    (
        "reply",
        "note",
        "promise",
        "settle_promise",
        "emotion",
        "find_line",
        "stage_back",
        "stage_on",
        "assign",
        "priority",
        "tags",
        "topic",
        "who",
    ),
    _needs_ticket,
)


def why_not(action_id: str, now: Situation) -> str | None:
    """Why an action cannot be done now, as the code of a sentence (``cannot.<code>``), or ``None`` when it can."""
    check = _NEEDS.get(action_id)
    return check(now) if check else None
