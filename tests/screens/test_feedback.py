"""One key after a contact asks how it was; a number is the answer."""

from cxdesk.domain.records import Feedback
from cxdesk.i18n import t
from cxdesk.storage.rows import fetch_all
from tests.screens.hands import Shop, at_desk


async def test_after_resolving_one_key_asks_and_enter_copies_the_sentence(shop: Shop) -> None:
    shop.arrive("김민지")
    shop.arrive("박서준")
    async with at_desk(shop) as hands:
        await hands.press("n", "e", "6")
        assert "CSAT" in hands.notice
        await hands.press("q")
        assert t("asking.contact") in hands.dialog
        assert "김민지 고객님" in hands.dialog
        await hands.press("enter")
        assert "김민지 고객님" in hands.app.clipboard
        assert shop.count("feedback_ask") == 1
        await hands.press("q")
        assert "박서준" in str(hands.app.screen.query("Vertical").first().border_title)


async def test_a_number_and_words_are_the_answer_and_outside_the_scale_is_a_sentence(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n", "e", "6", "q", "9")
        assert t("refused.out_of_scale", low=1, high=5) in hands.dialog
        await hands.press("enter")
        assert shop.count("feedback") == 0
        await hands.press("backspace")
        await hands.type("nps 9 친절해요")
        assert "NPS 9 / 10" in hands.dialog
        await hands.press("enter")
        (answer,) = fetch_all(shop.store.db, Feedback, "1")
        assert (answer.scale, answer.value, answer.comment) == ("nps", 9, "친절해요")
        await hands.press("z")
        assert shop.count("feedback") == 0


async def test_whoever_left_angry_is_not_asked_but_their_own_answer_can_be_kept(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n", "e", "1")
        assert "CSAT" not in hands.notice
        await hands.press("q")
        assert t("asking.angry") in hands.dialog
        await hands.press("enter")
        assert hands.on_top == "AskFeedback"
        await hands.type("1 너무 늦어요")
        await hands.press("enter")
    assert shop.count("feedback") == 1
    assert shop.count("feedback_ask") == 0


async def test_with_nobody_at_hand_it_says_so(shop: Shop) -> None:
    async with at_desk(shop) as hands:
        await hands.press("q")
        assert t("cannot.no_ticket") in hands.notice
