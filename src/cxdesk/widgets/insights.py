"""The pages of the insights screen as lines: a summary, curves, the week, the parts of the work, what was felt."""

from collections.abc import Sequence
from functools import partial

from cxdesk.domain.facts import PROMISES
from cxdesk.domain.insights import Insights, Part, Point, Report
from cxdesk.domain.words import Emotion
from cxdesk.i18n import t
from cxdesk.widgets.chart import Chart, Series, draw
from cxdesk.widgets.heat import heat_lines, heat_table, spark
from cxdesk.widgets.insight_rows import (
    NOT_KNOWN,
    FigureRow,
    figure_rows,
    length,
    period_name,
    score_text,
    share_text,
    verdict_text,
)
from cxdesk.widgets.lines import Line, column, fit, paragraph

__all__ = [
    "PART_COLUMNS",
    "flow_charts",
    "flow_lines",
    "formula_lines",
    "heart_lines",
    "part_cells",
    "part_lines",
    "part_name",
    "summary_lines",
    "week_lines",
]

_FORMULAS = ("rate", "share", "median", "score")
_LABEL = 21
_NOW = 28
_THEN = 20


def summary_lines(report: Report, width: int) -> list[Line]:
    """A row for each figure beside the period before, and what the differences amount to."""
    lines = [*_arrivals(report, width), ()]
    if report.now.empty:
        return [*lines, *paragraph(t("insights.nothing"), "dim", width)]
    wide = width >= _LABEL + _NOW + _THEN + 30
    head = column("", _LABEL) + column(t("insights.now"), _NOW) + (column(t("insights.then"), _THEN) if wide else "")
    lines.append(((head + t("insights.difference"), "dim"),))
    lines += [_figure(row, wide, width) for row in figure_rows(report)]
    return [*lines, (), *_footnotes(report, width)]


def _arrivals(report: Report, width: int) -> list[Line]:
    drawn = spark([float(point.arrived) for point in report.points], width - _LABEL - 2)
    return [((column(t("insights.figure.arrived"), _LABEL), "dim"), (drawn, "accent"))]


def _figure(row: FigureRow, wide: bool, width: int) -> Line:
    role = {True: "good", False: "bad", None: "text"}[row.good]
    line: Line = ((column(row.label, _LABEL), "text"), (column(row.now, _NOW), "strong"))
    if wide:
        line += ((column(row.then, _THEN), "dim"),)
    line += ((column(row.change, 12), role), (verdict_text(row.verdict), role))
    if wide and row.formula:
        line += ((f"  [{row.formula}]", "dim"),)
    return fit(line, width)


def _footnotes(report: Report, width: int) -> list[Line]:
    notes = [t("insights.beside", period=period_name(report.then.period))]
    if report.then.empty:
        notes = [t("insights.no_before", period=period_name(report.then.period))]
    if report.now.told_open:
        notes.append(t("insights.told_open", n=report.now.told_open))
    for outcome in ("open", "moved"):
        if report.now.promises[outcome]:
            notes.append(t(f"insights.promises_{outcome}", n=report.now.promises[outcome]))
    if not report.now.first.n and report.now.resolved:
        notes.append(t("insights.first_later"))
    return [line for note in notes for line in paragraph(note, "dim", width)]


def formula_lines(width: int) -> list[Line]:
    """What every figure is made of, and how a difference is told from chance."""
    lines: list[Line] = [((t("insights.formulas"), "accent"),)]
    for name in ("wait", "service", "resolution", "told", "left", "first", "reopened", "kept", "began", "csat"):
        lines += paragraph(t(f"insights.how.{name}"), "text", width, indent="  ", first="  ")
    lines += [(), ((t("insights.chance"), "accent"),)]
    for name in _FORMULAS:
        lines += paragraph(f"[{name}] " + t(f"insights.formula.{name}"), "text", width, indent="  ", first="  ")
    return lines


# -- curves


def _point_name(point: Point) -> str:
    """A step of a curve in a few cells: a day, a month or a year."""
    if point.first == point.last:
        return f"{point.first.month}/{point.first.day}"
    if point.first.year == point.last.year and point.first.month == point.last.month:
        return f"{point.first.year % 100:02}-{point.first.month:02}"
    return f"{point.first.year}"


def flow_charts(points: Sequence[Point]) -> tuple[Chart, ...]:
    """What came and went, then how long it took, from left to right."""
    names = tuple(_point_name(point) for point in points)
    count = "{:.0f}".format
    return (
        Chart(
            t("insights.flow"),
            "curves",
            names,
            (
                Series(t("insights.figure.arrived"), tuple(float(point.arrived) for point in points), "accent"),
                Series(t("insights.figure.resolved"), tuple(float(point.resolved) for point in points), "good"),
                Series(t("insights.gave_up"), tuple(float(point.left) for point in points), "warn"),
            ),
            count,
        ),
        Chart(
            t("insights.pace"),
            "curves",
            names,
            (
                Series(t("insights.figure.wait"), tuple(point.wait for point in points), "accent"),
                Series(t("insights.figure.service"), tuple(point.service for point in points), "good"),
            ),
            length,
        ),
    )


