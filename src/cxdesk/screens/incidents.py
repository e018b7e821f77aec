"""The list of incidents, and the page of one: the checklist, what may be said, whom it touches, what happened."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from cxdesk.desk import Desk, Refused
from cxdesk.domain.afterwards import Incident
from cxdesk.domain.incidents import due_at
from cxdesk.domain.words import Language
from cxdesk.i18n import language, t
from cxdesk.screens.dialogs import Choose, Write
from cxdesk.screens.incident_frame import Act, Frame
from cxdesk.widgets.incidents import burst_text, burst_title, incident_line, page_lines, report_lines
from cxdesk.widgets.lines import Line

if TYPE_CHECKING:
    from cxdesk.desk.phrases import Phrases

__all__ = ["IncidentPage", "Incidents"]


class Incidents(Frame):
    """Open ones first, the most pressing at the top."""

    KEYS = (("Enter", "open"), ("n", "new"), ("z", "undo"), ("Esc", "leave"))

    def __init__(self, desk: Desk, phrases: "Phrases | None") -> None:
        super().__init__(desk)
        self._phrases = phrases
        self._found: Sequence[tuple[Incident, int]] = ()
        self._at = 0

    def title_line(self) -> str:
        """What the list is."""
        return t("incident.list")

    def read(self) -> None:
        """Read the list."""
        group = self.desk.incidents
        self._found = [(one, sum(group.statuses(one.id).values())) for one in group.every()]
        self._at = max(0, min(self._at, len(self._found) - 1))

    def lines(self, width: int, height: int) -> list[Line]:
        """What begs for an incident, and those there are."""
        now, rhythm = self.desk.clock(), self.desk.incidents.rhythm
        burst = self.desk.incidents.watching.burst
        lines: list[Line] = [((f"! {burst_text(burst)}", "warn"),), ()] if burst is not None else []
        if not self._found:
            return [*lines, ((t("incident.none"), "dim"),)]
        rows = max(3, height - len(lines))
        top = max(0, min(self._at - rows // 2, len(self._found) - rows))
        for i, (incident, tickets) in enumerate(self._found[top : top + rows], top):
            bar = ("▌" if i == self._at else " ", "accent")
            lines.append((bar, *incident_line(incident, tickets, due_at(incident, now, rhythm), now)))
        return lines

    def acts(self) -> Mapping[str, Act]:
        """Moving, opening, beginning."""
        return {
            **dict.fromkeys(("j", "down"), partial(self._move, 1)),
            **dict.fromkeys(("k", "up"), partial(self._move, -1)),
            "enter": self._open,
            "n": self._new,
            "!": self._new,
            "z": self.undo,
            "escape": self.leave,
        }

    def _move(self, by: int) -> None:
        self._at = max(0, min(len(self._found) - 1, self._at + by))

    def _open(self) -> None:
        if self._found:
            self._show(self._found[self._at][0].id)

    def _show(self, incident_id: str) -> None:
        self.app.push_screen(IncidentPage(self.desk, self._phrases, incident_id), self._back)

    def _back(self, ticket_id: str | None) -> None:
        if ticket_id is not None:
            self.call_later(self.dismiss, ticket_id)
            return
        self.read()
        self.draw()

    async def _new(self) -> None:
        burst = self.desk.incidents.watching.burst
        proposed = incident_title(self.desk)
        title = await self.ask(Write(t("incident.title"), text=proposed, placeholder=t("incident.title_example")))
        if title is None:
            return
        if burst is not None and title == proposed:
            opened, _ = self.desk.incidents.begin(title, burst.topic, burst.product, burst.tickets)
        else:
            opened, _ = self.desk.incidents.begin(title)
        self.read()
        self._show(opened.id)


def incident_title(desk: Desk) -> str:
    """A title for what begs for an incident; ``""`` when nothing does."""
    burst = desk.incidents.watching.burst
    return burst_title(burst) if burst is not None else ""


class IncidentPage(Frame):
    """One incident, with a key for everything that can be done about it."""

    KEYS = (
        ("1-9", "check"),
        ("w", "word"),
        ("s", "tell"),
        ("p", "people"),
        ("z", "undo"),
        ("e", "end"),
        ("a", "reach"),
        ("m", "note"),
        ("r", "report"),
        ("t", "tickets"),
        ("c", "cause"),
        ("y", "copy"),
        ("Esc", "leave"),
    )

    def __init__(self, desk: Desk, phrases: "Phrases | None", incident_id: str) -> None:
        super().__init__(desk)
        self._phrases = phrases
        self._which = incident_id
        self._reporting = False
        self.view = desk.incidents.view(incident_id)

    # -- what is shown

    def title_line(self) -> str:
        """Its title."""
        return self.view.incident.title

    def hints(self) -> Sequence[tuple[str, str]]:
        """One that is over can be looked at, cared for and opened again."""
        if self.view.incident.closed_at is None:
            return self.KEYS
        over = {"p", "a", "m", "c", "t", "e", "r", "z", "Esc"}
        return [(key, "resume" if key == "e" else label) for key, label in self.KEYS if key in over]

    def read(self) -> None:
        """Read it anew."""
        self.view = self.desk.incidents.view(self._which)

    def lines(self, width: int, height: int) -> list[Line]:
        """The page, or the report."""
        now, zone = self.desk.clock(), self.desk.zone
        if self._reporting:
            return report_lines(self.view, now, zone, width)
        candid = self.desk.incidents.candid
        checks = candid.texts[language()].checks
        due = due_at(self.view.incident, now, self.desk.incidents.rhythm)
        return page_lines(self.view, checks, candid.given(self.view.incident), due, now, zone, width)

    # -- keys

    def acts(self) -> Mapping[str, Act]:
        """One letter each, as the foot says."""
        return {
            **{str(n): partial(self._check, n - 1) for n in range(1, 10)},
            **dict.fromkeys(("j", "down"), partial(self.page.scroll_by, 1)),
            **dict.fromkeys(("k", "up"), partial(self.page.scroll_by, -1)),
            "pagedown": partial(self.page.scroll_by, 10),
            "pageup": partial(self.page.scroll_by, -10),
            "w": self._word,
            "s": self._tell,
            "p": self._people,
            "a": self._reach,
            "m": self._note,
            "c": self._cause,
            "t": self._tickets,
            "e": self._end,
            "r": self._report,
            "y": self._copy,
            "z": self.undo,
            "escape": self.leave,
        }

    def leave(self) -> None:
        """From the report to the page, then out."""
        if self._reporting:
            self._report()
        else:
            self.dismiss(None)

    def _report(self) -> None:
        self._reporting = not self._reporting
        self.page.scroll_to_row(0)

    async def _check(self, index: int) -> None:
        """Answer one question; an empty answer takes the tick off."""
        candid, lang = self.desk.incidents.candid, language()
        checks = candid.texts[lang].checks
        if index >= len(checks):
            return
        check = checks[index]
        known = candid.given(self.view.incident).get(f"{check.id}.{lang}")
        question = Write(
            check.ask, text=known.body if known else "", placeholder=check.example, accept=lambda text: True
        )
        text = await self.ask(question)
        if text is not None and text != (known.body if known else ""):
            self.desk.incidents.answer(self._which, check.id, lang, text)
            self.show_done(t("did.incident_check"))

    async def _word(self) -> None:
        """Write what may be said, beginning with what the checklist knows."""
        from cxdesk.screens.announce import ApproveWord

        approved = await self.ask(ApproveWord(self.desk, self.view))
        if approved is None:
            return
        form, lang, body, by = approved
        self.desk.incidents.approve(self._which, form, lang, body, by)
        self.read()
        self.say(t("did.incident_word", n=self.view.to_tell))

    async def _tell(self) -> None:
        """Look at what everybody would be told, then tell them."""
        if self._phrases is None:
            self.say(t("incident.not_ready"))
            return
        if not self.view.words:
            raise Refused("no_word")
        from cxdesk.screens.announce import Announce

        said = await self.ask(Announce(self.desk, self._phrases, self.view.incident))
        self.show_done(said or "")

    async def _people(self) -> None:
        from cxdesk.screens.affected import AffectedPeople

        await self.ask(AffectedPeople(self.desk, self.view.incident))
        self.read()
        self.draw()

    async def _reach(self) -> None:
        """Everybody who bought something, when, of which batch."""
        from cxdesk.screens.affected import ask_reach

        rule = await ask_reach(self, self.view.incident)
        if rule is not None:
            product, stretch = rule
            self.desk.incidents.reach(self._which, product, stretch.since, stretch.until, stretch.option)
            self.show_done(t("did.incident_reach"))

    async def _note(self) -> None:
        text = await self.ask(Write(t("incident.ask_note"), placeholder=t("incident.note_example")))
        if text is not None:
            self.desk.incidents.note(self._which, text)
            self.show_done(t("did.incident_note"))

    async def _cause(self) -> None:
        """Its title, which Enter keeps, then what is behind it."""
        incident = self.view.incident
        title = await self.ask(Write(t("incident.title"), text=incident.title))
        if title is None:
            return
        cause = await self.ask(Write(t("incident.ask_cause"), text=incident.cause, accept=lambda text: True))
        self.desk.incidents.correct(self._which, title=title, cause=cause)
        self.show_done(t("did.incident_correct"))

    async def _tickets(self) -> None:
        from cxdesk.screens.affected import LinkedTickets

        key = await self.ask(LinkedTickets(self.desk, self.view.incident))
        if key is not None:
            self.dismiss(key)

    async def _end(self) -> None:
        """It is over, or it is not after all; tickets still open are counted first."""
        group = self.desk.incidents
        if self.view.incident.closed_at is not None:
            group.resume(self._which)
            self.show_done(t("did.incident_resume"))
            return
        try:
            group.end(self._which)
        except Refused as refusal:
            if refusal.code != "open_tickets":
                raise
            n = refusal.values["n"]
            options = [("1", t("incident.end_anyway"), True), ("2", t("incident.end_not"), False)]
            if not await self.ask(Choose(t("incident.end_open", n=n), options, hint=t("incident.end_hint"))):
                return
            group.end(self._which, anyway=True)
        self.show_done(t("did.incident_end"))

    def _copy(self) -> None:
        """The wording in the language of the shop, to be put where nobody has a ticket: a notice, a recording."""
        from cxdesk.screens.clipboard import copy

        lang = Language(self.desk.settings.shop.language)
        text = self.desk.incidents.candid.notice(self._which, lang)
        if not text:
            raise Refused("no_word")
        self.say(t(f"did.copied_{copy(self.app, text)}"))
