"""What if somebody came on duty now, or left? The same questions, asked of a desk staffed otherwise (WAIT.md 7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cxdesk.wait.estimator import WaitEstimator
from cxdesk.wait.figures import Figures
from cxdesk.wait.floor import Floor, Seat
from cxdesk.wait.result import Wait

_NOBODY: Final = "\0"
"""Begins the names of imagined agents; no agent is called so."""


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
    other = restaffed(est.floor, t, extra, come, go)
    then = est.figures.over(other)
    return WhatIf(_staffed(est.figures, est.floor, t, cls, topic), _staffed(then, other, t, cls, topic))


def restaffed(floor: Floor, t: float, extra: int, come: Sequence[str], go: Sequence[str]) -> Floor:
    """A floor with the same contacts and other agents; the given one stays as it is.

    More than zero `extra`: so many agents who take every topic. Less: so many leave, free ones first, then
    whoever took a contact last; what they have in hand they finish.
    """
    new = floor.twin()
    for name in come:
        _come(new.seat(name, t), t)
    for name in go:
        _go(new.seat(name, t), t)
    for seat in sorted(new.present(t), key=_hold)[: max(0, -extra)]:
        _go(seat, t)
    for k in range(extra):
        new.seat(f"{_NOBODY}{k}", t)
    return new


def _come(seat: Seat, t: float) -> None:
    """On duty from t on; planned absences that have begun are over, later ones hold."""
    if seat.state != "on":
        seat.state, seat.since, seat.trial = "on", t, False
    seat.until = None
    seat.spans = [span for span in seat.spans if span[0] > t]


def _go(seat: Seat, t: float) -> None:
    """Off duty from t on, with no return planned."""
    seat.state, seat.since, seat.until, seat.spans, seat.trial = "off", t, None, [], False


def _hold(seat: Seat) -> tuple[bool, float, str]:
    """Sorts the free before the busy, and those who have just begun before the others."""
    return bool(seat.active), -max((c.since for c in seat.active), default=0.0), seat.name


def _staffed(figures: Figures, floor: Floor, t: float, cls: str, topic: str) -> Staffed:
    return Staffed(len(floor.present(t)), tuple(figures.queue(t)), figures.would_wait(t, cls, topic))
