"""Finding a customer and reading one of their fields."""

from collections.abc import Sequence
from typing import Any

from cxdesk.server.store.entities import compact
from cxdesk.server.store.port import Record, Work

__all__ = ["customers_by", "identities_of", "value_of"]

_FIELDS = ("name", "address")
_END = "\U0010ffff"
"""Sorts after every other letter."""


async def customers_by(work: Work, words: Sequence[str], limit: int) -> list[Record]:
    """Customers one of whose words begins with one of these."""
    found: dict[str, Record] = {}
    for word in words:
        rows = await work.rows(
            "SELECT DISTINCT e.id, e.f ->> 'name' AS name FROM find w CROSS JOIN entity e "
            "WHERE e.shop_id = w.shop_id AND e.ent = 'customer' AND e.id = w.customer_id "
            "AND w.shop_id = $1 AND w.word >= $2 AND w.word < $3 AND e.erased = 0 AND e.gone IS NULL "
            "ORDER BY e.id LIMIT $4",
            work.shop, word, word + _END, limit,
        )  # fmt: skip
        found |= {row["id"]: row for row in rows}
    return list(found.values())[:limit]


async def identities_of(work: Work, customers: Sequence[str]) -> Sequence[Record]:
    """Numbers and addresses of these customers."""
    return await work.rows(
        "SELECT e.f ->> 'customer_id' AS customer_id, e.f ->> 'kind' AS kind, e.f ->> 'value' AS value "
        f"FROM {work.pairs} w CROSS JOIN entity e "
        "WHERE e.shop_id = $1 AND e.f ->> 'customer_id' = w.a AND e.ent = 'identity' "
        "AND e.erased = 0 AND e.gone IS NULL ORDER BY e.id",
        work.shop, compact([(customer, "") for customer in customers]),
    )  # fmt: skip


async def value_of(work: Work, customer: str, field: str) -> Any:
    """A field of a customer by its name, or the value of one of their identities by its id; ``None`` for no such."""
    if field in _FIELDS:
        sql = f"SELECT f ->> '{field}' FROM entity WHERE shop_id = $1 AND ent = 'customer' AND id = $2 AND erased = 0"
        return await work.value(sql, work.shop, customer)
    sql = (
        "SELECT f ->> 'value' FROM entity WHERE shop_id = $1 AND ent = 'identity' AND id = $2 "
        "AND f ->> 'customer_id' = $3 AND erased = 0"
    )
    return await work.value(sql, work.shop, field, customer)
