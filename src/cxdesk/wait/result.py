"""The plain values that leave the estimator; all durations are seconds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

State = Literal["ok", "cold", "no_agents", "overload", "stale"]
"""ok; cold: still learning, wide range; no_agents: nobody on duty, no number; overload: the numbers are
lower bounds; stale: nothing was heard for long, or the id is not waiting."""

Method = Literal["slots", "rollout", "none"]


@dataclass(frozen=True, slots=True)
class Basis:
    """What an estimate rests on."""

    n_services: int
    drift: float
    method: Method


class Wait(NamedTuple):
    """Remaining wait of one contact: P10 <= P50 <= P90, or three times None when no number is honest.

    `position` counts from 1 in service order (0: not waiting). `ahead` is the effective number of services
    before this one: people who may leave count for less than one, expected overtakers are not in it.
    A tuple, because ten thousand of them are made at once.
    """

    id: str
    p10: float | None
    p50: float | None
    p90: float | None
    mean: float | None
    position: int
    ahead: float
    state: State
    basis: Basis


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an estimate is what it is; sentences are made elsewhere, in two languages."""

    id: str
    state: State
    position: int
    ahead: int
    may_leave: float
    may_overtake: float
    waited_s: float
    agents_on: int
    agents_busy: int
    agents_away: int
    mean_service_s: float
    drift: float
    next_free_s: float | None
    next_back_at: float | None
    n_services: int


@dataclass(frozen=True, slots=True)
class Report:
    """How well the estimates made at joining came true: the honesty panel.

    `mae_ratio` and `bias` are relative to the mean wait; `cover80` is the share of waits inside
    P10..P90 and `miss_high` the share beyond P90. None until something was measured.
    """

    n: int
    mean_wait_s: float | None
    mae_ratio: float | None
    bias: float | None
    cover80: float | None
    miss_high: float | None
