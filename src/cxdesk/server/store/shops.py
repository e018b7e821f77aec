"""The server's own name, and the shops it serves."""

from typing import NamedTuple

from cxdesk.server.store.port import Database, Work

__all__ = ["Identity", "add_shop", "add_store", "first_store", "identity", "new_epoch", "shop_name", "store_there"]


class Identity(NamedTuple):
    """Who a server is, and since which restored backup."""

    server: str
    epoch: str


async def identity(database: Database, made: Identity) -> Identity:
    """The server's identity; ``made`` becomes it when there was none."""
    async with database.work("") as work:
        found = await work.row("SELECT server_id, epoch FROM server")
        if found is None:
            await work.run("INSERT INTO server (server_id, epoch) VALUES ($1, $2)", *made)
            return made
        return Identity(found["server_id"], found["epoch"])


async def new_epoch(database: Database, epoch: str) -> None:
    """The database was put back from a backup: what desks heard since then is no longer its history."""
    async with database.work("") as work:
        await work.run("UPDATE server SET epoch = $1", epoch)


async def add_shop(work: Work, name: str, now: int) -> None:
    """A new shop, its log empty."""
    await work.run("INSERT INTO shop (shop_id, name, created_at) VALUES ($1, $2, $3)", work.shop, name, now)
    await work.run("INSERT INTO shop_counter (shop_id, n) VALUES ($1, 0)", work.shop)


async def add_store(work: Work, store: str, name: str) -> None:
    """A counter or a team of the shop."""
    await work.run("INSERT INTO store (shop_id, store_id, name) VALUES ($1, $2, $3)", work.shop, store, name)


async def store_there(work: Work, store: str) -> bool:
    """Whether the shop has this store."""
    sql = "SELECT 1 FROM store WHERE shop_id = $1 AND store_id = $2"
    return await work.value(sql, work.shop, store) is not None


async def shop_name(work: Work) -> str:
    """What the shop is called."""
    return await work.value("SELECT name FROM shop WHERE shop_id = $1", work.shop) or ""


async def first_store(work: Work) -> str | None:
    """The store a shop began with."""
    found: str | None = await work.value(
        "SELECT store_id FROM store WHERE shop_id = $1 ORDER BY store_id LIMIT 1", work.shop
    )
    return found
