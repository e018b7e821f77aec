"""Spreadsheets: opened by their first bytes, unlocked in memory, every cell as the text a person would see.

The readers are imported only when such a file turns up.
"""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from cxdesk.imports.reasons import ImportRefused

__all__ = ["OLE", "UNPACKED_LIMIT", "ZIP", "cell_text", "open_sheet"]

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
UNPACKED_LIMIT = 2_000_000_000
"""Bytes a workbook may unpack to; more is an accident or an attack."""

_WHOLE = 2.0**53


def open_sheet(path: Path, password: str | None) -> tuple[str, int, Iterator[list[str]]]:
    """Name, height and rows of the first sheet that holds anything, the rows of the sheet counted from its top.

    Raises ``ImportRefused``: ``password_needed``, ``wrong_password``, ``not_a_table``, ``no_sheet``, ``too_big``.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, XmlError, ZipError

    content = path.read_bytes()
    if content.startswith(OLE):
        content = _unlocked(content, password)
    if content.startswith(ZIP):
        _refuse_bombs(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.end is not None and sheet.height:
                return name, sheet.end[0] + 1, _rows(sheet)
    except PasswordError as error:
        raise ImportRefused("password_needed") from error
    except (CalamineError, XmlError, ZipError, OSError, ValueError) as error:
        raise ImportRefused("not_a_table", detail=str(error)) from error
    raise ImportRefused("no_sheet")


def _rows(sheet: Any) -> Iterator[list[str]]:
    for row in sheet.iter_rows():
        yield [cell if type(cell) is str else cell_text(cell) for cell in row]


def cell_text(cell: object) -> str:
    """The text of a cell. The reader gives every number as a float: a whole one loses its ``.0``."""
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell.is_integer() and abs(cell) < _WHOLE:
            return str(int(cell))
        case datetime() | date() | time() | timedelta():
            return str(cell)
    return str(cell)


def _unlocked(content: bytes, password: str | None) -> bytes:
    """The workbook inside an OLE container, decrypted in memory; an old .xls comes back as it was."""
    from msoffcrypto import OfficeFile  # type: ignore[import-untyped]
    from msoffcrypto.exceptions import DecryptionError, InvalidKeyError  # type: ignore[import-untyped]

    clear = io.BytesIO()
    try:
        office = OfficeFile(io.BytesIO(content))
        if not office.is_encrypted():
            return content
        if password is None:
            raise ImportRefused("password_needed")
        if office.format == "ooxml":
            office.load_key(password=password, verify_password=True)
        else:
            office.load_key(password=password)
        office.decrypt(clear)
    except ImportRefused:
        raise
    except (InvalidKeyError, DecryptionError) as error:
        raise ImportRefused("wrong_password") from error
    except Exception as error:  # the library lets whatever a malformed container causes through
        raise ImportRefused("not_a_table", detail=str(error)) from error
    return clear.getvalue()


def _refuse_bombs(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise ImportRefused("not_a_table", detail=str(error)) from error
    if size > UNPACKED_LIMIT:
        raise ImportRefused("too_big", limit=UNPACKED_LIMIT)
