"""Where this machine keeps the desk: one data folder, found by the platform's rules or given by ``--data``."""

import os
import time
from pathlib import Path

from cxdesk.domain.ids import uuid7

__all__ = ["data_folder", "mint", "now"]


def data_folder(given: str | None) -> Path:
    """The folder given on the command line, in ``CXDESK_DATA``, or the platform's own."""
    if given or (given := os.environ.get("CXDESK_DATA")):
        return Path(given).expanduser()
    from platformdirs import user_data_path

    return user_data_path("cxdesk", appauthor=False)


def now() -> int:
    """The clock: ms since 1970-01-01 UTC."""
    return time.time_ns() // 1_000_000


def mint() -> str:
    """A new id."""
    return uuid7(now(), int.from_bytes(os.urandom(10)) >> 6)
