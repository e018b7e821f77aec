"""Reading every row of a shop in the order of a snapshot."""

from typing import NamedTuple

from cxdesk.server.store.entities import COLUMNS, HOLD
from cxdesk.server.store.port import Record, Work

__all__ = ["Place", "add", "counts", "find", "rows_after"]

_LAST = 4


class Place(NamedTuple):
    """Where a snapshot is: its part, and the row in it. Parts 1 to 3 are rows by phase, 4 is what changed since."""

    part: int
    at: int
    ent: str
    id: str


async def add(work: Work, snapshot_id: str, device_id: str, seq0: int, now: int, until: int) -> None:
    """Note a snapshot that begins now."""
    await work.run(
        "INSERT INTO snapshot (shop_id, snapshot_id, device_id, seq0, began_at, until) VALUES ($1, $2, $3, $4, $5, $6)",
        work.shop, snapshot_id, device_id, seq0, now, until,
    )  # fmt: skip


async def find(work: Work, snapshot_id: str) -> Record | None:
    """A snapshot that was begun."""
    return await work.row("SELECT * FROM snapshot WHERE shop_id = $1 AND snapshot_id = $2", work.shop, snapshot_id)


async def counts(work: Work) -> dict[str, int]:
    """How many rows each table has."""
    found = await work.rows("SELECT ent, count(*) AS n FROM entity WHERE shop_id = $1 GROUP BY ent", work.shop)
    return {row["ent"]: row["n"] for row in found}


async def rows_after(work: Work, place: Place, limit: int, since: int) -> list[tuple[Place, Record]]:
    """At most ``limit`` rows after a place; in the last part those changed after ``since`` (ms)."""
    found: list[tuple[Place, Record]] = []
    if place.part < _LAST:
        sql = (
            f"SELECT e.phase, e.at, {COLUMNS} FROM entity e {HOLD} WHERE e.shop_id = $1 "
            "AND (e.phase, e.at, e.ent, e.id) > ($2, $3, $4, $5) ORDER BY e.phase, e.at, e.ent, e.id LIMIT $6"
        )
        rows = await work.rows(sql, work.shop, *place, limit)
        found = [(Place(row["phase"], row["at"], row["ent"], row["id"]), row) for row in rows]
        if len(found) == limit:
            return found
        place = Place(_LAST, 0, "", "")
    sql = (
        f"SELECT {COLUMNS} FROM entity e {HOLD} WHERE e.shop_id = $1 AND e.changed_at >= $2 "
        "AND (e.ent, e.id) > ($3, $4) ORDER BY e.ent, e.id LIMIT $5"
    )
    rows = await work.rows(sql, work.shop, since, place.ent, place.id, limit - len(found))
    return found + [(Place(_LAST, 0, row["ent"], row["id"]), row) for row in rows]
