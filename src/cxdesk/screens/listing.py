"""A screen that is one list in sections: what the cursor is on is told below it, each key does one thing to it."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.events import Key, Resize
from textual.screen import Screen

from cxdesk.desk import Desk, Fault, Refused
from cxdesk.hangul.keyboard import letters_of
from cxdesk.i18n import t
from cxdesk.screens.status import status_line
from cxdesk.widgets import privacy
from cxdesk.widgets.bars import KeyBar, StatusBar, key_line
from cxdesk.widgets.lines import Line, fit
from cxdesk.widgets.paint import Painted

__all__ = ["Listing", "Section"]

T = TypeVar("T")
Section = tuple[Line, Sequence[T]]
"""The heading of a part of the list, and what is in it."""

_BREATH_S = 20
"""How often what the clock says of the rows is looked at again."""


class Listing(Screen["str | None"], Generic[T]):
    """Answers the id of a ticket to open. Subclasses say what is listed, how it looks and what keys do."""

    DEFAULT_CSS = """
    Listing { background: $desk-back; layout: vertical; }
    Listing StatusBar, Listing KeyBar { height: 1; background: $desk-bar; }
    Listing #head { height: 1; }
    Listing #list { height: 1fr; }
    Listing #told { height: 6; background: $desk-bar; }
    """
    AUTO_FOCUS = ""
    KEYS: ClassVar[Sequence[tuple[str, str]]] = ()
    """Key as written and the id of its label, for the bar."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._sections: Sequence[Section[T]] = ()
        self._items: Sequence[T] = ()
        self._at = 0
        self._said = ""
        self.status = StatusBar()
        self.head, self.list, self.told = Painted(id="head"), Painted(id="list"), Painted(id="told")
        self.bar = KeyBar()

    # -- what a subclass says

    def find(self) -> Sequence[Section[T]]:
        """Read what is listed."""
        raise NotImplementedError

    def headline(self) -> Line:
        """The line above the list."""
        raise NotImplementedError

    def row(self, item: T, width: int) -> Line:
        """How one entry looks in ``width`` cells."""
        raise NotImplementedError

    def about(self, item: T, width: int) -> Sequence[Line]:
        """What is told of the entry under the cursor, five lines at most."""
        raise NotImplementedError

    def foot(self, width: int) -> Line:
        """The last line of what is told: it is there whatever the cursor is on."""
        return ()

    def empty(self) -> str:
        """What is said when nothing is listed."""
        raise NotImplementedError

    def acts(self, item: T) -> Mapping[str, Callable[[], object]]:
        """Key → what it does to the entry under the cursor."""
        raise NotImplementedError

    # -- showing

    def compose(self) -> ComposeResult:
        """Status, title, list, what is told, keys."""
        yield self.status
        yield self.head
        yield self.list
        yield self.told
        yield self.bar

    def on_mount(self) -> None:
        """Read and show."""
        self.read()
        self.set_interval(_BREATH_S, self._breathe)

    def _breathe(self) -> None:
        if self.is_current and not self.desk.store.busy:
            self._try(self.read)

    def on_resize(self, event: Resize) -> None:
        """Another size."""
        self.draw()

    def read(self) -> None:
        """Read anew; the cursor stays on the same place."""
        self._sections = self.find()
        self._items = [item for _, items in self._sections for item in items]
        self._at = max(0, min(self._at, len(self._items) - 1))
        self.draw()

    @property
    def current(self) -> T | None:
        """The entry under the cursor."""
        return self._items[self._at] if self._items else None

    def draw(self) -> None:
        """Paint what was read."""
        width = self.app.size.width
        if width < 20:
            return
        self.status.show([status_line(self.desk, width)])
        self.head.show([fit(self.headline(), width)])
        self.list.show(self._rows(width))
        item = self.current
        about = list(self.about(item, width - 2))[:5] if item is not None else []
        told = [((" ", "text"), *line) for line in about] + [()] * (5 - len(about))
        self.told.show([*told, fit(((" ", "dim"), *self.foot(width - 2)), width)])
        if self._said:
            self.bar.show([((f" {self._said}", "mark"),)])
        else:
            self.bar.show([key_line([(key, t(label), True) for key, label in self.KEYS], width)])

    def _rows(self, width: int) -> Sequence[Line]:
        """Headings and entries, as many as there is room for around the cursor."""
        if not self._items:
            return [(), ((f"  {self.empty()}", "dim"),)]
        lines: list[Line] = []
        place = n = 0
        for heading, items in self._sections:
            if items:
                lines.append(fit((("  ", "text"), *heading), width))
            for item in items:
                here = n == self._at
                place = len(lines) if here else place
                lines.append(fit((("▌" if here else " ", "accent"), *self.row(item, width - 2)), width))
                n += 1
        room = max(3, self.app.size.height - 9)
        top = max(0, min(place - room // 2, len(lines) - room))
        return lines[top : top + room]

    # -- keys

    def on_key(self, event: Key) -> None:
        """One key, one thing; jamo count as the letters they sit on."""
        event.stop()
        self._said = ""
        pressed = letters_of(event.character) if event.character and event.character.isprintable() else event.key
        acts = {**self._everywhere(), **(self.acts(self.current) if self.current is not None else {})}
        act = acts.get(event.key) or acts.get(pressed)
        if act is not None:
            self._try(act)
        self.draw()

    def _everywhere(self) -> Mapping[str, Callable[[], object]]:
        page = max(3, self.app.size.height - 12)
        return {
            **dict.fromkeys(("j", "down"), partial(self.go, 1)),
            **dict.fromkeys(("k", "up"), partial(self.go, -1)),
            "pagedown": partial(self.go, page),
            "pageup": partial(self.go, -page),
            "home": partial(self.go, -len(self._items)),
            "end": partial(self.go, len(self._items)),
            "z": self._undo,
            "f4": self._share,
            "escape": partial(self.dismiss, None),
        }

    def go(self, by: int) -> None:
        """The cursor, so many entries on."""
        self._at = max(0, min(len(self._items) - 1, self._at + by))

    def say(self, text: str) -> None:
        """A sentence at the foot until the next key."""
        self._said = text

    def do(self, act: Callable[[], object], sentence: str) -> None:
        """Carry a verb out and read anew, or say why it cannot be done; for answers of dialogs too."""

        def done() -> None:
            act()
            self.read()
            self.say(sentence)

        self._try(done)
        self.draw()

    def _try(self, act: Callable[[], object]) -> None:
        try:
            with self.desk.reading():
                act()
        except (Refused, Fault) as error:
            family = "refused" if isinstance(error, Refused) else "fault"
            self.say(t(f"{family}.{error.code}", **error.values))

    def _undo(self) -> None:
        """Take back the last thing that was done."""
        inverse = self.desk.undo()
        self.read()
        self.say(t("did.undo", what=t(f"verb.{inverse.verb}")) if inverse else t("cannot.undo_nothing"))

    def _share(self) -> None:
        """The screen is shown to others from now on, or no longer."""
        privacy.share(not privacy.sharing())
