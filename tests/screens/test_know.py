"""Preferences in three keys, what customers do not want, and the same person twice."""

import pytest

from cxdesk.domain.changes import Change, insert
from cxdesk.domain.moments import DAY
from cxdesk.domain.records import Customer, Note, Preference, Purchase, SpecialDay
from cxdesk.domain.words import Topic
from cxdesk.i18n import t
from cxdesk.storage.rows import fetch_all
from tests.screens.hands import NOW, Shop, at_desk, shows

SAME = "010-1234-5678"


def keep(shop: Shop, *records: object) -> None:
    edits = tuple(insert(record) for record in records)  # type: ignore[arg-type]
    shop.store.commit(Change("new", edits), shop.desk.stamp(), undoable=False)


def liked(shop: Shop) -> list[tuple[str, str]]:
    return [(one.key, one.value) for one in fetch_all(shop.store.db, Preference, "1 ORDER BY id")]


async def test_a_preference_takes_three_keys_and_one_to_take_it_back(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("enter", "-", "1", "3")
        assert liked(shop) == [("사이즈", "M")]
        assert shows(hands.desk.memory, "사이즈 M (상담 방금)")
        await hands.press("-", "3", "2")
        assert liked(shop)[1:] == [("연락", "문자")]
        await hands.press("z", "z")
        assert liked(shop) == []


async def test_a_preference_that_is_on_no_list_is_written(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("enter", "-", "2")
        await hands.type("먹색")
        await hands.press("enter", "-", "5", "0")
        await hands.type("옆집")
        await hands.press("enter")
        assert liked(shop) == [("색상", "먹색"), ("배송 받는 곳", "옆집")]


async def test_an_old_preference_says_that_it_should_be_asked_again(shop: Shop) -> None:
    person = shop.know("김민지")
    keep(shop, Preference("f1", person.id, "사이즈", "M", "contact", NOW - 240 * DAY))
    keep(shop, Preference("f2", person.id, "배송", "문 앞", "contact", NOW - 500 * DAY))
    shop.arrive(person)
    async with at_desk(shop, size=(200, 50)) as hands:
        await hands.press("enter")
        assert shows(hands.desk.memory, "사이즈 M (상담 8개월 전)")
        assert shows(hands.desk.memory, "1년 전 · 다시 확인)")


async def test_a_birthday_is_kept_without_its_year_and_shown_without_its_date(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("enter", "-", "7")
        await hands.type("1990-11-24")
        assert "11월 24일" in hands.dialog
        await hands.press("enter")
        (day,) = fetch_all(shop.store.db, SpecialDay, "1")
        assert (day.kind, day.month, day.day) == ("birthday", 11, 24)
        assert shows(hands.desk.memory, "생일 3일 뒤")
        assert "24" not in "\n".join(text for line in hands.desk.memory.lines for text, _ in line)


async def test_who_wants_no_offers_is_promised_none_until_they_say_otherwise(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("enter", "-", "a")
        assert shows(hands.desk.memory, t("memory.no_marketing"))
        await hands.press("f")
        await hands.type("내일 오후 3시 할인 쿠폰 문자")
        await hands.press("enter")
        assert shop.count("follow_up") == 0
        assert hands.notice == t("refused.no_marketing")
        await hands.press("f")
        await hands.type("내일 오후 3시 전화")
        await hands.press("enter")
        assert shop.count("follow_up") == 1
        await hands.wait(seconds=1)
        await hands.press("-", "a")
        assert not shows(hands.desk.memory, t("memory.no_marketing"))


async def test_who_asked_not_to_be_contacted_is_promised_no_call(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("enter", "-", "n")
        assert shows(hands.desk.memory, t("memory.no_contact"))
        await hands.press("f")
        await hands.type("내일 오후 3시 전화")
        await hands.press("enter")
        assert shop.count("follow_up") == 0
        assert hands.notice == t("refused.no_contact")


async def test_a_note_is_put_right_and_what_it_said_can_be_looked_up(shop: Shop) -> None:
    person = shop.know("김민지")
    keep(shop, Note("n1", person.id, "포장이 예쁘다고 하심", NOW - DAY))
    shop.arrive(person)
    async with at_desk(shop) as hands:
        await hands.press("enter", "-", "l", "e")
        await hands.type(" (리본은 빼고)")
        await hands.press("enter")
        assert "포장이 예쁘다고 하심 (리본은 빼고) (고침)" in hands.dialog
        assert hands.dialog.count("포장이 예쁘다고 하심") == 1
        await hands.press("h")
        assert hands.dialog.count("포장이 예쁘다고 하심") == 2
        await hands.press("z", "escape")
        assert shows(hands.desk.memory, "포장이 예쁘다고 하심")
        assert not shows(hands.desk.memory, t("memory.amended"))


async def test_what_is_kept_is_confirmed_or_forgotten_where_it_stands(shop: Shop) -> None:
    person = shop.know("김민지")
    keep(shop, Preference("f1", person.id, "사이즈", "M", "contact", NOW - 500 * DAY))
    shop.arrive(person)
    async with at_desk(shop) as hands:
        await hands.press("enter", "-", "l")
        assert "다시 확인" in hands.dialog
        await hands.press("enter")
        assert "다시 확인" not in hands.dialog
        assert len(liked(shop)) == 2
        await hands.press("x")
        assert t("kept.nothing") in hands.dialog
        assert liked(shop) == []
        await hands.press("z")
        assert len(liked(shop)) == 2


@pytest.fixture
def twice(shop: Shop) -> tuple[Customer, Customer]:
    one, other = shop.know(f"김민지 {SAME}"), shop.know(f"Minji Kim {SAME}")
    bought = Purchase("p1", one.id, "o1", "린넨 셔츠", 39_000, "KRW", NOW - 9 * DAY, external_id="1")
    keep(shop, bought, Note("n1", other.id, "리본을 좋아하심", NOW - DAY))
    return one, other


async def test_two_entries_are_seen_side_by_side_and_made_one(shop: Shop, twice: tuple[Customer, Customer]) -> None:
    ticket = shop.arrive(twice[1], topic=Topic.PRODUCT)
    async with at_desk(shop) as hands:
        await hands.press("enter")
        assert shows(hands.desk.memory, t("memory.alike", n=1))
        await hands.press("g", "m")
        assert "010-****-5678" in hands.dialog
        await hands.press("enter")
        assert "리본" not in hands.dialog
        assert hands.dialog.index("김민지") < hands.dialog.index("Minji Kim"), "who bought more stays"
        await hands.press("right", "enter", "escape")
        merged = shop.customer_of(ticket)
        assert merged is not None
        assert (merged.id, merged.name) == (twice[0].id, "Minji Kim")
        assert shows(hands.desk.memory, "리본을 좋아하심")
        assert not shows(hands.desk.memory, t("memory.alike", n=1))
        await hands.press("z")
        back = shop.customer_of(ticket)
        assert back is not None
        assert back.id == twice[1].id


async def test_exchanging_the_sides_keeps_what_was_found_right(shop: Shop, twice: tuple[Customer, Customer]) -> None:
    async with at_desk(shop) as hands:
        await hands.press("g", "m", "enter", "x", "enter", "escape")
        kept = shop.desk.read.customer(twice[1].id)
        assert kept is not None
        assert (kept.name, kept.merged_into) == ("김민지", None)


async def test_two_who_are_two_are_not_asked_about_again(shop: Shop, twice: tuple[Customer, Customer]) -> None:
    shop.arrive(twice[0])
    async with at_desk(shop) as hands:
        await hands.press("enter", "g", "m", "enter", "d")
        assert t("duplicates.none") in hands.dialog
        await hands.press("escape")
        assert not shows(hands.desk.memory, t("memory.alike", n=1))


async def test_months_later_two_people_are_parted_by_name(shop: Shop, twice: tuple[Customer, Customer]) -> None:
    shop.desk.merging.merge(twice[0].id, twice[1].id)
    shop.clock.pass_(minutes=60 * 24 * 100)
    shop.arrive(twice[0])
    async with at_desk(shop) as hands:
        await hands.press("enter", "ctrl+p")
        await hands.type(t("action.part"))
        await hands.press("enter")
        assert "Minji Kim · 3개월 전 합침" in hands.dialog
        await hands.press("1")
        assert hands.notice == t("did.part")
        parted = shop.desk.read.customer(twice[1].id)
        assert parted is not None
        assert parted.merged_into is None


async def test_somebody_never_merged_cannot_be_parted(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("enter")
        hands.desk.performer.perform("part")
        await hands.settle()
        assert hands.notice == t("cannot.no_merge")


async def test_what_goes_with_it_is_mentioned_to_the_curious_and_not_to_the_angry(shop: Shop) -> None:
    baskets = [
        Purchase(f"{n}{product}", None, f"b{n}", product, 1000, "KRW", NOW - 90 * DAY, external_id=f"{n}{product}")
        for n in range(6)
        for product in ("녹차", "찻잔")
    ]
    others = [Purchase(f"x{n}", None, f"x{n}", "초", 1, "KRW", NOW, external_id=f"x{n}") for n in range(20)]
    person = shop.know("김민지")
    mine = Purchase("p1", person.id, "o1", "녹차", 28_000, "KRW", NOW - 9 * DAY, external_id="p1")
    keep(shop, *baskets, *others, mine)
    shop.arrive(person, topic=Topic.PRODUCT)
    async with at_desk(shop) as hands:
        await hands.press("enter")
        assert shows(hands.desk.memory, "찻잔 권해 보기")
        assert shows(hands.desk.memory, "녹차 주문 7건 중 6건에 함께")
        await hands.press("alt+1")
        assert not shows(hands.desk.memory, "찻잔 권해 보기")
