from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.moments import (
    DAY,
    HOUR,
    MINUTE,
    ago,
    clock,
    day,
    duration,
    from_iso,
    instant,
    iso,
    local,
    stopwatch,
    when,
)
from cxdesk.domain.words import Language

SEOUL = ZoneInfo("Asia/Seoul")


def at(year: int, month: int, date: int, hour: int = 0, minute: int = 0, second: int = 0) -> int:
    return instant(datetime(year, month, date, hour, minute, second, tzinfo=SEOUL))


NOW = at(2026, 11, 21, 10)


@pytest.mark.parametrize(
    ("t", "ko", "en"),
    [
        (at(2026, 11, 21, 14, 3), "오늘 오후 2:03", "today 2:03 pm"),
        (at(2026, 11, 22, 15), "내일 오후 3시", "tomorrow 3 pm"),
        (at(2026, 11, 20, 9, 30), "어제 오전 9:30", "yesterday 9:30 am"),
        (at(2026, 11, 28, 14, 3), "11월 28일(토) 오후 2:03", "Sat 28 Nov, 2:03 pm"),
        (at(2027, 1, 5, 12), "2027년 1월 5일(화) 낮 12시", "Tue 5 Jan 2027, noon"),
        (at(2026, 11, 25, 0), "11월 25일(수) 오전 0시", "Wed 25 Nov, 12 am"),
        (at(2026, 11, 25, 12, 30), "11월 25일(수) 오후 12:30", "Wed 25 Nov, 12:30 pm"),
        (at(2026, 11, 25, 0, 5), "11월 25일(수) 오전 0:05", "Wed 25 Nov, 12:05 am"),
    ],
)
def test_a_moment_is_said_as_people_say_it(t: int, ko: str, en: str) -> None:
    assert when(t, SEOUL, Language.KO, NOW) == ko
    assert when(t, SEOUL, "en", NOW) == en


@pytest.mark.parametrize(
    ("t", "ko", "en"),
    [
        (NOW, "오늘", "Today"),
        (NOW - DAY, "어제", "Yesterday"),
        (NOW + DAY, "내일", "Tomorrow"),
        (at(2026, 11, 7), "11월 7일(토)", "Sat 7 Nov"),
        (at(2025, 11, 7), "2025년 11월 7일(금)", "Fri 7 Nov 2025"),
    ],
)
def test_a_day_is_named_when_near_and_dated_when_far(t: int, ko: str, en: str) -> None:
    assert day(t, SEOUL, "ko", NOW) == ko
    assert day(t, SEOUL, "en", NOW) == en


def test_the_day_turns_at_midnight_of_the_zone_passed_in() -> None:
    late = at(2026, 11, 21, 0, 30)
    assert day(late, SEOUL, "ko", NOW) == "오늘"
    assert day(late, ZoneInfo("UTC"), "ko", NOW) == "어제"
    assert clock(late, SEOUL) == "00:30"


@pytest.mark.parametrize(
    ("gone", "ko", "en"),
    [
        (-DAY, "방금", "just now"),
        (59_000, "방금", "just now"),
        (MINUTE, "1분 전", "1 minute ago"),
        (3 * HOUR + 59 * MINUTE, "3시간 전", "3 hours ago"),
        (DAY, "1일 전", "1 day ago"),
        (245 * DAY, "8개월 전", "8 months ago"),
        (362 * DAY, "11개월 전", "11 months ago"),
        (366 * DAY, "1년 전", "1 year ago"),
    ],
)
def test_the_past_is_told_in_its_largest_unit(gone: int, ko: str, en: str) -> None:
    assert ago(NOW - gone, NOW, "ko") == ko
    assert ago(NOW - gone, NOW, "en") == en


@given(st.integers(-(10**12), 10**12))
def test_no_age_is_ever_negative_or_zero(gone: int) -> None:
    for lang in ("ko", "en"):
        said = ago(NOW - gone, NOW, lang)
        assert "-" not in said
        assert not said.startswith("0")


@pytest.mark.parametrize(
    ("seconds", "ko", "en", "running"),
    [
        (-5, "0초", "0 s", "0:00"),
        (45, "45초", "45 s", "0:45"),
        (252, "4분", "4 min", "4:12"),
        (390.9, "6분", "6 min", "6:30"),
        (4800, "1시간 20분", "1 h 20 min", "1:20:00"),
        (3729, "1시간 2분", "1 h 2 min", "1:02:09"),
        (7200, "2시간", "2 h", "2:00:00"),
        (2 * 86400 + 3 * 3600, "2일 3시간", "2 d 3 h", "51:00:00"),
    ],
)
def test_a_length_of_time_fits_its_column(seconds: float, ko: str, en: str, running: str) -> None:
    assert duration(seconds, "ko") == ko
    assert duration(seconds, "en") == en
    assert stopwatch(seconds) == running


def test_iso_is_utc_and_keeps_milliseconds_only_when_there_are_some() -> None:
    assert iso(at(2026, 11, 21, 14, 3)) == "2026-11-21T05:03:00Z"
    assert iso(at(2026, 11, 21, 14, 3) + 7) == "2026-11-21T05:03:00.007Z"
    assert from_iso("2026-11-21T14:03:00+09:00") == at(2026, 11, 21, 14, 3)


@given(st.integers(-62_000_000_000_000, 253_000_000_000_000))
def test_iso_reads_back_to_the_millisecond(t: int) -> None:
    assert from_iso(iso(t)) == t
    assert instant(local(t, SEOUL)) == t


@pytest.mark.parametrize("text", ["2026-11-21T14:03:00", "2026-11-21", "soon", ""])
def test_a_time_without_an_offset_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_iso(text)
