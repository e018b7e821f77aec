"""The desk: the queue, the open ticket, the customer's memory and the words that help, on one screen.

This screen lays out and refreshes. What keys do is in ``screens.acts``: each act calls one verb of the desk and hands
back what changed.
"""

import asyncio
import signal
from collections.abc import Callable
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from textual.app import ComposeResult
from textual.events import DescendantBlur, DescendantFocus, Key, Resize, ScreenResume
from textual.geometry import Region, Size
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import Worker, WorkerState

from cxdesk.actions import FEELINGS, Place, Situation, why_not
from cxdesk.desk import Desk, Done, Fault
from cxdesk.desk.look import Look, look
from cxdesk.domain.changes import Change
from cxdesk.domain.records import Ticket
from cxdesk.domain.words import MessageKind
from cxdesk.i18n import t
from cxdesk.keys import Command, Keyboard, KeyMap
from cxdesk.screens.hints import bar_actions, key_name
from cxdesk.screens.performer import Performer
from cxdesk.screens.status import status_line
from cxdesk.screens.ticket import TicketPane
from cxdesk.widgets.bars import KeyBar, StatusBar, key_line
from cxdesk.widgets.memory import MemoryPanel
from cxdesk.widgets.paint import Painted
from cxdesk.widgets.queue import QueueList
from cxdesk.widgets.scripts import ScriptPanel

if TYPE_CHECKING:
    from cxdesk.desk.phrases import Phrases

__all__ = ["DeskScreen", "Pulse"]

Pulse = Callable[[], bool]
"""Something that lets the world move on; whether anything changed."""

_NARROW, _DRAWERS, _WIDE = 90, 116, 160
_OVER_TEXT = ("ctrl+", "alt+", "f1", "f2", "f3", "f5", "f6", "f7", "f8", "f9", "f10")
"""Keys that reach the desk from inside a text field, unless the field takes them itself."""
_ESTIMATE_MS = 30_000
"""How old an estimate may grow while nothing happens."""
_BREATH_S = 0.15
"""How long the first screen may settle before a thread begins to compete with it for the processor."""
_JOURNAL_S = 0.7
"""How long typing may stay unsaved: under the one second that a power cut may cost."""


