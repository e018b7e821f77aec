"""Whom an incident touches: who came by themselves, and whom its rules find among all who ever bought.

That can be fifty thousand of a million, so the rules are kept and not the people. A page of them is read along the
index of what was bought and when; a row is written for somebody only when something is done for them.

``CROSS JOIN`` keeps SQLite to the order written: from one customer to their few tickets, never from an incident to its
ten thousand.
"""

import sqlite3
from collections.abc import Sequence

from cxdesk.domain.afterwards import IncidentPerson, IncidentReach
from cxdesk.storage.incidents import SAID
from cxdesk.storage.rows import fetch, fetch_all

__all__ = [
    "Place",
    "came",
    "came_by_themselves",
    "done_for",
    "finds",
    "person",
    "persons",
    "phone",
    "products",
    "reached",
    "reaches",
    "told_at",
    "told_by_rules",
    "told_in_tickets",
    "touched",
]

Place = tuple[int, int, int]
"""Where a page of reached people ended: which rule (from 0), when the purchase was made, its row."""


def reaches(db: sqlite3.Connection, incident_id: str) -> tuple[IncidentReach, ...]:
    """The rules that find people, oldest first."""
    return fetch_all(db, IncidentReach, "incident_id = ? ORDER BY at, id", incident_id)


def persons(db: sqlite3.Connection, incident_id: str) -> tuple[IncidentPerson, ...]:
    """What was done for whom."""
    return fetch_all(db, IncidentPerson, "incident_id = ? ORDER BY id", incident_id)


def person(db: sqlite3.Connection, incident_id: str, customer_id: str) -> IncidentPerson | None:
    """What was done for one customer; after a merge there can be two such rows, and the first is the one to change."""
    return fetch(db, IncidentPerson, "incident_id = ? AND customer_id = ? ORDER BY id", incident_id, customer_id)


def told_in_tickets(db: sqlite3.Connection, incident_id: str) -> frozenset[str]:
    """The customers to whom a wording was said in a ticket of an incident."""
    rows = db.execute(
        "SELECT DISTINCT t.customer_id FROM incident_ticket l JOIN ticket t ON t.id = l.ticket_id"
        " WHERE l.incident_id = ? AND t.customer_id IS NOT NULL AND EXISTS"
        " (SELECT 1 FROM message m WHERE m.ticket_id = t.id AND m.script_id LIKE ?)",
        (incident_id, f"{SAID}%"),
    )
    return frozenset(row[0] for row in rows)


def told_at(db: sqlite3.Connection, incident_id: str, customer_id: str) -> int | None:
    """When a wording was first said to one customer in a ticket of an incident."""
    found = db.execute(
        "SELECT min(m.at) FROM ticket t CROSS JOIN incident_ticket l ON l.ticket_id = t.id"
        " CROSS JOIN message m ON m.ticket_id = t.id"
        " WHERE t.customer_id = ? AND l.incident_id = ? AND m.script_id LIKE ?",
        (customer_id, incident_id, f"{SAID}%"),
    ).fetchone()[0]
    return None if found is None else int(found)


def came(db: sqlite3.Connection, incident_id: str, customer_id: str) -> bool:
    """Whether a customer has contacted the shop about an incident."""
    sql = (
        "SELECT 1 FROM ticket t CROSS JOIN incident_ticket l ON l.ticket_id = t.id"
        " WHERE t.customer_id = ? AND l.incident_id = ? LIMIT 1"
    )
    return db.execute(sql, (customer_id, incident_id)).fetchone() is not None


def touched(db: sqlite3.Connection, incident_id: str, rules: Sequence[IncidentReach]) -> int:
    """How many people an incident touches: who contacted the shop about it, and whom its rules find."""
    parts = [
        "SELECT t.customer_id FROM incident_ticket l JOIN ticket t ON t.id = l.ticket_id"
        " WHERE l.incident_id = ? AND t.customer_id IS NOT NULL"
    ]
    values: list[object] = [incident_id]
    for rule in rules:
        where, more = _bought(rule, "p")
        parts.append(f"SELECT p.customer_id FROM purchase p WHERE {where}")  # noqa: S608 - names of our own
        values += more
    sql = f"SELECT count(DISTINCT customer_id) FROM ({' UNION ALL '.join(parts)})"  # noqa: S608 - names of our own
    return int(db.execute(sql, values).fetchone()[0])


def came_by_themselves(db: sqlite3.Connection, incident_id: str, after: str, most: int) -> list[str]:
    """The next customers who contacted the shop about an incident, in the order of their ids."""
    rows = db.execute(
        "SELECT DISTINCT t.customer_id FROM incident_ticket l JOIN ticket t ON t.id = l.ticket_id"
        " WHERE l.incident_id = ? AND t.customer_id > ? ORDER BY t.customer_id LIMIT ?",
        (incident_id, after, most),
    )
    return [row[0] for row in rows]


