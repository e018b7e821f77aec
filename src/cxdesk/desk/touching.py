"""The verbs about the people an incident touched: the rules that find them, and what is done for each."""

from dataclasses import replace
from typing import Any

from cxdesk.desk.result import Done, Refused
from cxdesk.desk.writer import Writer
from cxdesk.domain.afterwards import IncidentPerson, IncidentReach
from cxdesk.domain.changes import Edit, alter, insert, remove
from cxdesk.domain.consents import CONTACT, forbidden
from cxdesk.domain.inert import inert_line
from cxdesk.storage import incidents as stored
from cxdesk.storage import people, touched

__all__ = ["DONE_FOR", "Touching"]

DONE_FOR = ("told", "cared", "asked")
"""What can be done for somebody an incident touched."""


class Touching:
    """Nobody who wants no contact is turned to first; whoever came by themselves is answered."""

    def __init__(self, desk: Writer) -> None:
        self._desk = desk

    def reach(
        self, incident_id: str, product: str, since: int | None = None, until: int | None = None, option: str = ""
    ) -> Done:
        """Everybody who bought something, in a stretch of time, of a batch, is touched. Raises ``Refused``."""
        stamp, product = self._desk.stamp(), inert_line(product)
        if stored.one(self._desk.db, incident_id) is None:
            raise Refused("no_incident")
        if not product:
            raise Refused("empty")
        if since is not None and until is not None and since >= until:
            raise Refused("no_range")
        rule = IncidentReach(
            stamp.mint(), incident_id, product, stamp.at, since, until, inert_line(option, 80), None, stamp.agent_id
        )
        return self._desk.commit("incident_reach", (insert(rule),), stamp=stamp)

    def unreach(self, rule: IncidentReach) -> Done:
        """A rule found the wrong people."""
        return self._desk.commit("incident_reach", (remove(rule),))

    def told_all(self, rule: IncidentReach) -> Done:
        """All whom a rule finds were told at once, such as by a message sent elsewhere; again: they were not."""
        told = replace(rule, told_at=self._desk.clock() if rule.told_at is None else None)
        return self._desk.commit("incident_person", alter(rule, told))

    def mark(self, incident_id: str, customer_id: str, what: str) -> Done:
        """Somebody was told or cared for (``DONE_FOR``); again: they were not. Raises ``Refused``."""
        return self._desk.commit("incident_person", self.marking(incident_id, customer_id, what))

    def marking(self, incident_id: str, customer_id: str, what: str) -> tuple[Edit, ...]:
        """The edits that note what was done for somebody, or take the note off.

        Raises ``Refused`` for somebody who wants no contact and has not come by themselves.
        """
        db, field = self._desk.db, f"{what}_at"
        customer = people.customer(db, customer_id)
        now = people.living(db, customer).id if customer else customer_id  # who was merged is marked as who they are
        known = touched.person(db, incident_id, now)
        undo = known is not None and getattr(known, field) is not None
        at: dict[str, Any] = {field: None if undo else self._desk.clock()}
        if not undo:
            self._may_be_contacted(incident_id, customer_id)
        if known is not None:
            return alter(known, replace(known, **at))
        why = "ticket" if touched.came(db, incident_id, customer_id) else "reach"
        return (insert(IncidentPerson(self._desk.mint(), incident_id, customer_id, why, **at)),)

    def _may_be_contacted(self, incident_id: str, customer_id: str) -> None:
        db = self._desk.db
        if CONTACT in forbidden(people.consents(db, customer_id)) and not touched.came(db, incident_id, customer_id):
            raise Refused("no_contact")
