"""Devices of a shop, the codes and tokens by which they come in, and the agents who sign in on them."""

from typing import NamedTuple

from cxdesk.server.store.port import Record, Work

__all__ = [
    "Device",
    "add_code",
    "add_device",
    "add_token",
    "all_devices",
    "code_of",
    "device",
    "entered",
    "follow",
    "moved",
    "prune_answers",
    "revoke",
    "seen",
    "shop_of_code",
    "token",
    "use_code",
]


class Device(NamedTuple):
    """A device that came in: where it stands in its numbers, and its last stamp that counts."""

    shop: str
    id: str
    store: str
    role: str
    state: str
    last_n: int
    last_t: int


_DEVICE = "SELECT e.device_id, e.store_id, e.role, e.state, e.last_n, e.last_t FROM device e"


async def device(work: Work, device_id: str, *, locks: bool = False) -> Device | None:
    """A device by its id; with ``locks`` nobody else pushes for it meanwhile."""
    sql = f"{_DEVICE} WHERE e.shop_id = $1 AND e.device_id = $2{work.locked if locks else ''}"
    found = await work.row(sql, work.shop, device_id)
    return _device(work, found) if found else None


async def entered(work: Work, token_hash: str, now: int, *, locks: bool) -> Device | None:
    """The device of an access token that is still good."""
    sql = (
        f"{_DEVICE} JOIN token t ON t.shop_id = e.shop_id AND t.device_id = e.device_id "
        f"WHERE e.shop_id = $1 AND t.token_hash = $2 AND t.kind = 'a' AND t.until > $3{work.locked if locks else ''}"
    )
    found = await work.row(sql, work.shop, token_hash, now)
    return _device(work, found) if found else None


def _device(work: Work, row: Record) -> Device:
    names = ("device_id", "store_id", "role", "state", "last_n", "last_t")
    return Device(work.shop, *(row[name] for name in names))


async def add_device(work: Work, made: Device, name: str, now: int) -> None:
    """Put a device on the list. Raises ``Raced`` when its id is there already."""
    columns = (
        "device_id",
        "name",
        "store_id",
        "role",
        "state",
        "last_n",
        "last_t",
        "last_seen",
        "pulled_seq",
        "enrolled_at",
    )
    places = ", ".join(f"${at}" for at in range(1, len(columns) + 2))
    values = (made.id, name, made.store, made.role, made.state, made.last_n, made.last_t, now, 0, now)
    await work.run(f"INSERT INTO device (shop_id, {', '.join(columns)}) VALUES ({places})", work.shop, *values)


async def moved(work: Work, device_id: str, last_n: int, last_t: int) -> None:
    """A device's numbers were answered up to ``last_n``."""
    sql = "UPDATE device SET last_n = $3, last_t = $4 WHERE shop_id = $1 AND device_id = $2"
    await work.run(sql, work.shop, device_id, last_n, last_t)


async def prune_answers(work: Work, device_id: str, before: int) -> None:
    """Let go of answers that a device can only ask for if its file is an old copy."""
    await work.run("DELETE FROM answer WHERE shop_id = $1 AND device_id = $2 AND n < $3", work.shop, device_id, before)


async def seen(work: Work, device_id: str, now: int, pulled_seq: int, lease_until: int) -> None:
    """A device was heard from: what it holds stays with it."""
    sql = (
        "UPDATE device SET last_seen = $3, pulled_seq = CASE WHEN pulled_seq > $4 THEN pulled_seq ELSE $4 END "
        "WHERE shop_id = $1 AND device_id = $2"
    )
    await work.run(sql, work.shop, device_id, now, pulled_seq)
    sql = (
        "UPDATE ticket_hold SET lease_until = $3 "
        "WHERE shop_id = $1 AND device_id = $2 AND holder IS NOT NULL AND lease_until > $4"
    )
    await work.run(sql, work.shop, device_id, lease_until, now)


