"""Hands on a desk that runs without a terminal: keys go in as events, the screen comes out as text.

``pilot.press`` sleeps until the process is idle, 72 ms a key. Here a key is posted and every message pump is drained,
which takes 3 ms and waits for nothing but work.
"""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from textual._context import visible_screen_stack
from textual.events import Key, Resize
from textual.geometry import Size
from textual.keys import _character_to_key
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.strip import Strip

from cxdesk import i18n
from cxdesk.actions import ACTIONS
from cxdesk.app import DeskApp
from cxdesk.desk import Desk, checking, phrases
from cxdesk.desk.checking import Rulebook
from cxdesk.desk.hearing import Hearing
from cxdesk.desk.phrases import Phrases
from cxdesk.domain.changes import Change
from cxdesk.domain.ids import uuid7
from cxdesk.domain.records import Agent, Customer, Ticket
from cxdesk.domain.words import Channel, Language, Priority, Topic
from cxdesk.keys import KeyMap
from cxdesk.settings import Settings
from cxdesk.storage import people, tickets
from cxdesk.storage.store import Store
from cxdesk.widgets.paint import Painted

__all__ = ["NOW", "SEOUL", "Clock", "Hands", "Shop", "at_desk", "minter", "open_shop", "shows", "words"]

SEOUL = ZoneInfo("Asia/Seoul")
NOW = 1_795_237_380_000
"""2026-11-21 14:03 in Seoul, a Saturday."""


class Clock:
    """Stands still unless it is told to move."""

    def __init__(self, now: int = NOW) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now

    def pass_(self, *, minutes: float = 0, seconds: float = 0) -> None:
        self.now += int(60_000 * minutes + 1000 * seconds)


def minter(clock: Callable[[], int], seed: int = 1) -> Callable[[], str]:
    """Ids that come out the same every time, in the order they were made."""
    made = count(seed << 60)
    return lambda: uuid7(clock(), next(made))


@cache
def _phrases() -> Phrases:
    """The shipped lines, read once for all tests."""
    return Phrases(SEOUL)


@cache
def _word_lists() -> Rulebook:
    """The shipped word lists of the reply check, read once for all tests."""
    book = Rulebook()
    book.load()
    return book


_load_hearing = Hearing.load


@cache
def _shipped_hearing() -> Hearing:
    """The shipped packs and cues, read once for all tests."""
    return _load_hearing()


def _hearing(own: Path | None = None, packs: Path | None = None) -> Hearing:
    """An ear of its own for every desk, since it learns."""
    if own or packs:
        return _load_hearing(own, packs)
    return Hearing(_shipped_hearing()._ears, _shipped_hearing().problems)


def _rulebook(own: Path | None = None) -> Rulebook:
    return Rulebook(own) if own else _word_lists()


