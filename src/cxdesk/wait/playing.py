"""A desk played forward once: customers who come, agents who take the first they can serve."""

from __future__ import annotations

import math
from bisect import insort
from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from typing import Final, NamedTuple

from cxdesk.wait.rollout import Server, shift

_HORIZON: Final = 86_400.0


class Customer(NamedTuple):
    """Comes at `at`, is served in order of `key`, gives up at `limit`; seconds from now."""

    at: float
    key: tuple[float, float, int]
    topic: str
    service: float
    limit: float


def serve(customers: Sequence[Customer], servers: Sequence[Server], path: int) -> list[float]:
    """When each customer is taken, infinite for those who give up first; `customers` come in order of `at`.

    A free agent takes a newcomer at once, otherwise the first in line whose topic they serve. `path` picks
    the moment at which each agent is first free.
    """
    starts = [math.inf] * len(customers)
    free = [(shift(s.free[path], s.absences), k) for k, s in enumerate(servers)]
    heapify(free)
    line: list[tuple[tuple[float, float, int], int]] = []
    idle: list[int] = []
    coming = 0
    while coming < len(customers) or line:
        ready = free[0][0] if free else math.inf
        if coming < len(customers) and customers[coming].at < ready:
            insort(line, (customers[coming].key, coming))
            now = customers[coming].at
            coming += 1
            able = idle[:]
        elif ready < _HORIZON:
            now, server = heappop(free)
            idle.append(server)
            able = [server]
        else:
            break
        for server in able:
            if not line:
                break
            back = shift(now, servers[server].absences)
            if back <= now and (chosen := _first(line, customers, servers[server], now)) is not None:
                starts[chosen] = now
                back = shift(now + customers[chosen].service * servers[server].pace, servers[server].absences)
            if back > now:
                idle.remove(server)
                heappush(free, (back, server))
    return starts


def _first(
    line: list[tuple[tuple[float, float, int], int]], customers: Sequence[Customer], server: Server, now: float
) -> int | None:
    """Take the first in line this agent serves; those who gave up on the way leave the line."""
    at = 0
    while at < len(line):
        who = line[at][1]
        if customers[who].limit <= now:
            del line[at]
        elif server.skills is None or customers[who].topic in server.skills:
            del line[at]
            return who
        else:
            at += 1
    return None
