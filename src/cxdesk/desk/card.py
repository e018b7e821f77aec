"""The verbs of one person's page: putting something right, and looking at what is hidden."""

from collections.abc import Iterable

from cxdesk.desk.result import Done, Refused
from cxdesk.desk.writer import Writer
from cxdesk.domain.correcting import Field, Unusable, correct, present
from cxdesk.domain.records import Customer, Identity
from cxdesk.storage import access
from cxdesk.storage import people as stored
from cxdesk.storage.rows import fetch_all

__all__ = ["SHOWN_MS", "Card"]

SHOWN_MS = 30_000
"""How long what was revealed stays on the screen."""


class Card:
    """What can be done on a person's page."""

    def __init__(self, desk: Writer) -> None:
        self._desk = desk

    def present(self, customer_id: str, field: Field) -> str:
        """What is known now; '' for nothing."""
        return present(*self._known(customer_id), field)

    def correct(self, customer_id: str, field: Field, text: str) -> Done:
        """Put something right. Raises ``Refused`` when what was typed cannot be kept."""
        stamp = self._desk.stamp()
        try:
            edits = correct(*self._known(customer_id), field, text, stamp)
        except Unusable as unusable:
            raise Refused(unusable.code) from unusable
        return self._desk.commit("correct", edits, stamp=stamp)

    def reveal(self, customer_id: str, fields: Iterable[Field], why: str) -> dict[Field, str]:
        """What is hidden of somebody, field by field; that it was looked at, by whom and why, is on the disk first."""
        known = {field: text for field in fields if (text := self.present(customer_id, field))}
        stamp = self._desk.stamp()
        with self._desk.store.transaction() as db:
            access.looked(db, customer_id, known, why, stamp.at, stamp.agent_id)
        return known

    def _known(self, customer_id: str) -> tuple[Customer, tuple[Identity, ...]]:
        """The person as they are now, also by the id of an entry that was merged into them."""
        customer = stored.customer(self._desk.db, customer_id)
        if customer is None:
            raise Refused("no_customer")
        customer = stored.living(self._desk.db, customer)
        return customer, fetch_all(self._desk.db, Identity, "customer_id = ?", customer.id)
