"""A small invented file of every program we know: recognised by its header, and what becomes of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cxdesk.imports.choose import choose_map
from cxdesk.imports.maps import load_maps
from cxdesk.imports.run import Outcome
from cxdesk.imports.synonyms import shipped_maps
from cxdesk.imports.table import read_file
from tests.imports.conftest import Desk
from tests.imports.test_run import counts

Write = Callable[..., Path]

COUPANG = (
    "번호,묶음배송번호,주문번호,택배사,운송장번호,주문일,등록상품명,등록옵션명,옵션ID,결제액,"
    "구매수(수량),구매자,구매자이메일,"
    "구매자전화번호,수취인이름,수취인전화번호,우편번호,수취인 주소,배송메세지,구매확정일자,개인통관번호(PCCC)\n"
    "1,700001,30001,,,2026-11-20 10:00:00,린넨 셔츠,M 화이트,901,39000,1,김민지,,0503-1234-5678,김민지,0503-1234-5678,"
    "04000,서울 마포구 양화로 1,문 앞,,P123456789012\n"
    "2,700001,30001,CJ,123,2026-11-20 10:00:00,린넨 셔츠,L 화이트,902,39000,1,김민지,,"
    "0503-1234-5678,김민지,0503-1234-5678,"
    "04000,서울 마포구 양화로 1,문 앞,,P123456789012\n"
)
CAFE24 = (
    "주문번호,품목별 주문번호,주문일시,주문상품명(한국어 쇼핑몰),상품옵션,수량,상품구매금액(KRW),"
    "주문자명,주문자 휴대전화,수령인,주문상태\n"
    '20261120-0000123,20261120-0000123-01,2026-11-20 10:00:00,린넨 셔츠,M,2,"78,000",김민지,'
    "010-1234-5678,김민지,배송중\n"
)
CAFE24_SHORT = (
    "주문번호,결제일시(입금확인일),주문상품명,수량,판매가,주문자명,주문자 이메일\n"
    "20261120-0000123,2026-11-20 10:00,린넨 셔츠,2,39000.00,김민지,mj@example.com\n"
    "20261120-0000123,2026-11-20 10:00,린넨 셔츠,2,39000.00,김민지,mj@example.com\n"
)
MEMBERS = (
    "이름,회원등급,나이,이메일,휴대폰번호,총 사용 적립금,사용가능 적립금,회원 가입일\n"
    "김민지,VIP(일반),31,mj@example.com,1012345678,0,1000,2020-01-01\n"
)
IMWEB = (
    "품목주문번호,주문번호,주문일,주문자명,수취인명,상품명,옵션정보,수량,주소,주문자 연락처,"
    "배송메세지,수취인 연락처,계정,우편번호,결제금액\n"
    "202611200001-1,202611200001,2026-11-20,김민지,박서준,린넨 셔츠,M,1,서울,010-1234-5678,,"
    "010-2345-6789,,04000,39000\n"
)
SHOPIFY_OLD = (
    "First Name,Last Name,Email,Accepts Email Marketing,Company,Address1,Address2,City,Province,Province Code,Country,"
    "Country Code,Zip,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Tags,Note,Tax Exempt\n"
    "Mina,Cho,mina@example.com,yes,,1 Main St,,Boston,Massachusetts,MA,United States,US,'02134,"
    "'+1 617 555 0100,no,55,2,,"
    "likes tea,no\n"
    ",,,no,,,,,,,,,,'+49 170 1234567,no,0,0,,,no\n"
)
SHOPIFY_NEW = (
    "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,"
    "Default Address City,Default Address Phone,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Note\n"
    "'7001,민지,김,mj@example.com,yes,,양화로 1,서울,,,no,0,0,\n"
)
WOO = (
    "order_id,order_number,order_date,status,order_total,order_currency,customer_email,billing_first_name,"
    "billing_last_name,billing_email,billing_phone,billing_address_1,billing_city,line_item_1,line_item_2\n"
    "17,17,16-05-2018 07:32:06,processing,55,USD,,Mina,Cho,mina@example.com,+1 617 555 0100,1 Main St,Boston,"
    "name:Mug | blue|product_id:12|sku:A|quantity:2|total:20.00,name:Teapot: small|product_id:13|quantity:1|total:35\n"
    "18,18,17-05-2018 07:32:06,completed,0,USD,,Joe,Doe,joe@example.com,,,,,\n"
)
IMWEB_NOW = (
    "판매채널,주문번호,주문상태,최종주문금액,주문자 이름,주문자 이메일,주문자 번호,주문섹션번호,주문섹션품목번호,"
    "구매수량,상품명,옵션명,판매가,품목실결제가,수령자명,수령자 전화번호,배송지 우편번호,주소,"
    "상세주소,배송메모,취소사유,주문일\n"
    "새봄상점,202611210002,거래종료,50000,김하늬,hn@example.com,010-1234-5678,202611210002-S1,202611210002-S1-1,2,머그,"
    "흰색,20000,38000,김하늬,010-1234-5678,04001,서울 마포구 양화로 1,2층,,,2026-11-21 14:03:05\n"
)
WOO_CUSTOMERS = (
    "Name,Username,Last active,Date registered,Email,Orders,Total spend,AOV,Country / Region,City,Region,Postal code\n"
    "Mina Cho,mina,2026-11-01,2025-01-01,mina@example.com,2,55,27.5,US,Boston,MA,02134\n"
)
SQUARE = (
    "Reference ID,First Name,Last Name,Email Address,Phone Number,Nickname,Company Name,Memo,Square Customer ID,"
    "Creation Source,First Visit\n"
    ",Mina,Cho,mina@example.com,+16175550100,,,likes tea,SQ1,Directory,2026-01-01\n"
)
GOOGLE_NEW = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,"
    "Phone 1 - Value,Address 1 - Formatted,Notes\n"
    "민지,,김,,* myContacts,* ,mj@example.com ::: minji@example.com,Mobile,010-1234-5678 ::: 02-123-4567,"
    '"양화로 1\n서울",\n'
)
GOOGLE_OLD = (
    "Name,Given Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value\n"
    "Mina Cho,Mina,Cho,* myContacts,* Home,mina@example.com,Mobile,+1 617 555 0100\n"
)
ZENDESK = (
    "Summation column,Id,Requester,Requester id,Requester external id,Requester email,Submitter,Assignee,Group,Subject,"
    "Tags,Status,Priority,Via,Created at,Updated at\n"
    "1,1201,김민지,3600,,mj@example.com,김민지,이서준,배송,일주일째 안 와요,,Solved,High,Mail,2026-03-02 10:00,\n"
    "1,1202,김민지,3600,,mj@example.com,김민지,이서준,배송,고맙습니다,,Closed,Low,Mail,2026-03-05 10:00,\n"
)
CHATWOOT = (
    "id,name,email,identifier,document_number,phone_number,labels,ip_address,company_name\n"
    "1,김민지,mj@example.com,,900101-2000000,+82 10-1234-5678,vip,10.0.0.1,\n"
    "2,박서준,sj@example.com,,+82 10-2345-6789,,,\n"
)
MAPS = load_maps(shipped_maps())


def bring_in(desk: Desk, write: Write, text: str, expected: str) -> Outcome:
    path = write(text)
    choice = choose_map(read_file(path), MAPS)
    assert choice is not None
    assert choice.map.id == expected
    outcome = desk.bring_in(path)
    assert counts(desk.bring_in(path))[:2] == (0, 0), "the same file again changes nothing"
    return outcome


def bought(desk: Desk) -> list[tuple[object, ...]]:
    return desk.rows("SELECT external_id, product, option, quantity, amount, currency, state FROM purchase ORDER BY id")


def known(desk: Desk) -> list[tuple[object, ...]]:
    return desk.rows(
        "SELECT c.name, c.address, group_concat(i.value, ' ') FROM customer AS c"
        " LEFT JOIN identity AS i ON i.customer_id = c.id GROUP BY c.id ORDER BY c.id"
    )


def test_coupang(desk: Desk, write: Write) -> None:
    outcome = bring_in(desk, write, COUPANG, "coupang")
    assert bought(desk) == [
        ("700001 901", "린넨 셔츠", "M 화이트", 1, 39000, "KRW", "paid"),
        ("700001 902", "린넨 셔츠", "L 화이트", 1, 39000, "KRW", "shipping"),
    ]
    assert known(desk) == [("김민지", "서울 마포구 양화로 1", "050312345678")]
    assert [dict(r.values) for r in outcome.remarks if r.code == "dropped_column"] == [{"column": "개인통관번호(PCCC)"}]
    assert "P1234567" not in "\n".join(desk.store.db.iterdump())


def test_two_coupang_orders_under_one_lent_number_stay_two_people(desk: Desk, write: Write) -> None:
    other = COUPANG.splitlines(keepends=True)[1].replace("700001,30001", "700002,30002").replace("김민지", "박서준")
    bring_in(desk, write, COUPANG + other, "coupang")
    assert [name for name, _, _ in known(desk)] == ["김민지", "박서준"]


def test_cafe24_orders(desk: Desk, write: Write) -> None:
    bring_in(desk, write, CAFE24, "cafe24_orders")
    assert bought(desk) == [("20261120-0000123/20261120-0000123-01", "린넨 셔츠", "M", 2, 78000, "KRW", "shipping")]
    assert known(desk) == [("김민지", None, "01012345678")]


def test_cafe24_orders_of_a_shop_that_chose_other_columns(desk: Desk, write: Write) -> None:
    bring_in(desk, write, CAFE24_SHORT, "cafe24_orders")
    assert [row[:2] for row in bought(desk)] == [
        ("20261120-0000123/린넨 셔츠", "린넨 셔츠"),
        ("20261120-0000123/린넨 셔츠/2", "린넨 셔츠"),
    ]
    assert {row[4] for row in bought(desk)} == {78000}


def test_a_column_that_names_its_currency_is_believed(desk: Desk, write: Write) -> None:
    bring_in(desk, write, CAFE24.replace("(KRW)", "(USD)").replace('"78,000"', "78.50"), "cafe24_orders")
    assert [row[4:6] for row in bought(desk)] == [(7850, "USD")]


def test_cafe24_members(desk: Desk, write: Write) -> None:
    bring_in(desk, write, MEMBERS, "cafe24_members")
    assert known(desk) == [("김민지", None, "01012345678 mj@example.com")]


def test_imweb(desk: Desk, write: Write) -> None:
    bring_in(desk, write, IMWEB, "imweb")
    assert bought(desk) == [("202611200001-1", "린넨 셔츠", "M", 1, 39000, "KRW", "paid")]
    assert known(desk) == [("김민지", None, "01012345678")], "the address is somebody else's"


def test_imweb_in_the_form_of_now(desk: Desk, write: Write) -> None:
    bring_in(desk, write, IMWEB_NOW, "imweb")
    assert bought(desk) == [("202611210002-S1-1", "머그", "흰색", 2, 38000, "KRW", "delivered")]
    assert known(desk) == [("김하늬", "서울 마포구 양화로 1 2층", "01012345678 hn@example.com")]


def test_customers_of_woocommerce(desk: Desk, write: Write) -> None:
    bring_in(desk, write, WOO_CUSTOMERS, "woocommerce_customers")
    assert known(desk) == [("Mina Cho", "Boston MA 02134 US", "mina@example.com")]


def test_shopify_customers_of_old(desk: Desk, write: Write) -> None:
    bring_in(desk, write, SHOPIFY_OLD, "shopify_customers")
    assert known(desk) == [
        ("Mina Cho", "1 Main St Boston Massachusetts 02134 United States", "+16175550100 mina@example.com"),
        ("#4567", None, "+491701234567"),
    ]
    assert desk.rows("SELECT body FROM note") == [("likes tea",)]


def test_shopify_customers_of_today(desk: Desk, write: Write) -> None:
    bring_in(desk, write, SHOPIFY_NEW, "shopify_customers")
    assert known(desk) == [("김민지", "양화로 1 서울", "mj@example.com")]
    assert desk.rows("SELECT external_id FROM customer") == [("7001",)]


def test_packed_lines_of_woocommerce(desk: Desk, write: Write) -> None:
    outcome = bring_in(desk, write, WOO, "woocommerce_orders")
    assert bought(desk) == [
        ("17/Mug | blue", "Mug | blue", "", 2, 2000, "USD", "paid"),
        ("17/Teapot: small", "Teapot: small", "", 1, 3500, "USD", "paid"),
    ]
    assert counts(outcome) == (2, 0, 0, 1), "an order without lines is put aside"
    assert known(desk)[0] == ("Mina Cho", "1 Main St Boston", "+16175550100 mina@example.com")


def test_two_packed_lines_that_contradict_the_ledger_are_both_put_aside(desk: Desk, write: Write) -> None:
    desk.bring_in(write(WOO))
    outcome = desk.bring_in(write(WOO.replace("total:20.00", "total:21.00").replace("total:35", "total:36")))
    assert counts(outcome) == (0, 0, 0, 3)


def test_square(desk: Desk, write: Write) -> None:
    bring_in(desk, write, SQUARE, "square_customers")
    assert known(desk) == [("Mina Cho", None, "+16175550100 mina@example.com")]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        (GOOGLE_NEW, ("김민지", "양화로 1 서울", "01012345678 021234567 mj@example.com minji@example.com")),
        (GOOGLE_OLD, ("Mina Cho", None, "+16175550100 mina@example.com")),
    ],
)
def test_google_contacts(desk: Desk, write: Write, text: str, person: tuple[object, ...]) -> None:
    bring_in(desk, write, text, "google_contacts")
    assert known(desk) == [person]


def test_old_tickets_of_zendesk_become_notes_of_their_day_and_no_contacts(desk: Desk, write: Write) -> None:
    bring_in(desk, write, ZENDESK, "zendesk_tickets")
    assert known(desk) == [("김민지", None, "mj@example.com")]
    notes = desk.rows("SELECT body, datetime(created_at / 1000, 'unixepoch') FROM note ORDER BY id")
    assert notes == [
        ("1201 일주일째 안 와요 Solved", "2026-03-02 01:00:00"),
        ("1202 고맙습니다 Closed", "2026-03-05 01:00:00"),
    ]
    assert desk.rows("SELECT count(*) FROM ticket") == [(0,)]


def test_a_misaligned_row_of_chatwoot_is_put_aside_and_not_shifted(desk: Desk, write: Write) -> None:
    outcome = bring_in(desk, write, CHATWOOT, "chatwoot_contacts")
    assert counts(outcome) == (1, 0, 0, 1)
    assert known(desk) == [("김민지", None, "01012345678 mj@example.com")]
    assert {r.values["column"] for r in outcome.remarks if r.code == "dropped_column"} == {
        "document_number",
        "ip_address",
    }
