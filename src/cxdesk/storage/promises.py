"""Reading promises: the open ones with all a list shows of them, what became of the others, and whom to remind."""

import sqlite3
from collections.abc import Iterable

from cxdesk.domain.moments import DAY
from cxdesk.domain.promises import Kept, Promised, kept
from cxdesk.domain.records import FollowUp, from_row
from cxdesk.domain.words import PromiseState, Topic
from cxdesk.storage.rows import columns, fetch, fetch_all
from cxdesk.storage.tickets import promises_due

__all__ = ["around", "board", "figures", "next_at", "one", "tell", "untold"]

MOST = 2_000
"""Open promises beyond so many are nobody's list any more."""

_NAMES = columns("follow_up")
_SHOWN = f"""SELECT {", ".join("f." + name for name in _NAMES)}, c.name, a.name, t.number, t.topic, r.due_told_at,
       (SELECT min(m.at) FROM message m WHERE m.ticket_id = f.ticket_id AND m.kind = 'customer'
           AND m.at > f.made_at AND m.at < f.due_at),
       (SELECT min(o.arrived_at) FROM ticket o WHERE o.customer_id = f.customer_id AND o.arrived_at > f.made_at
           AND o.arrived_at < f.due_at AND o.topic = t.topic AND o.id <> f.ticket_id)
  FROM follow_up f LEFT JOIN customer c ON c.id = f.customer_id LEFT JOIN agent a ON a.id = f.agent_id
  LEFT JOIN ticket t ON t.id = f.ticket_id LEFT JOIN reminder r ON r.promise_id = f.id
"""  # noqa: S608 - names of ours
_BOARD = f"{_SHOWN} WHERE f.state = 'open' AND f.due_at < :until ORDER BY f.due_at, f.id LIMIT {MOST}"
_HERE = f"{_SHOWN} WHERE +f.state = 'open' AND f.ticket_id = :ticket ORDER BY f.due_at, f.id"
_THEIRS = (
    f"{_SHOWN} WHERE +f.state = 'open' AND f.customer_id = :customer AND f.ticket_id IS NOT :ticket"
    " ORDER BY f.due_at, f.id LIMIT 20"
)

# My own, and those of somebody who is not there to be reminded.
_MINE = (
    "(f.agent_id IS NULL OR f.agent_id IS :me OR NOT EXISTS"
    " (SELECT 1 FROM shift s WHERE s.ended_at IS NULL AND s.agent_id = f.agent_id AND s.state = 'on'))"
)
_UNTOLD = f"""SELECT f.id FROM follow_up f LEFT JOIN reminder r ON r.promise_id = f.id
 WHERE f.state = 'open' AND f.due_at <= :until AND {_MINE}
   AND coalesce(CASE WHEN f.due_at <= :now THEN r.due_told_at ELSE coalesce(r.soon_told_at, r.due_told_at) END,
                {2**62}) > :now + {DAY}
 ORDER BY f.due_at, f.id LIMIT 50
"""  # noqa: S608 - a condition of ours


def board(db: sqlite3.Connection, until: int = 2**62) -> tuple[Promised, ...]:
    """Open promises due before ``until``, the most overdue first."""
    return tuple(_promised(row) for row in db.execute(_BOARD, {"until": until}))


def _promised(row: tuple[object, ...]) -> Promised:
    name, agent, number, topic, told_at, spoke, came = row[len(_NAMES) :]
    promise = from_row(FollowUp, dict(zip(_NAMES, row, strict=False)))
    first = min((at for at in (spoke, came) if isinstance(at, int)), default=None)
    return Promised(
        promise,
        None if name is None else str(name),
        None if agent is None else str(agent),
        number if isinstance(number, int) else None,
        None if topic is None else Topic(str(topic)),
        first,
        told_at if isinstance(told_at, int) else None,
    )


def one(db: sqlite3.Connection, promise_id: str) -> FollowUp | None:
    """One promise."""
    return fetch(db, FollowUp, "id = ?", promise_id)


def around(db: sqlite3.Connection, ticket_id: str, customer_id: str | None) -> tuple[Promised, ...]:
    """Open promises of a ticket, then the customer's others; each by when it is due."""
    found = db.execute(_HERE, {"ticket": ticket_id}).fetchall()
    if customer_id is not None:
        found += db.execute(_THEIRS, {"ticket": ticket_id, "customer": customer_id}).fetchall()
    return tuple(_promised(row) for row in found)


def figures(db: sqlite3.Connection, since: int, now: int) -> Kept:
    """What became of the promises that ended since an instant, and how many are overdue now."""
    rows = db.execute(
        "SELECT state, done_at <= due_at, count(*) FROM follow_up"
        " WHERE done_at >= ? AND done_at <= ? AND state <> 'open' GROUP BY 1, 2",
        (since, now),
    )
    return kept(((PromiseState(state), bool(in_time), n) for state, in_time, n in rows), promises_due(db, now))


# -- reminding


def untold(db: sqlite3.Connection, now: int, ahead: int, agent_id: str | None) -> tuple[FollowUp, ...]:
    """Promises that are due, or will be within ``ahead`` ms, and of which that has not been said on this machine."""
    found = db.execute(_UNTOLD, {"now": now, "until": now + ahead, "me": agent_id}).fetchall()
    return tuple(one for (key,) in found for one in fetch_all(db, FollowUp, "id = ?", key))


def next_at(db: sqlite3.Connection, now: int, ahead: int) -> int | None:
    """The next instant after ``now`` at which an open promise falls due or comes within ``ahead`` ms of it."""
    first = "SELECT min(due_at) FROM follow_up WHERE state = 'open' AND due_at > ?"
    due, soon = (db.execute(first, (after,)).fetchone()[0] for after in (now, now + ahead))
    return min((at for at in (due, None if soon is None else soon - ahead) if at is not None), default=None)


def tell(db: sqlite3.Connection, promises: Iterable[FollowUp], now: int) -> None:
    """Note that it was said of these that they are due, or soon will be; inside the caller's transaction."""
    for one in promises:
        column = "due_told_at" if one.due_at <= now else "soon_told_at"
        db.execute(
            f"INSERT INTO reminder (promise_id, {column}) VALUES (?, ?)"  # noqa: S608 - one of two names
            f" ON CONFLICT (promise_id) DO UPDATE SET {column} = excluded.{column}",
            (one.id, now),
        )
