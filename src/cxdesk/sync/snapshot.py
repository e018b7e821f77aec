"""Beginning with everything there is: rows by key, a page at a time, taken up again wherever it was cut."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from cxdesk.protocol.exchange import SnapshotPlace, Touched
from cxdesk.protocol.rows import Entity, from_wire
from cxdesk.sync.ports import Replica
from cxdesk.sync.pull import BREATH, stretches, whole
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
        for lines, last in stretches(page.lines):
            place = _further(place, lines, page.next if last else None)
            tell(replica.apply_rows(_rows(lines), place, clock()))
            await asyncio.sleep(BREATH)
        if not page.next:
            break
    replica.end_snapshot()


def _further(place: SnapshotPlace, lines: Sequence[Mapping[str, Any]], after: str | None) -> SnapshotPlace:
    """Where the snapshot stands after these lines; each has a key to go on from."""
    done = place.done + len(lines)
    key = after if after is not None else str(lines[-1].get("key", place.after))
    return replace(place, after=key, done=done, total=max(place.total, done))


def _rows(lines: Sequence[Mapping[str, Any]]) -> list[Entity]:
    try:
        return [from_wire(line) for line in lines]
    except ValueError as error:
        raise Unreachable("bad_page") from error


async def _begin(session: Session, replica: Replica) -> SnapshotPlace:
    said = (await session.ask("POST", "/v1/sync/snapshots", body={})).json()
    try:
        place = SnapshotPlace(str(said["id"]), str(said["since"]), total=int(said.get("rows", 0)))
    except (KeyError, ValueError, TypeError) as error:
        raise Unreachable("not_json") from error
    replica.begin_snapshot(place)
    return place
