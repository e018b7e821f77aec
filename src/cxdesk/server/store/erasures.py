"""The ledger of who was forgotten, and which desks have confirmed it. It knows nobody by name or id."""

import hashlib
from collections.abc import Sequence

from cxdesk.protocol.ops import Op
from cxdesk.server.store.port import Work

__all__ = ["acknowledge", "add", "there"]

_COLUMNS = ("erasure_id", "subject", "agent_id", "reason", "at")


def _subject(shop: str, customer: str) -> str:
    """An id of 74 random bits behind a hash: it can be recognised by who has the id, and not be found from here."""
    return hashlib.blake2b(customer.encode(), key=shop.encode(), digest_size=32).hexdigest()


async def add(work: Work, ops: Sequence[Op], agent: str | None, reason: str, now: int) -> None:
    """Of these operations, those by which a customer was forgotten: one for each entry a person had."""
    erased = [op for op in ops if op.k == "erase" and op.ent == "customer"]
    rows = [(op.op, _subject(work.shop, op.id), agent, reason, now) for op in erased]
    await work.insert("erasure_ledger", _COLUMNS, rows, "ON CONFLICT DO NOTHING")


async def there(work: Work, erasure: str) -> bool:
    """Whether there is such an erasure."""
    sql = "SELECT 1 FROM erasure_ledger WHERE shop_id = $1 AND erasure_id = $2"
    return await work.value(sql, work.shop, erasure) is not None


async def acknowledge(work: Work, erasure: str, device_id: str, now: int) -> None:
    """A device has done its part."""
    row = (erasure, device_id, now)
    await work.insert("erasure_ack", ("erasure_id", "device_id", "at"), [row], "ON CONFLICT DO NOTHING")
