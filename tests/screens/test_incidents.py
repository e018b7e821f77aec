"""Incidents under an agent's hands: linking, the clock in the top line, telling, the people, and the end."""

from cxdesk.domain.afterwards import Incident
from cxdesk.domain.changes import insert
from cxdesk.domain.incidents import Form
from cxdesk.domain.moments import DAY
from cxdesk.domain.records import Purchase
from cxdesk.domain.words import Channel, Language, Topic
from cxdesk.storage.incidents import open_ones
from tests.screens.hands import Hands, Shop, at_desk, words

SORRY = "{{ customer.name }} 고객님, 송장이 바뀌어 붙었습니다."


def going_on(shop: Shop) -> list[Incident]:
    return list(open_ones(shop.store.db))


def status(hands: Hands) -> str:
    return words(hands.desk.status)


async def test_a_new_incident_takes_its_title_and_topic_from_the_ticket(shop: Shop) -> None:
    ticket = shop.arrive("김민지", "다른 옷이 왔어요")
    async with at_desk(shop) as hands:
        await hands.press("!", "n")
        await hands.type("오배송")
        await hands.press("enter")
        assert hands.on_top == "IncidentPage"
        await hands.press("escape")
        (made,) = going_on(shop)
        assert (made.title, made.topic) == ("오배송", Topic.DELIVERY)
        assert shop.desk.incidents.of(ticket.id) == made
        assert "다음 안내 15분 안" in status(hands)
        await hands.press("enter")
        assert "이슈: 오배송" in words(hands.desk.pane.head)


async def test_enter_alone_names_a_new_incident_after_its_topic(shop: Shop) -> None:
    shop.arrive("김민지", "다른 옷이 왔어요")
    async with at_desk(shop) as hands:
        await hands.press("!", "n", "enter")
        assert [one.title for one in going_on(shop)] == ["배송"]


async def test_marked_tickets_go_to_an_open_incident_and_one_of_another_is_asked_about(shop: Shop) -> None:
    first, *rest = [shop.arrive(f"고객{n}") for n in range(3)]
    other, _ = shop.desk.incidents.begin("다른 일", ids=[first.id])
    shop.clock.pass_(minutes=1)
    shop.desk.incidents.begin("오배송")
    async with at_desk(shop) as hands:
        await hands.press("x", "x", "x", "!")
        assert "‘다른 일’에서 빼기" in hands.dialog
        await hands.press("1")
        assert "1건은 다른 이슈에 있습니다" in hands.app.screen._title  # type: ignore[attr-defined]
        await hands.press("2")
        assert shop.desk.incidents.of(first.id) == other
        assert {shop.desk.incidents.of(one.id).title for one in rest} == {"오배송"}  # type: ignore[union-attr]
        await hands.press("z")
        assert [shop.desk.incidents.of(one.id) for one in rest] == [None, None]


async def test_a_word_that_is_late_says_so_with_a_sign(shop: Shop) -> None:
    shop.desk.incidents.begin("오배송")
    async with at_desk(shop) as hands:
        await hands.wait(minutes=11)
        assert "! 다음 안내 4분 안" in status(hands)
        await hands.wait(minutes=6)
        assert "!! 안내가 2분 늦음" in status(hands)


async def test_the_wording_is_the_first_line_of_a_reply_and_counts_as_told(shop: Shop) -> None:
    ticket = shop.arrive("김민지", "다른 옷이 왔어요", channel=Channel.CHAT)
    made, _ = shop.desk.incidents.begin("오배송", ids=[ticket.id])
    shop.desk.incidents.approve(made.id, Form.WRITE, Language.KO, SORRY)
    async with at_desk(shop) as hands:
        await hands.press("enter", "enter", "1", "ctrl+s")
        assert shop.bodies(ticket) == ["김민지 고객님, 송장이 바뀌어 붙었습니다."]
        await hands.press("escape", "g", "i", "enter", "p")
        assert "✓ 14:03" in words(hands.app.screen.query_one("#page"))  # type: ignore[arg-type]
        assert shop.desk.incidents.report(made).told == 1


async def test_the_blanks_of_a_wording_are_filled_one_after_the_other(shop: Shop) -> None:
    made, _ = shop.desk.incidents.begin("오배송")
    async with at_desk(shop) as hands:
        await hands.press("g", "i", "enter", "w", "ctrl+s")
        assert "빈칸이 4곳 남아 승인할 수 없습니다" in hands.dialog
        for answer in ("하나", "둘", "셋", "넷"):
            await hands.type(answer)
            await hands.press("tab")
        await hands.press("ctrl+s")
        (word,) = shop.desk.incidents.view(made.id).words
        assert "\n하나\n지금까지 확인된 것: 둘\n아직 확인하지 못한 것: 셋\n저희가 하고 있는 일: 넷\n" in word.body


async def test_everybody_is_told_and_one_key_takes_it_back(shop: Shop) -> None:
    found = [shop.arrive(f"고객{n}", channel=Channel.CHAT) for n in range(3)]
    made, _ = shop.desk.incidents.begin("오배송", ids=[one.id for one in found])
    async with at_desk(shop) as hands:
        await hands.press("g", "i", "enter", "s")
        assert hands.on_top == "IncidentPage", "there is nothing to tell yet"
        shop.desk.incidents.approve(made.id, Form.WRITE, Language.KO, SORRY)
        await hands.press("s", "enter", "space", "ctrl+s")
        assert [len(shop.bodies(one)) for one in found] == [0, 1, 1], "Enter never sends, and one was left out"
        await hands.press("z")
        assert [shop.bodies(one) for one in found] == [[], [], []]


async def test_ending_asks_about_open_tickets_and_can_be_taken_up_again(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    shop.desk.incidents.begin("오배송", ids=[ticket.id])
    async with at_desk(shop) as hands:
        await hands.press("g", "i", "enter", "e")
        assert "열린 문의가 1건 있습니다" in hands.app.screen._title  # type: ignore[attr-defined]
        await hands.press("2", "e", "1")
        assert going_on(shop) == []
        await hands.press("e")
        assert len(going_on(shop)) == 1


async def test_people_are_found_by_what_they_bought_and_asked_how_it_was(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    made, _ = shop.desk.incidents.begin("오배송", ids=[ticket.id])
    async with at_desk(shop) as hands:
        await hands.press("g", "i", "enter", "p", "f")
        report = shop.desk.incidents.report(made)
        assert (report.people, report.asked) == (1, 1)
        await hands.press("z")
        assert shop.desk.incidents.report(made).asked == 0
        assert shop.count("feedback_ask") == 0


async def test_whom_it_touches_is_found_by_product_and_days_and_told_at_once(shop: Shop) -> None:
    buyer, ticket = shop.know("박서준"), shop.arrive("김민지")
    bought = Purchase("p1", buyer.id, "o1", "린넨 셔츠", 1, "KRW", shop.clock() - DAY, option="LOT-3", external_id="p1")
    shop.desk.commit("buy", (insert(bought),), undoable=False)
    made, _ = shop.desk.incidents.begin("불량", ids=[ticket.id])
    async with at_desk(shop) as hands:
        await hands.press("g", "i", "enter", "a")
        await hands.type("린넨")
        await hands.press("enter")
        await hands.type("어제 lot-3")
        assert "어제 ~ 어제 · lot-3 · 1분" in hands.dialog
        await hands.press("enter", "p", "x", "1")
        report = shop.desk.incidents.report(made)
        assert (report.people, report.told) == (2, 1)
        await hands.press("d", "1")
        assert shop.desk.incidents.report(made).people == 1
