"""Assigning, tagging, urgency, marks, the way back, and a queue that moves under the cursor."""

from cxdesk.domain.words import Priority, Stage, Status, Topic
from cxdesk.i18n import t
from tests.screens.hands import Shop, at_desk


async def test_assign_tag_and_priority_act_on_every_marked_row_and_each_is_one_undo(shop: Shop) -> None:
    tickets = [shop.arrive(name) for name in ("김민지", "박서준", "최유진")]
    emma = shop.colleague("Emma Clarke").agent
    assert emma is not None
    async with at_desk(shop) as hands:
        first, second, third = (ticket.id for ticket in tickets)
        await hands.press("x", "x", "a", "1")
        assert [shop.ticket(key).assignee for key in (first, second, third)] == [emma.id, emma.id, None]
        await hands.press("home", "x", "x", "p", "3")
        assert [shop.ticket(key).priority for key in (first, second)] == [Priority.URGENT] * 2
        await hands.press("home", "x", "x", "t")
        await hands.type("#재발송")
        await hands.press("enter")
        assert shop.count("tag") == 2
        await hands.press("home", "x", "x", ",", "2")
        assert shop.ticket(second).topic is Topic.REFUND
        await hands.press("z", "z", "z", "z")
        assert shop.count("tag") == 0
        assert [shop.ticket(key) for key in (first, second, third)] == tickets


async def test_a_tag_given_twice_is_taken_off(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        for count in (1, 0):
            await hands.press("t")
            await hands.type("재발송")
            await hands.press("enter")
            assert shop.count("tag") == count


async def test_urgent_goes_first_and_says_why(shop: Shop) -> None:
    shop.arrive("김민지")
    shop.clock.pass_(minutes=3)
    second = shop.arrive("박서준")
    async with at_desk(shop) as hands:
        await hands.press("j", "p", "3")
        assert hands.text.index("박서준") < hands.text.index("김민지")
        assert hands.desk.queue.current == second.id
        assert "긴급" in hands.row(second)
        await hands.press("l")
        assert "긴급 30분" in hands.dialog


async def test_escape_first_forgets_the_marks(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("x")
        assert "✓" in hands.text
        await hands.press("escape")
        assert "✓" not in hands.text


async def test_undo_goes_twenty_deep_and_then_says_so(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    async with at_desk(shop) as hands:
        for _ in range(11):
            await hands.press("p", "2", "p", "1")
        assert shop.count("change_log") >= 22
        for _ in range(20):
            await hands.press("z")
            assert t("verb.priority") in hands.notice
        await hands.press("z")
        assert hands.notice == t("cannot.undo_nothing")
        assert shop.ticket(ticket.id).priority is Priority.NORMAL


async def test_undo_on_a_desk_where_nothing_was_done(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("z", "z")
        assert hands.desk.target() is not None


async def test_a_count_moves_so_many_rows_and_stops_at_both_ends(shop: Shop) -> None:
    tickets = [shop.arrive(f"손{i:02d}") for i in range(12)]
    async with at_desk(shop) as hands:
        await hands.press("5", "j")
        assert hands.desk.queue.current == tickets[5].id
        await hands.press("2", "k")
        assert hands.desk.queue.current == tickets[3].id
        await hands.press("9", "9", "down")
        assert hands.desk.queue.current == tickets[-1].id
        await hands.press("home")
        assert hands.desk.queue.current == tickets[0].id
        await hands.press("pagedown", "end")
        assert hands.desk.queue.current == tickets[-1].id


async def test_the_cursor_stays_on_its_ticket_when_rows_arrive_above_it(shop: Shop) -> None:
    for name in ("김민지", "박서준"):
        shop.arrive(name)
    async with at_desk(shop) as hands:
        await hands.press("j")
        mine = hands.desk.queue.current
        shop.arrive("최유진", priority=Priority.URGENT)
        hands.desk.refresh_queue()
        await hands.settle()
        assert hands.desk.queue.current == mine
        assert hands.text.index("최유진") < hands.text.index("김민지")


async def test_when_the_row_under_the_cursor_goes_the_cursor_takes_the_next(shop: Shop) -> None:
    tickets = [shop.arrive(name) for name in ("김민지", "박서준", "최유진")]
    async with at_desk(shop) as hands:
        await hands.press("j", "d")
        assert hands.desk.queue.current == tickets[2].id


async def test_what_a_colleague_does_is_painted(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    emma = shop.colleague("Emma Clarke")
    happened: list[int] = []

    def pulse() -> bool:
        if not happened:
            return False
        happened.clear()
        emma.take([ticket.id])
        emma.reply(ticket.id, "제가 받겠습니다")
        return True

    async with at_desk(shop, pulse=pulse) as hands:
        await hands.press("enter")
        happened.append(1)
        await hands.wait(seconds=1)
        assert shop.ticket(ticket.id).status is Status.ACTIVE
        assert "동료 상담 1" in hands.text
        assert "제가 받겠습니다" in hands.text


async def test_an_undo_over_a_colleagues_change_is_refused_in_words(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    emma = shop.colleague("Emma Clarke")
    async with at_desk(shop) as hands:
        await hands.press("p", "2")
        emma.prioritise([ticket.id], Priority.URGENT)
        await hands.press("z")
        assert hands.notice == t("cannot.undo_stale")
        assert shop.ticket(ticket.id).priority is Priority.URGENT


async def test_a_verb_that_fits_some_marked_rows_does_those_and_counts_the_rest(shop: Shop) -> None:
    first, second = shop.arrive("김민지"), shop.arrive("박서준")
    async with at_desk(shop) as hands:
        await hands.press("n", "escape", "home", "x", "x", "d")
        states = {shop.ticket(first.id).status, shop.ticket(second.id).status}
        assert states in ({Status.ACTIVE, Status.ABANDONED}, {Status.ACTIVE, Status.WAITING})
        if Status.ABANDONED in states:
            assert "1건" in hands.notice


async def test_stage_moves_all_marked(shop: Shop) -> None:
    tickets = [shop.arrive(name) for name in ("김민지", "박서준")]
    async with at_desk(shop) as hands:
        await hands.press("x", "x", "]")
        assert [shop.ticket(one.id).stage for one in tickets] == [Stage.LISTEN] * 2
