"""The library of lines: looking at all of them, and finding one while writing."""

from functools import partial
from typing import TYPE_CHECKING

from cxdesk.keys import Command
from cxdesk.screens.acts.talk import put_line

if TYPE_CHECKING:
    from cxdesk.screens.desk import DeskScreen

__all__ = ["ACTS"]


async def go_lines(desk: "DeskScreen", command: Command) -> None:
    """Every line to say, and the shop's own wording of it."""
    from cxdesk.screens.lines import LineLibrary

    if desk.lines is None:
        desk.say("lines.not_read_yet")
        return
    desk.draft.keep()
    desk.run_worker(partial(_look_back, desk), thread=True, group="lines", exclusive=True, exit_on_error=False)
    await desk.performer.ask(LineLibrary(desk.desk, desk.lines, desk.look))
    desk.come_back(None)


def _look_back(desk: "DeskScreen") -> None:
    """How lines fared up to now, read on a thread; the figures are there when the next line is looked at."""
    if desk.phrases is None:
        return
    reader = desk.desk.store.reader()
    try:
        desk.phrases.learn(reader, desk.desk.clock(), desk.desk.settings.lines)
    finally:
        reader.close()


async def find_line(desk: "DeskScreen", command: Command) -> None:
    """A line by a few of its letters, into the reply."""
    from cxdesk.screens.find_line import FindLine

    if desk.lines is None:
        desk.say("lines.not_read_yet")
        return
    if desk.look is None and (ticket := desk.target()) is not None:
        desk.open_ticket(ticket.id)
    if desk.look is None:
        return
    found = await desk.performer.ask(FindLine(desk.desk, desk.lines, desk.look))
    if found is not None:
        put_line(desk, *found)


ACTS = {"go_lines": go_lines, "find_line": find_line}
