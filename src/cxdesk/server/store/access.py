"""The access log: who did what with whose data. Each line has the hash of the one before it, so none can be changed
or left out without all later ones giving it away."""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from cxdesk.server.store.entities import compact
from cxdesk.server.store.port import Record, Work

__all__ = ["Act", "add", "after", "broken_at"]

_COLUMNS = ("n", "at", "device_id", "agent_id", "origin", "subject", "act", "reason", "before", "hash")


class Act(NamedTuple):
    """One access. ``origin`` is the address it came from, ``subject`` the customer or device it was about."""

    device: str
    agent: str | None
    origin: str
    subject: str
    act: str
    reason: str


async def add(work: Work, act: Act, now: int) -> None:
    """Write a line. Raises ``Raced`` when another one was written in the same moment."""
    last = await work.row("SELECT n, hash FROM access_log WHERE shop_id = $1 ORDER BY n DESC LIMIT 1", work.shop)
    n, before = (last["n"] + 1, last["hash"]) if last else (1, "")
    await work.insert("access_log", _COLUMNS, [(n, now, *act, before, _hash(work.shop, n, now, act, before))])


def _hash(shop: str, n: int, at: int, act: Act, before: str) -> str:
    return hashlib.sha256(compact([shop, n, at, *act, before]).encode()).hexdigest()


async def after(work: Work, n: int, limit: int) -> Sequence[Record]:
    """The lines after a number."""
    sql = "SELECT * FROM access_log WHERE shop_id = $1 AND n > $2 ORDER BY n LIMIT $3"
    return await work.rows(sql, work.shop, n, limit)


def broken_at(shop: str, lines: Sequence[Record], before: str = "") -> int | None:
    """The number of the first line that is not what was written, ``None`` when all are."""
    for line in lines:
        act = Act(*(line[name] for name in ("device_id", "agent_id", "origin", "subject", "act", "reason")))
        if line["before"] != before or line["hash"] != _hash(shop, line["n"], line["at"], act, before):
            number: int = line["n"]
            return number
        before = line["hash"]
    return None
