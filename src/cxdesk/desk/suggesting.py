"""What could be suggested for a customer, and the counting of baskets that some of it rests on."""

import sqlite3

from cxdesk.desk.writer import Writer
from cxdesk.domain.consents import MARKETING
from cxdesk.domain.memory import Memory
from cxdesk.domain.records import Ticket
from cxdesk.domain.suggesting import Suggestion, Together, bought_lately, no_time_to_sell, suggest
from cxdesk.storage import baskets
from cxdesk.storage import people as stored

__all__ = ["Suggesting"]

_GROWN = 0.02
"""Counted again when the shop has this share more purchases than at the last count, or fewer than then."""


class Suggesting:
    """Suggestions of one desk."""

    def __init__(self, desk: Writer) -> None:
        self._desk = desk

    def of(self, memory: Memory, ticket: Ticket | None = None) -> tuple[Suggestion, ...]:
        """What a person at the counter would think of, each with its reason; nothing without evidence.

        With the ticket at hand, nothing to buy for somebody who is upset.
        """
        rules, now = self._desk.settings.suggestions, self._desk.clock()
        if rules.most == 0:
            return ()
        quiet = ticket is not None and no_time_to_sell(ticket)
        forbidden = memory.forbidden | {MARKETING} if quiet else memory.forbidden
        if MARKETING in forbidden or not memory.purchases:
            return suggest((), memory.contacts, (), forbidden, now, rules)
        whole = len(memory.purchases) < stored.FEW
        history = memory.purchases if whole else stored.history(self._desk.db, memory.customer.id)
        lately = bought_lately(history, now)
        together = baskets.with_products(self._desk.db, lately) if lately else ()
        return suggest(history, memory.contacts, together, forbidden, now, rules)

    def count(self, reader: sqlite3.Connection) -> tuple[tuple[Together, ...], int] | None:
        """What is bought together, counted anew if there is reason to; takes seconds, so for a thread."""
        ever, counted = baskets.latest(reader)
        if counted >= 0 and counted <= ever <= counted * (1 + _GROWN):
            return None
        return baskets.count(reader, self._desk.settings.suggestions), ever

    def keep(self, counted: tuple[tuple[Together, ...], int]) -> None:
        """Keep what was counted; while a file is coming in it is let go, and counted with it at the next start."""
        if not self._desk.store.busy:
            with self._desk.store.transaction() as db:
                baskets.keep(db, *counted)
