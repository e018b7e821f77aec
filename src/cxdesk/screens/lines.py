"""The library of lines: every line to say, told to the customer on screen, how it fared, and the shop's own wording."""

from collections.abc import Callable
from pathlib import Path

from textual.app import ComposeResult
from textual.events import Key, Resize
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from cxdesk.desk import Desk, Refused
from cxdesk.desk.lines import Lines
from cxdesk.desk.look import Look
from cxdesk.domain.words import Emotion, Language, Stage, Topic
from cxdesk.empathy.library import Line as Script
from cxdesk.hangul.keyboard import letters_of
from cxdesk.i18n import t
from cxdesk.screens.dialogs import Choose, Write
from cxdesk.screens.line import EditLine
from cxdesk.screens.status import status_line
from cxdesk.widgets.bars import KeyBar, StatusBar, key_line
from cxdesk.widgets.library import LibraryList, LibraryPage, Told, library_head, library_rows, line_page
from cxdesk.widgets.lines import Line
from cxdesk.widgets.paint import Painted

__all__ = ["LineLibrary"]

_WIDE = 150


class LineLibrary(Screen[None]):
    """Keys go to the list; ``/`` gives them to the search line and Enter or Escape takes them back."""

    DEFAULT_CSS = """
    LineLibrary { background: $desk-back; layout: vertical; }
    LineLibrary StatusBar, LineLibrary KeyBar, LineLibrary #head { height: 1; }
    LineLibrary StatusBar, LineLibrary KeyBar { background: $desk-bar; }
    LineLibrary Input { background: $desk-bar; border: none; height: 1; padding: 0 1; color: $desk-strong; }
    LineLibrary Input:focus { border: none; }
    LineLibrary #body { height: 1fr; layout: vertical; }
    LineLibrary #lines { height: 1fr; }
    LineLibrary #page { height: 9; border-top: solid $desk-edge; padding: 0 1; }
    LineLibrary.wide #body { layout: horizontal; }
    LineLibrary.wide #lines { width: 1fr; height: 100%; }
    LineLibrary.wide #page { width: 48; height: 100%; border-top: none; border-left: solid $desk-edge; }
    """
    AUTO_FOCUS = ""

    def __init__(self, desk: Desk, lines: Lines, look: Look | None) -> None:
        super().__init__()
        self._desk, self._lines, self._look = desk, lines, look
        self._lang = look.language if look else Language(desk.settings.shop.language)
        self._stage: Stage | None = look.thread.ticket.stage if look else None
        self._emotion: Emotion | None = None
        self._topic: Topic | None = None
        self._found: tuple[Script, ...] = ()
        self._filled: dict[Script, str | None] = {}
        self._at = 0
        self._said = ""
        self.status = StatusBar()
        self.input = Input(placeholder=t("lines.placeholder"), select_on_focus=False)
        self.input.cursor_blink = False
        self.head = Painted(id="head")
        self.list = LibraryList(self._rows, id="lines")
        self.page = LibraryPage(self._told, id="page")
        self.bar = KeyBar()

    def compose(self) -> ComposeResult:
        """Status, search, what is filtered, the list, and one line in full."""
        yield self.status
        yield self.input
        yield self.head
        with Widget(id="body"):
            yield self.list
            yield self.page
        yield self.bar

    def on_mount(self) -> None:
        """The lines of the stage that the contact on screen is at."""
        self.set_class(self.app.size.width >= _WIDE, "wide")
        problems = self._lines.read_again()
        self._find()
        if problems:
            first = problems[0]
            short = "/".join(Path(first.file).parts[-2:])
            self._say("config.line", file=short, n=first.row, code=first.code, detail=first.detail)

    def on_resize(self, event: Resize) -> None:
        """Side by side where there is room."""
        self.set_class(event.size.width >= _WIDE, "wide")
        self._label()

    # -- what is shown

    def _find(self, keep: str | None = None) -> None:
        """Read again, and stay on the line of that id where it is still shown."""
        self._found = tuple(line for line in self._lines.all(self._lang, self.input.value) if self._shown(line))
        self._filled.clear()
        places = [i for i, line in enumerate(self._found) if line.id == keep]
        self._at = places[0] if places else min(self._at, max(0, len(self._found) - 1)) if keep else 0
        self._redraw()

    def _shown(self, line: Script) -> bool:
        return (
            self._stage in (None, line.stage)
            and (self._emotion is None or self._emotion in line.emotions)
            and (self._topic is None or self._topic in line.topics)
        )

    def _redraw(self) -> None:
        self.list.lay_out()
        self.page.lay_out()
        self._label()

    def _rows(self, width: int, height: int) -> list[Line]:
        top = max(0, min(self._at - height // 2, len(self._found) - height))
        shown = [self._tell(line) for line in self._found[top : top + height]]
        return library_rows(shown, self._at - top, width, stages=self._stage is None)

    def _told(self, width: int) -> list[Line]:
        line = self._current
        return line_page(self._tell(line), width) if line else []

    def _tell(self, line: Script) -> Told:
        if line not in self._filled:
            self._filled[line] = self._fill(line, self._look)
        shipped = self._lines.shipped(line)
        return Told(
            line=line,
            filled=self._filled[line],
            example=None if self._filled[line] else self._fill(line, None),
            own=self._lines.is_own(line),
            shipped=shipped.text if shipped else None,
            tally=self._lines.tally(line),
        )

    def _fill(self, line: Script, look: Look | None) -> str | None:
        """Told to the customer on screen, or to the invented one when they speak another language."""
        speaks = look is not None and look.language is line.lang
        return self._lines.filled(line, self._desk, look if speaks else None)

    def _label(self) -> None:
        width = self.app.size.width
        self.status.show([status_line(self._desk, width)])
        place = (min(self._at + 1, len(self._found)), len(self._found))
        self.head.show([library_head(self._lang, self._stage, self._emotion, self._topic, place, width)])
        if self._said:
            self.bar.show([((f" {self._said}", "mark"),)])
            return
        line = self._current
        can = {"edit": line, "hide": line, "back": line is not None and self._lines.is_own(line)}
        keys = {"/": "search", "0": "all", "Enter": "edit", "c": "new", "x": "hide", "b": "back", "z": "undo"}
        keys |= {"i": "import", "Esc": "leave"}
        hints = [(key, t(f"lines.key.{name}"), bool(can.get(name, True))) for key, name in keys.items()]
        self.bar.show([key_line(hints, width)])

    @property
    def _current(self) -> Script | None:
        return self._found[self._at] if self._found else None

    # -- keys

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find while typing."""
        self._find()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The keys go back to the list."""
        self.set_focus(None)

    def on_key(self, event: Key) -> None:
        """Moving always works; letters only while nobody types."""
        moves = {"down": 1, "up": -1, "pagedown": 10, "pageup": -10}
        ends = {"home": 0, "end": len(self._found) - 1}
        self._said = ""
        typing = self.input.has_focus
        if event.key in moves:
            self._go(self._at + moves[event.key])
        elif event.key in ends and not typing:
            self._go(ends[event.key])
        elif event.key == "escape":
            self._leave(typing)
        elif not typing:
            self._act(letters_of(event.character) if event.character and event.character.isprintable() else event.key)
        else:
            return
        event.stop()
        event.prevent_default()

    def _go(self, row: int) -> None:
        self._at = max(0, min(row, len(self._found) - 1))
        self._redraw()

    def _leave(self, typing: bool) -> None:
        """From typing to the list, from what was found to everything, then out."""
        if typing:
            self.set_focus(None)
        elif self.input.value:
            self.input.value = ""
        else:
            self.dismiss(None)

    def _act(self, key: str) -> None:
        if key in ("j", "k"):
            self._go(self._at + (1 if key == "j" else -1))
        elif key in ("0", *"123456"):
            self._stage = list(Stage)[int(key) - 1] if key != "0" else None
            self._find()
        elif key == "/":
            self.input.focus()
        elif key == "l":
            self._lang = Language.EN if self._lang is Language.KO else Language.KO
            self._find()
        elif act := {
            "h": self._ask_emotion,
            "v": self._ask_topic,
            "enter": self._edit,
            "e": self._edit,
            "c": self._new,
            "x": self._hide,
            "b": self._put_back,
            "z": self._undo,
            "i": self._ask_import,
        }.get(key):
            self._carefully(act)

    def _carefully(self, act: Callable[[], None]) -> None:
        """Carry something out, or say why it was refused."""
        try:
            act()
        except Refused as refused:
            self._say(f"refused.{refused.code}", **refused.values)

    def _say(self, key: str, **values: object) -> None:
        self._said = t(key, **values)
        self._label()

    # -- filters

    def _ask_emotion(self) -> None:
        options = [(str(n), t(f"emotion.{one}"), str(one)) for n, one in enumerate(Emotion, 1)]
        self.app.push_screen(Choose(t("lines.emotion"), [*options, ("0", t("lines.any"), "")]), self._felt)

    def _felt(self, emotion: str | None) -> None:
        if emotion is not None:
            self._emotion = Emotion(emotion) if emotion else None
            self._find()

    def _ask_topic(self) -> None:
        options = [(key, t(f"topic.{one}"), str(one)) for key, one in zip("123456789ab", Topic, strict=True)]
        self.app.push_screen(Choose(t("lines.topic"), [*options, ("0", t("lines.any"), "")]), self._about)

    def _about(self, topic: str | None) -> None:
        if topic is not None:
            self._topic = Topic(topic) if topic else None
            self._find()

    # -- changing

    def _edit(self) -> None:
        if self._current is not None:
            self._write(self._current)

    def _new(self) -> None:
        """A new line is for what is filtered."""
        line = self._lines.new(self._stage or Stage.ACKNOWLEDGE, self._lang)
        emotions = frozenset({self._emotion} if self._emotion else ())
        topics = frozenset({self._topic} if self._topic else ())
        self._write(Script(line.id, line.stage, "", emotions, topics, lang=line.lang))

    def _write(self, line: Script) -> None:
        def kept(edited: Script | None) -> None:
            if edited is not None:
                self._carefully(lambda: self._keep(edited))

        self.app.push_screen(EditLine(line, lambda one: self._fill(one, self._look) or self._fill(one, None)), kept)

    def _keep(self, line: Script) -> None:
        self._lines.save(line)
        self._find(line.id)
        self._say("lines.kept")

    def _hide(self) -> None:
        if (line := self._current) is not None:
            hidden = self._lines.hide(line).hidden
            self._find(line.id)
            self._say("lines.hidden" if hidden else "lines.shown")

    def _put_back(self) -> None:
        if (line := self._current) is not None:
            self._lines.put_back(line)
            self._find(line.id)
            self._say("lines.put_back" if self._lines.shipped(line) else "lines.gone")

    def _undo(self) -> None:
        undone = self._lines.undo()
        self._find(self._current.id if self._current else None)
        self._say("lines.undone" if undone else "lines.nothing_to_undo")

    def _ask_import(self) -> None:
        question = Write(
            t("lines.import", stage=t(f"stage.{self._stage or Stage.OPTIONS}")), placeholder=t("lines.import_example")
        )
        self.app.push_screen(question, lambda text: self._carefully(lambda: self._bring(text)) if text else None)

    def _bring(self, text: str) -> None:
        brought = self._lines.bring(Path(text.strip()).expanduser(), self._stage or Stage.OPTIONS)
        self._find()
        self._say(
            "lines.brought",
            new=brought.new,
            changed=brought.changed,
            same=brought.same,
            skipped=len(brought.skipped),
        )
