"""SQLite behind the port: one machine, one process, every commit on the disk before it is answered."""

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from cxdesk.server.store.migrate import files_after
from cxdesk.server.store.port import Busy, Database, Raced, Record, Work

__all__ = ["open_sqlite"]

T = TypeVar("T")

_READERS = 2


class _Connection:
    """A connection with the one thread that uses it."""

    def __init__(self, path: Path, *, reads: bool) -> None:
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite")
        self.path, self.reads = path, reads
        self.turn = asyncio.Lock()

    async def call(self, act: Callable[..., T], *values: Any) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self.thread, act, *values)
        except sqlite3.OperationalError as error:
            raise Busy(error.sqlite_errorname) from error
        except sqlite3.IntegrityError as error:
            if error.sqlite_errorname in ("SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT_UNIQUE"):
                raise Raced from error
            raise

    def open(self) -> None:
        self.db = sqlite3.connect(self.path, isolation_level=None, timeout=5, check_same_thread=False)
        self.db.row_factory = sqlite3.Row
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = FULL")
        self.db.execute("PRAGMA secure_delete = ON")
        if self.reads:
            self.db.execute("PRAGMA query_only = ON")

    async def close(self) -> None:
        await self.call(self.db.close)
        self.thread.shutdown()


class _SqliteWork:
    locked = ""
    free = " LIMIT 1"
    pairs = "(SELECT value ->> 0 AS a, value ->> 1 AS b FROM json_each($2))"

    def __init__(self, connection: _Connection, shop: str) -> None:
        self.connection = connection
        self.shop = shop

    async def rows(self, sql: str, *values: Any) -> Sequence[Record]:
        return await self.connection.call(self._all, sql, values)

    async def row(self, sql: str, *values: Any) -> Record | None:
        found = await self.rows(sql, *values)
        return found[0] if found else None

    async def value(self, sql: str, *values: Any) -> Any:
        found = await self.rows(sql, *values)
        return found[0][0] if found else None  # type: ignore[index]

    async def run(self, sql: str, *values: Any) -> int:
        return await self.connection.call(self._run, sql, values)

    async def insert(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], rest: str = "") -> int:
        if not rows:
            return 0
        places = ", ".join("?" * (1 + len(columns)))
        sql = f"INSERT INTO {table} (shop_id, {', '.join(columns)}) VALUES ({places}) {rest}"
        return await self.connection.call(self._many, sql, [(self.shop, *row) for row in rows])

    def _all(self, sql: str, values: Sequence[Any]) -> list[Any]:
        return self.connection.db.execute(_numbered(sql), values).fetchall()

    def _run(self, sql: str, values: Sequence[Any]) -> int:
        return self.connection.db.execute(_numbered(sql), values).rowcount

    def _many(self, sql: str, rows: list[Any]) -> int:
        return self.connection.db.executemany(sql, rows).rowcount


@cache
def _numbered(sql: str) -> str:
    """``$1`` as SQLite writes it."""
    return re.sub(r"\$(\d+)", r"?\1", sql)


class _Sqlite:
    name = "sqlite"

    def __init__(self, path: Path) -> None:
        self.writer = _Connection(path, reads=False)
        self.readers = [_Connection(path, reads=True) for _ in range(_READERS)]

    async def open(self) -> None:
        for connection in (self.writer, *self.readers):
            await connection.call(connection.open)
            if connection is self.writer:
                await connection.call(_migrate, connection.db)

    @asynccontextmanager
    async def work(self, shop: str, *, reads: bool = False) -> AsyncIterator[Work]:
        connection = min(self.readers, key=lambda one: one.turn.locked()) if reads else self.writer
        async with connection.turn:
            await connection.call(connection.db.execute, "BEGIN" if reads else "BEGIN IMMEDIATE")
            try:
                yield _SqliteWork(connection, shop)
                await connection.call(connection.db.execute, "COMMIT")
            except BaseException:
                # The thread finishes what it was asked before this, also when nobody waits for it any more.
                await asyncio.shield(connection.call(_roll_back, connection.db))
                raise

    async def announce(self, shop: str, seq: int) -> None:
        """There is no other process."""

    async def listen(self, heard: Callable[[str, int], None]) -> None:
        """There is nobody to listen to."""

    async def tend(self, now: int, keep_ms: int) -> None:
        async with self.work("") as work:
            await work.run("DELETE FROM op_log WHERE received_at < $1", now - keep_ms)
            await work.run("DELETE FROM snapshot WHERE until < $1", now)
            await work.run("DELETE FROM token WHERE until < $1", now - keep_ms)

    async def close(self) -> None:
        for connection in (*self.readers, self.writer):
            await connection.close()


def _roll_back(db: sqlite3.Connection) -> None:
    if db.in_transaction:
        db.execute("ROLLBACK")


def _migrate(db: sqlite3.Connection) -> None:
    db.execute("BEGIN IMMEDIATE")
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    for number, sql in files_after(version, "sqlite"):
        # executescript would commit what was begun.
        for statement in _statements(sql):
            db.execute(statement)
        db.execute(f"PRAGMA user_version = {number:d}")
    db.execute("COMMIT")


def _statements(sql: str) -> list[str]:
    """The statements of a file; a trigger's own semicolons do not end it."""
    found, begun = [], ""
    for line in sql.splitlines(keepends=True):
        begun += line
        if sqlite3.complete_statement(begun):
            found.append(begun)
            begun = ""
    return found


async def open_sqlite(folder: Path) -> Database:
    """The database ``server.db`` of a folder, made or migrated if need be."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "server.db"
    path.touch(mode=0o600)
    database = _Sqlite(path)
    await database.open()
    return database
