import csv
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cxdesk.domain.moments import instant
from cxdesk.imports.choose import from_pairs
from cxdesk.imports.ids import belongs_to
from cxdesk.imports.maps import ColumnMap
from cxdesk.imports.reasons import REASONS, REJECTS, REMARKS, ImportRefused
from cxdesk.imports.rejects import place_for
from cxdesk.storage import check, search
from tests.imports.conftest import NOW, Desk
from tests.imports.test_files import workbook
from tests.looking import derived

Write = Callable[..., Path]

UCI = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
UCI_ROWS = (
    "536365,85123A,WHITE HOLDER,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom\n"
    "536365,85123A,WHITE HOLDER,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom\n"
    "536414,22139,,56,2010-12-01 11:52:00,0.0,,United Kingdom\n"
    "C536379,D,Discount,-1,2010-12-01 09:41:00,27.5,14527.0,United Kingdom\n"
)

SMART: list[object] = [
    *("상품주문번호", "주문번호", "구매자명", "구매자ID", "수취인명", "주문상태", "상품명", "옵션정보", "수량"),
    *("최종 상품별 총 주문금액", "통합배송지", "구매자연락처", "구매자 주민등록번호", "개인통관고유부호", "주문일시"),
]
ORDER: list[object] = [
    *(2026112112345678, 2026112187654321, "김민지", "minj****", "김민지", "배송중", "린넨 셔츠", "M / 화이트", 1),
    *(39000, "서울 마포구 양화로 1", "010-1234-5678", "900101-2000000", "P123456789012", "2026-11-21 14:03:05"),
]

SHOPIFY = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Total,Created at,Lineitem quantity,Lineitem name,"
    "Lineitem price,Lineitem discount,Billing Name,Billing Address1,Billing City,Phone,Cancelled at\n"
)
SHOPIFY_ROWS = (
    "#1051,mina@example.com,paid,x,fulfilled,USD,55.00,2025-12-06 10:37:33 -0500,2,Mug,10.00,0.50,Mina Cho,"
    "1 Main St,Boston,'+1 617 555 0100,\n"
    "#1051,mina@example.com,,,,,,2025-12-06 10:37:33 -0500,1,Teapot,35.50,0,,,,,\n"
    "#1052,joe@example.com,refunded,x,,USD,5.00,2025-12-07 09:00:00 -0500,1,Spoon,5.00,0,,,,,\n"
)


def people(**more: str) -> ColumnMap:
    header = ("이름", "전화", "메일", "번호", "주소", "메모")
    fields = ("customer.name", "customer.phone", "customer.email", "customer.id", "customer.address", "note")
    return from_pairs(zip(header, fields, strict=True), header, **more)


def orders(*names: str) -> tuple[ColumnMap, str]:
    fields = {
        "주문": "purchase.order_no",
        "품목": "purchase.item_no",
        "일시": "purchase.ordered_at",
        "금액": "purchase.amount",
        "이름": "customer.name",
        "전화": "customer.phone",
        "메일": "customer.email",
        "상태": "purchase.state",
        "상품": "purchase.product",
        "수량": "purchase.quantity",
    }
    return from_pairs([(name, fields[name]) for name in names], names), ",".join(names) + "\n"


def counts(result: Any) -> tuple[int, int, int, int]:
    assert result.rows == result.new + result.changed + result.same + result.rejected
    return result.new, result.changed, result.same, result.rejected


def test_order_lines_of_the_real_retail_file_come_in_whole(desk: Desk, write: Write) -> None:
    assert counts(desk.bring_in(write(UCI + UCI_ROWS))) == (4, 0, 0, 0)
    london = instant(datetime(2010, 12, 1, 8, 26, tzinfo=ZoneInfo("Europe/London")))
    assert desk.rows("SELECT external_id, amount, currency, quantity, state, ordered_at FROM purchase LIMIT 2") == [
        ("536365/85123A", 1530, "GBP", 6, "delivered", london),
        ("536365/85123A/2", 1530, "GBP", 6, "delivered", london),
    ]
    assert desk.rows("SELECT quantity, amount, state FROM purchase WHERE order_no = 'C536379'") == [
        (-1, -2750, "returned")
    ]
    assert desk.rows("SELECT count(*) FROM purchase WHERE customer_id IS NULL") == [(1,)]


