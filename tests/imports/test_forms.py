"""Values as shops' files really write them, from the cell to the row."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.imports.conftest import Desk
from tests.imports.test_files import workbook
from tests.imports.test_run import counts, orders, people

Write = Callable[..., Path]
HEAD = "이름,전화,메일,번호,주소,메모\n"


@pytest.mark.parametrize(
    ("cell", "won"),
    [
        ("12000", 12000),
        ('"12,000"', 12000),
        ('"₩12,000"', 12000),
        ('"￦12,000"', 12000),
        ('"12,000원"', 12000),
        ("12000.00", 12000),
        ('"12,000 KRW"', 12000),
        ('"KRW 12,000"', 12000),
        ('"(1,200)"', -1200),
        ("１２０００", 12000),
        ("'12000", 12000),
        ("0", 0),
    ],
)
def test_money(desk: Desk, write: Write, cell: str, won: int) -> None:
    map_, header = orders("주문", "일시", "금액")
    desk.bring_in(write(f"{header}1,2026-01-02,{cell}\n"), map_)
    assert desk.rows("SELECT amount, currency FROM purchase") == [(won, "KRW")]


def test_an_amount_that_is_a_dash_is_no_amount(desk: Desk, write: Write) -> None:
    map_, header = orders("주문", "일시", "금액")
    assert counts(desk.bring_in(write(f"{header}1,2026-01-02,-\n"), map_)) == (0, 0, 0, 1)


@pytest.mark.parametrize(
    ("cell", "digits"),
    [
        ("010-1234-5678", "01012345678"),
        ("01012345678", "01012345678"),
        ("1012345678", "01012345678"),
        ("1012345678.0", "01012345678"),
        ("+82 10-1234-5678", "01012345678"),
        ("+82 010-1234-5678", "01012345678"),
        ("'+49 170 1234567", "+491701234567"),
        ("\u202d010-1234-5678\u202c", "01012345678"),
        ("０１０－１２３４－５６７８", "01012345678"),
        ("017-111-1222 ", "0171111222"),
        ("1588-1234", "15881234"),
    ],
)
def test_telephones(desk: Desk, write: Write, cell: str, digits: str) -> None:
    desk.bring_in(write(f"{HEAD}김민지,{cell},,,,\n"), people())
    assert desk.rows("SELECT kind, value FROM identity") == [("phone", digits)]


@pytest.mark.parametrize("cell", ["0504-1234-5678", "010-****-5678", "010-●●●●-5678"])
def test_lent_and_masked_telephones_say_who_nobody_is(desk: Desk, write: Write, cell: str) -> None:
    desk.bring_in(write(f"{HEAD}김민지,{cell},,1,,\n박서준,{cell},,2,,\n"), people())
    assert desk.rows("SELECT name FROM customer ORDER BY name") == [("김민지",), ("박서준",)]
    assert desk.rows("SELECT value FROM identity WHERE value LIKE '%*%' OR value LIKE '%●%'") == []


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("김민지(선물)", "김민지"),
        (unicodedata.normalize("NFD", "김민지"), "김민지"),
        ("김\u200b민지", "김민지"),
        ("남궁*수", "남궁*수"),
        ("Kim Minji", "Kim Minji"),
        ("NULL", "#5678"),
        ("", "#5678"),
    ],
)
def test_names(desk: Desk, write: Write, cell: str, name: str) -> None:
    desk.bring_in(write(f"{HEAD}{cell},010-1234-5678,,,,\n"), people())
    assert desk.rows("SELECT name FROM customer") == [(name,)]


def test_cells_of_a_workbook(desk: Desk, write: Write) -> None:
    map_, _ = orders("주문", "일시", "금액", "수량", "상품")
    rows: list[list[object]] = [
        ["주문", "일시", "금액", "수량", "상품"],
        [2026112112345678, 46347.5, 39000, 2, "=HYPERLINK(1)"],
        ["A-1", "2026. 11. 21. 오후 2:03", "₩39,000", 1.0, "셔츠"],
    ]
    desk.bring_in(write(workbook(rows), "orders.xlsx"), map_)
    assert desk.rows("SELECT order_no, amount, quantity, product FROM purchase ORDER BY id") == [
        ("2026112112345678", 39000, 2, ""),
        ("A-1", 39000, 1, "셔츠"),
    ]


def test_a_long_note_is_kept_whole_with_its_lines(desk: Desk, write: Write) -> None:
    note = "포장이 예쁘다고 하심. " * 60 + "\n다음에는 리본도"
    desk.bring_in(write(f'{HEAD}김민지,,,1,,"{note}"\n'), people())
    assert desk.rows("SELECT body FROM note") == [(note,)]


def test_the_name_of_a_file_is_text_from_people_too(desk: Desk, write: Write) -> None:
    name = unicodedata.normalize("NFD", "주문\x1b[2J.csv")
    desk.bring_in(write(f"{HEAD}김민지,,,1,,\n", name), people())
    assert desk.rows("SELECT file_name FROM import_run") == [("주문␛[2J.csv",)]
