"""A contact's way through the desk, key by key: new, next, resolve, hold, reopen, left."""

from pathlib import Path

from cxdesk.domain.words import Channel, Emotion, Language, Status
from cxdesk.i18n import t
from tests.screens.hands import Shop, at_desk, open_shop


async def test_a_walk_in_is_two_keys(shop: Shop) -> None:
    async with at_desk(shop) as hands:
        await hands.press("c", "enter")
        ticket = hands.open_ticket
        assert ticket is not None
        assert (ticket.channel, ticket.customer_id, ticket.status) == (Channel.VISIT, None, Status.WAITING)
        assert "손님" in hands.row(ticket)


async def test_a_call_from_somebody_new_makes_the_customer_in_the_same_act(shop: Shop) -> None:
    async with at_desk(shop) as hands:
        await hands.press("c")
        await hands.type("한지우 010-7777-1234")
        assert "새 고객으로 등록" in hands.text
        await hands.press("enter")
        ticket = hands.open_ticket
        assert ticket is not None
        assert ticket.channel is Channel.PHONE
        customer = shop.customer_of(ticket)
        assert customer is not None
        assert customer.name == "한지우"
        await hands.press("escape", "z")
        assert (shop.count("ticket"), shop.count("customer"), shop.count("identity")) == (0, 0, 0)


async def test_a_known_caller_is_found_while_typing(shop: Shop) -> None:
    minji = shop.know("김민지 010-1234-5678 minji@example.com")
    shop.know("박서준 010-2222-9999")
    async with at_desk(shop) as hands:
        for typed in ("김민", "ㄱㅁㅈ", "5678", "010-1234-5678", "rlaalswl", "minji"):
            await hands.press("c")
            await hands.type(typed)
            assert "010-****-5678" in hands.text, typed
            assert "박서준" not in hands.text, typed
            await hands.press("enter")
            ticket = hands.open_ticket
            assert ticket is not None
            assert ticket.customer_id == minji.id, typed
            await hands.press("escape")
    assert shop.count("customer") == 2


async def test_tab_turns_the_channel_of_a_new_contact(shop: Shop) -> None:
    async with at_desk(shop) as hands:
        await hands.press("c", "tab", "tab")
        await hands.type("오하늘")
        await hands.press("enter")
        ticket = hands.open_ticket
        assert ticket is not None
        assert ticket.channel is Channel.CHAT


async def test_leaving_the_new_contact_dialog_makes_nothing(shop: Shop) -> None:
    async with at_desk(shop) as hands:
        await hands.press("c")
        await hands.type("한지우")
        await hands.press("escape")
        assert hands.on_top == "DeskScreen"
        assert shop.count("ticket") == 0


async def test_next_serves_whoever_is_first_and_opens_the_ticket(shop: Shop) -> None:
    first = shop.arrive("김민지", "언제 와요?")
    shop.clock.pass_(minutes=2)
    shop.arrive("박서준")
    async with at_desk(shop) as hands:
        await hands.press("j", "n")
        assert hands.open_ticket == shop.ticket(first.id)
        assert shop.ticket(first.id).status is Status.ACTIVE
        assert "언제 와요?" in hands.text
        assert hands.desk.in_ticket


async def test_enter_opens_without_taking_and_enter_again_begins(shop: Shop) -> None:
    shop.arrive("김민지")
    second = shop.arrive("박서준")
    async with at_desk(shop) as hands:
        await hands.press("j", "enter")
        assert hands.open_ticket == shop.ticket(second.id)
        assert shop.ticket(second.id).status is Status.WAITING
        await hands.press("enter")
        assert shop.ticket(second.id).status is Status.ACTIVE
        await hands.press("escape")
        assert not hands.desk.in_ticket
        assert hands.desk.queue.current == second.id


