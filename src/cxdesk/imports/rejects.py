"""The rows that were not taken, in a file a person can mend and import again.

A CSV for spreadsheets (UTF-8 with a byte order mark): row number, code, reason in words, then the cells as they were.
"""

import csv
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO

from cxdesk.imports.reasons import Reject

__all__ = ["RejectFile", "place_for"]

Say = Callable[..., str]

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?[\d.,]+")


def place_for(source: Path, folder: Path) -> Path:
    """Where the rejects of ``source`` go: beside it, or into ``folder`` where its own cannot be written."""
    beside = source.parent if os.access(source.parent, os.W_OK) else folder
    stem = source.name.removesuffix(".gz").rpartition(".")[0] or source.name
    number = 0
    while (path := beside / f"{stem}.rejected{f'-{number}' if number else ''}.csv").exists():
        number += 1
    return path


class RejectFile:
    """Written only when there is something to write. ``say(code, **values)`` gives the sentence for a reason."""

    def __init__(self, path: Path, header: Sequence[str], say: Say) -> None:
        self.path = path
        self._header = header
        self._say = say
        self._file: TextIO | None = None
        self.count = 0

    def write(self, reject: Reject) -> None:
        """One more row. Raises ``OSError``."""
        if self._file is None:
            # It holds customers' data: readable by its owner only, and never over a file that is there.
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            self._file = os.fdopen(handle, "w", encoding="utf-8-sig", newline="")
            titles = [self._say(f"reject_file.{name}") for name in ("row", "code", "reason")]
            csv.writer(self._file).writerow([*titles, *map(_harmless, self._header)])
        sentence = self._say(reject.code, **reject.values)
        csv.writer(self._file).writerow([reject.row, reject.code, _harmless(sentence), *map(_harmless, reject.cells)])
        self.count += 1

    def close(self, *, keep: bool) -> Path | None:
        """Finish, or take the file away again; the path when there is a file."""
        if self._file is None:
            return None
        self._file.close()
        if not keep:
            self.path.unlink(missing_ok=True)
            return None
        return self.path


def _harmless(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would run as a formula; the import takes it off again."""
    return "'" + cell if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell
