"""What if somebody came on duty now, or left? The same questions, asked of a desk staffed otherwise (WAIT.md 7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cxdesk.wait.estimator import WaitEstimator
from cxdesk.wait.figures import Figures
from cxdesk.wait.floor import AgentState, Floor, Seat
from cxdesk.wait.result import Wait


@dataclass(frozen=True, slots=True)
class Staffed:
    """The desk with one staffing: agents on duty, everybody's wait in service order, and a newcomer's."""

    agents: int
    waiting: tuple[Wait, ...]
    newcomer: Wait


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The desk as it is and as it would be; `waiting` names the same people in the same order in both."""

    now: Staffed
    then: Staffed


def what_if(
    est: WaitEstimator,
    t: float,
    *,
    extra: int = 0,
    come: Sequence[str] = (),
    go: Sequence[str] = (),
    cls: str = "normal",
    topic: str = "other",
) -> WhatIf:
    """What everybody's wait would be with other agents from time t on; the estimator is only read.

    `now` is what `queue` and `would_wait` say, `then` what they would say right after the agents were
    told. `come` and `go` name agents; for `extra` see `restaffed`. `cls` and `topic` are the newcomer's.
    """
    t = est.at(t)
    then = est.figures.over(restaffed(est.floor, t, extra, come, go))
    return WhatIf(_staffed(est.figures, est.floor, t, cls, topic), _staffed(then, then.floor, t, cls, topic))


def restaffed(floor: Floor, t: float, extra: int, come: Sequence[str], go: Sequence[str]) -> Floor:
    """A floor with the same contacts and other agents; the given one stays as it is.

    More than zero `extra`: so many agents who take every topic. Less: so many leave, free ones first, then
    whoever took a contact last; what they have in hand they finish.
    """
    new = floor.restaffed()
    for name in come:
        _send(new, name, "on", t)
    for name in go:
        _send(new, name, "off", t)
    for name in _first_to_go(new, t)[: max(0, -extra)]:
        _send(new, name, "off", t)
    for k in range(extra):
        _send(new, f"+{k}", "on", t)
    return new


def _send(floor: Floor, name: str, state: AgentState, t: float) -> None:
    """Change the state of one agent's own copy of the seat; one who is in that state already stays so."""
    seat = floor.seat(name, t)
    if state == "on" and seat.state == "on":
        # Back from a planned absence before its end; later ones hold.
        seat.spans = [span for span in seat.spans if not span[0] <= t < span[1]]
    elif seat.state != state:
        seat.state, seat.since, seat.until, seat.trial = state, t, None, False


def _first_to_go(floor: Floor, t: float) -> list[str]:
    present = [seat for seat in floor.seats.values() if seat.present(t)]
    return [seat.name for seat in sorted(present, key=_newest)]


def _newest(seat: Seat) -> tuple[bool, float, str]:
    return bool(seat.active), -max((c.since for c in seat.active), default=0.0), seat.name


def _staffed(figures: Figures, floor: Floor, t: float, cls: str, topic: str) -> Staffed:
    present = sum(seat.present(t) for seat in floor.seats.values())
    return Staffed(present, tuple(figures.queue(t)), figures.would_wait(t, cls, topic))
