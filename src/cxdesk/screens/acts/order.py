"""Keeping the queue in order: who has it, how urgent, about what, why here, and the way back."""

from typing import TYPE_CHECKING

from cxdesk.desk import Stale
from cxdesk.domain.changes import Change, Delete
from cxdesk.domain.words import Priority, Topic
from cxdesk.i18n import t
from cxdesk.keys import Command
from cxdesk.screens.acts.serve import tell
from cxdesk.screens.dialogs import Choose, Write

if TYPE_CHECKING:
    from cxdesk.screens.desk import DeskScreen

__all__ = ["ACTS"]


async def assign(desk: "DeskScreen", command: Command) -> None:
    """Hand over to a colleague, or to nobody."""
    ids = desk.targets()
    nobody = ("0", t("assign.nobody"), "")
    agents = [(str(i), agent.name, agent.id) for i, agent in enumerate(desk.desk.read.agents()[:9], 1)]
    answer = await desk.performer.ask(Choose(t("ask.assign"), [*agents, nobody]))
    if answer is not None:
        tell(desk, desk.desk.assign(ids, answer or None), "did.assign")
        desk.queue.unmark()


async def priority(desk: "DeskScreen", command: Command) -> None:
    """How soon it must be served."""
    ids = desk.targets()
    options = [(str(i), t(f"priority.{level}"), level) for i, level in enumerate(Priority, 1)]
    level = await desk.performer.ask(Choose(t("ask.priority"), options))
    if level is not None:
        tell(desk, desk.desk.prioritise(ids, level), "did.priority", priority=t(f"priority.{level}"))
        desk.queue.unmark()


async def tags(desk: "DeskScreen", command: Command) -> None:
    """Add a tag, or take it off when all have it."""
    ids = desk.targets()
    word = await desk.performer.ask(Write(t("ask.tag"), placeholder=t("ask.tag_example")))
    if word is not None:
        tell(desk, desk.desk.toggle_tag(ids, word), "did.tag", tag=word.strip().lstrip("#"))
        desk.queue.unmark()


async def topic(desk: "DeskScreen", command: Command) -> None:
    """What it turned out to be about."""
    ids = desk.targets()
    options = [(key, t(f"topic.{about}"), about) for key, about in zip("123456789qw", Topic, strict=True)]
    about = await desk.performer.ask(Choose(t("ask.topic"), options))
    if about is not None:
        tell(desk, desk.desk.about(ids, about), "did.topic", topic=t(f"topic.{about}"))
        desk.queue.unmark()


def why(desk: "DeskScreen", command: Command) -> None:
    """Why this customer stands where they stand."""
    ticket = desk.target()
    if ticket is None:
        return
    place = desk.desk.place_of(ticket.id)
    parts = [t("order.waited", n=place.waited // 60)]
    if place.for_priority:
        parts.append(t("order.priority", priority=t(f"priority.{ticket.priority}"), n=place.for_priority // 60))
    if place.for_segment and ticket.segment:
        parts.append(t("order.segment", segment=t(f"segment.{ticket.segment}"), n=place.for_segment // 60))
    desk.say("order.sentence", parts=" + ".join(parts), n=place.total // 60)


def undo(desk: "DeskScreen", command: Command) -> None:
    """Take the last act back, and be where it was done."""
    desk.keep_draft()
    try:
        inverse = desk.desk.undo()
    except Stale:
        desk.say("cannot.undo_stale")
        return
    if inverse is None:
        desk.say("cannot.undo_nothing")
        return
    desk.changed(inverse)
    touched = inverse.touched("ticket")
    if (said_in := _said_in(inverse)) is not None:
        desk.pane.put_away()  # what was taken back is in the draft in the file, above what was typed since
        desk.open_ticket(said_in)
    elif not desk.in_ticket and len(touched) == 1:
        desk.queue.go(*touched)
    desk.say("did.undo", what=t(f"verb.{inverse.verb}"))


def _said_in(inverse: Change) -> str | None:
    """The ticket whose reply or note was taken back."""
    if inverse.verb not in ("reply", "note"):
        return None
    return next((edit.row["ticket_id"] for edit in inverse.edits if isinstance(edit, Delete)), None)


ACTS = {"assign": assign, "priority": priority, "tags": tags, "topic": topic, "why": why, "undo": undo}
