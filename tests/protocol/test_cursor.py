"""A page counts whole or not at all."""

import json

import pytest

from cxdesk.protocol.cursor import BadPage, Cursor, end_line, read_cursor, read_page

BODY = '{"op":"a1","f":{"name":"김민지"}}\n{"op":"a2"}\n'.encode()
PAGE = BODY + end_line(BODY, 2, "e.17.", 20)


def test_a_whole_page_is_read() -> None:
    page = read_page(PAGE)
    assert page.lines == ({"op": "a1", "f": {"name": "김민지"}}, {"op": "a2"})
    assert (page.next, page.head) == ("e.17.", 20)


def test_a_page_may_be_empty() -> None:
    assert read_page(end_line(b"", 0, "e.20.", 20)).lines == ()


def test_a_page_cut_anywhere_does_not_count() -> None:
    for length in range(len(PAGE)):
        with pytest.raises(BadPage):
            read_page(PAGE[:length])


def test_a_page_of_which_a_byte_is_another_one_does_not_count() -> None:
    for place in range(len(BODY)):
        with pytest.raises(BadPage):
            read_page(PAGE[:place] + bytes([PAGE[place] ^ 1]) + PAGE[place + 1 :])


@pytest.mark.parametrize(
    "page",
    [
        b"<html>Welcome to the airport</html>\n",
        BODY,
        BODY + b'{"end":true}\n',
        BODY + end_line(BODY, 1, "e.17.", 20),
        BODY + b"17\n",
        b'{"end":true,"count":0,"next":5,"head":0,"sha256":"' + end_line(b"", 0, "", 0)[-67:],
        b"[1]\n" + end_line(b"[1]\n", 1, "e.17.", 20),
    ],
)
def test_what_is_no_page(page: bytes) -> None:
    with pytest.raises(BadPage):
        read_page(page)


def test_the_end_line_is_what_the_document_says() -> None:
    end = json.loads(end_line(BODY, 2, "e.17.", 20))
    assert list(end) == ["end", "count", "next", "head", "sha256"]


def test_a_cursor_is_read_as_it_was_written() -> None:
    cursor = Cursor("0190a0b0-1111-7222-8333-444455556666", 17, "ab12")
    assert read_cursor(str(cursor)) == cursor
    assert read_cursor(str(Cursor("e", 0))) == Cursor("e", 0)


@pytest.mark.parametrize(
    "text", ["", "17", "e.x.", "e.17", "e.-1.", "e.17.a b", "e.17.\n", "E'.17.", "e." + "9" * 40 + "."]
)
def test_what_is_no_cursor(text: str) -> None:
    with pytest.raises(ValueError, match="cursor"):
        read_cursor(text)
