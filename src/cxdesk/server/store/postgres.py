"""PostgreSQL behind the port: any number of servers, every statement as ``cx_app`` under row-level security."""

import asyncio
import datetime
import hashlib
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg

from cxdesk.server.store.migrate import files_after
from cxdesk.server.store.port import Busy, Database, Raced, Record, Work

__all__ = ["open_postgres"]

_LIMITS = {
    "statement_timeout": "5000",
    "lock_timeout": "4000",
    "idle_in_transaction_session_timeout": "10000",
    "application_name": "cxdesk",
    "timezone": "UTC",
}
_ROLE = "cx_app"
_CHANNEL = "cx_poke"
_MIGRATING = int.from_bytes(hashlib.sha256(b"cxdesk migrations").digest()[:8], signed=True)

_PASSING = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.OperatorInterventionError,
    asyncpg.LockNotAvailableError,
    asyncpg.TransactionRollbackError,
    asyncpg.InsufficientResourcesError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    ConnectionError,
    OSError,
    TimeoutError,
)

_TYPES = {
    "shop_id": "uuid",
    "f": "jsonb",
    "clk": "jsonb",
    "tags": "jsonb",
    "gone": "jsonb",
    "erased": "smallint",
    "value": "jsonb",
    "phase": "smallint",
} | dict.fromkeys(
    (
        "at", "changed_at", "began_at", "received_at", "rank_at", "lease_until", "fence", "number", "seq", "seq0", "n",
        "until", "t", "lost_at",
    ),
    "bigint",
)  # fmt: skip
"""Of the columns that are written many at a time; every other one is text."""


class _PostgresWork:
    locked = " FOR UPDATE OF e"
    free = " LIMIT 1 FOR UPDATE OF e SKIP LOCKED"
    pairs = "(SELECT value ->> 0 AS a, value ->> 1 AS b FROM jsonb_array_elements($2::jsonb))"

    def __init__(self, connection: Any, shop: str) -> None:
        self.connection = connection
        self.shop = shop

    async def rows(self, sql: str, *values: Any) -> Sequence[Record]:
        found: Sequence[Record] = await self.connection.fetch(sql, *values)
        return found

    async def row(self, sql: str, *values: Any) -> Record | None:
        found: Record | None = await self.connection.fetchrow(sql, *values)
        return found

    async def value(self, sql: str, *values: Any) -> Any:
        return await self.connection.fetchval(sql, *values)

    async def run(self, sql: str, *values: Any) -> int:
        return _count(await self.connection.execute(sql, *values))

    async def insert(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], rest: str = "") -> int:
        if not rows:
            return 0
        places = ", ".join(f"${at}::{_TYPES.get(name, 'text')}[]" for at, name in enumerate(columns, 2))
        sql = f"INSERT INTO {table} (shop_id, {', '.join(columns)}) SELECT $1::uuid, * FROM unnest({places}) {rest}"
        return _count(await self.connection.execute(sql, self.shop, *map(list, zip(*rows, strict=True))))


@asynccontextmanager
async def _transaction(connection: Any, shop: str, reads: bool) -> AsyncIterator[None]:
    """A transaction that sees one shop, begun in one exchange; an empty text is no shop."""
    own = str(UUID(shop)) if shop else ""
    try:
        await connection.execute(f"BEGIN{' READ ONLY' if reads else ''}; SET LOCAL cx.shop = '{own}'")
        yield
        await connection.execute("COMMIT")
    except BaseException:
        try:
            await asyncio.shield(connection.execute("ROLLBACK"))
        except _PASSING:
            connection.terminate()
        raise


async def _nothing(_connection: Any) -> None:
    """Settings and locks are the transaction's own: there is nothing to take back between two of them."""


def _count(tag: str) -> int:
    """The number of rows in ``INSERT 0 3`` or ``UPDATE 3``."""
    last = tag.rpartition(" ")[2]
    return int(last) if last.isdigit() else 0


