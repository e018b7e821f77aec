"""Which small desks are played forward, and from what."""

from __future__ import annotations

import math

from cxdesk.wait.floor import Contact, Seat
from cxdesk.wait.ranges import Range, Ranges, slot_ranges
from cxdesk.wait.rollout import PATHS, Draws, Server, play, remaining
from cxdesk.wait.slots import HORIZON, Stream
from cxdesk.wait.view import View, overtakers

_PACE_PSEUDO = 8.0


def small_desk(view: View, line: list[Contact], draws: Draws) -> Ranges | None:
    """Ranges with a share of the roll-out in them; None where the slot model stands alone."""
    share = _share(view, line)
    if share <= 0.0:
        return None
    laws = view.memory.laws
    away = remaining(view.away, laws.step, 0.0)
    columns = play(line, view.t, servers(view, draws), laws, view.drift, draws, away)
    played = [_percentiles(column) for column in columns]
    if share >= 1.0:
        return Ranges.of(played)
    return Ranges.of(_mixed(share, a, b) for a, b in zip(played, slot_ranges(view), strict=True))


def servers(view: View, draws: Draws) -> list[Server]:
    """The slots of every agent who serves a topic looked at, each with the moments it is first free."""
    return [
        _server(view, view.floor.seats[name], stream, k, draws)
        for name in sorted(set().union(*(g.agents for g in view.groups)))
        for k, stream in enumerate(view.streams[name])
        # Later returns of one agent are in its absences; only the first one is a server of its own.
        if stream.kind != "back" or k == 0
    ]


def _share(view: View, line: list[Contact]) -> float:
    """How much of the roll-out to use: all up to 4 agents and 20 waiting, none from 8 or 40 on.

    The two models differ by a few per cent; fading from one to the other keeps the estimate monotone
    in people and agents. Overtaking is left to the slot model.
    """
    agents = len(set().union(*(g.agents for g in view.groups)))
    share = min(1.0, (8.0 - agents) / 4.0, (40.0 - len(line)) / 20.0)
    if share <= 0.0 or not line or any(overtakers(view, c)[0] for c in line):
        return 0.0
    return share


def _server(view: View, seat: Seat, stream: Stream, k: int, draws: Draws) -> Server:
    t, laws = view.t, view.memory.laws
    pace = (_PACE_PSEUDO + seat.speed_sum) / (_PACE_PSEUDO + seat.speed_n)
    if stream.kind == "busy":
        contact = seat.active[min(k, len(seat.active) - 1)]
        rest = remaining(laws.law(stream.topic).survivor, laws.step * view.drift * pace, stream.age)
        free = [rest[cell] for cell in draws.of("rest" + contact.id)]
    elif stream.kind == "away":
        rest = remaining(view.away, laws.step, stream.age)
        free = [rest[cell] for cell in draws.of("back" + seat.name)]
    else:
        free = [stream.at] * PATHS
    return Server(free, _absences(seat, t), pace, seat.skills)


def _absences(seat: Seat, t: float) -> list[tuple[float, float]]:
    """Planned absences relative to now; whoever signed off with a contact in hand is gone after it."""
    spans = [(a - t, b - t) for a, b in seat.absences(t)]
    if seat.active and seat.state != "on" and not (spans and spans[0][0] <= 0.0):
        return [(0.0, spans[0][1] if spans else math.inf), *spans[1:]]
    return spans


def _percentiles(column: list[float]) -> Range:
    """P10, P50 and P90 of the sorted start times of one waiter."""
    n = len(column)
    p10, p50, p90 = (min(column[int(q * n)], HORIZON) for q in (0.1, 0.5, 0.9))
    return Range(p10, p50, p90)


def _mixed(share: float, a: Range, b: Range) -> Range:
    rest = 1.0 - share
    return Range(share * a.p10 + rest * b.p10, share * a.p50 + rest * b.p50, share * a.p90 + rest * b.p90, b.overload)
