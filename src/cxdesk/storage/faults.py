"""What can go wrong with the file: a fault whose ``code`` names the sentence that is shown (``fault.<code>``)."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["Fault", "Stale", "as_faults", "fault_of"]


class Fault(Exception):
    """The store cannot do what was asked. Nothing was changed. ``values`` fill the sentence."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value}" for name, value in self.values.items())
        return f"{self.code} ({details})" if details else self.code


class Stale(Fault):
    """A row is no longer what the change expects: somebody or something edited it since."""

    def __init__(self, kind: str, row_id: str) -> None:
        super().__init__("stale", kind=kind, id=row_id)


def fault_of(error: sqlite3.Error | OSError, path: Path) -> Fault:
    """The fault a database or file error amounts to; unknown ones keep their own words under ``unknown``."""
    text = str(error).lower()
    for marks, code in _MARKS:
        if any(mark in text for mark in marks):
            return Fault(code, path=str(path), detail=str(error))
    return Fault("unknown", path=str(path), detail=str(error))


@contextmanager
def as_faults(path: Path) -> Iterator[None]:
    """Reading inside this raises ``Fault`` where SQLite fails: a damaged page shows only when it is read."""
    try:
        yield
    except sqlite3.Error as error:
        raise fault_of(error, path) from error


_MARKS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("disk is full", "no space left", "quota exceeded"), "disk_full"),
    (("readonly", "read-only", "permission denied"), "read_only"),
    (("is locked", "is busy"), "locked"),
    (("malformed", "not a database", "disk i/o error"), "corrupt"),
    (("unable to open", "not a directory", "is a directory", "file exists"), "cannot_open"),
)
