"""The words that help at this moment: the library of lines, filled from this customer's real records.

The template engine is loaded when the first line is filled.
"""

import sqlite3
from collections.abc import Callable
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from cxdesk.domain.memory import Memory
from cxdesk.domain.outcomes import tallied
from cxdesk.domain.records import Ticket
from cxdesk.domain.views import Thread
from cxdesk.domain.words import Language, Stage, Topic
from cxdesk.empathy.choose import REST, Moment, Offer, offer
from cxdesk.empathy.engine import Facts
from cxdesk.empathy.facts import facts_of
from cxdesk.empathy.library import Library, Line
from cxdesk.empathy.lines import Problem, read_library
from cxdesk.empathy.outcomes import NOTHING_LEARNED, Experience
from cxdesk.empathy.remember import sayable
from cxdesk.empathy.render import Renderer
from cxdesk.empathy.seeking import Seeker
from cxdesk.i18n import catalogue, t_in
from cxdesk.settings import Lines, shipped
from cxdesk.storage import outcomes, tickets

if TYPE_CHECKING:
    from cxdesk.empathy.hearing.result import Heard

__all__ = ["Phrases", "moment_of"]


class Phrases:
    """Lines for both languages, read when it is made; ``own`` is the owner's folder, whose lines come first.

    Importing this module loads the whole of ``empathy``, so screens make it on a thread after the first frame.
    """

    def __init__(self, zone: tzinfo, own: Path | None = None) -> None:
        self._zone = zone
        self.own = own
        self.shipped: dict[Language, Library] = {}
        self.owned: dict[Language, Library] = {}
        self._libraries: dict[Language, Library] = {}
        self._renderers = {lang: Renderer(lang, zone) for lang in Language}
        self._seekers: dict[Language, Seeker] = {}
        self._texts: dict[Language, tuple[dict[str, str], list[Problem]]] = {}
        self.experience = NOTHING_LEARNED
        self.problems: tuple[Problem, ...] = ()
        for lang in Language:
            self.shipped[lang], _ = read_library(_files(shipped("scripts"), lang)[0])
        self.read_own()
        for lang in Language:
            # Loads the template engine here, on the thread, rather than with the first ticket that is opened.
            for line in self._libraries[lang].at(lang, Stage.GREET)[:1]:
                self._renderers[lang].fill(line, {}, 0)

    def read_own(self) -> None:
        """Read the owner's files again, if they changed, and lay their lines over the shipped ones."""
        texts = {lang: _files(self.own, lang) if self.own is not None else ({}, []) for lang in Language}
        if texts == self._texts:
            return
        self._texts = texts
        found: list[Problem] = []
        for lang, (files, unread) in texts.items():
            self.owned[lang], problems = read_library(files)
            self._libraries[lang] = self.shipped[lang].overlaid(self.owned[lang])
            found += [*unread, *problems]
        self.problems = tuple(found)
        self._seekers.clear()

    def learn(self, db: sqlite3.Connection, now: int, weights: Lines) -> None:
        """Look at what became of the contacts in which a line was said; for a thread with its own connection."""
        tallies = tallied(outcomes.contacts(db, now))
        self.experience = Experience(tallies, prior=weights.prior, explore=weights.explore)

    def warm_up(self) -> None:
        """Make what the first search needs; for a thread."""
        for lang in Language:
            self.seek("", lang)

    def library(self, lang: Language) -> Library:
        """Every line of a language, the owner's over the shipped ones."""
        return self._libraries[lang]

    def seek(self, text: str, lang: Language) -> tuple[Line, ...]:
        """The lines of a language that a few letters find, the best first; hidden ones too."""
        if lang not in self._seekers:
            self._seekers[lang] = Seeker(self._libraries[lang], _labels)
        return self._seekers[lang].find(text)

    def filler(self, lang: Language, facts: Facts, now: int) -> Callable[[Line], str | None]:
        """Fills lines of a language with these facts; ``None`` for a line that asks for others."""
        return self._renderers[lang].filler(facts, now)

    def facts(
        self,
        thread: Thread,
        memory: Memory | None,
        *,
        lang: Language,
        now: int,
        agent: str,
        shop: str,
        wait: tuple[int, int, int] | None,
    ) -> Facts:
        """What a line for this ticket may say."""
        return facts_of(
            memory,
            thread.ticket,
            agent_name=agent,
            shop_name=shop,
            now=now,
            wait=wait,
            commit=next((p for p in thread.promises if p.state == "open"), None),
            label=lambda key: t_in(lang, key) if key in catalogue(lang) else key,
        )

    def offers(
        self,
        db: sqlite3.Connection,
        thread: Thread,
        memory: Memory | None,
        *,
        lang: Language,
        now: int,
        agent: str,
        shop: str,
        wait: tuple[int, int, int] | None,
        heard: "Heard | None" = None,
        crisis: bool = False,
        approved: Line | None = None,
    ) -> tuple[Offer, ...]:
        """The lines for a ticket as it stands, at most nine, the fittest first.

        ``crisis`` brings the lines kept for one; ``approved`` is what may be said of it, and stands before them.
        """
        ticket = thread.ticket
        facts = self.facts(thread, memory, lang=lang, now=now, agent=agent, shop=shop, wait=wait)
        recent = tickets.lines_said(db, ticket.customer_id, now - REST) if ticket.customer_id else {}
        fill = self.filler(lang, facts, now)
        found = offer(
            self._libraries[lang],
            moment_of(ticket, lang, now, heard, crisis=crisis),
            fill,
            recent,
            now,
            seed=ticket.number,
            experience=self.experience,
        )
        text = fill(approved) if approved is not None else None
        if approved is None or text is None:
            return found
        return (Offer(approved, text, ("approved", "crisis", "fresh")), *found[:8])

    def best(self, moment: Moment, facts: Facts, now: int) -> str:
        """The fittest line for a moment without a ticket, filled from these facts; ``""`` when there is none."""
        found = offer(self._libraries[moment.lang], moment, self.filler(moment.lang, facts, now), {}, now, 1)
        return found[0].text if found else ""

    def stage_of(self, line_id: str) -> Stage | None:
        """The stage of a line of either language; ``None`` for one that is no longer there."""
        found = [line for library in self._libraries.values() if (line := library.get(line_id))]
        return found[0].stage if found else None

    def sayable(self, memory: Memory | None, lang: Language, now: int) -> str | None:
        """The one sentence that remembers, or nothing."""
        return sayable(memory, now, self._zone, lang) if memory else None


