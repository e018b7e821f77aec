"""The SQL of an import: looking up thousands of keys at a time and writing rows by the thousand.

``Importing`` is handed to ``imports.run``; everything between entering and leaving ``keeper`` is one transaction.
A slice's keys travel as one JSON text, so that each look-up is one statement whatever the number of keys.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

from cxdesk.domain.changes import Change, Stamp, Update
from cxdesk.storage import merges, outbox, roster, summaries, taking_back, words
from cxdesk.storage.faults import Stale, fault_of
from cxdesk.storage.rows import columns, update_sql
from cxdesk.storage.store import Store
from cxdesk.storage.taking_back import Run, TakenBack

__all__ = ["Importing", "Keeper", "KnownCustomer", "KnownPurchase", "Rehearsal", "Shelf"]

_CACHE_KIB = 65_536
"""Page cache while importing; the default of 2 MB would write the pages of a growing index again and again."""

_TOGETHER = (500, 20, 1)
"""Rows that one statement adds; the first that are enough, then what is left."""

_VERB = "import.apply"


class KnownCustomer(NamedTuple):
    """What an import compares of a customer."""

    id: str
    name: str
    address: str | None
    source: str | None
    external_id: str | None


class KnownPurchase(NamedTuple):
    """What an import compares of a purchase."""

    id: str
    customer_id: str | None
    state: str
    quantity: int
    amount: int
    currency: str


class Shelf:
    """Looks up what is there, many keys at a time."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def customers(self, source: str, external_ids: Iterable[str]) -> dict[str, KnownCustomer]:
        """External id → customer. One that was merged answers for itself, so that what comes for this account is
        known to be theirs should the two be parted; it goes to who they are now in the end."""
        rows = self.db.execute(
            "SELECT id, name, address, source, external_id FROM customer"
            " WHERE source = ? AND external_id IN (SELECT value FROM json_each(?)) ORDER BY id DESC",
            (source, json.dumps(list(external_ids))),
        )
        return {str(row[4]): KnownCustomer._make(row) for row in rows}

    def owners(self, kind: str, values: Iterable[str]) -> dict[str, KnownCustomer]:
        """Telephone or e-mail → the customer made first among those who have it."""
        return self._living(
            "SELECT i.value, c.merged_into, c.id, c.name, c.address, c.source, c.external_id FROM identity AS i"
            " JOIN customer AS c ON c.id = i.customer_id"
            " WHERE i.kind = ? AND i.value IN (SELECT value FROM json_each(?)) ORDER BY c.id DESC",
            kind,
            values,
        )

    def identities(self, customer_ids: Iterable[str]) -> list[tuple[str, str, str]]:
        """(customer id, kind, value) of these customers, and of who they were merged into."""
        return self._known_of("identity", "kind, value", customer_ids)

    def notes(self, customer_ids: Iterable[str]) -> list[tuple[str, str]]:
        """(customer id, body) of these customers, and of who they were merged into."""
        return self._known_of("note", "body", customer_ids)

    def _known_of(self, kind: str, what: str, customer_ids: Iterable[str]) -> list[Any]:
        keys = json.dumps(list(customer_ids))
        return self.db.execute(
            f"SELECT customer_id, {what} FROM {kind} WHERE customer_id IN (SELECT value FROM json_each(?))"  # noqa: S608
            f" UNION ALL SELECT c.id, {what} FROM customer AS c JOIN {kind} ON customer_id = c.merged_into"
            " WHERE c.merged_into IS NOT NULL AND c.id IN (SELECT value FROM json_each(?))",
            (keys, keys),
        ).fetchall()

    def purchases(self, source: str, external_ids: Iterable[str]) -> dict[str, KnownPurchase]:
        """External id → purchase."""
        rows = self.db.execute(
            "SELECT external_id, id, customer_id, state, quantity, amount, currency FROM purchase"
            " WHERE source = ? AND external_id IN (SELECT value FROM json_each(?))",
            (source, json.dumps(list(external_ids))),
        )
        return {row[0]: KnownPurchase._make(row[1:]) for row in rows}

    def _living(self, sql: str, of: str, keys: Iterable[str]) -> dict[str, KnownCustomer]:
        """Key → customer, the oldest where several answer, followed to the one they were merged into."""
        found = {}
        for key, merged_into, *values in self.db.execute(sql, (of, json.dumps(list(keys)))).fetchall():
            found[key] = KnownCustomer._make(values) if merged_into is None else self._heir(merged_into)
        return {key: customer for key, customer in found.items() if customer is not None}

    def _heir(self, customer_id: str) -> KnownCustomer | None:
        seen: set[str] = set()
        while customer_id not in seen:
            seen.add(customer_id)
            row = self.db.execute(
                "SELECT merged_into, id, name, address, source, external_id FROM customer WHERE id = ?",
                (customer_id,),
            ).fetchone()
            if row is None:
                return None
            if row[0] is None:
                return KnownCustomer._make(row[1:])
            customer_id = row[0]
        return None


