"""Finding a customer while their name is being said, and words inside notes and messages.

Every spelling under which a customer may be looked up is a row of ``search_key``: a letter for the kind, then the
spelling. A search is one range of that index, whatever the size of the shop. Text is kept decomposed to jamo in a
trigram index, because trigrams of whole syllables find no two-syllable word (환불).
"""

import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from cxdesk.domain.inert import inert_line
from cxdesk.domain.records import Row
from cxdesk.hangul.jamo import initials, is_initials, to_jamo, untensed
from cxdesk.hangul.romanise import normalise_latin, romanised

__all__ = [
    "added",
    "changed",
    "find_customers",
    "find_text",
    "index_keys",
    "keys_of",
    "rebuild",
    "removed",
    "words_found",
]

_LAST = "\U0010ffff"
_TEXT_PARENT = {"note": "customer_id", "message": "ticket_id"}


def keys_of(kind: str, row: Row) -> Iterator[tuple[str, str]]:
    """``(key, customer id)`` for each spelling a customer or identity row can be found by."""
    match kind:
        case "customer":
            for spelling in _names(str(row["name"])):
                yield "n" + to_jamo(spelling), str(row["id"])
                yield "i" + untensed(initials(spelling)), str(row["id"])
            for spelling in romanised(str(row["name"])):
                yield "r" + spelling, str(row["id"])
            if row.get("external_id"):
                yield "x" + str(row["external_id"]).casefold(), str(row["id"])
        case "identity" if row["kind"] == "phone":
            digits = "".join(c for c in str(row["value"]) if c.isdigit())
            yield "p" + digits, str(row["customer_id"])
            yield "4" + digits[-4:], str(row["customer_id"])
        case "identity":
            yield "e" + str(row["value"]).casefold(), str(row["customer_id"])


def _names(name: str) -> Iterator[str]:
    """The name, the given name of a Korean one, and each later word of a spaced one, folded."""
    folded = unicodedata.normalize("NFC", name).casefold().strip()
    yield folded
    words = folded.split()
    if len(words) == 1 and 2 <= len(folded) <= 4 and all("가" <= c <= "힣" for c in folded):
        yield folded[2 if len(folded) == 4 else 1 :]
    yield from words[1:]


def added(db: sqlite3.Connection, kind: str, row: Row) -> None:
    """Index a row that begins to exist."""
    index_keys(db, keys_of(kind, row))
    if kind in _TEXT_PARENT and row.get("kind") != "event":
        at = row.get("at", row.get("created_at"))
        found = db.execute(
            "INSERT INTO text_row (ent, ent_id, parent_id, at) VALUES (?, ?, ?, ?)",
            (kind, row["id"], row[_TEXT_PARENT[kind]], at),
        )
        db.execute("INSERT INTO text_index (rowid, body_jamo) VALUES (?, ?)", (found.lastrowid, _jamo(row["body"])))


def removed(db: sqlite3.Connection, kind: str, row: Row) -> None:
    """Forget a row that ceases to exist."""
    db.executemany("DELETE FROM search_key WHERE key = ? AND customer_id = ?", keys_of(kind, row))
    if kind in _TEXT_PARENT and row.get("kind") != "event":
        (n,) = db.execute("SELECT n FROM text_row WHERE ent = ? AND ent_id = ?", (kind, row["id"])).fetchone()
        db.execute("DELETE FROM text_row WHERE n = ?", (n,))
        db.execute(
            "INSERT INTO text_index (text_index, rowid, body_jamo) VALUES ('delete', ?, ?)",
            (n, _jamo(row["body"])),
        )


def changed(db: sqlite3.Connection, kind: str, row_id: str, before: Row, after: Row) -> None:
    """Follow a customer to a new name."""
    if kind == "customer" and "name" in after:
        db.executemany(
            "DELETE FROM search_key WHERE key = ? AND customer_id = ?",
            keys_of(kind, {"id": row_id, "name": before["name"]}),
        )
        index_keys(db, keys_of(kind, {"id": row_id, "name": after["name"]}))


