"""How the desk's parts stand: side by side, one at a time or in a drawer, and which of them keys go to."""

from contextlib import ExitStack
from typing import Self

from textual.app import ComposeResult
from textual.events import ScreenResume
from textual.geometry import Region, Size
from textual.screen import Screen
from textual.widget import Widget

from cxdesk.desk import Desk
from cxdesk.screens.ticket import TicketPane
from cxdesk.widgets.bars import KeyBar, StatusBar
from cxdesk.widgets.memory import MemoryPanel
from cxdesk.widgets.paint import Painted
from cxdesk.widgets.queue import QueueList
from cxdesk.widgets.scripts import ScriptPanel

__all__ = ["DeskLayout"]

_NARROW, _DRAWERS, _WIDE = 90, 116, 160


class DeskLayout(Screen[None]):
    """The parts of the desk and their places; ``in_ticket`` is whether keys go to the ticket rather than the queue."""

    DEFAULT_CSS = """
    DeskLayout { background: $desk-back; layout: vertical; }
    DeskLayout StatusBar { height: 1; background: $desk-bar; }
    DeskLayout KeyBar { height: 1; background: $desk-bar; }
    DeskLayout #body { height: 1fr; layout: horizontal; }
    DeskLayout #queue, DeskLayout MemoryPanel, DeskLayout ScriptPanel {
        border: round $desk-edge; border-title-color: $desk-dim;
    }
    DeskLayout #queue { width: 45; }
    DeskLayout #side { width: 35; layout: vertical; }
    DeskLayout MemoryPanel { height: 3fr; }
    DeskLayout ScriptPanel { height: 2fr; }
    DeskLayout.on-scripts ScriptPanel, DeskLayout.on-memory MemoryPanel {
        border: round $desk-accent; border-title-color: $desk-accent; }
    DeskLayout.wide #queue { width: 56; }
    DeskLayout.wide #side { width: 84; layout: horizontal; }
    DeskLayout.wide MemoryPanel { width: 42; height: 100%; }
    DeskLayout.wide ScriptPanel { width: 42; height: 100%; }
    DeskLayout.drawers #queue { width: 38; }
    DeskLayout.drawers #side { display: none; dock: right; width: 44; }
    DeskLayout.drawers.drawer #side { display: block; }
    DeskLayout.drawers.drawer.on-ticket #queue { display: none; }
    DeskLayout.drawers.drawer-memory ScriptPanel { display: none; }
    DeskLayout.drawers.drawer-memory MemoryPanel { height: 100%; }
    DeskLayout.drawers.drawer-scripts MemoryPanel { display: none; }
    DeskLayout.drawers.drawer-scripts ScriptPanel { height: 100%; }
    DeskLayout.narrow AdviceLine { height: 1; }
    DeskLayout.narrow #queue { width: 100%; }
    DeskLayout.narrow #ticket { width: 100%; display: none; }
    DeskLayout.narrow.on-ticket #queue { display: none; }
    DeskLayout.narrow.on-ticket #ticket { display: block; }
    """
    AUTO_FOCUS = ""  # only text fields take focus; every other key comes to the screen

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.in_ticket = False
        self._fitted = Size()
        self._seen = False
        self.queue = QueueList(desk.read, id="queue")
        self.pane = TicketPane(desk.zone, id="ticket")
        self.memory = MemoryPanel(desk.zone, id="memory")
        self.scripts = ScriptPanel(id="scripts")
        self.status = StatusBar(id="status")
        self.bar = KeyBar(id="bar")

    def compose(self) -> ComposeResult:
        """Painted widgets; the one text area comes later."""
        yield self.status
        with Widget(id="body"):
            yield self.queue
            yield self.pane
            with Widget(id="side"):
                yield self.memory
                yield self.scripts
        yield self.bar

    def fit(self, size: Size) -> bool:
        """Queue or ticket on a small screen, memory and lines in a drawer on a middling one, then all side by side.

        Whether the size is a new one: Textual tells the same several times while it starts.
        """
        if size == self._fitted:
            return False
        self._fitted = size
        self.set_class(size.width < _NARROW, "narrow")
        self.set_class(size.width < _DRAWERS, "drawers")
        self.hold(self.in_ticket)
        self.set_class(size.width >= _WIDE, "wide")
        return True

    def on_screen_resume(self, event: ScreenResume) -> None:
        """The first time, everything has just been styled, and its layout paints it: once is enough."""
        if not self._seen:
            event.refresh_styles = False
            opening = ExitStack()
            opening.enter_context(self.app.batch_update())
            opening.callback(setattr, self, "_seen", True)
            self.call_next(opening.close)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint again, but not before the first layout has painted everything."""
        if not self._seen and not layout and not recompose:
            return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def hold(self, in_ticket: bool) -> None:
        """Give the keys to the open ticket or to the queue; a bar before the one that has them shows it.

        The screen is classed only where that changes the layout: a class restyles and repaints everything it touches.
        """
        self.in_ticket = in_ticket
        self.queue.hold(not in_ticket)
        self.pane.head.hold(in_ticket)
        self.set_class(in_ticket and self.has_class("drawers"), "on-ticket")

    # -- drawers

    def panel_in_hand(self) -> Painted | None:
        """The side panel that up and down scroll now, if any."""
        if self.has_class("on-memory") or self.has_class("drawer-memory"):
            return self.memory
        return self.scripts if self.has_class("on-scripts") else None

    def drawer(self, name: str) -> bool:
        """On a small screen, show or hide the memory or the lines; whether it is now shown."""
        shown = self.has_class(f"drawer-{name}")
        self.close_drawer()
        if not shown:
            self.add_class("drawer", f"drawer-{name}")
        return not shown

    def close_drawer(self) -> bool:
        """Hide the drawer; whether one was open."""
        had = self.has_class("drawer")
        self.remove_class("drawer", "drawer-memory", "drawer-scripts")
        return had

    def give_digits_to_lines(self, on: bool) -> None:
        """Whether digits insert lines even while keys go to the queue."""
        self.set_class(on, "on-scripts")
