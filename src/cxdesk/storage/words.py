"""Words inside notes, messages and the names of what was bought.

Text is kept decomposed to jamo in a trigram index, because trigrams of whole syllables find no two-syllable word
(환불). Rows of the index are numbered as they come, so that reading it backwards is newest first without a sort.
"""

import sqlite3
from collections.abc import Iterable

from cxdesk.domain.inert import inert_line
from cxdesk.domain.records import Row
from cxdesk.hangul.jamo import to_jamo

__all__ = ["added", "bought", "find_products", "find_text", "rebuild", "removed", "said_by", "words_found"]

_PARENT = {"note": "customer_id", "message": "ticket_id"}
_SAID_BY = """SELECT owner, body FROM (
    SELECT CASE WHEN ent = 'note' THEN text_row.parent_id ELSE ticket.customer_id END AS owner,
           CASE WHEN ent = 'note' THEN note.body ELSE message.body END AS body, text_row.at, found
      FROM (SELECT rowid AS found FROM text_index WHERE text_index MATCH ? ORDER BY rowid DESC LIMIT ?)
      JOIN text_row ON text_row.n = found
      LEFT JOIN note ON ent = 'note' AND note.id = ent_id
      LEFT JOIN message ON ent = 'message' AND message.id = ent_id
      LEFT JOIN ticket ON ent = 'message' AND ticket.id = text_row.parent_id
) WHERE owner IS NOT NULL ORDER BY at DESC, found DESC
"""
_LINES_A_BUYER = 3
"""Purchases gone through for each buyer wanted: some are of nobody, and some people buy a thing again."""
_MOST_NAMES = 60
"""Names of goods that one word is looked up under; a shop with more of them wants a second word."""


def added(db: sqlite3.Connection, kind: str, row: Row) -> None:
    """Index a note, a message or a purchase that begins to exist."""
    if kind == "purchase":
        bought(db, (row["product"],))
    elif kind in _PARENT and row.get("kind") != "event":
        at = row.get("at", row.get("created_at"))
        found = db.execute(
            "INSERT INTO text_row (ent, ent_id, parent_id, at) VALUES (?, ?, ?, ?)",
            (kind, row["id"], row[_PARENT[kind]], at),
        )
        db.execute("INSERT INTO text_index (rowid, body_jamo) VALUES (?, ?)", (found.lastrowid, _jamo(row["body"])))


def removed(db: sqlite3.Connection, kind: str, row: Row) -> None:
    """Forget one that ceases to exist."""
    if kind == "purchase":
        _unbought(db, row["product"])
    elif kind in _PARENT and row.get("kind") != "event":
        (n,) = db.execute("SELECT n FROM text_row WHERE ent = ? AND ent_id = ?", (kind, row["id"])).fetchone()
        db.execute("DELETE FROM text_row WHERE n = ?", (n,))
        db.execute(
            "INSERT INTO text_index (text_index, rowid, body_jamo) VALUES ('delete', ?, ?)", (n, _jamo(row["body"]))
        )


def moved(db: sqlite3.Connection, kind: str, key: str, after: Row) -> None:
    """Follow a note or a message that now belongs to another customer or ticket."""
    if kind in _PARENT and (parent := after.get(_PARENT[kind])):
        db.execute("UPDATE text_row SET parent_id = ? WHERE ent = ? AND ent_id = ?", (parent, kind, key))


def bought(db: sqlite3.Connection, products: Iterable[str]) -> None:
    """Index the names of goods; one that is there already stays."""
    (last,) = db.execute("SELECT coalesce(max(n), 0) FROM product").fetchone()
    db.executemany("INSERT INTO product (name) VALUES (?) ON CONFLICT DO NOTHING", ((name,) for name in products))
    made = db.execute("SELECT n, name FROM product WHERE n > ?", (last,)).fetchall()
    jamo = ((n, _jamo(name)) for n, name in made)
    db.executemany("INSERT INTO product_index (rowid, name_jamo) VALUES (?, ?)", jamo)


def _unbought(db: sqlite3.Connection, name: str) -> None:
    """Forget a name under which nothing was bought any more."""
    if db.execute("SELECT 1 FROM purchase WHERE product = ? LIMIT 1", (name,)).fetchone():
        return
    row = db.execute("DELETE FROM product WHERE name = ? RETURNING n", (name,)).fetchone()
    if row is not None:
        db.execute(
            "INSERT INTO product_index (product_index, rowid, name_jamo) VALUES ('delete', ?, ?)", (row[0], _jamo(name))
        )


