"""What the screens about incidents share: a status line, a page of lines, the keys at the foot, and asking things."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Key, Resize
from textual.screen import Screen

from cxdesk.desk import Desk, Fault, Refused, Stale
from cxdesk.domain.inert import inert_line
from cxdesk.hangul.keyboard import letters_of
from cxdesk.i18n import t
from cxdesk.screens.status import status_line
from cxdesk.widgets.bars import KeyBar, StatusBar, key_line
from cxdesk.widgets.lines import Line
from cxdesk.widgets.paint import Painted

__all__ = ["Frame"]

T = TypeVar("T")
Act = Callable[[], Coroutine[Any, Any, None] | None]

_CLOCK_S = 10
"""How often the time until the next word is painted again."""


class Frame(Screen[str | None]):
    """Answers the id of a ticket to open. Subclasses say what is shown and what each key does."""

    DEFAULT_CSS = """
    Frame { background: $desk-back; layout: vertical; }
    Frame StatusBar, Frame KeyBar { height: 1; background: $desk-bar; }
    Frame #page { height: 1fr; border: round $desk-accent; border-title-color: $desk-accent; padding: 0 1; }
    """
    AUTO_FOCUS = ""
    KEYS: ClassVar[Sequence[tuple[str, str]]] = ()
    """The keys named at the foot: how each is written, and its label (``incident.key.<label>``)."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._said = ""
        self._tasks: set[asyncio.Task[None]] = set()
        self.status = StatusBar()
        self.page = Painted(id="page")
        self.bar = KeyBar()

    # -- for subclasses

    def title_line(self) -> str:
        """What stands in the frame."""
        raise NotImplementedError

    def lines(self, width: int, height: int) -> list[Line]:
        """The page in this much room."""
        raise NotImplementedError

    def acts(self) -> Mapping[str, Act]:
        """Key → what it does."""
        raise NotImplementedError

    def hints(self) -> Sequence[tuple[str, str]]:
        """The keys to name at the foot now."""
        return self.KEYS

    def read(self) -> None:
        """Read what is shown anew."""

    # -- what is shown

    def compose(self) -> ComposeResult:
        """Status, page, keys."""
        yield self.status
        yield self.page
        yield self.bar

    def on_mount(self) -> None:
        """Read and show, and keep the clock moving."""
        self.read()
        self.draw()
        self.set_interval(_CLOCK_S, self.draw)

    def on_resize(self, event: Resize) -> None:
        """Another width."""
        self.draw()

    def draw(self) -> None:
        """Show what was read; only lines that differ are painted."""
        width, height = self.app.size
        self.status.show([status_line(self.desk, width)])
        # Content is never parsed, whatever brackets are in a title; a title given as text would be.
        self.page.border_title = Content(inert_line(self.title_line()))
        self.page.show(self.lines(width - 5, height - 4))
        if self._said:
            self.bar.show([((f" {self._said}", "mark"),)])
        else:
            named = [(key, t(f"incident.key.{label}"), True) for key, label in self.hints()]
            self.bar.show([key_line(named, width)])

    def say(self, text: str) -> None:
        """A sentence at the foot until the next key."""
        self._said = text
        self.draw()

    def show_done(self, text: str) -> None:
        """Something was done: read anew and say it."""
        self.read()
        self.say(text)

    # -- keys

    def on_key(self, event: Key) -> None:
        """One key, one thing; jamo count as the letters they sit on."""
        event.stop()
        self._said = ""
        pressed = letters_of(event.character) if event.character and event.character.isprintable() else event.key
        acts = self.acts()
        act = acts.get(event.key) or acts.get(pressed)
        if act is not None:
            self.carry_out(act)
        self.draw()

    def carry_out(self, act: Act) -> None:
        """Do something, or say why it cannot be done; what asks something goes on after the answer."""
        try:
            with self.desk.reading():
                waiting = act()
        except (Refused, Fault) as error:
            self._refuse(error)
            return
        if waiting is not None:
            task = asyncio.ensure_future(self._finish(waiting))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _finish(self, waiting: Coroutine[Any, Any, None]) -> None:
        try:
            with self.desk.reading():
                await waiting
        except (Refused, Fault) as error:
            self._refuse(error)

    def _refuse(self, error: Refused | Fault) -> None:
        family = "refused" if isinstance(error, Refused) else "fault"
        self.say(t(f"{family}.{error.code}", **error.values))

    async def ask(self, dialog: Screen[T | None]) -> T | None:
        """Show a dialog and wait for its answer (``None`` when it was left)."""
        answer: asyncio.Future[T | None] = asyncio.get_running_loop().create_future()

        def answered(value: T | None) -> None:
            if not answer.done():
                answer.set_result(value)

        self.app.push_screen(dialog, answered)
        return await answer

    def undo(self) -> None:
        """Take the last act back."""
        try:
            inverse = self.desk.undo()
        except Stale:
            self.say(t("cannot.undo_stale"))
            return
        if inverse is None:
            self.say(t("cannot.undo_nothing"))
        else:
            self.show_done(t("did.undo", what=t(f"verb.{inverse.verb}")))

    def leave(self) -> None:
        """Back to where it was opened from."""
        self.dismiss(None)
