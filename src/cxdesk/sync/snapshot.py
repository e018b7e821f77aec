"""Beginning with everything there is: rows by key, a page at a time, taken up again wherever it was cut."""

import asyncio
from collections.abc import Callable

from cxdesk.protocol.exchange import SnapshotPlace, Touched
from cxdesk.protocol.rows import from_wire
from cxdesk.sync.ports import Replica
from cxdesk.sync.pull import BREATH, whole
from cxdesk.sync.session import Session
from cxdesk.sync.transport import PAGE_DEADLINE, Problem, Unreachable

__all__ = ["PAGE", "take"]

PAGE = 1000

Progress = Callable[[int, int], None]
"""Rows that came, of how many."""


async def take(
    session: Session, replica: Replica, clock: Callable[[], int], tell: Callable[[Touched], None], progress: Progress
) -> None:
    """Take a snapshot to its end, going on with one that was begun. Raises what ``Session.ask`` raises."""
    place = replica.snapshot() or await _begin(session, replica)
    while True:
        progress(place.done, place.total)
        params: dict[str, str | int] = {"limit": PAGE} | ({"after": place.after} if place.after else {})
        try:
            answer = await session.ask("GET", f"/v1/sync/snapshots/{place.id}", params=params, deadline=PAGE_DEADLINE)
        except Problem as problem:
            if problem.status not in (404, 410):
                raise
            place = await _begin(session, replica)  # what came before is not lost: it is merged once more
            continue
        page = whole(answer)
        try:
            rows = [from_wire(line) for line in page.lines]
        except ValueError as error:
            raise Unreachable("bad_page") from error
        done = place.done + len(rows)
        place = SnapshotPlace(place.id, place.since, page.next, done, max(place.total, done))
        tell(replica.apply_rows(rows, place, clock()))
        if not page.next:
            break
        await asyncio.sleep(BREATH)
    replica.end_snapshot()


async def _begin(session: Session, replica: Replica) -> SnapshotPlace:
    said = (await session.ask("POST", "/v1/sync/snapshots", body={})).json()
    try:
        place = SnapshotPlace(str(said["id"]), str(said["since"]), total=int(said.get("rows", 0)))
    except (KeyError, ValueError, TypeError) as error:
        raise Unreachable("not_json") from error
    replica.begin_snapshot(place)
    return place
