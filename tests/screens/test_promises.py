"""The list of promises with its keys, and the word at the foot when one falls due."""

from cxdesk.domain.words import Language, Topic
from cxdesk.i18n import t
from tests.screens.hands import Hands, Shop, at_desk


def states(shop: Shop) -> dict[str, str]:
    return dict(shop.store.db.execute("SELECT what, state FROM follow_up ORDER BY made_at, id").fetchall())


async def promise(hands: Hands, *many: str) -> None:
    for words in many:
        await hands.press("f")
        await hands.type(words)
        await hands.press("enter")


async def test_promises_are_kept_broken_moved_and_taken_back(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n")
        await promise(hands, "오후 3시 전화", "오후 5시 문자", "내일 오전 10시 메일")
        await hands.wait(minutes=90)
        assert "약속 1 지남" in hands.strips()[0].text
        await hands.press("g", "f")
        screen = hands.text
        assert screen.index("! 오늘 오후 3시") < screen.index("오늘 오후 5시") < screen.index("내일 오전 10시")
        assert "시간이 지난 약속 1" in screen
        await hands.press("e")
        assert states(shop) == {"전화": "kept", "문자": "open", "메일": "open"}
        assert t("did.promise_kept", what="전화") in hands.text
        await hands.press("z")
        assert states(shop)["전화"] == "open"
        await hands.press("j", "x")
        await hands.type("담당자 부재")
        await hands.press("enter")
        assert states(shop)["문자"] == "broken"
        await hands.press("f")
        await hands.type("25시")
        assert t("refused.impossible_time") in hands.text
        await hands.press("ctrl+u")
        await hands.type("내일 오후 1시")
        await hands.press("enter", "enter")
        assert sorted(states(shop).values()) == ["broken", "open", "open"]
        assert "1번 옮김" in hands.text
        assert (
            shop.store.db.execute("SELECT reason FROM follow_up WHERE state = 'broken'").fetchone()[0] == "담당자 부재"
        )
        await hands.press("enter")
        assert hands.open_ticket == shop.ticket(ticket.id)


async def test_escape_at_the_reason_leaves_the_promise_as_it_was(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n")
        await promise(hands, "오후 3시 전화")
        await hands.press("g", "f", "x", "escape", ".")
        assert states(shop) == {"전화": "open"}
        assert t("promises.not_answered") in hands.text


async def test_a_promise_the_customer_made_needless_is_offered_to_be_closed_with_one_key(shop: Shop) -> None:
    ticket = shop.arrive("김민지", topic=Topic.DELIVERY)
    async with at_desk(shop) as hands:
        await hands.press("n")
        await promise(hands, "내일 오후 3시 전화")
        assert t("suggestion.answered.why") not in hands.text
        shop.clock.pass_(minutes=1)
        shop.desk.hear(ticket.id, "방금 받았어요")
        hands.desk.refresh_ticket()
        await hands.settle()
        assert "약속 ‘전화’, . 으로 마칠까요?" in hands.text
        assert states(shop) == {"전화": "open"}
        await hands.press(".")
        assert states(shop) == {"전화": "answered"}
        await hands.press("z", ".")
        assert hands.notice == t("did.promise_answered", what="전화")
        await hands.press(".")
        assert hands.notice == t("cannot.no_promise")


async def test_a_word_is_said_when_a_promise_falls_due_and_typing_goes_on(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n")
        await promise(hands, "30분 뒤 전화")
        await hands.press("r")
        await hands.type("안녕")
        focused = hands.app.focused
        await hands.wait(minutes=25)
        for _ in range(9):
            await hands.wait(seconds=1)
        assert hands.notice == t("remind.soon", far="5분", who="김민지", what="전화")
        await hands.type("하세요")
        assert hands.draft == "안녕하세요"
        assert hands.app.focused is focused
        await hands.wait(minutes=5)
        for _ in range(9):
            await hands.wait(seconds=1)
        assert hands.notice == t("remind.due", who="김민지", what="전화")
        for _ in range(31):
            await hands.wait(seconds=1)
        assert hands.notice == "", "after a while the keys are shown again"


async def test_what_fell_due_while_the_program_was_closed_is_said_once_at_start(shop: Shop) -> None:
    ticket = shop.arrive("Emma Clarke", lang=Language.EN)
    shop.desk.promises.make("in 30 minutes call", ticket.id)
    shop.clock.pass_(minutes=90)
    async with at_desk(shop, lang=Language.EN) as hands:
        await hands.wait(seconds=1)
        assert hands.notice == t("remind.missed", n=1, who="Emma Clarke", what="call")
    async with at_desk(shop, lang=Language.EN) as hands:
        await hands.wait(seconds=1)
        assert hands.notice == ""


async def test_under_another_screen_a_reminder_waits_until_the_desk_is_back(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    shop.desk.promises.make("30분 뒤 전화", ticket.id)
    async with at_desk(shop) as hands:
        await hands.wait(seconds=1)
        await hands.press("g", "c")
        await hands.wait(minutes=40)
        assert hands.notice == ""
        await hands.press("escape")
        await hands.wait(seconds=1)
        assert hands.notice == t("remind.due", who="김민지", what="전화")
