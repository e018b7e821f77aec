"""The words that help at this moment: the library of lines, filled from this customer's real records.

The template engine is loaded when the first line is filled.
"""

import sqlite3
from collections.abc import Mapping
from datetime import tzinfo
from pathlib import Path

from cxdesk.domain.memory import Memory
from cxdesk.domain.records import Ticket
from cxdesk.domain.views import Thread
from cxdesk.domain.words import Language, Stage
from cxdesk.empathy.choose import Moment, Offer, offer
from cxdesk.empathy.facts import facts_of
from cxdesk.empathy.library import Library
from cxdesk.empathy.lines import Problem, read_library
from cxdesk.empathy.remember import sayable
from cxdesk.empathy.render import Renderer
from cxdesk.i18n import catalogue, t_in
from cxdesk.settings import shipped
from cxdesk.storage import tickets

__all__ = ["Phrases"]

_MONTH_MS = 30 * 86_400_000


class Phrases:
    """Lines for both languages, read when it is made; ``own`` is the owner's folder, whose lines come first.

    Importing this module loads the whole of ``empathy``, so screens make it on a thread after the first frame.
    """

    def __init__(self, zone: tzinfo, own: Path | None = None) -> None:
        self._zone = zone
        self._libraries: dict[Language, Library] = {}
        self._renderers = {lang: Renderer(lang, zone) for lang in Language}
        self.problems: tuple[Problem, ...] = ()
        for lang in Language:
            library, problems = read_library(_files(shipped("scripts"), lang))
            self.problems += problems
            if own is not None and (own / lang).is_dir():
                owned, problems = read_library(_files(own, lang))
                library = library.overlaid(owned)
                self.problems += problems
            self._libraries[lang] = library
            # Loads the template engine here, on the thread, rather than with the first ticket that is opened.
            for line in library.at(lang, Stage.GREET)[:1]:
                self._renderers[lang].fill(line, {}, 0)

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
    ) -> tuple[Offer, ...]:
        """The lines for a ticket as it stands, at most nine, the fittest first."""
        ticket = thread.ticket
        facts = facts_of(
            memory,
            ticket,
            agent_name=agent,
            shop_name=shop,
            now=now,
            wait=wait,
            commit=next((p for p in thread.promises if p.state == "open"), None),
            label=lambda key: t_in(lang, key) if key in catalogue(lang) else key,
        )
        since = now - _MONTH_MS
        recent = tickets.lines_said(db, ticket.customer_id, since) if ticket.customer_id else {}
        fill = self._renderers[lang].filler(facts, now)
        return offer(self._libraries[lang], moment_of(ticket, lang, now), fill, recent, now, seed=ticket.number)

    def sayable(self, memory: Memory | None, lang: Language, now: int) -> str | None:
        """The one sentence that remembers, or nothing."""
        return sayable(memory, now, self._zone, lang) if memory else None


def moment_of(ticket: Ticket, lang: Language, now: int) -> Moment:
    """Where the contact stands, as the choice of lines sees it."""
    waited_longer = ticket.quoted_until is not None and (ticket.taken_at or now) > ticket.quoted_until
    return Moment(
        stage=ticket.stage,
        emotion=ticket.emotion,
        intensity=ticket.intensity,
        topic=ticket.topic,
        segment=ticket.segment,
        channel=ticket.channel,
        lang=lang,
        waited_longer=waited_longer,
    )


def _files(folder: Path, lang: Language) -> Mapping[str, str]:
    """File name → text; bytes that are not UTF-8 are marked, so that the reader refuses the line and names it."""
    return {
        str(path) if folder != shipped("scripts") else f"{lang}/{path.name}": path.read_text("utf-8", "replace")
        for path in sorted((folder / lang).glob("*.toml"))
    }
