"""The conversation of a ticket: who said what, when, and what happened in between."""

import json
from collections.abc import Sequence
from datetime import tzinfo

from cxdesk.domain import moments
from cxdesk.domain.records import Message
from cxdesk.domain.views import Thread
from cxdesk.domain.words import MessageKind
from cxdesk.i18n import has, language, t
from cxdesk.widgets.lines import Line, paragraph
from cxdesk.widgets.paint import Painted

__all__ = ["ThreadView", "event_text", "thread_lines"]

_ROLES = {
    MessageKind.CUSTOMER: "text",
    MessageKind.REPLY: "ours",
    MessageKind.NOTE: "quote",
    MessageKind.EVENT: "event",
}


def thread_lines(thread: Thread, width: int, zone: tzinfo, now: int) -> list[Line]:
    """The conversation in lines of at most ``width`` cells, oldest first, with a line where the day changes."""
    lines: list[Line] = []
    day = ""
    for message in thread.messages:
        if (today := moments.day(message.at, zone, language(), now)) != day:
            day = today
            lines.append(((f"── {day} ", "dim"),))
        lines += _entry(message, thread, width, zone, now)
    for promise in thread.promises:
        if promise.state == "open":
            due = moments.when(promise.due_at, zone, language(), now)
            role = "bad" if promise.due_at < now else "good"
            lines += paragraph(t("thread.promise", when=due, what=promise.what), role, width, indent="  ", first="» ")
    return lines


def _entry(message: Message, thread: Thread, width: int, zone: tzinfo, now: int) -> list[Line]:
    at = moments.clock(message.at, zone, language())
    if message.kind is MessageKind.EVENT:
        text = event_text(message.body, thread.names.get(message.agent_id or ""), zone, now)
        return paragraph(f"{at} {text}", "event", width)
    who = t(f"thread.{message.kind}")
    if message.kind is not MessageKind.CUSTOMER and (name := thread.names.get(message.agent_id or "")):
        who = f"{name} · {who}" if message.kind is MessageKind.NOTE else name
    head: Line = ((f"{at} ", "dim"), (who, "strong" if message.kind is MessageKind.CUSTOMER else "dim"))
    return [head, *paragraph(message.body, _ROLES[message.kind], width, indent="  "), ()]


def event_text(body: str, name: str | None, zone: tzinfo, now: int) -> str:
    """The sentence of an event code; an unknown one, from a later version, shows its code."""
    try:
        event = json.loads(body)
        code, until = str(event["code"]), event.get("until")
    except (ValueError, KeyError, TypeError, AttributeError):
        return body
    if code == "held":
        if not isinstance(until, int):
            return t("event.held_for_reply", name=name or "?")
        return t("event.held_until", name=name or "?", when=moments.when(until, zone, language(), now))
    return t(f"event.{code}", name=name or "?") if has(f"event.{code}") else code


class ThreadView(Painted):
    """The open ticket's conversation, scrolled to what was said last."""

    def __init__(self, zone: tzinfo, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._zone = zone
        self._thread: Thread | None = None
        self._now = 0

    def read(self, thread: Thread | None, now: int, *, keep: bool = False) -> None:
        """Show a ticket; ``keep`` stays where the reader scrolled to."""
        self._thread, self._now = thread, now
        self.lay_out()
        if not keep:
            self.scroll_to_row(len(self.lines))

    def lines_for(self, width: int) -> Sequence[Line]:
        """The conversation in this width."""
        if self._thread is None:
            return [(), *paragraph(t("thread.welcome"), "dim", width, indent=" ")]
        return thread_lines(self._thread, width, self._zone, self._now)
