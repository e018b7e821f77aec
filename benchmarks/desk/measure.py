"""One run of a program on a terminal: its start, its keys, its rest.

Every run of the desk goes the same way: start, let it load, then one key at a time through everything an agent does.
Nothing here judges; the figures are put together in ``report``.
"""

import gc
import random
import sys
import sysconfig
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.desk.data import Data, freshen
from benchmarks.terminal import Painted, Terminal, environment

__all__ = ["Batch", "Plan", "Run", "bare", "desk", "hello", "version"]

_SILENCE = 0.15
_FRAME = 0.03
"""Silence that ends the answer to a key. At 120 frames a second a second frame comes within 9 ms."""

_LATER = 0.12
"""The same for what opens something, whose second frame may need some reading first."""

_HELLO = Path(__file__).with_name("hello.py")
_LIKE_THE_DESK = {"ESCDELAY": "25", "TEXTUAL_FPS": "120", "TEXTUAL_ANIMATIONS": "none"}
"""What ``cxdesk.__main__`` sets before it imports Textual, so that both programs run under the same settings."""

_ENTER, _ESCAPE, _QUIT, _PALETTE = "\r", "\x1b", "\x11", "\x10"
_PAGE_DOWN, _PAGE_UP = "\x1b[6~", "\x1b[5~"
_LATIN = "the parcel left this morning and comes tomorrow before noon "
_HANGUL = "불편하셨겠어요 오늘 오후 세시까지 확인해서 전화드리겠습니다 "


@dataclass(frozen=True, slots=True)
class Plan:
    """How much to measure."""

    columns: int = 120
    rows: int = 36
    keys: int = 40
    idle: float = 5.0
    compiled: Path | None = None

    def environment(self, extra: Mapping[str, str] | None = None) -> dict[str, str]:
        """What the programs run in. ``compiled`` is where Python keeps what it compiled: as after an installation,
        both programs find theirs ready, and the source tree stays as it was."""
        kept = {"PYTHONPYCACHEPREFIX": str(self.compiled)} if self.compiled else {}
        return environment(kept | dict(extra or {}))


@dataclass(slots=True)
class Batch:
    """Presses of one kind, and what they cost the processor together."""

    presses: list[Painted] = field(default_factory=list)
    cpu: float = 0.0


@dataclass(slots=True)
class Run:
    """Seconds, bytes and MiB of one start, and the keys pressed after it. ``idle`` is CPU and bytes per second."""

    first_byte: float
    content: float
    full: float
    size: int
    frames: int
    cpu: float
    memory: float
    settled: float = 0.0
    memory_after: float = 0.0
    memory_peak: float = 0.0
    leaving: float = 0.0
    idle_cpu: float = 0.0
    idle_bytes: float = 0.0
    keys: dict[str, Batch] = field(default_factory=dict)


def bare(plan: Plan) -> float:
    """Seconds of ``python -c pass``."""
    return _until_exit([sys.executable, "-c", "pass"], plan)


def version(plan: Plan) -> float:
    """Seconds of ``cxdesk --version``."""
    return _until_exit([*_program(), "--version"], plan)


def _until_exit(argv: list[str], plan: Plan) -> float:
    with _calm(), Terminal(argv, columns=plan.columns, rows=plan.rows, env=plan.environment()) as terminal:
        while terminal.read(5):
            pass
        terminal.close()
        return time.perf_counter() - terminal.started


def hello(plan: Plan, *, keys: bool) -> Run:
    """The floor."""
    with _calm(), _open([sys.executable, str(_HELLO)], plan, _LIKE_THE_DESK) as terminal:
        run = _start(terminal, "hello")
        _loaded(terminal, run)
        if keys:
            presses = _Presses(terminal, run)
            presses.each("one line", ["a"] * plan.keys)
            presses.burst("200 keys at once", "ab" * 100)
            _rest(terminal, run, plan)
        run.leaving = _leave(terminal)
    return run


def desk(plan: Plan, data: Data, *, keys: bool, source: Path | None = None) -> Run:
    """The desk on a shop; with no customers, its empty queue is what is waited for. ``source`` is another tree."""
    freshen(data.folder)
    argv = [*_program(), "--data", str(data.folder), "--lang", "ko"]
    with _calm(), _open(argv, plan, {"PYTHONPATH": str(source.resolve())} if source else {}) as terminal:
        run = _start(terminal, data.names or ("기다리는 분이 없습니다",))
        presses = _Presses(terminal, run)
        if keys:
            presses.each("j/k while loading", ("jjjjkkkk" * plan.keys)[: plan.keys])
        _loaded(terminal, run)
        if keys:
            _walk(presses, plan, data)
            _rest(terminal, run, plan)
        run.leaving = _leave(terminal)
    return run


def _program() -> list[str]:
    script = Path(sysconfig.get_path("scripts")) / "cxdesk"
    return [sys.executable, str(script)] if script.exists() else [sys.executable, "-m", "cxdesk"]


def _open(argv: list[str], plan: Plan, extra: Mapping[str, str]) -> Terminal:
    return Terminal(argv, columns=plan.columns, rows=plan.rows, env=plan.environment(extra))


