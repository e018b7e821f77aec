"""``cxdesk wait``: how long a customer will wait and why, how honest the told waits were, and learning it all anew."""

import json
from argparse import Namespace
from dataclasses import asdict
from typing import Any

from cxdesk import places
from cxdesk.commands.desk import configure, open_desk
from cxdesk.desk import Desk
from cxdesk.desk.waits import LEARNED
from cxdesk.domain import moments
from cxdesk.domain.inert import inert
from cxdesk.domain.words import Status
from cxdesk.i18n import language, t
from cxdesk.storage.faults import as_faults
from cxdesk.storage.store import Store
from cxdesk.widgets.lines import Line

__all__ = ["run"]

Answer = tuple[dict[str, Any], list[str]]
"""What ``--json`` prints, and the lines printed without it."""


def run(options: Namespace) -> int:
    """Open the file for reading (``--rebuild`` for writing), answer, and print."""
    folder = places.data_folder(options.data)
    settings, _ = configure(folder, options)
    with Store.open(folder, write=options.rebuild) as store:
        desk = open_desk(store, settings, places.now)
        with as_faults(store.path):
            data, lines = _answer(desk, options)
    if options.json:
        print(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        print("\n".join(inert(line) for line in lines) or t("cli.nothing"))
    return 1 if data.get("ok") is False else 0


def _answer(desk: Desk, options: Namespace) -> Answer:
    now = desk.clock()
    if options.rebuild:
        return _rebuilt(desk, now)
    desk.waits.start(desk.db, now)
    if options.report:
        return _report(desk)
    return _newcomer(desk, now) if options.number is None else _ticket(desk, options.number, now)


def _rebuilt(desk: Desk, now: int) -> Answer:
    """Learn everything again from the rows, and keep it."""
    desk.waits.rebuild(desk.db, now)
    desk.store.remember(LEARNED, desk.waits.keep(now))
    learned = desk.waits.learned()
    contacts = sum(topic.n for topic in learned)
    data = {"rebuilt": True, "contacts": contacts, "topics": [asdict(topic) for topic in learned]}
    return data, [t("cli.wait_rebuilt", n=contacts)]


def _newcomer(desk: Desk, now: int) -> Answer:
    """The wait of somebody who comes now."""
    outlook = desk.waits.refresh(now)
    wait = outlook.newcomer
    if wait is not None and wait.known:
        return asdict(wait), [moments.duration(wait.expected, language())]
    if outlook.opens_at is None:
        return {"state": "no_agents"}, [t("status.nobody_on_duty")]
    when = moments.when(outlook.opens_at, desk.zone, language(), now)
    return {"state": "closed", "opens_at": moments.iso(outlook.opens_at)}, [t("status.closed_until", when=when)]


def _ticket(desk: Desk, number: int, now: int) -> Answer:
    """The wait of one ticket, with the sentence for it and what it rests on."""
    from cxdesk.widgets.why import order_sentence, why_lines

    ticket = desk.read.numbered(number)
    if ticket is None or ticket.status is not Status.WAITING:
        return {"ok": False}, []
    wait, why = desk.waits.estimate(ticket, now), desk.quotes.why(ticket.id)
    saying = desk.quotes.saying(ticket.id)
    sentence, state = (saying.sentence, saying.state) if saying else ("", "no_agents")
    known = asdict(wait) if wait and wait.known else {}
    lines: list[Line] = [((order_sentence(ticket, desk.place_of(ticket.id)), "text"),)]
    lines += why_lines(wait, why, desk.zone, now) if why else []
    data = known | {"state": state, "sentence": sentence, "why": asdict(why) if why else None}
    return data, [sentence, "", *map(_plain, lines)]


def _report(desk: Desk) -> Answer:
    """How honest the told waits have been over 7 and 30 days, and what was learned of each topic."""
    from cxdesk.widgets.honesty import honesty_lines

    figures = [desk.read.honesty(days) for days in (7, 30)]
    learned, times = desk.waits.learned(), desk.read.service_times(30)
    newcomer = desk.waits.refresh(desk.clock()).newcomer
    basis = newcomer.basis if newcomer else None
    told = [asdict(span) | {"inside_share": span.inside_share, "late_share": span.late_share} for span in figures]
    data = {
        "told": told,
        "learned": [asdict(topic) for topic in learned],
        "service_times": [asdict(time) for time in times],
        "basis": basis,
    }
    return data, [_plain(line) for line in honesty_lines(figures, learned, times, basis)]


def _plain(line: Line) -> str:
    return "".join(text for text, _ in line)
