"""All shared rows as files anybody can read, and back again without losing a bit.

One file per table in one folder, columns and types from ``tables.SHARED``, and ``desk.json`` saying what they are.

JSONL: a row per line as an object; exact.

CSV (UTF-8 with a byte order mark, for spreadsheets): NULL is ``\\N``, an empty cell is an empty text. A text that
begins with ``\\`` gets another ``\\`` in front. One that begins with ``= + - @``, their full-width forms, a tab, a
carriage return or ``'`` gets a ``'`` in front, so that no spreadsheet runs it. Reading takes off what writing put on;
numbers are never marked.
"""

import csv
import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from cxdesk.storage import check
from cxdesk.storage.faults import Fault, fault_of
from cxdesk.storage.migrate import LATEST
from cxdesk.storage.store import Store

__all__ = ["FORMS", "MANIFEST", "export_desk", "import_desk", "marked", "unmarked"]

FORMS = ("jsonl", "csv")
MANIFEST = "desk.json"

_NULL = "\\N"
_GUARDED = frozenset("=+-@\t\r'＝＋－＠")
_SLICE = 2_000
_CELL_LIMIT = 2**31 - 1


def marked(text: str | None) -> str:
    """The CSV cell of a text."""
    if text is None:
        return _NULL
    first = text[:1]
    return "\\" + text if first == "\\" else "'" + text if first in _GUARDED and first else text


def unmarked(cell: str) -> str | None:
    """The text of a CSV cell."""
    if cell == _NULL:
        return None
    return cell[1:] if cell[:1] in ("\\", "'") else cell


def export_desk(db: sqlite3.Connection, folder: Path, form: str = "jsonl") -> dict[str, int]:
    """Write every shared table into ``folder``, as they all were at one moment; rows per table.

    ``db`` must have no transaction open. Raises ``Fault``: ``export_exists`` when the folder holds an export,
    ``unknown_form``, and what the disk refuses.
    """
    if form not in FORMS:
        raise Fault("unknown_form", form=form)
    if (folder / MANIFEST).exists():
        raise Fault("export_exists", path=str(folder))
    write = _write_jsonl if form == "jsonl" else _write_csv
    counts: dict[str, int] = {}
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        db.execute("BEGIN")
        try:
            for table, types in _tables().items():
                rows = db.execute(f"SELECT {_list(types)} FROM {table} ORDER BY rowid")  # noqa: S608 - our own names
                with _opened(folder / f"{table}.{form}", bom=form == "csv") as file:
                    counts[table] = write(file, types, rows)
        finally:
            db.execute("ROLLBACK")
        # Last, so that a folder with it holds a whole export.
        with _opened(folder / MANIFEST) as file:
            json.dump({"cxdesk": LATEST, "form": form, "rows": counts}, file, indent=1)
    except (sqlite3.Error, OSError) as error:
        raise fault_of(error, folder) from error
    return counts


def import_desk(store: Store, folder: Path) -> dict[str, int]:
    """Bring an export into a desk that has no shared rows, in one transaction; rows per table.

    Raises ``Fault``: ``no_export``, ``newer_file``, ``desk_not_empty``, ``bad_export`` (file, row), and the store's.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        version, form, promised = int(manifest["cxdesk"]), manifest["form"], dict(manifest["rows"])
    except FileNotFoundError as error:
        raise Fault("no_export", path=str(folder)) from error
    except OSError as error:
        raise fault_of(error, folder) from error
    except (ValueError, KeyError, TypeError) as error:
        raise Fault("bad_export", file=MANIFEST, row=1) from error
    if version > LATEST or form not in FORMS:
        raise Fault("newer_file", path=str(folder), version=version, known=LATEST)
    with store.transaction() as db:
        counts = {}
        for table, types in _tables().items():
            if db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone():  # noqa: S608 - our own names
                raise Fault("desk_not_empty", table=table)
            counts[table] = _read_table(db, folder / f"{table}.{form}", table, types, form)
            if counts[table] != promised.get(table, 0):
                raise Fault("bad_export", file=f"{table}.{form}", row=counts[table] + 1)
        check.rebuild(db)
    return counts


def _tables() -> dict[str, dict[str, type]]:
    """Table → column → str or int. Imported late: the classes cost half a second that the first frame has not."""
    from cxdesk.storage.tables import SHARED

    metadata = SHARED[0].metadata
    names = [str(table.__tablename__) for table in SHARED]
    # SQLModel's text type does not say that it is one; there are only texts and integers.
    return {
        name: {c.name: int if c.type.python_type is int else str for c in metadata.tables[name].columns}
        for name in names
    }


def _list(types: dict[str, type]) -> str:
    return ", ".join(types)


def _opened(path: Path, *, bom: bool = False) -> IO[str]:
    """A new file that its owner alone can read: it holds customers' data."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    return os.fdopen(handle, "w", encoding="utf-8-sig" if bom else "utf-8", newline="")


def _write_jsonl(file: IO[str], types: dict[str, type], rows: sqlite3.Cursor) -> int:
    count = 0
    for row in rows:
        json.dump(dict(zip(types, row, strict=True)), file, ensure_ascii=False, separators=(",", ":"))
        file.write("\n")
        count += 1
    return count


def _write_csv(file: IO[str], types: dict[str, type], rows: sqlite3.Cursor) -> int:
    writer = csv.writer(file)
    writer.writerow(types)
    count = 0
    for row in rows:
        writer.writerow([str(value) if isinstance(value, int) else marked(value) for value in row])
        count += 1
    return count


def _read_table(db: sqlite3.Connection, path: Path, table: str, types: dict[str, type], form: str) -> int:
    sql = f"INSERT INTO {table} ({_list(types)}) VALUES ({', '.join('?' * len(types))})"  # noqa: S608 - our own names
    read = _read_jsonl if form == "jsonl" else _read_csv
    count = 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for values in read(file, types):
                db.execute(sql, values)
                count += 1
    except FileNotFoundError as error:
        raise Fault("bad_export", file=path.name, row=0) from error
    except OSError as error:
        raise fault_of(error, path) from error
    except (ValueError, KeyError, TypeError, OverflowError, csv.Error, sqlite3.IntegrityError) as error:
        raise Fault("bad_export", file=path.name, row=count + 1) from error
    return count


def _read_jsonl(file: IO[str], types: dict[str, type]) -> Iterator[list[Any]]:
    # Not line by line as the file sees lines: JSON leaves U+2028 and its like as they are, and only \n ends a row.
    for line in file:
        row = json.loads(line)
        if set(row) - set(types):
            raise ValueError("unknown column")
        yield [_typed(row[name], kind) for name, kind in types.items()]


def _typed(value: Any, kind: type) -> Any:
    if value is not None and type(value) is not kind:
        raise ValueError("wrong type")
    return value


def _read_csv(file: IO[str], types: dict[str, type]) -> Iterator[list[Any]]:
    csv.field_size_limit(_CELL_LIMIT)
    rows = csv.reader(file)
    header = next(rows, [])
    if set(header) != set(types):
        raise ValueError("wrong columns")
    readers: list[Callable[[str], Any]] = [_int if types[name] is int else unmarked for name in header]
    places = [header.index(name) for name in types]
    for row in rows:
        values = [read(cell) for read, cell in zip(readers, row, strict=True)]
        yield [values[place] for place in places]


def _int(cell: str) -> int | None:
    return None if cell == _NULL else int(cell)
