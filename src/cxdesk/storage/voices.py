"""Reading voices and their themes: who said what, how often, how it weighs, and who is to be told."""

import sqlite3
from collections.abc import Collection, Iterable

from cxdesk.domain.afterwards import Improvement, Telling, Theme, ThemeStage, ThemeWhy, Voice
from cxdesk.domain.levels import WEEK
from cxdesk.domain.themes import Candidate
from cxdesk.domain.words import Topic
from cxdesk.storage.rows import fetch, fetch_all

__all__ = [
    "all_weeks",
    "candidates",
    "counted",
    "first_at",
    "heard",
    "heard_of",
    "improvements",
    "names",
    "on_board",
    "overdue",
    "speakers",
    "spent",
    "tellings",
    "theme",
    "themes_like",
    "voice_of",
    "voices",
    "whys",
]

Heard = tuple[str, int, str | None, int]
"""Theme, when, by whom, and how serious."""

_BODIES = 12
"""So many of a theme's latest voices say what it is about."""
_CANDIDATES = 60
"""So many of a topic's themes, the latest heard first, can be joined by suggestion."""


def theme(db: sqlite3.Connection, theme_id: str) -> Theme | None:
    """One theme; one that became part of another is answered by that."""
    found = fetch(db, Theme, "id = ?", theme_id)
    seen = {theme_id}
    while found is not None and found.merged_into is not None and found.merged_into not in seen:
        seen.add(found.merged_into)
        found = fetch(db, Theme, "id = ?", found.merged_into)
    return found


def candidates(db: sqlite3.Connection, topic: Topic) -> tuple[Candidate, ...]:
    """The themes of a topic that were heard last, each with the words of its latest voices."""
    found = fetch_all(
        db, Theme, "topic = ? AND merged_into IS NULL ORDER BY heard_at DESC, id DESC LIMIT ?", topic, _CANDIDATES
    )
    return tuple(Candidate(one, _bodies(db, one.id)) for one in found)


def _bodies(db: sqlite3.Connection, theme_id: str) -> tuple[str, ...]:
    rows = db.execute(
        "SELECT body FROM voice WHERE theme_id = ? ORDER BY at DESC, id DESC LIMIT ?", (theme_id, _BODIES)
    )
    return tuple(row[0] for row in rows)


def themes_like(db: sqlite3.Connection, topic: Topic, but: str, most: int = 60) -> tuple[Theme, ...]:
    """Themes that another could be joined with: those of its topic, then the others, each the latest heard first."""
    own = fetch_all(
        db, Theme, "topic = ? AND id <> ? AND merged_into IS NULL ORDER BY heard_at DESC LIMIT ?", topic, but, most
    )
    stages = tuple(one for stage in ThemeStage for one in on_board(db, stage, most) if one.topic != topic)
    return (*own, *stages)[:most]


def on_board(db: sqlite3.Connection, stage: ThemeStage, most: int) -> tuple[Theme, ...]:
    """The themes at a stage, the latest heard first."""
    where = "stage = ? AND merged_into IS NULL ORDER BY heard_at DESC, id DESC LIMIT ?"
    return fetch_all(db, Theme, where, stage, most)


def heard(db: sqlite3.Connection, since: int) -> list[Heard]:
    """What was heard of every theme since an instant, to be counted by ``tallied``: SQLite's grouping is slower."""
    return db.execute("SELECT theme_id, at, customer_id, severity FROM voice WHERE at >= ?", (since,)).fetchall()


def heard_of(db: sqlite3.Connection, theme_id: str, since: int) -> list[Heard]:
    """The same of one theme."""
    sql = "SELECT theme_id, at, customer_id, severity FROM voice WHERE theme_id = ? AND at >= ?"
    return db.execute(sql, (theme_id, since)).fetchall()


