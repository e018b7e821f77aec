"""The verbs about a customer: making one, correcting what is known, remembering more."""

from dataclasses import replace

from cxdesk.desk.result import Done, Refused
from cxdesk.desk.writer import Writer
from cxdesk.domain import days, people, preferences
from cxdesk.domain.changes import Edit, alter, remove
from cxdesk.domain.inert import inert_line
from cxdesk.domain.records import Customer, Note, Preference, SpecialDay
from cxdesk.domain.words import Language
from cxdesk.storage import people as stored

__all__ = ["People"]


class People:
    """What can be done with the people behind the tickets."""

    def __init__(self, desk: Writer) -> None:
        self._desk = desk

    def newcomer(self, text: str, language: Language) -> tuple[Customer, tuple[Edit, ...]]:
        """The customer that ``text`` (a name, a phone number, an address, or several) describes, and the edits that
        make them. Raises ``Refused`` when there is nothing to go by."""
        made = people.newcomer(inert_line(text), language, self._desk.stamp())
        if made is None:
            raise Refused("no_name")
        return made

    def remember(self, customer_id: str, text: str, ticket_id: str | None = None) -> Done:
        """Keep something about a customer: ``key: value`` becomes a preference, anything else a note."""
        edits = people.fact(customer_id, inert_line(text, 2000), ticket_id, self._desk.stamp())
        if not edits:
            raise Refused("empty")
        return self._desk.commit("remember", edits, (ticket_id,) if ticket_id else ())

    def rename(self, customer_id: str, name: str) -> Done:
        """Correct a name."""
        customer = stored.customer(self._desk.db, customer_id)
        name = inert_line(name)
        if customer is None or not name:
            raise Refused("no_name")
        customer = stored.living(self._desk.db, customer)
        return self._desk.commit("rename", alter(customer, replace(customer, name=name)))

    def prefer(self, customer_id: str, key: str, value: str) -> Done:
        """Keep a preference under its key. Raises ``Refused`` for an empty one."""
        key, value = inert_line(key, 40), inert_line(value, 200)
        if not key or not value:
            raise Refused("empty")
        return self._desk.commit("prefer", people.prefer(customer_id, key, value, self._desk.stamp()))

    def confirm(self, preference: Preference) -> Done:
        """A preference still holds: it is as fresh as today."""
        edits = people.prefer(preference.customer_id, preference.key, preference.value, self._desk.stamp())
        return self._desk.commit("prefer", edits)

    def forget(self, known: Preference | SpecialDay) -> Done:
        """A preference, with what it was before, or a day of the year is no longer kept."""
        if isinstance(known, SpecialDay):
            return self._desk.commit("forget", (remove(known),))
        every = stored.preferences(self._desk.db, known.customer_id, preferences.same_as(known))
        return self._desk.commit("forget", tuple(remove(one) for one in every))

    def amend(self, note: Note, text: str, ticket_id: str | None = None) -> Done:
        """Put a note right; what it said before is kept behind it. Raises ``Refused`` for no words."""
        text = inert_line(text, 2000)
        if not text:
            raise Refused("empty")
        return self._desk.commit("amend", people.amend(note, text, ticket_id, self._desk.stamp()))

    def celebrate(self, customer_id: str, kind: str, text: str) -> Done:
        """Keep a day of the year (``3/5``, ``음력 8월 15일``). Raises ``Refused`` when no day can be read in it."""
        when = days.read_day(inert_line(text, 40))
        if when is None:
            raise Refused("no_day")
        return self._desk.commit("celebrate", people.special_day(customer_id, kind, when, self._desk.stamp()))

    def consent(self, customer_id: str, purpose: str, *, allowed: bool) -> Done:
        """The customer says whether they may be advertised to, or contacted at all."""
        edits = people.consent(customer_id, purpose, allowed=allowed, stamp=self._desk.stamp())
        return self._desk.commit("consent", edits)

    def wordings(self, note: Note) -> tuple[Note, ...]:
        """What a note said before it was corrected, the latest wording first."""
        return stored.wordings(self._desk.db, note)