def flow_lines(report: Report, width: int, height: int, *, table: bool) -> list[Line]:
    """The curves one below the other; a single day has none and shows its numbers."""
    if report.now.empty:
        return paragraph(t("insights.nothing"), "dim", width)
    each = max(4, min(10, (height - 8) // 2))
    lines: list[Line] = []
    for chart in flow_charts(report.points):
        lines += [*draw(chart, width, each, table=table or len(report.points) < 2), ()]
    return lines


def week_lines(now: Insights, width: int, *, table: bool) -> list[Line]:
    """When in the week contacts came."""
    head: Line = ((t("insights.week", n=now.arrived), "accent"),)
    return [head, (), *(heat_table(now.hours) if table else heat_lines(now.hours, width))]


# -- the parts of the work


def part_name(dimension: str, part: Part) -> str:
    """A topic, channel or segment in words."""
    return t(f"{dimension}.{part.key}") if part.key else t("insights.unknown")


def part_lines(now: Insights, width: int, *, table: bool) -> list[Line]:
    """Topics, channels and segments: bars of contacts, or everything known of each as a table."""
    if now.empty:
        return paragraph(t("insights.nothing"), "dim", width)
    lines: list[Line] = []
    for dimension, parts in now.parts.items():
        title = t(f"insights.by.{dimension}")
        if table:
            lines += [((title, "accent"),), *_part_table(dimension, parts, width), ()]
            continue
        names = tuple(part_name(dimension, part) for part in parts)
        counts = Series(t("insights.figure.arrived"), tuple(float(part.arrived) for part in parts))
        lines += [*draw(Chart(title, "bars", names, (counts,), partial(_counted, now.arrived)), width), ()]
    return lines


def _counted(total: int, n: float) -> str:
    return f"{n:.0f} ({100 * n / max(1, total):.0f} %)"


PART_COLUMNS = {
    "topic": ("arrived", "left", "service", "most", "first"),
    "channel": ("arrived", "left", "wait", "service", "first"),
    "segment": ("arrived", "left", "wait", "first"),
}
"""What is shown of the parts: a topic does not decide a wait, nor a segment how long a question takes."""


def part_cells(part: Part, columns: Sequence[str]) -> tuple[str, ...]:
    """What is known of a part, in words, under these columns."""
    known = {
        "arrived": str(part.arrived),
        "left": str(part.left),
        "wait": length(part.wait.median if part.wait else None),
        "service": length(part.service.median if part.service else None),
        "most": length(part.service.p80 if part.service else None),
        "first": share_text(part.first),
    }
    return tuple(known[name] for name in columns)


_COUNT = 8
"""Cells of a column of counts; the others share what is left."""


def _part_table(dimension: str, parts: Sequence[Part], width: int) -> list[Line]:
    columns = PART_COLUMNS[dimension]
    other = max(8, min(16, (width - 16 - 2 * _COUNT) // (len(columns) - 2)))
    cells = [_COUNT if name in ("arrived", "left") else other for name in columns]

    def row(name: str, values: Sequence[str], role: str) -> Line:
        line: Line = ((column(name, 15) + " ", "text"),)
        line += tuple((column(v, room - 1, right=True) + " ", role) for v, room in zip(values, cells, strict=True))
        return fit(line, width)

    head = row("", [t(f"insights.column.{name}") for name in columns], "dim")
    return [head, *(row(part_name(dimension, part), part_cells(part, columns), "strong") for part in parts)]


# -- what was felt, answered and promised


def heart_lines(now: Insights, width: int, *, table: bool) -> list[Line]:
    """Feelings at the start and the end, answers on each scale, promises by what became of them."""
    if now.empty:
        return paragraph(t("insights.nothing"), "dim", width)
    felt = [feeling for feeling in Emotion if now.start.get(feeling) or now.end.get(feeling)]
    lines: list[Line] = []
    if felt:
        feelings = Chart(
            t("insights.felt"),
            "bars",
            tuple(t(f"emotion.{feeling}") for feeling in felt),
            (
                Series(t("insights.start"), tuple(float(now.start.get(feeling, 0)) for feeling in felt), "warn"),
                Series(t("insights.end"), tuple(float(now.end.get(feeling, 0)) for feeling in felt), "good"),
            ),
        )
        lines += [*draw(feelings, width, table=table), ()]
    for scale, score in now.answers.items():
        values = tuple(sorted(score.counts))
        answers = Chart(
            f"{scale.upper()} {score_text(score)}",
            "bars",
            tuple(str(value) for value in values),
            (Series(t("insights.answers"), tuple(float(score.counts[value]) for value in values)),),
        )
        lines += [*draw(answers, width, table=table), ()]
    return lines + _promise_lines(now, width, table=table)


def _promise_lines(now: Insights, width: int, *, table: bool) -> list[Line]:
    known = [name for name in PROMISES if now.promises[name]]
    if not known:
        return [((t("insights.no_promises"), "dim"),)]
    chart = Chart(
        t("insights.promises", kept=share_text(now.kept) if now.kept.n else NOT_KNOWN),
        "bars",
        tuple(t(f"insights.promise.{name}") for name in known),
        (Series(t("insights.count_name"), tuple(float(now.promises[name]) for name in known)),),
    )
    return draw(chart, width, table=table)
