"""The list of customers and one person's page."""

import re

import pytest

from cxdesk.domain.changes import Change, insert
from cxdesk.domain.records import Customer, Note, Purchase
from cxdesk.domain.words import Language
from cxdesk.i18n import t
from cxdesk.screens.customers import Customers
from cxdesk.screens.person import Person
from cxdesk.storage import pages
from cxdesk.widgets import privacy
from tests.screens.hands import NOW, Hands, Shop, at_desk
from tests.widgets.hostile import HOSTILE, is_inert


@pytest.fixture(autouse=True)
def unshared() -> None:
    privacy.share(False)


@pytest.fixture
def people(shop: Shop) -> Shop:
    """김민지 with a contact, a purchase and a note; Emma, who bought much; and forty others."""
    shop.arrive("김민지 010-1234-5678 minji@example.com", "린넨 셔츠가 안 와요")
    minji = shop.desk.read.find_people("김민지").hits[0].customer
    assert minji is not None
    shop.desk.people.remember(minji.id, "포장이 예쁘다고 하심")
    bought = (
        Purchase("p1", minji.id, "O1", "린넨 셔츠", 39_000, "KRW", NOW - 86_400_000, source="s", external_id="1"),
        Purchase("p2", "emma", "O2", "울 니트", 3_000_000, "KRW", NOW - 86_400_000, source="s", external_id="2"),
    )
    others = [Customer(f"k{n:02}", f"박{'가나다라마바사아'[n % 8]}{'하호후'[n % 3]}", Language.KO) for n in range(40)]
    emma = Customer("emma", "Emma Clarke", Language.EN)
    shop.store.commit(Change("new", tuple(map(insert, (emma, *bought, *others)))), shop.desk.stamp(), undoable=False)
    return shop


def cursor(hands: Hands) -> str:
    """The row the cursor is on."""
    return next(line for line in hands.text.splitlines() if line.lstrip("│ ").startswith("▌"))


async def test_the_list_shows_everybody_the_latest_contact_first(people: Shop) -> None:
    async with at_desk(people) as hands:
        await hands.press("g", "c")
        assert hands.on_top == "Customers"
        assert "김민지" in cursor(hands)
        assert "010-****-5678" in cursor(hands)
        assert "1/42" in hands.text
        await hands.press("escape")
        assert hands.on_top == "DeskScreen"


async def test_tab_in_an_empty_line_changes_the_order(people: Shop) -> None:
    async with at_desk(people) as hands:
        await hands.press("g", "c", "tab")
        assert cursor(hands).startswith("▌김민지")
        assert "이름▲" in hands.text
        await hands.press("tab")
        assert "Emma Clarke" in cursor(hands)
        await hands.press("tab")
        assert "마지막 상담▼" in hands.text


