"""The reply check in the composer: what is underlined, what the line under it says, what its key does."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from textual._compositor import CompositorUpdate

from cxdesk.i18n import t
from tests.screens.hands import Hands, Shop, at_desk, open_shop, words
from tests.test_budget import painting, statements
from tests.test_layers import loaded_by

REFUSAL = "교환은 안 됩니다."


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Shop]:
    with open_shop(tmp_path / "busy") as shop:
        shop.arrive("김민지 010-1234-5678", "일주일째 안 와요")
        yield shop


@pytest.fixture
async def painted(busy: Shop, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Hands]:
    async with painting(busy, monkeypatch) as hands:
        yield hands


def advice(hands: Hands) -> str:
    return words(hands.desk.pane.advice)


def underlined(hands: Hands) -> str:
    """The underlined letters of the composer, line by line."""
    composer = hands.desk.pane.composer
    lines = (composer.get_line(row) for row in range(composer.document.line_count))
    return "|".join("".join(line.plain[span.start : span.end] for span in line.spans) for line in lines)


async def test_a_vague_time_is_underlined_and_its_key_asks_for_the_time(busy: Shop) -> None:
    async with at_desk(busy) as hands:
        await hands.press("n", "r")
        await hands.type("최대한 빨리 보내겠습니다.")
        assert underlined(hands) == "최대한 빨리"
        assert t("advice.vague-time") in advice(hands)
        assert "{? 시각 ?}까지" in advice(hands)
        await hands.press("tab")
        assert hands.draft == "{? 시각 ?}까지 보내겠습니다."
        assert hands.desk.pane.composer.selected_text == "{? 시각 ?}"
        await hands.type("5시")
        assert hands.draft == "5시까지 보내겠습니다."
        assert t("advice.promise-untracked") in advice(hands)


async def test_one_undo_takes_the_better_words_back(busy: Shop) -> None:
    async with at_desk(busy) as hands:
        await hands.press("n", "r")
        await hands.type("상품를 보냈어요.")
        await hands.press("tab")
        assert hands.draft == "상품을 보냈어요."
        assert underlined(hands) == ""
        await hands.press("ctrl+z")
        assert hands.draft == "상품를 보냈어요."
        assert underlined(hands) == "상품를"


async def test_a_promise_is_noted_down_on_the_key_and_taken_back_by_z(busy: Shop) -> None:
    async with at_desk(busy, size=(110, 30)) as hands:
        await hands.press("n", "r")
        await hands.type("내일 오후 3시까지 전화드리겠습니다.")
        assert "내일 오후 3시 전화" in advice(hands)
        await hands.press("tab")
        ((due, what),) = busy.store.db.execute("SELECT due_at, what FROM follow_up").fetchall()
        assert (due - busy.clock()) // 60_000 == 24 * 60 + 57
        assert what == "전화드리겠습니다"
        assert advice(hands).strip() == ""
        assert hands.draft == "내일 오후 3시까지 전화드리겠습니다."
        await hands.press("escape", "z")
        assert busy.count("follow_up") == 0


async def test_a_refusal_without_a_choice_is_sent_on_the_second_press(busy: Shop) -> None:
    async with at_desk(busy) as hands:
        await hands.press("n", "r")
        await hands.type(REFUSAL)
        await hands.press("ctrl+s")
        assert hands.notice == t("did.ask_once")
        assert busy.count("message") == 2
        await hands.press("ctrl+s")
        assert hands.draft == ""
        assert busy.count("message") == 3


async def test_other_words_are_asked_about_again(busy: Shop) -> None:
    async with at_desk(busy) as hands:
        await hands.press("n", "r")
        await hands.type(REFUSAL)
        await hands.press("ctrl+s")
        await hands.type(" 환불도 안 됩니다.")
        await hands.press("ctrl+s")
        assert hands.notice == t("did.ask_once")


async def test_two_choices_are_put_under_the_refusal_and_their_blanks_forbid_sending(busy: Shop) -> None:
    async with at_desk(busy) as hands:
        await hands.press("n", "r")
        await hands.type(REFUSAL)
        await hands.press("tab")
        assert hands.draft.startswith(REFUSAL + "\n")
        assert "②" in hands.draft
        await hands.press("ctrl+s", "ctrl+s")
        assert busy.count("message") == 2
        assert "보낼 수 없습니다" in hands.notice


async def test_a_finding_with_nothing_to_propose_is_shown_and_gives_way_to_the_next(busy: Shop) -> None:
    async with at_desk(busy) as hands:
        await hands.press("n", "r")
        await hands.type("{? 날짜 ?} 상품를 보냅니다.")
        assert t("advice.unfilled") in advice(hands)
        await hands.press("tab")
        assert hands.desk.pane.composer.selected_text == "{? 날짜 ?}"
        assert t("advice.wrong-josa") in advice(hands)


async def test_a_note_is_not_checked(busy: Shop) -> None:
    async with at_desk(busy) as hands:
        await hands.press("n", "m")
        await hands.type("규정상 안 된다고 함!!")
        assert underlined(hands) == ""
        assert not hands.desk.pane.advice.display
        await hands.press("tab")
        assert hands.notice == t("cannot.nothing_found")


async def test_a_draft_that_is_opened_again_is_checked(busy: Shop) -> None:
    async with at_desk(busy) as hands:
        await hands.press("n", "r")
        await hands.type("상품를 보냈어요")
        await hands.press("escape", "escape", "enter")
        assert hands.draft == "상품를 보냈어요"
        assert underlined(hands) == "상품를"


async def test_a_blank_cannot_be_sent_even_before_the_lists_are_read(busy: Shop) -> None:
    async with at_desk(busy) as hands:
        await hands.press("n", "r")
        hands.desk.rulebook = None
        hands.desk.draft.check()
        await hands.type("{? 시각 ?}에 전화")
        await hands.press("ctrl+s")
        assert busy.count("message") == 2
        assert "보낼 수 없습니다" in hands.notice


async def test_the_room_under_the_reply_is_the_same_with_and_without_advice(busy: Shop) -> None:
    for size, rows in (((80, 24), 1), ((120, 36), 2)):
        async with at_desk(busy, size=size) as hands:
            await hands.press("enter", "r")
            before = hands.desk.pane.composer.region, hands.desk.pane.advice.size.height
            await hands.type("왜요??")
            assert (hands.desk.pane.composer.region, hands.desk.pane.advice.size.height) == before
            assert before[1] == rows
            for _ in "왜요??":
                await hands.press("backspace")


def test_the_first_frame_loads_no_part_of_the_check() -> None:
    loaded = loaded_by("cxdesk.__main__", "cxdesk.commands.desk", "cxdesk.app")
    assert not {name for name in loaded if name.startswith(("cxdesk.empathy.reply", "cxdesk.desk.checking"))}


async def test_a_letter_with_findings_costs_one_frame_and_no_statement(
    painted: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    await painted.press("n", "r")
    await painted.type("규정상 안 됩니다. 상품를 최대한 빨리 ")
    frames: list[object] = []
    monkeypatch.setattr(painted.app, "_display", lambda screen, update: frames.append(update))
    for letter in "보내요!!":
        frames.clear()
        with statements(painted.shop) as ran:
            await painted.press(letter)
        assert ran == []
        assert len([update for update in frames if isinstance(update, CompositorUpdate)]) == 1
