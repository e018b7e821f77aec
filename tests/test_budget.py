"""What the desk may use, counted and never timed: modules, statements, rows, strips, frames, bytes.

A count is the same on every machine. How long it all takes is measured by ``python -m benchmarks.desk``.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from rich.color import ColorSystem
from textual._compositor import CompositorUpdate

from cxdesk.actions import ACTIONS
from cxdesk.app import DeskApp
from cxdesk.desk import Desk
from cxdesk.domain.words import Emotion, Priority, Topic
from cxdesk.keys import KeyMap
from cxdesk.screens.desk import DeskScreen
from cxdesk.storage import queue, tickets
from cxdesk.widgets.paint import Painted
from cxdesk.widgets.queue import QueueList
from tests.screens.hands import Hands, Shop, open_shop

ROWS = 36
WAITING = 120
SMALL_STEPS = ("agent", "shift", "local", "setting", "CONSTANT", "(subquery")
HEAVY = ("sqlmodel", "sqlalchemy", "pydantic", "alembic", "liquid", "httpx", "keyring", "babel", "python_calamine")
FIRST_FRAME = """
import io, json, sys

class Tty(io.TextIOWrapper):
    def isatty(self):
        return True

sys.stdin, sys.stdout = Tty(sys.stdin.buffer), Tty(sys.stdout.buffer)
sys.argv[1:], name = sys.argv[1:-1], sys.argv[-1]
from textual.app import App

run, display = App.run, App._display

def headless(self, **options):
    return run(self, headless=True, size=(120, 36))

def watched(self, screen, renderable):
    if any(name in strip.text for strip in screen._compositor.render_strips()):
        print(json.dumps(sorted(sys.modules)), flush=True)
        self.exit()
    display(self, screen, renderable)

App.run, App._display = headless, watched
from cxdesk.__main__ import main
main()
"""


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop where more wait than fit on a screen."""
    folder = tmp_path_factory.mktemp("budget") / "full"
    with open_shop(folder) as shop:
        person = shop.know("김민지 010-1234-5678")
        for n in range(WAITING):
            shop.arrive(person if n == 0 else None, "일주일째 안 와요", topic=tuple(Topic)[n % 5])
            shop.clock.pass_(seconds=1)
    return folder


@pytest.fixture
def shop(full: Path, tmp_path: Path) -> Iterator[Shop]:
    folder = shutil.copytree(full, tmp_path / "shop")
    with open_shop(folder) as opened:
        yield opened


@pytest.fixture
async def hands(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Hands]:
    async with painting(shop, monkeypatch) as found:
        yield found


@asynccontextmanager
async def painting(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Hands]:
    """The desk with every frame painted as on a terminal, and its second hand stopped."""
    interval = DeskScreen.set_interval

    def still(screen: DeskScreen, seconds: float, *rest: Any, **options: Any) -> Any:
        return interval(screen, seconds if seconds < 1 else 86_400, *rest, **options)

    monkeypatch.setattr(DeskScreen, "set_interval", still)
    app = DeskApp(shop.desk, KeyMap(ACTIONS))
    async with app.run_test(size=(120, ROWS)):
        found = Hands(app, shop)
        await found.settle()
        yield found


@contextmanager
def statements(shop: Shop | Desk) -> Iterator[list[str]]:
    """Every statement that runs meanwhile, as it was sent to SQLite."""
    seen: list[str] = []
    store = shop.store
    # What the full-text index runs inside itself is not ours to count.
    store.db.set_trace_callback(lambda sql: None if sql.startswith("--") or "_index_" in sql else seen.append(sql))
    try:
        yield seen
    finally:
        store.db.set_trace_callback(None)


def scans(shop: Shop | Desk, ran: list[str]) -> list[str]:
    """Those of the statements that walk a whole table which can grow."""
    found = []
    for sql in ran:
        if not sql.startswith(("SELECT", "UPDATE", "DELETE")):
            continue
        for *_, step in shop.store.db.execute(f"EXPLAIN QUERY PLAN {sql}"):
            word, _, what = step.partition(" ")
            if word == "SCAN" and not what.startswith(SMALL_STEPS) and "VIRTUAL TABLE" not in what:
                found.append(f"{step}: {sql}")
    return found


@dataclass
class Paint:
    """What was painted: frames, their bytes as a true-colour terminal gets them, and strips rendered for them."""

    frames: int = 0
    size: int = 0
    strips: int = 0


@pytest.fixture
def paint(monkeypatch: pytest.MonkeyPatch, hands: Hands) -> Paint:
    """Counts from now on; the test sets it back to nothing where it begins."""
    counted = Paint()
    app = hands.app
    app.console._color_system = ColorSystem.TRUECOLOR
    display = app._display

    def watched(screen: Any, update: Any) -> None:
        if isinstance(update, CompositorUpdate):
            counted.frames += 1
            counted.size += len(update.render_segments(app.console).encode())
        display(screen, update)

    monkeypatch.setattr(app, "_display", watched)
    for kind in (Painted, QueueList):
        render = kind.__dict__["render_line"]

        def rendered(self: Any, y: int, render: Any = render) -> Any:
            counted.strips += 1
            return render(self, y)

        monkeypatch.setattr(kind, "render_line", rendered)
    return counted


# -- starting


def test_nothing_heavy_is_imported_before_the_queue_is_on_screen(full: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FIRST_FRAME, "--data", str(full), "--lang", "ko", "김민지"],
        capture_output=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )
    assert done.stdout, done.stderr.decode()
    modules = json.loads(done.stdout.splitlines()[0])
    packages = {name.partition(".")[0] for name in modules}
    assert packages & set(HEAVY) == set()
    assert "cxdesk.storage.tables" not in modules
    assert sum(name.startswith("cxdesk") for name in modules) <= 105


