"""The week as a map of hours, and a row of figures as a line of little bars: levels are signs, never colours alone."""

from collections.abc import Sequence

from cxdesk.i18n import t
from cxdesk.widgets.lines import Line, column

__all__ = ["LEVELS", "heat_lines", "heat_table", "level", "spark", "weekday"]

_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LEVELS = " ·░▒▓█"
"""Nothing, then a fifth of the most at a time."""
_STEPS = "▁▂▃▄▅▆▇█"
_DAY_CELLS = 4


def weekday(number: int) -> str:
    """A day of the week in a word, 0 for Monday."""
    return t(f"insights.weekday.{_WEEK[number]}")


def level(value: float, most: float) -> int:
    """Which of ``LEVELS`` a value is: 0 for nothing, 5 for the fifth below the most."""
    steps = len(LEVELS) - 1
    return 0 if value <= 0 or most <= 0 else min(steps, 1 + int(steps * value / most * 0.999999))


def spark(values: Sequence[float | None], room: int) -> str:
    """The values from left to right in at most ``room`` cells, each from nothing to the most; a gap is not known."""
    shown = _thinned(values, max(1, room))
    most = max((value for value in shown if value is not None), default=0.0)
    return "".join(" " if value is None else _STEPS[round(7 * value / most) if most else 0] for value in shown)


def _thinned(values: Sequence[float | None], room: int) -> list[float | None]:
    """As many values as there is room for, each the mean of its neighbours."""
    if len(values) <= room:
        return list(values)
    found: list[float | None] = []
    for n in range(room):
        known = [v for v in values[n * len(values) // room : (n + 1) * len(values) // room] if v is not None]
        found.append(sum(known) / len(known) if known else None)
    return found


def heat_lines(hours: Sequence[int], width: int) -> list[Line]:
    """A row a day of the week, Monday first, a cell an hour: its level, and the number where there is room for it."""
    first, last = _open(hours)
    most = max(hours, default=0)
    digits = len(str(most))
    cells = max(1, min(digits + 2, (width - _DAY_CELLS) // (last - first + 1)))
    head = "".join(column(f"{hour}", cells, right=True) if _marked(hour, first, cells) else " " * cells
                   for hour in range(first, last + 1))  # fmt: skip
    lines: list[Line] = [((" " * _DAY_CELLS + head, "dim"),)]
    for day in range(7):
        row: Line = ((column(weekday(day), _DAY_CELLS), "text"),)
        for hour in range(first, last + 1):
            row += (_cell(hours[24 * day + hour], most, digits, cells),)
        lines.append(row)
    return [*lines, _legend(most)]


def _cell(n: int, most: int, digits: int, cells: int) -> tuple[str, str]:
    step = level(n, most)
    sign, role = LEVELS[step], "strong" if step >= 4 else "accent" if step >= 2 else "dim"
    if cells < digits + 1:
        return sign * cells, role
    return (f"{sign}{n if n else '':>{digits}}".rjust(cells), role)


def _marked(hour: int, first: int, cells: int) -> bool:
    """Whether an hour has its number above it: every one where it fits."""
    return cells >= 3 or (hour - first) % (2 if cells == 2 else 3) == 0


def _legend(most: int) -> Line:
    steps = len(LEVELS) - 1
    known = [f"{LEVELS[step]} ≤{max(1, most * step // steps)}" for step in range(1, steps + 1)] if most else []
    return ((" " * _DAY_CELLS + "  ".join(known), "dim"),)


def heat_table(hours: Sequence[int]) -> list[Line]:
    """The same as numbers: a row an hour, a column a day, and sums at the ends."""
    days = range(7)
    head = "".join(column(weekday(day), 6, right=True) for day in days)
    lines: list[Line] = [((" " * 6 + head + column(t("insights.sum"), 8, right=True), "dim"),)]
    first, last = _open(hours)
    for hour in range(first, last + 1):
        counts = [hours[24 * day + hour] for day in days]
        lines.append(_row(f"{hour:02}", counts))
    return [*lines, _row(t("insights.sum"), [sum(hours[24 * day : 24 * day + 24]) for day in days])]


def _row(name: str, counts: Sequence[int]) -> Line:
    numbers = "".join(column(str(n), 6, right=True) for n in counts)
    return ((column(name, 6), "dim"), (numbers, "text"), (column(str(sum(counts)), 8, right=True), "strong"))


def _open(hours: Sequence[int]) -> tuple[int, int]:
    """The first and the last hour of a day in which anybody came; office hours where nobody did."""
    busy = [hour for hour in range(24) if any(hours[24 * day + hour] for day in range(7))]
    return (busy[0], busy[-1]) if busy else (9, 18)
