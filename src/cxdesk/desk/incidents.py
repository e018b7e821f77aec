"""The verbs about incidents: opening one, linking tickets, the checklist, what may be said, whom it touches."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from cxdesk.desk.result import Done, Refused
from cxdesk.desk.writer import Writer
from cxdesk.domain import incidents
from cxdesk.domain.afterwards import Incident, IncidentEntry
from cxdesk.domain.changes import Edit, alter, insert, remove
from cxdesk.domain.incident_report import Report, View, report
from cxdesk.domain.incidents import EntryKind, Form, Rhythm
from cxdesk.domain.inert import inert, inert_line
from cxdesk.domain.moments import HOUR
from cxdesk.domain.records import Ticket
from cxdesk.domain.words import Language, Topic
from cxdesk.storage import incidents as stored
from cxdesk.storage import touched

if TYPE_CHECKING:
    from cxdesk.desk.announcing import Announcing
    from cxdesk.desk.candid import Candid
    from cxdesk.desk.touching import Touching
    from cxdesk.desk.watching import Watching

__all__ = ["Incidents"]


class Incidents:
    """What can be done when many tickets have one cause."""

    def __init__(self, desk: Writer) -> None:
        self._desk = desk
        self._counts: tuple[object, tuple[int, int]] | None = None

    @cached_property
    def watching(self) -> "Watching":
        """What the top line says of incidents, and what begs for one."""
        from cxdesk.desk.watching import Watching

        return Watching(self._desk)

    @cached_property
    def candid(self) -> "Candid":
        """The checklist and the drafts of wordings."""
        from cxdesk.desk.candid import Candid

        return Candid(self._desk)

    @cached_property
    def announcing(self) -> "Announcing":
        """Telling everybody at once."""
        from cxdesk.desk.announcing import Announcing

        return Announcing(self._desk)

    @cached_property
    def touching(self) -> "Touching":
        """Whom an incident touches, and what is done for them."""
        from cxdesk.desk.touching import Touching

        return Touching(self._desk)

    @property
    def rhythm(self) -> Rhythm:
        """How soon and how often the shop wants its customers to hear."""
        rules = self._desk.settings.incidents
        return Rhythm(rules.first_word, rules.next_word)

    # -- looking

    def every(self, most: int = 100) -> tuple[Incident, ...]:
        """Open ones first, the most pressing at the top, then those that are over."""
        return stored.every(self._desk.db, most)

    def statuses(self, incident_id: str) -> dict[str, int]:
        """How many tickets of an incident stand where."""
        return stored.statuses(self._desk.db, incident_id)

    def tickets(self, incident_id: str) -> tuple[tuple[Ticket, str, str], ...]:
        """The tickets of an incident, each with its customer's name and language."""
        return stored.tickets(self._desk.db, incident_id)

    def products(self, text: str, most: int = 12) -> tuple[str, ...]:
        """The names of goods that hold a text."""
        return touched.products(self._desk.db, text, most)

    def of(self, ticket_id: str) -> Incident | None:
        """The open incident a ticket belongs to; on most days there is none, and then nothing is read."""
        return None if self.watching.quiet else stored.of_ticket(self._desk.db, ticket_id)

    def get(self, incident_id: str) -> Incident:
        """One incident. Raises ``Refused`` when there is none."""
        found = stored.one(self._desk.db, incident_id)
        if found is None:
            raise Refused("no_incident")
        return found

    def view(self, incident_id: str) -> View:
        """Everything the page of an incident shows. Raises ``Refused``."""
        db, incident = self._desk.db, self.get(incident_id)
        words = stored.words(db, incident_id)
        spoken_since = max((word.at for word in words), default=None)
        to_tell = 0
        if spoken_since is not None and incident.closed_at is None:
            heard = stored.heard(db, incident_id, spoken_since)
            to_tell = sum(ticket.id not in heard for ticket, _, _ in stored.tickets(db, incident_id, only_open=True))
        return View(
            incident,
            words,
            stored.entries(db, incident_id),
            touched.reaches(db, incident_id),
            stored.statuses(db, incident_id),
            to_tell,
            len(self.alike(incident)),
            self.report(incident),
            {agent.id: agent.name for agent in self._desk.read.agents()},
        )

    def alike(self, incident: Incident) -> tuple[str, ...]:
        """The open tickets about the same that have come since an hour before it began and are not linked yet."""
        if incident.closed_at is not None or incident.topic is None:
            return ()
        now = self._desk.clock()
        came = stored.arrivals(self._desk.db, incident.opened_at - HOUR, now, unlinked=True, only_open=True)
        return tuple(
            key for key, topic, product in came if topic == incident.topic and incident.product in ("", product)
        )

    def report(self, incident: Incident) -> Report:
        """How an incident went, or goes."""
        db, key = self._desk.db, incident.id
        statuses, persons = stored.statuses(db, key), touched.persons(db, key)
        people, at_once = self._counted(key, sum(statuses.values()), sum(one.told_at is not None for one in persons))
        return report(
            incident,
            stored.entries(db, key),
            statuses,
            people,
            persons,
            touched.told_in_tickets(db, key),
            at_once,
            stored.first_heard(db, key),
            self._desk.clock(),
        )

    def _counted(self, incident_id: str, tickets: int, told: int) -> tuple[int, int]:
        """How many people an incident touches, and how many of them were told at once.

        Counted again when tickets, rules or what was told have changed: fifty thousand purchases are not gone through
        for every key.
        """
        rules = touched.reaches(self._desk.db, incident_id)
        known = (incident_id, tickets, told, rules)
        if self._counts is None or self._counts[0] != known:
            at_once = [rule for rule in rules if rule.told_at is not None]
            people = touched.touched(self._desk.db, incident_id, rules)
            self._counts = known, (people, touched.told_by_rules(self._desk.db, incident_id, at_once))
        return self._counts[1]

    # -- opening, linking, ending

    def begin(
        self, title: str, topic: Topic | None = None, product: str = "", ids: Iterable[str] = ()
    ) -> tuple[Incident, Done]:
        """Open an incident with these tickets. Tickets of another open incident stay there and are named.

        Raises ``Refused`` for an empty title.
        """
        title = inert_line(title, 80)
        if not title:
            raise Refused("empty")
        stamp = self._desk.stamp()
        incident, edits = incidents.begin(title, topic, inert_line(product), self.rhythm, stamp)
        free, skipped = self._free(incident, ids)
        edits += tuple(insert(link) for link in incidents.linked(incident, free, stamp))
        done = self._desk.commit("incident_open", edits, tuple(free), stamp=stamp)
        return incident, replace(done, skipped=skipped)

    def link(self, incident_id: str, ids: Iterable[str], *, move: bool = False) -> Done:
        """Put tickets under an open incident; with ``move`` also those that are under another one.

        Without it those are left where they are, and named. Raises ``Refused`` for an incident that is over.
        """
        incident = self._going_on(incident_id)
        stamp = self._desk.stamp()
        free, skipped = self._free(incident, ids)
        edits: tuple[Edit, ...] = ()
        if move:
            elsewhere = stored.links(self._desk.db, (key for key, code in skipped if code == "linked_elsewhere"))
            for link, _ in elsewhere.values():
                edits += alter(link, replace(link, incident_id=incident.id, at=stamp.at, agent_id=stamp.agent_id))
            skipped = tuple(one for one in skipped if one[0] not in elsewhere)
            moved = tuple(elsewhere)
        else:
            moved = ()
        edits += tuple(insert(link) for link in incidents.linked(incident, free, stamp))
        if edits:
            edits += (insert(incidents.step(incident, "linked", stamp, n=len(free) + len(moved))),)
        done = self._desk.commit("incident_link", edits, (*free, *moved), stamp=stamp)
        return replace(done, skipped=skipped)

    def unlink(self, ids: Iterable[str]) -> Done:
        """These tickets have another cause after all."""
        found = stored.links(self._desk.db, ids)
        return self._desk.commit("incident_unlink", tuple(remove(link) for link, _ in found.values()), tuple(found))

    def end(self, incident_id: str, *, anyway: bool = False) -> Done:
        """It is over. Raises ``Refused`` (``open_tickets``, with how many) unless it is to end ``anyway``."""
        incident = self._going_on(incident_id)
        left = self.report(incident).still_open
        if left and not anyway:
            raise Refused("open_tickets", n=left)
        return self._desk.commit("incident_end", incidents.end(incident, self._desk.stamp(), left))

    def resume(self, incident_id: str) -> Done:
        """It was not over. Tickets that have come under another open incident meanwhile stay there."""
        incident = self.get(incident_id)
        if incident.closed_at is None:
            return self._desk.commit("incident_resume", ())
        here = stored.standing(self._desk.db, incident_id)
        gone = tuple(remove(here[key]) for key in stored.links(self._desk.db, here))
        edits = incidents.resume(incident, self.rhythm, self._desk.stamp())
        return self._desk.commit("incident_resume", (*gone, *edits))

    def correct(self, incident_id: str, *, title: str | None = None, cause: str | None = None) -> Done:
        """Say better what it is, or what is behind it. Raises ``Refused`` for an empty title."""
        incident = self.get(incident_id)
        title = inert_line(title, 80) if title is not None else incident.title
        if not title:
            raise Refused("empty")
        cause = inert_line(cause, 200) if cause is not None else incident.cause
        return self._desk.commit("incident_correct", alter(incident, replace(incident, title=title, cause=cause)))

    # -- the timeline and the words

    def note(self, incident_id: str, text: str) -> Done:
        """Something that happened, for the timeline. Raises ``Refused`` for no words."""
        text = inert_line(text, 1000)
        if not text:
            raise Refused("empty")
        return self._desk.commit("incident_note", (insert(self._entry(incident_id, EntryKind.NOTE, text)),))

    def answer(self, incident_id: str, check: str, language: Language, text: str) -> Done:
        """Tick a check with its answer; an empty one takes the tick off."""
        entry = self._entry(incident_id, EntryKind.CHECK, inert_line(text, 400), f"{check}.{language}")
        return self._desk.commit("incident_check", (insert(entry),))

    def approve(self, incident_id: str, form: Form, language: Language, body: str, by: int | None = None) -> Done:
        """This may be said from now on, and the next word comes ``by`` an instant (after the shop's interval).

        Raises ``Refused`` for words with blanks, or that could never be said, and for a time that has passed.
        """
        incident, body, stamp = self._going_on(incident_id), inert(body).strip(), self._desk.stamp()
        self.candid.refuse_unsayable(form, language, body)
        by = incidents.next_by(self.rhythm, stamp.at) if by is None else by
        if by <= stamp.at:
            raise Refused("past")
        edits = incidents.approve(incident, form, language, body, by, stamp)
        return self._desk.commit("incident_word", edits)

    # -- what several share

    def _going_on(self, incident_id: str) -> Incident:
        incident = self.get(incident_id)
        if incident.closed_at is not None:
            raise Refused("incident_over")
        return incident

    def _entry(self, incident_id: str, kind: EntryKind, body: str, item: str = "") -> IncidentEntry:
        incident, stamp = self.get(incident_id), self._desk.stamp()
        return IncidentEntry(stamp.mint(), incident.id, kind, body, stamp.at, item=item, agent_id=stamp.agent_id)

    def _free(self, incident: Incident, ids: Iterable[str]) -> tuple[list[str], tuple[tuple[str, str], ...]]:
        """Which of these tickets can be linked, and why the others cannot. Raises ``Refused`` for an unknown one."""
        wanted = list(dict.fromkeys(ids))
        taken = stored.links(self._desk.db, wanted)
        here = stored.standing(self._desk.db, incident.id) if wanted else {}
        free, skipped = [], []
        for key in wanted:
            if key in here:
                skipped.append((key, "linked_already"))
            elif key in taken:
                skipped.append((key, "linked_elsewhere"))
            else:
                free.append(self._desk.ticket(key).id)
        return free, tuple(skipped)
