import base64
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.imports.choose import choose_map
from cxdesk.imports.maps import load_maps
from cxdesk.imports.reasons import ImportRefused, Spoilt
from cxdesk.imports.synonyms import shipped_maps
from cxdesk.imports.table import read_file
from cxdesk.imports.vcards import is_cards, read_cards

Write = Callable[..., Path]


def cards(*bodies: str | bytes, version: str = "3.0") -> bytes:
    made = b""
    for body in bodies:
        raw = body.encode() if isinstance(body, str) else body
        made += b"BEGIN:VCARD\r\nVERSION:" + version.encode() + b"\r\n" + raw + b"\r\nEND:VCARD\r\n"
    return made


def read(content: bytes, size: int = 1 << 20) -> list[dict[str, str]]:
    def chunks() -> Iterator[bytes]:
        for start in range(0, len(content), size):
            yield content[start : start + size]

    header, *rows = read_cards(chunks).opened()
    spoilt = {"spoilt": "yes"}
    names = [name.removeprefix("vCard ") for name in header]
    return [spoilt if isinstance(row, Spoilt) else dict(zip(names, row, strict=True)) for row in rows]


def test_a_card_of_an_old_telephone_is_read() -> None:
    body = (
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=EA=B9=80;=EB=AF=BC=EC=A7=80;;;\r\n"
        "TEL;CELL:010-1234-5678\r\nTEL;WORK;PREF:02-123-4567\r\nEMAIL;X-INTERNET:minji@example.com"
    )
    assert read(cards(body, version="2.1")) == [
        {"N": "김민지", "TEL": "02-123-4567 ::: 010-1234-5678", "EMAIL": "minji@example.com"}
    ]


def test_quoted_printable_goes_on_where_a_line_ends_in_an_equals_sign() -> None:
    body = "FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=EA=B9=80=EB=\r\n=AF=BC=EC=A7=80\r\nTEL:010-1234-5678"
    assert read(cards(body, version="2.1"))[0]["FN"] == "김민지"


@pytest.mark.parametrize("charset", ["EUC-KR", "CP949", "KS_C_5601-1987"])
def test_a_named_korean_encoding_is_believed(charset: str) -> None:
    line = f"FN;CHARSET={charset}:".encode() + "똠방각하".encode("cp949")
    assert read(cards(line, "FN:김민지"))[0] == {"FN": "똠방각하"}


def test_a_file_that_names_no_encoding_is_read_by_the_ladder() -> None:
    assert read(cards("FN:김민지".encode("cp949"), "FN:최철".encode("cp949"))) == [{"FN": "김민지"}, {"FN": "최철"}]


def test_a_syllable_cut_in_two_by_folding_is_whole_again() -> None:
    name = "김민지".encode()
    for place in range(1, len(name)):
        folded = b"FN:" + name[:place] + b"\r\n " + name[place:]
        assert read(cards(folded)) == [{"FN": "김민지"}]


def test_a_card_of_the_fourth_version_is_read() -> None:
    body = (
        'FN:Kim Minji\r\nN:Kim;Minji;;;\r\nitem1.TEL;VALUE=uri;TYPE="voice,cell";PREF=1:tel:+82-10-1234-5678\r\n'
        "item1.X-ABLabel:iPhone\r\nADR;TYPE=home:;;양화로 1;마포구;서울;04000;KR\r\nNOTE:하나\\, 둘\\n셋"
    )
    assert read(cards(body, version="4.0")) == [
        {
            "FN": "Kim Minji",
            "N": "Minji Kim",
            "TEL": "tel:+82-10-1234-5678",
            "ADR": "양화로 1 마포구 서울 04000 KR",
            "NOTE": "하나, 둘\n셋",
        }
    ]


def test_nobody_is_called_on_a_fax() -> None:
    assert read(cards("FN:a\r\nTEL;TYPE=WORK,FAX:02-1\r\nTEL:02-2"))[0] == {"FN": "a", "TEL": "02-2", "FAX": "02-1"}


def test_a_picture_is_passed_over_however_it_is_written() -> None:
    picture = base64.b64encode(bytes(range(256))).decode()
    lines = "\r\n".join([picture[:70], picture[70:140], ""])
    assert read(cards(f"PHOTO;ENCODING=BASE64;JPEG:\r\n{lines}\r\nFN:김민지", version="2.1")) == [{"FN": "김민지"}]
    folded = "\r\n ".join([picture[:70], picture[70:140]])
    assert read(cards(f"PHOTO;ENCODING=b;TYPE=JPEG:{folded}\r\nFN:김민지")) == [{"FN": "김민지"}]


@pytest.mark.parametrize(
    "broken",
    [
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:\xb1\xe8\r\nthis line is none\r\nEND:VCARD\r\n",
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:half a card\r\n",
        b"BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=80=FF\r\nEND:VCARD\r\n",
    ],
)
def test_a_card_that_cannot_be_read_does_not_spoil_the_next(broken: bytes) -> None:
    assert read(broken + cards("FN:Kim")) == [{"spoilt": "yes"}, {"FN": "Kim"}]


def test_a_company_that_cannot_be_made_out_costs_nobody_their_card() -> None:
    body = b"FN:Kim\r\nORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=91=80"
    assert read(cards(body, version="2.1"))[0]["FN"] == "Kim"


@given(st.integers(1, 40))
def test_where_the_file_is_cut_into_pieces_makes_no_difference(size: int) -> None:
    content = cards("FN:김민지\r\nTEL:010-1234-5678\r\nNOTE:한 줄\r\n 두 줄", "FN:박서준\rTEL:010-2345-6789")
    assert read(content, size) == read(content)


@given(st.binary(max_size=200))
def test_any_bytes_in_a_card_give_rows_of_one_width(content: bytes) -> None:
    refusal = ""
    rows: list[dict[str, str]] = [{}]
    try:
        rows = read(b"BEGIN:VCARD\r\nFN:a\r\nEND:VCARD\r\n" + cards(content))
    except ImportRefused as refused:
        refusal = refused.code
    assert refusal == "binary" or rows[0]["FN"] == "a"


def test_an_address_book_is_known_by_its_content_and_numbered_by_its_cards(write: Write) -> None:
    path = write(
        b"\xef\xbb\xbf" + cards("FN:김민지\r\nTEL:010-1234-5678", "FN:박서준\r\nTEL:010-2345-6789"), "book.txt"
    )
    assert is_cards(path.read_bytes())
    table = read_file(path)
    choice = choose_map(table, load_maps(shipped_maps()))
    assert choice is not None
    assert (choice.map.id, choice.header_row) == ("vcard", 0)
    assert list(table.rows()) == [(1, ["김민지", "010-1234-5678"]), (2, ["박서준", "010-2345-6789"])]
    assert table.sample[0] == ("김민지", "010-1234-5678")