def moment_of(
    ticket: Ticket, lang: Language, now: int, heard: "Heard | None" = None, *, crisis: bool = False
) -> Moment:
    """Where the contact stands, as the choice of lines sees it. The agent's own word for feeling and topic counts
    before what the customer's words sound like."""
    waited_longer = ticket.quoted_until is not None and (ticket.taken_at or now) > ticket.quoted_until
    return Moment(
        stage=ticket.stage,
        emotion=ticket.emotion,
        intensity=ticket.intensity or (heard.intensity if heard else 0),
        topic=(heard.topic if heard and ticket.topic is Topic.OTHER else None) or ticket.topic,
        segment=ticket.segment,
        channel=ticket.channel,
        lang=lang,
        waited_longer=waited_longer,
        # Chances are the weights' alone; when more than weights makes them too unsure to say, they are not acted on.
        chances=heard.chances if heard and heard.emotion else (),
        abuse=heard.abuse if heard else False,
        crisis=crisis,
    )


def _labels(line: Line) -> str:
    """The words of the program for what a line is for, in both languages, so that a line is found by them too."""
    keys = [f"stage.{line.stage}", *(f"emotion.{one}" for one in line.emotions)]
    keys += [f"topic.{one}" for one in line.topics] + [f"segment.{one}" for one in line.segments]
    keys += [f"when.{line.when}"] if line.when else []
    return " ".join(t_in(lang, key) for key in keys for lang in Language)


def _files(folder: Path, lang: Language) -> tuple[dict[str, str], list[Problem]]:
    """File name → text, and the files that cannot be opened. Bytes that are not UTF-8 are marked, so that the reader
    refuses the line and names it."""
    files, problems = {}, []
    for path in sorted((folder / lang).glob("*.toml")):
        try:
            files[str(path)] = path.read_text("utf-8", "replace")
        except OSError as error:
            problems.append(Problem(str(path), 0, "unreadable", error.strerror or str(error)))
    return files, problems
