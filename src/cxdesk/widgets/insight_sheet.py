"""A period as rows for a spreadsheet, and as one page for the owner: self-contained, A4, nothing fetched from anywhere.

Everything that is put into the page is escaped; it has no script and no link.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo
from html import escape
from math import isfinite

from cxdesk.domain import moments
from cxdesk.domain.durations import Lengths
from cxdesk.domain.inert import inert_line
from cxdesk.domain.insights import Insights, JourneyReport, Part, Point, Report, Share
from cxdesk.i18n import language, t
from cxdesk.widgets.heat import LEVELS, level, weekday
from cxdesk.widgets.insight_rows import figure_rows, length, period_name, verdict_text
from cxdesk.widgets.insights import PART_COLUMNS, flow_charts, part_cells, part_name
from cxdesk.widgets.journey import touch_name

__all__ = ["csv_rows", "html_page"]

Cell = str | int | float | None
_FEW_TOUCHPOINTS = 6
_WIDE, _HIGH = 320, 80


# -- for a spreadsheet


def csv_rows(report: Report, journey: JourneyReport) -> Iterator[list[Cell]]:
    """Figures with their differences, the parts, the hours of the week, the curve, the stages and the touchpoints."""
    now, then = report.now, report.then
    yield [t("insights.title"), period_name(now.period), t("insights.then"), period_name(then.period)]
    yield []
    names = ("figure", "verdict", "formula", "low", "high")
    figure, verdict, formula, low, high = (t(f"insights.report.{name}") for name in names)
    yield [figure, t("insights.now"), "n", t("insights.then"), "n", verdict, formula, low, high]
    for row in figure_rows(report):
        found = report.differences.get(row.id)
        ends = [_finite(found.low), _finite(found.high)] if found else [None, None]
        yield [row.label, *_raw(now, row.id), *_raw(then, row.id), verdict_text(row.verdict), row.formula, *ends]
    yield []
    for dimension, parts in now.parts.items():
        yield [t(f"insights.by.{dimension}"), *(_unit(name) for name in _PART)]
        for part in parts:
            yield [part_name(dimension, part), *_part(part)]
        yield []
    yield ["", *range(24)]
    for day in range(7):
        yield [weekday(day), *now.hours[24 * day : 24 * day + 24]]
    yield []
    yield from _curve_rows(report.points)
    yield []
    yield from _journey_rows(journey)


def _finite(value: float) -> float | None:
    return round(value, 4) if isfinite(value) else None


def _raw(period: Insights, name: str) -> list[Cell]:
    """A figure as a number (seconds, a share, a score) and what it rests on."""
    known = period.answers.get(name) if name in ("csat", "ces", "nps") else getattr(period, name)
    match known:
        case int():
            return [known, None]
        case Lengths():
            return [round(known.median, 1), known.n]
        case Share():
            return [None if known.value is None else round(known.value, 4), known.n]
        case None:
            return [None, 0]
    return [None if known.value is None else round(known.value, 4), known.n]


_PART = ("arrived", "resolved", "left", "wait", "service", "most", "first")


def _unit(name: str) -> str:
    """The name of a column, with its unit where it is a length of time."""
    shown = t("insights.figure.resolved") if name == "resolved" else t(f"insights.column.{name}")
    return f"{shown} (s)" if name in ("wait", "service", "most") else shown


def _part(part: Part) -> list[Cell]:
    """A part as numbers, under ``_PART``."""
    usual = [
        part.wait.median if part.wait else None,
        part.service.median if part.service else None,
        part.service.p80 if part.service else None,
    ]
    times = [None if value is None else round(value, 1) for value in usual]
    first = part.first.value
    return [part.arrived, part.resolved, part.left, *times, None if first is None else round(first, 4)]


def _curve_rows(points: Sequence[Point]) -> Iterator[list[Cell]]:
    names = ("arrived", "resolved", "wait", "service")
    yield ["", *(t(f"insights.figure.{name}") for name in names[:2]), t("insights.gave_up"), *map(_seconds, names[2:])]
    for point in points:
        usual = [None if value is None else round(value, 1) for value in (point.wait, point.service)]
        yield [point.first.isoformat(), point.arrived, point.resolved, point.left, *usual]


def _seconds(name: str) -> str:
    return f"{t(f'insights.figure.{name}')} (s)"


def _journey_rows(journey: JourneyReport) -> Iterator[list[Cell]]:
    yield [t("journey.all"), t("journey.contacts"), t("insights.start"), t("insights.end")]
    for stage in journey.stages:
        felt = [None if value is None else round(value, 2) for value in (stage.start, stage.end)]
        yield [t(f"way.{stage.way}"), stage.contacts, *felt]
    yield []
    names = ("frequency", "severity", "impact", "feasibility", "priority")
    yield [t("touch.point"), *(t(f"touch.{name}") for name in names)]
    for point in journey.touchpoints:
        severity = None if point.severity is None else round(point.severity, 4)
        weighed = [round(point.frequency, 2), severity, round(point.impact, 4), point.feasibility]
        yield [touch_name(point.touch), *weighed, round(point.priority, 4)]


# -- for the owner

_STYLE = """
@page { size: A4; margin: 10mm 13mm }
body { font: 7.9pt/1.28 system-ui, "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", sans-serif; color: #1a1f26;
  max-width: 184mm; margin: 0 auto }
