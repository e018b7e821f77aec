"""One person's page: who they are, how it went with them over the years, and what can be put right."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Key, Resize
from textual.screen import Screen
from textual.timer import Timer

from cxdesk.desk import Desk, Done, Fault, Refused
from cxdesk.desk.card import SHOWN_MS
from cxdesk.domain.correcting import Field
from cxdesk.domain.inert import inert_line
from cxdesk.domain.memory import Memory
from cxdesk.domain.timeline import Event, EventKind, Mark
from cxdesk.hangul.keyboard import letters_of
from cxdesk.i18n import t
from cxdesk.screens.clipboard import copy
from cxdesk.screens.dialogs import Choose, Write
from cxdesk.screens.status import status_line
from cxdesk.widgets import privacy
from cxdesk.widgets.bars import KeyBar, StatusBar, key_line
from cxdesk.widgets.person import PersonHead, quick_facts
from cxdesk.widgets.timeline import TimelineView

if TYPE_CHECKING:
    from cxdesk.domain.likeness import Pair
    from cxdesk.screens.merging import Decision

__all__ = ["Person", "leave_to"]

_HIDDEN = (Field.PHONE, Field.EMAIL, Field.ADDRESS)
_CURVE = 24
"""Contacts whose feelings make the curve."""
_KEYS = (
    ("Enter", "open"),
    ("e", "edit"),
    ("=", "note"),
    ("w", "journey"),
    ("y", "copy"),
    ("v", "reveal"),
    ("m", "merge"),
    ("x", "export"),
    ("z", "undo"),
    ("F4", "share"),
    ("Esc", "leave"),
)


def leave_to(screen: Screen[str | None], ticket_id: str) -> None:
    """Leave a screen with a ticket to open, once whatever was on top of it is gone."""

    def leave() -> None:
        screen.dismiss(ticket_id)

    screen.call_later(leave)


class Person(Screen[str | None]):
    """Answers the id of a contact to open."""

    DEFAULT_CSS = """
    Person { background: $desk-back; layout: vertical; }
    Person StatusBar, Person KeyBar { height: 1; background: $desk-bar; }
    Person PersonHead { height: 7; max-height: 40%; border: round $desk-edge; border-title-color: $desk-dim; }
    Person TimelineView { height: 1fr; border: round $desk-accent; border-title-color: $desk-accent; }
    """
    AUTO_FOCUS = ""

    def __init__(self, desk: Desk, customer_id: str, *, why: str = "person") -> None:
        super().__init__()
        self._desk, self._whose, self._why = desk, customer_id, why
        self._memory: Memory
        self._covering: Timer | None = None
        self._said = ""
        self.status = StatusBar()
        self.head = PersonHead(desk.zone)
        self.timeline = TimelineView(desk.zone, self._events)
        self.bar = KeyBar()

    def compose(self) -> ComposeResult:
        """Who, and what happened."""
        yield self.status
        yield self.head
        yield self.timeline
        yield self.bar

    def on_mount(self) -> None:
        """Read the page."""
        self._read()

    def on_resize(self, event: Resize) -> None:
        """Another width."""
        self._label()

    def _read(self, *, keep: bool = False) -> None:
        memory = self._desk.read.memory(self._whose, few=_CURVE)
        if memory is None:
            self.dismiss(None)
            return
        self._memory, self._whose = memory, memory.customer.id  # who was merged is now somebody else
        self.timeline.names = (memory.customer.name,)
        # Content is never parsed, whatever brackets are in a name; a title given as text would be.
        self.head.border_title = Content(inert_line(privacy.shown_name(memory.customer.name)))
        self.timeline.border_title = t("person.timeline")
        self.head.read(memory, self._desk.clock())
        self.timeline.begin(keep=keep)
        self._label()

    def _events(self, before: Mark | None) -> Sequence[Event]:
        return self._desk.read.roster.timeline(self._whose, before)

    def _label(self) -> None:
        width = self.app.size.width
        self.status.show([status_line(self._desk, width)])
        if self._said:
            self.bar.show([((f" {self._said}", "mark"),)])
        else:
            self.bar.show([key_line([(key, t(f"person.key.{name}"), True) for key, name in _KEYS], width)])

    def _say(self, text: str) -> None:
        self._said = text
        self._label()

    # -- keys

    def on_key(self, event: Key) -> None:
        """One key, one thing; jamo count as the letters they sit on."""
        event.stop()
        self._said = ""
        pressed = letters_of(event.character) if event.character and event.character.isprintable() else event.key
        acts = self._acts()
        if (act := acts.get(event.key) or acts.get(pressed)) is not None:
            self._try(act)
        self._label()

    def _acts(self) -> Mapping[str, Callable[[], object]]:
        forward, back = partial(self.timeline.move, 1), partial(self.timeline.move, -1)
        return {
            **dict.fromkeys(("j", "down"), forward),
            **dict.fromkeys(("k", "up"), back),
            "pagedown": partial(self.timeline.page, 1),
            "pageup": partial(self.timeline.page, -1),
            "home": self.timeline.top,
            "enter": self._open,
            "e": self._edit,
            "=": self._note,
            "y": self._copy,
            "v": self._reveal,
            "f2": self._reveal,
            "m": self._merge,
            "x": self._export,
            "w": self._journey,
            "z": self._undo,
            "f4": self._share,
            "escape": self._leave,
        }

    def _leave(self) -> None:
        self.dismiss(None)

    def _try(self, act: Callable[..., object], *values: object) -> None:
        """Carry something out, or say why it cannot be done."""
        try:
            with self._desk.reading():
                act(*values)
        except (Refused, Fault) as error:
            family = "refused" if isinstance(error, Refused) else "fault"
            self._say(t(f"{family}.{error.code}", **error.values))

    def _done(self, done: Done, sentence: str) -> None:
        """Show what a verb did; one that had nothing to do says nothing."""
        self._read(keep=True)
        self._say(sentence if done else "")

    def _open(self) -> None:
        """The contact under the cursor, on the desk."""
        event = self.timeline.current
        if event is not None and event.kind is EventKind.CONTACT:
            self.dismiss(event.record.id)
        else:
            self._say(t("person.no_contact"))

    def _edit(self) -> None:
        """Which field, then what it should be."""
        options = [(str(i), t(f"known.{field}"), field) for i, field in enumerate(Field, 1)]
        self.app.push_screen(Choose(t("person.edit"), options), self._edit_field)

    def _edit_field(self, field: Field | None) -> None:
        if field is None:
            return
        if field is Field.LANGUAGE:
            languages = [("1", "한국어", "ko"), ("2", "English", "en")]
            self.app.push_screen(Choose(t("known.language"), languages), partial(self._corrected, field))
            return
        known = self._desk.card.reveal(self._whose, (field,), "edit") if field in _HIDDEN else {}
        text = known.get(field, "") if field in _HIDDEN else self._desk.card.present(self._whose, field)
        self.app.push_screen(
            Write(t(f"known.{field}"), text=text, accept=lambda text: True), partial(self._corrected, field)
        )

    def _corrected(self, field: Field, text: str | None) -> None:
        if text is not None:
            self._try(self._correct, field, text)

    def _correct(self, field: Field, text: str) -> None:
        self._done(self._desk.card.correct(self._whose, field, text), t("did.correct", field=t(f"known.{field}")))

    def _note(self) -> None:
        """Something to remember."""
        self.app.push_screen(Write(t("ask.remember"), placeholder=t("ask.remember_example")), self._noted)

    def _noted(self, text: str | None) -> None:
        if text is not None:
            self._try(lambda: self._done(self._desk.people.remember(self._whose, text), t("did.remember")))

    def _copy(self) -> None:
        """The facts that another program asks for; numbers as they are shown."""
        self._say(t(f"did.copied_{copy(self.app, quick_facts(self._memory, self.head.bare))}"))

    def _reveal(self) -> None:
        """Numbers and addresses whole, for half a minute; that they were looked at is kept."""
        if privacy.sharing():
            self._say(t("person.sharing"))
            return
        self.head.unmask(self._desk.card.reveal(self._whose, _HIDDEN, self._why))
        if self._covering is not None:
            self._covering.stop()
        self._covering = self.set_timer(SHOWN_MS / 1000, partial(self.head.unmask, {}))

    def _share(self) -> None:
        """The screen is shown to others from now on, or no longer."""
        privacy.share(not privacy.sharing())
        self.head.unmask({})
        self._read(keep=True)

    def _undo(self) -> None:
        """Take back the last thing that was done."""
        inverse = self._desk.undo()
        self._read(keep=True)
        self._say(t("did.undo", what=t(f"verb.{inverse.verb}")) if inverse else t("cannot.undo_nothing"))

    def _export(self) -> None:
        """Everything about this person, as two files in the data folder."""
        from cxdesk.desk.dossier import write_dossier
        from cxdesk.widgets.dossier import dossier_text

        data = self._desk.read.roster.dossier(self._whose)
        events = self._desk.read.roster.everything(self._whose)
        agents = {agent.id: agent.name for agent in self._desk.read.agents()}
        text = dossier_text(data, events, agents, self._desk.zone)
        folder = self._desk.store.path.parent / "exports"
        write_dossier(folder, self._whose, data, text)
        self._say(t("did.exported", path=str(folder)))

    def _journey(self) -> None:
        """Their way so far, stage by stage."""
        from cxdesk.screens.journey import PersonJourney

        self.app.push_screen(PersonJourney(self._desk, self._memory))

    def _merge(self) -> None:
        """Is this person in the file twice?"""
        from cxdesk.screens.merging import Duplicates

        self.app.push_screen(Duplicates(self._desk, self._memory), self._compare)

    def _compare(self, pair: "Pair | None") -> None:
        """Two entries side by side."""
        from cxdesk.screens.merging import SideBySide

        one = self._desk.read.memory(pair.one.id) if pair else None
        other = self._desk.read.memory(pair.likeness.other.id) if pair else None
        if pair is not None and one is not None and other is not None:
            self.app.push_screen(SideBySide(self._desk, one, other, pair.likeness), self._decided)

    def _decided(self, decision: "Decision | None") -> None:
        if decision is not None:
            self._try(self._decide, decision)

    def _decide(self, decision: "Decision") -> None:
        both = decision.survivor_id, decision.merged_id
        if decision.apart:
            self._done(self._desk.merging.keep_apart(*both), t("did.apart"))
        else:
            self._done(self._desk.merging.merge(*both, decision.take), t("did.merge"))
