"""Reading voices and their themes: who said what, how often, how it weighs, and who is to be told."""

import sqlite3
from collections.abc import Iterable

from cxdesk.domain.afterwards import Improvement, Telling, Theme, ThemeStage, ThemeWhy, Voice
from cxdesk.domain.impact import Weight
from cxdesk.domain.levels import WEEK
from cxdesk.domain.themes import Candidate
from cxdesk.domain.words import Topic
from cxdesk.storage.rows import fetch, fetch_all

__all__ = [
    "all_weeks",
    "candidates",
    "first_at",
    "improvements",
    "names",
    "on_board",
    "product_of",
    "tellings",
    "theme",
    "themes_like",
    "voice",
    "voices",
    "weeks",
    "weights",
    "whys",
]

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


def weights(db: sqlite3.Connection, since: int, currency: str) -> dict[str, Weight]:
    """Theme → what was heard of it since an instant; money in the shop's currency only."""
    heard = db.execute(
        "SELECT theme_id, count(*), count(DISTINCT customer_id), sum(severity) FROM voice WHERE at >= ?"
        " GROUP BY theme_id",
        (since,),
    ).fetchall()
    spent = dict(
        db.execute(
            "SELECT v.theme_id, sum(s.spent) FROM (SELECT DISTINCT theme_id, customer_id FROM voice WHERE at >= ?) AS v"
            " CROSS JOIN customer_summary AS s ON s.customer_id = v.customer_id WHERE s.currency = ?"
            " GROUP BY v.theme_id",
            (since, currency),
        ).fetchall()
    )
    return {key: Weight(n, people, severity, max(0, spent.get(key, 0))) for key, n, people, severity in heard}


def weeks(db: sqlite3.Connection, now: int, since: int) -> dict[str, dict[int, int]]:
    """Theme → voices by week since an instant, 0 being the seven days before ``now``."""
    found: dict[str, dict[int, int]] = {}
    rows = db.execute(
        "SELECT theme_id, (? - at) / ? AS week, count(*) FROM voice WHERE at > ? AND at <= ? GROUP BY theme_id, week",
        (now, WEEK, since, now),
    )
    for key, week, count in rows:
        found.setdefault(key, {})[week] = count
    return found


def all_weeks(db: sqlite3.Connection, now: int, since: int) -> dict[int, int]:
    """The same for all themes together."""
    rows = db.execute(
        "SELECT (? - at) / ? AS week, count(*) FROM voice WHERE at > ? AND at <= ? GROUP BY week",
        (now, WEEK, since, now),
    )
    return dict(rows.fetchall())


def first_at(db: sqlite3.Connection) -> int | None:
    """When the shop began to keep voices."""
    row = db.execute("SELECT at FROM voice ORDER BY at LIMIT 1").fetchone()
    return row[0] if row else None


def voice(db: sqlite3.Connection, voice_id: str) -> Voice | None:
    """One voice."""
    return fetch(db, Voice, "id = ?", voice_id)


def voices(db: sqlite3.Connection, theme_id: str, most: int = -1) -> tuple[Voice, ...]:
    """The voices of a theme, the newest first; ``-1`` is all of them."""
    return fetch_all(db, Voice, "theme_id = ? ORDER BY at DESC, id DESC LIMIT ?", theme_id, most)


def whys(db: sqlite3.Connection, theme_id: str) -> tuple[ThemeWhy, ...]:
    """The causes of a theme, each that of the one before."""
    return fetch_all(db, ThemeWhy, "theme_id = ? ORDER BY place, id", theme_id)


def improvements(db: sqlite3.Connection, theme_id: str) -> tuple[Improvement, ...]:
    """What is or was to be changed because of a theme, in the order it was written down."""
    return fetch_all(db, Improvement, "theme_id = ? ORDER BY at, id", theme_id)


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


def product_of(db: sqlite3.Connection, customer_id: str, at: int) -> str:
    """What a customer bought last before an instant; ``""`` for nothing."""
    row = db.execute(
        "SELECT product FROM purchase WHERE customer_id = ? AND ordered_at <= ? AND amount > 0"
        " ORDER BY ordered_at DESC LIMIT 1",
        (customer_id, at),
    ).fetchone()
    return row[0] if row else ""
