from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from cxdesk.desk.opening import hours_of, known_country
from cxdesk.domain.moments import instant
from cxdesk.settings import WEEK, Opening

SEOUL = ZoneInfo("Asia/Seoul")
DAILY = {day: ["09:00-12:00", "13:00-18:00"] for day in WEEK}


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (date(2026, 9, 23), True),
        (date(2026, 9, 24), False),  # the day before Chuseok
        (date(2026, 9, 25), False),
        (date(2026, 9, 26), False),
        (date(2026, 10, 5), False),  # substitute for National Foundation Day on a Saturday
        (date(2026, 10, 9), False),  # Hangul Day
        (date(2026, 10, 12), True),
        (date(2026, 12, 31), False),  # the shop's own day off
    ],
)
def test_korean_public_holidays_and_the_shops_own_days_off_are_closed(day: date, is_open: bool) -> None:
    hours = hours_of(Opening(DAILY, "KR", ["2026-12-31"]), SEOUL)
    assert bool(hours.of(day)) is is_open
    assert len(hours.of(day)) in (0, 2)


def test_a_shop_without_a_country_works_on_holidays() -> None:
    hours = hours_of(Opening(DAILY, ""), SEOUL)
    assert hours.open_at(instant(datetime(2026, 9, 25, 10, tzinfo=SEOUL)))


def test_no_windows_at_all_mean_always_open_whatever_the_holidays() -> None:
    assert hours_of(Opening(holidays="KR"), SEOUL).open_at(instant(datetime(2026, 9, 25, 3, tzinfo=SEOUL)))


def test_a_country_nobody_knows_has_no_holidays() -> None:
    assert not known_country("XX")
    assert known_country("KR")
    assert known_country("")
    assert hours_of(Opening(DAILY, "XX"), SEOUL).of(date(2026, 9, 25))
