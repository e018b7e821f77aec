"""``cxdesk incidents``: the incidents, and the short report of one, as text or JSON."""

import json
from argparse import Namespace
from dataclasses import asdict
from typing import Any

from cxdesk.commands.desk import reading
from cxdesk.desk import Desk
from cxdesk.domain.afterwards import Incident
from cxdesk.domain.incidents import due_at
from cxdesk.domain.inert import inert_line
from cxdesk.domain.records import as_row
from cxdesk.i18n import t
from cxdesk.widgets.incidents import incident_line, report_lines

__all__ = ["run"]

_WIDTH = 100


def run(options: Namespace) -> int:
    """Open the file for reading, answer, print. Exit code 1 for an incident that is not there."""
    with reading(options) as desk:
        data, lines = _report(desk, options.report) if options.report else _list(desk)
    if options.json:
        print(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        print("\n".join(inert_line(line, 1000) for line in lines) or t("cli.nothing"))
    return 1 if isinstance(data, dict) and data.get("ok") is False else 0


def _list(desk: Desk) -> tuple[Any, list[str]]:
    now, group = desk.clock(), desk.incidents
    found, lines = [], []
    for one in group.every():
        tickets = group.statuses(one.id)
        due = due_at(one, now, group.rhythm)
        found.append(as_row(one) | {"tickets": tickets, "due_at": due})
        row = "".join(text for text, _ in incident_line(one, sum(tickets.values()), due, now))
        lines.append(f"{one.id[-6:]}  {row}")
    return found, lines


def _report(desk: Desk, text: str) -> tuple[Any, list[str]]:
    """One incident in figures; times in milliseconds, updates as kept of due, the timeline as it was written."""
    incident = _named(desk, text)
    if incident is None:
        return {"ok": False}, [t("cli.incidents_none", id=text)]
    view = desk.incidents.view(incident.id)
    data = as_row(incident) | {
        "report": asdict(view.report),
        "tickets": dict(view.tickets),
        "words": [as_row(word) for word in view.words],
        "timeline": [as_row(entry) for entry in view.entries],
        "people": [as_row(rule) for rule in view.reaches],
    }
    lines = report_lines(view, desk.clock(), desk.zone, _WIDTH)
    return data, ["".join(text for text, _ in line) for line in lines]


def _named(desk: Desk, text: str) -> Incident | None:
    """The one incident whose id ends so."""
    ends = inert_line(text)
    found = [one for one in desk.incidents.every(10_000) if ends and one.id.endswith(ends)]
    return found[0] if len(found) == 1 else None