class _Postgres:
    name = "postgresql"

    def __init__(self, dsn: str, pool: Any) -> None:
        self.dsn, self.pool = dsn, pool
        self.ear: Any = None

    @asynccontextmanager
    async def work(self, shop: str, *, reads: bool = False) -> AsyncIterator[Work]:
        try:
            async with self.pool.acquire(timeout=5) as connection, _transaction(connection, shop, reads):
                yield _PostgresWork(connection, shop)
        except asyncpg.UniqueViolationError as error:
            raise Raced from error
        except (*_PASSING, asyncpg.QueryCanceledError) as error:
            raise Busy(type(error).__name__) from error

    async def announce(self, shop: str, seq: int) -> None:
        try:
            await self.pool.execute("SELECT pg_notify($1, $2)", _CHANNEL, f"{shop} {seq}", timeout=5)
        except _PASSING as error:
            raise Busy(type(error).__name__) from error

    async def listen(self, heard: Callable[[str, int], None]) -> None:
        def told(_connection: Any, _pid: int, _channel: str, said: str) -> None:
            shop, _, seq = said.partition(" ")
            heard(shop, int(seq))

        try:
            if self.ear is None or self.ear.is_closed():
                self.ear = await _connect(self.dsn, _LIMITS | {"role": _ROLE})
                await self.ear.add_listener(_CHANNEL, told)
        except _PASSING as error:
            raise Busy(type(error).__name__) from error

    async def tend(self, now: int, keep_ms: int) -> None:
        owner = await _owner(self.dsn)
        try:
            async with owner.transaction():
                await owner.execute("SELECT pg_advisory_xact_lock($1)", _MIGRATING)
                await _make_months(owner, now)
                await _drop_months(owner, now - keep_ms)
        finally:
            await owner.close()

    async def close(self) -> None:
        if self.ear is not None:
            await self.ear.close()
        await self.pool.close()


def _month(ms: int, later: int = 0) -> str:
    """``2026-11``, ``later`` months on."""
    day = datetime.datetime.fromtimestamp(ms / 1000, datetime.UTC)
    year, month = divmod(day.year * 12 + day.month - 1 + later, 12)
    return f"{year:04}-{month + 1:02}"


async def _months(owner: Any) -> list[str]:
    """The months the log has a part for."""
    names = await owner.fetch(
        "SELECT right(c.relname, 7) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid "
        "WHERE i.inhparent = 'op_log'::regclass ORDER BY 1"
    )
    return [name.replace("_", "-") for (name,) in names]


async def _make_months(owner: Any, now: int) -> None:
    """A part of the log for this month and the two after it."""
    there = await _months(owner)
    for later in range(3):
        if (begin := _month(now, later)) not in there:
            end = _month(now, later + 1)
            part = f"op_log_{begin.replace('-', '_')}"
            await owner.execute(f"CREATE TABLE {part} PARTITION OF op_log FOR VALUES FROM ('{begin}') TO ('{end}')")


async def _drop_months(owner: Any, before: int) -> None:
    """Parts of the log whose last day is past; dropping one costs nothing, however large it is."""
    for month in await _months(owner):
        if month < _month(before):
            await owner.execute(f"DROP TABLE op_log_{month.replace('-', '_')}")


async def _migrate(owner: Any) -> None:
    """Bring the schema up to date in one transaction; whoever comes second waits and finds it done."""
    async with owner.transaction():
        await owner.execute("SELECT pg_advisory_xact_lock($1)", _MIGRATING)
        await owner.execute("CREATE TABLE IF NOT EXISTS schema_version (version int PRIMARY KEY)")
        version = await owner.fetchval("SELECT coalesce(max(version), 0) FROM schema_version")
        for number, sql in files_after(version, "postgres"):
            await owner.execute(sql)
            await owner.execute("INSERT INTO schema_version VALUES ($1)", number)


async def _connect(dsn: str, limits: dict[str, str]) -> Any:
    return await asyncpg.connect(dsn, server_settings=limits, timeout=10)


async def _owner(dsn: str) -> Any:
    """A connection that may change the schema. Raises ``Busy``."""
    try:
        return await _connect(dsn, {"application_name": "cxdesk schema"})
    except _PASSING as error:
        raise Busy(type(error).__name__) from error


async def open_postgres(dsn: str, *, connections: int = 16) -> Database:
    """The database behind a DSN, migrated if need be.

    Raises ``Busy`` when it cannot be reached, ``ValueError`` when it is newer than the program or knows no ``cx_app``.
    """
    owner = await _owner(dsn)
    try:
        await _migrate(owner)
    finally:
        await owner.close()
    settings = _LIMITS | {"role": _ROLE}
    try:
        pool = await asyncpg.create_pool(
            dsn, min_size=1, max_size=connections, server_settings=settings, command_timeout=15, reset=_nothing
        )
        role = await pool.fetchval("SELECT current_user")
    except _PASSING as error:
        raise Busy(type(error).__name__) from error
    if role != _ROLE:
        # Something between here and there dropped it, and with it what keeps the shops apart.
        await pool.close()
        raise ValueError(f"the database answers as {role}, not as {_ROLE}")
    return _Postgres(dsn, pool)