h1 { font-size: 14pt; margin: 0 } h2 { font-size: 9.5pt; margin: 2.6mm 0 .8mm; border-bottom: 1px solid #9aa4ae }
p { margin: .4mm 0; color: #57606a } table { border-collapse: collapse; width: 100% }
th { text-align: left; font-weight: 600; color: #57606a } td, th { padding: .1mm 1.5mm .1mm 0; vertical-align: top }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
table.week { table-layout: fixed }
table.week td { text-align: center; padding: .2mm 0; border: 1px solid #fff; font-size: 6.5pt }
svg { width: 100%; height: auto } section { break-inside: avoid; flex: 1 } .row { display: flex; gap: 6mm }
""".strip()


def html_page(report: Report, journey: JourneyReport, shop: str, made: int, zone: tzinfo) -> str:
    """The page as one text. ``shop`` is the shop's name, ``made`` the present."""
    name = inert_line(shop) or t("insights.report.shop")
    title = t("insights.report.head", shop=name)
    charts = zip(flow_charts(report.points), _KINDS, strict=True)
    body = [
        f"<h1>{_safe(title)}</h1>",
        _paragraph(period_name(report.now.period)),
        _paragraph(t("insights.nothing")) if report.now.empty else _figures(report),
        _row(_curve(chart.title, report.points, kinds) for chart, kinds in charts),
        _section(t("insights.week", n=report.now.arrived), _week(report.now.hours)),
        _row(_part_section(report.now, dimension) for dimension in report.now.parts),
        _row((_section(t("journey.all"), _stages(journey)), _section(t("touch.title"), _touchpoints(journey)))),
        _paragraph(t("touch.formula")),
        _paragraph(t("insights.report.made", at=f"{moments.local(made, zone):%Y-%m-%d %H:%M}")),
    ]
    return (
        f'<!doctype html>\n<html lang="{language()}"><head><meta charset="utf-8">'
        f"<title>{_safe(title)}</title><style>{_STYLE}</style></head>\n<body>\n"
        + "\n".join(body)
        + "\n</body></html>\n"
    )


def _row(sections: Iterable[str]) -> str:
    """Sections side by side."""
    return f'<div class="row">{"".join(sections)}</div>'


_KINDS = (("arrived", "resolved", "left"), ("wait", "service"))


def _safe(text: str) -> str:
    return escape(inert_line(text), quote=True)


def _paragraph(text: str) -> str:
    return f"<p>{_safe(text)}</p>"


def _section(title: str, body: str) -> str:
    return f"<section><h2>{_safe(title)}</h2>{body}</section>"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The first column is words, the others are numbers."""

    def cells(tag: str, values: Sequence[str]) -> str:
        return "".join(f"<{tag}{' class=n' if n else ''}>{_safe(value)}</{tag}>" for n, value in enumerate(values))

    lines = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    return f"<table><tr>{cells('th', head)}</tr>{lines}</table>"


def _figures(report: Report) -> str:
    head = (t("insights.report.figure"), t("insights.now"), t("insights.then"), t("insights.difference"), "")
    rows = [(row.label, row.now, row.then, row.change, verdict_text(row.verdict)) for row in figure_rows(report)]
    beside = t("insights.no_before" if report.then.empty else "insights.beside", period=period_name(report.then.period))
    return _table(head, rows) + _paragraph(beside)


def _part_section(now: Insights, dimension: str) -> str:
    columns = [name for name in PART_COLUMNS[dimension] if name in ("arrived", "wait", "service")]
    rows = [(part_name(dimension, part), *part_cells(part, columns)) for part in now.parts[dimension]]
    head = ("", *(t(f"insights.column.{name}") for name in columns))
    return _section(t(f"insights.by.{dimension}"), _table(head, rows))


def _curve(title: str, points: Sequence[Point], kinds: Sequence[str]) -> str:
    """Lines from left to right, told apart by their strokes; the most and the days stand at the ends."""
    values = {kind: [getattr(point, kind) for point in points] for kind in kinds}
    most = max((value for line in values.values() for value in line if value is not None), default=0) or 1
    strokes = ("", "6 4", "2 3")
    drawn = "".join(
        f'<polyline fill="none" stroke="#22272e" stroke-dasharray="{stroke}" points="{_along(line, most)}"/>'
        for line, stroke in zip(values.values(), strokes, strict=False)
    )
    said = length(most) if "wait" in kinds else f"{most:.0f}"
    names = [t("insights.gave_up") if kind == "left" else t(f"insights.figure.{kind}") for kind in kinds]
    legend = " · ".join(f"{sign} {name}" for sign, name in zip(("━━", "╍╍", "┄┄"), names, strict=False))
    ends = f"{points[0].first} – {points[-1].last}" if points else ""
    svg = f'<svg viewBox="0 0 {_WIDE} {_HIGH}" role="img"><title>{_safe(title)}</title>{drawn}</svg>'
    return _section(title, svg + _paragraph(f"{legend} · {said} · {ends}"))


def _along(line: Sequence[float | None], most: float) -> str:
    step = (_WIDE - 4) / max(1, len(line) - 1)
    return " ".join(
        f"{2 + n * step:.1f},{_HIGH - 4 - (value / most) * (_HIGH - 8):.1f}"
        for n, value in enumerate(line)
        if value is not None
    )


def _week(hours: Sequence[int]) -> str:
    """A shade and a number for every hour; the number is what counts."""
    most = max(hours, default=0)
    shades = ("#ffffff", "#eef1f4", "#d8dee6", "#bcc7d4", "#9db0c6", "#7d99b8")
    head = "".join(f"<td>{hour}</td>" for hour in range(24))
    rows = []
    for day in range(7):
        cells = "".join(
            f'<td style="background:{shades[level(n, most)]}">{n or LEVELS[0]}</td>'
            for n in hours[24 * day : 24 * day + 24]
        )
        rows.append(f"<tr><td>{_safe(weekday(day))}</td>{cells}</tr>")
    return f'<table class="week"><tr><td></td>{head}</tr>{"".join(rows)}</table>'


def _stages(journey: JourneyReport) -> str:
    rows = []
    for stage in journey.stages:
        felt = " → ".join("–" if value is None else f"{value:+.1f}" for value in (stage.start, stage.end))
        usual = length(stage.wait.median if stage.wait else None)
        rows.append((t(f"way.{stage.way}"), str(stage.contacts), usual, felt))
    return _table(("", t("journey.contacts"), t("journey.wait"), t("journey.mood")), rows)


def _touchpoints(journey: JourneyReport) -> str:
    names = ("frequency", "severity", "impact", "feasibility", "priority")
    rows = []
    for point in journey.touchpoints[:_FEW_TOUCHPOINTS]:
        severity = "–" if point.severity is None else f"{100 * point.severity:.0f} %"
        weighed = (f"{point.frequency:.1f}", severity, f"{100 * point.impact:.0f} %", str(point.feasibility or "–"))
        rows.append((touch_name(point.touch), *weighed, f"{100 * point.priority:.0f}"))
    return _table((t("touch.point"), *(t(f"touch.{name}") for name in names)), rows)
