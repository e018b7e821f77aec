"""The program as a person has it: bytes into a real terminal, a screen out of it, and the plug pulled."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pty")
if sys.platform != "win32":
    from tests.terminal.driver import PATIENCE_S, Terminal, ask, until

DEMO = ("demo", "--lang", "ko", "--seed", "7", "--speed", "1")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def demo(home: Path) -> Iterator["Terminal"]:
    """The demo in a folder of ours, its first screen up."""
    with Terminal(*DEMO, "--data", str(home / "demo"), home=home) as terminal:
        terminal.shows("cxdesk", "대기열", "연습용 가게")
        yield terminal


def test_a_customer_is_served_from_take_to_resolve(demo: "Terminal", home: Path) -> None:
    """Hangul mode all the way: the keys arrive as jamo, the words as UTF-8."""
    demo.keys("ㅜ")
    demo.shows("내 상담 1", "[맞이]")
    demo.keys("ㄱ")
    demo.shows("답변 (^S")
    demo.keys(*"안녕하세요")
    demo.shows("안녕하세요")
    demo.keys("\x13")
    demo.shows("답변을 남겼습니다")
    assert ("안녕하세요",) in ask(
        home / "demo", "SELECT body FROM message WHERE kind = 'reply' ORDER BY at DESC LIMIT 1"
    )
    demo.keys("ㄹ")
    demo.shows("무엇을 언제 약속할까요?")
    demo.keys(*"내일 오후 3시 전화")
    demo.shows("내일 오후 3시  전화")
    demo.keys("\r")
    demo.shows("약속했습니다", without="무엇을 언제")
    demo.keys("ㄷ")
    demo.shows("상담을 마친 고객님의 기분은?")
    demo.keys("5")
    demo.shows("해결했습니다", without="내 상담 1")
    newest = "SELECT feeling_after FROM ticket WHERE status = 'resolved' ORDER BY resolved_at DESC LIMIT 1"
    assert ask(home / "demo", newest) == [("gratitude",)]

    demo.resize(80, 24)
    narrow = demo.shows("대기열", without="고객 기억")
    assert max(len(line.rstrip()) for line in narrow.splitlines()) <= 80
    demo.keys("\r")
    demo.shows("[맞이]", without="대기열")
    demo.resize(200, 50)
    wide = demo.shows("대기열", "고객 기억", "공감 문구", "[맞이]")
    assert len(wide.splitlines()) == 50
    demo.resize(120, 36)
    demo.shows("대기열", "고객 기억", "공감 문구", "[맞이]")

    assert demo.written.count(b"\x1b[?1049l") == 0
    assert demo.leave("\x11", PATIENCE_S) == 0
    demo.look()
    assert demo.written.rstrip().count(b"\x1b[?1049h") == demo.written.count(b"\x1b[?1049l") == 1
    assert b"\x1b[?25h" in demo.written.rpartition(b"\x1b[?1049l")[0][-200:] + demo.written[-200:]


def test_after_a_kill_the_same_ticket_is_open_with_the_draft_in_place(demo: "Terminal", home: Path) -> None:
    demo.keys("n")
    demo.shows("내 상담 1")
    demo.keys("r")
    demo.keys(*"운송장을 확인했습니다")
    demo.shows("운송장을 확인했습니다")
    until(
        lambda: ask(home / "demo", "SELECT body FROM draft") == [("운송장을 확인했습니다",)],
        "the draft was never journaled",
        limit=3,
    )
    [title] = [line for line in demo.look().splitlines() if "고객님" in line and "#" in line][:1]
    number = title[title.index("#") :].split(" ")[0]
    demo.kill()
    with Terminal(*DEMO, "--data", str(home / "demo"), home=home) as again:
        again.shows(number, "운송장을 확인했습니다", "답변 (^S")


def test_a_second_program_on_the_same_folder_is_told_who_has_it(demo: "Terminal", home: Path) -> None:
    with Terminal(*DEMO, "--data", str(home / "demo"), home=home) as second:
        assert second.ended() == 2
        assert f"프로세스 {demo.pid}" in second.look().replace("\n", "")
        assert b"\x1b[?1049h" not in second.written


@pytest.mark.parametrize("how", ["terminate", "hang up"])
def test_nothing_is_left_behind_when_the_program_is_ended_from_outside(home: Path, how: str) -> None:
    """A plain demo lives in a temporary folder; it goes with the program, however that ends."""
    with Terminal(*DEMO, home=home, size=(80, 24)) as terminal:
        terminal.shows("대기열", "연습용 가게")
        [folder] = home.glob("cxdesk-demo-*")
        if how == "terminate":
            os.kill(terminal.pid, signal.SIGTERM)
            assert terminal.ended() == 128 + signal.SIGTERM
            assert terminal.written.count(b"\x1b[?1049l") == 1
        else:
            terminal.hang_up()
            terminal.ended()
        assert not folder.exists()


def test_a_plain_demo_takes_its_folder_away_when_it_is_left(home: Path) -> None:
    with Terminal(*DEMO, home=home, size=(80, 24)) as terminal:
        terminal.shows("대기열")
        assert len(list(home.glob("cxdesk-demo-*"))) == 1
        assert terminal.leave("\x11", PATIENCE_S) == 0
    assert not list(home.glob("cxdesk-demo-*"))
