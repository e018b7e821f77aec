"""The program in a terminal of our own (``benchmarks.terminal``), with what only tests do: resize it, kill it, hang up.

Nothing here sleeps: whatever must come true is polled until a deadline, and the screen is part of the complaint.
"""

import os
import signal
import sqlite3
import struct
import sys
import termios
import time
from collections.abc import Callable
from contextlib import closing, suppress
from fcntl import ioctl
from pathlib import Path

from wcwidth import wcswidth

from benchmarks.terminal import Terminal as Bench
from benchmarks.terminal import environment

__all__ = ["PATIENCE_S", "Terminal", "until"]

PATIENCE_S = 20.0
_PROGRAM = (sys.executable, "-m", "cxdesk")


def until(true: Callable[[], bool], what: str, limit: float = PATIENCE_S) -> None:
    """Wait until something has come true. Raises ``TimeoutError``."""
    end = time.monotonic() + limit
    while not true():
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.01)


class Terminal(Bench):
    """``cxdesk`` with these arguments."""

    def __init__(self, *arguments: str, home: Path, size: tuple[int, int] = (120, 36)) -> None:
        extra = {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "HOME": str(home), "TMPDIR": str(home)}
        self.written = b""
        super().__init__([*_PROGRAM, *arguments], columns=size[0], rows=size[1], env=environment(extra))

    def read(self, patience: float) -> bool:
        had = super().read(patience)
        if had:
            self.written += self._mark[-1][1]
        return had

    @property
    def text(self) -> str:
        """The screen as lines of text. pyte's own ``display`` fails where half a wide character was written over."""
        lines = []
        for y in range(self._screen.lines):
            row, shown, x = self._screen.buffer[y], "", 0
            while x < self._screen.columns:
                cell = row[x].data or " "
                shown += cell
                x += max(1, wcswidth(cell))
            lines.append(shown)
        return "\n".join(lines)

    def shows(self, *words: str, without: str | None = None) -> str:
        """The screen once all these words stand on it (and the other does not)."""

        def there(screen: str) -> bool:
            return all(word in screen for word in words) and (without is None or without not in screen)

        self.wait_for(there, limit=PATIENCE_S, silence=0.005)
        return self.text

    def keys(self, *keys: str) -> None:
        """Press keys one after the other, as a person would: each is painted before the next."""
        for key in keys:
            self.press(key, silence=0.02, limit=0.5)

    def resize(self, columns: int, rows: int) -> None:
        """Drag the window's corner; the kernel sends SIGWINCH."""
        self.look()
        self.columns, self.rows = columns, rows
        self._screen.resize(rows, columns)
        ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def kill(self, number: signal.Signals = signal.SIGKILL) -> None:
        """Send a signal and wait for the end."""
        os.kill(self.pid, number)
        self.ended()

    def hang_up(self) -> None:
        """Close the window."""
        os.close(self._master)
        self._master = -1

    def ended(self) -> int:
        """Wait for the program to end by itself; its exit code."""

        def gone() -> bool:
            with suppress(OSError):
                self.read(0)
            return not self.alive

        until(gone, f"still running:\n{self.text}")
        code = self._process.poll()
        assert code is not None
        return code


def ask(folder: Path, sql: str) -> list[tuple[object, ...]]:
    """What stands in a desk's file now, without touching it."""
    with closing(sqlite3.connect(f"file:{folder / 'desk.db'}?mode=ro", uri=True)) as db:
        return list(db.execute(sql))
