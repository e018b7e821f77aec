"""``cxdesk staffing``: how many people, for the next hour and the next open day of this desk, or for given figures."""

import json
from argparse import Namespace
from dataclasses import asdict
from typing import Any

from cxdesk import places
from cxdesk.commands.desk import configure, open_desk
from cxdesk.desk import Desk
from cxdesk.domain import moments
from cxdesk.domain.inert import inert
from cxdesk.i18n import language, t
from cxdesk.storage.store import Store
from cxdesk.wait import PlanRow, plan, prior_for
from cxdesk.widgets.lines import column

__all__ = ["run"]

Answer = tuple[dict[str, Any], list[str]]
"""What ``--json`` prints, and the lines printed without it."""

_WIDTH = 90


def run(options: Namespace) -> int:
    """Print the next hour and the next day; with ``--arrivals`` or ``--aht`` a table of the formula alone."""
    folder = places.data_folder(options.data)
    settings, _ = configure(folder, options)
    with Store.open(folder, write=False) as store:
        desk = open_desk(store, settings, places.now)
        desk.waits.start(desk.db, desk.clock())
        asked = options.arrivals is not None or options.aht is not None
        data, lines = _by_formula(desk, options) if asked else _by_desk(desk, options)
    if options.json:
        print(json.dumps(data, ensure_ascii=False, indent=2, default=str))
    else:
        print("\n".join(inert(line) for line in lines))
    return 0


def _by_desk(desk: Desk, options: Namespace) -> Answer:
    from cxdesk.desk.staffing import next_day, next_hour
    from cxdesk.widgets.chart import draw
    from cxdesk.widgets.staffing import day_chart, day_lines, hour_lines, wait_chart

    hour = next_hour(desk, desk.db, target=options.target)
    day = next_day(desk, desk.db, target=options.target, shrinkage=options.shrinkage)
    lines = [*draw(wait_chart(hour), _WIDTH), (), *hour_lines(hour), ()] if hour else []
    if day is not None:
        lines += draw(day_chart(day, desk.zone, desk.clock()), _WIDTH) if day.slots else []
        lines += day_lines(day)
    data = {"next_hour": asdict(hour) if hour else None, "next_day": asdict(day) if day else None}
    return data, ["".join(text for text, _ in line) for line in lines]


def _by_formula(desk: Desk, options: Namespace) -> Answer:
    """Erlang A for so many contacts an hour; what is not given comes from the desk's own past."""
    from cxdesk.desk.staffing import contact_s, next_hour

    arrivals, aht = options.arrivals, options.aht
    if arrivals is None:
        hour = next_hour(desk, desk.db, extras=(0,), target=options.target)
        arrivals = hour.arrivals if hour else 0.0
    share, seconds = options.target
    prior = prior_for(desk.settings.waiting.business)
    aht = contact_s(desk) if aht is None else max(1.0, aht)
    made = plan(arrivals, aht, target=(share, seconds), patience_s=prior.patience_s, shrinkage=options.shrinkage)
    lines = [
        t("staffing.head", arrivals=round(arrivals, 1), aht=moments.duration(aht, language())),
        t("staffing.target", share=round(share * 100), seconds=round(seconds)),
    ]
    lines += [("→ " if row.agents == made.needed else "  ") + _line(row) for row in made.rows]
    if made.simulate_instead:
        lines.append(t("staffing.rough"))
    return {"arrivals_per_hour": arrivals, "aht_s": aht} | asdict(made), lines


def _line(row: PlanRow) -> str:
    if row.service_level is None or row.asa_s is None or row.occupancy is None:
        return f"{row.agents:>3}  " + t("staffing.overload", grows=round(row.grows_per_hour, 1))
    parts = [
        t("staffing.level", share=round(row.service_level * 100)),
        t("staffing.wait", time=moments.duration(row.asa_s, language())),
        t("staffing.leave", share=round((row.abandon or 0) * 100, 1)),
        t("staffing.busy", share=round(row.occupancy * 100)),
        t("staffing.roster", n=row.to_roster),
    ]
    return f"{row.agents:>3}  " + " ".join(column(part, 18) for part in parts)