def test_somebody_without_a_name_is_called_by_their_number(desk: Desk, write: Write) -> None:
    desk.bring_in(write(UCI + UCI_ROWS))
    assert desk.rows("SELECT name, source, external_id FROM customer ORDER BY name") == [
        ("#14527", "uci_online_retail", "14527"),
        ("#17850", "uci_online_retail", "17850"),
    ]
    assert search.find_customers(desk.store.db, "17850")


def test_importing_twice_changes_nothing(desk: Desk, write: Write) -> None:
    for name, text in (("uci.csv", UCI + UCI_ROWS), ("shopify.csv", SHOPIFY + SHOPIFY_ROWS)):
        desk.bring_in(write(text, name))
        before = desk.shared()
        assert counts(desk.bring_in(write(text, name)))[:2] == (0, 0)
        assert desk.shared() == before


def test_an_overlapping_file_adds_only_what_is_new(desk: Desk, write: Write) -> None:
    rows = UCI_ROWS.splitlines(keepends=True)
    desk.bring_in(write(UCI + "".join(rows[:3])))
    assert counts(desk.bring_in(write(UCI + "".join(rows[2:])))) == (1, 0, 1, 0)


def test_a_preview_counts_as_the_import_will_and_writes_nothing(desk: Desk, write: Write) -> None:
    text = UCI + UCI_ROWS + UCI_ROWS.replace("536365", "536366") + "x,y\n"
    before = desk.shared()
    preview = desk.preview(write(text))
    assert desk.shared() == before
    assert desk.rows("SELECT count(*) FROM import_run") == [(0,)]
    outcome = desk.bring_in(write(text))
    assert counts(preview) == counts(outcome)
    assert preview.customers == outcome.customers == 2
    assert [example.code for example in preview.examples["rejected"]] == ["wrong_width"]
    assert preview.examples["new"][0].shown["purchase.product"] == "WHITE HOLDER"
    assert len(preview.examples["new"]) == 5


def test_rows_of_a_run_are_known_by_their_ids_and_reserved_once(desk: Desk, write: Write) -> None:
    outcome = desk.bring_in(write(UCI + UCI_ROWS))
    names = ("customer", "identity", "purchase", "note")
    ids = [row[0] for name in names for row in desk.rows(f"SELECT id FROM {name}")]  # noqa: S608
    assert len(ids) == len(set(ids)) == sum(outcome.added.values())
    assert all(belongs_to(row, outcome.run_id) for row in ids)
    assert desk.rows("SELECT ent, ent_id, k, span FROM outbox") == [("import", outcome.run_id, "bulk", len(ids))]
    assert desk.rows(
        "SELECT id, file_name, map, started_at, finished_at, added, changed, same, rejected FROM import_run"
    ) == [(outcome.run_id, "file.csv", "uci_online_retail", NOW + 1, NOW + 9, 4, 0, 0, 0)]


def test_figures_and_search_rows_are_those_a_rebuild_would_make(desk: Desk, write: Write) -> None:
    desk.bring_in(write(SHOPIFY + SHOPIFY_ROWS, "shopify.csv"))
    desk.bring_in(
        write("이름,전화,메일,번호,주소,메모\n김민지,010-1234-5678,,7,,포장이 예쁘다\n", "people.csv"), people()
    )
    desk.bring_in(write(UCI + UCI_ROWS, "uci.csv"))
    before = derived(desk.store.db)
    with desk.store.transaction() as db:
        check.rebuild(db)
    assert derived(desk.store.db) == before
    assert search.find_text(desk.store.db, "예쁘")
    indexes = desk.rows("SELECT name FROM sqlite_master WHERE tbl_name = 'purchase' AND type = 'index'")
    assert {"purchase_key", "purchase_customer", "purchase_order"} <= {row[0] for row in indexes}


@pytest.fixture
def smartstore(write: Write) -> Path:
    spread: list[object] = ["다운로드 받은 파일로 '엑셀 일괄발송' 처리하는 방법", *[""] * (len(SMART) - 1)]
    return write(workbook([spread, SMART, ORDER], password="naver1!"), "smartstore.xlsx")


