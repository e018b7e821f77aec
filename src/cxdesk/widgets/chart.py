"""Charts as lines of text: bars, ranges and curves, each also as a table. No Textual, for the command line too.

Series are told apart by their signs and names, never by colour alone. A value that is not known (``None``) is drawn as
nothing and written as a dash; it is never drawn as 0.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len

from cxdesk.widgets.lines import Line, column

__all__ = ["Chart", "Series", "draw"]

_EIGHTHS = " ▏▎▍▌▋▊▉"
_BARS = "█▒░▓"
_DOTS = "●○×+"
_UNKNOWN = "–"
_LONGEST = 48
"""The most cells a bar may take: the eye compares no better than that."""
_LABEL = 18
"""The most cells a label of a row may take."""


@dataclass(frozen=True, slots=True)
class Series:
    """One value for each label of the chart."""

    name: str
    values: tuple[float | None, ...]
    role: str = "accent"


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn. ``say`` puts a value into words.

    ``bars`` draws a bar for each label and series. ``ranges`` takes three series, low, usual and high, and draws one
    stroke for each label with a mark at the usual. ``curves`` draws each series over the labels from left to right.
    """

    title: str
    kind: Literal["bars", "ranges", "curves"]
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    say: Callable[[float], str] = "{:g}".format


def draw(chart: Chart, width: int, height: int = 10, *, table: bool = False) -> list[Line]:
    """The chart in lines of at most ``width`` cells; ``height`` rows are for the curves. ``table`` writes it out."""
    head: list[Line] = [((chart.title, "accent"),)]
    if table:
        return head + _table(chart, width)
    match chart.kind:
        case "bars":
            return head + _bars(chart, width)
        case "ranges":
            return head + _ranges(chart, width)
        case "curves":
            return head + _curves(chart, width, height)


