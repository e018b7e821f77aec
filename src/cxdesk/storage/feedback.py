"""What customers answered, who was asked, and whom a line of an answer file means."""

import sqlite3

from cxdesk.domain.asking import SINCE, Asked
from cxdesk.domain.consents import CONTACT, forbidden
from cxdesk.domain.records import Feedback, Ticket
from cxdesk.domain.words import Segment
from cxdesk.storage.people import consents
from cxdesk.storage.rows import fetch, fetch_all

__all__ = ["asked", "asked_of_ticket", "by_identity", "by_order", "comments", "counts", "just_resolved", "known"]


def counts(db: sqlite3.Connection, since: int, until: int) -> dict[str, dict[int, int]]:
    """Scale → value → how many answers from ``since`` up to and without ``until``."""
    found: dict[str, dict[int, int]] = {}
    rows = db.execute(
        "SELECT scale, value, count(*) FROM feedback WHERE at >= ? AND at < ? GROUP BY scale, value", (since, until)
    )
    for scale, value, count in rows:
        found.setdefault(scale, {})[value] = count
    return found


def comments(db: sqlite3.Connection, since: int, most: int) -> tuple[tuple[Feedback, str | None], ...]:
    """The newest answers that came with words, each with the customer's name."""
    found = fetch_all(db, Feedback, "at >= ? AND comment <> '' ORDER BY at DESC, id DESC LIMIT ?", since, most)
    return tuple((one, _name(db, one.customer_id)) for one in found)


def _name(db: sqlite3.Connection, customer_id: str | None) -> str | None:
    row = db.execute("SELECT name FROM customer WHERE id = ?", (customer_id,)).fetchone()
    return row[0] if row else None


def asked(db: sqlite3.Connection, customer_id: str) -> Asked:
    """What is known of a customer apart from any contact: when they were asked or answered last, and their consent."""
    last_at, nps_at = db.execute(
        "SELECT max(at), max(CASE scale WHEN 'nps' THEN at END) FROM ("
        "SELECT at, scale FROM feedback_ask WHERE customer_id = :who"
        " UNION ALL SELECT at, scale FROM feedback WHERE customer_id = :who)",
        {"who": customer_id},
    ).fetchone()
    return Asked(last_at, nps_at, forbidden=CONTACT in forbidden(consents(db, customer_id)))


def asked_of_ticket(db: sqlite3.Connection, ticket: Ticket, segment: Segment | None) -> Asked:
    """The same, with what the rules ask about one contact."""
    if ticket.customer_id is None:
        return Asked()
    known = asked(db, ticket.customer_id)
    (contacts,) = db.execute(
        "SELECT count(*) FROM ticket WHERE customer_id = ? AND topic = ? AND arrived_at BETWEEN ? AND ?",
        (ticket.customer_id, ticket.topic, ticket.arrived_at - SINCE, ticket.arrived_at),
    ).fetchone()
    (reopened,) = db.execute(
        "SELECT count(*) FROM message WHERE ticket_id = ? AND kind = 'event' AND body LIKE '{\"code\":\"reopened\"%'",
        (ticket.id,),
    ).fetchone()
    incident = db.execute(
        "SELECT 1 FROM incident_ticket AS link JOIN incident ON incident.id = link.incident_id"
        " WHERE link.ticket_id = ? AND incident.closed_at IS NULL",
        (ticket.id,),
    ).fetchone()
    promised = db.execute("SELECT 1 FROM follow_up WHERE ticket_id = ? AND state = 'open'", (ticket.id,)).fetchone()
    return Asked(
        known.last_at,
        known.nps_at,
        contacts=contacts + reopened,
        forbidden=known.forbidden,
        promised=promised is not None,
        incident=incident is not None,
        segment=segment,
    )


def just_resolved(db: sqlite3.Connection, agent_id: str, since: int) -> Ticket | None:
    """The contact that an agent resolved last, since an instant, unless its customer was asked or has answered."""
    return fetch(
        db,
        Ticket,
        "resolved_at >= ? AND status = 'resolved' AND assignee = ?"
        " AND NOT EXISTS (SELECT 1 FROM feedback_ask AS a WHERE a.customer_id = ticket.customer_id AND a.at >= ?)"
        " AND NOT EXISTS (SELECT 1 FROM feedback AS f WHERE f.customer_id = ticket.customer_id AND f.at >= ?)"
        " ORDER BY resolved_at DESC",
        since,
        agent_id,
        since,
        since,
    )


def known(db: sqlite3.Connection, ids: list[str]) -> set[str]:
    """Which of these answers are in the file already."""
    found: set[str] = set()
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        sql = f"SELECT id FROM feedback WHERE id IN ({','.join('?' * len(some))})"  # noqa: S608 - places only
        found |= {row[0] for row in db.execute(sql, some)}
    return found


def by_identity(db: sqlite3.Connection, kind: str, value: str) -> str | None:
    """The customer whose telephone or e-mail this is, if it is one customer's alone."""
    rows = db.execute(
        "SELECT DISTINCT customer_id FROM identity WHERE kind = ? AND value = ?", (kind, value)
    ).fetchall()
    return rows[0][0] if len(rows) == 1 else None


def by_order(db: sqlite3.Connection, order_no: str) -> str | None:
    """The customer of an order, if the number is one customer's alone."""
    rows = db.execute(
        "SELECT DISTINCT customer_id FROM purchase WHERE order_no = ? AND customer_id IS NOT NULL", (order_no,)
    ).fetchall()
    return rows[0][0] if len(rows) == 1 else None