def test_a_locked_smartstore_file_comes_in(desk: Desk, smartstore: Path) -> None:
    assert counts(desk.bring_in(smartstore, password="naver1!")) == (1, 0, 0, 0)
    assert desk.rows("SELECT order_no, external_id, product, option, amount, currency, state FROM purchase") == [
        ("2026112187654321", "2026112112345678", "린넨 셔츠", "M / 화이트", 39000, "KRW", "shipping")
    ]
    assert desk.rows("SELECT name, address, external_id FROM customer") == [("김민지", "서울 마포구 양화로 1", None)]
    assert desk.rows("SELECT kind, value, shown FROM identity") == [("phone", "01012345678", "010-1234-5678")]
    assert search.find_customers(desk.store.db, "5678")


def test_numbers_no_desk_may_keep_are_dropped_and_reported(desk: Desk, smartstore: Path) -> None:
    outcome = desk.bring_in(smartstore, password="naver1!")
    assert [r.values["column"] for r in outcome.remarks if r.code == "dropped_column"] == [
        "구매자 주민등록번호",
        "개인통관고유부호",
    ]
    everything = "\n".join(desk.store.db.iterdump())
    assert "900101" not in everything
    assert "P1234567" not in everything


def test_numbers_no_desk_may_keep_are_not_in_the_rejects_either(desk: Desk, write: Write) -> None:
    spoilt = [*ORDER[:8], "many", *ORDER[9:]]
    outcome = desk.bring_in(write(workbook([SMART, spoilt])))
    assert outcome.rejects is not None
    assert "900101" not in outcome.rejects.read_text("utf-8")


def test_a_present_for_somebody_else_does_not_move_the_buyer(desk: Desk, write: Write) -> None:
    desk.bring_in(write(workbook([SMART, [*ORDER[:4], "박서준", *ORDER[5:]]])))
    assert desk.rows("SELECT address FROM customer") == [(None,)]


def test_an_order_that_moved_on_becomes_an_update(desk: Desk, write: Write) -> None:
    desk.bring_in(write(workbook([SMART, ORDER])))
    outcome = desk.bring_in(write(workbook([SMART, [*ORDER[:5], "구매확정", *ORDER[6:]]])))
    assert counts(outcome) == (0, 1, 0, 0)
    assert desk.rows("SELECT state FROM purchase") == [("delivered",)]
    assert desk.rows("SELECT ent, k FROM outbox ORDER BY n") == [("import", "bulk"), ("purchase", "set")]


def test_an_older_file_does_not_take_an_order_back(desk: Desk, write: Write) -> None:
    desk.bring_in(write(workbook([SMART, [*ORDER[:5], "배송완료", *ORDER[6:]]])))
    outcome = desk.bring_in(write(workbook([SMART, ORDER])))
    assert counts(outcome) == (0, 0, 1, 0)
    assert [(r.code, dict(r.values)) for r in outcome.remarks if r.code == "older_state"] == [
        ("older_state", {"count": 1})
    ]


def test_a_state_nobody_knows_is_reported_and_the_order_kept(desk: Desk, write: Write) -> None:
    outcome = desk.bring_in(write(workbook([SMART, [*ORDER[:5], "수거중", *ORDER[6:]]])))
    assert [dict(r.values) for r in outcome.remarks if r.code == "unknown_state"] == [{"value": "수거중", "count": 1}]
    assert desk.rows("SELECT state FROM purchase") == [("paid",)]


def test_later_rows_of_a_shopify_order_belong_to_its_buyer(desk: Desk, write: Write) -> None:
    outcome = desk.bring_in(write(SHOPIFY + SHOPIFY_ROWS))
    assert counts(outcome) == (3, 0, 0, 0)
    assert desk.rows(
        "SELECT p.product, p.amount, p.currency, p.state, c.name, c.address FROM purchase p JOIN customer c"
        " ON c.id = p.customer_id ORDER BY p.id"
    ) == [
        ("Mug", 1950, "USD", "shipping", "Mina Cho", "1 Main St Boston"),
        ("Teapot", 3550, "USD", "shipping", "Mina Cho", "1 Main St Boston"),
        ("Spoon", 500, "USD", "returned", "#joe", None),
    ]
    assert ("phone", "+16175550100") in desk.rows("SELECT kind, value FROM identity")