def _table(chart: Chart, width: int) -> list[Line]:
    """A row for each label, a column for each series."""
    first = _label_width(chart)
    cells = max(4, min(16, (width - first) // max(1, len(chart.series)) - 1))
    head: Line = ((" " * first, "dim"),)
    head += tuple((" " + column(series.name, cells, right=True), "dim") for series in chart.series)
    rows: list[Line] = [head]
    for n, label in enumerate(chart.labels):
        row: Line = ((column(label, first), "text"),)
        rows.append(
            row + tuple((" " + column(_said(chart, s.values[n]), cells, right=True), "text") for s in chart.series)
        )
    return rows


def _bars(chart: Chart, width: int) -> list[Line]:
    first, most = _label_width(chart), _most(chart)
    words = max((cell_len(_said(chart, v)) for s in chart.series for v in s.values), default=1)
    room = max(4, min(_LONGEST, width - first - words - 2))
    lines: list[Line] = []
    for n, label in enumerate(chart.labels):
        for k, series in enumerate(chart.series):
            value = series.values[n]
            bar = _bar((value or 0.0) / most * room, _BARS[k % len(_BARS)])
            name = column(label if k == 0 else "", first)
            lines.append(((name, "text"), (" " + bar, series.role), (" " + _said(chart, value), "strong")))
    return lines + _legend(chart, _BARS)


def _bar(cells: float, sign: str) -> str:
    """A bar of so many cells, to an eighth of one where its sign is a full block."""
    if sign != "█":
        return sign * max(round(cells), 1 if cells > 0 else 0)
    whole, part = divmod(round(8 * cells), 8)
    bar = sign * whole + (_EIGHTHS[part] if part else "")
    return bar or ("▏" if cells > 0 else "")


def _ranges(chart: Chart, width: int) -> list[Line]:
    """``  ├────●───────┤ 6 · 12 · 20``."""
    first, most = _label_width(chart), _most(chart)
    words = [" · ".join(_said(chart, s.values[n]) for s in chart.series) for n in range(len(chart.labels))]
    room = max(8, width - first - max(map(cell_len, words), default=0) - 3)
    lines: list[Line] = []
    for n, label in enumerate(chart.labels):
        values = [series.values[n] for series in chart.series]
        known = [value for value in values if value is not None]
        stroke = " " * room
        if len(known) == len(values):
            low, usual, high = (round(value / most * (room - 1)) for value in known)
            stroke = " " * low + "├" + "─" * max(0, high - low - 1) + ("┤" if high > low else "")
            stroke = (stroke[:usual] + "●" + stroke[usual + 1 :]).ljust(room)
        lines.append(((column(label, first), "text"), (" " + stroke, chart.series[1].role), (" " + words[n], "strong")))
    lines.append(((" " * (first + 1) + " · ".join(series.name for series in chart.series), "dim"),))
    return lines


def _curves(chart: Chart, width: int, height: int) -> list[Line]:
    most = _most(chart)
    axis = max(cell_len(chart.say(most)), cell_len(chart.say(0.0)))
    room, rows = max(8, width - axis - 2), max(3, height)
    grid = [[(" ", "text")] * room for _ in range(rows)]
    for k, series in reversed(list(enumerate(chart.series))):
        for x in range(room):
            value = _at(series.values, x / (room - 1))
            if value is not None:
                y = rows - 1 - round(value / most * (rows - 1))
                grid[y][x] = (_DOTS[k % len(_DOTS)], series.role)
    lines: list[Line] = []
    for y, cells in enumerate(grid):
        mark = chart.say(most) if y == 0 else chart.say(0.0) if y == rows - 1 else ""
        lines.append(((column(mark, axis, right=True) + " ┤", "dim"), *_runs(cells)))
    return [*lines, ((" " * (axis + 2) + _under(chart.labels, room), "dim"),), *_legend(chart, _DOTS)]


def _at(values: Sequence[float | None], share: float) -> float | None:
    """The value so far along, between its two neighbours; unknown beside an unknown one."""
    place = share * (len(values) - 1)
    left = min(int(place), len(values) - 1)
    one, other = values[left], values[min(left + 1, len(values) - 1)]
    return None if one is None or other is None else one + (place - left) * (other - one)


def _runs(cells: Sequence[tuple[str, str]]) -> Line:
    """Neighbouring cells of one role as one span."""
    spans: list[tuple[str, str]] = []
    for sign, role in cells:
        if spans and (spans[-1][1] == role or sign == " "):
            spans[-1] = (spans[-1][0] + sign, spans[-1][1])
        else:
            spans.append((sign, role))
    return tuple(spans)


def _under(labels: Sequence[str], room: int) -> str:
    """As many labels as fit below an axis, the first and the last among them."""
    text = ""
    last = len(labels) - 1
    for n, label in enumerate(labels):
        start = round(n / max(1, last) * (room - 1)) - (
            cell_len(label) - 1 if n == last else cell_len(label) // 2 if n else 0
        )
        end = room - cell_len(labels[last]) - 1 if n != last else room
        if start >= cell_len(text) + (1 if text else 0) and start + cell_len(label) <= end:
            text += " " * (start - cell_len(text)) + label
    return text


def _legend(chart: Chart, signs: str) -> list[Line]:
    """Which sign is which, where there is more than one."""
    if len(chart.series) < 2:
        return []
    parts = [((f"  {signs[k % len(signs)]} ", s.role), (s.name, "dim")) for k, s in enumerate(chart.series)]
    return [tuple(span for pair in parts for span in pair)]


def _said(chart: Chart, value: float | None) -> str:
    return _UNKNOWN if value is None else chart.say(value)


def _most(chart: Chart) -> float:
    """The largest value, and something to divide by where there is none."""
    return max((v for s in chart.series for v in s.values if v is not None), default=0.0) or 1.0


def _label_width(chart: Chart) -> int:
    return min(_LABEL, max(map(cell_len, chart.labels), default=0))
