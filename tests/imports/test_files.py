import gzip
import io
import os
from collections.abc import Callable
from pathlib import Path

import msoffcrypto.format.ooxml  # type: ignore[import-untyped]
import openpyxl  # type: ignore[import-untyped]
import pytest

from cxdesk.imports import table as tables
from cxdesk.imports.header import is_private, normal, stripped
from cxdesk.imports.reasons import REASONS, REFUSALS, ImportRefused, Spoilt
from cxdesk.imports.sheets import cell_text
from cxdesk.imports.table import Table, read_file

Write = Callable[..., Path]
KOREAN = "이름,연락처\n똠방각하,010-1234-5678\n뷁펲,010-2345-6789\n"


def workbook(rows: list[list[object]], password: str | None = None) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    plain = io.BytesIO()
    book.save(plain)
    if password is None:
        return plain.getvalue()
    locked = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt(password, locked)
    return locked.getvalue()


def rows_of(table: Table) -> list[list[str]]:
    return [cells for _, cells in table.rows()]


def refused(path: Path, password: str | None = None) -> ImportRefused:
    with pytest.raises(ImportRefused) as error:
        rows_of(read_file(path, password))
    assert set(error.value.values) == set(REASONS[error.value.code])
    assert error.value.code in REFUSALS
    return error.value


