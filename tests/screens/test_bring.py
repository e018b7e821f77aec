"""A file on the screen: said what it is, looked at, brought in, and taken back."""

from pathlib import Path

import pytest

from cxdesk.domain.words import Language
from cxdesk.i18n import t
from tests.imports.test_files import workbook
from tests.screens.hands import Hands, Shop, at_desk

ORDERS = "주문번호,주문일,주문자명,휴대폰,상품명,결제금액(KRW)\nA-1,2026-11-20,김민지,010-1234-5678,셔츠,39000\n"
UNKNOWN = "누구,어디로,주민등록번호\n김민지,010-1234-5678,900101-2000000\n박서준,010-2345-6789,\n"


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    path.write_text(UNKNOWN, "utf-8")
    return path


async def bring(hands: Hands, path: Path) -> None:
    await hands.press("ctrl+p")
    await hands.type(t("action.import"))
    await hands.press("enter")
    await hands.type(str(path))
    await hands.press("enter")


async def test_a_file_of_unknown_columns_is_asked_about_and_remembered(shop: Shop, orders: Path) -> None:
    async with at_desk(shop) as hands:
        await bring(hands, orders)
        assert hands.on_top == "Columns"
        assert "김민지 / 박서준" in hands.dialog
        assert "900101" not in hands.dialog
        await hands.press("enter", "enter")
        assert hands.notice == t("import.done", new=2, changed=0, same=0)
        assert shop.count("customer") == 2
        await bring(hands, orders)
        assert hands.on_top == "Import"
        assert t("import.would", new=0, changed=0, same=2, rejected=0) in hands.dialog
    (kept,) = (shop.store.path.parent / "imports").glob("*.toml")
    assert '"customer.name" = ["누구"]' in kept.read_text("utf-8")


async def test_meanings_can_be_said_again_after_a_look_ahead(shop: Shop, orders: Path) -> None:
    async with at_desk(shop) as hands:
        await bring(hands, orders)
        await hands.press("enter")
        await hands.press("ㅊ")
        assert hands.on_top == "Columns"
        await hands.press("left", "enter")
        assert t("import.would", new=2, changed=0, same=0, rejected=0) in hands.dialog
        await hands.press("enter")
        assert {row[0][0] for row in shop.store.db.execute("SELECT name FROM customer")} == {"#"}


async def test_undo_takes_an_import_back_and_then_what_was_done_before(shop: Shop, orders: Path) -> None:
    ticket = shop.arrive("최유진")
    async with at_desk(shop) as hands:
        await hands.press("p", "3")
        urgent = shop.ticket(ticket.id)
        await bring(hands, orders)
        await hands.press("enter", "enter")
        assert shop.count("customer") == 3
        await hands.press("z")
        assert hands.on_top == "TakeBack"
        await hands.press("enter")
        assert hands.notice == t("import.taken_back", removed=4, restored=0)
        assert shop.count("customer") == 1
        assert shop.ticket(ticket.id) == urgent
        await hands.press("z")
        assert shop.ticket(ticket.id) == ticket


async def test_any_import_of_the_list_can_be_taken_back(shop: Shop, orders: Path, tmp_path: Path) -> None:
    other = tmp_path / "more.csv"
    other.write_text("누구,어디로\n최유진,010-3456-7890\n", "utf-8")
    async with at_desk(shop) as hands:
        for path in (orders, other):
            await bring(hands, path)
            await hands.press("enter", "enter")
        await hands.press("ctrl+p")
        await hands.type(t("action.past_imports"))
        await hands.press("enter")
        assert hands.on_top == "PastImports"
        await hands.type("orders")
        assert "more.csv" not in hands.dialog
        await hands.press("enter", "enter")
        assert hands.on_top == "PastImports"
        assert t("import.past_undone") in hands.dialog
        assert [row[0] for row in shop.store.db.execute("SELECT name FROM customer")] == ["최유진"]
        await hands.type("orders")
        await hands.press("enter")
        assert hands.on_top == "PastImports", "what is taken back already is not taken back again"


async def test_rows_that_were_not_taken_are_told_with_where_they_are(shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("누구,어디로\n김민지,010-1234-5678\n박서준\n", "utf-8")
    async with at_desk(shop) as hands:
        await bring(hands, path)
        await hands.press("enter", "enter")
        assert "orders.rejected.csv" in hands.dialog.replace("\n", "")
        await hands.press("enter")
        assert hands.notice == t("import.done", new=1, changed=0, same=0)


async def test_leaving_the_question_keeps_the_import(shop: Shop, orders: Path) -> None:
    async with at_desk(shop, lang=Language.EN) as hands:
        await bring(hands, orders)
        await hands.press("enter", "enter", "z", "escape")
        assert hands.on_top == "DeskScreen"
        assert shop.count("customer") == 2


async def test_a_wrong_password_is_said_and_asked_for_again(shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    path.write_bytes(workbook([["이름", "연락처"], ["김민지", "010-1234-5678"]], password="1234"))
    async with at_desk(shop) as hands:
        await bring(hands, path)
        assert t("ask.password_needed") in hands.text
        await hands.type("4321")
        assert "4321" not in hands.text
        await hands.press("enter")
        assert t("ask.wrong_password") in hands.text
        await hands.type("1234")
        await hands.press("enter")
        assert hands.on_top == "Columns"
