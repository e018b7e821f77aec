"""Finding who could be on the morning list: one bounded, indexed reading for each kind of reason.

Every source answers at most ``_MOST`` candidates, those with the most at stake or due longest first. None walks a table
that grows with the shop: the longest stretch that is ever read are the ``_RHYTHMS`` nearest entries of one index.
"""

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta

from cxdesk.domain.afterwards import MorningChoice
from cxdesk.domain.evidence import Morning
from cxdesk.domain.moments import DAY
from cxdesk.domain.morning import Candidate, Kind
from cxdesk.domain.promises import is_due
from cxdesk.domain.segments import Rules
from cxdesk.storage.rows import fetch_all

__all__ = [
    "choices",
    "cooling",
    "due_again",
    "in_contact",
    "incidents_over",
    "late_deliveries",
    "promised",
    "reached_by",
    "special_days",
    "unanswered",
]

_MOST = 60
_RHYTHMS, _OF_A_DAY = 15_000, 150
_ON_THE_WAY = 45 * DAY
"""An order longer under way than this is one whose arrival nobody told us of."""
_COOLED = 30 * DAY
"""How long ago somebody may have become quiet by their own rhythm to be asked after now."""
_OVER = 14 * DAY
_AHEAD, _BEHIND = 10 * DAY, 30 * DAY
"""Somebody's habit of one thing is slower than their rhythm of buying anything."""

# The states are written out: SQLite uses a partial index only where it can see that its condition holds.
_LATE = """SELECT min(id), customer_id, product, order_no, min(ordered_at), count(*) FROM (
    SELECT id, customer_id, product, order_no, ordered_at FROM purchase INDEXED BY purchase_under_way
     WHERE state = 'shipping' AND ordered_at > :since AND ordered_at <= :until
       AND customer_id IS NOT NULL AND quantity > 0
    UNION ALL
    SELECT id, customer_id, product, order_no, ordered_at FROM purchase INDEXED BY purchase_under_way
     WHERE state = 'paid' AND ordered_at > :since AND ordered_at <= :until
       AND source IN (SELECT source FROM purchase INDEXED BY purchase_under_way
                       WHERE state = 'shipping' AND ordered_at > :since)
       AND customer_id IS NOT NULL AND quantity > 0
) GROUP BY customer_id, order_no ORDER BY min(ordered_at) LIMIT :most
"""
_UNANSWERED = """SELECT id, customer_id, number, who, word_at FROM (
    SELECT t.id, t.customer_id, t.number, t.status, t.hold_until,
           (SELECT m.kind FROM message m WHERE m.ticket_id = t.id AND m.kind IN ('customer', 'reply')
             ORDER BY m.at DESC, m.id DESC LIMIT 1) AS who,
           coalesce((SELECT max(m.at) FROM message m WHERE m.ticket_id = t.id AND m.kind IN ('customer', 'reply')),
                    t.waiting_since) AS word_at
      FROM ticket t WHERE t.status IN ('waiting', 'active', 'pending') AND t.customer_id IS NOT NULL
) WHERE (coalesce(who, 'customer') = 'customer' AND word_at <= :until)
     OR (who = 'reply' AND status = 'pending' AND hold_until IS NULL AND word_at <= :longer)
 ORDER BY word_at LIMIT :most
"""
# ``next_at`` is a usual interval after the last order, so whoever has just gone quiet is found behind ``bound``.
_COOLING = """SELECT customer_id, orders, usual, last_at, quiet_at FROM (
    SELECT *, last_at + max(:least, CAST(:factor * usual AS INTEGER)) AS quiet_at FROM (
        SELECT customer_id, orders, spent, last_at, (last_at - first_at) / (orders - 1) AS usual
          FROM customer_summary WHERE next_at <= :bound ORDER BY next_at DESC LIMIT :rhythms
    )
) WHERE quiet_at <= :now AND quiet_at > :since ORDER BY spent DESC, customer_id LIMIT :most
"""
_DUE_AGAIN = """SELECT customer_id FROM (
    SELECT customer_id, spent FROM customer_summary WHERE next_at > :since AND next_at <= :until
     ORDER BY next_at LIMIT :rhythms
) ORDER BY spent DESC, customer_id LIMIT :most
"""
_SPECIAL = """SELECT id, whose, kind FROM (
    SELECT id, customer_id AS whose, kind FROM special_day WHERE month = ? AND day = ? AND lunar = 0 LIMIT ?
) LEFT JOIN customer_summary s ON s.customer_id = whose ORDER BY s.spent DESC, id LIMIT ?
"""
_AFTERCARE = """SELECT DISTINCT i.id, i.title, i.closed_at, t.customer_id FROM incident i
  JOIN incident_ticket l ON l.incident_id = i.id JOIN ticket t ON t.id = l.ticket_id
 WHERE i.closed_at > :since AND i.closed_at <= :now AND t.customer_id IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM incident_person p WHERE p.incident_id = i.id AND p.customer_id = t.customer_id
                      AND p.cared_at IS NOT NULL)
UNION
SELECT i.id, i.title, i.closed_at, p.customer_id FROM incident i JOIN incident_person p ON p.incident_id = i.id
 WHERE i.closed_at > :since AND i.closed_at <= :now AND p.told_at IS NOT NULL AND p.cared_at IS NULL
 ORDER BY 3, 4 LIMIT :most
"""


