"""A network cable that can be pulled: bytes go both ways between one desk and the server until somebody cuts it."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType

__all__ = ["Cable"]


class Cable:
    """Listens on a port of its own and passes everything on to ``port``; while it is cut, nothing answers there."""

    def __init__(self, port: int) -> None:
        self._to = ("127.0.0.1", port)
        self._plugged = True
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._door = socket.create_server(("127.0.0.1", 0))
        self._begin(self._answer)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._door.getsockname()[1]}"

    def cut(self) -> None:
        """Pull it out: what is under way breaks off."""
        self._plugged = False
        while self._open:
            with suppress(OSError):
                self._open.pop().shutdown(socket.SHUT_RDWR)

    def plug(self) -> None:
        """Put it in again."""
        self._plugged = True

    def __enter__(self) -> "Cable":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cut()
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        for thread in self._threads:
            thread.join(5)

    def _begin(self, work: Callable[..., None], *ends: socket.socket) -> None:
        self._threads.append(threading.Thread(target=work, args=ends, daemon=True))
        self._threads[-1].start()

    def _answer(self) -> None:
        while True:
            try:
                near, _ = self._door.accept()
            except OSError:  # closed: the test is over
                return
            if not self._plugged:
                near.close()
                continue
            far = socket.create_connection(self._to)
            self._open += [near, far]
            for one, other in ((near, far), (far, near)):
                self._begin(_pass, one, other)


def _pass(one: socket.socket, other: socket.socket) -> None:
    """Until either side has had enough; each end is closed by whoever reads from it."""
    with one:
        with suppress(OSError):
            while data := one.recv(1 << 16):
                other.sendall(data)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
