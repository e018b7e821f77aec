"""Scores: error, bias, pinball, coverage and width, with baselines helped by hindsight."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.wait.baselines import NAMES

LEVELS = (0.1, 0.5, 0.9)


@dataclass(frozen=True, slots=True)
class Row:
    """One forecast: the wait that came, CX's three quantiles, the baselines, the oracle's three."""

    wait: float
    cx: tuple[float, float, float]
    base: tuple[float, ...]
    oracle: tuple[float, float, float] | None = None


@dataclass(slots=True)
class Scores:
    """All rows of a scenario, over all seeds."""

    join: list[Row] = field(default_factory=list)
    stay: list[Row] = field(default_factory=list)


def pinball(wait: float, quantiles: Sequence[float]) -> float:
    """Mean pinball loss at 10, 50 and 90 %."""
    return sum(max(q * (wait - x), (q - 1.0) * (wait - x)) for q, x in zip(LEVELS, quantiles, strict=True)) / 3


def quantile(values: Sequence[float], q: float) -> float:
    """Empirical quantile."""
    ordered = sorted(values)
    return ordered[min(int(q * len(ordered)), len(ordered) - 1)]


def mae(rows: Sequence[Row], predict: Sequence[float]) -> float:
    """Mean absolute error."""
    return sum(abs(r.wait - p) for r, p in zip(rows, predict, strict=True)) / len(rows)


def helped(rows: Sequence[Row], k: int) -> tuple[list[float], float]:
    """(absolute errors, pinball) of baseline k: the better of raw and recentred by its median error, and
    quantiles made from its own ratios to the truth, all in hindsight."""
    raw = [r.base[k] for r in rows]
    shift = quantile([r.wait - p for r, p in zip(rows, raw, strict=True)], 0.5)
    choices = [raw, [max(0.0, p + shift) for p in raw]]
    errors = [[abs(r.wait - p) for r, p in zip(rows, said, strict=True)] for said in choices]
    ratios = [r.wait / max(p, 5.0) for r, p in zip(rows, raw, strict=True)]
    factors = [quantile(ratios, q) for q in LEVELS]
    loss = sum(pinball(r.wait, [f * max(p, 5.0) for f in factors]) for r, p in zip(rows, raw, strict=True))
    return min(errors, key=sum), loss / len(rows)


def summary(rows: Sequence[Row], seed: int = 1) -> dict[str, float]:
    """Figures of one set of rows, everything relative to the mean wait where it is a time."""
    n = len(rows)
    if not n:
        return {"n": 0.0}
    w = sum(r.wait for r in rows) / n
    out: dict[str, float] = {"n": float(n), "wait": w}
    base = {name: helped(rows, k) for k, name in enumerate(NAMES)}
    errors = {name: sum(e) / n for name, (e, _) in base.items()}
    for name, error in errors.items():
        out[name] = error / w
    cx = mae(rows, [r.cx[1] for r in rows])
    out["CX"] = cx / w
    best = min(errors, key=errors.__getitem__)
    out["ratio"] = cx / errors[best]
    deployable = min((name for name in NAMES if name != "QLr*"), key=errors.__getitem__)
    out["ratio_deployable"] = cx / errors[deployable]
    out["ratio_raw_pos"] = cx / mae(rows, [r.base[NAMES.index("POS")] for r in rows])
    out["ratio_raw_pos0"] = cx / mae(rows, [r.base[NAMES.index("POS0")] for r in rows])
    out["bias"] = sum(r.cx[1] - r.wait for r in rows) / n / w
    out["cover"] = sum(r.cx[0] <= r.wait <= r.cx[2] for r in rows) / n
    out["high"] = sum(r.wait > r.cx[2] for r in rows) / n
    out["width"] = sum(r.cx[2] - r.cx[0] for r in rows) / n / w
    own = sum(pinball(r.wait, r.cx) for r in rows) / n
    out["pinball"] = own / w
    out["pinball_ratio"] = own / min(base[name][1] for name in NAMES)
    out["lo"], out["hi"] = interval([abs(r.wait - r.cx[1]) for r in rows], base[best][0], seed)
    return out | limits(rows, w, base[best][0], base[deployable][0])


def limits(rows: Sequence[Row], wait: float, best: Sequence[float], deployable: Sequence[float]) -> dict[str, float]:
    """What the oracle reached where it was asked, and CX there; `floor`: its error over the best rival's there."""
    known = [(r, r.oracle, a, b) for r, a, b in zip(rows, best, deployable, strict=True) if r.oracle is not None]
    if len(known) <= 20:
        return {}
    n = len(known)
    limit = sum(abs(r.wait - o[1]) for r, o, _, _ in known)
    return {
        "oracle_n": float(n),
        "oracle": limit / n / wait,
        "floor": limit / sum(a for _, _, a, _ in known),
        "floor_deployable": limit / sum(b for _, _, _, b in known),
        "oracle_bias": sum(o[1] - r.wait for r, o, _, _ in known) / n / wait,
        "oracle_high": sum(r.wait > o[2] for r, o, _, _ in known) / n,
        "mae_oracle": sum(abs(r.wait - r.cx[1]) for r, _, _, _ in known) / limit,
        "pinball_oracle": sum(pinball(r.wait, r.cx) for r, _, _, _ in known)
        / sum(pinball(r.wait, o) for r, o, _, _ in known),
    }


def interval(
    own: Sequence[float], rival: Sequence[float], seed: int, blocks: int = 40, draws: int = 200
) -> tuple[float, float]:
    """90 % bootstrap interval of the ratio of two MAEs, over blocks in time because waits overlap."""
    size = max(1, len(own) // blocks)
    cells = [(sum(own[k : k + size]), sum(rival[k : k + size])) for k in range(0, len(own), size)]
    rng = random.Random(seed)
    ratios = []
    for _ in range(draws):
        pick = [rng.choice(cells) for _ in cells]
        ratios.append(sum(a for a, _ in pick) / max(sum(b for _, b in pick), 1e-9))
    return quantile(ratios, 0.05), quantile(ratios, 0.95)
