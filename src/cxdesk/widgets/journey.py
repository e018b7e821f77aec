"""The customer's way as lines: stage by stage with its curve of feelings, one person's steps, and the touchpoints."""

from collections.abc import Sequence
from datetime import tzinfo

from cxdesk.domain import moments
from cxdesk.domain.insights import JourneyReport, Share, StageFigures
from cxdesk.domain.journey import Touch, Weighed
from cxdesk.domain.passages import Passage, Stretch, stretches
from cxdesk.domain.records import Feedback, Purchase, Ticket
from cxdesk.i18n import language, t
from cxdesk.widgets.heat import LEVELS, level
from cxdesk.widgets.insight_rows import NOT_KNOWN, length, score_text, share_text
from cxdesk.widgets.lines import Line, column, fit, paragraph
from cxdesk.widgets.privacy import shared_text

__all__ = ["journey_lines", "person_lines", "rule_lines", "touch_lines", "touch_name"]

_STAGE, _WAIT, _MOOD = 15, 13, 19
_HEIGHTS = (2, 1, 0, -1, -2)
_MOODS = {-2: "▁", -1: "▂", 0: "▄", 1: "▆", 2: "█"}
_RULES = ("praise", "order", "after", "asks_again", "asks", "stranger", "often", "customer")


# -- everybody's


def journey_lines(report: JourneyReport, width: int) -> list[Line]:
    """A row for each stage, then the curve of feelings over the stages."""
    most = max((stage.contacts for stage in report.stages), default=0)
    if not most and not any(report.buyers.values()):
        return paragraph(t("insights.nothing"), "dim", width)
    head = column("", _STAGE) + column(t("journey.contacts"), 9) + column(t("journey.wait"), _WAIT)
    lines: list[Line] = [((head + column(t("journey.mood"), _MOOD) + t("journey.answers"), "dim"),)]
    lines += [fit(_stage(stage, report.buyers.get(stage.way), most), width) for stage in report.stages]
    return [*lines, (), ((t("journey.curve"), "accent"),), *_curve(report.stages, width)]


def _stage(stage: StageFigures, bought: int | None, most: int) -> Line:
    answers = " · ".join(f"{scale.upper()} {score_text(score)}" for scale, score in stage.answers.items())
    if bought is not None:
        answers = " · ".join(filter(None, (t(f"journey.buyers.{stage.way}", n=bought), answers)))
    return (
        (column(t(f"way.{stage.way}"), _STAGE), "strong"),
        (f"{LEVELS[level(stage.contacts, most)]} ", "accent"),
        (column(str(stage.contacts), 7), "text"),
        (column(length(stage.wait.median if stage.wait else None), _WAIT), "text"),
        (column(f"{_felt(stage.start)} → {_felt(stage.end)}", _MOOD), "text"),
        (answers, "dim"),
    )


def _felt(value: float | None) -> str:
    return NOT_KNOWN if value is None else f"{_MOODS[round(value)]} {value:+.1f}"


