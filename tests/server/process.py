"""The server as it is really run: a process of its own that answers on a port."""

import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

__all__ = ["Process"]


class Process:
    """``cxdesk serve``, on a DSN or in a folder; ``start`` after ``kill`` listens on the same port."""

    def __init__(self, folder: Path, dsn: str | None = None) -> None:
        self.folder, self.dsn, self.port = folder, dsn, 0
        self.code = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, *options: str) -> None:
        command = [sys.executable, "-m", "cxdesk", "serve", "--data", str(self.folder), "--port", str(self.port)]
        command += ["--lang", "en", *options, *(["--database", self.dsn] if self.dsn else [])]
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        assert self.running.stdout is not None
        with self.running.stdout as said:
            for line in said:
                if line.startswith("Code for the next desk: "):
                    self.code = line.split()[5]
                if line.startswith("Desks connect to "):
                    self.port = int(line.rpartition(":")[2])
                    return
        raise AssertionError(self.log.read_text("utf-8"))

    @property
    def log(self) -> Path:
        """What it writes about itself."""
        return self.folder.parent / "serve.log"

    def kill(self) -> None:
        """No time to say goodbye."""
        self.running.send_signal(signal.SIGKILL)
        self.running.wait(10)

    def stop(self) -> int:
        """As systemd asks."""
        self.running.send_signal(signal.SIGTERM)
        return self.running.wait(20)

    def text(self, path: str) -> str:
        """What the operator reads."""
        with urllib.request.urlopen(f"{self.url}{path}", timeout=10) as answer:
            return str(answer.read().decode())
