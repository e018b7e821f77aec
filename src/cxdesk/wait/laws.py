"""The learned laws as tables on one grid: the snapshot every estimate is computed from.

Built once every few completions (about 1-2 ms), never inside a query, so that numbers depend on
events only and not on who asked when.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from cxdesk.wait.ages import Rests
from cxdesk.wait.learning import Durations, Hazard
from cxdesk.wait.prior import Prior
from cxdesk.wait.renewal import convolve, masses, renewal_masses

GRID: Final = 97
"""Grid points with a step of a tenth of the mean service (WAIT.md 5.1.3)."""
_TABLE: Final = 320
_PATIENCE: Final = 1024
_TOPIC_PSEUDO: Final = 10.0
_SHAPE_PSEUDO: Final = 30.0
YOUNG: Final = 600
"""Services after which a topic's own history no longer needs its open contacts."""


@dataclass(frozen=True, slots=True)
class Law:
    """One topic's service law: survivor at multiples of the step, and its mean in seconds."""

    survivor: list[float]
    mean: float
    rests: Rests = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rests", Rests(self.survivor, GRID))


@dataclass(frozen=True, slots=True)
class Laws:
    """Everything learned, tabulated.

    `step` is in undrifted seconds. `renewals` counts slots after a slot freed at 0; `after_busy` counts
    slots from the end of a contact, when the agent may be away first. `patience[k]` is P(patience > k *
    patience_step).
    """

    step: float
    mean: float
    scv: float
    cycle: float
    topics: dict[str, Law]
    desk: Law
    renewals: list[float]
    after_busy: list[float]
    again: list[float]
    patience: list[float]
    patience_step: float
    absence: float

    def law(self, topic: str) -> Law:
        """The topic's law, or the desk's when the topic is new."""
        return self.topics.get(topic, self.desk)

    def patient(self, t: float) -> float:
        """P(patience > t seconds), between grid points on a line."""
        cell = t / self.patience_step
        k = int(cell)
        if k >= len(self.patience) - 1:
            return self.patience[-1]
        return self.patience[k] + (cell - k) * (self.patience[k + 1] - self.patience[k])


def shrunk_mean(topic: Durations | None, desk_mean: float) -> float:
    """Topic mean shrunk to the desk mean with 10 pseudo-services, in seconds.

    Open contacts add their seconds and no count, as the likelihood of a censored exponential has it.
    """
    if topic is None or not topic.n:
        return desk_mean
    n = topic.n
    return (n * topic.mean() + topic.open_s + _TOPIC_PSEUDO * desk_mean) / (n + _TOPIC_PSEUDO)


def desk_mean(desk: Durations, prior: Prior) -> float:
    """Desk mean shrunk to the prior, in seconds."""
    n = desk.n
    return (n * desk.mean() + prior.weight * prior.mean) / (n + prior.weight)


def build_laws(
    *,
    prior: Prior,
    desk: Durations,
    topics: Mapping[str, Durations],
    shares: Mapping[str, float],
    patience: Hazard,
    absence: Hazard,
    absence_share: float,
) -> Laws:
    """Tabulate the learners; `shares` weighs the topics of services yet to come."""
    mean0 = desk_mean(desk, prior)
    step = mean0 / 10.0
    times = [k * step for k in range(_TABLE)]
    desk_law = Law(_mix(desk.n, desk.survivor(times), prior.weight, [prior.survivor(t) for t in times]), mean0)
    laws = {name: _topic_law(d, times, desk_law) for name, d in topics.items() if d.n}
    mix, mean = _blend(desk_law, laws, shares)
    service = masses(mix[: GRID + 1])
    away = masses(absence.survivor([k * step for k in range(GRID + 1)]))
    detour = [absence_share * m for m in away]
    detour[0] += 1.0 - absence_share
    cycle_law = convolve(service, detour, GRID)
    renewals = renewal_masses(cycle_law, GRID)
    patience_step = max(4.0, mean0 / 20.0)
    scv = (desk.n * desk.scv() + prior.weight * prior.cv**2) / (desk.n + prior.weight)
    mean_away = step * sum(k * m for k, m in enumerate(away))
    return Laws(
        step=step,
        mean=mean,
        scv=scv,
        cycle=mean + absence_share * mean_away,
        topics=laws,
        desk=desk_law,
        renewals=renewals,
        after_busy=convolve(detour, renewals, GRID),
        again=[renewals[0] - 1.0, *renewals[1:]],
        patience=patience.survivor([k * patience_step for k in range(_PATIENCE)]),
        patience_step=patience_step,
        absence=absence_share,
    )


def _topic_law(topic: Durations, times: list[float], desk: Law) -> Law:
    """The shapes of the topic's history and of the desk's law, both stretched to the topic's mean.

    Of a new topic the short contacts end first: its history as it stands would be too quick for the mean.
    """
    mean = shrunk_mean(topic, desk.mean)
    own = topic.survivor([t * topic.mean() / mean for t in times])
    ratio, last = desk.mean / mean, len(times) - 2
    stretched = []
    for k in range(len(times)):
        cell = k * ratio
        i = min(int(cell), last)
        part = min(cell - i, 1.0)
        stretched.append(desk.survivor[i] + part * (desk.survivor[i + 1] - desk.survivor[i]))
    return Law(_mix(topic.n, own, _SHAPE_PSEUDO, stretched), mean)


def _mix(n: float, a: list[float], m: float, b: list[float]) -> list[float]:
    """Weighted mean of two survivor tables, kept above zero so that ages beyond it stay finite."""
    total = n + m
    return [max((n * x + m * y) / total, 1e-12) for x, y in zip(a, b, strict=True)]


def _blend(desk: Law, laws: Mapping[str, Law], shares: Mapping[str, float]) -> tuple[list[float], float]:
    """Survivor and mean of the topic mixture of services to come."""
    known = {k: w for k, w in shares.items() if w > 0.0 and k in laws}
    total = sum(known.values())
    if total <= 0.0:
        return desk.survivor, desk.mean
    out = [0.0] * len(desk.survivor)
    mean = 0.0
    for name, weight in known.items():
        w = weight / total
        out = [x + w * y for x, y in zip(out, laws[name].survivor, strict=True)]
        mean += w * laws[name].mean
    return out, mean
