"""The desk: the queue, the open ticket, the customer's memory and the words that help, on one screen.

This screen lays out and refreshes. What keys do is in ``screens.acts``: each act calls one verb of the desk and hands
back what changed.
"""

import asyncio
from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import Key, Resize
from textual.screen import Screen

from cxdesk import i18n
from cxdesk.actions import FEELINGS, Place, Situation, why_not
from cxdesk.desk import Desk, Done, Refused
from cxdesk.desk.phrases import Phrases
from cxdesk.domain.changes import Change
from cxdesk.domain.memory import Memory
from cxdesk.domain.records import Ticket
from cxdesk.domain.views import Thread
from cxdesk.domain.words import Language, MessageKind, Status
from cxdesk.empathy.choose import Offer
from cxdesk.i18n import t
from cxdesk.keys import Command, Keyboard, KeyMap
from cxdesk.screens import acts
from cxdesk.screens.dialogs import Dialog
from cxdesk.screens.status import status_line
from cxdesk.storage import people, queue, tickets
from cxdesk.storage.faults import Fault
from cxdesk.widgets.bars import KeyBar, StatusBar, key_line
from cxdesk.widgets.composer import Composer
from cxdesk.widgets.head import TicketHead, head_lines
from cxdesk.widgets.memory import MemoryPanel, memory_lines
from cxdesk.widgets.paint import Line
from cxdesk.widgets.queue import QueueList
from cxdesk.widgets.scripts import ScriptPanel, script_lines
from cxdesk.widgets.thread import ThreadView

__all__ = ["DeskScreen", "Pulse"]

Pulse = Callable[[], bool]
"""Something that lets the world move on; whether anything changed."""

_NARROW, _WIDE = 100, 160
_JOURNAL_S = 0.7
"""How long typing may stay unsaved: under the one second that a power cut may cost."""


