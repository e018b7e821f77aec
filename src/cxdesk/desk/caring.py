"""The verbs about the agents themselves: what was hard stays with them, what was kind is shown to the team."""

import sqlite3
from typing import TYPE_CHECKING

from cxdesk.desk.result import Done, Refused
from cxdesk.desk.writer import Writer
from cxdesk.domain import care
from cxdesk.domain.changes import Change, insert
from cxdesk.domain.inert import inert_line
from cxdesk.domain.moments import DAY
from cxdesk.domain.records import Kindness, Ticket
from cxdesk.storage import care as stored
from cxdesk.storage import queue, tickets

if TYPE_CHECKING:
    from cxdesk.desk.listening import Listening

__all__ = ["Caring"]

WEEK = 7 * DAY


class Caring:
    """Nothing of this is a score, and nothing that was hard leaves this machine or is shown to anybody else."""

    def __init__(self, desk: Writer, listening: "Listening") -> None:
        self._desk = desk
        self._listening = listening

    # -- what was hard

    def after(self, db: sqlite3.Connection, change: Change) -> None:
        """Within the transaction that ends contacts: the hard ones are noted for the agent."""
        agent = self._desk.agent
        for key in change.touched("ticket"):
            ticket = tickets.ticket(db, key)
            if agent is None or ticket is None:
                continue
            abuse = self.abusive(db, ticket)
            if care.hard(ticket, abuse):
                stored.note_hard(db, key, agent.id, self._desk.clock(), abuse)

    def again(self, db: sqlite3.Connection, inverse: Change) -> None:
        """Within the transaction that takes the end of contacts back."""
        for key in inverse.touched("ticket"):
            stored.forget_hard(db, key)

    def abusive(self, db: sqlite3.Connection, ticket: Ticket) -> bool:
        """Whether the customer's last words were abuse."""
        heard = self._listening.heard(tickets.last_words(db, ticket.id))
        return heard is not None and heard.abuse

    def break_due(self) -> bool:
        """Whether the agent should be offered a break now."""
        return care.break_due(self._recent(), self._desk.clock(), self._desk.settings.care)

    def this_week(self) -> tuple[tuple[int, bool], ...]:
        """When the agent's own hard contacts ended this week, and whether there was abuse; for their eyes only."""
        return self._recent(WEEK)

    def next_for_me(self) -> tuple[Ticket | None, bool]:
        """Whom the agent serves next, and whether an angry customer was left to a colleague for it."""
        agent_id = self._desk.agent.id if self._desk.agent else None
        first = queue.first_waiting(self._desk.db, agent_id)
        if first is None or not care.is_angry(first) or first.assignee is not None or not self._colleagues():
            return first, False
        rules, now = self._desk.settings.care, self._desk.clock()
        if not care.spare(self._recent(), now, rules):
            return first, False
        calmer = queue.first_calm(self._desk.db, agent_id, first.rank_at + 1000 * rules.spread)
        return calmer or first, calmer is not None

    def _colleagues(self) -> bool:
        """Whether somebody else is on duty who could take the next one."""
        me = self._desk.agent.id if self._desk.agent else None
        return any(duty.shift and duty.shift.state == "on" and duty.agent.id != me for duty in self._desk.read.duties())

    def _recent(self, spell: int = care.SPELL) -> tuple[tuple[int, bool], ...]:
        agent = self._desk.agent
        return stored.hard_since(self._desk.db, agent.id, self._desk.clock() - spell) if agent else ()

    # -- what was kind

    def kindness(self, text: str, ticket_id: str | None = None) -> Done:
        """Keep something kind that a customer or a colleague did. Raises ``Refused`` for an empty line."""
        body = inert_line(text, 300)
        if not body:
            raise Refused("empty")
        stamp = self._desk.stamp()
        customer = self._desk.ticket(ticket_id).customer_id if ticket_id else None
        kept = Kindness(stamp.mint(), body, stamp.at, stamp.agent_id, customer, ticket_id)
        return self._desk.commit("kindness", (insert(kept),), (ticket_id,) if ticket_id else ())

    def kindnesses(self) -> tuple[tuple[Kindness, str | None, str | None], ...]:
        """This week's, newest first, with the names of the agent and of the customer."""
        return stored.kindnesses(self._desk.db, self._desk.clock() - WEEK)