def _curve(stages: Sequence[StageFigures], width: int) -> list[Line]:
    """Five rows from good to bad; a stage where nothing is known stays empty."""
    each = max(8, min(16, (width - 4) // len(stages)))
    lines: list[Line] = []
    for height in _HEIGHTS:
        row: Line = ((f"{height:+d} " if height else " 0 ", "dim"),)
        for stage in stages:
            signs = "".join(
                sign if value is not None and round(value) == height else " "
                for sign, value in (("○", stage.start), ("●", stage.end))
            )
            row += ((column(f"  {signs}", each), "accent"),)
        lines.append(row)
    names = "".join(column(t(f"way.{stage.way}"), each - 1) + " " for stage in stages)
    return [*lines, (("   " + names, "dim"),)]


def rule_lines(width: int) -> list[Line]:
    """The rules by which a contact is put into a stage, in their order."""
    lines: list[Line] = [((t("journey.rules"), "accent"),)]
    for number, reason in enumerate(_RULES, 1):
        lines += paragraph(f"{number}. " + t(f"journey.reason.{reason}"), "text", width, indent="  ", first="  ")
    return lines


# -- one person's


def person_lines(found: Sequence[Passage], zone: tzinfo, now: int, width: int) -> list[Line]:
    """Stage by stage what happened, with the rule that put it there; then the feelings, one after the other."""
    if not found:
        return paragraph(t("journey.nothing"), "dim", width)
    lines: list[Line] = []
    feelings = [feeling for passage in found for feeling in passage.feelings]
    if feelings:
        curve = "".join(_MOODS[feeling] for feeling in feelings[-max(10, width - 40) :])
        lines += [((column(t("journey.curve_own"), 30) + " ", "dim"), (curve, "accent")), ()]
    for stretch in stretches(found):
        lines += [_head(stretch), *(_passage(one, zone, now, width) for one in stretch.passages), ()]
    return lines[:-1]


def _head(stretch: Stretch) -> Line:
    line: Line = ((column(t(f"way.{stretch.way}"), _STAGE), "accent" if stretch.passages else "dim"),)
    if stretch.contacts:
        wait = f" · {t('journey.wait')} {length(stretch.wait.median)}" if stretch.wait else ""
        line += ((f"{t('journey.contacts')} {stretch.contacts}{wait}", "text"),)
    if stretch.feelings:
        line += (("  " + "".join(_MOODS[feeling] for feeling in stretch.feelings[-24:]), "accent"),)
    if stretch.answers:
        line += (("  " + " · ".join(f"{one.scale.upper()} {one.value}" for one in stretch.answers[-3:]), "good"),)
    return line


def _passage(passage: Passage, zone: tzinfo, now: int, width: int) -> Line:
    when = moments.day(passage.event.at, zone, language(), now)
    record = passage.event.record
    what, role = "", "text"
    if isinstance(record, Ticket):
        said = shared_text(passage.event.said).replace("\n", " ")
        what = f"{t(f'channel.{record.channel}')} · {t(f'topic.{record.topic}')}  {said}"
    elif isinstance(record, Purchase):
        what, role = shared_text(record.product), "good"
    elif isinstance(record, Feedback):
        what, role = f"{record.scale.upper()} {record.value}  {shared_text(record.comment)}", "quote"
    reason = t(f"journey.reason.{passage.step.reason}")
    room = max(12, width - 18 - 34)
    return fit(
        ((column("  " + when, 18), "dim"), (column(what, room - 1) + " ", role), (column(reason, 34), "dim")), width
    )


# -- touchpoints


def touch_name(touch: Touch) -> str:
    """A touchpoint in words."""
    return f"{t(f'channel.{touch.channel}')} · {t(f'topic.{touch.topic}')}"


def touch_lines(points: Sequence[Weighed], at: int, width: int) -> list[Line]:
    """A row for each touchpoint, the most worthwhile first; the one at ``at`` is marked."""
    if not points:
        return paragraph(t("insights.nothing"), "dim", width)
    first = max(14, min(28, width - 60))
    names = ("frequency", "severity", "impact", "feasibility", "priority")
    head = column(t("touch.point"), first + 2)
    head += "".join(column(t(f"touch.{name}"), 13 if name == "severity" else 11, right=True) for name in names)
    lines: list[Line] = [fit(((head, "dim"),), width)]
    for n, point in enumerate(points):
        lines.append(fit(_point(point, first, marked=n == at), width))
    return lines


def _point(point: Weighed, first: int, *, marked: bool) -> Line:
    bad = point.touch.hurt + point.touch.left
    severity = share_text(Share(bad, bad + point.touch.well))
    set_by_hand = "●" * point.feasibility + "○" * (5 - point.feasibility) if point.feasibility else "○○○○○"
    return (
        ("▌ " if marked else "  ", "accent"),
        (column(touch_name(point.touch), first), "strong" if marked else "text"),
        (column(f"{point.frequency:.1f}", 11, right=True), "text"),
        (column(severity, 13, right=True), "text"),
        (column(f"{100 * point.impact:.0f} %", 11, right=True), "text"),
        (column(set_by_hand, 11, right=True), "key" if point.feasibility else "dim"),
        (column(f"{100 * point.priority:.0f}", 11, right=True), "strong"),
    )
