from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cxdesk.domain.due import WRONG, read_due, why_unread
from cxdesk.domain.moments import DAY, MINUTE, instant, local, when

SEOUL = ZoneInfo("Asia/Seoul")
SATURDAY_TEN = instant(datetime(2026, 11, 21, 10, 0, tzinfo=SEOUL))


def read(text: str, hour: int = 10) -> tuple[str, str] | None:
    due = read_due(text, SATURDAY_TEN + (hour - 10) * 60 * MINUTE, SEOUL)
    return (f"{local(due.at, SEOUL):%m-%d %H:%M}", due.what) if due else None


def assumed(text: str, hour: int = 10, lang: str | None = None) -> tuple[str, ...]:
    due = read_due(text, SATURDAY_TEN + (hour - 10) * 60 * MINUTE, SEOUL, lang)
    assert due
    return due.assumed


@pytest.mark.parametrize(
    ("text", "at", "what"),
    [
        ("내일 오후 3시 전화", "11-22 15:00", "전화"),
        ("내일 3시에 김민지님께 전화", "11-22 15:00", "김민지님께 전화"),
        ("내일 3시전화", "11-22 15:00", "전화"),
        ("다음 주 화요일까지", "11-24 18:00", ""),
        ("다음주 화 3시", "11-24 15:00", ""),
        ("모레 12시", "11-23 12:00", ""),
        ("내일모레 오전 중으로 환불 안내", "11-23 12:00", "환불 안내"),
        ("3시까지", "11-21 15:00", ""),
        ("30분 뒤", "11-21 10:30", ""),
        ("1시간 반 후", "11-21 11:30", ""),
        ("한 시간 뒤 전화드리기", "11-21 11:00", "전화드리기"),
        ("두시간 안에", "11-21 12:00", ""),
        ("1.5시간 뒤", "11-21 11:30", ""),
        ("금요일 정오", "11-27 12:00", ""),
        ("11월 25일 오전 10시 반", "11-25 10:30", ""),
        ("11/25 14:00", "11-25 14:00", ""),
        ("2026. 11. 25. 오후 2:03", "11-25 14:03", ""),
        ("월요일", "11-23 18:00", ""),
        ("지난주 금요일 주문 건 월요일 3시", "11-23 15:00", "지난주 금요일 주문 건"),
        ("이따 5시", "11-21 17:00", ""),
        ("오늘 중", "11-21 18:00", ""),
        ("퇴근 전까지 송장 확인", "11-21 18:00", "송장 확인"),
        ("사흘 뒤", "11-24 18:00", ""),
        ("3일 뒤 오후 2시", "11-24 14:00", ""),
        ("3일 이내 회신", "11-24 18:00", "회신"),
        ("25일까지 입금 확인", "11-25 18:00", "입금 확인"),
        ("다음 달 3일", "12-03 18:00", ""),
        ("월말까지 정산", "11-30 18:00", "정산"),
        ("1월 5일", "01-05 18:00", ""),
        ("아침 9시", "11-22 09:00", ""),
        ("오늘 밤 12시", "11-22 00:00", ""),
        ("세시에 전화", "11-21 15:00", "전화"),
        ("모레 아침 확인", "11-23 12:00", "확인"),
        ("돌아오는 월요일 오전", "11-23 12:00", ""),
        ("이번 주 안에 연락", "11-21 18:00", "연락"),
        ("다음 달 말까지", "12-31 18:00", ""),
        ("11월 말", "11-30 18:00", ""),
        ("연말까지 정산", "12-31 18:00", "정산"),
        ("2~3시간 뒤", "11-21 13:00", ""),
        ("한두 시간 뒤 전화", "11-21 12:00", "전화"),
        ("3시에서 5시 사이 방문", "11-21 17:00", "방문"),
        ("2-3일 안에", "11-24 18:00", ""),
        ("영업일 기준 3일 이내", "11-25 18:00", ""),
        ("5영업일 안에", "11-27 18:00", ""),
    ],
)
def test_korean_promises_are_read(text: str, at: str, what: str) -> None:
    assert read(text) == (at, what)


