"""Telling everybody at once: the approved wording, filled for each open ticket of an incident, looked at, then said.

Nothing leaves the machine here: *told* means that the words stand in the conversation as our reply, from where the
channel takes them. Whoever is on the phone or at the counter hears them from a person; they are in the list, and
written down as told only when the agent marks them. The tickets stay where they are in the queue.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import product

from cxdesk.desk.candid import form_of, sayable_line
from cxdesk.desk.phrases import Phrases
from cxdesk.desk.result import Done
from cxdesk.desk.writer import Writer
from cxdesk.domain import incidents
from cxdesk.domain.afterwards import Incident, IncidentPerson, IncidentWord
from cxdesk.domain.changes import Edit, Stamp, alter, insert
from cxdesk.domain.incidents import Form
from cxdesk.domain.records import Message, Ticket
from cxdesk.domain.words import Language, MessageKind
from cxdesk.empathy.blanks import unfilled
from cxdesk.empathy.engine import Facts
from cxdesk.empathy.library import Line
from cxdesk.empathy.spoken import person_name
from cxdesk.storage import incidents as stored
from cxdesk.storage import touched

__all__ = ["Announcing", "Sending", "Why", "toggled"]

_OF_THEIR_OWN = re.compile(r"\b(?:purchase|last_contact|preference|commit)\b")
"""Facts that need a look at a customer's records; their name alone does not."""


class Why(StrEnum):
    """Why a ticket is not told, or not by itself."""

    NO_WORDING = "no_wording"
    UNFILLED = "unfilled"
    HEARD = "heard"
    ALOUD = "aloud"


@dataclass(frozen=True, slots=True)
class Sending:
    """One open ticket and what its customer would read. ``chosen`` says whether they will be told."""

    ticket: Ticket
    name: str
    form: Form
    language: Language
    text: str
    word_id: str
    why: Why | None
    chosen: bool

    @property
    def possible(self) -> bool:
        """Whether there is something that could be said to them."""
        return self.why not in (Why.NO_WORDING, Why.UNFILLED)


class Announcing:
    """Bulk replies about an incident."""

    def __init__(self, desk: Writer) -> None:
        self._desk = desk

    def preview(self, incident: Incident, phrases: Phrases) -> tuple[Sending, ...]:
        """What each open ticket would be told; those who can read it and have not heard it yet are chosen."""
        db, shop = self._desk.db, Language(self._desk.settings.shop.language)
        words = stored.words(db, incident.id)
        heard = stored.heard(db, incident.id, max((word.at for word in words), default=0))
        lines = {key: self._line(words, *key) for key in product(Form, Language, (True, False))}
        found = []
        for ticket, name, spoken in stored.tickets(db, incident.id, only_open=True):
            form, language = form_of(ticket.channel), Language(spoken) if spoken else shop
            line = lines[form, language, person_name(name) is not None]
            if line is None:
                found.append(Sending(ticket, name, form, language, "", "", Why.NO_WORDING, chosen=False))
                continue
            text = phrases.filler(language, self._facts(line, ticket, name, phrases), self._desk.clock())(line)
            why = self._why(ticket, text, heard)
            found.append(Sending(ticket, name, form, language, text or "", line.id, why, chosen=why is None))
        return tuple(found)

    def _line(self, words: Sequence[IncidentWord], form: Form, language: Language, named: bool) -> Line | None:
        word = incidents.wording(words, form, language)
        return sayable_line(word.id, language, word.body, named=named) if word is not None else None

    def _why(self, ticket: Ticket, text: str | None, heard: frozenset[str]) -> Why | None:
        if not text or unfilled(text):
            return Why.UNFILLED
        if ticket.id in heard:
            return Why.HEARD
        return Why.ALOUD if ticket.channel.spoken else None

    def _facts(self, line: Line, ticket: Ticket, name: str, phrases: Phrases) -> Facts:
        """What the words may say of a customer; their records are looked at only when the wording asks for them."""
        desk = self._desk
        agent, shop = desk.agent.name if desk.agent else "", desk.settings.shop.name
        thread = desk.read.thread(ticket.id) if _OF_THEIR_OWN.search(line.text) else None
        if thread is not None:
            memory = desk.read.memory(ticket.customer_id, but=ticket.id) if ticket.customer_id else None
            return phrases.facts(thread, memory, lang=line.lang, now=desk.clock(), agent=agent, shop=shop, wait=None)
        facts: Facts = {
            "customer": {"name": person_name(name) or ""},
            "agent": {"name": agent},
            "shop": {"name": shop},
            "ticket": {"number": ticket.number},
        }
        return {group: values for group, values in facts.items() if all(values.values())}

    def tell(self, incident_id: str, sendings: Iterable[Sending]) -> Done:
        """Say it to those who are chosen and whose tickets are still open: one change, and one undo takes all back."""
        still = {ticket.id for ticket, _, _ in stored.tickets(self._desk.db, incident_id, only_open=True)}
        chosen = [one for one in sendings if one.chosen and one.possible and one.ticket.id in still]
        stamp = self._desk.stamp()
        if not chosen:
            return self._desk.commit("incident_tell", ())
        edits: list[Edit] = [insert(_said(one, stamp)) for one in chosen]
        edits += self._told({one.ticket.customer_id for one in chosen if one.ticket.customer_id}, incident_id, stamp)
        incident = stored.one(self._desk.db, incident_id)
        if incident is not None:
            edits.append(insert(incidents.step(incident, "told", stamp, n=len(chosen))))
        return self._desk.commit("incident_tell", tuple(edits), tuple(one.ticket.id for one in chosen), stamp=stamp)

    def _told(self, customer_ids: set[str], incident_id: str, stamp: Stamp) -> list[Edit]:
        known = {one.customer_id: one for one in reversed(touched.persons(self._desk.db, incident_id))}
        edits: list[Edit] = []
        for key in sorted(customer_ids):
            if key in known:
                edits += alter(known[key], replace(known[key], told_at=stamp.at))
            else:
                edits.append(insert(IncidentPerson(stamp.mint(), incident_id, key, "ticket", told_at=stamp.at)))
        return edits


def toggled(sendings: Iterable[Sending], pick: Callable[[Sending], bool], *, chosen: bool) -> tuple[Sending, ...]:
    """The list with those that ``pick`` names chosen or not, as far as something can be said to them."""
    return tuple(replace(one, chosen=chosen) if one.possible and pick(one) else one for one in sendings)


def _said(one: Sending, stamp: Stamp) -> Message:
    return Message(
        stamp.mint(), one.ticket.id, MessageKind.REPLY, one.text, stamp.at, stamp.agent_id, script_id=one.word_id
    )
