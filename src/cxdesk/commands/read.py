"""Reading without a screen: queue, customer, ticket, stats, doctor, each as a table or as JSON."""

import json
from argparse import Namespace
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cxdesk import places
from cxdesk.commands.desk import configure, open_desk
from cxdesk.desk import Desk
from cxdesk.domain import moments
from cxdesk.domain.inert import inert_line
from cxdesk.domain.records import Customer, as_row
from cxdesk.domain.segments import Standing
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
    known = desk.read.customer(inert_line(options.text))
    people = [known] if known else [hit.customer for hit in desk.read.find_people(options.text).hits]
    if options.export is not None:
        return _export(desk, [person for person in people if person], Path(options.export))
    if options.journey:
        return _journey(desk, [person for person in people if person])
    found, lines = [], []
    for person in people:
        memory = desk.read.memory(person.id) if person else None
        if memory is None:
            continue
        found.append(
            as_row(memory.customer)
            | {
                "segment": memory.standing.segment,
                "orders": memory.standing.summary.orders,
                "spent": memory.standing.summary.spent,
                "currency": memory.standing.summary.currency,
                "outwaited": memory.standing.outwaited,
                "forbidden": sorted(memory.forbidden),
            }
            | _figures(desk, memory.standing)
            | {
                name: [as_row(record) for record in getattr(memory, name)]
                for name in ("identities", "purchases", "preferences", "notes", "promises", "tags", "days")
            }
            | {"contacts": [asdict(contact) for contact in memory.contacts]}
        )
        segment = t(f"segment.{memory.standing.segment}")
        lines.append(
            f"{column(memory.customer.name, 16)} {segment} · {t('memory.orders', n=memory.standing.summary.orders)}"
        )
    return found, lines


def _figures(desk: Desk, standing: Standing) -> dict[str, Any]:
    """Recency, frequency, money, and the coming year with its formula; ``null`` where too little is known."""
    from cxdesk.domain.figures import rfm, worth

    known = rfm(standing.summary, desk.clock(), desk.settings.segments)
    year = worth(standing.summary, desk.clock())
    formula = "amount = per_order * per_year; per_year = (orders - 1) / years since the first order"
    return {"rfm": asdict(known) if known else None, "year": asdict(year) | {"formula": formula} if year else None}


def _export(desk: Desk, people: list[Customer], folder: Path) -> Answer:
    """Everything about the one person that was meant, as two files."""
    from cxdesk.desk.dossier import write_dossier
    from cxdesk.widgets.dossier import dossier_text

    if len(people) != 1:
        lines = [f"{person.id}  {person.name}" for person in people]
        return {"ok": False, "ids": [person.id for person in people]}, [t("cli.customer_many", n=len(people)), *lines]
    key = people[0].id
    data = desk.read.roster.dossier(key)
    agents = {agent.id: agent.name for agent in desk.read.agents()}
    text = dossier_text(data, desk.read.roster.everything(key), agents, desk.zone)
    paths = write_dossier(folder, key, data, text)
    return {"ok": True, "files": [str(path) for path in paths]}, [
        t("dossier.written", path=str(path)) for path in paths
    ]


def _journey(desk: Desk, people: list[Customer]) -> Answer:
    """The way of everybody who was meant, oldest step first."""
    from cxdesk.widgets.journey import person_lines

    found, lines = [], []
    for person in people:
        steps = desk.insights.person(person.id)
        found.append(
            {
                "id": person.id,
                "name": person.name,
                "steps": [
                    {"at": one.event.at, "kind": one.event.kind, "id": one.event.record.id}
                    | {"stage": one.step.way, "reason": one.step.reason, "feelings": one.feelings}
                    for one in steps
                ],
            }
        )
        shown = person_lines(steps, desk.zone, desk.clock(), 110)
        lines += [person.name, *("".join(text for text, _ in line) for line in shown)]
    return found, lines


def _duplicates(desk: Desk, options: Namespace) -> Answer:
    """People who are probably in the file twice, with the reasons; numbers are masked, ids say who they are."""
    from cxdesk.widgets.merging import reasons_line
    from cxdesk.widgets.privacy import masked

    found, lines = [], []
    for pair in desk.merging.pairs(options.most):
        likeness = pair.likeness
        found.append(
            {
                "people": [{"id": one.id, "name": one.name} for one in (pair.one, likeness.other)],
                "surety": likeness.surety.name.lower(),
                "names": likeness.names.name.lower(),
                "reasons": [{"kind": one.kind, "shown": masked(one.kind, one.shown)} for one in likeness.reasons],
            }
        )
        why = "".join(text for text, _ in reasons_line(likeness))
        names = f"{pair.one.name} = {likeness.other.name}"
        lines.append(f"{column(t(f'surety.{likeness.surety.name.lower()}'), 8)} {column(names, 36)} {why}")
    return found, lines


def _ticket(desk: Desk, options: Namespace) -> Answer:
    from cxdesk.widgets.conversation import thread_lines

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


def _stats(desk: Desk, options: Namespace) -> Answer:
    now = desk.clock()
    figures = stats.since(desk.db, max(0, now - options.days * 86_400_000), now)
    return figures, [f"{column(t(f'stats.{name}'), 28)} {value}" for name, value in figures.items()]


def _doctor(desk: Desk, options: Namespace) -> Answer:
    lines = []
    if options.rebuild:
        with desk.store.transaction() as db:
            check.rebuild(db, desk.settings.shop.time_zone)
        lines.append(t("cli.doctor_rebuilt"))
    faults = check.faults(desk.db)
    if faults:
        return {"ok": False, "faults": faults}, [t("cli.doctor_bad", detail="; ".join(faults[:3]))]
    return {"ok": True, "rebuilt": options.rebuild}, [t("cli.doctor_good"), *lines]


_COMMANDS: dict[str, Callable[[Desk, Namespace], Answer]] = {
    "queue": _queue,
    "customer": _customer,
    "duplicates": _duplicates,
    "ticket": _ticket,
    "stats": _stats,
    "doctor": _doctor,
}
