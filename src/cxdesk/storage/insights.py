"""Reading the figures of any period: whole years and months as they are kept, and days at its ends."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import date

from cxdesk.domain.journey import Way
from cxdesk.domain.periods import cover

__all__ = ["buyers", "counts", "feasibility", "firsts", "series"]

_COUNTS = (
    "SELECT kind, key, bin, sum(n) FROM figure WHERE level = ? AND span BETWEEN ? AND ?"
    " GROUP BY kind, key, bin HAVING sum(n) > 0"
)
_FIRSTS = "SELECT key, bin, n FROM figure WHERE level = 'day' AND span = ? AND kind = 'first' AND n > 0"
_SERIES = ("arrived", "resolved", "left", "wait", "service")


def counts(db: sqlite3.Connection, first: date, last: date) -> dict[tuple[str, str], dict[int, int]]:
    """Kind and key → bin → how often, from a day to a day; nothing where the first is after the last."""
    found: dict[tuple[str, str], dict[int, int]] = {}
    for level, low, high in cover(first, last) if first <= last else ():
        rows = db.execute(_COUNTS, (level, low, high))
        for kind, key, number, n in rows:
            bins = found.setdefault((kind, key), {})
            bins[number] = bins.get(number, 0) + n
    return found


def firsts(db: sqlite3.Connection, first: date, last: date) -> dict[tuple[str, str], dict[int, int]]:
    """The same of some days, and of nothing but whether a contact was the only one."""
    found: dict[tuple[str, str], dict[int, int]] = {}
    for day in range(first.toordinal(), last.toordinal() + 1):
        rows = db.execute(_FIRSTS, (day,))
        for key, number, n in rows:
            bins = found.setdefault(("first", key), {})
            bins[number] = bins.get(number, 0) + n
    return found


def series(db: sqlite3.Connection, parts: Sequence[tuple[date, date]]) -> list[dict[str, dict[int, int]]]:
    """For each stretch of days what came and went and how long it took: kind → bin → how often."""
    wanted = [
        (level, span, number)
        for number, (first, last) in enumerate(parts)
        for level, low, high in cover(first, last)
        for span in range(low, high + 1)
    ]
    found: list[dict[str, dict[int, int]]] = [{} for _ in parts]
    # The stretches lead, so that each is a look into the index and not a walk through everything that is kept of it.
    rows = db.execute(
        "SELECT json_extract(value, '$[2]'), f.kind, f.bin, f.n FROM json_each(?) CROSS JOIN figure AS f"  # noqa: S608
        " ON f.level = json_extract(value, '$[0]') AND f.span = json_extract(value, '$[1]')"
        f" AND f.kind IN ({', '.join('?' * len(_SERIES))}) AND f.key = '' AND f.n > 0",
        (json.dumps(wanted), *_SERIES),
    )
    for number, kind, place, n in rows:
        bins = found[number].setdefault(kind, {})
        bins[place] = bins.get(place, 0) + n
    return found


def buyers(db: sqlite3.Connection, since: int, until: int) -> dict[Way, int]:
    """How many people bought for the first time, and how many of those who had bought before bought last, meanwhile."""
    first, again = db.execute(
        "SELECT coalesce(sum(first_at >= :since AND first_at < :until), 0),"
        " coalesce(sum(first_at < :since AND last_at >= :since AND last_at < :until), 0) FROM customer_summary",
        {"since": since, "until": until},
    ).fetchone()
    return {Way.PURCHASE: first, Way.LOYALTY: again}


def feasibility(db: sqlite3.Connection) -> dict[str, int]:
    """Touchpoint → how feasible it is to improve it, for those where somebody said so."""
    return dict(db.execute("SELECT id, feasibility FROM touchpoint").fetchall())