def find_text(db: sqlite3.Connection, text: str, limit: int = 50) -> list[tuple[str, str, str]]:
    """``(table, row id, parent id)`` of notes and messages that contain ``text``, the latest written down first.

    Needs two characters and three jamo; shorter queries find nothing rather than half of everything.
    """
    if (wanted := _quoted(text)) is None:
        return []
    rows: list[tuple[str, str, str]] = db.execute(
        "SELECT ent, ent_id, parent_id FROM"
        " (SELECT rowid AS found FROM text_index WHERE text_index MATCH ? ORDER BY rowid DESC LIMIT ?)"
        " JOIN text_row ON text_row.n = found ORDER BY at DESC, found DESC",
        (wanted, limit),
    ).fetchall()
    return rows


def words_found(db: sqlite3.Connection, text: str, limit: int) -> list[tuple[str, str, str]]:
    """``(table, body, parent id)`` of the notes and messages that ``find_text`` finds."""
    found = []
    for kind, key, parent in find_text(db, text, limit):
        sql = "SELECT body FROM note WHERE id = ?" if kind == "note" else "SELECT body FROM message WHERE id = ?"
        if row := db.execute(sql, (key,)).fetchone():
            found.append((kind, str(row[0]), parent))
    return found


def said_by(db: sqlite3.Connection, text: str, limit: int) -> list[tuple[str, str]]:
    """``(customer id, body)`` of the notes and messages that ``find_text`` finds and that belong to somebody."""
    if (wanted := _quoted(text)) is None:
        return []
    rows: list[tuple[str, str]] = db.execute(_SAID_BY, (wanted, limit)).fetchall()
    return rows


def find_products(db: sqlite3.Connection, text: str, limit: int) -> list[tuple[str, str]]:
    """``(customer id, product)`` of the latest purchases of goods whose name contains ``text``, one a customer."""
    if (wanted := _quoted(text)) is None:
        return []
    names = db.execute(
        "SELECT name FROM product_index JOIN product ON product.n = product_index.rowid"
        " WHERE product_index MATCH ? ORDER BY product_index.rowid DESC LIMIT ?",
        (wanted, _MOST_NAMES),
    ).fetchall()
    latest: list[tuple[int, int]] = []
    for (name,) in names:
        # Out of the index alone: a purchase is looked at only once it is known to be among the latest of all names.
        sql = "SELECT ordered_at, rowid FROM purchase WHERE product = ? ORDER BY ordered_at DESC LIMIT ?"
        latest += db.execute(sql, (name, _LINES_A_BUYER * limit)).fetchall()
    found: dict[str, str] = {}
    for _, row in sorted(latest, reverse=True):
        customer_id, product = db.execute(
            "SELECT customer_id, product FROM purchase WHERE rowid = ?", (row,)
        ).fetchone()
        if customer_id is not None:
            found.setdefault(customer_id, product)
        if len(found) == limit:
            break
    return list(found.items())


def rebuild(db: sqlite3.Connection) -> None:
    """Make every row anew from what it stands for, in the order of time, inside the caller's transaction."""
    for index in ("text_index", "product_index"):
        db.execute(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")  # noqa: S608 - one of two
    db.execute("DELETE FROM text_row")
    db.execute("DELETE FROM product")
    rows = db.execute(
        "SELECT 'note', id, customer_id, body, created_at AS at FROM note UNION ALL"
        " SELECT 'message', id, ticket_id, body, at FROM message WHERE kind <> 'event' ORDER BY at, id"
    )
    while batch := rows.fetchmany(5000):
        for kind, key, parent, body, at in batch:
            added(db, kind, {"id": key, _PARENT[kind]: parent, "body": body, "at": at})
    names = [row[0] for row in db.execute("SELECT DISTINCT product FROM purchase ORDER BY product")]
    bought(db, names)


def _quoted(text: str) -> str | None:
    """The text as one phrase of the index, or ``None`` when it is too little to go by."""
    wanted = inert_line(text).strip()
    jamo = _jamo(wanted)
    return '"' + jamo.replace('"', '""') + '"' if len(wanted) >= 2 and len(jamo) >= 3 else None


def _jamo(text: str) -> str:
    return to_jamo(text.casefold())
