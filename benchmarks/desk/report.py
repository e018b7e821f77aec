"""The figures of many runs as tables: first against the floor of the same run, then in their own units."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median
from typing import Any, Literal

from benchmarks.desk.measure import Batch, Run
from benchmarks.terminal import Painted

__all__ = ["FLOOR", "keys_table", "records", "start_table", "table"]

FLOOR = "hello"

_START: tuple[tuple[str, Callable[[Run], float], float, str, str], ...] = (
    ("first byte", lambda run: run.first_byte, 1000, "ms", ""),
    ("first content", lambda run: run.content, 1000, "ms", "1.3x, fails 1.6x"),
    ("first full frame", lambda run: run.full, 1000, "ms", "1.5x (issue)"),
    ("CPU until then", lambda run: run.cpu, 1000, "ms", ""),
    ("bytes until then", lambda run: run.size, 0.001, "KB", "45, fails 60"),
    ("frames until then", lambda run: run.frames, 1, "", "4, fails 6"),
    ("memory, first frame", lambda run: run.memory, 1, "MiB", "42, fails 48"),
)
_AFTER: tuple[tuple[str, Callable[[Run], float], float, str, str], ...] = (
    ("settled", lambda run: run.settled, 1000, "ms", ""),
    ("memory, all loaded", lambda run: run.memory_after, 1, "MiB", "80, fails 95"),
    ("memory, peak", lambda run: run.memory_peak, 1, "MiB", ""),
    ("leaving", lambda run: run.leaving, 1000, "ms", ""),
    ("idle CPU", lambda run: run.idle_cpu, 100, "%", ""),
    ("idle bytes", lambda run: run.idle_bytes * 60, 0.001, "KB/min", "0"),
)
_KEY_TARGETS = {
    "j/k in view": "p95 16 ms (issue); 1.1x, 0.7 KB",
    "j/k while loading": "p95 20 ms, fails 35",
    "j through the list": "3x, p99 20 ms",
    "page": "3x, p99 20 ms",
    "200 keys at once": "80 ms, fails 120",
    "open (Enter)": "p95 50 ms (issue); 35 ms, 16 KB",
    "composer, ASCII": "2x, p99 9 ms",
    "composer, Hangul": "2x, p99 9 ms",
    "search, letter": "30 ms, fails 100",
    "palette, open": "40 ms, 20 KB, fails 60",
    "palette, letter": "12 ms, fails 20",
}
_PLAIN = "one line"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Columns that line up; the first to the left, the others to the right, the last to the left again."""
    found = [tuple(heads), *map(tuple, rows)]
    widths = [max(len(row[i]) for row in found) for i in range(len(heads))]
    left = (0, len(heads) - 1)
    padded = (
        [
            cell.ljust(width) if i in left else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        for row in found
    )
    return "\n".join("  ".join(row).rstrip() for row in padded)


def start_table(runs: Mapping[str, Sequence[Run]]) -> str:
    """One line a figure: for each program its median against the floor's, its median, its slowest."""
    floor = runs[FLOOR]
    others = [name for name in runs if name != FLOOR]
    heads = ["start", FLOOR, *(f"{name}{part}" for name in others for part in (", x", "", ", worst")), "unit, target"]
    rows = []
    for title, value, scale, unit, target in (*_START, *_AFTER):
        if all(value(run) == 0 for run in floor) and all(value(run) == 0 for name in others for run in runs[name]):
            continue
        base = median(map(value, floor))
        row = [title, _number(base * scale)]
        for name in others:
            found = [value(run) for run in runs[name]]
            row += [
                f"{median(found) / base:.2f}" if base else "-",
                _number(median(found) * scale),
                _number(max(found) * scale),
            ]
        rows.append([*row, f"{unit}  {'≤ ' + target if target else ''}"])
    return table(heads, rows)


def keys_table(floor: Sequence[Run], runs: Sequence[Run]) -> str:
    """One line a kind of key: the last byte against the floor's key, then times, bytes, frames and CPU."""
    plain = _gathered(floor)
    base = _times(plain[_PLAIN].presses, "last")[0]
    heads = ("key", "x", "n", "first 50", "95", "99", "last 50", "95", "99", "bytes", "frames", "CPU ms", "target")
    rows = []
    for owner, batches in ((f"{FLOOR}: ", plain), ("", _gathered(runs))):
        for kind, batch in batches.items():
            answered = [press for press in batch.presses if press.last is not None]
            if not answered:
                rows.append([owner + kind, *["-"] * 11, "nothing was painted"])
                continue
            first, last = _times(answered, "first"), _times(answered, "last")
            rows.append(
                [
                    owner + kind,
                    f"{last[0] / base:.2f}",
                    f"{len(answered)}/{len(batch.presses)}",
                    *(f"{1000 * at:.1f}" for at in (*first, *last)),
                    f"{median(press.size for press in answered):.0f}",
                    f"{median(press.frames for press in answered):.0f}",
                    f"{1000 * batch.cpu / len(batch.presses):.1f}" if batch.cpu else "",
                    ("≤ " + _KEY_TARGETS[kind]) if not owner and kind in _KEY_TARGETS else "",
                ]
            )
    return table(heads, rows)


def records(runs: Mapping[str, Sequence[Run]]) -> dict[str, Any]:
    """Everything measured, for ``--json``."""
    return {
        name: [
            {field: getattr(run, field) for field in run.__slots__ if field != "keys"}
            | {
                "keys": {
                    kind: {"cpu": batch.cpu, "presses": [(p.first, p.last, p.size, p.frames) for p in batch.presses]}
                    for kind, batch in run.keys.items()
                }
            }
            for run in of
        ]
        for name, of in runs.items()
    }


def _gathered(runs: Iterable[Run]) -> dict[str, Batch]:
    """The presses of all runs together."""
    found: dict[str, Batch] = {}
    for run in runs:
        for kind, batch in run.keys.items():
            sum_ = found.setdefault(kind, Batch())
            sum_.presses += batch.presses
            sum_.cpu += batch.cpu
    return found


def _times(presses: Iterable[Painted], which: Literal["first", "last"]) -> tuple[float, float, float]:
    """The 50th, 95th and 99th percentile of the first or last byte."""
    found: list[float] = sorted(at for press in presses if (at := getattr(press, which)) is not None)

    def share(part: float) -> float:
        return found[min(len(found) - 1, int(len(found) * part))]

    return share(0.5), share(0.95), share(0.99)


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 or value == int(value) else f"{value:.1f}"
