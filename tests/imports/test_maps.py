from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from cxdesk.domain.records import Customer, Identity, Note, Purchase
from cxdesk.imports.binding import Binding
from cxdesk.imports.choose import choose_map, from_pairs, to_toml
from cxdesk.imports.fields import FIELDS
from cxdesk.imports.maps import ColumnMap, load_maps, read_map
from cxdesk.imports.reasons import REASONS, REFUSALS, REJECTS, REMARKS, ImportRefused
from cxdesk.imports.suggest import suggest
from cxdesk.imports.synonyms import shipped_maps, synonyms
from cxdesk.imports.table import read_file

Write = Callable[..., Path]
MAPS = {map_.id: map_ for map_ in load_maps(shipped_maps())}

SMARTSTORE_2021 = (
    "상품주문번호,주문번호,배송방법(구매자 요청),배송방법,택배사,송장번호,발송일,판매채널,구매자명,구매자ID,수취인명,"
    "주문상태,주문세부상태,결제위치,결제일,상품번호,상품명,상품종류,옵션정보,옵션관리코드,수량,옵션가격,상품가격,"
    "상품별 할인액,상품별 총 주문금액,배송지,구매자연락처,구매자 주민등록번호,개인통관고유부호,주문일시"
)


def test_every_shipped_map_can_be_read_and_says_what_it_is() -> None:
    assert {"smartstore", "coupang", "cafe24_orders", "shopify_orders", "vcard"} <= set(MAPS)
    assert all(set(map_.label) == {"ko", "en"} and map_.signature for map_ in MAPS.values())


@pytest.mark.parametrize("map_", MAPS.values(), ids=str)
def test_a_map_written_out_is_read_back_the_same(map_: ColumnMap, tmp_path: Path) -> None:
    path = tmp_path / f"{map_.id}.toml"
    path.write_text(to_toml(map_), "utf-8")
    assert read_map(path) == map_


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country", "uci_online_retail"),
        ("Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country", "uci_online_retail"),
        (SMARTSTORE_2021, "smartstore"),
        ("상품주문번호,배송속성,주문번호,최종 상품별 총 주문금액,옵션정보,구매자명", "smartstore"),
        ("Name,Email,Financial Status,Created at,Lineitem quantity,Lineitem name,Lineitem price", "shopify_orders"),
        ("품목주문번호,주문번호,주문자명,상품명", None),
        ("이름,연락처", None),
    ],
)
def test_a_file_is_known_by_its_header(write: Write, header: str, name: str | None) -> None:
    cells = "," * header.count(",")
    table = read_file(write(f"이렇게 하세요{cells}\n{header}\nx{cells}\n"))
    choice = choose_map(table, list(MAPS.values()))
    assert (choice and choice.map.id) == name
    assert choice is None or choice.header_row == 2


def test_fields_and_reasons_have_one_list() -> None:
    assert {field for map_ in MAPS.values() for field in map_.fields} <= set(FIELDS)
    assert set(synonyms().columns) <= set(FIELDS)
    assert len(REASONS) == len(REFUSALS) + len(REJECTS) + len(REMARKS)


def test_rows_are_handed_over_in_the_order_of_the_records() -> None:
    """``plan`` writes its tuples by hand."""
    names = {kind: [field.name for field in fields(kind)] for kind in (Customer, Identity, Note, Purchase)}
    assert names[Purchase] == (
        [
            "id",
            "customer_id",
            "order_no",
            "product",
            "amount",
            "currency",
            "ordered_at",
            "quantity",
            "option",
            "state",
            "gift",
            "source",
            "external_id",
        ]
    )
    assert names[Customer] == [
        "id",
        "name",
        "language",
        "address",
        "source",
        "external_id",
        "merged_into",
        "created_at",
    ]
    assert names[Identity] == ["id", "customer_id", "kind", "value", "shown", "created_at"]
    assert names[Note] == ["id", "customer_id", "body", "created_at", "agent_id", "ticket_id", "amends"]


HEADER = ("주문번호", "주문일", "주문자명", "휴대폰", "상품명", "수량", "결제금액(KRW)", "메모", "주민등록번호")
SAMPLE = [("A-1", "21/11/2026", "김민지", "010-1234-5678", "셔츠", "1", "39,000", "", "900101-2000000")]


def test_columns_are_guessed_by_their_korean_names() -> None:
    guess = suggest(HEADER, SAMPLE)
    assert {field: column for column, field in guess.pairs} == {
        "purchase.order_no": "주문번호",
        "purchase.ordered_at": "주문일",
        "customer.name": "주문자명",
        "customer.phone": "휴대폰",
        "purchase.product": "상품명",
        "purchase.quantity": "수량",
        "purchase.amount": "결제금액(KRW)",
        "note": "메모",
    }
    assert (guess.missing, guess.date_order) == ((), "dmy")


def test_columns_are_guessed_in_english_and_by_their_cells() -> None:
    guess = suggest(("Who", "Reach", "Write to"), [("Kim", "010-1234-5678", "kim@example.com")] * 3)
    assert guess.pairs == (("Reach", "customer.phone"), ("Write to", "customer.email"))
    assert suggest(("Order ID", "Date", "Item", "Price"), []).missing == ()
    assert suggest(("Order ID", "Item"), []).missing == ("purchase.ordered_at", "purchase.amount")


def test_pairs_make_a_map_with_a_key_of_its_own() -> None:
    map_ = from_pairs(suggest(HEADER, SAMPLE).pairs, HEADER, currency="KRW")
    assert (map_.key, map_.occurrence) == (("purchase.order_no", "purchase.product"), True)
    assert Binding(map_, HEADER).private == {8}


@pytest.mark.parametrize(
    ("pairs", "code"),
    [
        ([("없는 열", "note")], "no_column"),
        ([("메모", "memo")], "unknown_field"),
        ([("주민등록번호", "note")], "private_column"),
        ([("메모", "note")], "map_incomplete"),
        ([("주문번호", "purchase.order_no")], "map_incomplete"),
        ([("주문자명", "-")], "map_incomplete"),
    ],
)
def test_pairs_that_cannot_work_are_refused(pairs: list[tuple[str, str]], code: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        from_pairs(pairs, HEADER)
    assert refused.value.code == code
    assert set(refused.value.values) == set(REFUSALS[code])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("source = ", "bad_map"),
        ("[columns]", "bad_map"),
        ("source = 'x'\nwhat = 1", "bad_map"),
        ("source = 'x'\n[columns]\n'customer.nam' = 'a'", "unknown_field"),
        ("source = 'x'\ntime_zone = 'Mars/Base'\n[columns]\n'customer.name' = 'a'", "bad_map"),
        ("source = 'x'\n[[state]]\ncolumn = 'a'\nfilled = 'gone'\n[columns]\n'customer.name' = 'a'", "bad_map"),
        ("source = 'x'\n[columns]\n'customer.name' = 3", "bad_map"),
    ],
)
def test_a_map_with_a_mistake_is_refused_by_name(write: Write, text: str, code: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        read_map(write(text, "mine.toml"))
    assert refused.value.code == code
    assert set(refused.value.values) == set(REFUSALS[code])
