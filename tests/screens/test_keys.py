"""The same keys in Hangul mode, palette, help, refusals, themes and languages."""

from pathlib import Path

import pytest

from cxdesk.actions import ACTIONS
from cxdesk.domain.words import Channel, Emotion, Language, Status
from cxdesk.i18n import t
from cxdesk.keys import read_keymap
from cxdesk.screens.desk import DeskScreen
from cxdesk.settings import THEMES
from cxdesk.widgets.look import PALETTES
from tests.screens.hands import Shop, at_desk, shows, words


async def test_a_whole_contact_in_hangul_mode(shop: Shop) -> None:
    """Every letter arrives as the jamo or syllable that the input method makes of it."""
    shop.arrive("김민지")
    second = shop.arrive("박서준")
    async with at_desk(shop) as hands:
        await hands.press("ㅓ", "ㅏ", "ㅜ")  # j k n
        await hands.press("ㄱ")  # r
        await hands.type("네")
        await hands.press("ctrl+ㄴ")  # ctrl+s
        assert shop.count("message") >= 2
        await hands.press("ㅗ", "1")  # h
        assert hands.open_ticket is not None
        assert hands.open_ticket.emotion is Emotion.ANGER
        await hands.press("ㄹ")  # f
        await hands.type("내일 오후 3시 전화")
        await hands.press("enter")
        assert shop.count("follow_up") == 1
        await hands.press("ㄷ", "5")  # e
        assert shop.count("feedback") == 0
        await hands.press("ㅋ")  # z
        await hands.press("ㄷ", "escape")
        await hands.press("ㅊ", "enter")  # c
        assert hands.open_ticket.channel is Channel.VISIT
        await hands.press("escape", "ㅎ", "ㄹ")  # g f
        assert hands.on_top == "Promises"
        await hands.press("ㄷ")  # e
        assert shop.store.db.execute("SELECT state FROM follow_up").fetchall() == [("kept",)]
        await hands.press("escape", "혀")  # g u: no such sequence, and nothing moves
        assert hands.on_top == "DeskScreen"
        assert shop.ticket(second.id).status is Status.WAITING


async def test_a_syllable_is_the_keys_it_was_typed_with(shop: Shop) -> None:
    tickets = [shop.arrive(name) for name in ("김민지", "박서준", "최유진")]
    async with at_desk(shop) as hands:
        await hands.press("저")  # w j
        assert hands.desk.queue.current == tickets[1].id
        assert shop.ticket(tickets[0].id).quoted_until is not None
        await hands.press("ㄱ")
        await hands.type("글")
        assert hands.draft == "글"


