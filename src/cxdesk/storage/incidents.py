"""Reading incidents: which go on, what is linked to them, what was said, and what many ask about at once."""

import sqlite3
from collections.abc import Iterable

from cxdesk.domain.afterwards import Incident, IncidentEntry, IncidentTicket, IncidentWord
from cxdesk.domain.records import Ticket, from_row
from cxdesk.domain.words import Topic
from cxdesk.storage.rows import columns, fetch, fetch_all

__all__ = [
    "SAID",
    "arrivals",
    "entries",
    "every",
    "first_arrival",
    "first_heard",
    "heard",
    "links",
    "of_ticket",
    "one",
    "open_ones",
    "standing",
    "statuses",
    "tickets",
    "words",
]

SAID = "incident."
"""How the script id of a message begins that says a wording; the wording's own id follows."""


def one(db: sqlite3.Connection, incident_id: str) -> Incident | None:
    """One incident."""
    return fetch(db, Incident, "id = ?", incident_id)


def open_ones(db: sqlite3.Connection) -> tuple[Incident, ...]:
    """The incidents that go on, the next word that is due first."""
    return fetch_all(db, Incident, "closed_at IS NULL ORDER BY next_word_at, id")


def every(db: sqlite3.Connection, most: int) -> tuple[Incident, ...]:
    """Open ones first, then the latest that are over."""
    over = fetch_all(db, Incident, "closed_at > 0 ORDER BY closed_at DESC, id DESC LIMIT ?", most)
    return (*open_ones(db), *over)


def of_ticket(db: sqlite3.Connection, ticket_id: str) -> Incident | None:
    """The incident that goes on and that a ticket belongs to; of two that two desks linked it to, the earlier link."""
    row = db.execute(
        f"SELECT {', '.join('i.' + name for name in columns('incident'))} FROM incident_ticket l"  # noqa: S608
        " JOIN incident i ON i.id = l.incident_id WHERE l.ticket_id = ? AND i.closed_at IS NULL"
        " ORDER BY l.at, l.id LIMIT 1",
        (ticket_id,),
    ).fetchone()
    return None if row is None else from_row(Incident, dict(zip(columns("incident"), row, strict=True)))


def links(db: sqlite3.Connection, ticket_ids: Iterable[str]) -> dict[str, tuple[IncidentTicket, Incident]]:
    """Ticket → the link to the open incident it belongs to, for those that belong to one."""
    found = {}
    for key in ticket_ids:
        incident = of_ticket(db, key)
        if incident is not None:
            link = fetch(db, IncidentTicket, "ticket_id = ? AND incident_id = ?", key, incident.id)
            if link is not None:
                found[key] = (link, incident)
    return found


def standing(db: sqlite3.Connection, incident_id: str) -> dict[str, IncidentTicket]:
    """Ticket → its link to this incident."""
    return {link.ticket_id: link for link in fetch_all(db, IncidentTicket, "incident_id = ?", incident_id)}


def tickets(
    db: sqlite3.Connection, incident_id: str, *, only_open: bool = False
) -> tuple[tuple[Ticket, str, str], ...]:
    """The tickets of an incident in the order they came, each with its customer's name and language (or nothing)."""
    names = columns("ticket")
    which = " AND t.status IN ('waiting', 'active', 'pending')" if only_open else ""
    rows = db.execute(
        f"SELECT {', '.join('t.' + name for name in names)}, coalesce(c.name, ''), coalesce(c.language, '')"  # noqa: S608
        " FROM incident_ticket l JOIN ticket t ON t.id = l.ticket_id LEFT JOIN customer c ON c.id = t.customer_id"
        f" WHERE l.incident_id = ?{which} ORDER BY t.arrived_at, t.id",
        (incident_id,),
    )
    return tuple((from_row(Ticket, dict(zip(names, row[:-2], strict=True))), row[-2], row[-1]) for row in rows)


def statuses(db: sqlite3.Connection, incident_id: str) -> dict[str, int]:
    """How many tickets of an incident stand where."""
    sql = (
        "SELECT t.status, count(*) FROM incident_ticket l JOIN ticket t ON t.id = l.ticket_id"
        " WHERE l.incident_id = ? GROUP BY t.status"
    )
    return dict(db.execute(sql, (incident_id,)).fetchall())


def words(db: sqlite3.Connection, incident_id: str) -> tuple[IncidentWord, ...]:
    """Every wording that was approved, oldest first."""
    return fetch_all(db, IncidentWord, "incident_id = ? ORDER BY at, id", incident_id)


def entries(db: sqlite3.Connection, incident_id: str) -> tuple[IncidentEntry, ...]:
    """The timeline, oldest first."""
    return fetch_all(db, IncidentEntry, "incident_id = ? ORDER BY at, id", incident_id)


def arrivals(
    db: sqlite3.Connection, since: int, until: int, *, unlinked: bool = False, only_open: bool = False
) -> list[tuple[str, Topic, str]]:
    """Tickets that came in a stretch of time: id, topic, and the product their customer had bought last (or nothing).

    ``unlinked`` leaves out those that have been linked to an incident, ``only_open`` those that are done.
    """
    which = " AND NOT EXISTS (SELECT 1 FROM incident_ticket l WHERE l.ticket_id = t.id)" if unlinked else ""
    which += " AND t.status IN ('waiting', 'active', 'pending')" if only_open else ""
    rows = db.execute(
        "SELECT t.id, t.topic, coalesce((SELECT p.product FROM purchase p WHERE p.customer_id = t.customer_id"  # noqa: S608
        " AND p.ordered_at <= t.arrived_at AND p.quantity > 0 ORDER BY p.ordered_at DESC LIMIT 1), '')"
        f" FROM ticket t WHERE t.arrived_at > ? AND t.arrived_at <= ?{which} ORDER BY t.arrived_at, t.id",
        (since, until),
    )
    return [(key, Topic(topic), product) for key, topic, product in rows]


def first_arrival(db: sqlite3.Connection) -> int | None:
    """When the first contact of this desk came."""
    found = db.execute("SELECT min(arrived_at) FROM ticket").fetchone()[0]
    return None if found is None else int(found)


def heard(db: sqlite3.Connection, incident_id: str, since: int) -> frozenset[str]:
    """The tickets of an incident in which a wording of it was said at or after an instant."""
    rows = db.execute(
        "SELECT l.ticket_id FROM incident_ticket l WHERE l.incident_id = ? AND EXISTS (SELECT 1 FROM message m"
        " WHERE m.ticket_id = l.ticket_id AND m.at >= ? AND m.script_id LIKE ?)",
        (incident_id, since, f"{SAID}%"),
    )
    return frozenset(row[0] for row in rows)


def first_heard(db: sqlite3.Connection, incident_id: str) -> int | None:
    """When a wording of an incident was first said to a customer."""
    found = db.execute(
        "SELECT min(m.at) FROM incident_ticket l JOIN message m ON m.ticket_id = l.ticket_id"
        " WHERE l.incident_id = ? AND m.script_id LIKE ?",
        (incident_id, f"{SAID}%"),
    ).fetchone()[0]
    return None if found is None else int(found)
