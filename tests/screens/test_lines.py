"""The library of lines, and finding one while writing, key by key."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cxdesk.desk.lines import Lines
from cxdesk.desk.phrases import Phrases
from cxdesk.domain.words import Emotion, Language, Segment, Topic
from cxdesk.empathy.library import Form, Line
from cxdesk.i18n import t
from tests.screens.hands import SEOUL, Hands, Shop, at_desk, shows, words


def line_of(phrases: Phrases) -> Line:
    """The first line of the third stage as it stands."""
    found = phrases.library(Language.KO).get("ko.acknowledge.any.1")
    assert found is not None
    return found


@pytest.fixture(scope="module")
def once() -> Phrases:
    return Phrases(SEOUL)


@pytest.fixture
def own(once: Phrases, tmp_path: Path) -> Iterator[Path]:
    """The owner's folder; what the desk screen reads is pointed at it."""
    once.own = tmp_path / "scripts"
    once.read_own()
    yield once.own
    once.own = None
    once.read_own()


async def library(hands: Hands, once: Phrases) -> None:
    """Open the library on the owner's folder."""
    hands.desk.phrases, hands.desk.lines = once, Lines(once)
    await hands.press("g", "l")
    assert hands.on_top == "LineLibrary"


async def test_the_library_opens_at_the_stage_of_the_contact_and_tells_lines_to_its_customer(
    shop: Shop, once: Phrases, own: Path
) -> None:
    shop.arrive("박서준")
    async with at_desk(shop) as hands:
        await hands.press("n", "]", "]")
        await library(hands, once)
        assert "박서준 고객님" in hands.text
        assert "ko.acknowledge.any.1" in hands.text
        assert t("lines.never_said") in hands.text
        await hands.press("1")
        assert "ko.greet.any.1" in hands.text
        await hands.press("escape")
        assert hands.on_top == "DeskScreen"


async def test_filters_narrow_the_list_and_zero_shows_every_stage(shop: Shop, once: Phrases, own: Path) -> None:
    async with at_desk(shop) as hands:
        await library(hands, once)
        every = int(hands.text.split("1/")[1].split()[0])
        await hands.press("3", "h", "1", "v", "1")
        few = int(hands.text.split("1/")[1].split()[0])
        assert 0 < few < every
        assert "ko.acknowledge.anger.delivery.1" in hands.text
        await hands.press("h", "escape", "h", "0", "v", "0", "0")
        assert int(hands.text.split("1/")[1].split()[0]) == every
        await hands.press("l")
        assert "en.greet.any.1" in hands.text


async def test_searching_takes_letters_until_enter_and_escape_shows_everything_again(
    shop: Shop, once: Phrases, own: Path
) -> None:
    async with at_desk(shop) as hands:
        await library(hands, once)
        await hands.press("/")
        await hands.type("ㅎㅂ")
        await hands.press("enter", "j")
        assert "2/" in hands.text
        await hands.press("escape")
        assert hands.on_top == "LineLibrary"
        await hands.press("/")
        await hands.type("뷁")
        assert t("lines.none") in hands.text
        await hands.press("escape", "escape", "escape")
        assert hands.on_top == "DeskScreen"


async def test_a_line_is_reworded_hidden_put_back_and_each_taken_back(shop: Shop, once: Phrases, own: Path) -> None:
    async with at_desk(shop) as hands:
        await library(hands, once)
        await hands.press("3", "enter")
        await hands.type(" 바로 보겠습니다.")
        await hands.press("ctrl+s")
        assert "바로 보겠습니다." in (own / "ko" / "acknowledge.toml").read_text("utf-8")
        assert t("lines.is_reworded") in hands.text
        await hands.press("x")
        assert line_of(once).hidden
        await hands.press("b")
        assert t("lines.is_shipped") in hands.text
        await hands.press("z", "z")
        assert t("lines.is_reworded") in hands.text
        assert not line_of(once).hidden
        await hands.press("z", "z")
        assert t("lines.nothing_to_undo") in hands.text
        assert not (own / "ko" / "acknowledge.toml").exists()


async def test_a_new_line_is_for_what_is_filtered_and_for_what_is_chosen(shop: Shop, once: Phrases, own: Path) -> None:
    async with at_desk(shop) as hands:
        await library(hands, once)
        await hands.press("5", "h", "2", "c")
        await hands.type("{? 시각 ?}까지 전화드릴게요.")
        await hands.press("f3", "1", "f4", "4", "f5", "1", "f3", "1", "f3", "2", "f3", "escape", "ctrl+s")
        line = once.library(Language.KO).get("ko.commit.own.1")
        assert line is not None
        assert [*line.emotions, *line.topics, *line.segments] == [Emotion.ANXIETY, Topic.REFUND, Segment.VIP]
        assert line.form is Form.SPEAK
        assert "ko.commit.own.1" in hands.text