class DeskScreen(Screen[None]):
    """Everything an agent needs for a contact."""

    DEFAULT_CSS = """
    DeskScreen { background: $desk-back; layout: vertical; }
    DeskScreen StatusBar { height: 1; background: $desk-bar; }
    DeskScreen KeyBar { height: 1; background: $desk-bar; }
    DeskScreen #body { height: 1fr; }
    DeskScreen #queue, DeskScreen #ticket, DeskScreen MemoryPanel, DeskScreen ScriptPanel {
        border: round $desk-edge; border-title-color: $desk-dim;
    }
    DeskScreen #queue { width: 38; }
    DeskScreen #queue:focus { border: round $desk-accent; border-title-color: $desk-accent; }
    DeskScreen.on-ticket #ticket { border: round $desk-accent; border-title-color: $desk-accent; }
    DeskScreen #ticket { width: 1fr; }
    DeskScreen TicketHead { height: 3; }
    DeskScreen ThreadView { height: 1fr; }
    DeskScreen #side { width: 38; }
    DeskScreen MemoryPanel { height: 3fr; }
    DeskScreen ScriptPanel { height: 2fr; }
    DeskScreen.on-scripts ScriptPanel { border: round $desk-accent; border-title-color: $desk-accent; }
    DeskScreen.wide #queue { width: 56; }
    DeskScreen.wide #side { width: 84; layout: horizontal; }
    DeskScreen.wide MemoryPanel { width: 42; height: 100%; }
    DeskScreen.wide ScriptPanel { width: 42; height: 100%; }
    DeskScreen.narrow #queue { width: 100%; }
    DeskScreen.narrow #ticket { width: 100%; display: none; }
    DeskScreen.narrow.on-ticket #queue { display: none; }
    DeskScreen.narrow.on-ticket #ticket { display: block; }
    DeskScreen.narrow #side { display: none; dock: right; width: 44; }
    DeskScreen.narrow.drawer #side { display: block; }
    DeskScreen.narrow.drawer-memory ScriptPanel { display: none; }
    DeskScreen.narrow.drawer-memory MemoryPanel { height: 100%; }
    DeskScreen.narrow.drawer-scripts MemoryPanel { display: none; }
    DeskScreen.narrow.drawer-scripts ScriptPanel { height: 100%; }
    """
    AUTO_FOCUS = "#queue"

    def __init__(
        self, desk: Desk, keymap: KeyMap, phrases: Phrases, *, pulse: Pulse | None = None, notice: str = ""
    ) -> None:
        super().__init__()
        self.desk = desk
        self.phrases = phrases
        self.keyboard = Keyboard(keymap)
        self._pulse = pulse
        self._notice = notice
        self.queue = QueueList(self, id="queue")
        self.head = TicketHead(id="head")
        self.conversation = ThreadView(desk.zone, id="thread")
        self.composer = Composer(id="composer")
        self.memory_panel = MemoryPanel(id="memory")
        self.script_panel = ScriptPanel(id="scripts")
        self.status = StatusBar(id="status")
        self.bar = KeyBar(id="bar")
        self.thread: Thread | None = None
        self.memory: Memory | None = None
        self.sayable: str | None = None
        self.offers: tuple[Offer, ...] = ()
        self.writing: MessageKind | None = None
        self.script_id: str | None = None
        self.reasons = False
        self._journal_due = False
        self._tasks: set[asyncio.Task[Any]] = set()

    # -- building

    def compose(self) -> ComposeResult:
        """Eight painted widgets and a text area."""
        yield self.status
        with Horizontal(id="body"):
            yield self.queue
            with Vertical(id="ticket"):
                yield self.head
                yield self.conversation
                yield self.composer
            with Vertical(id="side"):
                yield self.memory_panel
                yield self.script_panel
        yield self.bar

    def on_mount(self) -> None:
        """The first frame: the queue as it stands, and the ticket that was on screen when the program ended."""
        self.relabel()
        self.refresh_queue()
        self._reopen()
        self.call_after_refresh(self._begin)

    def relabel(self) -> None:
        """Titles in the language in use."""
        self.queue.border_title = t("panel.queue")
        self.memory_panel.border_title = t("panel.memory")
        self.script_panel.border_title = t("panel.scripts")

    def _begin(self) -> None:
        """After the first frame: history for the wait, lines for the sidebar, and the clock."""
        self.run_worker(self._learn, thread=True, exit_on_error=True)
        self.set_interval(1, self._tick)

    def _learn(self) -> None:
        """On a thread with its own connection."""
        self.phrases.start()
        reader = self.desk.store.reader()
        try:
            self.desk.waits.start(reader, self.desk.clock())
        finally:
            reader.close()
        self.app.call_from_thread(self._learned)

    def _learned(self) -> None:
        for problem in self.phrases.problems:
            self.say("config.line", file=problem.file, n=problem.row, code=problem.code, detail=problem.detail)
        self.refresh_waits()
        if self.thread:
            self.refresh_ticket()

    def on_resize(self, event: Resize) -> None:
        """Queue or ticket on a small screen, everything side by side on a large one."""
        self.set_class(event.size.width < _NARROW, "narrow")
        self.set_class(event.size.width >= _WIDE, "wide")
        self.call_after_refresh(self.redraw)

    # -- what is shown

    def rows(self, ids: Any) -> Any:
        """Queue rows for the list."""
        return queue.rows(self.desk.db, ids)

    def refresh_queue(self) -> None:
        """The order of the queue and the counts above it."""
        now = self.desk.clock()
        agent = self.desk.agent
        self.queue.place(queue.sections(self.desk.db, agent.id if agent else None, now), now)
        self.refresh_status()

    def refresh_waits(self) -> None:
        """The estimates beside the rows; run when something moved, not on every tick."""
        now = self.desk.clock()
        self.queue.tick(now, self.desk.waits.queue(now))
        self.refresh_status()
        self.refresh_head()

    def refresh_status(self) -> None:
        """The top line."""
        self.status.show([status_line(self.desk, self.app.size.width)])

    def refresh_ticket(self, *, keep: bool = True) -> None:
        """The open ticket, its customer and the lines for it."""
        if self.thread is None:
            return
        now, desk = self.desk.clock(), self.desk
        self.thread = tickets.thread(desk.db, self.thread.ticket.id)
        if self.thread is None:
            self.close_ticket()
            return
        ticket = self.thread.ticket
        self.memory = None
        if ticket.customer_id:
            self.memory = people.memory(desk.db, ticket.customer_id, now, desk.settings.segments, but=ticket.id)
        self.sayable = self.phrases.sayable(self.memory, self.customer_language, now) if self.phrases.ready else None
        self._offer(now)
        self.conversation.read(self.thread, now, keep=keep)
        self.redraw()

    def redraw(self) -> None:
        """Everything that depends on widths and words but not on the file."""
        now = self.desk.clock()
        if self.thread is not None:
            width = self.memory_panel.size.width - 1
            if width > 8:
                self.memory_panel.show(memory_lines(self.memory, self.sayable, now, self.desk.zone, width))
            self._draw_scripts()
        self.refresh_head()
        self.refresh_status()
        self.refresh_bar()

    def _draw_scripts(self) -> None:
        assert self.thread is not None
        ticket = self.thread.ticket
        feeling = t(f"emotion.{ticket.emotion}") if ticket.emotion else t("emotion.none")
        self.script_panel.border_title = f"{t('panel.scripts')} · {t(f'stage.{ticket.stage}')} · {feeling}"
        width = self.script_panel.size.width - 1
        if width > 8:
            self.script_panel.show(script_lines(self.offers, width, reasons=self.reasons))

    def _offer(self, now: int) -> None:
        assert self.thread is not None
        ticket, agent = self.thread.ticket, self.desk.agent
        wait = self.desk.waits.estimate(ticket, now) if ticket.status is Status.WAITING else None
        self.offers = self.phrases.offers(
            self.desk.db,
            self.thread,
            self.memory,
            lang=self.customer_language,
            now=now,
            agent=agent.name if agent else "",
            shop=self.desk.settings.shop.name,
            wait=(int(wait.low), int(wait.expected), int(wait.high)) if wait and wait.known else None,
        )

    def refresh_head(self) -> None:
        """The open ticket's clock, stage and wait."""
        if self.thread is None:
            return
        key = self.thread.ticket.id
        width = self.head.size.width
        if width > 8:
            now = self.desk.clock()
            self.head.show(head_lines(self.thread, self.queue.estimates.get(key), now, self.desk.zone, width))

    def refresh_bar(self) -> None:
        """The bottom line: what can be pressed here, or the last thing that was said."""
        width = self.app.size.width
        if self._notice:
            self.bar.show([((" " + self._notice, "mark"),)])
            return
        now, keymap = self.situation(), self.keyboard.keymap
        hints = [
            (acts.key_name(keymap.keys[a.id]), t(f"action.{a.id}.short"), why_not(a.id, now) is None)
            for a in acts.bar_actions(Place.COMPOSE if self.composer.has_focus else None, self.ticket_in_hand())
            if keymap.keys[a.id]
        ]
        self.bar.show([key_line(hints, width)])

    @property
    def customer_language(self) -> Language:
        """The language to speak with the customer on screen."""
        if self.thread and self.thread.customer:
            return self.thread.customer.language
        return i18n.language()

    def situation(self) -> Situation:
        """What decides which actions are possible now."""
        return Situation(
            ticket=self.target_ticket(),
            waiting=queue.open_counts(self.desk.db).get(Status.WAITING, 0),
            lines=len(self.offers),
            sayable=bool(self.sayable),
            writing=self.writing is not None,
        )

    def ticket_in_hand(self) -> bool:
        """Whether keys go to the open ticket rather than to the queue."""
        return self.has_class("on-ticket")

    def target_ticket(self) -> Ticket | None:
        """The ticket a key would act on."""
        if self.ticket_in_hand() and self.thread:
            return self.thread.ticket
        row = self.queue.row(self.queue.current) if self.queue.current else None
        return row.ticket if row else None

    def targets(self) -> list[str]:
        """The tickets a verb acts on: the marked rows, or the one that keys go to."""
        if self.queue.marked:
            return self.queue.chosen
        ticket = self.target_ticket()
        return [ticket.id] if ticket else []

    # -- what changed

    def changed(self, done: Done | Change | None) -> None:
        """Show what a verb did: the rows it names, and the open ticket when it is one of them."""
        change = done.change if isinstance(done, Done) else done
        if change is None:
            return
        moved = change.touched("ticket")
        self.refresh_queue()
        self.queue.forget(moved)
        touched = change.touched() | {getattr(e, "row", {}).get("ticket_id") for e in change.edits}
        if self.thread and (
            self.thread.ticket.id in touched
            or (self.thread.ticket.customer_id and self._about_customer(change, self.thread.ticket.customer_id))
        ):
            self.refresh_ticket(keep=not any(e.kind == "message" for e in change.edits))
        if moved or any(edit.kind == "shift" for edit in change.edits):
            self.refresh_waits()
        self.refresh_bar()

    def _about_customer(self, change: Change, customer_id: str) -> bool:
        return customer_id in change.touched("customer") or any(
            getattr(edit, "row", {}).get("customer_id") == customer_id for edit in change.edits
        )

    def say(self, key: str, **values: object) -> None:
        """A sentence at the foot of the screen until the next key."""
        self._notice = t(key, **values)
        self.refresh_bar()

    def _tick(self) -> None:
        """Once a second: the clock, held tickets whose time has come, and, in the demo, the world."""
        try:
            woken = self.desk.wake()
        except Fault as fault:
            self.say(f"fault.{fault.code}", **fault.values)
            return
        if woken:
            self.changed(woken)
        if self._pulse is not None and self._pulse():
            self.refresh_queue()
            self.refresh_waits()
            self.refresh_ticket()
        now = self.desk.clock()
        self.queue.tick(now)
        self.refresh_status()
        self.refresh_head()

    # -- opening and closing a ticket

    def open_ticket(self, key: str) -> None:
        """Bring a ticket on screen, with the draft that was left in it."""
        found = tickets.thread(self.desk.db, key)
        if found is None:
            return
        self.keep_draft()
        self.thread = found
        self.script_id = None
        self.queue.go(key)
        self.add_class("on-ticket")
        self.queue.can_focus = True
        self._load_draft(key)
        self.refresh_ticket(keep=False)
        self.desk.store.remember("open_ticket", key)

    def close_ticket(self) -> None:
        """Back to the queue; the ticket stays visible beside it where there is room."""
        self.keep_draft()
        self.remove_class("on-ticket", "on-scripts")
        self.close_drawer()
        self.queue.focus()
        self.desk.store.remember("open_ticket", None)
        self.refresh_bar()

    def _reopen(self) -> None:
        """After a crash or a restart: the same ticket, the same draft."""
        key = self.desk.store.recall("open_ticket")
        if key and tickets.ticket(self.desk.db, key) is not None:
            self.open_ticket(key)

    def _load_draft(self, key: str) -> None:
        draft = tickets.draft(self.desk.db, key)
        if draft is None:
            self.stop_writing()
            return
        self.start_writing(MessageKind(draft[0]), draft[1])

    # -- writing

    def start_writing(self, kind: MessageKind, text: str | None = None) -> None:
        """Open the composer for a reply or a note."""
        self.writing = kind
        if text is not None:
            self.composer.load_text(text)
            self.composer.move_cursor(self.composer.document.end)
        self.composer.border_title = t(f"compose.{kind}")
        self.composer.add_class("writing")
        self.composer.focus()
        self.refresh_bar()

    def stop_writing(self) -> None:
        """Put the composer away, empty."""
        self.writing = None
        self.composer.load_text("")
        self.composer.remove_class("writing")
        if self.composer.has_focus:
            self.set_focus(None)

    def keep_draft(self) -> None:
        """Write what is being typed to the file now."""
        self._journal_due = False
        if self.thread is not None and self.writing is not None:
            try:
                self.desk.save_draft(self.thread.ticket.id, str(self.writing), self.composer.text)
            except Fault as fault:
                self.say(f"fault.{fault.code}", **fault.values)

    def on_text_area_changed(self) -> None:
        """Journal the draft within a second of the first letter that is not in it yet."""
        if self.writing is not None and not self._journal_due:
            self._journal_due = True
            self.set_timer(_JOURNAL_S, self._journal)

    def _journal(self) -> None:
        if self._journal_due:
            self.keep_draft()

    def on_composer_sent(self, message: Composer.Sent) -> None:
        """Ctrl+S in the composer."""
        self.perform("send")

    def on_composer_left(self) -> None:
        """Escape in the composer: the text stays, keys go to the ticket."""
        self.keep_draft()
        self.set_focus(None)
        self.refresh_bar()

    # -- drawers

    def drawer(self, name: str) -> None:
        """On a small screen, show or hide the memory or the lines."""
        showing = self.has_class(f"drawer-{name}")
        self.close_drawer()
        if not showing:
            self.add_class("drawer", f"drawer-{name}")
            self.call_after_refresh(self.redraw)

    def close_drawer(self) -> bool:
        """Hide the drawer; whether one was open."""
        had = self.has_class("drawer")
        self.remove_class("drawer", "drawer-memory", "drawer-scripts")
        return had

    # -- keys

    def on_key(self, event: Key) -> None:
        """A key that no text field took."""
        if self.composer.has_focus and not event.key.startswith(("ctrl+", "alt+", "f")):
            return
        if event.key in ("tab", "shift+tab"):
            return
        if self._notice:
            self._notice = ""
            self.refresh_bar()
        if event.key in FEELINGS:
            event.stop()
            self.perform("feel", Command("feel", event.key))
            return
        digits_act = self.ticket_in_hand() or self.has_class("on-scripts")
        for command in self.keyboard.press(event.key, event.character, digits_act=digits_act):
            event.stop()
            self.perform(command.action, command)

    def on_queue_list_opened(self, message: QueueList.Opened) -> None:
        """A click on a row."""
        self.open_ticket(message.ticket_id)

    def perform(self, action: str, command: Command | None = None) -> None:
        """Carry an action out, or say why not."""
        command = command or Command(action, "")
        if (code := why_not(action, self.situation())) is not None:
            self.say(f"cannot.{code}")
            return
        self._guard(acts.ACTS[action], command)

    def _guard(self, act: Callable[["DeskScreen", Command], Awaitable[None] | None], command: Command) -> None:
        """Run an act; whatever the desk refuses becomes a sentence."""
        try:
            waiting = act(self, command)
        except (Refused, Fault) as error:
            self.refuse(error)
            return
        if isawaitable(waiting):
            task = asyncio.ensure_future(self._finish(waiting))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _finish(self, waiting: Awaitable[None]) -> None:
        try:
            await waiting
        except (Refused, Fault) as error:
            self.refuse(error)

    def refuse(self, error: Refused | Fault) -> None:
        """Say why something could not be done."""
        family = "refused" if isinstance(error, Refused) else "fault"
        self.say(f"{family}.{error.code}", **error.values)

    async def ask(self, dialog: Dialog[Any]) -> Any:
        """Show a dialog and wait for its answer (``None`` when it was left)."""
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

        def answered(value: Any) -> None:
            if not answer.done():
                answer.set_result(value)

        self.app.push_screen(dialog, answered)
        return await answer

    def show_scripts(self, on: bool) -> None:
        """Digits go to the lines."""
        self.set_class(on, "on-scripts")
        self.refresh_bar()

    def lines_shown(self) -> list[Line]:
        """The bottom line, for tests and screen readers."""
        return list(self.bar.lines)