def test_one_person_is_found_again_by_telephone_or_mail_across_files(desk: Desk, write: Write) -> None:
    desk.bring_in(write("이름,전화,메일,번호,주소,메모\n김민지,010-1234-5678,mj@example.com,,,\n"), people())
    map_, header = orders("주문", "일시", "금액", "이름", "전화", "메일")
    outcome = desk.bring_in(
        write(header + "1,2026-01-02,5000,김민지,+82 10 1234 5678,\n2,2026-01-03,6000,김민지,,MJ@example.com\n"), map_
    )
    assert (counts(outcome), outcome.customers) == ((2, 0, 0, 0), 0)
    assert desk.rows("SELECT orders, spent FROM customer_summary") == [(2, 11000)]


@pytest.mark.parametrize("number", ["0504-1234-5678", "010-****-5678"])
def test_safe_and_masked_numbers_never_join_two_people(desk: Desk, write: Write, number: str) -> None:
    map_, header = orders("주문", "일시", "금액", "이름", "전화")
    text = write(header + f"1,2026-01-02,5000,김민지,{number}\n2,2026-01-03,6000,박서준,{number}\n")
    assert desk.bring_in(text, map_).customers == 2
    assert counts(desk.bring_in(text, map_)) == (0, 0, 2, 0)
    assert desk.rows("SELECT count(*) FROM identity WHERE value LIKE '%*%'") == [(0,)]


def test_two_accounts_of_one_shop_stay_two_though_they_share_a_telephone(desk: Desk, write: Write) -> None:
    rows = "이름,전화,메일,번호,주소,메모\n김민지,010-1234-5678,,1,,\n김철수,010-1234-5678,,2,,\n"
    assert desk.bring_in(write(rows), people()).customers == 2
    assert counts(desk.bring_in(write(rows), people())) == (0, 0, 2, 0)


def test_masked_values_give_way_to_real_ones_and_never_the_other_way(desk: Desk, write: Write) -> None:
    head = "이름,전화,메일,번호,주소,메모\n"
    for row, name, address in (
        (",,,7,,", "#7", None),
        ("김*지,,,7,서울 마***,", "김*지", None),
        ("김민지,010-1234-5678,,7,서울 마포구,", "김민지", "서울 마포구"),
        ("김*지,010-****-5678,mi***@example.com,7,부산 ***,", "김민지", "서울 마포구"),
        ("김민서,,,7,부산 해운대구,", "김민지", "서울 마포구"),
    ):
        desk.bring_in(write(head + row + "\n"), people())
        assert desk.rows("SELECT name, address FROM customer") == [(name, address)]
    assert desk.rows("SELECT value FROM identity") == [("01012345678",)]


def test_a_customer_first_met_by_telephone_learns_the_id_of_the_shop(desk: Desk, write: Write) -> None:
    head = "이름,전화,메일,번호,주소,메모\n"
    desk.bring_in(write(head + "김민지,010-1234-5678,,,,\n"), people())
    desk.bring_in(write(head + "김민지,010-1234-5678,,A7,,\n"), people())
    assert counts(desk.bring_in(write(head + "김민지,,,A7,,\n"), people())) == (0, 0, 1, 0)
    assert search.find_customers(desk.store.db, "a7")


def test_a_merged_customer_is_found_as_the_one_they_became(desk: Desk, write: Write) -> None:
    head = "이름,전화,메일,번호,주소,메모\n"
    desk.bring_in(write(head + "김민지,,,1,,\n김민지,,,2,,\n"), people())
    first, second = [row[0] for row in desk.rows("SELECT id FROM customer ORDER BY external_id")]
    with desk.store.transaction() as db:
        db.execute("UPDATE customer SET merged_into = ? WHERE id = ?", (second, first))
    desk.bring_in(write(head + "김민지,010-1234-5678,,1,,\n"), people())
    assert desk.rows("SELECT customer_id FROM identity") == [(second,)]


def test_a_purchase_without_a_buyer_gets_the_one_a_later_file_knows(desk: Desk, write: Write) -> None:
    map_, header = orders("주문", "일시", "금액", "전화")
    desk.bring_in(write(header + "1,2026-01-02,5000,\n"), map_)
    assert counts(desk.bring_in(write(header + "1,2026-01-02,5000,010-1234-5678\n"), map_)) == (0, 1, 0, 0)
    assert desk.rows("SELECT orders, spent FROM customer_summary") == [(1, 5000)]


