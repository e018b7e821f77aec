"""How many people: the next hour played forward from the desk as it is, and the next open day hour by hour.

These take up to a second or two and are asked on a thread of their own, with a connection of their own.
"""

import math
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from cxdesk.desk.opening import known_country
from cxdesk.desk.waits import as_estimate
from cxdesk.desk.writer import Writer
from cxdesk.domain.hours import Hours
from cxdesk.domain.moments import DAY, HOUR, local
from cxdesk.domain.staffing import Day, Hour, Option, Slot
from cxdesk.storage import honesty, people
from cxdesk.wait import look_ahead, plan, prior_for, what_if

if TYPE_CHECKING:
    from cxdesk.wait import WaitEstimator

__all__ = ["EXTRAS", "TARGET", "contact_s", "next_day", "next_hour"]

TARGET = (0.8, 20.0)
"""Eighty in a hundred within twenty seconds."""
EXTRAS = (-1, 0, 1, 2)
_HALF = HOUR // 2
_WEEKS = 8
_RARE = 0.05
"""Contacts an hour below which an hour of the past counts as closed, where the opening hours are not known."""
_SMALL = 5
_ASKED = 3
"""How many of those on a break are looked at: more than that is no question about a person."""
_SETTLED_H = 3.0
"""Hours played for an hour of a small desk, which begins empty."""


def next_hour(
    desk: Writer,
    db: sqlite3.Connection,
    *,
    extras: Sequence[int] = EXTRAS,
    target: tuple[float, float] = TARGET,
) -> Hour | None:
    """The next hour with fewer and more people, and with each one who is on a break; ``None`` before ``start``."""
    estimator, now = desk.waits.twin(), desk.clock() / 1000
    if estimator is None:
        return None
    resting = [duty.agent for duty in people.duties(db) if duty.shift is not None and duty.shift.state == "break"]
    options = [_option(estimator, now, target[1], extra=extra) for extra in extras]
    options += [_option(estimator, now, target[1], come=agent.id, name=agent.name) for agent in resting[:_ASKED]]
    here = next((option.agents for option in options if not option.extra and option.back is None), 0)
    arrivals = 3600 * sum(estimator.memory.rate(cls, now) for cls in estimator.memory.rates)
    return Hour(arrivals, target, tuple(option for option in options if here + option.extra >= 0))


def _option(
    estimator: "WaitEstimator", now: float, within_s: float, *, extra: int = 0, come: str = "", name: str | None = None
) -> Option:
    coming = (come,) if come else ()
    then = what_if(estimator, now, extra=extra, come=coming, cls="0").then
    ahead = look_ahead(estimator, now, extra=extra, come=coming, within_s=within_s)
    return Option(
        extra=extra,
        back=name,
        agents=then.agents,
        newcomer=as_estimate(then.newcomer),
        last=as_estimate(then.waiting[-1]) if then.waiting else None,
        method=ahead.method,
        level=ahead.service_level,
        mean_s=ahead.mean_wait_s,
        p90_s=ahead.p90_wait_s,
        leave=ahead.abandon,
        queue=tuple((at.after_s, at.low, at.expected, at.high) for at in ahead.queue),
    )


def next_day(
    desk: Writer, db: sqlite3.Connection, *, target: tuple[float, float] = TARGET, shrinkage: float = 0.0
) -> Day | None:
    """The next day on which the desk opens, hour by hour; ``None`` when it opens on none.

    Contacts are the mean of the same weekday in the last eight weeks; with fewer than two such days, of every day.
    """
    now, hours = desk.clock(), desk.waits.hours
    day = hours.day_after(now)
    if day is None:
        return None
    halves, days = _usual(honesty.arrivals(db, now - 7 * _WEEKS * DAY, now), day, hours)
    need = _Need(contact_s(desk), prior_for(desk.settings.waiting.business).patience_s, target, shrinkage)
    empty = desk.waits.twin(empty=True)
    slots = []
    for start, end in _cut(day, hours, halves):
        count = sum(halves[minute] for minute in _minutes(start, end, hours)) / max(1, days)
        slots.append(_slot(need, empty, start, end, count * HOUR / (end - start)))
    country = desk.settings.hours.holidays
    unknown = "" if not hours.known or known_country(country) else country
    return Day(day, target, need.aht_s, days, tuple(slots), unknown)


