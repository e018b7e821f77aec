from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from cxdesk.demo.events import AgentBack, Arrive, ColleagueResolve, ColleagueTake, Event, Leave, Say
from cxdesk.demo.shop import Shop, build
from cxdesk.demo.simulate import Simulation
from cxdesk.domain.moments import HOUR, MINUTE, SECOND
from cxdesk.domain.words import Channel, Language, Status
from tests.demo.desk_in_memory import NOW, Desk, minter

Player = Callable[[Desk, int], None]


@pytest.fixture(scope="module")
def shop() -> Shop:
    return build(7, NOW, minter())


def nobody(desk: Desk, now: int) -> None:
    """Whoever runs the demo only looks on."""


def play(
    shop: Shop, desk: Desk, span: int, *, seed: int = 1, speed: float = 1.0, every: int = 3, player: Player = nobody
) -> Iterator[tuple[int, Event]]:
    """Run the play for ``span`` ms of real time; every event is checked and carried out before it is told."""
    play = Simulation(seed, shop, speed)
    for now in range(NOW, NOW + span, every * SECOND):
        player(desk, now)
        for event in play.step(now, desk):
            desk.do(event, now)
            yield now, event


def test_eight_hours_have_arrivals_a_living_queue_and_few_who_leave(shop: Shop) -> None:
    desk, lengths = Desk.of(shop), []
    counts = Counter(
        type(event).__name__
        for _, event in play(shop, desk, 8 * HOUR, player=lambda d, _: lengths.append(len(d.waiting())))
    )
    lengths.sort()
    assert 120 < counts["Arrive"] < 260
    assert counts["Leave"] < 0.25 * counts["Arrive"]
    assert counts["Leave"] > 5
    assert 110 < counts["ColleagueResolve"] < 200
    assert abs(counts["ColleagueTake"] - counts["ColleagueResolve"]) <= 2
    assert 4 <= lengths[len(lengths) // 2] <= 7
    assert lengths[-1] <= 13
    assert lengths[len(lengths) // 4] >= 2


def test_the_same_seed_plays_the_same_way_and_another_does_not(shop: Shop) -> None:
    first, second, other = ([event for _, event in play(shop, Desk.of(shop), HOUR, seed=seed)] for seed in (1, 1, 2))
    assert first == second
    assert first != other


def test_twice_the_speed_takes_half_the_time(shop: Shop) -> None:
    slow = Counter(type(e).__name__ for _, e in play(shop, Desk.of(shop), 2 * HOUR, every=2))
    fast = Counter(type(e).__name__ for _, e in play(shop, Desk.of(shop), 30 * MINUTE, speed=4, every=1))
    assert abs(slow["Arrive"] - fast["Arrive"]) <= 0.3 * slow["Arrive"]
    with pytest.raises(ValueError, match="positive"):
        Simulation(1, shop, 0)


def test_the_colleague_on_a_break_comes_back_when_planned(shop: Shop) -> None:
    (away,) = (s for s in shop.shifts if s.state == "break")
    back = [(now, e) for now, e in play(shop, Desk.of(shop), 10 * MINUTE) if isinstance(e, AgentBack)]
    assert [e.agent_id for _, e in back] == [away.agent_id]
    assert 0 <= back[0][0] - (away.planned_until or 0) <= 3 * SECOND


def test_nobody_leaves_before_the_time_they_were_told(shop: Shop) -> None:
    desk = Desk.of(shop)

    def tell_everybody(d: Desk, now: int) -> None:
        for t in d.waiting():
            if t.quoted_until is None:
                d.tickets[t.id] = replace(t, quoted_from=now, quoted_until=now + 40 * MINUTE)

    left = [(now, e.ticket_id) for now, e in play(shop, desk, 3 * HOUR, player=tell_everybody) if isinstance(e, Leave)]
    assert all(now > (desk.tickets[key].quoted_until or 0) for now, key in left)
    untold = sum(isinstance(e, Leave) for _, e in play(shop, Desk.of(shop), 3 * HOUR))
    assert len(left) < untold


def test_only_those_who_can_speak_ask_and_letters_never_leave(shop: Shop) -> None:
    desk = Desk.of(shop)
    for _, event in play(shop, desk, 4 * HOUR):
        if isinstance(event, Leave):
            assert desk.tickets[event.ticket_id].channel is not Channel.MAIL
        if isinstance(event, Say) and desk.tickets[event.ticket_id].status is Status.WAITING:
            assert desk.tickets[event.ticket_id].channel in (Channel.CHAT, Channel.VISIT)


def test_colleagues_leave_alone_what_is_kept_for_the_player(shop: Shop) -> None:
    desk = Desk.of(shop)
    first = desk.waiting()[0]
    desk.tickets[first.id] = replace(first, assignee=shop.me)
    taken = [e.ticket_id for _, e in play(shop, desk, HOUR, seed=3) if isinstance(e, ColleagueTake)]
    assert taken
    assert first.id not in taken


def test_a_customer_answers_the_player_within_seconds(shop: Shop) -> None:
    desk = Desk.of(shop)
    chat = next(t for t in desk.waiting() if t.channel is Channel.CHAT)
    heard: list[tuple[int, str]] = []

    def answer(d: Desk, now: int) -> None:
        if now in (NOW, NOW + 40 * SECOND):
            d.reply(chat.id, shop.me, "많이 속상하셨겠어요. 내일 오전까지 새 상품을 보내드리겠습니다.", now)

    for now, event in play(shop, desk, 3 * MINUTE, every=1, player=answer):
        if isinstance(event, Say) and event.ticket_id == chat.id:
            heard.append((now - NOW, event.text))
    assert len(heard) == 2, "one answer to each reply"
    assert 4 * SECOND <= heard[0][0] <= 13 * SECOND
    assert heard[0][1] != heard[1][1]


def test_being_heard_calms_sooner_than_a_bare_apology(shop: Shop) -> None:
    def upset_after(text: str) -> int:
        total = 0
        for seed in range(12):
            desk = Desk.of(shop)
            vip = next(t for t in desk.waiting() if t.emotion == "anger" and t.channel is Channel.PHONE)

            def answer(d: Desk, now: int, key: str = vip.id) -> None:
                if (now - NOW) % (30 * SECOND) == 0:
                    d.reply(key, shop.me, text, now)

            said = [e for _, e in play(shop, desk, 2 * MINUTE, seed=seed, every=1, player=answer)]
            total += sum(isinstance(e, Say) and e.ticket_id == vip.id for e in said)
        return total

    assert upset_after("죄송합니다.") > upset_after("일주일이나 많이 답답하셨죠. 오늘 6시까지 전화드리겠습니다.")


def test_a_ticket_held_for_its_customer_wakes(shop: Shop) -> None:
    desk = Desk.of(shop)
    chat = next(t for t in desk.waiting() if t.channel is Channel.CHAT)

    def hold(d: Desk, now: int) -> None:
        if now == NOW:
            d.reply(chat.id, shop.me, "사진 한 장만 보내주시겠어요?", now)
            d.hold(chat.id, shop.me, now)

    list(play(shop, desk, 6 * MINUTE, every=1, player=hold))
    assert desk.tickets[chat.id].status is Status.ACTIVE
    assert desk.tickets[chat.id].assignee == shop.me


def test_a_player_who_works_meets_more_customers(shop: Shop) -> None:
    def work(d: Desk, now: int) -> None:
        if (now - NOW) % (4 * MINUTE) == 0 and (waiting := d.waiting()):
            d.do(ColleagueTake(shop.me, waiting[0].id), now)
        mine = [t for t in d.open if t.assignee == shop.me and t.status is Status.ACTIVE]
        if (now - NOW) % (4 * MINUTE) == 3 * MINUTE:
            for t in mine:
                d.do(ColleagueResolve(shop.me, t.id, t.emotion or shop.guests[next(iter(shop.guests))].emotion), now)

    alone = sum(isinstance(e, Arrive) for _, e in play(shop, Desk.of(shop), 4 * HOUR))
    helped = sum(isinstance(e, Arrive) for _, e in play(shop, Desk.of(shop), 4 * HOUR, player=work))
    assert helped > 1.2 * alone


def test_an_english_desk_is_as_lively(shop: Shop) -> None:
    english = build(7, NOW, minter(), Language.EN)
    assert english.agents[0].name == "Emma Clarke"
    languages = Counter(
        e.spec.language for _, e in play(english, Desk.of(english), 8 * HOUR, every=10) if isinstance(e, Arrive)
    )
    assert languages[Language.EN] > languages[Language.KO] > 0


def test_whoever_comes_is_known_and_has_something_to_say(shop: Shop) -> None:
    people = {c.id for c in shop.customers}
    arrivals = [e.spec for _, e in play(shop, Desk.of(shop), 8 * HOUR, every=10) if isinstance(e, Arrive)]
    assert all(spec.said and spec.guest.reply for spec in arrivals)
    assert all(spec.customer_id in people for spec in arrivals if spec.customer_id)
    assert all(spec.channel is Channel.VISIT for spec in arrivals if spec.customer_id is None)
    assert {spec.channel for spec in arrivals} == set(Channel)
    assert len({spec.said for spec in arrivals}) > 0.7 * len(arrivals)
