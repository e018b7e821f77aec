"""What customers are told of their wait at a desk with hours, breaks, mails and people who forget to log off."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from cxdesk.desk import Desk, Refused
from cxdesk.desk.follower import FORGOTTEN
from cxdesk.domain.moments import HOUR, MINUTE, instant
from cxdesk.domain.records import FollowUp, Quote
from cxdesk.domain.words import Channel, Language, Priority, Status
from cxdesk.settings import WEEK, Opening, Settings
from cxdesk.storage import tickets
from cxdesk.storage.rows import fetch_all
from cxdesk.storage.store import Store
from tests.conftest import Clock, Mint

SEOUL = ZoneInfo("Asia/Seoul")
OFFICE = Opening({day: ["09:00-12:00", "13:00-18:00"] for day in WEEK[:5]})


def at(text: str) -> int:
    return instant(datetime.fromisoformat(text).replace(tzinfo=SEOUL))


@pytest.fixture
def office(store: Store, clock: Clock, mint: Mint) -> Desk:
    """A desk with lunch and weekends, on a Friday morning."""
    clock.at = at("2026-11-20T10:00")
    made = Desk(store, replace(Settings(), hours=OFFICE), clock=clock, mint=mint)
    made.sign_in("이서준")
    made.waits.start(made.db, clock())
    return made


def arrive(desk: Desk, channel: Channel = Channel.PHONE) -> str:
    return desk.arrive(channel)[0].id


def said(desk: Desk, key: str) -> str:
    found = desk.quotes.saying(key)
    assert found is not None
    return found.sentence


def status(desk: Desk, key: str) -> Status:
    found = tickets.ticket(desk.db, key)
    assert found is not None
    return found.status


# -- outside the hours


def test_after_hours_with_nobody_there_it_is_said_when_the_desk_opens(office: Desk, clock: Clock) -> None:
    key = arrive(office)
    office.duty("off")
    clock.at = at("2026-11-20T19:00")
    assert said(office, key) == "지금은 상담 시간이 아닙니다. 11월 23일(월) 오전 9시에 다시 시작합니다."
    told, done = office.quotes.tell(key)
    assert (told.state, bool(done)) == ("closed", False)


def test_at_lunch_it_is_said_when_lunch_is_over_and_a_planned_return_is_reckoned_with(
    office: Desk, clock: Clock
) -> None:
    key = arrive(office)
    clock.at = at("2026-11-20T12:10")
    office.duty("break")
    assert said(office, key) == "지금은 상담 시간이 아닙니다. 오늘 오후 1시에 다시 시작합니다."
    office.duty("break", at("2026-11-20T12:40"))
    told = office.quotes.saying(key)
    assert told is not None
    assert told.expected is not None
    assert told.expected >= 30 * 60


def test_whoever_stays_after_hours_serves_as_at_any_other_time(office: Desk, clock: Clock) -> None:
    clock.at = at("2026-11-20T18:30")
    office.take([arrive(office)])
    key = arrive(office)
    assert "분" in said(office, key)
    assert "상담 시간이 아닙니다" not in said(office, key)


def test_a_line_that_is_longer_than_the_day_is_told_so(office: Desk, clock: Clock) -> None:
    clock.at = at("2026-11-20T17:50")
    office.duty("on")
    for _ in range(20):
        key = arrive(office)
    office.take_next()
    told = office.quotes.saying(key)
    assert told is not None
    assert told.state == "closing"
    assert "오늘 오후 6시" in told.sentence
    assert "11월 23일(월) 오전 9시" in told.sentence


def test_what_the_top_line_needs_is_known_without_asking_again(office: Desk, clock: Clock) -> None:
    assert office.waits.refresh(clock()).opens_at is None
    clock.at = at("2026-11-21T11:00")
    assert office.waits.refresh(clock()).opens_at == at("2026-11-23T09:00")


# -- a call instead of the wait


def test_a_call_that_is_agreed_on_is_a_promise_and_a_ticket_on_hold_in_one_act(office: Desk, clock: Clock) -> None:
    key = arrive(office)
    office.quotes.tell(key)
    promise, done = office.quotes.call_back(key, "오후 3시")
    assert (promise.what, promise.due_at, promise.ticket_id) == ("전화", at("2026-11-20T15:00"), key)
    held = tickets.ticket(office.db, key)
    assert held is not None
    assert (held.status, held.hold_until) == (Status.PENDING, at("2026-11-20T15:00"))
    assert done.change.verb == "call_back"
    office.undo()
    assert status(office, key) is Status.WAITING
    assert fetch_all(office.db, FollowUp, "1") == ()


def test_a_wait_that_a_call_took_the_place_of_is_neither_kept_nor_broken(office: Desk, clock: Clock) -> None:
    key = arrive(office)
    office.quotes.tell(key)
    clock.pass_(60)
    before = office.waits.refresh(clock())
    office.quotes.call_back(key, "오후 3시 문자")
    (quote,) = fetch_all(office.db, Quote, "1")
    assert quote.waited is None
    after = office.waits.refresh(clock())
    assert before.newcomer is not None
    assert after.newcomer is not None
    assert key not in after.waits
    assert after.newcomer.basis == before.newcomer.basis == 0, "nobody was served"


def test_the_ticket_comes_back_when_it_is_time_to_call(office: Desk, clock: Clock) -> None:
    key = arrive(office)
    office.quotes.call_back(key, "30분 뒤")
    clock.pass_(1800)
    office.wake()
    assert status(office, key) is Status.ACTIVE
    clock.pass_(240)
    office.resolve([key])
    assert [(topic.n, round(topic.mean_s) > 0) for topic in office.waits.learned()] == [(1, True)]


@pytest.mark.parametrize(("words", "code"), [("언젠가", "no_time"), ("", "no_time")])
def test_without_a_time_nothing_is_agreed(office: Desk, words: str, code: str) -> None:
    key = arrive(office)
    with pytest.raises(Refused, match=code):
        office.quotes.call_back(key, words)
    assert status(office, key) is Status.WAITING


def test_somebody_being_served_is_not_called_back(office: Desk) -> None:
    key = arrive(office)
    office.take([key])
    with pytest.raises(Refused, match="not_waiting"):
        office.quotes.call_back(key, "오후 3시")


# -- mail


def test_a_mail_is_told_by_when_and_only_working_hours_count(office: Desk, clock: Clock) -> None:
    clock.at = at("2026-11-16T09:00")
    for _ in range(25):
        key = arrive(office, Channel.MAIL)
        clock.pass_(2 * 3600)
        office.reply(key, "답변드립니다.")
        office.resolve([key])
        clock.pass_(60)
        if not office.waits.hours.open_at(clock()):
            clock.at = office.waits.hours.opens(clock()) or clock.at
    clock.at = at("2026-12-18T17:30")
    office.waits.start(office.db, clock())
    told, done = office.quotes.tell(arrive(office, Channel.MAIL))
    assert done
    assert "12월 21일(월) 오전" in told.sentence, "half an hour on Friday, the rest on Monday"
    (quote,) = fetch_all(office.db, Quote, "1")
    assert quote.method == "mail"


# -- bad input


def test_an_agent_who_forgot_to_log_off_counts_as_gone_until_they_act(office: Desk, clock: Clock) -> None:
    clock.pass_(FORGOTTEN / 1000 + HOUR / 1000)
    key = arrive(office)
    assert office.waits.refresh(clock()).newcomer is not None
    assert not office.waits.refresh(clock()).newcomer.known  # type: ignore[union-attr]
    why = office.quotes.why(key)
    assert why is not None
    assert why.forgotten == ("이서준",)
    office.take([key])
    office.resolve([key])
    arrive(office)
    assert office.waits.refresh(clock()).newcomer.known  # type: ignore[union-attr]
    assert office.waits.forgotten == frozenset()


@pytest.mark.parametrize("jump", [-400 * 24 * HOUR, -2 * HOUR, 2 * HOUR, 400 * 24 * HOUR])
def test_a_clock_that_jumps_tells_nothing_absurd(office: Desk, clock: Clock, jump: int) -> None:
    key = arrive(office)
    office.quotes.tell(key)
    clock.pass_(jump / 1000)
    other = arrive(office)
    for one in (key, other):
        told = office.quotes.saying(one)
        assert told is not None
        assert told.high is None or told.high <= 12 * 3600
    assert office.quotes.why(other) is not None
    office.take([key])
    (quote,) = fetch_all(office.db, Quote, "1")
    assert quote.waited is not None
    assert quote.waited >= 0


def test_a_reopened_ticket_waits_anew_and_is_not_late(office: Desk, clock: Clock) -> None:
    key = arrive(office)
    office.quotes.tell(key)
    office.resolve([key])
    clock.pass_(7200)
    office.reopen([key])
    told, done = office.quotes.tell(key)
    assert done
    assert "늦어집니다" not in told.sentence
    assert "죄송합니다" not in told.sentence


# -- why


def test_why_names_who_is_ahead_and_who_serves(office: Desk, clock: Clock) -> None:
    arrive(office)
    customer, also = office.people.newcomer("김민지", Language.KO)
    first, _ = office.arrive(Channel.PHONE, customer=customer, also=also, priority=Priority.HIGH)
    clock.pass_(1)
    last = arrive(office)
    office.take([arrive(office)])
    clock.pass_(90)
    why = office.quotes.why(last)
    assert why is not None
    assert why.position == 3
    assert why.ahead == ("김민지", None)
    assert why.serving == (("이서준", 90),)
    assert (why.agents_on, why.agents_busy) == (1, 1)
    assert office.quotes.why(first.id) is not None


def test_before_anything_is_learned_there_is_no_why(desk: Desk) -> None:
    assert desk.quotes.why(arrive(desk)) is None


def test_the_first_in_line_has_nobody_ahead(office: Desk) -> None:
    why = office.quotes.why(arrive(office))
    assert why is not None
    assert (why.position, why.ahead) == (1, ())


def test_a_break_without_an_end_is_away_without_a_time(office: Desk, clock: Clock) -> None:
    key = arrive(office)
    office.duty("break")
    why = office.quotes.why(key)
    assert why is not None
    assert (why.agents_on, why.agents_away, why.back_at) == (0, 1, None)
    office.duty("break", clock() + 10 * MINUTE)
    again = office.quotes.why(key)
    assert again is not None
    assert again.back_at == clock() + 10 * MINUTE
