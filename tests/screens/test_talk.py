"""Replies, notes, lines, stages and feelings, key by key."""

from cxdesk.domain.words import Emotion, Stage, Status
from cxdesk.empathy.blanks import unfilled
from cxdesk.i18n import t
from tests.screens.hands import Shop, at_desk, shows


async def test_a_reply_is_sent_by_ctrl_s_and_never_by_enter(shop: Shop) -> None:
    ticket = shop.arrive("김민지", "언제 와요?")
    async with at_desk(shop) as hands:
        await hands.press("n", "r")
        await hands.type("내일")
        await hands.press("enter")
        await hands.type("도착합니다")
        assert hands.draft == "내일\n도착합니다"
        assert shop.bodies(ticket) == []
        await hands.press("ctrl+s")
        assert shop.bodies(ticket) == ["내일\n도착합니다"]
        assert hands.draft == ""
        assert shows(hands.desk.pane.conversation, "내일 도착합니다")


async def test_keys_are_letters_while_writing(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n", "r")
        await hands.type("nezbf ?/1g")
        assert hands.draft == "nezbf ?/1g"
        assert shop.ticket(ticket.id).status is Status.ACTIVE


async def test_escape_leaves_the_draft_and_r_goes_on_writing(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    other = shop.arrive("박서준")
    async with at_desk(shop) as hands:
        await hands.press("n", "r")
        await hands.type("잠시만요")
        await hands.press("escape", "escape", "j", "enter")
        assert hands.open_ticket == shop.ticket(other.id)
        assert hands.draft == ""
        await hands.press("escape", "k", "enter")
        assert hands.open_ticket == shop.ticket(ticket.id)
        assert hands.draft == "잠시만요"


async def test_a_draft_is_in_the_file_after_the_journal_ran_and_back_after_a_restart(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n", "r")
        await hands.type("확인 중")
        hands.desk.draft.journal()
        assert shop.store.db.execute("SELECT body FROM draft").fetchall() == [("확인 중",)]
    async with at_desk(shop) as hands:
        assert hands.open_ticket == shop.ticket(ticket.id)
        assert hands.draft == "확인 중"


async def test_undo_of_a_reply_brings_the_text_back_into_the_composer(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n", "r")
        await hands.type("네, 알겠습니다")
        await hands.press("f12", "z")
        assert shop.bodies(ticket) == []
        assert hands.draft == "네, 알겠습니다"
        assert "네, 알겠습니다" in hands.text


async def test_undo_of_a_reply_keeps_what_was_typed_since_below_it(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n", "r", "가", "ctrl+s", "r", "나", "escape", "z")
        assert hands.draft == "가\n나"


async def test_undo_of_a_reply_goes_back_to_the_ticket_it_was_said_in(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    other = shop.arrive("박서준")
    async with at_desk(shop) as hands:
        await hands.press("n", "r", "가", "ctrl+s", "escape", "j", "r", "나", "escape", "z")
        assert hands.open_ticket is not None
        assert (hands.open_ticket.id, hands.draft) == (ticket.id, "가")
        await hands.press("escape", "escape", "j", "enter")
        assert (hands.open_ticket.id, hands.draft) == (other.id, "나")


async def test_an_empty_reply_is_refused(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n", "r", "space", "ctrl+s")
        assert hands.notice == t("refused.empty")
        assert shop.bodies(ticket) == []


async def test_a_note_is_kept_apart_from_replies(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n", "m")
        assert "메모" in hands.text
        await hands.type("송장 조회함")
        await hands.press("ctrl+s")
        assert shop.bodies(ticket, "note") == ["송장 조회함"]
        assert shop.bodies(ticket) == []
        await hands.press("z")
        assert shop.bodies(ticket, "note") == []
        assert hands.draft == "송장 조회함"


async def test_replying_from_the_queue_opens_the_ticket(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("r")
        assert hands.open_ticket == ticket
        await hands.type("안녕하세요")
        await hands.press("ctrl+s")
        assert shop.ticket(ticket.id).status is Status.ACTIVE


async def test_a_digit_in_the_ticket_inserts_that_line(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n", "2")
        assert hands.desk.look is not None
        assert hands.draft == hands.desk.look.offers[1].text
        assert hands.desk.pane.script_id == hands.desk.look.offers[1].line.id


async def test_from_the_queue_s_gives_the_digits_to_the_lines(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n", "escape", "1")
        assert hands.draft == ""
        await hands.press("escape", "s", "1")
        assert hands.desk.look is not None
        assert hands.draft == hands.desk.look.offers[0].text


async def test_the_line_that_was_used_is_kept_with_the_reply(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n")
        assert hands.desk.look is not None
        number, offer = next((i, o) for i, o in enumerate(hands.desk.look.offers, 1) if not unfilled(o.text))
        await hands.press(str(number), "ctrl+s")
        kept = shop.store.db.execute("SELECT script_id FROM message WHERE kind = 'reply'").fetchall()
        assert kept == [(offer.line.id,)]


async def test_s_twice_says_why_each_line_is_there(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n", "s", "s")
        assert hands.desk.scripts.reasons
        assert "(" in "".join(text for line in hands.desk.scripts.lines for text, _ in line)


async def test_a_digit_without_a_line_says_how_many_there_are(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n")
        assert hands.desk.look is not None
        n = len(hands.desk.look.offers)
        if n < 9:
            await hands.press("9")
            assert hands.notice == t("cannot.no_line", n=n)


async def test_a_blank_is_selected_and_sending_is_refused_until_it_is_filled(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n")
        number = None
        for _ in Stage:
            assert hands.desk.look is not None
            found = [i for i, offer in enumerate(hands.desk.look.offers, 1) if unfilled(offer.text)]
            if found:
                number = found[0]
                break
            await hands.press("]")
        assert number is not None, "no stage offers a line with a blank"
        await hands.press(str(number))
        blanks = unfilled(hands.draft)
        assert hands.desk.pane.composer.selected_text == hands.draft[blanks[0].start : blanks[0].end]
        await hands.press("ctrl+s")
        assert shop.bodies(ticket) == []
        assert hands.notice.startswith("빈칸이")
        for _ in blanks:
            await hands.type("한진 1234")
            await hands.press("ctrl+s")
        assert not unfilled(hands.draft)
        assert len(shop.bodies(ticket)) == 1
        assert "한진 1234" in shop.bodies(ticket)[0]


async def test_h_and_a_digit_set_the_feeling_and_again_makes_it_stronger(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n", "h", "1")
        felt = shop.ticket(ticket.id)
        assert (felt.emotion, felt.intensity) == (Emotion.ANGER, 2)
        await hands.press("h", "1")
        assert shop.ticket(ticket.id).intensity == 3
        assert "화▪▪" in hands.row(ticket)
        assert t("emotion.anger") in hands.text


async def test_alt_and_a_digit_set_the_feeling_at_once(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    async with at_desk(shop) as hands:
        for keys in ([f"alt+{i}" for i in range(1, 7)], "¡™£¢∞§"):
            for key, emotion in zip(keys, Emotion, strict=True):
                await hands.press(key)
                assert shop.ticket(ticket.id).emotion is emotion
        await hands.press("r", "네", "alt+1")
        assert shop.ticket(ticket.id).emotion is Emotion.ANGER
        assert hands.draft == "네"


async def test_the_feeling_changes_the_lines(shop: Shop) -> None:
    shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n", "]", "]")
        assert hands.desk.look is not None
        before = [offer.text for offer in hands.desk.look.offers]
        await hands.press("h", "2")
        assert hands.desk.look is not None
        assert [offer.text for offer in hands.desk.look.offers] != before
        assert t("emotion.anxiety") in str(hands.desk.scripts.border_title)


async def test_brackets_move_the_stage_and_stop_at_both_ends(shop: Shop) -> None:
    ticket = shop.arrive("김민지")
    async with at_desk(shop) as hands:
        await hands.press("n", "[")
        assert shop.ticket(ticket.id).stage is Stage.GREET
        await hands.press("]", "]")
        assert shop.ticket(ticket.id).stage is Stage.ACKNOWLEDGE
        assert "[공감]" in hands.text
        await hands.press(*"]]]]]]")
        assert shop.ticket(ticket.id).stage is Stage.CLOSE
        await hands.press("z")
        assert shop.ticket(ticket.id).stage is Stage.COMMIT
