"""``cxdesk staffing``: how many people for the service you want, from this desk's own figures or from given ones."""

import json
from argparse import Namespace
from dataclasses import asdict

from cxdesk import places
from cxdesk.commands.desk import configure, open_desk
from cxdesk.domain import moments
from cxdesk.i18n import language, t
from cxdesk.storage.store import Store
from cxdesk.wait import PlanRow, plan, prior_for
from cxdesk.widgets.lines import column

__all__ = ["run"]

_DAYS = 28


def run(options: Namespace) -> int:
    """Print a table of a few numbers of people around the one that is needed."""
    folder = places.data_folder(options.data)
    settings, _ = configure(folder, options)
    prior = prior_for(settings.waiting.business)
    arrivals, aht = options.arrivals, options.aht
    if arrivals is None or aht is None:
        with Store.open(folder, write=False) as store:
            desk = open_desk(store, settings, places.now)
            times = desk.read.service_times(_DAYS)
            served = sum(time.n for time in times)
            arrivals = desk.read.arrivals_per_hour(_DAYS) if arrivals is None else arrivals
            if aht is None:
                aht = sum(time.mean_s * time.n for time in times) / served if served else prior.mean
    share, seconds = options.target
    made = plan(arrivals, max(1.0, aht), target=(share, seconds), patience_s=prior.patience_s)
    if options.json:
        print(json.dumps({"arrivals_per_hour": arrivals, "aht_s": aht} | asdict(made), ensure_ascii=False, indent=2))
        return 0
    print(t("staffing.head", arrivals=round(arrivals, 1), aht=moments.duration(aht, language())))
    print(t("staffing.target", share=round(share * 100), seconds=round(seconds)))
    for row in made.rows:
        print(("→ " if row.agents == made.needed else "  ") + _line(row))
    if made.simulate_instead:
        print(t("staffing.small"))
    return 0


def _line(row: PlanRow) -> str:
    if row.service_level is None or row.asa_s is None or row.occupancy is None:
        return f"{row.agents:>3}  " + t("staffing.overload", grows=round(row.grows_per_hour, 1))
    parts = [
        t("staffing.level", share=round(row.service_level * 100)),
        t("staffing.wait", time=moments.duration(row.asa_s, language())),
        t("staffing.leave", share=round((row.abandon or 0) * 100, 1)),
        t("staffing.busy", share=round(row.occupancy * 100)),
    ]
    return f"{row.agents:>3}  " + " ".join(column(part, 20) for part in parts)
