"""What was said in a ticket, as lines: who, when, and what happened between. No Textual, for the command line too."""

import json
from datetime import tzinfo

from cxdesk.domain import moments
from cxdesk.domain.order import URGENCIES
from cxdesk.domain.records import Message, Ticket
from cxdesk.domain.views import Sounds, Thread
from cxdesk.domain.words import Emotion, MessageKind, Topic
from cxdesk.i18n import has, language, t
from cxdesk.widgets.lines import Line, marked, paragraph
from cxdesk.widgets.privacy import shared_text

__all__ = ["event_text", "thread_lines"]

_ROLES = {
    MessageKind.CUSTOMER: "text",
    MessageKind.REPLY: "ours",
    MessageKind.NOTE: "quote",
    MessageKind.EVENT: "event",
}


def thread_lines(thread: Thread, width: int, zone: tzinfo, now: int, sounds: Sounds | None = None) -> list[Line]:
    """The conversation in lines of at most ``width`` cells, oldest first, with a line where the day changes."""
    lines: list[Line] = []
    day = ""
    for message in thread.messages:
        if (today := moments.day(message.at, zone, language(), now)) != day:
            day = today
            lines.append(((f"── {day} ", "dim"),))
        heard = sounds if sounds and sounds.message_id == message.id else None
        lines += _entry(message, thread, width, zone, now, heard)
    for promise in thread.promises:
        if promise.state == "open":
            due = moments.when(promise.due_at, zone, language(), now)
            role = "bad" if promise.due_at < now else "good"
            lines += paragraph(t("thread.promise", when=due, what=promise.what), role, width, indent="  ", first="» ")
    return lines


def _entry(message: Message, thread: Thread, width: int, zone: tzinfo, now: int, heard: Sounds | None) -> list[Line]:
    at = moments.clock(message.at, zone, language())
    if message.kind is MessageKind.EVENT:
        text = event_text(message.body, thread.names.get(message.agent_id or ""), zone, now)
        return paragraph(f"{at} {text}", "event", width)
    who = t(f"thread.{message.kind}")
    if message.kind is not MessageKind.CUSTOMER and (name := thread.names.get(message.agent_id or "")):
        who = f"{name} · {who}" if message.kind is MessageKind.NOTE else name
    head: Line = ((f"{at} ", "dim"), (who, "strong" if message.kind is MessageKind.CUSTOMER else "dim"))
    body, role = _shown(message.body, thread), _ROLES[message.kind]
    if heard is None:
        return [head, *paragraph(body, role, width, indent="  "), ()]
    # What is masked is no longer where it was, and is not pointed at.
    spans = heard.spans if body == message.body else ()
    said = marked(body, role, spans, "heard", width, indent="  ")
    like = sounds_like(heard, thread.ticket)
    return [head, *said, *(paragraph(like, "dim", width, indent="  ") if like else ()), ()]


def sounds_like(heard: Sounds, ticket: Ticket) -> str:
    """What the words sound like, in words; nothing of what the agent has settled already."""
    parts = []
    if heard.emotion is not None and ticket.emotion is None:
        level = " " + "▪" * heard.intensity if heard.intensity else ""
        n = list(Emotion).index(heard.emotion) + 1
        parts.append(t("thread.sounds", emotion=t(f"emotion.{heard.emotion}") + level, n=heard.confidence, key=n))
    if heard.topic is not None and ticket.topic is Topic.OTHER and heard.topic is not Topic.OTHER:
        parts.append(t(f"topic.{heard.topic}"))
    if heard.urgency:
        parts.append(t(f"urgency.{URGENCIES[heard.urgency]}"))
    if heard.abuse:
        parts.append(t("thread.abuse"))
    return " · ".join(parts)


def _shown(body: str, thread: Thread) -> str:
    """What was said as it may be seen now."""
    return shared_text(body, (thread.customer.name,) if thread.customer else ())


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
