"""The morning list under the fingers: read, begin, put away, take back."""

from dataclasses import replace

from cxdesk.domain.changes import insert
from cxdesk.domain.moments import DAY
from cxdesk.domain.records import Customer, Purchase
from cxdesk.domain.words import PurchaseState
from cxdesk.i18n import t
from tests.screens.hands import Shop, at_desk


def late_parcel(shop: Shop, who: str) -> Customer:
    customer = shop.know(who)
    key = shop.desk.mint()
    state = PurchaseState.SHIPPING
    made = Purchase(
        key, customer.id, key, "울 니트", 39_000, "KRW", shop.clock() - 6 * DAY, state=state, external_id=key
    )
    shop.desk.commit("buy", (insert(made),), undoable=False)
    return customer


async def test_enter_begins_a_contact_with_the_first_sentence_ready(shop: Shop) -> None:
    late_parcel(shop, "김민지 010-1234-5678")
    async with at_desk(shop) as hands:
        await hands.press("g", "t")
        assert "늦은 배송" in hands.text
        assert "안녕하세요, 김민지 고객님." in hands.text
        assert "점수 42 = 늦은 배송 40 · 늦은 만큼 +2" in hands.text
        await hands.press("enter")
        assert hands.on_top == "DeskScreen"
        assert hands.open_ticket is not None
        assert hands.draft.startswith("안녕하세요, 김민지 고객님.")
        await hands.press("escape", "escape", "g", "t")
        assert t("morning.none") in hands.text


async def test_what_is_put_away_is_gone_and_z_brings_it_back(shop: Shop) -> None:
    for who in ("김민지 010-1234-5678", "박서준 010-1111-2222"):
        late_parcel(shop, who)
    async with at_desk(shop) as hands:
        await hands.press("g", "t", "x")
        assert ("김민지" in hands.text) is not ("박서준" in hands.text)
        assert t("morning.dismissed") in hands.text
        await hands.press("z")
        assert "김민지" in hands.text
        assert "박서준" in hands.text
        await hands.press("ㄷ")
        assert t("morning.head", n=1, done=1) in hands.text
        await hands.press("y")
        assert hands.app.clipboard.startswith("안녕하세요,")
        await hands.press("f4")
        assert "고객님" in hands.text
        assert "김민지" not in hands.text
        await hands.press("f4", "o")
        assert hands.on_top == "Person"


async def test_when_the_days_work_is_done_the_rest_waits_until_tomorrow(shop: Shop) -> None:
    shop.desk.settings = replace(shop.desk.settings, morning=replace(shop.desk.settings.morning, capacity=1))
    for who in ("김민지 010-1234-5678", "박서준 010-1111-2222"):
        late_parcel(shop, who)
    async with at_desk(shop) as hands:
        await hands.press("g", "t")
        assert t("morning.more", n=1).strip(" ·") in hands.text
        await hands.press("e")
        assert t("morning.all_done", n=1) in hands.text