@pytest.mark.parametrize(
    ("text", "at", "what"),
    [
        ("tomorrow 3pm call", "11-22 15:00", "call"),
        ("call Minji tomorrow at 3", "11-22 15:00", "call Minji"),
        ("in 2 hours", "11-21 12:00", ""),
        ("in an hour and a half", "11-21 11:30", ""),
        ("in half an hour", "11-21 10:30", ""),
        ("in 30 min call back", "11-21 10:30", "call back"),
        ("in 1h 20m", "11-21 11:20", ""),
        ("Friday noon", "11-27 12:00", ""),
        ("next Tuesday", "11-24 18:00", ""),
        ("by 5", "11-21 17:00", ""),
        ("on 25 Nov at 10:30", "11-25 10:30", ""),
        ("Nov 25th, 3 pm send label", "11-25 15:00", "send label"),
        ("tonight", "11-21 20:00", ""),
        ("tonight at 8", "11-21 20:00", ""),
        ("end of day", "11-21 18:00", ""),
        ("day after tomorrow", "11-23 18:00", ""),
        ("tomorrow morning at 9", "11-22 09:00", ""),
        ("half past 3", "11-21 15:30", ""),
        ("in 3 days", "11-24 18:00", ""),
        ("I may call at 5", "11-21 17:00", "I may call"),
        ("Wed 4pm", "11-25 16:00", ""),
        ("tomorrow morning", "11-22 12:00", ""),
        ("next Tuesday by 5", "11-24 17:00", ""),
        ("tomorrow 3.30pm", "11-22 15:30", ""),
        ("Monday morning 9", "11-23 09:00", ""),
        ("7 in the evening", "11-21 19:00", ""),
        ("on the 25th at 3", "11-25 15:00", ""),
        ("by end of next month", "12-31 18:00", ""),
        ("end of November", "11-30 18:00", ""),
        ("end of the year", "12-31 18:00", ""),
        ("tomorrow 9-11am", "11-22 11:00", ""),
        ("between 3 and 5pm", "11-21 17:00", ""),
        ("within 3 business days", "11-25 18:00", ""),
    ],
)
def test_english_promises_are_read(text: str, at: str, what: str) -> None:
    assert read(text) == (at, what)


@pytest.mark.parametrize(
    "text",
    ["", "전화", "call", "어제 3시", "yesterday", "오늘 09:00", "30분 전", "2 days ago", "지난주 금요일", "last Friday",
     "이번 주 금요일까지", "2월 30일", "13월 1일", "25시", "2.5kg 확인", "mark 5 items", "착한 시계", "1시간 걸림"],
)  # fmt: skip
def test_what_is_no_time_or_is_past_is_no_promise(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("내일 25시 전화", "impossible_time"),
        ("내일 3시 75분", "impossible_time"),
        ("2월 30일 3시", "impossible_time"),
        ("Feb 30", "impossible_time"),
        ("13월 1일", "impossible_time"),
        ("31일", "impossible_time"),
        ("tomorrow at 25:00", "impossible_time"),
        ("999999시간 뒤", "impossible_time"),
        ("9999 영업일 안에", "impossible_time"),
        ("어제 3시", "past_time"),
        ("오늘 09:00", "past_time"),
        ("2025-11-25", "past_time"),
        ("0분 뒤", "past_time"),
        ("yesterday", "past_time"),
        ("최대한 빨리", "no_time"),
        ("as soon as possible", "no_time"),
        ("", "no_time"),
        ("내일 오후 3시", ""),
    ],
)
def test_why_a_sentence_is_no_promise_is_known(text: str, why: str) -> None:
    assert why_unread(text, SATURDAY_TEN, SEOUL) == why
    assert (read(text) is None) == bool(why)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("어제 주문 건 내일 3시", "어제 주문 건"),
        ("3시 반품 전화", "반품 전화"),
        ("보낼 것 3시", "보낼 것"),
        ("부담 주지 않게 3시", "부담 주지 않게"),
        ("1호점 3시 전화", "1호점 전화"),
        ("sun cream at 5", "sun cream"),
    ],
)
def test_words_that_look_like_times_stay_in_the_sentence(text: str, what: str) -> None:
    found = read(text)
    assert found
    assert found[1] == what


