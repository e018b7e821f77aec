"""What a desk must remember of its exchange with a server, between two requests and between two starts."""

from collections.abc import Mapping
from typing import Any

from cxdesk.domain.values import dataclass

__all__ = ["Batch", "FileTrouble", "Membership", "SnapshotPlace", "Touched"]

Touched = frozenset[tuple[str, str]]
"""Rows (table, id) that are other ones than before."""


class FileTrouble(Exception):
    """The desk's own file cannot take something; ``code`` names the sentence. ``passing``: it can in a moment."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def passing(self) -> bool:
        """Whether somebody else is writing to it right now."""
        return self.code in ("busy", "locked")


@dataclass(frozen=True, slots=True)
class Membership:
    """The shared queue a file belongs to: where it is, what it calls itself and this desk, and how far the two came."""

    url: str
    server: str
    epoch: str
    device: str
    shop: str = ""
    shop_name: str = ""
    role: str = ""
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """Operations to send, as they are sent, with the number of the first; ``last_acked`` is {n, op} or ``None``."""

    first_n: int
    ops: tuple[Mapping[str, Any], ...]
    last_acked: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class SnapshotPlace:
    """How far a snapshot came: its id, from where to pull afterwards, after which key to go on, and how many rows of
    all have come."""

    id: str
    since: str
    after: str = ""
    done: int = 0
    total: int = 0
