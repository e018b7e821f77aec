from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.hours import Hours, always_open, read_window
from cxdesk.domain.moments import DAY, HOUR, MINUTE, instant

SEOUL = ZoneInfo("Asia/Seoul")
LUNCH = ((9 * 60, 12 * 60), (13 * 60, 18 * 60))
WEEK = Hours((LUNCH,) * 5 + ((),) * 2, SEOUL, lambda day: day == date(2026, 12, 25))


def at(text: str, zone: ZoneInfo = SEOUL) -> int:
    return instant(datetime.fromisoformat(text).replace(tzinfo=zone))


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("09:00-18:00", (540, 1080)),
        ("9~12", (540, 720)),
        (" 10:30 – 11:00 ", (630, 660)),
        ("00:00-24:00", (0, 1440)),
        ("22:00-02:00", (1320, 1560)),
        ("9-9", (540, 1980)),
        ("25:00-26:00", None),
        ("09:60-10:00", None),
        ("24:00-25:00", None),
        ("오전 9시", None),
        ("", None),
    ],
)
def test_a_window_is_read_or_refused(text: str, window: tuple[int, int] | None) -> None:
    assert read_window(text) == window


@pytest.mark.parametrize(
    ("now", "is_open", "closes", "opens"),
    [
        ("2026-11-20T11:59", True, "2026-11-20T12:00", "2026-11-20T13:00"),
        ("2026-11-20T12:00", False, None, "2026-11-20T13:00"),
        ("2026-11-20T13:00", True, "2026-11-20T18:00", "2026-11-23T09:00"),
        ("2026-11-20T18:00", False, None, "2026-11-23T09:00"),
        ("2026-11-21T10:00", False, None, "2026-11-23T09:00"),
        ("2026-12-25T10:00", False, None, "2026-12-28T09:00"),
    ],
)
def test_the_desk_is_open_in_its_windows_and_closed_at_lunch_on_weekends_and_on_holidays(
    now: str, is_open: bool, closes: str | None, opens: str
) -> None:
    assert WEEK.open_at(at(now)) is is_open
    assert WEEK.closes(at(now)) == (at(closes) if closes else None)
    assert WEEK.opens(at(now)) == at(opens)


def test_a_window_past_midnight_belongs_to_the_day_it_began() -> None:
    late = Hours(((),) * 4 + (((22 * 60, 26 * 60),),) + ((),) * 2, SEOUL)
    assert late.open_at(at("2026-11-21T01:59"))
    assert not late.open_at(at("2026-11-21T02:00"))
    assert late.closes(at("2026-11-20T23:00")) == at("2026-11-21T02:00")


def test_windows_that_touch_are_one() -> None:
    joined = Hours((((540, 720), (720, 1080)),) * 7, SEOUL)
    assert joined.closes(at("2026-11-20T10:00")) == at("2026-11-20T18:00")
    through = Hours((((0, 1440),),) * 7, SEOUL)
    assert through.between(at("2026-11-20T10:00"), at("2026-11-22T10:00")) == [
        (at("2026-11-19T00:00"), at("2026-11-23T00:00"))
    ]


def test_a_desk_that_never_said_when_it_opens_is_always_open() -> None:
    hours = always_open(SEOUL)
    now = at("2026-11-21T03:00")
    assert (hours.known, hours.open_at(now), hours.opens(now), hours.closes(now)) == (False, True, None, None)
    assert hours.between(now, now + DAY) == [(now, now + DAY)]
    assert hours.day_after(now) == date(2026, 11, 22)


def test_a_desk_closed_for_good_never_opens() -> None:
    shut = Hours((LUNCH,) * 7, SEOUL, lambda day: True)
    assert shut.opens(at("2026-11-20T10:00")) is None
    assert shut.day_after(at("2026-11-20T10:00")) is None
    assert not shut.open_at(at("2026-11-20T10:00"))


def test_the_clocks_going_back_make_one_day_longer() -> None:
    london = ZoneInfo("Europe/London")
    hours = Hours((((0, 1440),),) * 7, london)
    ((opens, closes),) = hours.of(date(2026, 10, 25))
    assert closes - opens == 25 * HOUR


@given(st.integers(0, 60 * 24 * 40), st.integers(1, 60 * 24 * 5))
def test_what_is_open_lies_in_the_windows_and_what_is_closed_between_them(minute: int, span: int) -> None:
    start = at("2026-11-20T00:00") + minute * MINUTE
    windows = WEEK.between(start, start + span * MINUTE)
    assert windows == sorted(windows)
    assert WEEK.open_at(start) == any(opens <= start < closes for opens, closes in windows)
    opens = WEEK.opens(start)
    assert opens is not None
    assert opens > start
    assert WEEK.open_at(opens)
    assert not WEEK.open_at(opens - 1)
