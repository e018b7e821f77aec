"""``cxdesk insights``: the figures of a period and the customers' way, as text, JSON, CSV, or a page for the owner."""

import json
import sys
from argparse import Namespace
from dataclasses import asdict, is_dataclass
from datetime import date
from enum import Enum
from math import isfinite
from pathlib import Path
from typing import Any

from cxdesk.commands.desk import reading
from cxdesk.desk import Desk, Refused
from cxdesk.desk.sheets import write_sheet
from cxdesk.domain.inert import inert
from cxdesk.domain.insights import JourneyReport, Report
from cxdesk.domain.periods import Period, Unit, around
from cxdesk.i18n import t
from cxdesk.widgets.insight_rows import period_name
from cxdesk.widgets.insight_sheet import csv_rows, html_page
from cxdesk.widgets.insights import part_lines, summary_lines
from cxdesk.widgets.journey import journey_lines
from cxdesk.widgets.lines import Line

__all__ = ["run"]

_WIDTH = 110


def run(options: Namespace) -> int:
    """Print the period, and write the files that were asked for. Exit code 2 for a period that cannot be read."""
    with reading(options) as desk:
        try:
            period = desk.insights.period(options.period) if options.period else _this_week(desk)
        except Refused as refusal:
            print(t(f"refused.{refusal.code}", **refusal.values), file=sys.stderr)
            return 2
        report, journey = desk.insights.report(period), desk.insights.journey(period)
        written = _written(desk, options, report, journey)
        if options.json:
            print(json.dumps(_plain({"report": report, "journey": journey}), ensure_ascii=False, indent=2))
        elif written:
            print("\n".join(t("insights.report.written", path=str(path)) for path in written))
        else:
            print("\n".join(_text(desk, report, journey)))
    return 0


def _this_week(desk: Desk) -> Period:
    return around(Unit.WEEK, desk.insights.today())


def _written(desk: Desk, options: Namespace, report: Report, journey: JourneyReport) -> list[Path]:
    """The files that were asked for, written."""
    made = []
    if options.csv:
        made.append(write_sheet(Path(options.csv).expanduser(), csv_rows(report, journey)))
    if options.html:
        page = html_page(report, journey, desk.settings.shop.name, desk.clock(), desk.zone)
        made.append(write_sheet(Path(options.html).expanduser(), page))
    return made


def _text(desk: Desk, report: Report, journey: JourneyReport) -> list[str]:
    lines: list[Line] = [((period_name(report.now.period), "strong"),), ()]
    if zone := desk.insights.out_of_date():
        lines.append(((t("insights.out_of_date", zone=zone), "warn"),))
    lines += summary_lines(report, _WIDTH)
    if not report.now.empty:
        lines += [(), *part_lines(report.now, _WIDTH, table=True), *journey_lines(journey, _WIDTH)]
    return [inert("".join(text for text, _ in line)) for line in lines]


def _plain(value: Any) -> Any:
    """Values as JSON has them; what has no end, such as the ratio to nothing, is null."""
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return None if isinstance(value, float) and not isfinite(value) else value
