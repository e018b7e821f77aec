"""Takes the screens of both READMEs from the real demo in a real terminal (``tmux``, 120 × 36).

``python tools/screens.py`` prints them, ``--write`` puts them into the READMEs. The demo is seeded, but its day begins
when it is opened, so the text differs a little each time.
"""

import argparse
import shlex
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from cxdesk.domain.words import Language, Stage
from cxdesk.i18n import t_in

ROOT = Path(__file__).parents[1]
BEGIN, END = "<!-- screen:begin -->", "<!-- screen:end -->"
READMES = {Language.EN: ROOT / "README.md", Language.KO: ROOT / "README.ko.md"}
COLUMNS, ROWS = 120, 36
_PATIENCE_S = 60


class Terminal:
    """A tmux server of its own with one window; it ends with the ``with`` block."""

    def __init__(self, command: list[str]) -> None:
        self._name = f"cxdesk-screens-{time.time_ns()}"
        self._tmux(
            "-u", "-f", "/dev/null", "new-session", "-d", "-x", str(COLUMNS), "-y", str(ROWS), shlex.join(command)
        )
        self._tmux("set-option", "-g", "status", "off")

    def _tmux(self, *words: str) -> str:
        command = ["tmux", "-L", self._name, *words]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        # Asked to leave first, so that the demo takes its folder away.
        with suppress(subprocess.CalledProcessError):
            end = time.monotonic() + 10
            self.press("C-q")
            while time.monotonic() < end:
                self.text()
                time.sleep(0.1)
        subprocess.run(["tmux", "-L", self._name, "kill-server"], capture_output=True, check=False)

    def press(self, *keys: str) -> None:
        """Press keys, by tmux's names."""
        self._tmux("send-keys", *keys)

    def text(self) -> str:
        """What stands on the screen, without the blanks at the ends of lines."""
        return "\n".join(line.rstrip() for line in self._tmux("capture-pane", "-p").splitlines())

    def until(self, shown: Callable[[str], bool]) -> str:
        """The screen as soon as ``shown`` says so. Raises ``TimeoutError``."""
        end = time.monotonic() + _PATIENCE_S
        while time.monotonic() < end:
            if shown(text := self.text()):
                return text
            time.sleep(0.1)
        raise TimeoutError(self.text())

    def settled(self) -> str:
        """The screen once it has stayed the same for a moment."""
        before, now = "", self.text()
        while before != now:
            time.sleep(0.4)
            before, now = now, self.text()
        return now


def screen(lang: Language, seed: int) -> str:
    """The demo with the next customer on screen, at the stage where one says what one has understood."""
    command = [sys.executable, "-m", "cxdesk", "demo", "--lang", lang, "--seed", str(seed), "--speed", "1"]
    acknowledge = f"[{t_in(lang, f'stage.{Stage.ACKNOWLEDGE}')}]"
    lines = f"{t_in(lang, 'panel.scripts')} · {t_in(lang, f'stage.{Stage.ACKNOWLEDGE}')}"
    with Terminal(command) as terminal:
        terminal.until(lambda text: t_in(lang, "panel.queue") in text and "▌" in text)
        terminal.until(
            lambda text: "–" in text.split("\n")[0] or "~" in text.split("\n")[0]
        )  # the wait has been learned
        terminal.press("n")
        terminal.until(lambda text: t_in(lang, "stage.greet") in text)
        terminal.press("]", "]")
        terminal.until(lambda text: acknowledge in text and lines in text)
        terminal.press("1")
        title = t_in(lang, "compose.reply").split(" (")[0].split("(")[0]
        terminal.until(lambda text: f"─ {title}" in text)
        terminal.press("Escape")
        terminal.until(lambda text: t_in(lang, "action.undo.short") in text.split("\n")[-1])
        return terminal.settled()


def with_screen(readme: str, text: str) -> str:
    """The README with this screen."""
    before, rest = readme.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n```text\n{text}\n```\n{END}{after}"


def main() -> None:
    """Print or write both screens."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--write", action="store_true", help="put the screens into the READMEs")
    arguments.add_argument("--seed", type=int, default=7, help="the demo's seed")
    chosen = arguments.parse_args()
    for lang, path in READMES.items():
        text = screen(lang, chosen.seed)
        if chosen.write:
            path.write_text(with_screen(path.read_text("utf-8"), text), encoding="utf-8")
            print(f"{path.name}: written")
        else:
            print(text)


if __name__ == "__main__":
    main()