@pytest.mark.parametrize(
    ("text", "hour", "at"),
    [
        ("3시", 10, "11-21 15:00"),
        ("3시", 16, "11-22 15:00"),
        ("9시", 8, "11-21 09:00"),
        ("8시", 9, "11-21 20:00"),
        ("9시", 19, "11-22 09:00"),
        ("오늘 9시", 19, "11-21 21:00"),
        ("by 11", 10, "11-21 11:00"),
        ("오늘 중", 19, "11-21 23:59"),
    ],
)
def test_a_bare_hour_is_the_next_one_the_shop_is_open(text: str, hour: int, at: str) -> None:
    assert read(text, hour) == (at, "")


def test_what_was_assumed_is_told() -> None:
    assert assumed("3시") == ("afternoon_assumed",)
    assert assumed("3시", 16) == ("afternoon_assumed", "tomorrow_assumed")
    assert assumed("모레") == ("end_of_day",)
    assert assumed("next Tuesday") == ("next_week_assumed", "end_of_day")
    assert assumed("내일 저녁") == ("part_of_day",)
    assert assumed("내일 자정") == ("midnight_assumed",)
    assert assumed("다음 주 오전 10시") == ("day_assumed",)
    assert assumed("3/4 14:00", lang="en") == ("month_first",)
    assert assumed("토요일 3시") == ("next_week_assumed", "afternoon_assumed")
    assert assumed("2~3시간 뒤") == assumed("tomorrow 9-11am") == ("range_end",)
    assert assumed("3영업일 안에 ") == ("weekdays_counted", "end_of_day")
    assert assumed("내일 오후 3시") == assumed("tomorrow 3 pm") == assumed("내일 15:00") == ()


def test_the_words_that_were_read_are_shown_apart() -> None:
    due = read_due("Minji 고객 내일 오후 3시까지 전화", SATURDAY_TEN, SEOUL)
    assert due
    assert (due.said, due.what) == ("내일 오후 3시까지", "Minji 고객 전화")


@settings(max_examples=400)
@given(
    st.sampled_from(["ko", "en"]),
    st.integers(0, 525_600),
    st.integers(1, 60 * 24 * 60),
    st.sampled_from(["Asia/Seoul", "UTC", "America/New_York"]),
)
def test_every_time_the_desk_writes_it_can_read(lang: str, start: int, ahead: int, zone: str) -> None:
    tz = ZoneInfo(zone)
    now = SATURDAY_TEN + start * MINUTE
    at = now + ahead * MINUTE
    wall = local(at, tz)
    # An hour that the clock strikes twice cannot be told apart in words.
    assume(wall.utcoffset() == (wall + timedelta(hours=-2)).utcoffset() == local(at + DAY // 12, tz).utcoffset())
    for written in (when(at, tz, lang, now), f"{when(at, tz, lang, now)} 전화", f"call {when(at, tz, lang, now)}"):
        due = read_due(written, now, tz)
        assert due
        assert (due.at, due.assumed) == (at, ())


@given(st.text(alphabet="내일모레오늘전후시분초일월화수 0123456789:/.-반까지에 amp tonexweekfri", max_size=40))
def test_no_sentence_breaks_it_and_no_promise_lies_in_the_past(text: str) -> None:
    due = read_due(text, SATURDAY_TEN, SEOUL)
    assert due is None or due.at > SATURDAY_TEN
    assert why_unread(text, SATURDAY_TEN, SEOUL) in (("",) if due else WRONG)
