"""The wait that is told, the promise that is made, what is remembered, who it is."""

import pytest

from cxdesk.domain.segments import Rules
from cxdesk.domain.words import Language, Status
from cxdesk.i18n import t
from cxdesk.storage import people
from tests.screens.hands import Shop, at_desk, shows


async def test_the_wait_is_copied_and_the_quote_kept(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("w")
        [(sentence, high)] = shop.store.db.execute("SELECT sentence, high FROM quote").fetchall()
        assert hands.app.clipboard == sentence
        assert sentence in hands.notice
        told = shop.ticket(ticket.id)
        assert (told.quoted_from, told.quoted_until) == (shop.clock(), shop.clock() + 1000 * high)
        await hands.press("z")
        assert shop.count("quote") == 0
        assert shop.ticket(ticket.id).quoted_until is None


async def test_a_row_warns_at_four_fifths_of_the_told_wait_and_is_late_past_it(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    shop.arrive("박서준")
    async with at_desk(shop) as hands:
        await hands.press("w")
        told = shop.ticket(ticket.id)
        assert told.quoted_until is not None
        span = (told.quoted_until - shop.clock()) / 60_000
        await hands.wait(minutes=0.79 * span)
        assert not hands.roles(ticket) & {"warn", "bad"}
        await hands.wait(minutes=0.02 * span)
        assert "warn" in hands.roles(ticket)
        assert "! " in hands.row(ticket)
        assert "!!" not in hands.row(ticket)
        await hands.wait(minutes=0.2 * span)
        assert "bad" in hands.roles(ticket)
        assert "!!" in hands.row(ticket)


async def test_a_customer_past_the_told_wait_moves_to_the_late_section_while_time_passes(shop: Shop) -> None:
    shop.arrive("박서준")
    shop.clock.pass_(seconds=1)
    ticket = shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("j", "w")
        told = shop.ticket(ticket.id)
        assert told.quoted_until is not None
        await hands.wait(minutes=(told.quoted_until - shop.clock()) / 60_000 + 1)
        assert "안내한 시간 지남 1" in hands.text
        assert hands.text.index("김민지") < hands.text.index("박서준")
        assert hands.desk.queue.current == ticket.id


async def test_the_wait_cannot_be_told_to_somebody_being_served(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n", "w")
        assert hands.notice == t("cannot.is_active")
        assert shop.count("quote") == 0


@pytest.mark.parametrize(
    ("lang", "words", "read", "what"),
    [
        (Language.KO, "내일 오후 3시 전화", "내일 오후 3시", "전화"),
        (Language.EN, "tomorrow 3pm call", "tomorrow 3 pm", "call"),
    ],
)
async def test_a_promise_in_words_is_read_back_before_it_is_made(
    shop: Shop, lang: Language, words: str, read: str, what: str
) -> None:
    ticket = shop.arrive("김민지", lang=lang)
    async with at_desk(shop, lang=lang) as hands:
        await hands.press("n", "f")
        await hands.type(words)
        assert read in hands.text
        assert shop.count("follow_up") == 0
        await hands.press("enter")
        memory = people.memory(shop.store.db, ticket.customer_id or "", shop.clock(), Rules())
        assert memory is not None
        [promise] = memory.promises
        assert (promise.what, promise.ticket_id) == (what, ticket.id)
        assert promise.due_at == shop.clock() + (24 * 60 + 57) * 60_000
        assert shows(hands.desk.memory, read)
        await hands.press("z")
        assert shop.count("follow_up") == 0


async def test_a_promise_without_a_time_is_not_made(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n", "f")
        await hands.type("최대한 빨리")
        await hands.press("enter")
        assert t("refused.no_time") in hands.text
        await hands.press("escape")
        assert shop.count("follow_up") == 0


async def test_remembering_a_pair_is_a_preference_and_a_sentence_a_note(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n", "=")
        await hands.type("사이즈: M")
        assert t("ask.as_preference") in hands.text
        await hands.press("enter", "=")
        await hands.type("포장이 예쁘다고 하심")
        assert t("ask.as_note") in hands.text
        await hands.press("enter")
        assert shop.store.db.execute("SELECT value FROM preference").fetchall() == [("M",)]
        assert shop.store.db.execute("SELECT body FROM note").fetchall() == [("포장이 예쁘다고 하심",)]
        assert shows(hands.desk.memory, "사이즈 M")
        assert shows(hands.desk.memory, "포장이 예쁘다고 하심")
        await hands.press("z", "z")
        assert (shop.count("preference"), shop.count("note")) == (0, 0)


async def test_nothing_can_be_remembered_of_nobody(shop: Shop) -> None:
    shop.arrive()
    async with at_desk(shop) as hands:
        await hands.press("=")
        assert hands.notice == t("cannot.no_customer")


async def test_a_guest_gets_a_name(shop: Shop) -> None:
    minji = shop.know("김민지 010-1234-5678")
    ticket = shop.arrive()
    async with at_desk(shop) as hands:
        await hands.press("enter")
        assert shows(hands.desk.memory, t("memory.nobody"))
        await hands.press("o")
        await hands.type("5678")
        await hands.press("enter")
        assert shop.ticket(ticket.id).customer_id == minji.id
        assert "김민지 고객님" in hands.text
        assert "김민지" in hands.row(ticket)
        await hands.press("z")
        assert shop.ticket(ticket.id).customer_id is None
        await hands.press("o")
        await hands.type("새손님")
        await hands.press("enter")
        customer = shop.customer_of(ticket)
        assert customer is not None
        assert customer.name == "새손님"


async def test_the_sentence_that_remembers_is_copied_or_says_why_not(shop: Shop) -> None:
    customer = shop.know("김민지")
    shop.desk.people.remember(customer.id, "포장이 예쁘다고 하심")
    shop.clock.pass_(minutes=60 * 24 * 3)
    shop.arrive(customer)
    async with at_desk(shop) as hands:
        await hands.press("n", "y")
        assert hands.desk.look is not None
        if hands.desk.look.sayable:
            assert hands.app.clipboard == hands.desk.look.sayable
        else:
            assert hands.notice == t("cannot.nothing_to_say")


async def test_a_promise_while_waiting_does_not_take_the_ticket(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("f10")
        await hands.type("30분 뒤 전화")
        await hands.press("enter")
        assert shop.ticket(ticket.id).status is Status.WAITING
        assert shop.count("follow_up") == 1
