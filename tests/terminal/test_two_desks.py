"""Two terminals, one server, one cable: two people on the same queue, and for a while one does not know it."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pty")
if sys.platform != "win32":
    from tests.server.process import Process
    from tests.terminal.cable import Cable
    from tests.terminal.driver import Terminal, ask, until

SAME = (
    "SELECT id, name, address FROM customer ORDER BY id",
    "SELECT id, number, status, assignee FROM ticket ORDER BY id",
    "SELECT id, kind, body FROM message ORDER BY id",
    "SELECT id, field, winner, loser, state FROM conflict ORDER BY id",
)


@pytest.fixture
def server(tmp_path: Path) -> Iterator["Process"]:
    made = Process(tmp_path / "server")
    made.start("--new-shop", "숲속 가게")
    yield made
    made.stop()


def joined(folder: Path, home: Path, name: str, url: str, code: str) -> "Terminal":
    """A desk of its own, opened for the first time and connected from its own screen."""
    terminal = Terminal("--data", str(folder), "--lang", "ko", home=home)
    terminal.shows("누구신가요?")
    terminal.keys(*name, "\r")
    terminal.shows(f"{name}님, 안녕하세요")
    terminal.keys("g", "s")
    terminal.shows("혼자 쓰는 책상")
    for asks, answer in (
        ("서버 주소", url),
        ("서버에서 받은 코드", code),
        ("이 책상을 부를 이름", ""),
        ("암호", "긴 암호"),
    ):
        if asks == "서버 주소":
            terminal.keys("c")
        terminal.shows(asks)
        terminal.keys(*answer, "\r")
    terminal.shows("숲속 가게에 연결했습니다", "연결됨")
    terminal.keys("\r")
    terminal.shows("연결됨 ·", without="함께 쓰기 시작")
    return terminal


def another_code(terminal: "Terminal") -> str:
    """The first desk lets the second one in."""
    terminal.keys("g", "s", "d")
    terminal.shows("이 책상", "i 새 책상의 코드")
    terminal.keys("i")
    screen = terminal.shows("새 책상의 코드: ")
    terminal.keys("\x1b", "\x1b")
    terminal.shows("연결됨 ·", without="함께 쓰기")
    return screen.split("새 책상의 코드: ")[1].split()[0]


def sent(folder: Path) -> bool:
    return ask(folder, "SELECT count(*) FROM outbox") == [(0,)]


def replied(terminal: "Terminal", words: str) -> None:
    terminal.keys("r")
    terminal.shows("답변 (^S")
    terminal.keys(*words, "\x13")
    terminal.shows("답변을 남겼습니다")


def renamed(terminal: "Terminal", more: str) -> None:
    """The customer's name, corrected on their page."""
    terminal.keys("g", "c")
    terminal.shows("010-****-5678")
    terminal.keys("\r")
    terminal.shows("함께한 시간")
    terminal.keys("e", "1")
    terminal.shows("Enter 확인")
    terminal.keys(*more, "\r")
    terminal.shows("고쳤습니다")
    terminal.keys("\x1b", "\x1b")
    terminal.shows("대기열")


def test_two_desks_meet_again_and_nothing_is_lost(server: "Process", tmp_path: Path) -> None:
    home, ours, theirs = tmp_path / "home", tmp_path / "ours", tmp_path / "theirs"
    home.mkdir()
    with (
        Cable(server.port) as cable,
        joined(ours, home, "이서준", cable.url, server.code) as here,
        joined(theirs, home, "최유진", server.url, another_code(here)) as there,
    ):
        here.keys("c", *"김민지 010-1234-5678", "\r")
        here.shows("새 문의")
        there.shows("김민지")

        cable.cut()
        here.keys("n")
        here.shows("내 상담 1")
        replied(here, "바로 확인하겠습니다")
        renamed(here, " 님")
        here.shows("오프라인, 보낼 것")

        there.keys("n")
        there.shows("내 상담 1")
        replied(there, "송장을 찾았습니다")
        renamed(there, " 고객")
        until(lambda: sent(theirs), "the desk with a cable never sent what it did")

        cable.plug()
        here.keys("g", "s")
        here.shows("함께 쓰기")
        here.keys("s")
        here.shows("최유진", "동료가 먼저 받아서", "김민지 님", "김민지 고객")
        until(lambda: sent(ours), "the desk without one never caught up")
        there.keys("g", "s")
        there.shows("김민지 님", "김민지 고객")
        until(lambda: all(ask(ours, sql) == ask(theirs, sql) for sql in SAME), "the two never came to the same")

    assert {body for kind, body in ask(ours, "SELECT kind, body FROM message") if kind == "reply"} == {
        "바로 확인하겠습니다",
        "송장을 찾았습니다",
    }
    [(status, holder)] = ask(ours, "SELECT t.status, a.name FROM ticket t JOIN agent a ON a.id = t.assignee")
    assert (status, holder) == ("active", "최유진")
    [(winner, loser, state)] = ask(theirs, "SELECT winner, loser, state FROM conflict WHERE field = 'name'")
    assert ({json.loads(str(winner)), json.loads(str(loser))}, state) == ({"김민지 님", "김민지 고객"}, "open")
    problems = {problem for (problem,) in ask(ours, "SELECT problem FROM attention")}
    assert "claimed" in problems
    assert problems <= {"claimed", "stale-fence"}