class Keeper(Shelf):
    """Writes the rows of one import, inside the transaction its maker opened."""

    def __init__(self, db: sqlite3.Connection, stamp: Stamp, run_id: str) -> None:
        super().__init__(db)
        self._stamp = stamp
        self._run_id = run_id
        self._touched: set[Any] = set()
        self._people: set[str] = set()
        self._products: set[str] = set()
        self._deferred = self._put_off_indexes()

    def _put_off_indexes(self) -> list[str]:
        """Into an empty table rows go without the indexes no look-up of an import needs; they are sorted in at the
        end, which costs a third. The transaction covers that too."""
        if self.db.execute("SELECT 1 FROM purchase LIMIT 1").fetchone():
            return []
        put_off = []
        for name in ("purchase_customer", "purchase_order", "purchase_product"):
            row = self.db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()
            if row is not None:
                put_off.append(str(row[0]))
                self.db.execute(f"DROP INDEX {name}")
        return put_off

    def insert(self, kind: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Add rows, each with its values in the order of the record's fields."""
        _insert_all(self.db, kind, rows)
        if kind == "purchase":
            self._touched.update(map(_BUYER, rows))
            self._products.update(map(_PRODUCT, rows))
        elif kind == "note":
            for row in rows:
                words.added(self.db, kind, dict(zip(columns(kind), row, strict=True)))
            self._people.update(map(_PERSON[kind], rows))
        else:
            self._people.update(map(_PERSON[kind], rows))

    def update(self, updates: Sequence[Update]) -> None:
        """Change rows that were there before, with the operations that say so. Raises ``Stale``."""
        for edit in updates:
            values = (*edit.after.values(), edit.id, *(edit.before[name] for name in edit.after))
            if self.db.execute(update_sql(edit.kind, tuple(edit.after)), values).rowcount != 1:
                raise Stale(edit.kind, edit.id)
        self._people.update(edit.id for edit in updates if edit.kind == "customer")
        moved = [edit.id for edit in updates if edit.kind == "purchase"]
        owners = self.db.execute(
            "SELECT DISTINCT customer_id FROM purchase WHERE customer_id IS NOT NULL"
            " AND id IN (SELECT value FROM json_each(?))",
            (json.dumps(moved),),
        )
        self._touched.update(row[0] for row in owners)
        self.db.executemany(
            "INSERT INTO import_edit (run_id, kind, row_id, before, after) VALUES (?, ?, ?, ?, ?)",
            [(self._run_id, edit.kind, edit.id, json.dumps(edit.before), json.dumps(edit.after)) for edit in updates],
        )
        outbox.add(self.db, Change(_VERB, tuple(updates)), self._stamp)

    def finish(self, run: tuple[Any, ...], rows: int) -> None:
        """Keep the run, reserve the numbers of its rows' operations, recompute the buyers' figures."""
        self.db.execute(
            "INSERT INTO import_run (id, file_name, sha256, map, started_at, finished_at, added, changed, same,"
            " rejected, agent_id, after_n) SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, coalesce(max(n), 0) FROM change_log",
            (*run, self._stamp.agent_id),
        )
        if rows:
            outbox.reserve(self.db, self._stamp, self._run_id, rows)
        for sql in self._deferred:
            self.db.execute(sql)
        self._touched.discard(None)
        heirs = merges.gather(self.db, self._people | self._touched, self._stamp)
        self._touched |= heirs
        self._people |= heirs
        summaries.refresh_many(self.db, self._touched)
        roster.refresh_people(self.db, self._people | self._touched)
        words.bought(self.db, sorted(self._products))


class Rehearsal(Shelf):
    """A keeper that writes to a scratch file of its own and reads the desk through it, so that a preview counts
    exactly as the import will and changes nothing."""

    _TABLES = ("customer", "identity", "purchase", "note")
    _KEYS = ("customer_source", "identity_value", "identity_customer", "purchase_key", "note_customer")

    def __init__(self, desk: sqlite3.Connection) -> None:
        super().__init__(sqlite3.connect("", isolation_level=None, check_same_thread=False))
        self._desk = Shelf(desk)
        self.db.execute("PRAGMA journal_mode = OFF")
        self.db.execute("PRAGMA synchronous = OFF")
        for name in (*self._TABLES, *self._KEYS):
            self.db.execute(desk.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0])
        self.db.execute("BEGIN")

    def close(self) -> None:
        """Throw the scratch file away."""
        self.db.close()

    def customers(self, source: str, external_ids: Iterable[str]) -> dict[str, KnownCustomer]:
        """As on the desk, and those that would be new."""
        keys = list(external_ids)
        return self._desk.customers(source, keys) | super().customers(source, keys)

    def owners(self, kind: str, values: Iterable[str]) -> dict[str, KnownCustomer]:
        """As on the desk, and those that would be new."""
        keys = list(values)
        known = self._desk.owners(kind, keys)
        return super().owners(kind, keys) | {key: self._latest(customer) for key, customer in known.items()}

    def identities(self, customer_ids: Iterable[str]) -> list[tuple[str, str, str]]:
        """As on the desk, and those that would be new."""
        keys = list(customer_ids)
        return self._desk.identities(keys) + super().identities(keys)

    def notes(self, customer_ids: Iterable[str]) -> list[tuple[str, str]]:
        """As on the desk, and those that would be new."""
        keys = list(customer_ids)
        return self._desk.notes(keys) + super().notes(keys)

    def purchases(self, source: str, external_ids: Iterable[str]) -> dict[str, KnownPurchase]:
        """As on the desk, and those that would be new."""
        keys = list(external_ids)
        return self._desk.purchases(source, keys) | super().purchases(source, keys)

    def insert(self, kind: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Add rows to the scratch file."""
        _insert_all(self.db, kind, rows)

    def update(self, updates: Sequence[Update]) -> None:
        """Change rows in the scratch file, fetching them from the desk first."""
        for edit in updates:
            names = columns(edit.kind)
            row = self._desk.db.execute(
                f"SELECT {', '.join(names)} FROM {edit.kind} WHERE id = ?",  # noqa: S608 - names of our own
                (edit.id,),
            ).fetchone()
            if row is not None:
                self.db.execute(_insert(edit.kind).replace("INSERT", "INSERT OR IGNORE", 1), row)
            self.db.execute(update_sql(edit.kind, tuple(edit.after)), (
                *edit.after.values(), edit.id, *(edit.before[name] for name in edit.after)
            ))  # fmt: skip

    def finish(self, run: tuple[Any, ...], rows: int) -> None:
        """Nothing: there was no run."""

    def _latest(self, customer: KnownCustomer) -> KnownCustomer:
        row = self.db.execute(
            "SELECT id, name, address, source, external_id FROM customer WHERE id = ?", (customer.id,)
        ).fetchone()
        return customer if row is None else KnownCustomer._make(row)


class Importing:
    """The open file as ``imports.run`` wants it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @contextmanager
    def keeper(self, stamp: Stamp, run_id: str) -> Iterator[Keeper]:
        """One transaction; an exception inside takes everything back. Raises ``Fault``."""
        with self._roomy() as db, self._store.transaction():
            yield Keeper(db, stamp, run_id)

    def runs(self) -> list[Run]:
        """Every import so far, the latest first."""
        return taking_back.runs(self._store.db)

    def latest(self, agent_id: str | None) -> Run | None:
        """The import that an agent's next undo would take back."""
        return taking_back.latest(self._store.db, agent_id)

    def take_back(self, run_id: str, stamp: Stamp) -> TakenBack:
        """Undo a whole import, in one transaction. Raises ``Fault``."""
        with self._roomy() as db, self._store.transaction():
            return taking_back.take_back(db, run_id, stamp)

    @contextmanager
    def _roomy(self) -> Iterator[sqlite3.Connection]:
        """A large page cache meanwhile."""
        db = self._store.db
        cache = db.execute("PRAGMA cache_size").fetchone()[0]
        db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        try:
            yield db
        finally:
            db.execute(f"PRAGMA cache_size = {cache}")
            # The log has grown to the size of the import; left alone it would stay so until the desk is closed.
            with suppress(sqlite3.Error):
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def rehearsal(self) -> Iterator[Rehearsal]:
        """A keeper whose rows are thrown away; the desk can be used meanwhile. Raises ``Fault``."""
        reader = self._store.reader()
        try:
            reader.execute("BEGIN")
            rehearsal = Rehearsal(reader)
            try:
                yield rehearsal
            finally:
                rehearsal.close()
        except sqlite3.Error as error:
            raise fault_of(error, self._store.path) from error
        finally:
            reader.close()


def _insert_all(db: sqlite3.Connection, kind: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Add rows, many with each statement: running one costs a third of what adding a row does."""
    done = 0
    for many in _TOGETHER:
        end = len(rows) - (len(rows) - done) % many
        db.executemany(
            _insert(kind, many), (tuple(chain.from_iterable(rows[at : at + many])) for at in range(done, end, many))
        )
        done = end


@cache
def _insert(kind: str, many: int = 1) -> str:
    names = columns(kind)
    row = f"({', '.join('?' * len(names))})"
    return f"INSERT INTO {kind} ({', '.join(names)}) VALUES {', '.join([row] * many)}"  # noqa: S608


_BUYER = itemgetter(columns("purchase").index("customer_id"))
_PRODUCT = itemgetter(columns("purchase").index("product"))
_PERSON = {
    "customer": itemgetter(columns("customer").index("id")),
    "identity": itemgetter(columns("identity").index("customer_id")),
    "note": itemgetter(columns("note").index("customer_id")),
}
