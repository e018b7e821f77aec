"""The page of one incident: the checklist, what may be said, whom it touches, what happened, and the report."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from cxdesk.desk import Desk, Refused
from cxdesk.domain.incidents import due_at
from cxdesk.domain.words import Language
from cxdesk.i18n import language, t
from cxdesk.screens.dialogs import Choose, Write
from cxdesk.screens.incident_frame import Act, Frame
from cxdesk.widgets.incidents import page_lines, report_lines
from cxdesk.widgets.lines import Line

if TYPE_CHECKING:
    from cxdesk.desk.phrases import Phrases

__all__ = ["IncidentPage"]


class IncidentPage(Frame):
    """One incident, with a key for everything that can be done about it."""

    KEYS = (
        ("1-9", "check"),
        ("w", "word"),
        ("s", "tell"),
        ("l", "link"),
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

    def on_mount(self) -> None:
        """Read and show; a checklist of the shop's own that cannot be used is named."""
        super().on_mount()
        for file, detail in self.desk.incidents.candid.problems[:1]:
            self.say(t("incident.bad_file", file=file, detail=detail))

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
            "l": self._link,
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
        self.read()
        if not self.view.words:
            raise Refused("no_word")
        from cxdesk.screens.announce import Announce

        said = await self.ask(Announce(self.desk, self._phrases, self.view.incident))
        self.show_done(said or "")

    def _link(self) -> None:
        """Whoever else asks about the same comes under it too."""
        done = self.desk.incidents.link(self._which, self.desk.incidents.alike(self.view.incident))
        self.show_done(t("did.incident_link", n=len(done.tickets)) if done else t("incident.none_alike"))

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
            self.desk.incidents.touching.reach(self._which, product, stretch.since, stretch.until, stretch.option)
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
