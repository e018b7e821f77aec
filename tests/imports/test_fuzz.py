"""Whatever a file holds, the decoder, the address book and the header finder answer with rows or with a reason.

``pytest -m long tests/imports/test_fuzz.py`` tries 20,000 and more of each; the default run some hundreds.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from cxdesk.imports.choose import choose_map
from cxdesk.imports.encoding import find_encoding
from cxdesk.imports.header import SEARCH_ROWS, guess_header, normal
from cxdesk.imports.maps import load_maps
from cxdesk.imports.reasons import ImportRefused, Spoilt
from cxdesk.imports.suggest import suggest
from cxdesk.imports.synonyms import shipped_maps, synonyms
from cxdesk.imports.table import HEAD_ROWS, Table
from cxdesk.imports.text import find_delimiter, text_rows
from cxdesk.imports.vcards import is_cards, read_cards

MAPS = load_maps(shipped_maps())
NAMES = sorted({name for names in synonyms().columns.values() for name in names})
CODECS = ("utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-le", "utf-16-be")

CARD_LINES = (
    "BEGIN:VCARD",
    "END:VCARD",
    "VERSION:2.1",
    "VERSION:4.0",
    "FN:김민지",
    "N:김;민지;;;",
    "TEL;CELL:010-1234-5678",
    "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=EA=B9=80=",
    "PHOTO;ENCODING=BASE64:",
    " /9j/4QFa",
    "NOTE:a\\nb",
)

few = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
many = settings(few, max_examples=21_000, phases=(Phase.explicit, Phase.generate))

cells = st.one_of(
    st.text(max_size=6),
    st.text("가각똠방각하뷁펲김민지", min_size=1, max_size=5),
    st.sampled_from(["010-1234-5678", "NULL", "", "2026. 11. 21. 오후 2:03", '"', "₩12,000", "900101-2000000", *NAMES]),
)
tables = st.lists(st.lists(cells, min_size=1, max_size=5), min_size=1, max_size=8)


def spelt(rows: list[list[str]], mark: str) -> str:
    return "\r\n".join(mark.join(row) for row in rows) + "\r\n"


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A file as one is written, with a few bytes cut out, doubled or replaced."""
    text = spelt(draw(tables), draw(st.sampled_from(",\t;|")))
    content = bytearray(text.encode(draw(st.sampled_from(CODECS)), "replace"))
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(content)))
        end = min(len(content), place + draw(st.integers(0, 5)))
        content[place:end] = draw(st.binary(max_size=5))
    return bytes(content)


@st.composite
def damaged_cards(draw: st.DrawFn) -> bytes:
    """An address book in the same condition."""
    lines = draw(st.lists(st.sampled_from(CARD_LINES), max_size=14))
    text = "\r\n".join(["BEGIN:VCARD", *lines, ""])
    content = bytearray(text.encode(draw(st.sampled_from(("utf-8", "cp949")))))
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(13, len(content)))
        content[place : place + draw(st.integers(0, 4))] = draw(st.binary(max_size=4))
    return bytes(content)


def pieces(content: bytes, size: int) -> Callable[[], Iterator[bytes]]:
    def chunks() -> Iterator[bytes]:
        for start in range(0, len(content), size):
            yield content[start : start + size]

    return chunks


def any_bytes_are_decoded_whole_or_refused(content: bytes, size: int) -> None:
    chunks, refusal, name = pieces(content, size), "", ""
    try:
        name = find_encoding(chunks)
    except ImportRefused as error:
        refusal = error.code
    assert refusal in ("", "empty_file", "binary", "unknown_encoding")
    if refusal:
        return
    text = content.decode(name)
    mark = find_delimiter(chunks, name)
    rows = list(text_rows(chunks, name, mark))
    assert sum(len(cell) for row in rows for cell in row) <= len(text)
    assert list(text_rows(pieces(content, 1 << 20), name, mark)) == rows


def what_was_written_is_what_is_read(rows: list[list[str]], codec: str, mark: str) -> None:
    text = spelt(rows, mark)
    assume("\0" not in text and len(text.strip()) > 3)
    try:
        content = text.encode(codec)
        foreign = codec == "cp949" and content.decode("utf-8") != ""  # a short text can be both: UTF-8 is likelier
    except UnicodeEncodeError:
        return
    except UnicodeDecodeError:
        foreign = False
    # Without a mark only a text with Latin letters or commas on every line can be told from bytes at random.
    assume(not foreign and not (codec in ("utf-16-le", "utf-16-be") and not text.isascii()))
    try:
        found = find_encoding(pieces(content, 1 << 16))
    except ImportRefused as refused:
        assume(refused.code == "binary")
        return
    assert content.decode(found).removeprefix("\ufeff") == text.removeprefix("\ufeff")


def any_address_book_gives_rows_of_one_width(content: bytes, size: int) -> None:
    assert is_cards(content)
    try:
        header, *rows = read_cards(pieces(content, size)).opened()
    except ImportRefused as refused:
        assume(refused.code == "binary")
        return
    assert all(isinstance(row, Spoilt) or len(row) == len(header) for row in rows)
    assert sum(line == b"BEGIN:VCARD" for line in content.split(b"\r\n")) <= len(rows)


def table_of(rows: list[list[str]]) -> Table:
    head = tuple(map(tuple, rows[:HEAD_ROWS]))
    return Table(Path("x"), "", head, guess_header(head), lambda: iter(rows), (0, 0))


def a_header_is_one_of_the_top_rows(rows: list[list[str]]) -> None:
    table = table_of(rows)
    assert 1 <= table.header_row <= len(rows)
    if any(normal(cell) for row in rows[:SEARCH_ROWS] for cell in row):
        assert any(map(str.strip, table.header))
    choice = choose_map(table, MAPS)
    assert choice is None or 1 <= choice.header_row <= SEARCH_ROWS
    guess = suggest(table.header, table.sample)
    assert {column for column, _ in guess.pairs} <= set(table.header)
    fields = [field for _, field in guess.pairs]
    assert len(fields) == len(set(fields))


def a_header_is_found_below_whatever_is_written_above_it(names: list[str], above: list[str], below: list[int]) -> None:
    width = len(names)
    titles = [[title, *[""] * (width - 1)] for title in above]
    table = table_of([*titles, names, *([str(number)] * width for number in below)])
    assert list(table.header) == names


# What each takes; hypothesis lets a function be told once only how many cases to try.
CHECKS: dict[Callable[..., None], tuple[st.SearchStrategy[Any], ...]] = {
    any_bytes_are_decoded_whole_or_refused: (
        st.one_of(st.binary(max_size=300), damaged()),
        st.integers(1, 64),
    ),
    what_was_written_is_what_is_read: (
        tables,
        st.sampled_from(CODECS),
        st.sampled_from(",\t;|"),
    ),
    any_address_book_gives_rows_of_one_width: (
        damaged_cards(),
        st.integers(1, 64),
    ),
    a_header_is_one_of_the_top_rows: (st.lists(st.lists(cells, max_size=5), min_size=1, max_size=HEAD_ROWS),),
    a_header_is_found_below_whatever_is_written_above_it: (
        st.lists(st.sampled_from(NAMES), min_size=3, max_size=8, unique_by=normal),
        st.lists(st.text(min_size=1, max_size=40), max_size=4),
        st.lists(st.integers(0, 10**9), min_size=1, max_size=4),
    ),
}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_some_files(check: Callable[..., None]) -> None:
    few(given(*CHECKS[check])(check))()


@pytest.mark.long
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_great_many_files(check: Callable[..., None]) -> None:
    many(given(*CHECKS[check])(check))()
