"""Numbered files of SQL, each carried out once and in order, a PostgreSQL one and its SQLite twin under one number."""

import re
from importlib import resources

__all__ = ["LATEST", "files_after", "known"]

_NAME = re.compile(r"(\d{4})_\w+\.(postgres|sqlite)\.sql")


def known(kind: str) -> dict[int, str]:
    """The statements of every version for ``postgres`` or ``sqlite``."""
    found = {}
    for entry in resources.files("cxdesk.server.store").joinpath("migrations").iterdir():
        if (name := _NAME.fullmatch(entry.name)) and name[2] == kind:
            found[int(name[1])] = entry.read_text("utf-8")
    return dict(sorted(found.items()))


LATEST = max(known("postgres"))


def files_after(version: int, kind: str) -> list[tuple[int, str]]:
    """What is to be carried out after ``version``. Raises ``ValueError`` for a database newer than the program."""
    if version > LATEST:
        raise ValueError(f"the database has version {version}, this program knows {LATEST}")
    return [(number, sql) for number, sql in known(kind).items() if number > version]