def index_keys(db: sqlite3.Connection, keys: Iterable[tuple[str, str]]) -> None:
    """Add spellings; one that is there already stays."""
    db.executemany("INSERT OR IGNORE INTO search_key (key, customer_id) VALUES (?, ?)", keys)


def find_customers(db: sqlite3.Connection, text: str, limit: int = 20) -> list[str]:
    """Ids of customers that ``text`` begins to spell: a name in any stage of typing, 초성, phone digits, last four,
    an e-mail address, an order number. Exact spellings come first."""
    text = inert_line(text).strip()
    wanted = text.casefold()
    if not wanted:
        return []
    found: dict[str, None] = {}
    for prefix in _prefixes(wanted):
        rows = db.execute(
            "SELECT customer_id FROM search_key WHERE key >= ? AND key < ? ORDER BY key LIMIT ?",
            (prefix, prefix + _LAST, limit),
        )
        found |= dict.fromkeys(str(row[0]) for row in rows)
    orders = db.execute(
        "SELECT DISTINCT customer_id FROM purchase WHERE order_no = ? AND customer_id IS NOT NULL LIMIT ?",
        (text, limit),
    )
    found |= dict.fromkeys(str(row[0]) for row in orders)
    return list(found)[:limit]


def _prefixes(wanted: str) -> Iterator[str]:
    """The index ranges to look in, the likeliest first."""
    digits = "".join(c for c in wanted if c.isdigit())
    if digits and not any(c.isalpha() for c in wanted):
        if len(digits) <= 4:
            yield "4" + digits
        yield "p" + digits
        yield "x" + wanted
        return
    if is_initials(wanted):
        yield "i" + untensed(to_jamo(wanted))  # some input methods join ㄱ and ㅅ to ㄳ
    yield "n" + to_jamo(wanted)
    if wanted.isascii() and (latin := normalise_latin(wanted)):
        yield "r" + latin
    yield "e" + wanted
    yield "x" + wanted


def find_text(db: sqlite3.Connection, text: str, limit: int = 50) -> list[tuple[str, str, str]]:
    """``(table, row id, parent id)`` of notes and messages that contain ``text``, newest first.

    Needs two characters and three jamo; shorter queries find nothing rather than half of everything.
    """
    wanted = inert_line(text).strip()
    jamo = _jamo(wanted)
    if len(wanted) < 2 or len(jamo) < 3:
        return []
    quoted = '"' + jamo.replace('"', '""') + '"'
    rows: list[tuple[str, str, str]] = db.execute(
        "SELECT ent, ent_id, parent_id FROM text_index JOIN text_row ON text_row.n = text_index.rowid"
        " WHERE text_index MATCH ? ORDER BY at DESC LIMIT ?",
        (quoted, limit),
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


def rebuild(db: sqlite3.Connection) -> None:
    """Make every search row anew from the rows they stand for, inside the caller's transaction."""
    db.execute("DELETE FROM search_key")
    db.execute("DELETE FROM text_row")
    db.execute("INSERT INTO text_index (text_index) VALUES ('delete-all')")
    for kind, names in _SOURCES.items():
        rows = db.execute(f"SELECT {', '.join(names)} FROM {kind}")  # noqa: S608 - names of our own
        while batch := rows.fetchmany(5000):
            for values in batch:
                added(db, kind, dict(zip(names, values, strict=True)))


_SOURCES: dict[str, tuple[str, ...]] = {
    "customer": ("id", "name", "external_id"),
    "identity": ("id", "customer_id", "kind", "value"),
    "note": ("id", "customer_id", "body", "created_at"),
    "message": ("id", "ticket_id", "kind", "body", "at"),
}


def _jamo(text: Any) -> str:
    return to_jamo(unicodedata.normalize("NFC", str(text)).casefold())
