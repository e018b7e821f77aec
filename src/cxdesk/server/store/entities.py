"""Rows of every table, as the protocol knows them: read under a lock, written many at a time."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from cxdesk.hangul.jamo import to_jamo
from cxdesk.protocol.erasing import Key
from cxdesk.protocol.merge import Lost
from cxdesk.protocol.rows import Entity, from_wire, to_wire
from cxdesk.server.store.port import Record, Work

__all__ = [
    "COLUMNS",
    "HOLD",
    "OPEN",
    "agent_of",
    "compact",
    "entity",
    "forget",
    "highest_number",
    "keep_lost",
    "load",
    "named",
    "number_of",
    "save",
    "shown",
    "whole",
    "words_of",
]

OPEN = ("waiting", "active", "pending")
"""States of a ticket that somebody still has to do something about."""

_ROW = "e.ent, e.id, e.f, e.clk, e.tags, e.gone, e.erased"
COLUMNS = f"{_ROW}, h.fence, h.holder, h.device_id AS hold_dev, h.lease_until"
HOLD = "LEFT JOIN ticket_hold h ON h.shop_id = e.shop_id AND e.ent = 'ticket' AND h.ticket_id = e.id"
_ENTITY = ("ent", "id", "phase", "at", "f", "clk", "tags", "gone", "erased", "changed_at")
_HELD = ("ticket_id", "status", "topic", "rank_at", "holder", "device_id", "lease_until", "fence")
_LOST = ("ent", "id", "field", "op", "t", "device_id", "value", "lost_at")
_decode = msgspec.json.Decoder().decode


def compact(value: object) -> str:
    """JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


async def load(work: Work, keys: Collection[Key], *, reads: bool = False) -> dict[Key, Entity]:
    """The rows under these keys that exist. They are locked in the order of their keys unless ``reads``."""
    if not keys:
        return {}
    found = await work.rows(
        f"SELECT {_ROW} FROM {work.pairs} w CROSS JOIN entity e "
        f"WHERE e.shop_id = $1 AND e.ent = w.a AND e.id = w.b ORDER BY e.ent, e.id{'' if reads else work.locked}",
        work.shop,
        compact(sorted(keys)),
    )
    return await _with_holds(work, found)


async def named(work: Work, field: str, values: Iterable[str]) -> dict[Key, Entity]:
    """The rows, locked, in which a field that says whom a row belongs to has one of these values."""
    found = await work.rows(
        f"SELECT {_ROW} FROM {work.pairs} w CROSS JOIN entity e "
        f"WHERE e.shop_id = $1 AND e.f ->> '{field}' = w.a ORDER BY e.ent, e.id{work.locked}",
        work.shop,
        compact([(value, "") for value in values]),
    )
    return await _with_holds(work, found)


async def _with_holds(work: Work, found: Sequence[Record]) -> dict[Key, Entity]:
    """Rows with who has them. That is asked after their locks were had: in one statement with them, PostgreSQL would
    answer with what it was before the lock was waited for."""
    holds: dict[str, Record] = {}
    if tickets := [(row["id"], "") for row in found if row["ent"] == "ticket"]:
        sql = f"SELECT h.* FROM {work.pairs} w CROSS JOIN ticket_hold h WHERE h.shop_id = $1 AND h.ticket_id = w.a"
        holds = {row["ticket_id"]: row for row in await work.rows(sql, work.shop, compact(tickets))}
    return {
        (row["ent"], row["id"]): entity(row, holds.get(row["id"]) if row["ent"] == "ticket" else None) for row in found
    }


def entity(row: Record, hold: Record | None) -> Entity:
    """A row of the database as the protocol's own."""
    wire: dict[str, Any] = {"ent": row["ent"], "id": row["id"], "f": _decode(row["f"]), "clk": _decode(row["clk"])}
    for name in ("tags", "gone"):
        if row[name] is not None:
            wire[name] = _decode(row[name])
    if row["erased"]:
        wire["erased"] = True
    if hold is not None and hold["fence"] is not None:
        wire["hold"] = {
            "fence": hold["fence"], "agent": hold["holder"], "dev": hold["device_id"], "until": hold["lease_until"],
        }  # fmt: skip
    return from_wire(wire)


def shown(row: Record, key: str) -> bytes:
    """A row of the database as a line of a snapshot, without taking its values apart."""
    said = f'{{"key":{compact(key)},"ent":{compact(row["ent"])},"id":{compact(row["id"])},"f":{row["f"]}'
    said += f',"clk":{row["clk"]}'
    for name in ("tags", "gone"):
        if row[name] is not None:
            said += f',"{name}":{row[name]}'
    if row["erased"]:
        said += ',"erased":true'
    if row["fence"] is not None:
        hold = {"fence": row["fence"], "agent": row["holder"], "dev": row["hold_dev"], "until": row["lease_until"]}
        said += f',"hold":{compact(hold)}'
    return f"{said}}}\n".encode()


async def number_of(work: Work, number: int) -> str:
    """The ticket that has a number, an empty text when none has."""
    sql = "SELECT ticket_id FROM ticket_number WHERE shop_id = $1 AND number = $2"
    return await work.value(sql, work.shop, number) or ""


async def highest_number(work: Work) -> int:
    """The greatest number that any ticket has."""
    return await work.value("SELECT max(number) FROM ticket_number WHERE shop_id = $1", work.shop) or 0


async def agent_of(work: Work, key: Key, op: str) -> str | None:
    """Who made an operation on a row, as long as the log has it."""
    sql = "SELECT agent_id FROM op_log WHERE shop_id = $1 AND ent = $2 AND id = $3 AND op = $4"
    agent: str | None = await work.value(sql, work.shop, *key, op)
    return agent


