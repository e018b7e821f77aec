"""Writing a table or a page for people outside the program: readable by its owner alone, harmless in a spreadsheet."""

import csv
import io
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from cxdesk.storage.faults import fault_of
from cxdesk.storage.portable import marked

__all__ = ["write_sheet"]

Cell = str | int | float | None


def write_sheet(path: Path, content: str | Iterable[Sequence[Cell]]) -> Path:
    """Write a page as it is, or rows as CSV for spreadsheets (UTF-8 with a byte order mark), over what was there.

    A text that a spreadsheet would run as a formula gets an apostrophe; numbers stay numbers, nothing is an empty cell.
    Raises ``Fault`` for what the disk refuses.
    """
    text = content if isinstance(content, str) else "\ufeff" + _csv(content)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
    except OSError as error:
        raise fault_of(error, path) from error
    return path


def _csv(rows: Iterable[Sequence[Cell]]) -> str:
    made = io.StringIO()
    writer = csv.writer(made)
    for row in rows:
        writer.writerow(["" if cell is None else marked(cell) if isinstance(cell, str) else cell for cell in row])
    return made.getvalue()