async def test_a_click_opens_a_ticket(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    async with at_desk(shop) as hands:
        hands.desk.queue.post_message(hands.desk.queue.Opened(ticket.id))
        await hands.settle()
        assert hands.open_ticket == ticket


async def test_resolve_asks_the_feeling_once_and_one_undo_takes_both_back(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n", "e")
        assert t("ask.felt") in hands.text
        await hands.press("5")
        assert hands.on_top == "DeskScreen"
        done = shop.ticket(ticket.id)
        assert (done.status, done.feeling_after) == (Status.RESOLVED, Emotion.GRATITUDE)
        assert f"#{ticket.number}" in hands.notice
        await hands.press("z")
        back = shop.ticket(ticket.id)
        assert (back.status, back.feeling_after) == (Status.ACTIVE, None)
        assert "해결" in hands.notice


async def test_escape_skips_the_feeling_and_still_resolves(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n", "e", "escape")
        done = shop.ticket(ticket.id)
        assert (done.status, done.feeling_after) == (Status.RESOLVED, None)


async def test_resolving_several_marked_rows_is_one_undo(shop: Shop) -> None:
    tickets = [shop.arrive(name) for name in ("김민지", "박서준", "최유진")]
    async with at_desk(shop) as hands:
        await hands.press("x", "space", "e", "6")
        assert [shop.ticket(one.id).status for one in tickets] == [Status.RESOLVED, Status.RESOLVED, Status.WAITING]
        assert not hands.desk.queue.marked
        await hands.press("z")
        assert [shop.ticket(one.id).status for one in tickets] == [Status.WAITING] * 3


async def test_resolving_says_that_a_draft_was_not_sent(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n", "r", "네", "f8", "escape")
        assert "보내지 않은 글" in hands.notice


async def test_a_resolved_ticket_found_again_is_reopened_by_the_same_key(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n", "e", "escape", "/")
        await hands.type(f"#{ticket.number}")
        await hands.press("enter")
        assert hands.open_ticket == shop.ticket(ticket.id)
        await hands.press("e")
        assert shop.ticket(ticket.id).status is Status.WAITING
        await hands.press("z")
        assert shop.ticket(ticket.id).status is Status.RESOLVED


async def test_hold_until_a_time_and_wake_when_it_has_come(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n", "b")
        await hands.type("30분 뒤")
        assert "오후 2:33까지 보류" in hands.text
        await hands.press("enter")
        held = shop.ticket(ticket.id)
        assert (held.status, held.hold_until) == (Status.PENDING, shop.clock() + 30 * 60_000)
        await hands.wait(minutes=29)
        assert shop.ticket(ticket.id).status is Status.PENDING
        await hands.wait(minutes=1)
        assert shop.ticket(ticket.id).status is Status.ACTIVE
        assert "내 상담 1" in hands.text


async def test_an_empty_line_holds_until_the_customer_replies(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n", "b", "enter")
        held = shop.ticket(ticket.id)
        assert (held.status, held.hold_for_reply) == (Status.PENDING, True)
        assert "보류 1" in hands.text
        hands.desk.changed(shop.desk.hear(ticket.id, "이제 왔어요"))
        await hands.settle()
        assert shop.ticket(ticket.id).status is Status.ACTIVE
        assert "이제 왔어요" in hands.text


async def test_hold_refuses_words_without_a_time(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n", "b")
        await hands.type("언젠가")
        await hands.press("enter")
        assert t("refused.no_time") in hands.text
        assert shop.ticket(ticket.id).status is Status.ACTIVE


async def test_undo_of_a_hold_brings_the_contact_back_into_hand(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n", "b", "enter", "z")
        assert shop.ticket(ticket.id).status is Status.ACTIVE


async def test_left_is_noted_and_undone(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("d")
        assert shop.ticket(ticket.id).status is Status.ABANDONED
        assert hands.desk.queue.current is None
        await hands.press("z")
        assert shop.ticket(ticket.id).status is Status.WAITING
        assert "김민지" in hands.text


async def test_the_first_start_asks_the_name_once(tmp_path: Path) -> None:
    with open_shop(tmp_path / "desk", agent=None) as shop:
        async with at_desk(shop) as hands:
            assert t("ask.name") in hands.text
            await hands.press("enter")
            assert t("ask.name") in hands.text
            await hands.type("이서준")
            await hands.press("enter")
            assert "이서준" in hands.strips()[0].text
            assert "안녕하세요" in hands.notice
        async with at_desk(shop) as hands:
            assert t("ask.name") not in hands.text


async def test_leaving_the_first_question_leaves_the_program(tmp_path: Path) -> None:
    with open_shop(tmp_path / "desk", agent=None) as shop:
        async with at_desk(shop) as hands:
            await hands.press("escape")
            assert hands.app._exit
        assert shop.count("agent") == 0


async def test_an_empty_desk_says_what_to_press(shop: Shop) -> None:
    async with at_desk(shop) as hands:
        assert t("queue.empty")[:12] in hands.text
        await hands.press("n")
        assert hands.notice == t("cannot.nobody_waits")
    async with at_desk(shop, lang=Language.EN) as hands:
        assert "Nobody is waiting" in hands.text


async def test_a_break_takes_the_agent_out_and_back(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("u", "2")
        await hands.type("오후 3시")
        await hands.press("enter")
        assert "휴식" in hands.strips()[0].text
        assert "상담 중 0/0" in hands.strips()[0].text
        await hands.press("u", "3")
        assert "근무 중인 직원 없음" in hands.strips()[0].text
        await hands.press("u", "1")
        assert "휴식" not in hands.strips()[0].text