async def save(work: Work, rows: Mapping[Key, Entity], new: Collection[Key], now: int) -> None:
    """Write rows that were loaded before; ``new`` are the keys under which there was none. Raises ``Raced``."""
    ordered = [rows[key] for key in sorted(rows)]
    columns = [_columns(row, now) for row in ordered]
    await work.insert("entity", _ENTITY, [row for row in columns if row[:2] in new])
    sets = ", ".join(f"{name} = excluded.{name}" for name in _ENTITY if name not in ("ent", "id", "at"))
    upsert = f"ON CONFLICT (shop_id, ent, id) DO UPDATE SET {sets}"
    await work.insert("entity", _ENTITY, [row for row in columns if row[:2] not in new], upsert)
    tickets = [row for row in ordered if row.ent == "ticket"]
    await _save_tickets(work, tickets)
    await _save_contacts(work, tickets, now)
    await _save_words(work, [row for row in ordered if row.ent in ("customer", "identity")], new)


async def keep_lost(work: Work, lost: Iterable[Lost], now: int) -> None:
    """Keep the values that are not, or no longer, their row's."""
    kept = {(one.ent, one.id, one.field, one.clock.op): one for one in lost}
    history = [(*key, one.clock.t, one.clock.dev, compact(one.value), now) for key, one in sorted(kept.items())]
    await work.insert("field_history", _LOST, history, "ON CONFLICT DO NOTHING")


async def forget(work: Work, keys: Iterable[Key]) -> None:
    """Destroy what else is known of rows that were erased now: what lost before, and what the log said of them."""
    for key in sorted(keys):
        await work.run("DELETE FROM field_history WHERE shop_id = $1 AND ent = $2 AND id = $3", work.shop, *key)
        sql = "UPDATE op_log SET body = '', agent_id = NULL WHERE shop_id = $1 AND ent = $2 AND id = $3"
        await work.run(sql, work.shop, *key)


def _columns(row: Entity, now: int) -> tuple[Any, ...]:
    wire = to_wire(row)
    parts = (compact(wire[name]) if name in wire else None for name in ("f", "clk", "tags", "gone"))
    return row.ent, row.id, _phase(row), 0, *parts, int(row.erased), now


def _phase(row: Entity) -> int:
    """Which part of a snapshot a row belongs to: open tickets, customers, the rest."""
    if row.ent == "ticket" and row.f.get("status") in OPEN:
        return 1
    return 2 if row.ent == "customer" else 3


def whole(value: object) -> int:
    """A number that somebody sent, 0 for anything else: where a column needs one."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


async def _save_tickets(work: Work, tickets: Sequence[Entity]) -> None:
    held = []
    for row in tickets:
        hold = row.hold
        said = str(row.f.get("status", "")), str(row.f.get("topic", "")), whole(row.f.get("rank_at"))
        who = (hold.agent, hold.dev, hold.until, hold.fence) if hold else (None, None, 0, None)
        held.append((row.id, *said, *who))
    sets = ", ".join(f"{name} = excluded.{name}" for name in _HELD[1:])
    await work.insert("ticket_hold", _HELD, held, f"ON CONFLICT (shop_id, ticket_id) DO UPDATE SET {sets}")
    numbers = sorted((number, row.id) for row in tickets if (number := whole(row.f.get("number"))))
    for number, ticket_id in numbers:
        sql = "SELECT 1 FROM ticket_number WHERE shop_id = $1 AND number = $2 AND ticket_id = $3"
        if await work.value(sql, work.shop, number, ticket_id) is None:
            await work.insert("ticket_number", ("number", "ticket_id"), [(number, ticket_id)])


async def _save_contacts(work: Work, tickets: Sequence[Entity], now: int) -> None:
    """Customers come in a snapshot by their last contact; ``at`` is negative so that the latest is first."""
    latest: dict[str, int] = {}
    for row in tickets:
        if customer := row.f.get("customer_id"):
            latest[str(customer)] = max(latest.get(str(customer), 0), whole(row.f.get("arrived_at")))
    for customer, at in sorted(latest.items()):
        sql = (
            "UPDATE entity SET at = $3, changed_at = $4 WHERE shop_id = $1 AND ent = 'customer' AND id = $2 AND at > $3"
        )
        await work.run(sql, work.shop, customer, -at, now)


def words_of(row: Entity) -> set[str]:
    """What a customer can be found by, of one row: the parts of a name, a number and its last four digits."""
    if row.ent == "customer":
        name = to_jamo(str(row.f.get("name", ""))).casefold()
        return {name.replace(" ", ""), *name.split()} - {""}
    value = str(row.f.get("value", "")).casefold()
    return {value, value[-4:]} - {""} if value.isdigit() else {value} - {""}


async def _save_words(work: Work, rows: Sequence[Entity], new: Collection[Key]) -> None:
    for row in rows:
        if (row.ent, row.id) not in new:
            sql = "DELETE FROM find WHERE shop_id = $1 AND ent = $2 AND id = $3"
            await work.run(sql, work.shop, row.ent, row.id)
    words = []
    for row in rows:
        customer = row.id if row.ent == "customer" else str(row.f.get("customer_id", ""))
        if customer and row.shown and not row.erased:
            words += [(word[:200], row.ent, row.id, customer) for word in sorted(words_of(row))]
    await work.insert("find", ("word", "ent", "id", "customer_id"), words, "ON CONFLICT DO NOTHING")