async def test_a_dialog_understands_jamo(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press(",", "ㅂ")  # q is the tenth topic
        assert hands.open_ticket is None
        assert shop.store.db.execute("SELECT topic FROM ticket").fetchall() == [("praise",)]


@pytest.mark.parametrize(("lang", "typed"), [(Language.KO, "되돌"), (Language.KO, "ㄷㄷㄹ"), (Language.EN, "undo")])
async def test_the_palette_finds_by_label_and_initials_and_runs(shop: Shop, lang: Language, typed: str) -> None:
    ticket = shop.arrive("김민지")
    async with at_desk(shop, lang=lang) as hands:
        await hands.press("p", "3", "ctrl+p")
        await hands.type(typed)
        assert t("action.undo") in hands.dialog.splitlines()[0]
        await hands.press("enter")
        assert shop.ticket(ticket.id) == ticket


async def test_the_palette_says_why_not_and_does_not_run(shop: Shop) -> None:
    async with at_desk(shop) as hands:
        await hands.press("ctrl+p")
        await hands.type("보류")
        assert t("cannot.no_ticket") in hands.dialog
        await hands.press("enter")
        assert hands.on_top == "Palette"


async def test_the_palette_opens_over_a_draft_and_leaves_it(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n", "r")
        await hands.type("네")
        await hands.press("ctrl+p")
        assert hands.on_top == "Palette"
        await hands.press("escape")
        assert hands.draft == "네"
        assert hands.desk.pane.composer.has_focus


@pytest.mark.parametrize("lang", list(Language))
async def test_help_shows_every_action_with_its_key(shop: Shop, lang: Language) -> None:
    async with at_desk(shop, lang=lang) as hands:
        await hands.press("?")
        shown = hands.dialog
        for action in ACTIONS:
            assert t(f"action.{action.id}") in shown, action.id
        assert t("cannot.no_ticket") in shown
        await hands.press("down", "pagedown", "pageup", "up")
        assert hands.on_top == "Help"
        await hands.press("escape")
        assert hands.on_top == "DeskScreen"


@pytest.mark.parametrize(
    ("key", "reason"),
    [("r", "no_ticket"), ("e", "no_ticket"), ("w", "no_ticket"), ("=", "no_ticket"), ("n", "nobody_waits"),
     ("y", "nothing_to_say"), ("1", None), ("]", "no_ticket")],
)  # fmt: skip
async def test_a_key_that_cannot_do_its_work_says_why(shop: Shop, key: str, reason: str | None) -> None:
    async with at_desk(shop) as hands:
        await hands.press(key)
        assert hands.notice == (t(f"cannot.{reason}") if reason else "")
        assert hands.notice in hands.text


async def test_a_theme_is_chosen_at_run_time_and_kept(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        for number, name in enumerate(THEMES, 1):
            await hands.press("ctrl+p")
            await hands.type(t("action.theme"))
            await hands.press("enter", str(number))
            assert hands.app.theme == f"desk-{name}"
            assert shop.store.recall("theme") == name
            back = hands.strips()[3]._segments[3].style
            assert back is not None
            if name != "terminal":
                assert back.bgcolor is not None
                assert back.bgcolor.get_truecolor().hex in (PALETTES[name]["back"], PALETTES[name]["cursor"])


async def test_the_language_changes_at_run_time_and_is_kept(shop: Shop) -> None:
    shop.arrive("Emma Clarke", lang=Language.EN)
    async with at_desk(shop) as hands:
        await hands.press("n", "ctrl+p")
        await hands.type("언어")
        await hands.press("enter", "2")
        screen = hands.text
        assert not [char for char in screen.replace("이서준", "") if "가" <= char <= "힣"]
        assert "Queue" in screen
        assert "mine 1" in screen
        assert shop.store.recall("language") == "en"


async def test_a_notice_goes_with_the_next_key(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop, notice="연습용 가게") as hands:
        assert "연습용 가게" in hands.text
        await hands.press("j")
        assert "연습용 가게" not in hands.text


async def test_the_owners_keymap_moves_a_key(shop: Shop, tmp_path: Path) -> None:
    shop.arrive("김민지")
    keymap = tmp_path / "keymap.toml"
    keymap.write_text('[keys]\nnext = ["N"]\n', encoding="utf-8")
    async with at_desk(shop, keymap=read_keymap(keymap)) as hands:
        assert "N 다음 고객" in hands.text
        await hands.press("n")
        assert hands.open_ticket is None
        await hands.press("N")
        assert hands.open_ticket is not None


async def test_search_finds_by_name_number_and_word(shop: Shop) -> None:
    ticket = shop.arrive("김민지 010-1234-5678", "린넨 셔츠가 안 와요")
    shop.arrive("박서준")
    async with at_desk(shop) as hands:
        for typed in (f"#{ticket.number}", "린넨"):
            await hands.press("/")
            await hands.type(typed)
            assert "김민지" in hands.dialog
            await hands.press("enter")
            assert hands.open_ticket == shop.ticket(ticket.id)
            await hands.press("escape")
        for typed in ("김민", "5678"):
            await hands.press("/")
            await hands.type(typed)
            await hands.press("enter")
            assert hands.on_top == "Person"
            await hands.press("enter")
            assert hands.open_ticket == shop.ticket(ticket.id)
            await hands.press("escape")
        await hands.press("/")
        await hands.type("없는말")
        assert t("search.nothing") in hands.dialog


async def test_a_name_typed_in_latin_mode_offers_the_korean(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("/")
        await hands.type("rlaalswl")
        assert "김민지" in hands.dialog
        assert "‘김민지’로 찾았습니다" in hands.dialog


async def test_escape_leaves_a_persons_page_and_the_search(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("/")
        await hands.type("김민")
        await hands.press("enter")
        assert hands.on_top == "Person"
        await hands.press("escape")
        assert isinstance(hands.app.screen, DeskScreen)


async def test_quitting_keeps_the_draft(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n", "r", "네", "ctrl+q")
        assert hands.app._exit
    assert shop.store.db.execute("SELECT body FROM draft").fetchall() == [("네",)]


async def test_the_small_screen_shows_queue_or_ticket_and_drawers(shop: Shop) -> None:
    shop.arrive("김민지 010-1234-5678", "언제 와요?")
    async with at_desk(shop, size=(80, 24)) as hands:
        assert "대기열" in hands.text
        await hands.press("n")
        assert "대기열" not in hands.text
        assert "언제 와요?" in hands.text
        await hands.press("i")
        assert "010-****-5678" in hands.text
        assert shows(hands.desk.memory, "신규")
        await hands.press("s")
        assert "010-****-5678" not in hands.text
        assert "공감 문구" in hands.text
        assert words(hands.desk.scripts).startswith("1 ")
        await hands.press("1")
        assert hands.desk.look is not None
        assert hands.draft == hands.desk.look.offers[0].text
        await hands.press("escape", "escape")
        await hands.press("escape")
        assert "대기열" in hands.text


@pytest.mark.parametrize("size", [(40, 10), (20, 5), (1, 1), (300, 80)])
async def test_no_size_is_too_small_or_too_large(shop: Shop, size: tuple[int, int]) -> None:
    shop.arrive("김민지", "언제 와요?")
    async with at_desk(shop) as hands:
        await hands.press("n")
        await hands.resize(*size)
        hands.strips()
        await hands.press("i", "s", "escape", "?", "escape", "f", "escape")
        hands.strips()
        await hands.resize(120, 30)
        assert "김민지" in hands.text
