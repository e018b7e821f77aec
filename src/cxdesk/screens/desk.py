"""The desk: the queue, the open ticket, the customer's memory and the words that help, on one screen.

This screen says what is shown and when it is read anew. Where the parts stand is in ``layout``, what is being typed in
``drafting``, what is loaded late in ``behind``; what keys do is in ``screens.acts``: each calls one verb of the desk
and hands back what changed.
"""

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.events import DescendantBlur, DescendantFocus, Key, Resize
from textual.worker import Worker, WorkerState

from cxdesk.actions import FEELINGS, Place, Situation, why_not
from cxdesk.desk import Desk, Done, Fault
from cxdesk.desk.look import Look, look
from cxdesk.domain.changes import Change
from cxdesk.domain.records import Ticket
from cxdesk.domain.words import MessageKind
from cxdesk.i18n import t
from cxdesk.keys import Command, Keyboard, KeyMap
from cxdesk.screens.behind import Behind
from cxdesk.screens.drafting import Drafting
from cxdesk.screens.hints import bar_actions, key_name
from cxdesk.screens.layout import DeskLayout
from cxdesk.screens.performer import Performer
from cxdesk.screens.status import status_line
from cxdesk.widgets.bars import key_line
from cxdesk.widgets.queue import QueueList

if TYPE_CHECKING:
    from cxdesk.desk.checking import Rulebook
    from cxdesk.desk.lines import Lines
    from cxdesk.desk.phrases import Phrases
    from cxdesk.screens.reminding import Reminding

__all__ = ["DeskScreen", "Pulse"]

Pulse = Callable[[], bool]
"""Something that lets the world move on; whether anything changed."""

_OVER_TEXT = ("tab", "ctrl+", "alt+", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10")
"""Keys that reach the desk from inside a text field, unless the field takes them itself."""
_ESTIMATE_MS = 30_000
"""How old an estimate may grow while nothing happens."""
_BREATH_S = 0.15
"""How long the first screen may settle before a thread begins to compete with it for the processor."""


class DeskScreen(DeskLayout):
    """Everything an agent needs for a contact."""

    def __init__(
        self, desk: Desk, keymap: KeyMap, scripts: Path | None = None, *, pulse: Pulse | None = None, notice: str = ""
    ) -> None:
        super().__init__(desk)
        self.desk = desk
        self.phrases: Phrases | None = None
        self.lines: Lines | None = None
        self.rulebook: Rulebook | None = None
        self.behind = Behind(self, scripts)
        self.keyboard = Keyboard(keymap)
        self.performer = Performer(self)
        self.look: Look | None = None
        self._pulse = pulse
        self._notice = notice
        self._estimated_at = 0
        self.leaving = False
        self.reminding: Reminding | None = None
        self.draft = Drafting(self)

    # -- building

    def on_mount(self) -> None:
        """The first frame: the queue as it stands, and the ticket that was on screen when the program ended."""
        self.fit(self.app.size)
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
        from cxdesk.screens.reminding import Reminding

        self.reminding = Reminding(self)
        learn = partial(self.run_worker, self.behind.load, thread=True, exit_on_error=False)
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

    def on_resize(self, event: Resize) -> None:
        """The parts stand by the room there is."""
        if self.fit(event.size):
            self.refresh_status()
            self.refresh_bar()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """The desk works without estimates and lines; why they are missing is said, and the program stays up."""
        if event.state is WorkerState.ERROR:
            self.say("fault.unknown", detail=repr(event.worker.error))

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
        self.behind.watch_incidents()
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
        self.pane.read(shown, self.queue.estimates.get(shown.id), now, keep=keep)
        self.memory.read(shown.memory, shown.sayable, now, shown.suggestions, shown.alike)
        names = (thread.customer.name,) if thread.customer else ()
        self.scripts.read(shown.offers if self.phrases else None, names)
        feeling = t(f"emotion.{thread.ticket.emotion or 'none'}")
        self.scripts.border_title = f"{t('panel.scripts')} · {t(f'stage.{thread.ticket.stage}')} · {feeling}"
        self.refresh_bar()

    def refresh_head(self) -> None:
        """The open ticket's clock, stage and wait."""
        if self.look is not None:
            self.pane.tick(self.look, self.queue.estimates.get(self.look.id), self.desk.clock())

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
        self.show_notice(t(key, **values))

    def show_notice(self, sentence: str) -> None:
        """The same for a sentence that is made already; an empty one shows the keys again."""
        self._notice = sentence
        self.refresh_bar()

    @property
    def notice(self) -> str:
        """The sentence at the foot, if any."""
        return self._notice

    @property
    def hidden(self) -> bool:
        """Whether another whole screen stands over the desk; a dialog leaves the foot in sight."""
        return any(not screen.is_modal for screen in self.app.screen_stack[self.app.screen_stack.index(self) + 1 :])

    # -- what keys act on

    def situation(self) -> Situation:
        """What decides which actions are possible now."""
        return Situation(
            ticket=self.target(),
            waiting=self.queue.waiting,
            lines=len(self.look.offers) if self.look else 0,
            sayable=bool(self.look and self.look.sayable),
            writing=self.pane.writing,
            findings=len(self.draft.advising.findings),
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
        if self.reminding is not None:
            self.reminding.changed(change)
        moved = change.touched("ticket")
        self.refresh_queue()
        self.queue.forget(moved)
        if self.look and _concerns(change, self.look):
            self.refresh_ticket(keep=not any(edit.kind == "message" for edit in change.edits))
        if moved or change.touched("shift"):
            self.refresh_waits()
        self.refresh_bar()

    def come_back(self, key: str | None) -> None:
        """From another screen, which may have changed anything, to what was on screen or to a ticket chosen there."""
        self.refresh_queue()
        self.refresh_ticket()
        if key is not None:
            self.open_ticket(key)

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
        if self.reminding is not None:
            self.reminding.tick()
        self.queue.tick(self.desk.clock())
        self.refresh_status()
        self.refresh_head()

    # -- opening and closing a ticket

    def open_ticket(self, key: str) -> None:
        """Bring a ticket on screen, with the draft that was left in it."""
        found = look(self.desk, self.phrases, key)
        if found is None:
            return
        self.draft.keep()
        self.look = found
        self.queue.go(key)
        self.hold(True)
        self.set_focus(None)
        if draft := self.desk.read.draft(key):
            self.pane.write(MessageKind(draft[0]), draft[1])
        else:
            self.pane.put_away()
        self._show(found, keep=False)
        self.desk.store.remember("open_ticket", key)

    def close_ticket(self) -> None:
        """Back to the queue; the ticket stays visible beside it where there is room."""
        self.draft.keep()
        self.hold(False)
        self.remove_class("on-scripts", "on-memory")
        self.close_drawer()
        self.set_focus(None)
        self.desk.store.remember("open_ticket", None)
        self.refresh_bar()

    # -- the draft

    def on_text_area_changed(self) -> None:
        """Something was typed."""
        self.draft.typed()

    def on_ticket_pane_writing(self) -> None:
        """A reply is begun, or something new is known of its ticket."""
        self.draft.check()

    def on_unmount(self) -> None:
        """However the program ends, from Textual's own quit to a closed terminal, the draft is kept."""
        self.leaving = True
        if self.behind.others is not None:
            self.behind.others.end()
        self.draft.keep()
        self.desk.keep_learning()

    def on_composer_left(self) -> None:
        """Escape in the composer: the text stays, keys go to the ticket."""
        self.draft.keep()
        self.set_focus(None)

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