@pytest.mark.parametrize(
    ("codec", "seen"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp949", "cp949"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_the_encoding_is_found_and_korean_survives(write: Write, codec: str, seen: str) -> None:
    table = read_file(write(KOREAN.encode(codec)))
    assert table.encoding == seen
    assert table.header == ("이름", "연락처")
    assert rows_of(table)[0] == ["똠방각하", "010-1234-5678"]


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_english_utf16_without_a_mark_is_not_taken_for_utf8(write: Write, codec: str) -> None:
    assert read_file(write("Name,Phone\nKim,010\n".encode(codec))).encoding == codec


def test_a_stray_nul_does_not_make_a_text_utf16(write: Write) -> None:
    table = read_file(write(b"name,phone\nKim\0,010-1234-5678\n"))
    assert table.encoding == "utf-8"
    assert rows_of(table) == [["Kim\0", "010-1234-5678"]]


def test_the_last_syllable_of_a_file_counts(write: Write) -> None:
    error = refused(write("이름\n김민지\n".encode() + "끝".encode()[:2]))
    assert error.code == "unknown_encoding"


def test_gzip_is_opened_by_its_content(write: Write) -> None:
    assert read_file(write(gzip.compress(KOREAN.encode("cp949"), mtime=0), "orders.xlsx")).encoding == "cp949"


@pytest.mark.parametrize("mark", list(",\t;|"))
def test_the_delimiter_is_voted_for(write: Write, mark: str) -> None:
    text = "이름,연락처,메모\n김민지,010,한 줄\n박서준,011,두 줄\n".replace(",", mark)
    table = read_file(write(text))
    assert table.delimiter == mark
    assert rows_of(table)[1] == ["박서준", "011", "두 줄"]


def test_commas_inside_cells_do_not_win_the_vote(write: Write) -> None:
    assert read_file(write("name;note\nKim;a,b\nLee;c,d\n")).delimiter == ";"


def test_line_ends_may_be_mixed(write: Write) -> None:
    table = read_file(write(b'a,b\r\n1,2\n3,"4\r\n5"\r6,7'))
    assert rows_of(table) == [["1", "2"], ["3", "4\r\n5"], ["6", "7"]]


def test_rows_keep_the_numbers_a_spreadsheet_gives_them(write: Write) -> None:
    table = read_file(write('name,note\n\n김,"두\n줄"\n,\n박,x\n'))
    assert [number for number, _ in table.rows()] == [3, 5]


def test_a_megabyte_in_one_cell_is_read(write: Write) -> None:
    assert len(rows_of(read_file(write("name,note\nKim," + "가" * 1_000_000 + "\n")))[0][1]) == 1_000_000


def test_a_quote_that_is_never_closed_is_refused_not_swallowed(write: Write) -> None:
    error = refused(write('name,note\nKim,"' + "x,y\n" * 1_100_000))
    assert (error.code, error.values["row"]) == ("broken_quotes", 2)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\n\n \n", "empty_file"),
        (b"\xef\xbb\xbf\n", "empty_file"),
        (b"name,phone\n", "header_only"),
        (b"name,phone\n\n,\n", "header_only"),
        (b"%PDF-1.7\n...", "binary"),
        (bytes(range(256)) * 40, "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "binary"),
        (b"name,phone\nM\xfcller,1\nx,y\n\xff\xff", "unknown_encoding"),
        (b"PK\x03\x04 but not a workbook", "not_a_table"),
        (b"From: a@example.com\nSubject: hi; there, you\n\nbody\n", "mail"),
        (b"From a@example.com Sat Nov 21 14:03:00 2026\nSubject: hi\n", "mail"),
        (b"Date: Sat, 21 Nov 2026 14:03:00 +0900\nFrom: a@example.com\n\nbody\n", "mail"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "not_a_table"),
        (gzip.compress(KOREAN.encode(), mtime=0)[:-12], "cannot_read"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(write: Write, content: bytes, code: str) -> None:
    assert refused(write(content)).code == code


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.csv").code == "no_file"


def test_a_workbook_is_read_whatever_its_name(write: Write) -> None:
    table = read_file(
        write(workbook([["이름", "번호"], ["김민지", 2026112112345678], ["박", 1.5], [None, True]]), "x.csv")
    )
    assert table.sheet == "Sheet"
    assert table.total == 3
    assert rows_of(table) == [["김민지", "2026112112345678"], ["박", "1.5"], ["", "TRUE"]]


def test_a_locked_workbook_asks_for_its_password(write: Write) -> None:
    path = write(workbook([["이름", "번호"], ["김민지", 1]], password="1234"), "orders.xlsx")
    assert refused(path).code == "password_needed"
    assert refused(path, "4321").code == "wrong_password"
    assert rows_of(read_file(path, "1234")) == [["김민지", "1"]]


def test_a_sheet_that_begins_lower_down_keeps_its_row_numbers(write: Write) -> None:
    table = read_file(write(workbook([[], [], ["이름", "번호"], ["김민지", 1]])))
    assert list(table.rows()) == [(4, ["김민지", "1"])]


def test_an_empty_workbook_has_no_sheet(write: Write) -> None:
    assert refused(write(workbook([]))).code == "no_sheet"


def test_a_workbook_that_would_unpack_to_too_much_is_refused(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cxdesk.imports.sheets.UNPACKED_LIMIT", 1000)
    assert refused(write(workbook([["이름"], ["김"]]))).code == "too_big"


@pytest.mark.parametrize(
    ("cell", "text"),
    [(20.0, "20"), (-3.0, "-3"), (0.1, "0.1"), (1e300, "1e+300"), (float("nan"), "nan"), (float("inf"), "inf")],
)
def test_numbers_lose_the_point_a_spreadsheet_gave_them(cell: float, text: str) -> None:
    assert cell_text(cell) == text


def test_a_report_that_begins_with_a_date_is_no_mail(write: Write) -> None:
    table = read_file(write("Date: 2026-11-21\n\nname,phone\nKim,010-1234-5678\n"))
    assert table.header == ("name", "phone")


def test_instructions_above_the_header_are_passed_over(write: Write) -> None:
    table = read_file(write("다운로드 받은 파일로 처리하는 방법,,\n\n주문번호,상품명,수량\n1,셔츠,2\n"))
    assert (table.header_row, table.header) == (3, ("주문번호", "상품명", "수량"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("주문 번호", "주문번호"),
        ("Customer ID", "CustomerID"),
        ("\ufeffName ", "name"),
        ("E-mail", "Email"),
        ("이름".encode().decode(), "이름"),
        ("Ｎａｍｅ", "name"),
        ("구\u200b매자명", "구매자명"),
    ],
)
def test_spellings_of_a_column_agree(one: str, other: str) -> None:
    assert normal(one) == normal(other)


def test_a_trailing_aside_is_not_part_of_a_name_but_a_name_in_brackets_is() -> None:
    assert stripped("상품구매금액(KRW)") == stripped("상품구매금액")
    assert stripped("(구매자연락처)") == "(구매자연락처)"


@pytest.mark.parametrize(
    "name", ["구매자 주민등록번호", "개인통관고유부호", "개인통관번호(PCCC)", "Passport No.", "주민번호"]
)
def test_numbers_no_desk_may_keep_are_known_by_their_columns(name: str) -> None:
    assert is_private(name)


def test_a_table_gives_the_same_rows_as_often_as_it_is_asked(write: Write) -> None:
    table = read_file(write(KOREAN))
    assert rows_of(table) == rows_of(table)
    assert tables.read_file is read_file


SHARED = os.environ.get("CXDESK_SHARED")


@pytest.mark.skipif(not SHARED, reason="CXDESK_SHARED does not name the folder of real files")
def test_every_real_export_is_a_table_an_address_book_or_refused_as_a_mail() -> None:
    seen: dict[str, set[str]] = {}
    for path in sorted((Path(str(SHARED)) / "data" / "exports").rglob("*.*")):
        try:
            table = read_file(path)
        except ImportRefused as refusal:
            outcome = refusal.code
        else:
            outcome = "cards" if table.first == 0 else "table"
            widths = {len(cells) for _, cells in table.rows() if not isinstance(cells, Spoilt)}
            assert widths == {len(table.header)}, path
        seen.setdefault(path.suffix, set()).add(outcome)
    assert seen == {".gz": {"table"}, ".csv": {"table"}, ".vcf": {"cards"}, ".eml": {"mail"}}
