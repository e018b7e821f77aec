"""A file of answers on its way in: who gave each of them, which are new, and which lines could not be taken."""

import hashlib
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cxdesk.desk.result import Done
from cxdesk.desk.writer import Writer
from cxdesk.domain.changes import Change
from cxdesk.domain.ids import uuid7
from cxdesk.domain.records import Feedback
from cxdesk.hangul.phone import read_phone
from cxdesk.i18n import t
from cxdesk.imports.answers import WHO, Read, read_answers
from cxdesk.imports.cells import read_email
from cxdesk.imports.reasons import REJECTS, Reject
from cxdesk.imports.rejects import RejectFile, place_for
from cxdesk.imports.table import read_file
from cxdesk.storage import feedback as stored
from cxdesk.storage import tickets

__all__ = ["Brought", "read", "say"]

Person = tuple[str | None, str | None]
"""A customer and, where the line named one, their ticket."""


@dataclass
class Brought:
    """What a file amounted to. ``same`` counts answers that were here before; ``rejects`` is the file of ``rejected``
    lines, ``None`` when there was none."""

    answers: list[Feedback] = field(default_factory=list)
    same: int = 0
    rejected: list[Reject] = field(default_factory=list)
    rejects: Path | None = None
    done: Done = field(default_factory=lambda: Done(Change("feedback_import", ())))


def say(code: str, /, **values: object) -> str:
    """The sentence of a reason: one of every import's, or one of answers alone."""
    shared = code in REJECTS or code.startswith("reject_file.")
    return t(f"import.{code}" if shared else f"feedback.reject.{code}", **values)


def read(desk: Writer, path: Path) -> Brought:
    """The new answers of a file. Writes nothing but the file of rejected lines beside it.

    The same line is the same answer, however often it comes. Raises ``ImportRefused``.
    """
    table = read_file(path)
    brought, found = Brought(), dict[str, Feedback]()
    for item in read_answers(table, desk.zone, desk.clock()):
        if isinstance(item, Reject):
            brought.rejected.append(item)
            continue
        person = _person(desk, item)
        if isinstance(person, Reject):
            brought.rejected.append(person)
            continue
        key = _key(item)
        brought.same += key in found
        found[key] = Feedback(key, *person, item.scale, item.value, item.at, item.comment)
    known = stored.known(desk.db, list(found))
    brought.answers = [answer for key, answer in found.items() if key not in known]
    brought.same += len(known)
    brought.rejects = _keep(brought.rejected, path, desk, table.header)
    return brought


def _key(item: Read) -> str:
    """An id that the same line has every time, whoever the customer has been merged with meanwhile."""
    said = "\x1f".join((*(item.who.get(kind, "") for kind in WHO), item.scale, str(item.value), item.comment))
    return uuid7(item.at, int.from_bytes(hashlib.sha256(said.encode()).digest()[:10]) >> 6)


def _person(desk: Writer, item: Read) -> Person | Reject:
    """Whom a line means, by the surest of what it says."""
    for kind, text in item.who.items():
        for look in _LOOKS.values() if kind == "customer" else (_LOOKS[kind],):
            if person := look(desk.db, text):
                return person
    return Reject(item.row, "unknown_customer", {"value": " · ".join(item.who.values())}, item.cells)


def _by_order(db: sqlite3.Connection, text: str) -> Person | None:
    owner = stored.by_order(db, text)
    return (owner, None) if owner else None


def _by_ticket(db: sqlite3.Connection, text: str) -> Person | None:
    number = text.removeprefix("#")
    # More digits than that are a telephone.
    ticket = tickets.by_number(db, int(number)) if number.isdecimal() and len(number) <= 9 else None
    return (ticket.customer_id, ticket.id) if ticket else None


def _by_phone(db: sqlite3.Connection, text: str) -> Person | None:
    phone = read_phone(text)
    owner = stored.by_identity(db, "phone", phone.digits) if phone and phone.matchable else None
    return (owner, None) if owner else None


def _by_mail(db: sqlite3.Connection, text: str) -> Person | None:
    mail = read_email(text)
    owner = stored.by_identity(db, "email", mail) if mail else None
    return (owner, None) if owner else None


_LOOKS: Mapping[str, Callable[[sqlite3.Connection, str], Person | None]] = {
    "order": _by_order,
    "ticket": _by_ticket,
    "phone": _by_phone,
    "email": _by_mail,
}


def _keep(rejected: list[Reject], path: Path, desk: Writer, header: tuple[str, ...]) -> Path | None:
    file = RejectFile(place_for(path, desk.store.path.parent), header, say)
    for reject in rejected:
        file.write(reject)
    return file.close(keep=True)