@contextmanager
def _calm() -> Iterator[None]:
    """No collection of our own while the clock runs."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _start(terminal: Terminal, shown: str | Iterable[str]) -> Run:
    wanted = (shown,) if isinstance(shown, str) else tuple(shown)
    content = terminal.wait_for(lambda screen: any(words in screen for words in wanted)) - terminal.started
    terminal.quiet(_SILENCE)
    painted, cpu, (memory, _) = terminal.painted(terminal.started), terminal.cpu(), terminal.memory()
    assert painted.first is not None
    assert painted.last is not None
    return Run(painted.first, content, painted.last, painted.size, painted.frames, cpu, memory)


def _loaded(terminal: Terminal, run: Run) -> None:
    """Wait for what is loaded behind the first frame."""
    run.settled = _settle(terminal)
    run.memory_after, run.memory_peak = terminal.memory()


def _leave(terminal: Terminal) -> float:
    """Seconds from the key to the end of the program."""
    began = time.perf_counter()
    terminal.leave(_QUIT)
    return time.perf_counter() - began


def _settle(terminal: Terminal, limit: float = 30) -> float:
    """Wait until the program has rested for most of a second: what it loads behind the first frame is there."""
    until, calm = time.perf_counter() + limit, 0
    ended, before = time.perf_counter(), terminal.cpu()
    while calm < 4 and time.perf_counter() < until:
        terminal.quiet(0.2, 0.2)
        now = terminal.cpu()
        if now - before > 0.03:
            calm, ended = 0, time.perf_counter()
        else:
            calm += 1
        before = now
    return ended - terminal.started


def _rest(terminal: Terminal, run: Run, plan: Plan) -> None:
    """What it costs to do nothing."""
    terminal.press(_ESCAPE)
    terminal.send("")
    before, began = terminal.cpu(), time.perf_counter()
    terminal.quiet(plan.idle, plan.idle)
    seconds = time.perf_counter() - began
    run.idle_cpu = (terminal.cpu() - before) / seconds
    run.idle_bytes = terminal.painted(began).size / seconds


class _Presses:
    """Presses keys on a terminal and keeps what they painted."""

    def __init__(self, terminal: Terminal, run: Run) -> None:
        self.terminal, self.run = terminal, run
        self._dice = random.Random(1)
        self._beat: float | None = None

    def listen(self) -> None:
        """Learn when the program's clock paints by itself, once a second, so that no such frame is taken for part of
        the answer to a key that is waited for longer."""
        self.terminal.quiet(0.3, 0.4)
        self.terminal.send("")
        until = time.perf_counter() + 2.2
        while self._beat is None and time.perf_counter() < until:
            if self.terminal.read(0.1):
                self._beat = time.perf_counter()
        self.terminal.quiet(_SILENCE)

    def each(self, kind: str, keys: Iterable[str], *, silence: float = _FRAME) -> None:
        """Press one after the other, each when the last one's answer is complete."""
        batch = self.run.keys.setdefault(kind, Batch())
        before = self.terminal.cpu()
        for key in keys:
            self._pause()
            if silence > _FRAME and self._beat is not None:
                to_beat = 1 - (time.perf_counter() - self._beat) % 1
                if to_beat < 0.4:
                    self.terminal.quiet(0.05, to_beat + 0.05, begin=to_beat + 0.05)
            batch.presses.append(self.terminal.press(key, silence=silence))
        batch.cpu += self.terminal.cpu() - before

    def pair(self, there: str, back: str, keys: tuple[str, str], times: int, between: Callable[[], None]) -> None:
        """Press the first key, then the second, again and again."""
        for _ in range(times):
            self.each(there, [keys[0]], silence=_LATER)
            self.each(back, [keys[1]], silence=_LATER)
            between()

    def burst(self, kind: str, keys: str) -> None:
        """All at once, as when they are pasted."""
        self._pause()
        self.run.keys.setdefault(kind, Batch()).presses.append(self.terminal.press(keys, silence=_SILENCE))

    def quietly(self, keys: Iterable[str]) -> None:
        """Press without measuring."""
        for key in keys:
            self.terminal.press(key, silence=_LATER, limit=0.5)

    def _pause(self) -> None:
        """A little, and never the same: keys must not fall into step with the program's own clock."""
        self.terminal.quiet(0.005 + 0.02 * self._dice.random(), 0.03)


def _walk(presses: _Presses, plan: Plan, data: Data) -> None:
    """A little of everything. The desk is at its queue before and after each part."""
    n = plan.keys
    steps = max(2, min(10, plan.rows - 8, data.size.waiting // 2))
    up_and_down = ("j" * steps + "k" * steps) * (n // (2 * steps) + 1)
    presses.each("j/k in view", up_and_down[:n])
    presses.quietly(["g", "q"])
    presses.each("j through the list", "j" * n)
    presses.each("page", ([_PAGE_DOWN] * 5 + [_PAGE_UP] * 5) * (n // 10 + 1))
    presses.burst("200 keys at once", "j" * 100 + "k" * 100)
    presses.quietly(["\x1b[H", "j", "j", "j", _ENTER])
    presses.listen()
    presses.quietly([_ESCAPE])
    presses.pair("open (Enter)", "back (Esc)", (_ENTER, _ESCAPE), max(5, n // 2), lambda: presses.quietly("j"))
    presses.quietly([_ENTER, "r"])
    presses.each("composer, ASCII", (_LATIN * (n // len(_LATIN) + 1))[:n])
    presses.each("composer, Hangul", (_HANGUL * (n // len(_HANGUL) + 1))[:n])
    presses.quietly([_ESCAPE, _ESCAPE])
    for _ in range(max(2, n // 10)):
        presses.each("search, open", ["/"], silence=_LATER)
        presses.each("search, letter", [*data.names[0], *"\x7f\x7f\x7f", *"01004"], silence=_LATER)
        presses.quietly([_ESCAPE])
        presses.each("palette, open", [_PALETTE], silence=_LATER)
        presses.each("palette, letter", "약속", silence=_LATER)
        presses.quietly([_ESCAPE])
