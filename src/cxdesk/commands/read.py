"""Reading without a screen: queue, customer, ticket, wait, stats, doctor, each as a table or as JSON."""

import json
from argparse import Namespace
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from cxdesk import places
from cxdesk.commands.desk import configure, open_desk
from cxdesk.desk import Desk
from cxdesk.desk.telling import told
from cxdesk.domain import moments
from cxdesk.domain.inert import inert_line
from cxdesk.domain.records import as_row
from cxdesk.domain.words import Language, Status
from cxdesk.i18n import language, t
from cxdesk.storage import check, stats
from cxdesk.storage.faults import as_faults
from cxdesk.storage.store import Store
from cxdesk.widgets.lines import column

__all__ = ["run"]

Answer = tuple[Any, list[str]]
"""What ``--json`` prints, and the lines printed without it."""


def run(options: Namespace) -> int:
    """Open the file for reading (``doctor --rebuild`` for writing), answer, and print."""
    folder = places.data_folder(options.data)
    settings, _ = configure(folder, options)
    write = options.command == "doctor" and options.rebuild
    with Store.open(folder, write=write) as store:
        desk = open_desk(store, settings, places.now)
        with as_faults(store.path):
            data, lines = _COMMANDS[options.command](desk, options)
    if options.json:
        print(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        print("\n".join(inert_line(line, 1000) for line in lines) or t("cli.nothing"))
    return 1 if isinstance(data, dict) and data.get("ok") is False else 0


def _queue(desk: Desk, _options: Namespace) -> Answer:
    now = desk.clock()
    desk.waits.start(desk.db, now)
    waits = desk.waits.refresh(now).waits
    rows, lines = [], []
    for section, ids in desk.read.sections(desk.agent):
        lines.append(t(f"queue.{section}", n=len(ids)))
        found = desk.read.rows(ids)
        for key in ids:
            row, wait = found[key], waits.get(key)
            known = asdict(wait) if wait and wait.known else None
            rows.append(
                {"section": section, "customer": row.name, "holder": row.holder, "wait": known} | as_row(row.ticket)
            )
            ticket = row.ticket
            waited = moments.duration((now - ticket.waiting_since) / 1000, language())
            name, topic = row.name or t("customer.unknown"), t(f"topic.{ticket.topic}")
            lines.append(
                f"  #{ticket.number}  {column(name, 16)} {column(t(f'channel.{ticket.channel}'), 8)}"
                f" {column(topic, 18)} {waited}"
            )
    return rows, lines


def _customer(desk: Desk, options: Namespace) -> Answer:
    found, lines = [], []
    for hit in desk.read.find_people(options.text).hits:
        memory = desk.read.memory(hit.customer.id) if hit.customer else None
        if memory is None:
            continue
        found.append(
            as_row(memory.customer)
            | {
                "segment": memory.standing.segment,
                "orders": memory.standing.summary.orders,
                "spent": memory.standing.summary.spent,
                "currency": memory.standing.summary.currency,
            }
            | {
                name: [as_row(record) for record in getattr(memory, name)]
                for name in ("identities", "purchases", "preferences", "notes", "promises", "tags")
            }
            | {"contacts": [asdict(contact) for contact in memory.contacts]}
        )
        segment = t(f"segment.{memory.standing.segment}")
        lines.append(
            f"{column(memory.customer.name, 16)} {segment} · {t('memory.orders', n=memory.standing.summary.orders)}"
        )
    return found, lines


def _ticket(desk: Desk, options: Namespace) -> Answer:
    from cxdesk.widgets.thread import thread_lines

    ticket = desk.read.numbered(options.number)
    thread = desk.read.thread(ticket.id) if ticket else None
    if thread is None:
        return {"ok": False}, []
    data = as_row(thread.ticket) | {
        "customer": as_row(thread.customer) if thread.customer else None,
        "messages": [as_row(message) for message in thread.messages],
        "promises": [as_row(promise) for promise in thread.promises],
        "quotes": [as_row(quote) for quote in thread.quotes],
        "tags": [tag.tag for tag in thread.tags],
    }
    spans = thread_lines(thread, 100, desk.zone, desk.clock())
    name = thread.customer.name if thread.customer else t("customer.unknown")
    head = f"#{thread.ticket.number} {name} · {t(f'status.{thread.ticket.status}')}"
    return data, [head, *("".join(text for text, _ in line) for line in spans)]


def _wait(desk: Desk, options: Namespace) -> Answer:
    """The wait of one ticket, with the sentence for it, or of somebody who comes now."""
    now = desk.clock()
    if options.report:
        return _report(desk)
    desk.waits.start(desk.db, now)
    if options.number is None:
        wait = desk.waits.refresh(now).newcomer
        data = asdict(wait) if wait and wait.known else {"state": "no_agents"}
        line = moments.duration(wait.expected, language()) if wait and wait.known else t("status.nobody_on_duty")
        return data, [line]
    ticket = desk.read.numbered(options.number)
    if ticket is None or ticket.status is not Status.WAITING:
        return {"ok": False}, []
    wait = desk.waits.estimate(ticket, now)
    saying = told(wait, Language(language()), now, ticket)
    known = asdict(wait) if wait and wait.known else {"state": "no_agents"}
    return known | {"sentence": saying.sentence if saying else ""}, [saying.sentence if saying else ""]


def _report(desk: Desk) -> Answer:
    """How honest the told waits have been over 7 and 30 days, and the mean time in hand by topic."""
    from cxdesk.screens.honesty import honesty_lines

    data = {
        "told": [
            asdict(figures) | {"inside_share": figures.inside_share, "late_share": figures.late_share}
            for figures in (desk.read.honesty(days) for days in (7, 30))
        ],
        "service_times": [asdict(time) for time in desk.read.service_times(30)],
    }
    return data, ["".join(text for text, _ in line) for line in honesty_lines(desk)]


def _stats(desk: Desk, options: Namespace) -> Answer:
    now = desk.clock()
    figures = stats.since(desk.db, max(0, now - options.days * 86_400_000), now)
    return figures, [f"{column(t(f'stats.{name}'), 28)} {value}" for name, value in figures.items()]


def _doctor(desk: Desk, options: Namespace) -> Answer:
    lines = []
    if options.rebuild:
        with desk.store.transaction() as db:
            check.rebuild(db)
        lines.append(t("cli.doctor_rebuilt"))
    faults = check.faults(desk.db)
    if faults:
        return {"ok": False, "faults": faults}, [t("cli.doctor_bad", detail="; ".join(faults[:3]))]
    return {"ok": True, "rebuilt": options.rebuild}, [t("cli.doctor_good"), *lines]


_COMMANDS: dict[str, Callable[[Desk, Namespace], Answer]] = {
    "queue": _queue,
    "customer": _customer,
    "ticket": _ticket,
    "wait": _wait,
    "stats": _stats,
    "doctor": _doctor,
}