def test_notes_are_taken_once(desk: Desk, write: Write) -> None:
    text = "이름,전화,메일,번호,주소,메모\n김민지,,,1,,포장이 예쁘다\n김민지,,,1,,포장이 예쁘다\n"
    assert counts(desk.bring_in(write(text), people())) == (1, 0, 1, 0)
    assert counts(desk.bring_in(write(text), people())) == (0, 0, 2, 0)
    assert desk.rows("SELECT body FROM note") == [("포장이 예쁘다",)]


def test_what_contradicts_the_ledger_is_rejected(desk: Desk, write: Write) -> None:
    map_, header = orders("주문", "일시", "금액")
    desk.bring_in(write(header + "1,2026-01-02,5000\n"), map_)
    outcome = desk.bring_in(write(header + "1,2026-01-02,6000\n"), map_)
    assert counts(outcome) == (0, 0, 0, 1)
    assert desk.rows("SELECT amount FROM purchase") == [(5000,)]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("1,2026-01-02,5000", "wrong_width"),
        ("1,2026-01-02,5000,1,x,y", "wrong_width"),
        (",2026-01-02,5000,1,x", "missing"),
        ("1,,5000,1,x", "missing"),
        ("1,2026-01-02,,1,x", "missing"),
        ("1,yesterday,5000,1,x", "bad_date"),
        ("1,03/04/2026,5000,1,x", "ambiguous_date"),
        ("1,2026-01-02,free,1,x", "bad_money"),
        ("1,2026-01-02,5000.50,1,x", "bad_money"),
        ("1,2026-01-02,QQQ 5,1,x", "unknown_currency"),
        ("1,2026-01-02,1.234,1,x", "ambiguous_money"),
        ("1,2026-01-02,5000,few,x", "bad_quantity"),
        ("1,2026-01-02,99999999999999999999,1,x", "too_large"),
        ("9" * 400 + ",2026-01-02,5000,1,x", "too_long"),
    ],
)
def test_a_row_that_cannot_be_taken_is_kept_aside_with_its_reason(
    desk: Desk, write: Write, row: str, code: str
) -> None:
    map_, header = orders("주문", "일시", "금액", "수량", "상품")
    outcome = desk.bring_in(write(header + "0,2026-01-02,5000,1,셔츠\n" + row + "\n"), map_)
    assert counts(outcome) == (1, 0, 0, 1)
    assert outcome.rejects is not None
    with outcome.rejects.open(encoding="utf-8-sig", newline="") as file:
        _, (number, said, sentence, *cells) = csv.reader(file)
    assert (number, said) == ("3", code)
    assert all(f"'{name}'" in sentence for name in REJECTS[code])
    assert [cell.removeprefix("'") for cell in cells] == row.split(",")
    assert outcome.rejects.read_bytes().startswith(b"\xef\xbb\xbf")
    assert outcome.rejects.stat().st_mode & 0o077 == 0


def test_a_mended_file_of_rejects_can_be_imported(desk: Desk, write: Write) -> None:
    map_, header = orders("주문", "일시", "금액", "상품")
    outcome = desk.bring_in(write(header + "1,soon,5000,=SUM(A1)\n"), map_)
    assert outcome.rejects is not None
    text = outcome.rejects.read_text("utf-8-sig")
    assert "'=SUM(A1)" in text
    assert counts(desk.bring_in(write(text.replace(",soon,", ",2026-01-02,"), "again.csv"), map_)) == (1, 0, 0, 0)
    assert desk.rows("SELECT product FROM purchase") == [("=SUM(A1)",)]


def test_somebody_nothing_could_find_again_is_rejected(desk: Desk, write: Write) -> None:
    outcome = desk.bring_in(write("이름,전화,메일,번호,주소,메모\n김민지,0504-1234-5678,,,서울,\n"), people())
    assert counts(outcome) == (0, 0, 0, 1)


def test_a_file_without_rejects_leaves_no_file(desk: Desk, write: Write) -> None:
    assert desk.bring_in(write(UCI + UCI_ROWS)).rejects is None
    assert not list(desk.folder.glob("rejected*"))


