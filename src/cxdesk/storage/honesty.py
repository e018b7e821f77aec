"""Told waits against what came, and service times by topic, straight from the rows."""

import sqlite3

from cxdesk.domain.honesty import Honesty, TopicTime

__all__ = ["arrivals", "honesty", "service_times"]

_DAY_MS = 86_400_000


def honesty(db: sqlite3.Connection, now: int, days: int) -> Honesty:
    """The last ``days`` days."""
    span = (now - days * _DAY_MS, now)
    told, inside, late, bias = db.execute(
        "SELECT count(*), coalesce(sum(waited BETWEEN low AND high), 0), coalesce(sum(waited > high), 0),"
        " round(avg(waited - expected)) FROM quote WHERE told_at >= ? AND told_at <= ? AND waited IS NOT NULL",
        span,
    ).fetchone()
    methods = db.execute(
        "SELECT method, count(*) FROM quote WHERE told_at >= ? AND told_at <= ? AND waited IS NOT NULL"
        " GROUP BY method ORDER BY count(*) DESC, method",
        span,
    ).fetchall()
    return Honesty(days, told, inside, late, None if bias is None else int(bias), tuple(methods))


def service_times(db: sqlite3.Connection, now: int, days: int) -> tuple[TopicTime, ...]:
    """Mean time in hand by topic, the most frequent topic first."""
    rows = db.execute(
        "SELECT topic, CAST(round(avg(resolved_at - taken_at) / 1000.0) AS INTEGER), count(*) FROM ticket"
        " WHERE resolved_at BETWEEN ? AND ? AND taken_at IS NOT NULL GROUP BY topic ORDER BY count(*) DESC, topic",
        (now - days * _DAY_MS, now),
    )
    return tuple(TopicTime(*row) for row in rows)


def arrivals(db: sqlite3.Connection, start: int, end: int) -> list[tuple[int, int]]:
    """The half hours of a stretch of time (ms at which they begin) in which anybody came, and how many did."""
    return db.execute(
        "SELECT arrived_at / 1800000 * 1800000, count(*) FROM ticket WHERE arrived_at BETWEEN ? AND ? GROUP BY 1",
        (start, end),
    ).fetchall()