async def test_the_first_frame_reads_a_page_of_the_queue(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    rows = queue.rows

    def counted(db: Any, ids: Any) -> Any:
        wanted = list(ids)
        read.append(len(wanted))
        return rows(db, wanted)

    monkeypatch.setattr(queue, "rows", counted)
    with statements(shop) as ran:
        async with painting(shop, monkeypatch) as hands:
            widgets = len(list(hands.desk.walk_children()))
    assert sum(read) <= 2 * ROWS
    assert scans(shop, ran) == []
    assert len(ran) <= 40
    assert widgets <= 20


# -- keys


async def test_moving_in_sight_asks_the_file_nothing_and_paints_two_rows(hands: Hands, paint: Paint) -> None:
    await hands.press("j", "j", "j")
    for key in ("j", "k", "down", "ㅓ"):
        paint.frames = paint.size = paint.strips = 0
        with statements(hands.shop) as ran:
            await hands.press(key)
        assert len(ran) <= 1
        assert scans(hands.shop, ran) == []
        assert paint.frames == 1
        assert paint.strips <= 4
        assert paint.size <= 1500


async def test_a_page_is_read_once_and_painted_once(hands: Hands, paint: Paint) -> None:
    await hands.press("pagedown")
    paint.frames = paint.size = paint.strips = 0
    with statements(hands.shop) as ran:
        await hands.press("pagedown")
    assert len(ran) <= 3
    assert scans(hands.shop, ran) == []
    assert paint.frames == 1
    assert paint.size <= 24_000


async def test_walking_through_the_list_reads_each_row_about_once(
    hands: Hands, paint: Paint, monkeypatch: pytest.MonkeyPatch
) -> None:
    with statements(hands.shop) as ran:
        for _ in range(60):
            await hands.press("j")
    assert len(ran) <= 6
    assert paint.frames <= 60
    assert paint.size <= 60 * 1500 + 4 * 24_000


async def test_opening_a_ticket_reads_each_thing_once(hands: Hands, paint: Paint) -> None:
    paint.frames = paint.size = paint.strips = 0
    with statements(hands.shop) as ran:
        await hands.press("enter")
    assert len([sql for sql in ran if sql.startswith("SELECT")]) <= 20
    assert len(ran) <= 24
    assert scans(hands.shop, ran) == []


async def test_opening_a_ticket_paints_one_frame(hands: Hands, paint: Paint) -> None:
    paint.frames = paint.size = paint.strips = 0
    await hands.press("enter")
    assert paint.frames == 1
    assert paint.size <= 32_000


async def test_typing_a_reply_asks_the_file_nothing(hands: Hands, paint: Paint) -> None:
    await hands.press("enter", "r")
    paint.frames = paint.size = paint.strips = 0
    with statements(hands.shop) as ran:
        await hands.type("안녕하세요, hello")
    assert ran == []
    assert paint.frames <= 16
    assert paint.size <= 16 * 3000


async def test_searching_reads_indexes_only(hands: Hands) -> None:
    await hands.press("/")
    for key in "김민지":
        with statements(hands.shop) as ran:
            await hands.press(key)
        assert scans(hands.shop, ran) == []
        assert len(ran) <= 70


async def test_a_second_passes_for_a_few_statements(hands: Hands, paint: Paint) -> None:
    await hands.press("enter")
    await hands.wait(seconds=1)
    paint.frames = paint.size = paint.strips = 0
    with statements(hands.shop) as ran:
        await hands.wait(seconds=1)
    assert len(ran) <= 8
    assert scans(hands.shop, ran) == []
    assert paint.frames <= 1
    assert paint.size <= 1000


# -- verbs

VERBS: dict[str, tuple[int, Callable[[Desk, list[str]], object]]] = {
    "take": (32, lambda desk, ids: desk.take(ids[:1])),
    "take_next": (32, lambda desk, ids: desk.take_next()),
    "hold": (32, lambda desk, ids: desk.hold(ids[:1], None)),
    "resolve": (32, lambda desk, ids: desk.resolve(ids[:1])),
    "left": (32, lambda desk, ids: desk.left(ids[:1])),
    "reply": (32, lambda desk, ids: desk.reply(ids[0], "바로 확인하겠습니다.")),
    "note": (32, lambda desk, ids: desk.note(ids[0], "옥천 허브 3일째")),
    "feel": (24, lambda desk, ids: desk.feel(ids[:1], Emotion.ANGER)),
    "step": (24, lambda desk, ids: desk.step(ids[:1], 1)),
    "assign": (24, lambda desk, ids: desk.assign(ids[:1], None)),
    "prioritise": (24, lambda desk, ids: desk.prioritise(ids[:1], Priority.URGENT)),
    "tag": (24, lambda desk, ids: desk.toggle_tag(ids[:1], "선물")),
    "promise": (24, lambda desk, ids: desk.promises.make("내일 오후 3시 전화", ids[0])),
    "ten at once": (200, lambda desk, ids: desk.prioritise(ids[:10], Priority.URGENT)),
}


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_is_a_few_statements_and_no_scan(shop: Shop, verb: str) -> None:
    most, act = VERBS[verb]
    ids = [row.id for row in queue.open_tickets(shop.store.db)]
    with statements(shop) as ran:
        act(shop.desk, ids)
    assert scans(shop, ran) == []
    assert ran.count("COMMIT") >= (verb != "assign")
    assert ran.count("COMMIT") <= 2
    assert len(ran) <= most
    with statements(shop) as ran:
        shop.desk.undo()
    assert scans(shop, ran) == []
    assert len(ran) <= most + 8
    assert tickets.ticket(shop.store.db, ids[0]) is not None
