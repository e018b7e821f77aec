"""The list of customers: everybody in an order, or whom a line finds while it is typed."""

from collections.abc import Callable, Mapping
from functools import partial

from textual.app import ComposeResult
from textual.events import Key, Resize
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input

from cxdesk.desk import Desk, Fault, Refused
from cxdesk.desk.card import SHOWN_MS
from cxdesk.desk.roster import BLOCK
from cxdesk.domain.correcting import Field
from cxdesk.domain.filters import Wrong, completions
from cxdesk.domain.roster import Sort
from cxdesk.i18n import language, t
from cxdesk.screens.person import Person, leave_to
from cxdesk.screens.status import status_line
from cxdesk.widgets import privacy
from cxdesk.widgets.bars import KeyBar, StatusBar, between, key_line
from cxdesk.widgets.filters import hint_line
from cxdesk.widgets.lines import Line
from cxdesk.widgets.paint import Painted
from cxdesk.widgets.roster import Fence, RosterList, roster_head

__all__ = ["Customers"]

_FOUND = 50
"""How many people a search shows; who wants more says more."""


class Customers(Screen[str | None]):
    """Answers the id of a ticket to open. The line always has the keys; arrows belong to the list."""

    DEFAULT_CSS = """
    Customers { background: $desk-back; layout: vertical; }
    Customers StatusBar, Customers KeyBar, Customers #head, Customers #hint { height: 1; }
    Customers StatusBar, Customers KeyBar { background: $desk-bar; }
    Customers Input { background: $desk-bar; border: none; height: 1; padding: 0 1; color: $desk-strong; }
    Customers Input:focus { border: none; }
    Customers RosterList { height: 1fr; }
    """
    AUTO_FOCUS = ""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._sort = Sort.SEEN
        self._orders: dict[Sort, tuple[list[Fence], int]] = {}
        self._wrong: Wrong | None = None
        self._said = ""
        self._read_as = ""
        self._covering: Timer | None = None
        self.status = StatusBar()
        self.input = Input(placeholder=t("roster.placeholder"), select_on_focus=False)
        self.input.cursor_blink = False
        self.head = Painted(id="head")
        self.list = RosterList(desk.read.roster, BLOCK, id="list")
        self.hint = Painted(id="hint")
        self.bar = KeyBar()

    def compose(self) -> ComposeResult:
        """Status, the line, the list, and what is known about both."""
        yield self.status
        yield self.input
        yield self.hint
        yield self.head
        yield self.list
        yield self.bar

    def on_mount(self) -> None:
        """Everybody, the latest contact first."""
        self.input.focus()
        self._begin()

    def on_resize(self, event: Resize) -> None:
        """Another width."""
        self._label()

    # -- the list

    def _begin(self) -> None:
        """Show everybody in the order chosen: the first block now, the whole list as soon as it is walked."""
        self.list.begin(self._sort, self._desk.clock())
        if self._sort in self._orders:
            self.list.fenced(*self._orders[self._sort])
        else:
            self.run_worker(partial(self._walk, self._sort), thread=True, group="fences", exclusive=True)
        self._label()

    def _walk(self, sort: Sort) -> None:
        reader = self._desk.store.reader()
        try:
            found = self._desk.read.roster.fences(reader, sort)
        finally:
            reader.close()
        self._orders[sort] = found
        self.app.call_from_thread(self._fenced, sort)

    def _fenced(self, sort: Sort) -> None:
        if sort is self._sort and self.is_attached:
            self.list.fenced(*self._orders[sort])
            self._label()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find while typing; an empty line is everybody again."""
        self._said = ""
        if event.value.strip():
            found, whom = self._desk.read.roster.search(event.value, _FOUND)
            self._wrong, self._read_as = whom.filters.wrong, whom.read_as
            self.list.show_found(found, {key: t("roster.bought", product=why) for key, why in whom.why.items() if why})
        else:
            self._wrong, self._read_as = None, ""
            self.list.show_all()
        self._label()

    # -- keys

    def on_key(self, event: Key) -> None:
        """What the line does not take: moving, the order, hiding, revealing, leaving."""
        if event.key in ("home", "end") and self.input.value:
            return  # they move inside the line; with Ctrl they are the list's
        act = self._acts().get(event.key.removeprefix("ctrl+"))
        if act is not None:
            event.stop()
            event.prevent_default()
            act()
            self._label()

    def _acts(self) -> Mapping[str, Callable[[], None]]:
        return {
            "down": partial(self.list.move, 1),
            "up": partial(self.list.move, -1),
            "pagedown": partial(self.list.page, 1),
            "pageup": partial(self.list.page, -1),
            "home": partial(self.list.go, 0),
            "end": self.list.end,
            "tab": self._tab,
            "f2": self._reveal,
            "f4": self._share,
            "escape": self._leave,
        }

    def _share(self) -> None:
        """The screen is shown to others from now on, or no longer."""
        privacy.share(not privacy.sharing())
        self._repaint()

    def _tab(self) -> None:
        """Finish the condition that is being typed; in an empty line, the next order."""
        offered = completions(self.input.value, language()) if self.input.value else ()
        if offered:
            head = self.input.value[: len(self.input.value) - len(self.input.value.rsplit(" ", 1)[-1])]
            self.input.value = head + offered[0] + ("" if offered[0].endswith(":") else " ")
            self.input.cursor_position = len(self.input.value)
        elif not self.input.value:
            orders = tuple(Sort)
            self._sort = orders[(orders.index(self._sort) + 1) % len(orders)]
            self._begin()

    def _leave(self) -> None:
        """From what was found to everybody, then out."""
        if self.input.value:
            self.input.value = ""
        else:
            self.dismiss(None)

    def _reveal(self) -> None:
        """The number of the person under the cursor, for half a minute; that it was looked at is kept."""
        person = self.list.current
        if person is None or privacy.sharing():
            return
        try:
            shown = self._desk.card.reveal(person.customer_id, (Field.PHONE,), "list")
        except (Refused, Fault) as error:
            self._refuse(error)
            return
        self.list.unmask({person.customer_id: shown[Field.PHONE]} if shown else {})
        if self._covering is not None:
            self._covering.stop()
        self._covering = self.set_timer(SHOWN_MS / 1000, partial(self.list.unmask, {}))

    def _refuse(self, error: Refused | Fault) -> None:
        family = "refused" if isinstance(error, Refused) else "fault"
        self._said = t(f"{family}.{error.code}", **error.values)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the person under the cursor."""
        self._open()

    def on_roster_list_opened(self) -> None:
        """Open the person that was clicked."""
        self._open()

    def _open(self) -> None:
        person = self.list.current
        if person is None:
            self.app.bell()
            return
        self.app.push_screen(Person(self._desk, person.customer_id), self._back)

    def _back(self, ticket_id: str | None) -> None:
        """From a person's page: to the ticket chosen there, or to the list, which may read differently now."""
        if ticket_id is not None:
            leave_to(self, ticket_id)
            return
        self._orders.clear()
        self.list.forget()
        self._repaint()

    # -- what stands around the list

    def _repaint(self) -> None:
        self.list.refresh()
        self._label()

    def _label(self) -> None:
        width = self.app.size.width
        self.status.show([status_line(self._desk, width)])
        order = None if self.input.value else self._sort
        self.head.show([between(roster_head(order, width - 12), self._place(), width)])
        self.hint.show([self._told()])
        hints: Mapping[str, str] = {"Enter": "open", "Tab": "tab", "F2": "reveal", "F4": "share", "Esc": "leave"}
        self.bar.show([key_line([(key, t(f"roster.key.{name}"), True) for key, name in hints.items()], width)])

    def _place(self) -> Line:
        """Which row of how many; ``+`` while the list is not walked yet, or where a search may have found more."""
        count = self.list.count
        more = "+" if (count >= _FOUND if self.input.value else not self.list.whole) else ""
        return ((f"{min(self.list.place + 1, count):,}/{count:,}{more} ", "dim"),)

    def _told(self) -> Line:
        if self._said:
            return ((f" {self._said}", "warn"),)
        if self._read_as:
            return ((" " + t("search.read_as", name=self._read_as), "warn"),)
        hint = hint_line(self.input.value, self._wrong)
        if self.input.value and not self.list.count and not hint:
            return ((" " + t("search.nothing"), "warn"),)
        return ((" ", "dim"), *hint)
