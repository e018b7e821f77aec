import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.empathy.spoken import days, first_name, lasting, product_name, wait_range, weeks


@pytest.mark.parametrize(
    ("count", "ko", "en"),
    [
        (0, None, None),
        (1, "하루", "a day"),
        (3, "사흘", "three days"),
        (5, "5일", "five days"),
        (7, "일주일", "a week"),
        (10, "열흘", "ten days"),
        (11, "11일", "11 days"),
        (14, "2주", "two weeks"),
        (30, "한 달", "a month"),
        (60, "2개월", "two months"),
        (400, "1년", "a year"),
    ],
)
def test_days(count: int, ko: str | None, en: str | None) -> None:
    assert days(count, "ko") == ko
    assert days(count, "en") == en


def test_weeks_are_whole_weeks() -> None:
    assert [weeks(count, "ko") for count in (6, 7, 13, 14)] == [None, "일주일", "일주일", "2주"]
    assert weeks(21, "en") == "three weeks"


@pytest.mark.parametrize(
    ("minutes", "ko", "en"),
    [
        (0, None, None),
        (1, "1분", "1 minute"),
        (25, "25분", "25 minutes"),
        (60, "1시간", "an hour"),
        (65, "1시간 5분", "an hour and 5 minutes"),
        (150, "2시간 30분", "2 hours and 30 minutes"),
        (2 * 24 * 60 + 5, "2일", "two days"),
    ],
)
def test_lengths_of_time(minutes: int, ko: str | None, en: str | None) -> None:
    assert lasting(minutes, "ko") == ko
    assert lasting(minutes, "en") == en


@pytest.mark.parametrize(
    ("low", "high", "ko", "en"),
    [
        (6, 11, "6~11분", "6–11 minutes"),
        (6, 6, "6분", "6 minutes"),
        (0, 5, "5분 이내", "under 5 minutes"),
        (0, 0, "1분 이내", "under 1 minute"),
        (50, 80, "50분~1시간 20분", "50 minutes to an hour and 20 minutes"),
        (9, 6, None, None),
        (-1, 6, None, None),
    ],
)
def test_a_wait_is_a_range(low: int, high: int, ko: str | None, en: str | None) -> None:
    assert wait_range(low, high, "ko") == ko
    assert wait_range(low, high, "en") == en


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Emma Brown", "Emma"),
        ("Ms. Emma Brown", "Emma"),
        ("Brown, Emma", "Emma"),
        ("Emma", "Emma"),
        ("Kim Minji", "Kim Minji"),
        ("J. R. Hartley", "J. R. Hartley"),
        ("김민지", "김민지"),
        ("Mr.", "Mr."),
        (",", ","),
    ],
)
def test_first_names(name: str, first: str) -> None:
    assert first_name(name) == first


@given(st.text(min_size=1).filter(str.strip))
def test_a_name_always_leaves_something_to_call_a_person(name: str) -> None:
    assert first_name(name)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("[무료배송] 린넨 셔츠 (화이트)", "린넨 셔츠"),
        ("★특가★ 제주 감귤 5kg", "특가 제주 감귤 5kg"),
        ("(증정)", None),
        ("가" * 31, None),
    ],
)
def test_products_as_people_call_them(raw: str, said: str | None) -> None:
    assert product_name(raw) == said
