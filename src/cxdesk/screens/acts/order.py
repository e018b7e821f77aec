"""Keeping the queue in order: who has it, how urgent, about what, and the way back."""

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from cxdesk.desk import Stale
from cxdesk.domain.changes import Change, Delete
from cxdesk.domain.words import Priority, Topic
from cxdesk.i18n import t
from cxdesk.keys import Command
from cxdesk.screens.acts.serve import tell
from cxdesk.screens.dialogs import Choose, Write

if TYPE_CHECKING:
    from cxdesk.desk.taking_back import Run
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


def undo(desk: "DeskScreen", command: Command) -> Coroutine[Any, Any, None] | None:
    """Take the last act back, and be where it was done."""
    from cxdesk.desk.taking_back import latest_import

    desk.draft.keep()
    if (run := latest_import(desk.desk)) is not None:
        return _take_back(desk, run)
    _undo_change(desk)
    return None


async def _take_back(desk: "DeskScreen", run: "Run") -> None:
    """The last act brought a file in: that is shown before it is taken back, and while it is."""
    from cxdesk.screens.taking_back import TakeBack

    taken = await desk.performer.ask(TakeBack(desk.desk, run))
    if taken is not None:
        desk.refresh_queue()
        desk.refresh_ticket()
        names = ", ".join(taken.names)
        desk.say("import.taken_back_but" if taken.names else "import.taken_back", **taken._asdict() | {"names": names})


def _undo_change(desk: "DeskScreen") -> None:
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


async def past_imports(desk: "DeskScreen", command: Command) -> None:
    """The files that were brought in, and any of them taken back."""
    from cxdesk.screens.taking_back import PastImports

    while (run := await desk.performer.ask(PastImports(desk.desk))) is not None:
        await _take_back(desk, run)


ACTS = {
    "assign": assign,
    "priority": priority,
    "tags": tags,
    "topic": topic,
    "undo": undo,
    "past_imports": past_imports,
}
