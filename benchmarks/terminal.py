"""A program on a terminal of our own: a pty, a screen read with pyte, and a clock on every byte.

Reading and stamping come first; the emulator is fed only when the program has been silent for a while, so that its
work never stands between a key and the answer to it. ``close`` ends the program by its process id; should this
process die first, the pty goes with it and the program is hung up.
"""

import atexit
import codecs
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fcntl import ioctl
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

__all__ = ["Painted", "Terminal", "environment"]

_SYNC_BEGINS = b"\x1b[?2026h"
_SYNC_ASKED = b"\x1b[?2026$p"
_INCOMPLETE = re.compile(r"\x1b(?:\[[0-9;:<=>?]*[ -/]*|\][^\x07\x1b]*|[()#]?)?$")
_UNKNOWN = re.compile(
    r"\x1b\[[<=>][0-9;:]*[ -/]*[@-~]"  # kitty keyboard, secondary attributes
    r"|\x1b\[\?[0-9;]*[ -/]+[@-~]"  # mode queries
    r"|\x1b\[[0-9;]* q"  # cursor shape
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"  # titles, links, clipboard
    r"|\x1bP[^\x1b]*\x1b\\"
)
_DROPPED = ("PYTHON", "TEXTUAL", "SSH_", "CXDESK_", "TERM_PROGRAM", "NO_COLOR", "ESCDELAY", "TMUX", "COLUMNS", "LINES")
_TICK_S = 1 / os.sysconf("SC_CLK_TCK")
_FAR = 60.0


@dataclass(frozen=True, slots=True)
class Painted:
    """What a program wrote in answer to something: seconds to its first and last byte, bytes, and frames.

    Frames are counted by the synchronised-update marks that Textual puts around each. ``first`` and ``last`` are
    ``None`` when nothing was written.
    """

    first: float | None
    last: float | None
    size: int
    frames: int


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's environment as on a plain local terminal, with nothing set that changes how Python or Textual
    behave: ``PYTHONDONTWRITEBYTECODE`` alone would double the time to the first frame."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_DROPPED)}
    return kept | {"TERM": "xterm-256color", "COLORTERM": "truecolor"} | dict(extra or {})


