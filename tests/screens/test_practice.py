"""Practice, key by key."""

from cxdesk.i18n import t
from tests.screens.hands import Shop, at_desk, words

GOOD = "많이 놀라셨겠어요. 언제 쓰실 건가요? ① 새것 ② 환불, 골라 주세요. 오늘 오후 5시까지 전화드리겠습니다."


async def test_a_customer_is_chosen_by_typing_and_speaks_first(shop: Shop) -> None:
    async with at_desk(shop) as hands:
        await hands.press("g", "p")
        assert hands.on_top == "ChoosePractice"
        await hands.type("생일")
        await hands.press("enter")
        assert hands.on_top == "PracticeScreen"
        assert "여드레예요" in hands.text
        assert t("practice.step.acknowledge") in hands.text


async def test_a_good_reply_ends_it_and_shows_what_was_behind_it(shop: Shop) -> None:
    async with at_desk(shop, size=(120, 36)) as hands:
        await hands.press("g", "p")
        await hands.type("그릇")
        await hands.press("enter")
        assert "집들이에 쓸" not in hands.text
        await hands.type(GOOD)
        await hands.press("ctrl+s")
        assert "집들이에 쓸" in hands.text
        assert t("practice.points", points=100, n=1) in hands.text
        assert t("practice.content", name="배수아") in hands.text


async def test_the_reply_check_helps_here_too(shop: Shop) -> None:
    async with at_desk(shop) as hands:
        await hands.press("g", "p", "enter")
        await hands.type("상품를 보냈어요.")
        screen = hands.app.screen
        assert t("advice.wrong-josa") in words(screen.advice)  # type: ignore[attr-defined]
        await hands.press("tab")
        assert screen.composer.text == "상품을 보냈어요."  # type: ignore[attr-defined]
        await hands.type(" {? 시각 ?}")
        await hands.press("ctrl+s")
        assert screen.play.replies == 0  # type: ignore[attr-defined]


async def test_nothing_is_kept_but_the_lines_that_are_kept_by_key(shop: Shop) -> None:
    async with at_desk(shop, size=(120, 36)) as hands:
        before = list(shop.store.db.iterdump())
        await hands.press("g", "p", "enter")
        await hands.type(GOOD)
        await hands.press("ctrl+s")
        assert list(shop.store.db.iterdump()) == before
        await hands.press("ㅏ", "enter")
        assert hands.on_top == "PracticeScreen"
        await hands.type("네.")
        await hands.press("ctrl+s")
        assert "많이 놀라셨겠어요" in hands.text
        changed = set(shop.store.db.iterdump()) - set(before)
        assert all("local" in statement and "practice." in statement for statement in changed)


async def test_escape_goes_back_to_the_customers_and_again_to_the_desk(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n", "g", "p", "enter", "escape")
        assert hands.on_top == "ChoosePractice"
        await hands.press("escape")
        assert hands.on_top == "DeskScreen"
        assert hands.open_ticket is not None
        assert hands.open_ticket.id == ticket.id


async def test_a_long_talk_is_scrolled_by_the_page(shop: Shop) -> None:
    async with at_desk(shop, size=(80, 24)) as hands:
        await hands.press("g", "p", "enter")
        for _ in range(4):
            await hands.type("네.")
            await hands.press("ctrl+s")
        talk = hands.app.screen.talk  # type: ignore[attr-defined]
        at = talk.scroll_offset.y
        await hands.press("pageup")
        assert talk.scroll_offset.y < at
