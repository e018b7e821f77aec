"""Moving about: the cursor, marks, opening, going back, scrolling."""

from typing import TYPE_CHECKING

from cxdesk.domain.words import Status
from cxdesk.keys import Command
from cxdesk.screens.acts import serve

if TYPE_CHECKING:
    from cxdesk.screens.desk import DeskScreen

__all__ = ["ACTS"]


def down(desk: "DeskScreen", command: Command) -> None:
    """Next row, or down the conversation of the open ticket."""
    _move(desk, command.count)


def up(desk: "DeskScreen", command: Command) -> None:
    """Previous row."""
    _move(desk, -command.count)


def _move(desk: "DeskScreen", by: int) -> None:
    if panel := desk.panel_in_hand():
        panel.scroll_by(by)
    elif desk.in_ticket:
        desk.pane.conversation.scroll_by(by)
    else:
        desk.queue.move(by)
        desk.refresh_bar()


def page_down(desk: "DeskScreen", command: Command) -> None:
    """A screen further."""
    _page(desk, command.count)


def page_up(desk: "DeskScreen", command: Command) -> None:
    """A screen back."""
    _page(desk, -command.count)


def _page(desk: "DeskScreen", by: int) -> None:
    if panel := desk.panel_in_hand():
        panel.scroll_by(by * max(1, panel.size.height - 1))
    elif desk.in_ticket:
        desk.pane.conversation.scroll_by(by * max(1, desk.pane.conversation.size.height - 1))
    else:
        desk.queue.page(by)


def top(desk: "DeskScreen", command: Command) -> None:
    """The first row."""
    _move(desk, -1_000_000)


def bottom(desk: "DeskScreen", command: Command) -> None:
    """The last row."""
    _move(desk, 1_000_000)


def select(desk: "DeskScreen", command: Command) -> None:
    """Mark the row; every verb then acts on the marked ones."""
    desk.queue.toggle_mark()
    desk.refresh_bar()


def open_(desk: "DeskScreen", command: Command) -> None:
    """Open the row under the cursor; in an open ticket that waits, begin to serve it."""
    if desk.in_ticket and desk.look:
        if desk.look.thread.ticket.status in (Status.WAITING, Status.PENDING):
            serve.take(desk, [desk.look.thread.ticket.id])
    elif desk.queue.current:
        desk.open_ticket(desk.queue.current)


def back(desk: "DeskScreen", command: Command) -> None:
    """One step back: the drawer, the marks, the lines, the ticket."""
    if desk.close_drawer():
        return
    if desk.queue.unmark():
        desk.refresh_bar()
    elif desk.has_class("on-memory"):
        desk.remove_class("on-memory")
    elif desk.has_class("on-scripts"):
        desk.give_digits_to_lines(False)
    elif desk.in_ticket:
        desk.close_ticket()


def scroll_up(desk: "DeskScreen", command: Command) -> None:
    """Up the conversation, wherever keys go."""
    desk.pane.conversation.scroll_by(-3)


def scroll_down(desk: "DeskScreen", command: Command) -> None:
    """Down the conversation."""
    desk.pane.conversation.scroll_by(3)


ACTS = {
    "down": down,
    "up": up,
    "page_down": page_down,
    "page_up": page_up,
    "top": top,
    "bottom": bottom,
    "select": select,
    "open": open_,
    "back": back,
    "scroll_up": scroll_up,
    "scroll_down": scroll_down,
}
