"""One writer a file: an advisory lock that the operating system drops when the process ends, however it ends."""

import os
from pathlib import Path

from cxdesk.storage.faults import Fault

__all__ = ["Lock"]


class Lock:
    """The right to write one data folder."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    @classmethod
    def take(cls, path: Path) -> "Lock":
        """Take it. Raises ``Fault`` ``in_use`` with the holder's process id when another process has it."""
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(handle)
        except OSError as error:
            holder = os.pread(handle, 20, 1).decode("ascii", "replace").strip() or "?"
            os.close(handle)
            raise Fault("in_use", path=str(path.parent), pid=holder) from error
        os.ftruncate(handle, 0)
        os.pwrite(handle, f" {os.getpid()}".encode(), 0)
        return cls(handle)

    def release(self) -> None:
        """Give it back; a second call does nothing."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def _lock(handle: int) -> None:
    """Lock the first byte without waiting. Raises ``OSError`` when it is taken."""
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        import fcntl

        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, 1)