class Terminal:
    """One program, started at once. Times are seconds of ``time.perf_counter``."""

    def __init__(
        self,
        argv: Sequence[str],
        *,
        columns: int = 120,
        rows: int = 36,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        self.columns, self.rows = columns, rows
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._held = ""
        self._unread: list[tuple[float, bytes]] = []
        self._mark: list[tuple[float, bytes]] = []
        self._ended = False
        self._master, slave = os.openpty()
        ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.started = time.perf_counter()
        try:
            self._process = subprocess.Popen(
                list(argv),
                env=dict(env if env is not None else environment()),
                cwd=cwd,
                pass_fds=(slave,),
                preexec_fn=lambda: os.login_tty(slave),
            )
        except BaseException:
            os.close(self._master)
            raise
        finally:
            os.close(slave)
        atexit.register(self.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- the program

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def close(self, patience: float = 1.0) -> int | None:
        """End the program, politely and then not, and wait for it; its exit code."""
        atexit.unregister(self.close)
        for force in (signal.SIGTERM, signal.SIGKILL):
            if self._process.poll() is not None:
                break
            with suppress(ProcessLookupError):
                os.kill(self._process.pid, force)
            until = time.perf_counter() + patience
            while self._process.poll() is None and time.perf_counter() < until:
                self.read(0.01)
        code = self._process.wait()
        if self._master >= 0:
            os.close(self._master)
            self._master = -1
        return code

    def leave(self, keys: str, patience: float = 5.0) -> int | None:
        """Press the keys that make it leave and wait for it; its exit code."""
        self.send(keys)
        until = time.perf_counter() + patience
        while self._process.poll() is None and time.perf_counter() < until:
            self.read(0.02)
        return self.close()

    def cpu(self) -> float:
        """Seconds of processor time used so far, all threads, in steps of a clock tick."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * _TICK_S

    def memory(self) -> tuple[float, float]:
        """Resident memory now and at its highest, in MiB."""
        found = dict(re.findall(r"(VmRSS|VmHWM):\s+(\d+)", Path(f"/proc/{self.pid}/status").read_text()))
        return int(found["VmRSS"]) / 1024, int(found["VmHWM"]) / 1024

    # -- bytes

    def send(self, keys: str) -> float:
        """Write keys; the moment they were written. What is painted from here on is counted anew."""
        self.read(0)
        self._mark = []
        at = time.perf_counter()
        os.write(self._master, keys.encode())
        return at

    def read(self, patience: float) -> bool:
        """Take what the program writes within ``patience`` seconds; whether there was anything."""
        if self._ended or self._master < 0:
            time.sleep(min(patience, 0.01))
            return False
        ready, _, _ = select.select([self._master], [], [], patience)
        if not ready:
            return False
        try:
            chunk = os.read(self._master, 65536)
        except OSError:
            chunk = b""
        if not chunk:
            self._ended = True
            return False
        stamped = (time.perf_counter(), chunk)
        self._unread.append(stamped)
        self._mark.append(stamped)
        if _SYNC_ASKED in chunk:
            os.write(self._master, b"\x1b[?2026;2$y")
        return True

    def quiet(self, silence: float, limit: float = _FAR, *, begin: float | None = None) -> float:
        """Read until nothing has come for ``silence`` seconds; the moment of the last byte.

        ``begin`` is how long to wait for the first byte, when that is longer.
        """
        now = time.perf_counter()
        last, until = now, now + limit
        patience = silence if begin is None else begin
        while (now := time.perf_counter()) < until:
            if not self.read(max(0.0, min(last + patience, until) - now)):
                if self._ended or time.perf_counter() >= last + patience:
                    break
                continue
            last, patience = time.perf_counter(), silence
        return self._mark[-1][0] if self._mark else last

    def painted(self, since: float) -> Painted:
        """What was written since the last ``send`` (or the start), against a moment."""
        whole = b"".join(chunk for _, chunk in self._mark)
        first, last = (self._mark[0][0] - since, self._mark[-1][0] - since) if self._mark else (None, None)
        return Painted(first, last, len(whole), whole.count(_SYNC_BEGINS))

    def press(self, keys: str, *, silence: float = 0.03, limit: float = 1.0) -> Painted:
        """Press keys and wait until what they paint has been painted, at most ``limit`` seconds for its first byte."""
        at = self.send(keys)
        self.quiet(silence, begin=limit)
        return self.painted(at)

    # -- the screen

    def wait_for(self, shown: Callable[[str], bool] | str, *, limit: float = _FAR, silence: float = 0.02) -> float:
        """The moment of the byte that completed what is looked for on the screen. Raises ``TimeoutError``."""
        wanted = (lambda screen: shown in screen) if isinstance(shown, str) else shown
        until = time.perf_counter() + limit
        while True:
            while self._unread:
                at, chunk = self._unread.pop(0)
                self._feed(chunk)
                if wanted(self.text):
                    return at
            if self._ended or time.perf_counter() > until:
                why = "the program ended" if self._ended else f"{limit:.0f} s have passed"
                raise TimeoutError(f"not on the screen, and {why}:\n{self.text}")
            self.quiet(silence, min(1.0, limit))

    @property
    def text(self) -> str:
        """The screen as lines of text, of what was fed so far."""
        return "\n".join(self._screen.display)

    def look(self) -> str:
        """The screen as it is now."""
        while self._unread:
            self._feed(self._unread.pop(0)[1])
        return self.text

    @property
    def cursor(self) -> tuple[int, int, bool]:
        """Column and row of the terminal's cursor, and whether it is hidden."""
        cursor = self._screen.cursor
        return cursor.x, cursor.y, bool(cursor.hidden)

    def _feed(self, chunk: bytes) -> None:
        """To the emulator, without what it does not know and would print."""
        text = self._held + self._decode(chunk)
        self._held = found[0] if (found := _INCOMPLETE.search(text)) else ""
        self._stream.feed(_UNKNOWN.sub("", text[: len(text) - len(self._held)]))


def _hang_up(number: int, _frame: object) -> None:
    """Leave through ``atexit``, so that programs are ended."""
    sys.exit(128 + number)


for _signal in (signal.SIGTERM, signal.SIGHUP):
    if signal.getsignal(_signal) is signal.SIG_DFL:
        signal.signal(_signal, _hang_up)