def contact_s(desk: Writer) -> float:
    """How long a contact takes here, in seconds: learned, or what is usual in this kind of business."""
    learned = desk.waits.learned()
    served = sum(topic.n for topic in learned)
    if served:
        return max(1.0, sum(topic.mean_s * topic.n for topic in learned) / served)
    return prior_for(desk.settings.waiting.business).mean


def _usual(arrivals: Sequence[tuple[int, int]], day: date, hours: Hours) -> tuple[Counter[int], int]:
    """Contacts by the minute of the day at which their half hour begins, and over how many days they were counted."""
    seen = [(local(at, hours.zone), n) for at, n in arrivals]
    same = [(at, n) for at, n in seen if at.weekday() == day.weekday()]
    if len({at.date() for at, _ in same}) >= 2:
        seen = same
    halves: Counter[int] = Counter()
    for at, n in seen:
        halves[60 * at.hour + at.minute] += n
    return halves, len({at.date() for at, _ in seen})


def _cut(day: date, hours: Hours, halves: Counter[int]) -> list[tuple[int, int]]:
    """The hours of a day (instants): its windows cut where they are known, else the hours in which anybody came."""
    if hours.known:
        windows = hours.of(day)
        return [(at, min(at + HOUR, closes)) for opens, closes in windows for at in range(opens, closes, HOUR)]
    (midnight, _), *_ = Hours((((0, 1440),),) * 7, hours.zone).of(day)
    most = max(halves.values(), default=0)
    busy = {minute // 60 for minute, n in halves.items() if n > _RARE * most}
    return [(midnight + n * HOUR, midnight + (n + 1) * HOUR) for n in range(24) if n in busy]


def _minutes(start: int, end: int, hours: Hours) -> list[int]:
    """The half hours of the day that a stretch of it holds."""
    moments = (local(at - at % _HALF, hours.zone) for at in range(start, end, _HALF))
    return [60 * moment.hour + moment.minute for moment in moments]


@dataclass(frozen=True, slots=True)
class _Need:
    """What a number of people is reckoned from, beside the contacts that come."""

    aht_s: float
    patience_s: float
    target: tuple[float, float]
    shrinkage: float


def _slot(need: _Need, empty: "WaitEstimator | None", start: int, end: int, arrivals: float) -> Slot:
    """Erlang A; a small number is played from an ``empty`` desk instead, whose contacts are not all alike."""
    made = plan(arrivals, need.aht_s, target=need.target, patience_s=need.patience_s)
    needed, method = made.needed, "erlang"
    level = next((row.service_level for row in made.rows if row.agents == needed), None)
    if empty is not None and needed is not None and needed < _SMALL:
        for agents in range(max(1, needed - 1), needed + 3):
            if (share := _share_in_time(empty, agents, arrivals, need.target[1])) >= need.target[0]:
                needed, level, method = agents, share, "simulation"
                break
    roster = None if needed is None else math.ceil(needed / (1 - need.shrinkage) - 1e-9)
    return Slot(start, end, arrivals, needed, roster, level, method)


def _share_in_time(empty: "WaitEstimator", agents: int, arrivals: float, within_s: float) -> float:
    """The share of those who come within some hours that so many agents serve in time; 1 where nobody comes."""
    at = empty.at(math.inf)
    ahead = look_ahead(empty, at, extra=agents, hours=_SETTLED_H, arrivals_per_hour=arrivals, within_s=within_s)
    return 1.0 if ahead.service_level is None else ahead.service_level
