"""Whose a row is: the person and the ticket behind anything that the shared desk speaks of by table and id."""

from typing import NamedTuple

from cxdesk.desk.writer import Writer
from cxdesk.storage import people, tickets
from cxdesk.storage.sync_fields import row_now

__all__ = ["Whose", "agent_name", "whose"]


class Whose(NamedTuple):
    """``name`` of the customer and the ticket's id, each where there is one."""

    name: str | None = None
    ticket_id: str | None = None


def whose(desk: Writer, ent: str, key: str) -> Whose:
    """Who and which contact a row belongs to; nothing for a row that is not there any more."""
    row = row_now(desk.db, ent, key)
    if row is None:
        return Whose()
    ticket_id = key if ent == "ticket" else row.get("ticket_id")
    customer_id = key if ent == "customer" else row.get("customer_id")
    if customer_id is None and ticket_id is not None and (ticket := tickets.ticket(desk.db, ticket_id)):
        customer_id = ticket.customer_id
    customer = people.customer(desk.db, customer_id) if customer_id else None
    return Whose(customer.name if customer else None, ticket_id)


def agent_name(desk: Writer, agent_id: str | None) -> str | None:
    """What somebody who serves here is called."""
    return next((agent.name for agent in people.agents(desk.db) if agent.id == agent_id), None)