def test_rejects_go_beside_the_source_under_a_name_that_is_free(tmp_path: Path) -> None:
    source = tmp_path / "orders.csv.gz"
    assert place_for(source, tmp_path) == tmp_path / "orders.rejected.csv"
    (tmp_path / "orders.rejected.csv").touch()
    assert place_for(source, tmp_path) == tmp_path / "orders.rejected-1.csv"


def long_file(write: Write) -> Path:
    return write(UCI + "".join(f"{n},A,Mug,1,2010-12-01,2.5,{n % 7},UK\n" for n in range(5000)) + "x\n")


def test_progress_is_told_and_cancelling_leaves_everything_as_it_was(desk: Desk, write: Write) -> None:
    desk.bring_in(write(UCI + UCI_ROWS, "first.csv"))
    before, seen = desk.shared(), []
    with pytest.raises(ImportRefused, match="cancelled"):
        desk.bring_in(
            long_file(write), progress=lambda done, total: seen.append((done, total)), cancelled=lambda: len(seen) == 3
        )
    assert seen == [(2000, None), (4000, None), (5001, None)]
    assert desk.shared() == before
    assert not list(desk.folder.glob("rejected*"))
    assert len(desk.rows("SELECT * FROM import_run")) == 1


def test_an_import_that_breaks_off_leaves_everything_as_it_was(desk: Desk, write: Write) -> None:
    before = desk.shared()

    def power_cut(done: int, _total: int | None) -> None:
        if done > 2000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.bring_in(long_file(write), progress=power_cut)
    assert desk.shared() == before
    assert desk.rows("SELECT count(*) FROM sqlite_master WHERE name IN ('purchase_customer', 'purchase_order')") == [
        (2,)
    ]
    assert counts(desk.bring_in(long_file(write))) == (5000, 0, 0, 1)


def test_a_file_that_changed_since_its_preview_is_not_imported(desk: Desk, write: Write) -> None:
    job = desk.job(write(UCI + UCI_ROWS))
    write(UCI)
    with pytest.raises(ImportRefused, match="file_changed"):
        desk.apply(job)
    assert desk.rows("SELECT count(*) FROM purchase") == [(0,)]


def test_a_cell_that_would_move_the_cursor_is_made_harmless_at_the_door(desk: Desk, write: Write) -> None:
    desk.bring_in(write("이름,전화,메일,번호,주소,메모\n\x1b[2J김민지,,,1,,a\x07b\u202ec\n"), people())
    assert desk.rows("SELECT name FROM customer") == [("␛[2J김민지",)]
    assert desk.rows("SELECT body FROM note") == [("a␇bc",)]


def test_two_columns_of_one_name_are_reported(desk: Desk, write: Write) -> None:
    map_, _ = orders("주문", "일시", "금액")
    outcome = desk.bring_in(write("주문,일시,금액,금액,기타\n1,2026-01-02,5000,7000,x\n"), map_)
    assert desk.rows("SELECT amount FROM purchase") == [(5000,)]
    assert {(r.code, str(r.values["column"])) for r in outcome.remarks} == {
        ("double_column", "금액"),
        ("unused_column", "금액"),
        ("unused_column", "기타"),
    }
    assert all(set(r.values) == set(REMARKS[r.code]) for r in outcome.remarks)


def test_a_file_without_a_needed_column_is_refused(desk: Desk, write: Write) -> None:
    map_, _ = orders("주문", "일시", "금액")
    with pytest.raises(ImportRefused) as refused:
        desk.bring_in(write("주문,일시\n1,2026-01-02\n"), map_)
    assert refused.value.code == "map_incomplete"
    assert set(refused.value.values) == set(REASONS["map_incomplete"])


def test_states_of_a_file_mapped_by_hand_are_read_by_the_usual_words(desk: Desk, write: Write) -> None:
    map_, header = orders("주문", "일시", "금액", "상태")
    desk.bring_in(write(header + "1,2026-01-02,5000,배송중\n2,2026-01-02,5000,Refunded\n3,2026-01-02,5000,\n"), map_)
    assert desk.rows("SELECT state FROM purchase ORDER BY order_no") == [("shipping",), ("returned",), ("paid",)]
