"""Everything the screens and the command line may look at, so that nothing above the desk knows where it is kept."""

import sqlite3
from collections.abc import Callable, Iterable
from datetime import tzinfo
from functools import cached_property
from typing import TYPE_CHECKING

from cxdesk.domain.memory import Memory
from cxdesk.domain.records import Agent, Customer, Ticket
from cxdesk.domain.segments import Rules, Standing
from cxdesk.domain.views import Duty, QueueRow, Sections, Thread
from cxdesk.storage import people, queue, tickets

if TYPE_CHECKING:
    from cxdesk.desk.finding import Finding, Found
    from cxdesk.desk.roster import Roster
    from cxdesk.domain.honesty import Honesty, TopicTime

__all__ = ["Reads"]


class Reads:
    """Readings of one file. Each is a few indexed statements; none scans a table."""

    def __init__(self, db: sqlite3.Connection, clock: Callable[[], int], zone: tzinfo, rules: Rules) -> None:
        self._db = db
        self._clock = clock
        self._zone = zone
        self._rules = rules

    # -- the queue

    def sections(self, agent: Agent | None) -> Sections:
        """Ticket ids by section, as this agent sees them."""
        return queue.sections(self._db, agent.id if agent else None, self._clock())

    def rows(self, ids: Iterable[str]) -> dict[str, QueueRow]:
        """The queue rows of these tickets."""
        return queue.rows(self._db, ids)

    def counts(self) -> dict[str, int]:
        """How many tickets wait, are in hand and are held."""
        return queue.open_counts(self._db)

    # -- tickets and promises

    def ticket(self, ticket_id: str) -> Ticket | None:
        """One ticket."""
        return tickets.ticket(self._db, ticket_id)

    def numbered(self, number: int) -> Ticket | None:
        """The ticket people call by this number."""
        return tickets.by_number(self._db, number)

    def thread(self, ticket_id: str) -> Thread | None:
        """A ticket with its conversation."""
        return tickets.thread(self._db, ticket_id)

    def draft(self, ticket_id: str) -> tuple[str, str] | None:
        """What was being typed into a ticket: kind and text."""
        return tickets.draft(self._db, ticket_id)

    def promises_late(self) -> int:
        """How many open promises are past due."""
        return tickets.promises_due(self._db, self._clock())

    # -- people

    def customer(self, customer_id: str) -> Customer | None:
        """One person."""
        return people.customer(self._db, customer_id)

    def standing(self, customer_id: str) -> Standing:
        """The customer's segment today, and why."""
        return people.standing(self._db, customer_id, self._clock(), self._rules)

    def memory(
        self, customer_id: str, *, few: int = 8, but: str | None = None, known: Customer | None = None
    ) -> Memory | None:
        """What is remembered of a customer, ``few`` of each kind; ``but`` is the ticket on screen, ``known`` the
        customer where they have just been read."""
        return people.memory(self._db, customer_id, self._clock(), self._rules, few=few, but=but, person=known)

    def agents(self) -> tuple[Agent, ...]:
        """Who works here."""
        return people.agents(self._db)

    def duties(self) -> tuple[Duty, ...]:
        """Who is on duty, resting or off, and what they have in hand."""
        return people.duties(self._db)

    # -- how honest the waits are

    def honesty(self, days: int) -> "Honesty":
        """Told waits against what came."""
        from cxdesk.storage import honesty

        return honesty.honesty(self._db, self._clock(), days)

    def service_times(self, days: int) -> "tuple[TopicTime, ...]":
        """Mean time in hand by topic."""
        from cxdesk.storage import honesty

        return honesty.service_times(self._db, self._clock(), days)

    # -- finding

    @cached_property
    def finding(self) -> "Finding":
        """Searches for people, tickets and words."""
        from cxdesk.desk.finding import Finding

        return Finding(self._db, self._clock, self._zone, self._rules)

    @cached_property
    def roster(self) -> "Roster":
        """The list of customers, and one person's line of time."""
        from cxdesk.desk.roster import Roster

        return Roster(self._db, self._clock, self._rules, self.finding)

    def find_people(self, text: str, limit: int = 20) -> "Found":
        """Customers that ``text`` begins to spell; failing that, what its keys would have typed in Korean."""
        return self.finding.people(text, limit)

    def find(self, text: str, limit: int = 20) -> "Found":
        """A ticket by its number, people, then words that were said or noted."""
        return self.finding.everything(text, limit)
