"""Reading a file of an older program without touching it: a copy is brought up to date somewhere else."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from cxdesk.storage.faults import fault_of
from cxdesk.storage.migrate import LATEST, version_of

__all__ = ["copy_into", "is_older"]


def is_older(folder: Path) -> bool:
    """Whether the desk of this folder would have to be migrated before it could be read. Raises ``Fault``."""
    with _read_only(folder / "desk.db") as db:
        return 0 < version_of(db, folder / "desk.db") < LATEST


def copy_into(folder: Path, to: Path) -> None:
    """A whole copy of the desk of ``folder`` in an empty folder, with what its log holds. Raises ``Fault``."""
    with _read_only(folder / "desk.db") as db, closing(sqlite3.connect(to / "desk.db")) as copy:
        db.backup(copy)


@contextmanager
def _read_only(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        # Not mode=ro, which would leave the files of an empty log beside the desk.
        db = sqlite3.connect(path, isolation_level=None, timeout=5)
        try:
            db.execute("PRAGMA query_only = ON")
            yield db
        finally:
            db.close()
    except sqlite3.Error as error:
        raise fault_of(error, path) from error
