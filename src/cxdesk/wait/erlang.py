"""Steady-state formulas: Erlang B, C and A, Halfin-Whitt, priorities (WAIT.md 1.3 and 1.6).

`arrivals` and `service` are rates per one and the same time unit, `agents` a number of servers, times
are in that unit. Where there is no steady state the answer is None ("overloaded"), never a number.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass


def erlang_b(agents: int, load: float) -> float:
    """Blocking probability by the recursion B(n) = a B / (n + a B), B(0) = 1 (no factorials)."""
    if agents < 0 or not load >= 0.0 or math.isinf(load):
        raise ValueError("erlang_b needs agents >= 0 and a finite load >= 0")
    b = 1.0
    for n in range(1, agents + 1):
        b = load * b / (n + load * b)
    return b


@dataclass(frozen=True, slots=True)
class ErlangC:
    """M/M/n without abandonment. `asa`: mean wait of all; `system`: wait plus service; p0: empty."""

    p_wait: float
    asa: float
    queue: float
    system: float
    in_system: float
    occupancy: float
    p0: float
    _drain: float

    def service_level(self, target: float) -> float:
        """P(wait <= target) = 1 - C exp(-(n mu - lambda) target)."""
        return 1.0 - self.p_wait * math.exp(-self._drain * max(target, 0.0))

    def wait_quantile(self, q: float) -> float:
        """Wait not exceeded with probability q; zero when that share does not wait at all."""
        tail = 1.0 - min(max(q, 0.0), 1.0 - 1e-12)
        return max(0.0, math.log(self.p_wait / tail) / self._drain) if self.p_wait > 0 else 0.0


def erlang_c(arrivals: float, service: float, agents: int) -> ErlangC | None:
    """Erlang C, C = n B / (n - a (1 - B)); None when the load is not below the agents."""
    _check(arrivals, service, agents)
    a = arrivals / service
    if a >= agents:
        return None
    b = erlang_b(agents, a)
    p_wait = agents * b / (agents - a * (1.0 - b))
    drain = agents * service - arrivals
    asa = p_wait / drain
    # P(empty): the loss system's is a^n / n! / B; the delay system adds the queue, in logs against overflow.
    log_term = agents * math.log(a) - math.lgamma(agents + 1) if a > 0 else 0.0
    log_p0 = math.log(p_wait * (1.0 - a / agents)) - log_term if a > 0 else 0.0
    return ErlangC(
        p_wait=p_wait,
        asa=asa,
        queue=arrivals * asa,
        system=asa + 1.0 / service,
        in_system=arrivals * asa + a,
        occupancy=a / agents,
        p0=math.exp(log_p0),
        _drain=drain,
    )


@dataclass(frozen=True, slots=True)
class ErlangA:
    """M/M/n+G. `mean_wait` is over everybody, `service_level` the share of all served within the target."""

    p_wait: float
    abandon: float
    mean_wait: float
    queue: float
    occupancy: float
    service_level: float | None


def exponential_patience(rate: float) -> Callable[[float], float]:
    """P(patience > t) with hazard `rate`."""
    return lambda t: math.exp(-rate * t)


def erlang_a(
    arrivals: float,
    service: float,
    agents: int,
    patience: Callable[[float], float] | float,
    target: float | None = None,
    points: int = 2400,
) -> ErlangA | None:
    """Erlang A for any patience law (Zeltyn & Mandelbaum 2005, WAIT.md 1.6).

    `patience` is an exponential hazard rate or a survivor function. With E = 1 / B(n - 1, a), H the
    integral of the survivor and J = int exp(lambda H(x) - n mu x) dx, P(wait) = lambda J / (E + lambda J)
    and so on. None when the integral does not end: too little patience runs out to stem the overload.
    """
    _check(arrivals, service, agents)
    if agents == 0:
        return None
    survivor = exponential_patience(patience) if isinstance(patience, int | float) else patience
    drain = agents * service
    end = _reach(arrivals, drain, survivor, 1.0 / service)
    if end is None:
        return None
    j, j_target, wait_mass = _integrals(arrivals, drain, survivor, end, target, points)
    e = 1.0 / max(erlang_b(agents - 1, arrivals / service), 1e-300)
    total = e + arrivals * j
    abandon = min(max((1.0 + (arrivals - drain) * j) / total, 0.0), 1.0)
    return ErlangA(
        p_wait=arrivals * j / total,
        abandon=abandon,
        mean_wait=arrivals * wait_mass / total,
        queue=arrivals * arrivals * wait_mass / total,
        occupancy=arrivals * (1.0 - abandon) / drain,
        service_level=None if target is None else (e + arrivals * j_target) / total,
    )


def _reach(arrivals: float, drain: float, survivor: Callable[[float], float], unit: float) -> float | None:
    """Where the integrand has fallen below e^-40 of its peak; None when it does not fall."""
    step, h, x, peak = unit / 50.0, 0.0, 0.0, 0.0
    for _ in range(20_000):
        h += step * 0.5 * (survivor(x) + survivor(x + step))
        x += step
        value = arrivals * h - drain * x
        peak = max(peak, value)
        if peak > 600.0:
            return None
        if value < peak - 40.0:
            return x
        step *= 1.002
    return None


def _integrals(
    arrivals: float,
    drain: float,
    survivor: Callable[[float], float],
    end: float,
    target: float | None,
    points: int,
) -> tuple[float, float, float]:
    """Simpson sums of J, of the served within the target, and of H times the integrand (for the mean wait).

    The target is made a grid point by splitting the range there.
    """
    cuts = [0.0, end]
    if target is not None and 0.0 < target < end:
        cuts = [0.0, target, end]
    h = 0.0
    sums = [0.0, 0.0, 0.0]
    for lo, hi in itertools.pairwise(cuts):
        cells = max(2, points // (len(cuts) - 1) // 2) * 2
        step = (hi - lo) / cells
        served = target is not None and hi <= target
        last = survivor(lo)
        for k in range(cells + 1):
            x = lo + k * step
            s = survivor(x)
            if k:
                # Simpson on the survivor too: its midpoint is cheap and keeps five digits.
                h += step / 6.0 * (last + 4.0 * survivor(x - 0.5 * step) + s)
            last = s
            weight = step / 3.0 * (1.0 if k in (0, cells) else 4.0 if k % 2 else 2.0)
            f = weight * math.exp(min(arrivals * h - drain * x, 700.0))
            sums[0] += f
            sums[1] += s * f if served else 0.0
            sums[2] += h * f
    if target is not None and target >= end:
        sums[1] = sums[0]
    return sums[0], sums[1], sums[2]


def halfin_whitt(beta: float) -> float:
    """P(wait) with n = a + beta sqrt(a) agents, 1 / (1 + beta Phi(beta) / phi(beta)); 1 when beta <= 0."""
    if beta <= 0.0:
        return 1.0
    if beta > 37.0:
        return 0.0
    cdf = 0.5 * math.erfc(-beta / math.sqrt(2.0))
    density = math.exp(-0.5 * beta * beta) / math.sqrt(2.0 * math.pi)
    return 1.0 / (1.0 + beta * cdf / density)


def square_root_agents(load: float, beta: float) -> int:
    """Agents by the square-root rule, a + beta sqrt(a), rounded up."""
    return math.ceil(load + beta * math.sqrt(max(load, 0.0)) - 1e-9)


def priority_waits(arrivals: Sequence[float], service: float, agents: int) -> list[float | None]:
    """Mean waits by class, highest first, non-preemptive (Cobham; Kella & Yechiali): W0 / ((1 - s')(1 - s)).

    None for every class that the load of itself and those above does not leave room for.
    """
    _check(sum(arrivals), service, agents)
    total = erlang_c(sum(arrivals), service, agents)
    p_wait = total.p_wait if total is not None else 1.0
    w0 = p_wait / (agents * service) if agents else math.inf
    waits: list[float | None] = []
    above = 0.0
    for rate in arrivals:
        here = above + (rate / (agents * service) if agents else math.inf)
        waits.append(w0 / ((1.0 - above) * (1.0 - here)) if here < 1.0 else None)
        above = here
    return waits


def preemptive_waits(arrivals: Sequence[float], service: float, agents: int) -> list[float | None]:
    """Mean waits by class under preemptive resume, by differencing the M/M/n of the cumulated classes."""
    waits: list[float | None] = []
    rate = mass = 0.0
    for own in arrivals:
        rate += own
        whole = erlang_c(rate, service, agents)
        if whole is None or own <= 0.0:
            waits.append(None)
            continue
        waits.append((whole.queue - mass) / own)
        mass = whole.queue
    return waits


def _check(arrivals: float, service: float, agents: int) -> None:
    if not (math.isfinite(arrivals) and arrivals >= 0.0 and math.isfinite(service) and service > 0.0):
        raise ValueError("rates must be finite, arrivals >= 0 and service > 0")
    if agents < 0:
        raise ValueError("agents must be >= 0")
