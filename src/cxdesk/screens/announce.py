"""What may be said of an incident: writing it down, and telling it to everybody after a look at each of them."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.events import Key
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from cxdesk.desk import Desk, Refused
from cxdesk.desk.announcing import Sending, Why, toggled
from cxdesk.desk.phrases import Phrases
from cxdesk.domain.afterwards import Incident
from cxdesk.domain.incident_report import View
from cxdesk.domain.incidents import Form
from cxdesk.domain.words import Language
from cxdesk.empathy.blanks import unfilled
from cxdesk.i18n import t
from cxdesk.screens.dialogs import Board, Dialog
from cxdesk.screens.incident_frame import Act, Frame
from cxdesk.widgets.lines import Line, column, paragraph
from cxdesk.widgets.privacy import shared_text, shown_name

__all__ = ["Announce", "ApproveWord"]

Approved = tuple[Form, Language, str, int]

_MANY = 500
"""From so many on the words are written on a thread, so that the screen stays awake."""


class ApproveWord(Dialog[Approved]):
    """Answers form, language, words and by when the next ones come; nothing is kept yet.

    Begins with the draft, the cursor on its first blank.
    """

    DEFAULT_CSS = """
    ApproveWord TextArea {
        height: 9; border: none; padding: 0; background: $desk-bar; color: $desk-strong; scrollbar-size-vertical: 1;
    }
    ApproveWord TextArea:focus { border: none; }
    ApproveWord .text-area--cursor-line { background: $desk-bar; }
    """
    BINDINGS: ClassVar = [
        Binding("ctrl+s,f12", "keep", show=False, priority=True),
        Binding("tab", "blank", show=False, priority=True),
    ]

    def __init__(self, desk: Desk, view: View) -> None:
        super().__init__(t("incident.word_title"))
        self._desk, self._view = desk, view
        self._languages = desk.incidents.candid.languages(view.incident)
        self._form, self._lang = Form.WRITE, self._missing()
        self._by = 0
        self._said = ""
        self._text = TextArea("", soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
        self._text.cursor_blink = False
        self._board = Board()

    def _missing(self) -> Language:
        """The commonest language that has no wording yet, else the commonest."""
        known = {word.language for word in self._view.words}
        return next((lang for lang in self._languages if lang not in known), self._languages[0])

    def compose(self) -> ComposeResult:
        """The words, and below them what is still missing."""
        frame = Vertical(self._text, self._board)
        frame.border_title = self._title.replace("[", "\\[")
        yield frame

    def on_mount(self) -> None:
        """Ready to fill the first blank."""
        self._begin()
        self._text.focus()

    def _begin(self) -> None:
        self._text.text = self._draft()
        self._text.move_cursor(self._text.document.end)
        self._to_blank(0)
        self._draw()

    def _draft(self) -> str:
        """The frame with what the checklist knows; the wording in force where that would leave more to fill."""
        candid, incident = self._desk.incidents.candid, self._view.incident
        self._by = candid.promised(incident, self._lang)
        draft = candid.draft(incident, self._form, self._lang, self._by)
        mine = [w for w in self._view.words if w.language == self._lang and w.form == self._form]
        return mine[-1].body if mine and any(blank.label for blank in unfilled(draft)) else draft

    def action_blank(self) -> None:
        """Select the next blank, so that typing fills it."""
        row, column = self._text.cursor_location
        self._to_blank(sum(len(line) + 1 for line in self._text.text.split("\n")[:row]) + column)

    def _to_blank(self, at: int) -> None:
        """Select the first blank from a character on, else the first of all."""
        text = self._text.text
        blanks = [blank for blank in unfilled(text) if blank.label]
        if blanks:
            blank = next((one for one in blanks if one.start >= at), blanks[0])
            self._text.selection = Selection(_location(text, blank.start), _location(text, blank.end))

    def on_text_area_changed(self) -> None:
        """Something was typed."""
        self._said = ""
        self._draw()

    def _draw(self) -> None:
        left = [blank for blank in unfilled(self._text.text) if blank.label]
        head = f"{t(f'form.{self._form}')} · {t(f'speaks.{self._lang}')}"
        lines: list[Line] = [((head, "accent"),)]
        if self._said:
            lines.append(((self._said, "bad"),))
        elif left:
            lines.append(((t("incident.blanks", n=len(left)), "warn"),))
        else:
            lines.append(((t("incident.ready"), "good"),))
        self._board.show([*lines, ((t("incident.word_hint"), "dim"),)])

    def on_key(self, event: Key) -> None:
        """F2 for the ear or for the eye, F3 the language."""
        if event.key == "f2":
            self._form = Form.SPEAK if self._form is Form.WRITE else Form.WRITE
        elif event.key == "f3":
            self._lang = Language.EN if self._lang is Language.KO else Language.KO
        else:
            return
        event.stop()
        event.prevent_default()
        self._begin()

    def action_keep(self) -> None:
        """Answer, unless it could not be said; then say why."""
        body = self._text.text.strip()
        try:
            self._desk.incidents.candid.refuse_unsayable(self._form, self._lang, body)
        except Refused as refusal:
            self._said = t(f"refused.{refusal.code}", **refusal.values)
            self._draw()
            return
        self.dismiss((self._form, self._lang, body, self._by))


class Announce(Frame):
    """Everybody with an open ticket and what they would be told. Answers what was done, in words."""

    KEYS = (
        ("^S", "send"),
        ("Space", "choose"),
        ("x", "all"),
        ("p", "aloud"),
        ("Esc", "leave"),
    )

    def __init__(self, desk: Desk, phrases: Phrases, incident: Incident) -> None:
        super().__init__(desk)
        self._incident, self._phrases = incident, phrases
        self._rows: tuple[Sending, ...] = ()
        self._at = 0

    def title_line(self) -> str:
        """What will happen on Ctrl+S."""
        return t("incident.tell_title", n=sum(row.chosen for row in self._rows), all=len(self._rows))

    def read(self) -> None:
        """What each would be told now."""
        self._rows = self.desk.incidents.announcing.preview(self._incident, self._phrases)

    def lines(self, width: int, height: int) -> list[Line]:
        """A line for each of them, and the words for the one under the cursor."""
        if not self._rows:
            return [((t("incident.tell_nobody"), "dim"),)]
        at = self._rows[self._at]
        said = paragraph(shared_text(at.text, (at.name,)), "ours", width)[: max(3, height // 2)]
        if not at.possible:
            said = [((t(f"incident.why.{at.why}"), "warn"),)]
        rows = max(3, height - len(said) - 4)
        top = max(0, min(self._at - rows // 2, len(self._rows) - rows))
        listed = [
            (("▌" if top + i == self._at else " ", "accent"), *_row(row, width))
            for i, row in enumerate(self._rows[top : top + rows])
        ]
        note = paragraph(t("incident.tell_means"), "dim", width)
        return [*listed, *[()] * (rows - len(listed)), (("─" * width, "dim"),), *said, (), *note][: max(height, rows)]

    def acts(self) -> Mapping[str, Act]:
        """Choosing, looking, telling."""
        return {
            **dict.fromkeys(("j", "down"), partial(self._move, 1)),
            **dict.fromkeys(("k", "up"), partial(self._move, -1)),
            "pagedown": partial(self._move, 10),
            "pageup": partial(self._move, -10),
            "space": self._choose,
            "x": self._all,
            "p": self._aloud,
            "enter": self._never_sends,
            "ctrl+s": self._send,
            "f12": self._send,
            "escape": self.leave,
        }

    def _move(self, by: int) -> None:
        self._at = max(0, min(len(self._rows) - 1, self._at + by))

    def _choose(self) -> None:
        if not self._rows:
            return
        row = self._rows[self._at]
        if not row.possible:
            self.say(t(f"incident.why.{row.why}"))
            return
        self._rows = (*self._rows[: self._at], replace(row, chosen=not row.chosen), *self._rows[self._at + 1 :])
        self._move(1)

    def _all(self) -> None:
        """Everybody who can read it, or nobody."""
        self._toggle(lambda row: row.why is None)

    def _aloud(self) -> None:
        """Those on the phone or at the counter: they have been told aloud, and that is written down."""
        self._toggle(lambda row: row.why is Why.ALOUD)

    def _toggle(self, pick: Callable[[Sending], bool]) -> None:
        chosen = not all(row.chosen for row in self._rows if pick(row))
        self._rows = toggled(self._rows, pick, chosen=chosen)

    def _never_sends(self) -> None:
        self.say(t("incident.enter_never_sends"))

    async def _send(self) -> None:
        """Tell those who are chosen, in one change."""
        chosen = [row for row in self._rows if row.chosen]
        if not chosen:
            raise Refused("nobody_chosen")
        tell = partial(self.desk.incidents.announcing.tell, self._incident.id, chosen)
        if len(chosen) < _MANY:
            done = tell()
        else:
            self.say(t("incident.telling", n=len(chosen)))
            done = await asyncio.to_thread(tell)
        self.dismiss(t("did.incident_tell", n=len(done.tickets)))


def _location(text: str, index: int) -> tuple[int, int]:
    """The line and column of a character."""
    before = text[:index].split("\n")
    return len(before) - 1, len(before[-1])


def _row(row: Sending, width: int) -> Line:
    """Marked or not, who, how, and why not."""
    name = shown_name(row.name) if row.name else t("customer.unknown")
    mark = ("✓ ", "good") if row.chosen else ("· ", "dim")
    reason = t(f"incident.why.{row.why}") if row.why is not None else " ".join(row.text.split())
    role = "text" if row.why is None else "warn" if not row.possible else "dim"
    how = f"{t(f'channel.short.{row.ticket.channel}')} {t(f'speaks.{row.language}')}"
    return (
        mark,
        (column(f"#{row.ticket.number}", 7), "dim"),
        (column(name, 12) + " ", "strong"),
        (column(how, 11), "dim"),
        (column(shared_text(reason, (row.name,)), max(4, width - 36)), role),
    )
