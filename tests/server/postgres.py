"""A PostgreSQL of our own: Debian's binaries, as somebody without rights, in a folder that goes away afterwards."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

__all__ = ["Postgres", "binaries"]


def binaries() -> Path | None:
    """The newest PostgreSQL that is installed here."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    return found[-1] if found else None


def _somebody() -> list[str]:
    """What runs a command as somebody else: PostgreSQL refuses to run as root."""
    return [] if os.geteuid() else ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]


class Postgres:
    """One cluster; ``start`` after ``stop`` finds it as it was."""

    def __init__(self, *options: str) -> None:
        found = binaries()
        assert found is not None, "PostgreSQL is not installed: apt-get install postgresql, or set CXDESK_TEST_PG_DSN"
        self.bin = found
        self.options = options
        self.folder = Path(tempfile.mkdtemp(prefix="cxdesk-pg-"))
        if not os.geteuid():
            nobody = pwd.getpwnam("nobody")
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
        with socket.socket() as found_port:
            found_port.bind(("127.0.0.1", 0))
            self.port = found_port.getsockname()[1]
        self._run("initdb", "-D", str(self.data), "-U", "owner", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        self.start()

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def dsn(self) -> str:
        return f"postgresql://owner@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        said = [f"-p {self.port}", "-c listen_addresses=127.0.0.1", f"-c unix_socket_directories={self.folder}"]
        said += [f"-c {option}" for option in self.options]
        self._run("pg_ctl", "-D", str(self.data), "-l", str(self.folder / "log"), "-w", "-o", " ".join(said), "start")

    def stop(self, mode: str = "fast") -> None:
        self._run("pg_ctl", "-D", str(self.data), "-m", mode, "-w", "stop")

    def end(self) -> None:
        self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def sql(self, statement: str) -> str:
        """What ``psql`` answers, as the owner."""
        done = subprocess.run(
            [str(self.bin / "psql"), "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", self.dsn, "-c", statement],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout.strip()

    def _run(self, program: str, *arguments: str) -> None:
        command = [*_somebody(), str(self.bin / program), *arguments]
        done = subprocess.run(command, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
        assert done.returncode == 0, done.stdout.decode()
