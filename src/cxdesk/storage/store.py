"""The open file of one desk: who may open it, and how a change gets in whole or not at all."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

from cxdesk.domain.changes import Change, Stamp
from cxdesk.storage.faults import Fault, fault_of
from cxdesk.storage.lock import Lock
from cxdesk.storage.migrate import LATEST, backup_before, migrate, version_of

__all__ = ["UNDO_DEPTH", "Beside", "Store", "keep"]

UNDO_DEPTH = 20

_BLINK = 0.05
"""Seconds in which whoever has the file says whether they will be done with it soon."""

Beside = Callable[[sqlite3.Connection, Change], None]
"""What must happen in the same transaction as a change and is no part of it, such as forgetting a draft."""


class Store:
    """One SQLite file, opened for reading and writing by this process alone, or for reading only.

    ``zone`` is the shop's, by whose days its figures begin to be kept. ``committed`` is called after every change.
    """

    def __init__(self, db: sqlite3.Connection, path: Path, lock: Lock | None) -> None:
        self.db = db
        self.path = path
        self.zone = "Asia/Seoul"
        self._lock = lock
        self._writing = threading.Lock()
        self._briefly = False
        self.committed: Callable[[], None] | None = None

    @property
    def busy(self) -> bool:
        """Whether a transaction is open, perhaps on another thread; one that is over in a moment does not count."""
        return self._writing.locked() and not self._briefly

    @property
    def shared(self) -> bool:
        """Whether this file belongs to a queue of several desks."""
        return self.recall("sync.server") is not None

    @classmethod
    def open(cls, folder: Path, *, write: bool = True) -> "Store":
        """Open ``desk.db`` in ``folder``, making or migrating it first where needed and allowed.

        Raises ``Fault``: ``in_use``, ``newer_file``, ``foreign_file``, ``no_desk`` (reading only), ``corrupt``,
        ``read_only``, ``locked``, ``disk_full``, ``cannot_open``.
        """
        path = folder / "desk.db"
        lock = None
        try:
            if write:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                folder.chmod(0o700)
                lock = Lock.take(folder / "desk.lock")
            elif not path.exists():
                raise Fault("no_desk", path=str(path))
            return cls(_ready(path, write), path, lock)
        except (sqlite3.Error, OSError) as error:
            if lock is not None:
                lock.release()
            raise fault_of(error, path) from error
        except Fault:
            if lock is not None:
                lock.release()
            raise

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file and of the right to write it."""
        with suppress(sqlite3.Error):
            self.db.close()
        if self._lock is not None:
            self._lock.release()

    def reader(self) -> sqlite3.Connection:
        """A second connection to the same file for another thread; it cannot write."""
        return _connect(self.path, write=False)

    def second(self) -> sqlite3.Connection:
        """A second connection that writes, for the thread that speaks to the server; see ``short_transaction``.

        What comes from the server can be fetched again, so its commits need not reach the disk one by one.
        """
        db = _connect(self.path, write=True)
        db.execute("PRAGMA synchronous = NORMAL")
        return db

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything inside happens or nothing does.

        Raises ``Fault`` for what SQLite refuses, and ``busy`` while another thread's transaction (an import) is open.
        """
        if not self._writing.acquire(timeout=_BLINK) and not (self._briefly and self._writing.acquire(timeout=5)):
            raise Fault("busy")
        try:
            with self._whole(self.db):
                yield self.db
        finally:
            self._writing.release()

    @contextmanager
    def short_transaction(self, db: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
        """The same on a second connection and its thread: so short that whoever comes meanwhile waits for its end.

        Two connections of one process never write at once; SQLite before 3.51.3 may damage the log when they do
        (sqlite.org/wal.html, "the WAL-reset bug").
        """
        if not self._writing.acquire(timeout=5):
            raise Fault("busy")
        self._briefly = True
        try:
            with self._whole(db):
                yield db
        finally:
            self._briefly = False
            self._writing.release()

    @contextmanager
    def _whole(self, db: sqlite3.Connection) -> Iterator[None]:
        try:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")
        except sqlite3.Error as error:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise fault_of(error, self.path) from error

    def commit(self, change: Change, stamp: Stamp, *, undoable: bool = True, beside: Beside | None = None) -> None:
        """Carry a change out: rows, operations for sync, search rows and the way back, in one transaction.

        Raises ``Stale`` when a row is not as the change expects it.
        """
        if not change:
            return
        with self.transaction() as db:
            self._carry_out(db, change, stamp)
            if undoable:
                db.execute(
                    "INSERT INTO change_log (verb, at, agent_id, edits, undone) VALUES (?, ?, ?, ?, 0)",
                    (change.verb, stamp.at, stamp.agent_id, change.to_json()),
                )
            if beside is not None:
                beside(db, change)
        self._say_so()

    def undo(self, stamp: Stamp, beside: Beside | None = None) -> Change | None:
        """Take back the agent's latest change that still stands, at most ``UNDO_DEPTH`` deep.

        Answers the inverse that was committed, ``None`` when there is nothing to take back. Raises ``Stale``.
        """
        with self.transaction() as db:
            last = db.execute(
                "SELECT n, verb, edits, undone FROM (SELECT n, verb, edits, undone FROM change_log"
                " WHERE agent_id IS ? ORDER BY n DESC LIMIT ?) WHERE undone = 0 ORDER BY n DESC LIMIT 1",
                (stamp.agent_id, UNDO_DEPTH),
            ).fetchone()
            if last is None:
                return None
            inverse = Change.from_json(last[1], last[2]).inverse()
            self._carry_out(db, inverse, stamp)
            db.execute("UPDATE change_log SET undone = 1 WHERE n = ?", (last[0],))
            if beside is not None:
                beside(db, inverse)
        self._say_so()
        return inverse

    def _say_so(self) -> None:
        """Whoever sends changes to other desks has something to do."""
        if self.committed is not None:
            self.committed()

    def _carry_out(self, db: sqlite3.Connection, change: Change, stamp: Stamp) -> None:
        from cxdesk.storage import carrying, outbox

        carrying.carry_out(db, change, self.zone)
        outbox.add(db, change, stamp)

    def remember(self, key: str, value: str | None) -> None:
        """Keep a fact of this machine alone, such as the ticket on screen; ``None`` forgets it."""
        with self.transaction() as db:
            keep(db, key, value)

    def recall(self, key: str) -> str | None:
        """What ``remember`` kept."""
        row = self.db.execute("SELECT value FROM local WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])


def keep(db: sqlite3.Connection, key: str, value: str | None) -> None:
    """``Store.remember`` within a transaction that is open already."""
    if value is None:
        db.execute("DELETE FROM local WHERE key = ?", (key,))
    else:
        db.execute(
            "INSERT INTO local VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (key, value)
        )


def _ready(path: Path, write: bool) -> sqlite3.Connection:
    """A connection to a file that has this program's schema."""
    if write:
        path.touch(mode=0o600)
    db = _connect(path, write)
    try:
        version = version_of(db, path)
        if write:
            path.chmod(0o600)
        if version < LATEST:
            if not write:
                raise Fault("older_file", path=str(path), version=version, known=LATEST)
            if version:
                backup_before(db, path, version)
            db.close()
            migrate(path)
            db = _connect(path, write)
            if version:
                _rebuild(db)
    except BaseException:
        db.close()
        raise
    return db


def _rebuild(db: sqlite3.Connection) -> None:
    """Make what is derived anew: a migration changes its tables and leaves them empty."""
    from cxdesk.storage import check

    db.execute("BEGIN IMMEDIATE")
    check.rebuild(db)
    db.execute("COMMIT")


def _connect(path: Path, write: bool) -> sqlite3.Connection:
    """Write-ahead log, every commit on the disk before it is acknowledged, five seconds' patience with a lock."""
    db = sqlite3.connect(path, isolation_level=None, timeout=5, check_same_thread=False)
    try:
        db.execute("PRAGMA synchronous = FULL")
        if write:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA secure_delete = ON")
        else:
            db.execute("PRAGMA query_only = ON")
    except sqlite3.Error:
        db.close()
        raise
    return db
