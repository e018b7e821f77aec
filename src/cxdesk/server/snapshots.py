"""Snapshots: every row, read by key in short steps while others go on writing.

Open tickets first, then customers by their last contact, then the rest, and last whatever was changed since the
beginning: a row that moved from a part that is still to come into one that is over is in there. Joining a row twice
changes nothing.
"""

import json
from typing import Any

from cxdesk.protocol.cursor import end_line
from cxdesk.server.problems import Trouble
from cxdesk.server.pulling import cursor_after
from cxdesk.server.roles import Scope
from cxdesk.server.service import Service
from cxdesk.server.store import log, snapshots
from cxdesk.server.store.entities import compact, shown
from cxdesk.server.store.snapshots import Place
from cxdesk.server.tokens import Secret

__all__ = ["begin", "page"]

_LONGEST_WRITE_MS = 60_000
"""No transaction lasts as long: what began to be written before this, before a snapshot, was there when it began."""


async def begin(service: Service, token: Secret | None) -> dict[str, Any]:
    """Note where the log is; the answer says what is to come."""
    now = service.clock()
    async with service.entering(token, Scope.READ) as (work, device):
        seq0 = await log.head(work)
        made = service.mint()
        await snapshots.add(work, made, device.id, seq0, now, now + service.config.snapshot_ms)
        counts = await snapshots.counts(work)
        since = str(cursor_after(service, device, seq0))
    return {"id": made, "seq0": seq0, "since": since, "entities": sorted(counts), "rows": sum(counts.values())}


async def page(service: Service, token: Secret | None, snapshot_id: str, after: str, limit: int) -> bytes:
    """The rows after a key, with the end line; ``next`` is the last row's key, empty when everything was read."""
    place = _place(after)
    async with service.entering(token, Scope.READ, reads=True) as (work, device):
        snapshot = await snapshots.find(work, snapshot_id)
        if snapshot is None or snapshot["device_id"] != device.id:
            raise Trouble("not-found")
        if snapshot["until"] < service.clock():
            raise Trouble("expired")
        found = await snapshots.rows_after(work, place, limit, snapshot["began_at"] - _LONGEST_WRITE_MS)
        head = await log.head(work)
    lines, key = [], after
    for place, row in found:
        key = compact(list(place))
        lines.append(shown(row, key))
    body = b"".join(lines)
    return body + end_line(body, len(lines), key if len(lines) == limit else "", head)


def _place(key: str) -> Place:
    """The place that a key names. Raises ``Trouble`` for a key that no snapshot has."""
    if not key:
        return Place(0, 0, "", "")
    try:
        phase, at, ent, row_id = json.loads(key)
    except (ValueError, TypeError, RecursionError):
        raise Trouble("malformed", where="after") from None
    whole = all(isinstance(n, int) and abs(n) < 1 << 60 for n in (phase, at)) and 0 <= phase <= 4
    if not (whole and isinstance(ent, str) and isinstance(row_id, str)) or "\0" in ent + row_id:
        raise Trouble("malformed", where="after")
    return Place(phase, at, ent, row_id)
