"""One theme's page: what it weighs, why it is so, what is changed, who is told, and every voice. Keys in the foot."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from textual.app import ComposeResult
from textual.events import Key, Resize
from textual.screen import Screen

from cxdesk.desk import Desk, Fault, Refused
from cxdesk.domain.afterwards import Horizon, Improvement, ImprovementState, ThemeStage, ThemeWhy, Voice
from cxdesk.domain.voice_views import Item, Listener, Page
from cxdesk.hangul.keyboard import letters_of
from cxdesk.i18n import t
from cxdesk.screens.clipboard import copy
from cxdesk.screens.dialogs import Choose, Dialog, Write
from cxdesk.screens.status import status_line
from cxdesk.widgets.bars import KeyBar, StatusBar, key_line
from cxdesk.widgets.library import LibraryList
from cxdesk.widgets.lines import Line
from cxdesk.widgets.theme import Sections, page_head
from cxdesk.widgets.voices import theme_line

__all__ = ["ThemePage"]

T = TypeVar("T")

_FOR: dict[type, dict[str, str]] = {
    ThemeWhy: {"x": "drop_why"},
    Improvement: {"d": "done", "o": "owner", "x": "drop"},
    Listener: {"t": "tell", "Enter": "word"},
    Voice: {"Space": "choose", "s": "split", "b": "move", "Enter": "ticket"},
}
_ALWAYS = {"w": "why", "i": "improve", "]": "on", "[": "back", "1-5": "effort", "e": "rename", "m": "join", "z": "undo"}


_ABOUT: dict[ThemeStage, type] = {ThemeStage.IMPROVE: Improvement, ThemeStage.SHARE: Listener}
"""Where the cursor begins; elsewhere at the top."""


_BELOW = 4
"""While so many lines are in sight below the cursor, the page stays at its top."""


class ThemePage(Screen[str | None]):
    """Answers the id of a ticket to open. What a key does depends on what the cursor is on; the foot says it."""

    DEFAULT_CSS = """
    ThemePage { background: $desk-back; layout: vertical; }
    ThemePage StatusBar, ThemePage KeyBar { height: 1; background: $desk-bar; }
    ThemePage #theme { height: 1fr; padding: 0 1; }
    """
    AUTO_FOCUS = ""

    def __init__(self, desk: Desk, theme_id: str) -> None:
        super().__init__()
        self._desk = desk
        self._theme_id = theme_id
        self._page: Page | None = desk.voices.page(theme_id)
        self._at = 0
        self._chosen: set[str] = set()
        self._said = ""
        self.status = StatusBar()
        self.body = LibraryList(self._lines, id="theme")
        self.bar = KeyBar()

    def compose(self) -> ComposeResult:
        """Status, the page, keys."""
        yield self.status
        yield self.body
        yield self.bar

    def on_mount(self) -> None:
        """At what the theme's stage is about."""
        if self._page is not None:
            kind = _ABOUT.get(self._page.card.theme.stage)
            places = (place for place, item in enumerate(self._page.items) if isinstance(item, kind or object))
            self._at = next(places, 0)
        self._draw()

    def on_resize(self, event: Resize) -> None:
        """Another size shows other lines."""
        self._draw()

    # -- what is shown

    def _read(self) -> None:
        """Read anew. A cause or a change that was not there before is where the cursor goes."""
        known = _made(self._page)
        self._page = self._desk.voices.page(self._theme_id)
        if self._page is not None:
            self._theme_id = self._page.card.theme.id
            made = [place for key, place in _made(self._page).items() if key not in known]
            self._at = max(0, min(made[0] if made else self._at, len(self._page.items) - 1))
            self._chosen &= {voice.id for voice, _ in self._page.voices}

    def _draw(self) -> None:
        width = self.app.size.width
        self.status.show([status_line(self._desk, width)])
        self.body.lay_out()
        if self._said:
            self.bar.show([((f" {self._said}", "mark"),)])
            return
        item = self.current
        keys = (_FOR[type(item)] if item is not None else {}) | _ALWAYS
        hints = [(key, t(f"theme.key.{name}"), True) for key, name in keys.items()]
        self.bar.show([key_line([*hints, ("Esc", t("voices.key.leave"), True)], width)])

    def _lines(self, width: int, height: int) -> list[Line]:
        if self._page is None:
            return []
        rules, desk = self._desk.settings.segments, self._desk
        head = page_head(self._page, rules.vip_spent, rules.currency, width)
        rest, here = Sections(self._page, self._chosen, desk.zone, desk.clock(), width).lines(self._at)
        lines = [*head, *rest]
        cursor = len(head) + here
        top = 0 if cursor < height - _BELOW else max(0, min(cursor - height // 2, len(lines) - height))
        return lines[top : top + height]

    @property
    def current(self) -> Item | None:
        """What the cursor is on."""
        items = self._page.items if self._page else ()
        return items[self._at] if self._at < len(items) else None

    # -- keys

    def on_key(self, event: Key) -> None:
        """Moving always works; the rest is what the foot says."""
        event.stop()
        event.prevent_default()
        self._said = ""
        steps = {"down": 1, "j": 1, "up": -1, "k": -1, "pagedown": 8, "pageup": -8, "home": -9999, "end": 9999}
        key = letters_of(event.character) if event.character and event.character.isprintable() else event.key
        if key == "escape":
            self.dismiss(None)
        elif self._page is not None and key in steps:
            self._at = max(0, min(len(self._page.items) - 1, self._at + steps[key]))
            self._draw()
        elif self._page is not None:
            self._carefully(lambda: self._act("space" if event.key == "space" else key))

    def _carefully(self, act: Callable[[], object]) -> None:
        """Carry something out and read anew, or say why it could not be."""
        try:
            with self._desk.reading():
                act()
                self._read()
        except (Refused, Fault) as error:
            family = "refused" if isinstance(error, Refused) else "fault"
            self._said = t(f"{family}.{error.code}", **error.values)
        self._draw()

    def _act(self, key: str) -> None:
        verbs, key_of_theme = self._desk.voices, self._theme_id
        always: Mapping[str, Callable[[], object]] = {
            "w": self._ask_why,
            "i": self._ask_horizon,
            "]": lambda: verbs.step(key_of_theme, 1),
            "[": lambda: verbs.step(key_of_theme, -1),
            "e": self._ask_title,
            "m": self._ask_join,
            "z": self._undo,
        } | {str(n): partial(verbs.rate, key_of_theme, n) for n in range(1, 6)}
        if key in always:
            always[key]()
            return
        match self.current:
            case ThemeWhy() as why if key == "x":
                verbs.forget_why(why)
            case Improvement() as work:
                self._act_on_work(key, work)
            case Listener() as one:
                self._act_on_listener(key, one)
            case Voice() as voice:
                self._act_on_voice(key, voice)

    def _act_on_work(self, key: str, work: Improvement) -> None:
        planned, verbs = work.state is ImprovementState.PLANNED, self._desk.voices
        if key == "d":
            verbs.settle(work, ImprovementState.DONE if planned else ImprovementState.PLANNED)
        elif key == "x":
            verbs.settle(work, ImprovementState.DROPPED if planned else ImprovementState.PLANNED)
        elif key == "o":
            agents = [(str(n), agent.name, agent.id) for n, agent in enumerate(self._desk.read.agents()[:9], 1)]
            self._ask(Choose(t("theme.ask_owner"), agents), lambda agent: verbs.own(work, agent))

    def _act_on_listener(self, key: str, one: Listener) -> None:
        verbs = self._desk.voices
        if key == "t":
            verbs.tell(self._theme_id, one.customer_id)
            self._said = t("did.tell", name=one.name, copied=t(f"did.copied_{copy(self.app, one.body)}"))
        elif key == "enter" and one.told_at is None:
            question = Write(t("theme.ask_words", name=one.name), text=one.body)
            self._ask(question, lambda body: verbs.word(self._theme_id, one.customer_id, body))

    def _act_on_voice(self, key: str, voice: Voice) -> None:
        if key == "space":
            self._chosen ^= {voice.id}
        elif key == "s":
            chosen = [one for one, _ in self._page.voices if one.id in self._chosen] if self._page else []
            made, _ = self._desk.voices.split(chosen or [voice])
            self._chosen.clear()
            self._said = t("did.split_theme", title=made.title)
        elif key == "b":
            self._ask(self._choose_theme("theme.ask_move"), lambda into: self._desk.voices.move(voice, into))
        elif key == "enter" and voice.ticket_id is not None:
            self.dismiss(voice.ticket_id)

    # -- asking

    def _ask(self, dialog: Dialog[T], then: Callable[[T], object]) -> None:
        """Ask something on top of the page and go on with the answer."""

        def answered(value: T | None) -> None:
            if value is not None:
                self._carefully(partial(then, value))

        self.app.push_screen(dialog, answered)

    def _ask_why(self) -> None:
        before = self._page.whys if self._page else ()
        asked = before[-1].body if before else self._page.card.theme.title if self._page else ""
        self._ask(Write(t("theme.ask_why", what=asked)), lambda body: self._desk.voices.why(self._theme_id, body))

    def _ask_horizon(self) -> None:
        options = [(str(n), t(f"horizon.{one}.long"), one) for n, one in enumerate(Horizon, 1)]
        self._ask(Choose(t("theme.ask_horizon"), options), self._ask_work)

    def _ask_work(self, horizon: Horizon) -> None:
        from cxdesk.screens.acts.voices import due_read_back

        question = Write(
            t("theme.ask_work"),
            understood=lambda text: due_read_back(self._desk, text),
            accept=lambda text: bool(text.strip()) and not self._desk.voices.read_due(text).wrong,
            placeholder=t("theme.work_example"),
        )
        self._ask(question, lambda text: self._desk.voices.improve(self._theme_id, text, horizon))

    def _ask_title(self) -> None:
        title = self._page.card.theme.title if self._page else ""
        question = Write(t("theme.ask_title"), text=title)
        self._ask(question, lambda text: self._desk.voices.rename(self._theme_id, text))

    def _ask_join(self) -> None:
        self._ask(self._choose_theme("theme.ask_join"), self._join)

    def _join(self, into: str) -> None:
        self._desk.voices.join(self._theme_id, into)
        self._theme_id = into

    def _choose_theme(self, title: str) -> Choose[str]:
        """Another theme, one of its own topic first."""
        others = self._desk.voices.others(self._page.card.theme) if self._page else ()
        if not others:
            raise Refused("no_theme")
        width = max(20, self.app.size.width - 12)
        labels = ["".join(text for text, _ in theme_line(theme, width)) for theme in others]
        keys = "123456789abcdefghijklmnopqrstuvwxyz"
        return Choose(t(title), [(key, label, one.id) for key, label, one in zip(keys, labels, others, strict=False)])

    def _undo(self) -> None:
        inverse = self._desk.undo()
        self._said = t("did.undo", what=t(f"verb.{inverse.verb}")) if inverse else t("cannot.undo_nothing")


def _made(page: Page | None) -> dict[str, int]:
    """Causes and changes of a page: id → its place among the items."""
    items = page.items if page else ()
    return {item.id: place for place, item in enumerate(items) if isinstance(item, ThemeWhy | Improvement)}