class DeskScreen(Screen[None]):
    """Everything an agent needs for a contact."""

    DEFAULT_CSS = """
    DeskScreen { background: $desk-back; layout: vertical; }
    DeskScreen StatusBar { height: 1; background: $desk-bar; }
    DeskScreen KeyBar { height: 1; background: $desk-bar; }
    DeskScreen #body { height: 1fr; layout: horizontal; }
    DeskScreen #queue, DeskScreen MemoryPanel, DeskScreen ScriptPanel {
        border: round $desk-edge; border-title-color: $desk-dim;
    }
    DeskScreen #queue { width: 38; }
    DeskScreen #side { width: 35; layout: vertical; }
    DeskScreen MemoryPanel { height: 3fr; }
    DeskScreen ScriptPanel { height: 2fr; }
    DeskScreen.on-scripts ScriptPanel, DeskScreen.on-memory MemoryPanel {
        border: round $desk-accent; border-title-color: $desk-accent; }
    DeskScreen.wide #queue { width: 56; }
    DeskScreen.wide #side { width: 84; layout: horizontal; }
    DeskScreen.wide MemoryPanel { width: 42; height: 100%; }
    DeskScreen.wide ScriptPanel { width: 42; height: 100%; }
    DeskScreen.drawers #side { display: none; dock: right; width: 44; }
    DeskScreen.drawers.drawer #side { display: block; }
    DeskScreen.drawers.drawer.on-ticket #queue { display: none; }
    DeskScreen.drawers.drawer-memory ScriptPanel { display: none; }
    DeskScreen.drawers.drawer-memory MemoryPanel { height: 100%; }
    DeskScreen.drawers.drawer-scripts MemoryPanel { display: none; }
    DeskScreen.drawers.drawer-scripts ScriptPanel { height: 100%; }
    DeskScreen.narrow #queue { width: 100%; }
    DeskScreen.narrow #ticket { width: 100%; display: none; }
    DeskScreen.narrow.on-ticket #queue { display: none; }
    DeskScreen.narrow.on-ticket #ticket { display: block; }
    """
    AUTO_FOCUS = ""  # only text fields take focus; every other key comes to the screen

    def __init__(
        self, desk: Desk, keymap: KeyMap, scripts: Path | None = None, *, pulse: Pulse | None = None, notice: str = ""
    ) -> None:
        super().__init__()
        self.desk = desk
        self.phrases: Phrases | None = None
        self._own_scripts = scripts
        self.keyboard = Keyboard(keymap)
        self.performer = Performer(self)
        self.look: Look | None = None
        self._pulse = pulse
        self._notice = notice
        self._journal_due = False
        self._estimated_at = 0
        self._in_ticket = False
        self._leaving = False
        self._fitted = Size()
        self._seen = False
        self.queue = QueueList(desk.read, id="queue")
        self.pane = TicketPane(desk.zone, id="ticket")
        self.memory = MemoryPanel(desk.zone, id="memory")
        self.scripts = ScriptPanel(id="scripts")
        self.status = StatusBar(id="status")
        self.bar = KeyBar(id="bar")

    # -- building

    def compose(self) -> ComposeResult:
        """Painted widgets and one text area."""
        yield self.status
        with Widget(id="body"):
            yield self.queue
            yield self.pane
            with Widget(id="side"):
                yield self.memory
                yield self.scripts
        yield self.bar

    def on_mount(self) -> None:
        """The first frame: the queue as it stands, and the ticket that was on screen when the program ended."""
        self._fit(self.app.size)
        self.relabel()
        self.refresh_queue()
        key = self.desk.store.recall("open_ticket")
        if key is not None:
            self.open_ticket(key)
        self.refresh_bar()
        self.call_after_refresh(self._begin)

    def relabel(self) -> None:
        """Titles in the language in use."""
        self.queue.border_title = t("panel.queue")
        self.memory.border_title = t("panel.memory")
        self.scripts.border_title = t("panel.scripts")

    def _begin(self) -> None:
        """After the first frame, and once it is whole: lines for the sidebar, history for the wait, and the clock."""
        learn = partial(self.run_worker, self._learn, thread=True, exit_on_error=False)
        self.set_interval(1, self._tick)
        if self.app.is_headless:
            learn()
        else:
            self.set_timer(_BREATH_S, learn)
            self._leave_when_told()

    def _leave_when_told(self) -> None:
        """When the window is closed or the machine shuts down, leave as by the key, with draft and file in order."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            with suppress(AttributeError, NotImplementedError):  # Windows has neither
                number = getattr(signal, name)
                loop.add_signal_handler(number, partial(self.app.exit, return_code=128 + number))

    def _learn(self) -> None:
        """On a thread with its own connection."""
        import cxdesk.screens.acts  # so that the first key does not wait for it
        import cxdesk.widgets.composer  # noqa: F401
        from cxdesk.desk.phrases import Phrases

        self.app.call_from_thread(lambda: self.pane.composer)
        self.desk.warm_up()
        self.phrases = Phrases(self.desk.zone, self._own_scripts)
        self.app.call_from_thread(self.refresh_ticket)
        reader = self.desk.store.reader()
        try:
            self.desk.waits.start(reader, self.desk.clock(), leaving=lambda: self._leaving)
        finally:
            reader.close()
        self.app.call_from_thread(self._learned)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """The desk works without estimates and lines; why they are missing is said, and the program stays up."""
        if event.state is WorkerState.ERROR:
            self.say("fault.unknown", detail=repr(event.worker.error))

    def _learned(self) -> None:
        for problem in self.phrases.problems if self.phrases else ():
            self.say("config.line", file=problem.file, n=problem.row, code=problem.code, detail=problem.detail)
        self.desk.keep_learning()
        self.refresh_waits()
        self.refresh_ticket()

    def on_resize(self, event: Resize) -> None:
        """Textual tells the same size several times while it starts."""
        if event.size != self._fitted:
            self._fit(event.size)
            self.refresh_status()
            self.refresh_bar()

    def _fit(self, size: Size) -> None:
        """Queue or ticket on a small screen, memory and lines in a drawer on a middling one, then all side by side."""
        self._fitted = size
        self.set_class(size.width < _NARROW, "narrow")
        self.set_class(size.width < _DRAWERS, "drawers")
        self._hold(self._in_ticket)
        self.set_class(size.width >= _WIDE, "wide")

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

    # -- what is shown

    def refresh_queue(self) -> None:
        """The order of the queue and the counts above it."""
        self.queue.place(self.desk.read.sections(self.desk.agent), self.desk.clock())
        self.refresh_status()

    def refresh_waits(self) -> None:
        """The estimates beside the rows; made anew on a thread when something moved, not on every tick."""
        self._estimated_at = self.desk.clock()
        self.run_worker(self._estimate, thread=True, group="waits", exclusive=True, exit_on_error=False)

    def _estimate(self) -> None:
        self.desk.waits.refresh(self.desk.clock())
        self.app.call_from_thread(self._show_waits)

    def _show_waits(self) -> None:
        self.queue.tick(self.desk.clock(), self.desk.waits.outlook.waits)
        self.refresh_status()
        self.refresh_head()

    def refresh_ticket(self, *, keep: bool = True) -> None:
        """Read the open ticket anew, with its customer and the lines for it."""
        if self.look is None:
            return
        self.look = look(self.desk, self.phrases, self.look.id)
        if self.look is None:
            self.close_ticket()
        else:
            self._show(self.look, keep=keep)

    def _show(self, shown: Look, *, keep: bool) -> None:
        now, thread = self.desk.clock(), shown.thread
        self.pane.read(thread, self.queue.estimates.get(shown.id), now, keep=keep)
        self.memory.read(shown.memory, shown.sayable, now)
        self.scripts.read(shown.offers if self.phrases else None)
        feeling = t(f"emotion.{thread.ticket.emotion or 'none'}")
        self.scripts.border_title = f"{t('panel.scripts')} · {t(f'stage.{thread.ticket.stage}')} · {feeling}"
        self.refresh_bar()

    def refresh_head(self) -> None:
        """The open ticket's clock, stage and wait."""
        if self.look is not None:
            self.pane.head.read(self.look.thread, self.queue.estimates.get(self.look.id), self.desk.clock())

    def refresh_status(self) -> None:
        """The top line."""
        self.status.show([status_line(self.desk, self.app.size.width)])

    def refresh_bar(self) -> None:
        """The bottom line: what can be pressed here, or the last thing that was said."""
        if self._notice:
            self.bar.show([((" " + self._notice, "mark"),)])
            return
        now, keymap = self.situation(), self.keyboard.keymap
        place = Place.COMPOSE if self.pane.typing else None
        hints = [
            (key_name(keymap.keys[action.id]), t(label), why_not(action.id, now) is None)
            for action, label in bar_actions(place, now.ticket if self.in_ticket else None)
            if keymap.keys[action.id]
        ]
        self.bar.show([key_line(hints, self.app.size.width)])

    def say(self, key: str, **values: object) -> None:
        """A sentence at the foot of the screen until the next key."""
        self._notice = t(key, **values)
        self.refresh_bar()

    # -- what keys act on

    @property
    def in_ticket(self) -> bool:
        """Whether keys go to the open ticket rather than to the queue."""
        return self._in_ticket

    def situation(self) -> Situation:
        """What decides which actions are possible now."""
        return Situation(
            ticket=self.target(),
            waiting=self.queue.waiting,
            lines=len(self.look.offers) if self.look else 0,
            sayable=bool(self.look and self.look.sayable),
            writing=self.pane.writing,
        )

    def target(self) -> Ticket | None:
        """The ticket a key would act on."""
        if self.in_ticket and self.look:
            return self.look.thread.ticket
        row = self.queue.row(self.queue.current) if self.queue.current else None
        return row.ticket if row else None

    def targets(self) -> list[str]:
        """The tickets a verb acts on: the marked rows, or the one that keys go to."""
        if self.queue.marked:
            return self.queue.chosen
        ticket = self.target()
        return [ticket.id] if ticket else []

    # -- what changed

    def changed(self, done: Done | Change) -> None:
        """Show what a verb did: the rows it names, and the open ticket when it is one of them."""
        change = done.change if isinstance(done, Done) else done
        moved = change.touched("ticket")
        self.refresh_queue()
        self.queue.forget(moved)
        if self.look and _concerns(change, self.look):
            self.refresh_ticket(keep=not any(edit.kind == "message" for edit in change.edits))
        if moved or change.touched("shift"):
            self.refresh_waits()
        self.refresh_bar()

    def _tick(self) -> None:
        """Once a second: the clock, held tickets whose time has come, and, in the demo, the world."""
        if self.desk.store.busy:  # a file is coming in; the world waits for it
            return
        try:
            with self.desk.reading():
                self._move_on()
        except Fault as fault:
            self.performer.refuse(fault)

    def _move_on(self) -> None:
        if woken := self.desk.wake():
            self.changed(woken)
        if self._pulse is not None and self._pulse():
            self.refresh_queue()
            self.refresh_waits()
            self.refresh_ticket()
        if self.desk.clock() - self._estimated_at > _ESTIMATE_MS:
            self.refresh_queue()  # who is now past what they were told
            self.refresh_waits()
        self.queue.tick(self.desk.clock())
        self.refresh_status()
        self.refresh_head()

    # -- opening and closing a ticket

    def open_ticket(self, key: str) -> None:
        """Bring a ticket on screen, with the draft that was left in it."""
        found = look(self.desk, self.phrases, key)
        if found is None:
            return
        self.keep_draft()
        self.look = found
        self.queue.go(key)
        self._hold(True)
        self.set_focus(None)
        if draft := self.desk.read.draft(key):
            self.pane.write(MessageKind(draft[0]), draft[1])
        else:
            self.pane.put_away()
        self._show(found, keep=False)
        self.desk.store.remember("open_ticket", key)

    def close_ticket(self) -> None:
        """Back to the queue; the ticket stays visible beside it where there is room."""
        self.keep_draft()
        self._hold(False)
        self.remove_class("on-scripts", "on-memory")
        self.close_drawer()
        self.set_focus(None)
        self.desk.store.remember("open_ticket", None)
        self.refresh_bar()

    def _hold(self, in_ticket: bool) -> None:
        """Give the keys to the open ticket or to the queue; a bar before the one that has them shows it.

        The screen is classed only where that changes the layout: a class restyles and repaints everything it touches.
        """
        self._in_ticket = in_ticket
        self.queue.hold(not in_ticket)
        self.pane.head.hold(in_ticket)
        self.set_class(in_ticket and self.has_class("drawers"), "on-ticket")

    # -- the draft

    def keep_draft(self) -> None:
        """Write what is being typed to the file now."""
        self._journal_due = False
        if self.look is None or self.pane.kind is None:
            return
        try:
            self.desk.save_draft(self.look.id, self.pane.kind, self.pane.composer.text)
        except Fault as fault:
            self.performer.refuse(fault)

    def on_unmount(self) -> None:
        """However the program ends, from Textual's own quit to a closed terminal, the draft is kept."""
        self._leaving = True
        self.keep_draft()
        self.desk.keep_learning()

    def on_text_area_changed(self) -> None:
        """Journal the draft within a second of the first letter that is not in it yet."""
        if self.pane.writing and not self._journal_due:
            self._journal_due = True
            self.set_timer(_JOURNAL_S, self._journal)

    def _journal(self) -> None:
        if self._journal_due:
            self.keep_draft()

    def on_composer_left(self) -> None:
        """Escape in the composer: the text stays, keys go to the ticket."""
        self.keep_draft()
        self.set_focus(None)

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
        self.refresh_bar()

    # -- keys

    def on_key(self, event: Key) -> None:
        """A key that no text field took."""
        if self.pane.typing and not event.key.startswith(_OVER_TEXT):
            return
        if self._notice:
            self._notice = ""
            self.refresh_bar()
        feeling = event.key if event.key in FEELINGS else event.character
        if feeling in FEELINGS:
            event.stop()
            self.performer.perform("feel", Command("feel", feeling))
            return
        digits_act = self.in_ticket or self.has_class("on-scripts")
        for command in self.keyboard.press(event.key, event.character, digits_act=digits_act):
            event.stop()
            self.performer.perform(command.action, command)

    def on_queue_list_opened(self, message: QueueList.Opened) -> None:
        """A click on a row."""
        self.open_ticket(message.ticket_id)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """The key bar says what works where the keys go now."""
        self.refresh_bar()

    def on_descendant_blur(self, event: DescendantBlur) -> None:
        """The key bar says what works where the keys go now."""
        self.refresh_bar()


def _concerns(change: Change, shown: Look) -> bool:
    """Whether a change is about the ticket on screen or about its customer."""
    ids = {shown.id} | ({shown.customer_id} if shown.customer_id else set())
    for edit in change.edits:
        row = getattr(edit, "row", {})
        if edit.id in ids or row.get("ticket_id") in ids or row.get("customer_id") in ids or row.get("ent_id") in ids:
            return True
    return False
