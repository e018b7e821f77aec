"""Looking back at the day with the keyboard, as an owner does in the evening."""

from collections.abc import AsyncIterator

import pytest

from cxdesk.domain.words import Topic
from tests.screens.hands import Hands, Shop, at_desk


@pytest.fixture
async def evening(shop: Shop) -> AsyncIterator[Hands]:
    """An evening after three contacts, one of them angry at the end; NOW is Saturday, 21 November 2026."""
    minji = shop.know("김민지 010-1234-5678")
    for topic in (Topic.DELIVERY, Topic.REFUND, Topic.DELIVERY):
        ticket = shop.arrive(minji, "일주일째 안 와요", topic=topic)
        shop.clock.pass_(minutes=3)
        shop.desk.take([ticket.id])
        shop.clock.pass_(minutes=5)
        shop.desk.resolve([ticket.id])
    async with at_desk(shop, size=(100, 30)) as hands:
        yield hands


async def test_a_period_is_turned_typed_and_stepped_through(evening: Hands) -> None:
    await evening.press("g", "d")
    assert "2026. 11. 16. ~ 2026. 11. 22. (오늘까지)" in evening.text
    assert "들어온 문의          3건" in evening.text
    await evening.press("d")
    assert "2026. 11. 21.(토)" in evening.text
    await evening.press("left")
    assert "2026. 11. 20.(금)" in evening.text
    assert "이 기간에는 기록이 없습니다." in evening.text
    await evening.press("right", "right")
    assert "아직 오지 않은 기간입니다." in evening.text
    await evening.press(".")
    await evening.type("2026-11")
    assert "2026년 11월" in evening.text
    await evening.press("enter")
    assert "들어온 문의          3건" in evening.text
    await evening.press(".")
    await evening.type("언젠가")
    assert "기간으로 읽지 못했습니다" in evening.text
    await evening.press("escape", "escape")
    assert evening.on_top == "DeskScreen"


async def test_every_chart_turns_into_its_table(evening: Hands) -> None:
    await evening.press("g", "d", "m", "3")
    chart = evening.text
    await evening.press("t")
    assert evening.text != chart
    assert "합계" in evening.text
    await evening.press("ㅅ")  # the same key while writing Korean
    assert evening.text == chart
    await evening.press("4", "t")
    assert "환불·교환" in evening.text
    await evening.press("l")
    assert "지킨 대기 안내" in evening.text


async def test_a_touchpoint_is_weighed_by_hand_and_that_is_undone(evening: Hands) -> None:
    await evening.press("g", "j")
    assert "감정 곡선" in evening.text
    await evening.press("7", "+", "+")
    assert "실행 가능성: 4" in evening.text
    assert "●●●●○" in evening.text
    await evening.press("z")
    assert "●●●○○" in evening.text
    await evening.press("down", "-")
    assert evening.shop.count("touchpoint") == 2


async def test_the_owners_page_and_the_sheet_are_written_beside_the_desk(evening: Hands) -> None:
    await evening.press("g", "d", "d", "x")
    made = evening.shop.store.path.parent / "exports"
    assert sorted(path.name for path in made.iterdir()) == [
        "insights-2026-11-21-2026-11-21.csv",
        "insights-2026-11-21-2026-11-21.html",
    ]
    assert {path.stat().st_mode & 0o777 for path in made.iterdir()} == {0o600}
    assert "저장했습니다" in evening.text


async def test_one_persons_way_is_on_their_page(evening: Hands) -> None:
    await evening.press("/")
    await evening.type("김민지")
    await evening.press("enter", "w")
    assert "김민지 고객님의 여정" in evening.text
    assert "결제·배송 문의" in evening.text
    await evening.press("l")
    assert "단계를 정하는 규칙" in evening.text
    await evening.press("escape", "escape")
    assert evening.on_top == "DeskScreen"