async def test_moving_by_rows_pages_and_to_the_ends_goes_through_every_block(
    people: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_desk(people, size=(80, 24)) as hands:
        monkeypatch.setattr(pages, "BLOCK", 8)
        await hands.press("g", "c", "tab")
        screen = hands.app.screen
        assert isinstance(screen, Customers)
        screen.list._step = 8
        seen = []
        for _ in range(42):
            current = screen.list.current
            assert current is not None
            seen.append(current.customer_id)
            await hands.press("down")
        assert len(set(seen)) == 42
        assert "42/42" in hands.text
        assert "Emma Clarke" in cursor(hands)
        await hands.press("home")
        assert "1/42" in hands.text
        await hands.press("end")
        assert "Emma Clarke" in cursor(hands)
        await hands.press("pageup")
        assert "Emma Clarke" not in cursor(hands)


async def test_typing_filters_and_says_what_somebody_was_found_by(people: Shop) -> None:
    async with at_desk(people) as hands:
        await hands.press("g", "c")
        await hands.type("김ㅁㅈ")
        assert "1/1" in hands.text
        await hands.press("escape")
        assert "1/42" in hands.text
        await hands.type("니트")
        assert "Emma Clarke" in cursor(hands)
        assert "구매: 울 니트" in cursor(hands)
        await hands.press("escape")
        await hands.type("rlaalswl")
        assert "‘김민지’로 찾았습니다" in hands.text


async def test_tab_finishes_a_condition_and_a_wrong_one_is_explained(people: Shop) -> None:
    async with at_desk(people) as hands:
        await hands.press("g", "c")
        await hands.type("고객")
        assert "고객군:" in hands.text
        await hands.press("tab")
        await hands.type("v")
        await hands.press("tab")
        screen = hands.app.screen
        assert isinstance(screen, Customers)
        assert screen.input.value == "고객군:vip "
        assert "Emma Clarke" in cursor(hands)
        await hands.press("escape")
        await hands.type("고객군:황금")
        assert "‘황금’ 값은 쓸 수 없습니다. 쓸 수 있는 것: vip, 단골" in hands.text


async def test_a_revealed_number_is_logged_and_hidden_again(people: Shop) -> None:
    async with at_desk(people) as hands:
        await hands.press("g", "c", "f2")
        assert "010-1234-5678" in cursor(hands)
        screen = hands.app.screen
        assert isinstance(screen, Customers)
        screen.list.unmask({})
        assert "010-****-5678" in cursor(hands)
    assert people.store.db.execute("SELECT field, why, at FROM access_log").fetchall() == [("phone", "list", NOW)]


async def test_a_shared_screen_hides_names_and_numbers_everywhere_and_says_so(people: Shop) -> None:
    async with at_desk(people) as hands:
        await hands.press("f4")
        assert t("status.sharing") in hands.text
        await hands.press("n")
        assert "김*지" in hands.text
        assert "민지" not in hands.text
        await hands.press("escape", "g", "c")
        assert "김*지" in cursor(hands)
        await hands.press("f2")
        assert "010-1234" not in hands.text
        await hands.press("enter", "v")
        assert "민지" not in hands.text
        assert t("person.sharing") in hands.text
        await hands.press("f4")
        assert "김민지" in hands.text
        assert t("status.sharing") not in hands.text
    assert people.count("access_log") == 0


async def test_a_page_tells_the_whole_story_newest_first_and_opens_a_contact(people: Shop) -> None:
    async with at_desk(people) as hands:
        await hands.press("g", "c", "enter")
        assert isinstance(hands.app.screen, Person)
        days = re.findall(r"2026-11-2\d \d\d:\d\d  (\S+)", hands.text)
        assert sorted(days[:2]) == ["메모", "상담"]
        assert days[2:] == ["구매"]
        assert "린넨 셔츠가 안 와요" in hands.text
        assert "포장이 예쁘다고 하심" in hands.text
        assert "mi***@example.com" in hands.text
        while "상담 " not in cursor(hands):
            await hands.press("j")
        await hands.press("enter")
        assert hands.on_top == "DeskScreen"
        assert hands.open_ticket is not None


async def test_what_is_put_right_on_the_page_is_undone_with_one_key(people: Shop) -> None:
    async with at_desk(people) as hands:
        await hands.press("g", "c", "enter", "e", "1", "backspace")
        await hands.type("수")
        await hands.press("enter")
        assert "김민수" in hands.text
        assert people.desk.read.find_people("김민수").hits
        await hands.press("ㅋ")  # z, with the keyboard in Korean mode
        assert "김민지" in hands.text
        assert "되돌렸습니다" in hands.text


async def test_a_number_that_cannot_be_read_is_refused_in_words(people: Shop) -> None:
    async with at_desk(people) as hands:
        await hands.press("g", "c", "enter", "e", "2", *["backspace"] * 20)
        await hands.type("12")
        await hands.press("enter")
        assert t("refused.no_phone") in hands.text
        assert "010-****-5678" in hands.text


async def test_the_page_copies_what_it_shows_and_reveals_on_demand(people: Shop) -> None:
    async with at_desk(people) as hands:
        await hands.press("g", "c", "enter", "y")
        assert "010-****-5678" in hands.app.clipboard
        assert "O1 린넨 셔츠" in hands.app.clipboard
        await hands.press("v", "y")
        assert "010-1234-5678" in hands.app.clipboard
        assert {row[0] for row in people.store.db.execute("SELECT field FROM access_log")} == {"phone", "email"}


async def test_everything_about_a_person_is_written_out_for_its_owner_only(people: Shop) -> None:
    async with at_desk(people) as hands:
        await hands.press("g", "c", "enter", "x")
        folder = people.store.path.parent / "exports"
        assert str(folder)[:20] in hands.text
    text, data = sorted(folder.iterdir(), key=lambda path: path.suffix, reverse=True)
    assert {path.stat().st_mode & 0o077 for path in (text, data)} == {0}
    assert "010-1234-5678" in text.read_text()
    assert "린넨 셔츠가 안 와요" in text.read_text()
    assert '"product": "린넨 셔츠"' in data.read_text()


async def test_the_search_of_everything_leads_to_a_persons_page(people: Shop) -> None:
    async with at_desk(people) as hands:
        await hands.press("/")
        await hands.type("5678")
        await hands.press("enter")
        assert isinstance(hands.app.screen, Person)
        await hands.press("escape")
        assert hands.on_top == "DeskScreen"


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 50)])
async def test_both_screens_fit_any_terminal_in_both_languages(people: Shop, size: tuple[int, int]) -> None:
    for lang in Language:
        async with at_desk(people, size=size, lang=lang) as hands:
            await hands.press("g", "c")
            assert "5678" in hands.text or size[0] < 80
            await hands.press("enter")
            assert max(strip.cell_length for strip in hands.strips()) == size[0]


async def test_hostile_names_goods_and_words_are_shown_as_text(shop: Shop) -> None:
    for n, text in enumerate(HOSTILE):
        person = Customer(f"h{n}", text or "?", Language.KO, address=text)
        bought = Purchase(f"p{n}", person.id, text, text, 1, "KRW", NOW, option=text, source="s", external_id=str(n))
        said = Note(f"n{n}", person.id, text, NOW)
        shop.store.commit(Change("new", tuple(map(insert, (person, bought, said)))), shop.desk.stamp(), undoable=False)
    async with at_desk(shop) as hands:
        await hands.press("g", "c")
        for _ in HOSTILE:
            assert is_inert(hands.text.replace("\n", ""))
            await hands.press("enter")
            assert is_inert(hands.text.replace("\n", ""))
            await hands.press("escape", "down")