class Shop:
    """A desk on a real file, and short words to put people into it."""

    def __init__(self, store: Store, clock: Clock, settings: Settings, mint: Callable[[], str]) -> None:
        self.store, self.clock = store, clock
        self.desk = Desk(store, settings, clock=clock, mint=mint)

    def sign_in(self, name: str) -> None:
        self.desk.sign_in(name)

    def know(self, who: str, lang: Language = Language.KO) -> Customer:
        """A customer from a line such as ``김민지 010-1234-5678``."""
        customer, edits = self.desk.people.newcomer(who, lang)
        self.store.commit(Change("new", edits), self.desk.stamp(), undoable=False)
        return customer

    def arrive(
        self,
        who: str | Customer | None = None,
        said: str = "",
        *,
        channel: Channel = Channel.PHONE,
        topic: Topic = Topic.DELIVERY,
        priority: Priority = Priority.NORMAL,
        lang: Language = Language.KO,
    ) -> Ticket:
        customer = self.know(who, lang) if isinstance(who, str) else who
        ticket, _ = self.desk.arrive(
            channel, customer=customer, topic=topic, said=said, priority=priority, undoable=False
        )
        return ticket

    def colleague(self, name: str) -> Desk:
        """Another agent's hands on the same file."""
        agent = Agent(self.desk.mint(), name, self.clock())
        other = Desk(self.store, self.desk.settings, clock=self.clock, mint=self.desk.mint, agent=agent)
        other.sign_in(name)
        other.waits = self.desk.waits
        me = self.desk.agent
        if me is not None:
            self.store.remember("agent", me.id)
        return other

    def ticket(self, key: str) -> Ticket:
        found = tickets.ticket(self.store.db, key)
        assert found is not None
        return found

    def count(self, table: str) -> int:
        return int(self.store.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - our own names

    def bodies(self, ticket: Ticket, kind: str = "reply") -> list[str]:
        thread = tickets.thread(self.store.db, ticket.id)
        assert thread is not None
        return [message.body for message in thread.messages if message.kind == kind]

    def customer_of(self, ticket: Ticket) -> Customer | None:
        key = self.ticket(ticket.id).customer_id
        return people.customer(self.store.db, key) if key else None


_TEMPLATES: dict[str, Path] = {}


@contextmanager
def open_shop(
    folder: Path,
    *,
    agent: str | None = "이서준",
    now: int = NOW,
    settings: Settings | None = None,
    seed: int = 1,
) -> Iterator[Shop]:
    """An empty shop in ``folder``; the migrated file is made once and then copied."""
    folder.mkdir(exist_ok=True)
    template = _TEMPLATES.get("empty")
    if template is not None and template.exists() and not (folder / "desk.db").exists():
        shutil.copy(template, folder / "desk.db")
    clock = Clock(now)
    with Store.open(folder) as store:
        if template is None:
            store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            copy = folder.parent / "empty-desk.db"
            shutil.copy(store.path, copy)
            _TEMPLATES["empty"] = copy
        shop = Shop(store, clock, settings or Settings(), minter(clock, seed))
        if agent is not None:
            shop.sign_in(agent)
        yield shop


class Hands:
    """Ten fingers, two eyes and a watch."""

    def __init__(self, app: DeskApp, shop: Shop) -> None:
        self.app, self.shop = app, shop
        self.desk = app.desk_screen

    # -- doing

    async def press(self, *keys: str) -> "Hands":
        """Press keys one after the other: characters as they are typed (``n``, ``ㅜ``), others by Textual's name."""
        for key in keys:
            name = _character_to_key(key) if len(key) == 1 else key
            character = key if len(key) == 1 else " " if key == "space" else None
            self.app.post_message(Key(name, character))
            await self.settle()
        return self

    async def type(self, text: str) -> "Hands":
        """Type a text a character at a time."""
        return await self.press(*text)

    async def resize(self, columns: int, rows: int) -> None:
        """Make the terminal another size."""
        size = Size(columns, rows)
        driver: Any = self.app._driver
        driver._size = size
        self.app.post_message(Resize(size, size))
        await self.settle()
        self.app._check_resize()  # Textual waits a moment for more of them
        await self.settle()

    async def wait(self, *, minutes: float = 0, seconds: float = 0) -> None:
        """Let time pass on the desk's clock; then the screen's second hand moves once."""
        self.shop.clock.pass_(minutes=minutes, seconds=seconds)
        self.desk._tick()
        await self.settle()

    async def learned(self) -> None:
        """Until what is read on a thread after the first frame is on the screen."""
        await self.settle()

    async def settle(self) -> None:
        """Until no message is under way, no thread at work and nothing left to paint."""
        quiet, give_up = 0, monotonic() + 20
        while quiet < 4:
            await asyncio.sleep(0)
            if self.app._exit:
                return
            if monotonic() > give_up:
                raise TimeoutError("the screen never came to rest")
            while not all(worker.is_finished for worker in self.app.workers):
                await asyncio.sleep(0.001)  # a thread at work needs the processor more than we do
                quiet = 0
            quiet = 0 if self._busy() else quiet + 1
            if quiet == 4 and self._unpainted():
                self.app.screen._on_timer_update()
                quiet = 0

    def _busy(self) -> bool:
        pumps: list[MessagePump] = [self.app]
        for screen in self.app.screen_stack:
            pumps += screen.walk_children(with_self=True)
        return any(_at_work(pump) for pump in pumps)

    def _unpainted(self) -> bool:
        screen = self.app.screen
        return bool(
            screen._layout_required
            or screen._scroll_required
            or screen._repaint_required
            or screen._dirty_widgets
            or screen._callbacks
        )

    # -- seeing

    def strips(self) -> list[Strip]:
        """The whole screen as it would go to the terminal, dialogs and what is under them."""
        visible_screen_stack.set(self.app._background_screens)
        return self.app.screen._compositor.render_strips()

    @property
    def text(self) -> str:
        """The whole screen as text."""
        return "\n".join(strip.text.rstrip() for strip in self.strips())

    @property
    def dialog(self) -> str:
        """The words of the dialog on top."""
        boards = self.app.screen.query(Painted) if self.on_top != "DeskScreen" else ()
        return "\n".join(words(board) for board in boards)

    @property
    def notice(self) -> str:
        """The sentence at the foot of the screen, or ''."""
        return self.desk._notice

    def row(self, ticket: Ticket) -> str:
        """A ticket's row of the queue as painted."""
        line = self.desk.queue._line(self.desk.queue._index[ticket.id])
        return "".join(text for text, _ in line)

    def roles(self, ticket: Ticket) -> set[str]:
        """The roles that a ticket's row plays."""
        return {role for _, role in self.desk.queue._line(self.desk.queue._index[ticket.id])}

    @property
    def draft(self) -> str:
        """What is in the composer."""
        return self.desk.pane.composer.text

    @property
    def on_top(self) -> str:
        """The name of the screen on top."""
        return type(self.app.screen).__name__

    @property
    def open_ticket(self) -> Ticket | None:
        """The ticket on screen, as it stands in the file."""
        return self.shop.ticket(self.desk.look.id) if self.desk.look else None


def _at_work(pump: MessagePump) -> bool:
    """Whether a pump has messages left, or is in the middle of one: at rest it waits for its queue."""
    queue: Any = pump._message_queue
    return pump.is_running and bool(queue.values or pump._next_callbacks or not queue.ready_event._waiters)


def _paint_later(screen: Screen[Any]) -> None:
    screen._dirty_widgets.clear()


@asynccontextmanager
async def at_desk(
    shop: Shop,
    *,
    size: tuple[int, int] = (120, 30),
    lang: Language = Language.KO,
    theme: str = "dark",
    keymap: KeyMap | None = None,
    pulse: Callable[[], bool] | None = None,
    notice: str = "",
) -> AsyncIterator[Hands]:
    """The program on a shop, its first frame and its thread finished.

    Painting is left until somebody looks (``Hands.strips``, and once more at the end): what nobody asked to be painted
    again is then still missing, and a test is twice as fast.
    """
    i18n.use(lang)
    app = DeskApp(shop.desk, keymap or KeyMap(ACTIONS), theme=theme, pulse=pulse, notice=notice)
    lines = _phrases()
    with (
        patch.object(Screen, "_compositor_refresh", _paint_later),
        patch.object(phrases, "Phrases", lambda zone, own=None: lines),
        patch.object(checking, "Rulebook", _rulebook),
        patch.object(Hearing, "load", _hearing),
    ):
        async with app.run_test(size=size):
            hands = Hands(app, shop)
            await hands.settle()
            yield hands
            if not app._exit:
                hands.strips()


def words(panel: Painted) -> str:
    """What stands in a panel."""
    return "\n".join("".join(text for text, _ in line) for line in panel.lines)


def shows(panel: Painted, sentence: str) -> bool:
    """Whether a sentence stands in a panel, wherever its lines break."""
    return re.sub(r"\s+", "", sentence) in re.sub(r"\s+", "", words(panel))