async def all_devices(work: Work) -> list[Record]:
    """Every device ever enrolled, with the open erasures it has not confirmed."""
    unconfirmed = (
        "SELECT count(*) FROM erasure_ledger l WHERE l.shop_id = d.shop_id AND l.at > d.enrolled_at AND NOT EXISTS ("
        "SELECT 1 FROM erasure_ack a "
        "WHERE a.shop_id = l.shop_id AND a.erasure_id = l.erasure_id AND a.device_id = d.device_id)"
    )
    sql = (
        "SELECT d.device_id AS device, d.name, d.store_id AS store, d.role, d.state, d.last_n, d.last_seen, "
        f"d.pulled_seq, d.enrolled_at, ({unconfirmed}) AS erasures_open "
        "FROM device d WHERE d.shop_id = $1 ORDER BY d.enrolled_at, d.device_id"
    )
    return list(await work.rows(sql, work.shop))


async def revoke(work: Work, device_id: str) -> int:
    """Take a device off the list; its tokens are dead from this commit on. 0 when there is none."""
    await work.run("DELETE FROM token WHERE shop_id = $1 AND device_id = $2 AND kind = 'a'", work.shop, device_id)
    sql = "UPDATE device SET state = 'revoked' WHERE shop_id = $1 AND device_id = $2"
    return await work.run(sql, work.shop, device_id)


# -- codes


async def add_code(work: Work, code_hash: str, store: str, role: str, until: int) -> None:
    """A code that enrols one device."""
    await work.run(
        "INSERT INTO enrol_code (shop_id, code_hash, store_id, role, until) VALUES ($1, $2, $3, $4, $5)",
        work.shop, code_hash, store, role, until,
    )  # fmt: skip
    sql = "INSERT INTO code_route (code_hash, shop_id, until) VALUES ($1, $2, $3)"
    await work.run(sql, code_hash, work.shop, until)


async def shop_of_code(work: Work, code_hash: str) -> str | None:
    """The shop a code leads to; asked before any shop is known."""
    found = await work.value("SELECT shop_id FROM code_route WHERE code_hash = $1", code_hash)
    return str(found) if found else None


async def code_of(work: Work, code_hash: str) -> Record | None:
    """A code, locked."""
    sql = f"SELECT * FROM enrol_code e WHERE e.shop_id = $1 AND e.code_hash = $2{work.locked}"
    return await work.row(sql, work.shop, code_hash)


async def use_code(work: Work, code_hash: str, now: int) -> None:
    """A code enrolled its device."""
    sql = "UPDATE enrol_code SET used_at = $3 WHERE shop_id = $1 AND code_hash = $2"
    await work.run(sql, work.shop, code_hash, now)


# -- tokens


async def add_token(
    work: Work, token_hash: str, device_id: str, kind: str, until: int, parent: str | None = None
) -> None:
    """A new token."""
    await work.run(
        "INSERT INTO token (shop_id, token_hash, device_id, kind, state, parent_hash, until) "
        "VALUES ($1, $2, $3, $4, 'fresh', $5, $6)",
        work.shop, token_hash, device_id, kind, parent, until,
    )  # fmt: skip


async def token(work: Work, token_hash: str) -> Record | None:
    """A refresh token, locked."""
    sql = f"SELECT * FROM token e WHERE e.shop_id = $1 AND e.token_hash = $2 AND e.kind = 'r'{work.locked}"
    return await work.row(sql, work.shop, token_hash)


async def follow(work: Work, used: Record, now: int) -> None:
    """A refresh token is used: the one it followed, and others that followed that one, are spent."""
    if used["parent_hash"] is not None:
        await work.run(
            "UPDATE token SET state = 'spent' WHERE shop_id = $1 AND kind = 'r' AND device_id = $2 "
            "AND token_hash <> $3 AND (token_hash = $4 OR parent_hash = $4)",
            work.shop, used["device_id"], used["token_hash"], used["parent_hash"],
        )  # fmt: skip
    sql = "DELETE FROM token WHERE shop_id = $1 AND device_id = $2 AND kind = 'a' AND until < $3"
    await work.run(sql, work.shop, used["device_id"], now)