async def test_a_line_that_could_never_be_said_is_not_kept(shop: Shop, once: Phrases, own: Path) -> None:
    async with at_desk(shop) as hands:
        await library(hands, once)
        await hands.press("c")
        await hands.press("ctrl+s")
        assert hands.on_top == "EditLine"
        await hands.type("{{ weather.today }}")
        assert "weather.today" in hands.dialog
        await hands.press("ctrl+s")
        assert hands.on_top == "EditLine"
        await hands.press("escape")
        assert not own.exists()


async def test_canned_replies_are_brought_in_as_lines_of_the_stage_shown(
    shop: Shop, once: Phrases, own: Path, tmp_path: Path
) -> None:
    file = tmp_path / "replies.csv"
    file.write_text("제목,내용\n인사,안녕하세요 {{contact.name}}님\n", "utf-8")
    async with at_desk(shop) as hands:
        await library(hands, once)
        await hands.press("1", "i")
        await hands.type(str(file))
        await hands.press("enter")
        assert t("lines.brought", new=1, changed=0, same=0, skipped=0) in hands.text
        assert "안녕하세요 {{ customer.name | 님 }}" in (own / "ko" / "greet.toml").read_text("utf-8")
        await hands.press("i")
        await hands.type("/no/such/file")
        await hands.press("enter")
        assert "file" in hands.text


async def test_what_is_refused_is_said(shop: Shop, once: Phrases) -> None:
    async with at_desk(shop) as hands:
        await library(hands, once)
        await hands.press("x")
        assert t("refused.no_lines_folder") in hands.text


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_the_library_fits_every_size(shop: Shop, once: Phrases, own: Path, size: tuple[int, int]) -> None:
    async with at_desk(shop, size=size) as hands:
        await library(hands, once)
        assert "ko.greet.any.1" in hands.text
        assert len(hands.text.splitlines()) == size[1]
        await hands.resize(120, 36)
        assert "ko.greet.any.1" in hands.text


async def test_a_line_is_found_by_its_initials_while_writing_and_put_in_filled(shop: Shop) -> None:
    shop.arrive("박서준", topic=Topic.DELIVERY)
    async with at_desk(shop) as hands:
        await hands.press("n", "r")
        await hands.type("네, ")
        await hands.press("ctrl+t")
        await hands.type("급하신 ㅁㅈ")
        await hands.press("enter")
        assert "박서준 고객님" in hands.draft
        assert hands.draft.startswith("네, ")
        assert hands.desk.pane.script_id == "ko.greet.any.7"


async def test_what_would_hurt_or_cannot_be_said_comes_last_and_cannot_be_taken(shop: Shop) -> None:
    shop.arrive("박서준", topic=Topic.DELIVERY)
    async with at_desk(shop) as hands:
        await hands.press("n", ";")
        await hands.type("주문 내역은 이미")
        await hands.press("enter")
        assert hands.on_top == "FindLine"
        await hands.press("escape", ";")
        await hands.type("ㅎㅂ")
        found = [one.id for one in hands.app.screen.found]  # type: ignore[attr-defined]
        assert found.index("ko.acknowledge.refund.1") < found.index("ko.acknowledge.gratitude.2")


async def test_reasons_are_one_more_key_away_also_in_the_drawer(shop: Shop) -> None:
    shop.arrive("박서준")
    async with at_desk(shop, size=(80, 24)) as hands:
        await hands.press("n", "s")
        assert not shows(hands.desk.scripts, t("why.safe"))
        await hands.press("s")
        assert shows(hands.desk.scripts, t("why.safe"))
        await hands.press("escape")
        assert not hands.desk.has_class("drawer")
        assert words(hands.desk.scripts)


async def test_what_was_written_by_hand_is_taken_up_and_what_cannot_be_read_is_named(
    shop: Shop, once: Phrases, own: Path
) -> None:
    file = own / "ko" / "greet.toml"
    file.parent.mkdir(parents=True)
    async with at_desk(shop) as hands:
        file.write_text('[[line]]\nid = "own.1"\ntext = "어서 오세요, 손님."\n', "utf-8")
        await library(hands, once)
        await hands.press("1", "end")
        assert "어서 오세요, 손님." in hands.text
        await hands.press("escape")
        file.write_text('[[line]]\nid = "own.1"\nmood = "good"\ntext = "어서 오세요."\n', "utf-8")
        await hands.press("g", "l")
        assert "unknown_field" in hands.text
        assert "greet.toml 1" in hands.text
