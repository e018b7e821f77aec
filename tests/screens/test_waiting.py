"""The wait from the agent's chair: telling it, saying why, calling back, looking back, asking what if."""

import pytest

from cxdesk.domain.moments import HOUR
from cxdesk.domain.words import Language, Status
from cxdesk.i18n import t
from tests.screens.hands import Hands, Shop, at_desk


async def until(hands: Hands, words: str) -> str:
    """The dialog once a thread has brought it these words."""
    for _ in range(400):
        if words in hands.dialog:
            break
        await hands.settle()
    assert words in hands.dialog
    return hands.dialog


async def test_one_key_apologises_and_gives_a_new_range(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("w")
        told = shop.ticket(ticket.id)
        assert told.quoted_until is not None
        await hands.wait(minutes=(told.quoted_until - shop.clock()) / 60_000 + 3)
        await hands.press("w")
        assert "죄송합니다" in hands.app.clipboard
        again = shop.ticket(ticket.id)
        assert again.quoted_until is not None
        assert again.quoted_until > told.quoted_until
        assert "!!" not in hands.row(ticket)


async def test_with_nobody_there_a_call_is_offered_and_agreed_on_in_one_act(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("u", "3", "w")
        assert t("ask.call_back") in hands.text
        assert hands.app.clipboard in hands.dialog.replace("\n", " ")
        await hands.type("오후 5시")
        assert "오늘 오후 5시" in hands.dialog
        await hands.press("enter")
        assert shop.ticket(ticket.id).status is Status.PENDING
        assert shop.count("follow_up") == 1
        assert "오늘 오후 5시" in hands.notice
        await hands.press("z")
        assert shop.ticket(ticket.id).status is Status.WAITING
        assert shop.count("follow_up") == 0


async def test_escape_at_the_offer_leaves_the_customer_in_the_line(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("u", "3", "w", "escape")
        assert hands.on_top == "DeskScreen"
        assert shop.ticket(ticket.id).status is Status.WAITING


async def test_somebody_with_enough_time_is_not_asked(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("w")
        assert hands.on_top == "DeskScreen"


async def test_why_tells_the_order_who_is_ahead_and_what_it_rests_on(shop: Shop) -> None:
    shop.arrive("김민지")
    shop.clock.pass_(minutes=1)
    shop.arrive("박서준")
    async with at_desk(shop) as hands:
        await hands.press("j", "l")
        assert "순서" in hands.dialog
        assert "앞에 1분: 김민지" in hands.dialog
        assert t("why.state.cold") in hands.dialog
        await hands.press("x")
        assert hands.on_top == "DeskScreen"


async def test_an_agent_who_forgot_to_log_off_is_named_as_the_reason(shop: Shop) -> None:
    async with at_desk(shop) as hands:
        await hands.wait(minutes=13 * 60)
        shop.arrive("김민지")
        await hands.wait(minutes=1)
        hands.desk.refresh_queue()
        await hands.press("l")
        assert "12시간 넘게" in hands.dialog


async def test_nobody_on_duty_is_said_and_no_time_is_made_up(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("u", "3")
        assert t("status.nobody_on_duty") in hands.strips()[0].text
        await hands.press("l")
        assert t("why.state.no_agents") in hands.dialog
        await hands.press("escape")
        assert "~" not in hands.row(ticket)


async def test_a_ticket_that_is_opened_again_is_not_late(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("w", "n", "e", "escape")
        await hands.wait(minutes=180)
        shop.desk.reopen([ticket.id])
        hands.desk.refresh_queue()
        hands.desk.queue.forget([ticket.id])
        assert "!" not in hands.row(ticket)
        await hands.press("w")
        assert "죄송합니다" not in hands.app.clipboard


@pytest.mark.parametrize("jump", [-400 * 24 * HOUR, 400 * 24 * HOUR])
async def test_a_clock_that_jumps_leaves_the_desk_standing(shop: Shop, jump: int) -> None:
    ticket = shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("w")
        await hands.wait(minutes=jump / 60_000)
        await hands.press("w")
        assert "김민지" in hands.row(ticket)
        await hands.press("escape", "l")
        assert "순서" in hands.dialog


@pytest.mark.parametrize("lang", list(Language))
async def test_what_if_draws_three_pages_and_each_as_a_table(shop: Shop, lang: Language) -> None:
    for _ in range(3):
        shop.arrive()
    async with at_desk(shop, lang=lang) as hands:
        await hands.press("g", "w")
        page = await until(hands, t("staffing.now"))
        assert "●" in page
        assert t("staffing.if_more") in page
        await hands.press("t")
        assert "●" not in hands.dialog
        await hands.press("2")
        assert t("staffing.line") in hands.dialog
        await hands.press("3")
        await until(hands, t("staffing.most", n=2))
        await hands.press("tab")
        assert t("staffing.now") in hands.dialog
        await hands.press("escape")
        assert hands.on_top == "DeskScreen"


async def test_the_honesty_panel_says_when_it_is_too_early_to_speak_of_shares(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("w", "n", "g", "h")
        assert t("honesty.few", n=1) in hands.dialog
        assert t("honesty.times") in hands.dialog
