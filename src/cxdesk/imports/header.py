"""Finding the row that names the columns, and recognising a name however it is spelt.

Two spellings of a column are the same when they agree without case, spaces, marks and a trailing ``(…)``: Cafe24
appends shop and currency, ``상품구매금액(KRW)``.
"""

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from unicodedata import category, normalize

__all__ = [
    "SEARCH_ROWS",
    "columns_by_name",
    "find_column",
    "guess_header",
    "header_hash",
    "is_private",
    "normal",
    "stripped",
]

SEARCH_ROWS = 10
"""A header is looked for in this many rows; instructions and titles stand above it."""

_ASIDE = re.compile(r"(?<=.)[(\[（][^()（）\[\]]*[)\]）]\Z", re.DOTALL)
_NOISE = re.compile(r"[\s_\-.·:*'\"]+")
_NOT_A_NAME = re.compile(r"[\d\s.,:/()₩$€£%+-]*|[^@\s]+@[^@\s]+")
# Resident registration, customs clearance and passport numbers: no desk may keep them, whatever file they are in.
_PRIVATE = re.compile(
    r"주민(?:등록)?번호|외국인등록번호|통관(?:고유)?(?:부호|번호)|여권번호|운전면허번호|카드번호"
    r"|residentregistration|socialsecurity|passport|nationalid|cardnumber"
)


def normal(name: str) -> str:
    """The name of a column without what spellings differ in; brackets are kept."""
    text = "".join(char for char in normalize("NFKC", name) if category(char) not in ("Cf", "Cc"))
    return _NOISE.sub("", text).casefold()


def stripped(name: str) -> str:
    """``normal`` without a trailing ``(…)``."""
    plain = normal(name)
    return _ASIDE.sub("", plain)


def is_private(name: str) -> bool:
    """Whether a column of this name holds a number that must never be kept."""
    return _PRIVATE.search(normal(name)) is not None


def columns_by_name(header: Sequence[str]) -> dict[str, int]:
    """Spelling → first column of that spelling; a full name goes before one that lost its brackets."""
    places: dict[str, int] = {}
    for spell in (normal, stripped):
        for place, name in enumerate(header):
            if key := spell(name):
                places.setdefault(key, place)
    return places


def find_column(places: Mapping[str, int], name: str) -> int | None:
    """The column of that name, exactly spelt or without its brackets."""
    place = places.get(normal(name))
    return places.get(stripped(name)) if place is None else place


def header_hash(header: Sequence[str]) -> str:
    """What a header is recognised by later: the names of its columns in their order, however they are spelt."""
    return sha256("\x1f".join(map(normal, header)).encode()).hexdigest()[:16]


def guess_header(rows: Sequence[Sequence[str]]) -> int:
    """The number (from 1) of the first of the top rows that has nearly as many distinct names as the best one.

    Numbers, dates and e-mail addresses are not names, so that a table without a header gives its first row.
    """
    names = [len({normal(cell) for cell in row if _is_name(cell)}) for row in rows[:SEARCH_ROWS]]
    enough = max(names) * 0.8
    return next((number for number, count in enumerate(names, 1) if count and count >= enough), _first(rows))


def _first(rows: Sequence[Sequence[str]]) -> int:
    return next((number for number, row in enumerate(rows, 1) if any(map(str.strip, row))), 1)


def _is_name(cell: str) -> bool:
    cell = cell.strip()
    return 0 < len(cell) <= 80 and not _NOT_A_NAME.fullmatch(cell)
