"""The voice of the customer on keys: keep one, walk the board, explain, change, tell."""

from cxdesk.domain.afterwards import Theme, ThemeStage, Voice
from cxdesk.domain.words import Topic
from cxdesk.i18n import t
from cxdesk.storage.rows import fetch_all
from tests.screens.hands import Shop, at_desk

THIN = "포장이 얇아서 그릇이 깨져 왔어요"


async def test_two_keys_keep_what_the_customer_said_last(shop: Shop) -> None:
    ticket = shop.arrive("김민지", THIN, topic=Topic.DEFECT)
    async with at_desk(shop) as hands:
        await hands.press("v")
        assert THIN in hands.app.screen.query_one("Input").value  # type: ignore[attr-defined]
        assert t("voices.new_theme") in hands.dialog
        await hands.press("enter")
        (voice,) = fetch_all(shop.store.db, Voice, "1")
        assert (voice.body, voice.topic, voice.ticket_id) == (THIN, Topic.DEFECT, ticket.id)
        assert "포장이 얇아서" in hands.notice
        await hands.press("z")
        assert shop.count("voice") == shop.count("theme") == 0


async def test_the_dialog_says_which_theme_it_joins_and_why_and_f5_keeps_it_apart(shop: Shop) -> None:
    shop.desk.voices.record(shop.desk.voices.said_in(shop.arrive("박서준", THIN, topic=Topic.DEFECT)))
    shop.arrive("김민지", "안녕하세요. 그릇 포장이 얇네요. 아쉬워요", topic=Topic.DEFECT)
    async with at_desk(shop) as hands:
        await hands.press("j", "v")
        assert t("voices.joins", title="포장이 얇아서 그릇이 깨져 왔어요") in hands.dialog
        assert "포장이" in hands.dialog.split(t("voices.because", words=""))[1]
        await hands.press("down", "down")
        assert hands.app.screen.query_one("Input").value == "그릇 포장이 얇네요."  # type: ignore[attr-defined]
        await hands.press("f4", "f5")
        assert t("voices.alone") in hands.dialog
        await hands.press("enter")
    themes = fetch_all(shop.store.db, Theme, "1")
    assert len(themes) == 2
    assert {voice.severity for voice in fetch_all(shop.store.db, Voice, "1")} == {1, 2}


async def test_from_the_board_to_everybody_told_without_leaving_the_keys(shop: Shop) -> None:
    theme, _ = shop.desk.voices.record(shop.desk.voices.said_in(shop.arrive("김민지", THIN, topic=Topic.DEFECT)))
    async with at_desk(shop, size=(120, 36)) as hands:
        await hands.press("g", "v", "2", "]", "enter", "w")
        await hands.type("종이 한 장만 넣는다")
        await hands.press("enter", "i", "1")
        await hands.type("칸막이 넣기, 금요일까지")
        assert "칸막이 넣기" in hands.dialog
        await hands.press("enter", "]", "d", "]", "j", "t")
        assert "칸막이 넣기" in hands.app.clipboard
        assert t("theme.telling", told=1, n=1) in hands.text
        await hands.press("escape")
        assert hands.on_top == "VoiceBoard"
        (kept,) = fetch_all(shop.store.db, Theme, "1")
        assert (kept.id, kept.stage, kept.effort) == (theme.id, ThemeStage.SHARE, 2)
        await hands.press("z")
        assert shop.store.db.execute("SELECT count(*) FROM telling WHERE told_at IS NOT NULL").fetchone() == (0,)


async def test_what_cannot_be_done_is_said_at_the_foot(shop: Shop) -> None:
    shop.desk.voices.record(shop.desk.voices.said_in(shop.arrive("김민지", THIN, topic=Topic.DEFECT)))
    async with at_desk(shop) as hands:
        await hands.press("g", "v", "]", "]", "]")
        assert t("refused.nothing_changed") in hands.text
        await hands.press("enter", "t")
        assert t("refused.nothing_changed") in hands.text
        await hands.press("j", "s")
        assert t("refused.split_all") in hands.text
        await hands.press("m")
        assert t("refused.no_theme") in hands.text


async def test_an_empty_board_says_so_and_v_keeps_a_voice_without_a_ticket(shop: Shop) -> None:
    async with at_desk(shop, size=(80, 24)) as hands:
        await hands.press("g", "v")
        assert t("voices.none_here") in hands.text
        await hands.press("m")
        assert t("matrix.impact", n=5) in hands.text
        await hands.press("escape", "v")
        await hands.type("환불이 아직도 안 들어왔어요")
        await hands.press("enter")
        assert "환불이 아직도 안 들어왔어요" in hands.text
    (voice,) = fetch_all(shop.store.db, Voice, "1")
    assert (voice.customer_id, voice.ticket_id, voice.topic) == (None, None, Topic.REFUND)