def spent(db: sqlite3.Connection, customer_ids: Iterable[str], currency: str) -> dict[str, int]:
    """What each of these customers has spent, where it was in this currency."""
    keys = sorted(customer_ids)
    found: dict[str, int] = {}
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        places = ",".join("?" * len(some))
        sql = f"SELECT customer_id, spent FROM customer_summary WHERE customer_id IN ({places}) AND currency = ?"  # noqa: S608
        found |= dict(db.execute(sql, (*some, currency)).fetchall())
    return found


def all_weeks(db: sqlite3.Connection, now: int, since: int) -> dict[int, int]:
    """Voices of all themes by week since an instant, 0 being the seven days before ``now``."""
    rows = db.execute(
        "SELECT (? - at) / ? AS week, count(*) FROM voice WHERE at > ? AND at <= ? GROUP BY week",
        (now, WEEK, since, now),
    )
    return dict(rows.fetchall())


def first_at(db: sqlite3.Connection) -> int | None:
    """When the shop began to keep voices."""
    row = db.execute("SELECT at FROM voice ORDER BY at LIMIT 1").fetchone()
    return row[0] if row else None


def voices(db: sqlite3.Connection, theme_id: str, most: int = -1) -> tuple[Voice, ...]:
    """The voices of a theme, the newest first; ``-1`` is all of them."""
    return fetch_all(db, Voice, "theme_id = ? ORDER BY at DESC, id DESC LIMIT ?", theme_id, most)


def counted(db: sqlite3.Connection, theme_id: str) -> tuple[int, int]:
    """How many voices a theme has, and of how many customers."""
    sql = "SELECT count(*), count(DISTINCT customer_id) FROM voice WHERE theme_id = ?"
    voices, customers = db.execute(sql, (theme_id,)).fetchone()
    return voices, customers


def speakers(db: sqlite3.Connection, theme_id: str, but: Collection[str], most: int) -> tuple[str, ...]:
    """Customers who spoke of a theme, the latest first, without those left out."""
    found: dict[str, None] = {}
    rows = db.execute(
        "SELECT customer_id FROM voice WHERE theme_id = ? AND customer_id IS NOT NULL ORDER BY at DESC, id DESC",
        (theme_id,),
    )
    for (key,) in rows:
        if key not in but:
            found.setdefault(key)
        if len(found) == most:
            break
    return tuple(found)


def voice_of(db: sqlite3.Connection, theme_id: str, customer_id: str) -> Voice | None:
    """What a customer said last of a theme."""
    return fetch(db, Voice, "customer_id = ? AND theme_id = ? ORDER BY at DESC, id DESC", customer_id, theme_id)


def whys(db: sqlite3.Connection, theme_id: str) -> tuple[ThemeWhy, ...]:
    """The causes of a theme, each that of the one before."""
    return fetch_all(db, ThemeWhy, "theme_id = ? ORDER BY place, id", theme_id)


def improvements(db: sqlite3.Connection, theme_id: str) -> tuple[Improvement, ...]:
    """What is or was to be changed because of a theme, in the order it was written down."""
    return fetch_all(db, Improvement, "theme_id = ? ORDER BY at, id", theme_id)


def overdue(db: sqlite3.Connection, now: int) -> frozenset[str]:
    """Themes with a change that should have been made by now."""
    rows = db.execute("SELECT theme_id FROM improvement WHERE state = 'planned' AND due_at < ?", (now,))
    return frozenset(row[0] for row in rows)


def tellings(db: sqlite3.Connection, theme_id: str) -> tuple[Telling, ...]:
    """What customers were or will be told of a theme."""
    return fetch_all(db, Telling, "theme_id = ? ORDER BY at, id", theme_id)


def names(db: sqlite3.Connection, table: str, ids: Iterable[str | None]) -> dict[str, str]:
    """Id → name of customers or agents (``table``)."""
    found: dict[str, str] = {}
    for key in {key for key in ids if key}:
        row = db.execute(f"SELECT name FROM {table} WHERE id = ?", (key,)).fetchone()  # noqa: S608 - names of our own
        if row:
            found[key] = row[0]
    return found
