"""Told waits against what came, and service times by topic, straight from the rows."""

import sqlite3

from cxdesk.domain.honesty import Honesty, TopicTime

__all__ = ["arrivals_per_hour", "honesty", "service_times"]

_DAY_MS = 86_400_000


def honesty(db: sqlite3.Connection, now: int, days: int) -> Honesty:
    """The last ``days`` days."""
    told, inside, late, bias = db.execute(
        "SELECT count(*), coalesce(sum(waited BETWEEN low AND high), 0), coalesce(sum(waited > high), 0),"
        " round(avg(waited - expected)) FROM quote WHERE told_at >= ? AND told_at <= ? AND waited IS NOT NULL",
        (now - days * _DAY_MS, now),
    ).fetchone()
    return Honesty(days, told, inside, late, None if bias is None else int(bias))


def service_times(db: sqlite3.Connection, now: int, days: int) -> tuple[TopicTime, ...]:
    """Mean time in hand by topic, the most frequent topic first."""
    rows = db.execute(
        "SELECT topic, CAST(round(avg(resolved_at - taken_at) / 1000.0) AS INTEGER), count(*) FROM ticket"
        " WHERE resolved_at BETWEEN ? AND ? AND taken_at IS NOT NULL GROUP BY topic ORDER BY count(*) DESC, topic",
        (now - days * _DAY_MS, now),
    )
    return tuple(TopicTime(*row) for row in rows)


def arrivals_per_hour(db: sqlite3.Connection, now: int, days: int) -> float:
    """Contacts an hour over the hours of the last ``days`` days in which anybody came at all."""
    start = now - days * _DAY_MS
    n, hours = db.execute(
        "SELECT count(*), count(DISTINCT arrived_at / 3600000) FROM ticket WHERE arrived_at BETWEEN ? AND ?",
        (start, now),
    ).fetchone()
    return n / hours if hours else 0.0
