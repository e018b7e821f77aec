from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from cxdesk.desk import Desk
from cxdesk.desk.staffing import contact_s, next_day, next_hour
from cxdesk.domain.moments import HOUR, instant, local
from cxdesk.domain.words import Channel
from cxdesk.settings import WEEK, Opening, Settings
from cxdesk.storage.store import Store
from tests.conftest import Clock, Mint

SEOUL = ZoneInfo("Asia/Seoul")
OFFICE = Opening({day: ["09:00-12:00", "13:00-15:30"] for day in WEEK[:5]})


def at(text: str) -> int:
    return instant(datetime.fromisoformat(text).replace(tzinfo=SEOUL))


@pytest.fixture
def office(store: Store, clock: Clock, mint: Mint) -> Desk:
    """Three Mondays on which somebody came every twelve minutes from ten to eleven, and a Friday on which five wait."""
    desk = Desk(store, replace(Settings(), hours=OFFICE), clock=clock, mint=mint)
    clock.at = at("2026-11-02T09:00")
    desk.sign_in("이서준")
    for day in ("2026-11-02", "2026-11-09", "2026-11-16"):
        for minute in range(0, 60, 12):
            clock.at = at(f"{day}T10:00") + minute * 60_000
            key = desk.arrive(Channel.PHONE, undoable=False)[0].id
            desk.take([key])
            clock.pass_(300)
            desk.resolve([key])
    clock.at = at("2026-11-20T10:00")
    desk.duty("off")
    desk.duty("on")
    desk.waits.start(desk.db, clock())
    for _ in range(5):
        desk.arrive(Channel.PHONE)
        clock.pass_(1)
    return desk


def test_one_more_person_shortens_every_wait_and_one_fewer_leaves_nobody(office: Desk) -> None:
    hour = next_hour(office, office.db)
    assert hour is not None
    by_extra = {option.extra: option for option in hour.options}
    assert sorted(by_extra) == [-1, 0, 1, 2]
    assert [by_extra[extra].agents for extra in (-1, 0, 1, 2)] == [0, 1, 2, 3]
    assert not by_extra[-1].newcomer.known
    waits = [by_extra[extra].newcomer.expected for extra in (0, 1, 2)]
    assert waits == sorted(waits, reverse=True)
    assert waits[0] > waits[2]
    assert all(len(by_extra[extra].queue) > 2 for extra in (0, 1, 2))
    assert by_extra[0].queue[0][2] == 5, "five wait now"


def test_as_it_is_is_what_the_desk_says_anyway(office: Desk, clock: Clock) -> None:
    hour = next_hour(office, office.db, extras=(0,))
    assert hour is not None
    (now,) = hour.options
    outlook = office.waits.refresh(clock())
    assert now.newcomer == outlook.newcomer


def test_whoever_is_on_a_break_can_be_asked_back(office: Desk) -> None:
    office.sign_in("박하윤")
    office.duty("break")
    hour = next_hour(office, office.db)
    assert hour is not None
    (back,) = [option for option in hour.options if option.back]
    (now,) = [option for option in hour.options if not option.extra and not option.back]
    assert (back.back, back.agents) == ("박하윤", now.agents + 1)
    assert back.newcomer.expected <= now.newcomer.expected


def test_asking_changes_nothing(office: Desk, clock: Clock) -> None:
    before = office.waits.refresh(clock())
    next_hour(office, office.db)
    next_day(office, office.db)
    assert office.waits.refresh(clock()) == before


def test_the_next_open_day_is_cut_into_the_hours_of_its_windows(office: Desk) -> None:
    day = next_day(office, office.db)
    assert day is not None
    assert (day.day, day.days) == (date(2026, 11, 23), 3)
    starts = [f"{local(slot.start, SEOUL):%H:%M}" for slot in day.slots]
    assert starts == ["09:00", "10:00", "11:00", "13:00", "14:00", "15:00"]
    assert [round(slot.arrivals, 2) for slot in day.slots] == [0, 5, 0, 0, 0, 0]
    assert day.slots[-1].end - day.slots[-1].start == HOUR // 2


def test_an_hour_in_which_more_come_needs_more_and_a_roster_needs_more_than_seats(office: Desk) -> None:
    day = next_day(office, office.db, shrinkage=0.5)
    assert day is not None
    quiet, busy = day.slots[0], day.slots[1]
    assert quiet.needed is not None
    assert busy.needed is not None
    assert quiet.needed <= busy.needed
    assert busy.to_roster == 2 * busy.needed
    assert busy.level is not None
    assert busy.level >= 0.8
    assert busy.method == "simulation"


def test_a_desk_without_hours_is_open_when_people_came(desk: Desk, clock: Clock) -> None:
    clock.at = at("2026-11-19T14:10")
    desk.arrive(Channel.VISIT)
    clock.at = at("2026-11-20T10:00")
    day = next_day(desk, desk.db)
    assert day is not None
    assert [f"{local(slot.start, SEOUL):%a %H:%M}" for slot in day.slots] == ["Sat 14:00"]


def test_a_desk_without_a_past_has_no_day_to_reckon_from(desk: Desk) -> None:
    day = next_day(desk, desk.db)
    assert day is not None
    assert (day.days, day.slots) == (0, ())
    assert next_hour(desk, desk.db) is None, "nothing was learned yet"
    assert contact_s(desk) == 300


def test_a_country_whose_holidays_nobody_knows_is_named(store: Store, clock: Clock, mint: Mint) -> None:
    desk = Desk(store, replace(Settings(), hours=replace(OFFICE, holidays="XX")), clock=clock, mint=mint)
    day = next_day(desk, desk.db)
    assert day is not None
    assert day.country == "XX"
