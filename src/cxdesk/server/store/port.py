"""What the server asks of a database, in the SQL that PostgreSQL and SQLite share.

Statements are written once, with ``$1`` … for values. The few things the two say differently are members of ``Work``.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

__all__ = ["Busy", "Database", "Raced", "Record", "Work"]

Record = Mapping[str, Any]


class Busy(Exception):
    """The database did not answer in time, or not at all. Nothing was written; asking again later may help."""


class Raced(Exception):
    """Somebody else began the same row in this moment. Nothing was written; asking again now helps."""


class Work(Protocol):
    """One transaction, of one shop: whatever is read or written in it is that shop's."""

    shop: str

    locked: str
    """Ends a SELECT whose rows are to be changed: nobody else changes them before this transaction ends."""

    free: str
    """Ends a SELECT that takes the first row nobody else is changing."""

    pairs: str
    """A table ``wanted(a, b)`` made of the JSON array of pairs in ``$2``. It comes first and other tables follow it by
    CROSS JOIN: SQLite then looks each pair up, where it would otherwise walk the whole shop for every one of them."""

    async def rows(self, sql: str, *values: Any) -> Sequence[Record]:
        """Every row of an answer."""

    async def row(self, sql: str, *values: Any) -> Record | None:
        """The first row of an answer."""

    async def value(self, sql: str, *values: Any) -> Any:
        """The first value of the first row, ``None`` where there is none."""

    async def run(self, sql: str, *values: Any) -> int:
        """Carry out a statement; how many rows it changed."""

    async def insert(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], rest: str = "") -> int:
        """Add many rows at once, ``shop_id`` in front of each; how many were added or, by ``rest``, changed."""


class Database(Protocol):
    """A database with its schema in place."""

    name: str

    def work(self, shop: str, *, reads: bool = False) -> AbstractAsyncContextManager[Work]:
        """A transaction that commits at the end of the block and leaves nothing behind after an exception.

        Raises ``Busy``. ``reads`` promises that nothing is written.
        """

    async def announce(self, shop: str, seq: int) -> None:
        """Tell the other processes on this database how far a shop's log is. Never inside a transaction."""

    async def listen(self, heard: Callable[[str, int], None]) -> None:
        """Call ``heard`` for what other processes announce, from now on."""

    async def tend(self, now: int, keep_ms: int) -> None:
        """Make room for what comes, and let go of the log older than ``keep_ms``."""

    async def close(self) -> None:
        """Let go of every connection."""