def told_by_rules(db: sqlite3.Connection, incident_id: str, rules: Sequence[IncidentReach]) -> int:
    """How many people were told because all whom a rule finds were: but for those who want no contact, those who came
    by themselves, and those whose telling is noted on its own."""
    parts, values = [], []
    for rule in rules:
        where, more = _bought(rule, "p")
        parts.append(f"SELECT p.customer_id FROM purchase p WHERE {where}")  # noqa: S608 - names of our own
        values += more
    if not parts:
        return 0
    sql = (
        f"SELECT count(DISTINCT f.customer_id) FROM ({' UNION ALL '.join(parts)}) f WHERE coalesce((SELECT c.allowed"  # noqa: S608
        " FROM consent c WHERE c.customer_id = f.customer_id AND c.purpose = 'contact' ORDER BY c.at DESC, c.allowed"
        " LIMIT 1), 1) = 1 AND NOT EXISTS (SELECT 1 FROM incident_person i WHERE i.incident_id = ?"
        " AND i.customer_id = f.customer_id AND i.told_at IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM ticket t"
        " CROSS JOIN incident_ticket l ON l.ticket_id = t.id WHERE t.customer_id = f.customer_id AND l.incident_id = ?)"
    )
    return int(db.execute(sql, (*values, incident_id, incident_id)).fetchone()[0])


def reached(
    db: sqlite3.Connection, incident_id: str, rules: Sequence[IncidentReach], after: Place | None, most: int
) -> list[tuple[str, Place]]:
    """The next people whom the rules find and who have not contacted the shop themselves, by what they bought when.

    Each is found once, at their first purchase under the first rule that finds them.
    """
    found: list[tuple[str, Place]] = []
    begin, at, row = after or (0, -(2**62), 0)
    for n, rule in enumerate(rules[begin:], begin):
        sql, values = _page(incident_id, rules[:n], rule)
        place = (at, row) if n == begin else (-(2**62), 0)
        for customer_id, ordered_at, rowid in db.execute(sql, (*values, *place, most - len(found))):
            found.append((customer_id, (n, ordered_at, rowid)))
        if len(found) >= most:
            break
    return found


def _page(incident_id: str, before: Sequence[IncidentReach], rule: IncidentReach) -> tuple[str, list[object]]:
    """One walk along the index: first purchases under a rule, of people no earlier rule and no ticket has brought."""
    where, values = _bought(rule, "p")
    again, twice = _bought(rule, "q")
    sql = (
        f"SELECT p.customer_id, p.ordered_at, p.rowid FROM purchase p WHERE {where}"  # noqa: S608 - names of our own
        f" AND NOT EXISTS (SELECT 1 FROM purchase q INDEXED BY purchase_customer WHERE q.customer_id = p.customer_id"
        f" AND {again} AND (q.ordered_at, q.rowid) < (p.ordered_at, p.rowid))"
        " AND NOT EXISTS (SELECT 1 FROM ticket t CROSS JOIN incident_ticket l ON l.ticket_id = t.id"
        " WHERE t.customer_id = p.customer_id AND l.incident_id = ?)"
    )
    values = [*values, *twice, incident_id]
    for other in before:
        elsewhere, more = _bought(other, "o")
        sql += (
            " AND NOT EXISTS (SELECT 1 FROM purchase o INDEXED BY purchase_customer"  # noqa: S608 - our names
            f" WHERE o.customer_id = p.customer_id AND {elsewhere})"
        )
        values += more
    return f"{sql} AND (p.ordered_at, p.rowid) > (?, ?) ORDER BY p.ordered_at, p.rowid LIMIT ?", values


def _bought(rule: IncidentReach, alias: str) -> tuple[str, list[object]]:
    """The condition of a rule on one purchase; what was cancelled reached nobody."""
    where = (
        f"{alias}.product = ? AND {alias}.ordered_at >= ? AND {alias}.ordered_at < ? AND {alias}.quantity > 0"
        f" AND {alias}.state <> 'cancelled' AND {alias}.customer_id IS NOT NULL"
    )
    values: list[object] = [
        rule.product,
        rule.since if rule.since is not None else -(2**62),
        rule.until if rule.until is not None else 2**62,
    ]
    if rule.option:
        where += f" AND instr(lower({alias}.option), lower(?)) > 0"
        values.append(rule.option)
    return where, values


def finds(db: sqlite3.Connection, rule: IncidentReach, customer_id: str) -> bool:
    """Whether a rule finds a customer."""
    where, values = _bought(rule, "p")
    sql = f"SELECT 1 FROM purchase p INDEXED BY purchase_customer WHERE p.customer_id = ? AND {where} LIMIT 1"  # noqa: S608
    return db.execute(sql, (customer_id, *values)).fetchone() is not None


def done_for(db: sqlite3.Connection, incident_id: str, customer_id: str) -> tuple[IncidentPerson, ...]:
    """What was done for one customer; two rows after two of an incident turned out to be one person."""
    return fetch_all(db, IncidentPerson, "incident_id = ? AND customer_id = ? ORDER BY id", incident_id, customer_id)


def phone(db: sqlite3.Connection, customer_id: str) -> str:
    """A customer's phone number as it was given; ``""`` for none."""
    found = db.execute(
        "SELECT shown FROM identity WHERE customer_id = ? AND kind = 'phone' ORDER BY created_at LIMIT 1",
        (customer_id,),
    ).fetchone()
    return "" if found is None else str(found[0])


def products(db: sqlite3.Connection, text: str, most: int) -> tuple[str, ...]:
    """The names of goods that hold a text; there are as many as the shop has ever sold, not as it has sold of them."""
    rows = db.execute(
        "SELECT name FROM product WHERE instr(lower(name), lower(?)) > 0 ORDER BY length(name), name LIMIT ?",
        (text, most),
    )
    return tuple(row[0] for row in rows)