def promised(db: sqlite3.Connection, now: int, tonight: int) -> Iterator[Candidate]:
    """Open promises to somebody that are due before the day ends."""
    rows = db.execute(
        "SELECT f.id, f.customer_id, f.ticket_id, f.what, f.due_at, t.number, r.due_told_at FROM follow_up f"
        " LEFT JOIN ticket t ON t.id = f.ticket_id LEFT JOIN reminder r ON r.promise_id = f.id"
        " WHERE f.state = 'open' AND f.due_at < ? ORDER BY f.due_at LIMIT ?",
        (tonight, _MOST),
    )
    for key, customer, ticket, what, due_at, number, told_at in rows:
        kind = Kind.PROMISE_LATE if is_due(due_at, now, told_at) else Kind.PROMISE_TODAY
        yield Candidate(kind, key, customer, due_at, ticket_id=ticket, what=what, number=number or 0)


def late_deliveries(db: sqlite3.Connection, now: int, rules: Morning) -> Iterator[Candidate]:
    """Orders under way for too long; those only paid for, where their source tells of what is shipped at all."""
    until = now - rules.delivery_days * DAY
    values = {"since": now - _ON_THE_WAY, "until": until, "most": _MOST}
    for key, customer, product, order_no, ordered_at, n in db.execute(_LATE, values):
        days = (now - ordered_at) // DAY
        at = ordered_at + rules.delivery_days * DAY
        yield Candidate(Kind.DELIVERY, key, customer, at, product=product, order_no=order_no, days=days, n=n)


def unanswered(db: sqlite3.Connection, now: int, rules: Morning) -> Iterator[Candidate]:
    """Open contacts in which the customer has waited for a word for days, or has owed us theirs for twice as many."""
    most = rules.answer_days * DAY
    values = {"until": now - most, "longer": now - 2 * most, "most": _MOST}
    for key, customer, number, who, word_at in db.execute(_UNANSWERED, values):
        what = "theirs" if who == "reply" else ""
        at = word_at + (2 * most if what else most)
        days = (now - word_at) // DAY
        yield Candidate(Kind.UNANSWERED, key, customer, at, ticket_id=key, number=number, what=what, days=days)


def cooling(db: sqlite3.Connection, now: int, rules: Rules) -> Iterator[Candidate]:
    """People who have just gone quiet by the rule of ``segments.stand``, those who bought for most first."""
    least = rules.risk_days * DAY
    bound = now - int(least * max(0.0, 1 - 1 / rules.risk_factor)) if rules.risk_factor > 1 else now
    values = {"bound": bound, "rhythms": _RHYTHMS, "least": least, "factor": rules.risk_factor}
    values |= {"now": now, "since": now - _COOLED, "most": _MOST}
    for customer, orders, usual, last_at, quiet_at in db.execute(_COOLING, values):
        days = (now - last_at) // DAY
        yield Candidate(Kind.COOLING, customer, customer, quiet_at, days=days, usual=usual // DAY, n=orders)


def due_again(db: sqlite3.Connection, now: int, most: int) -> tuple[str, ...]:
    """People who would order about now by their own rhythm, those who bought for most first."""
    values = {"since": now - _BEHIND, "until": now + _AHEAD, "rhythms": _RHYTHMS, "most": most}
    return tuple(row[0] for row in db.execute(_DUE_AGAIN, values))


def special_days(db: sqlite3.Connection, today: date, midnight: int, rules: Morning) -> Iterator[Candidate]:
    """Days by the solar calendar that come round today or soon; on 28 February of most years the 29th too."""
    for ahead in range(rules.special_days + 1):
        day = today + timedelta(days=ahead)
        leapt = (day.month, day.day) == (2, 28) and (day + timedelta(days=1)).month == 3
        for number in (day.day, 29) if leapt else (day.day,):
            for key, customer, kind in db.execute(_SPECIAL, (day.month, number, _OF_A_DAY, _MOST)):
                yield Candidate(Kind.SPECIAL_DAY, key, customer, midnight + ahead * DAY, what=kind, days=ahead)


def incidents_over(db: sqlite3.Connection, now: int) -> Iterator[Candidate]:
    """People whom an incident that is over touched, and for whom nobody has cared since."""
    for key, title, closed_at, customer in db.execute(_AFTERCARE, {"since": now - _OVER, "now": now, "most": _MOST}):
        subject = f"{key} {customer}"
        yield Candidate(Kind.AFTERCARE, subject, customer, closed_at, what=title, days=(now - closed_at) // DAY)


def reached_by(db: sqlite3.Connection, customer_id: str) -> frozenset[str]:
    """The kinds of identity that are known of somebody: phone, email, handle."""
    rows = db.execute("SELECT DISTINCT kind FROM identity WHERE customer_id = ?", (customer_id,))
    return frozenset(row[0] for row in rows)


def in_contact(db: sqlite3.Connection, customer_id: str, since: int) -> bool:
    """Whether somebody has a contact open, or came to us lately."""
    sql = (
        "SELECT 1 FROM ticket WHERE customer_id = ? AND arrived_at >= ? UNION ALL SELECT 1 FROM ticket"
        " WHERE customer_id = ? AND status IN ('waiting', 'active', 'pending') LIMIT 1"
    )
    return db.execute(sql, (customer_id, since, customer_id)).fetchone() is not None


def choices(db: sqlite3.Connection, since: int) -> tuple[MorningChoice, ...]:
    """What was done with entries since an instant, oldest first."""
    return fetch_all(db, MorningChoice, "at >= ? ORDER BY at", since)
