"""Looking over the file: is it whole, and do its derived rows still say what the real ones say."""

import sqlite3

from cxdesk.storage import baskets, figures, roster, summaries, words

__all__ = ["faults", "rebuild"]


def faults(db: sqlite3.Connection) -> list[str]:
    """What SQLite finds wrong with the file, and derived tables that are out of step; empty for a sound file."""
    found: list[str] = []
    try:
        found += [row[0] for row in db.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
        found += _out_of_step(db)
    except sqlite3.DatabaseError as error:  # too badly damaged to be looked over
        found.append(str(error))
    return found


def _out_of_step(db: sqlite3.Connection) -> list[str]:
    found = []
    texts = "SELECT (SELECT count(*) FROM note) + (SELECT count(*) FROM message WHERE kind <> 'event')"
    if db.execute(texts).fetchone() != db.execute("SELECT count(*) FROM text_row").fetchone():
        found.append("text_row")
    bought = "SELECT count(DISTINCT customer_id) FROM purchase WHERE amount >= 0 AND state <> 'cancelled'"
    if db.execute(bought).fetchone() != db.execute("SELECT count(*) FROM customer_summary").fetchone():
        found.append("customer_summary")
    living = "SELECT count(*) FROM customer WHERE merged_into IS NULL"
    if db.execute(living).fetchone() != db.execute("SELECT count(*) FROM roster").fetchone():
        found.append("roster")
    spelt = "SELECT sum(length(spellings) - length(replace(spellings, char(10), '')) - 1)"
    ranked = db.execute(f"{spelt}, count(*) FROM roster JOIN ranked USING (rank, n)").fetchone()
    keys = "SELECT nullif(count(*), 0), (SELECT count(*) FROM roster) FROM search_key"
    if ranked != db.execute(keys).fetchone():
        found.append("search_key")
    goods = "SELECT count(DISTINCT product) FROM purchase"
    if db.execute(goods).fetchone() != db.execute("SELECT count(*) FROM product").fetchone():
        found.append("product")
    if figures.out_of_step(db):
        found.append("figure")
    return found


def rebuild(db: sqlite3.Connection, zone: str | None = None) -> None:
    """Make search rows, summaries and figures anew, inside the caller's transaction.

    ``zone`` is the shop's, by whose days figures are kept; left out, it is the one they were kept by before.
    """
    summaries.rebuild(db)
    roster.rebuild(db)  # after the summaries, whose figures it shows
    words.rebuild(db)
    baskets.rebuild(db)
    figures.rebuild(db, zone)
