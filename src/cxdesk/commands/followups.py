"""``cxdesk followups``: the promises that are open, how promises were kept, and the open ones as a calendar."""

import json
import sys
from argparse import Namespace
from datetime import timedelta
from pathlib import Path
from typing import Any

from cxdesk.commands.desk import reading
from cxdesk.desk import Desk, Fault
from cxdesk.domain import moments
from cxdesk.domain.inert import inert_line
from cxdesk.domain.promises import Kept, Promised, is_due
from cxdesk.domain.records import as_row
from cxdesk.i18n import t
from cxdesk.widgets.promises import kept_line, promise_row, what_of

__all__ = ["run"]

_WIDTH = 120
_FORMULA = "share = in_time / n; n = in_time + late + broken + moved + overdue"


def run(options: Namespace) -> int:
    """Read, and print, or write the calendar; ``--ics -`` writes it to standard output."""
    with reading(options) as desk:
        if options.report:
            _print_report(desk.promises.figures(options.days), options)
        elif options.ics:
            _write_calendar(desk, _chosen(desk, options.due), options.ics)
        else:
            _print_list(desk, _chosen(desk, options.due), options)
    return 0


def _chosen(desk: Desk, due: str) -> tuple[Promised, ...]:
    """The open promises due by the end of today, or of the week from today, or all."""
    days = {"today": 1, "week": 7}.get(due)
    if days is None:
        return desk.promises.board()
    today = moments.local(desk.clock(), desk.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return desk.promises.board(moments.instant(today + timedelta(days=days)))


def _print_list(desk: Desk, found: tuple[Promised, ...], options: Namespace) -> None:
    now = desk.clock()
    if options.json:
        print(json.dumps([_as_json(one, now) for one in found], ensure_ascii=False, indent=2))
        return
    lines = ["".join(text for text, _ in promise_row(one, now, desk.zone, _WIDTH)) for one in found]
    print("\n".join(inert_line(line, 1000) for line in lines) or t("promises.none"))


def _as_json(one: Promised, now: int) -> dict[str, Any]:
    return as_row(one.promise) | {
        "customer": one.name,
        "agent": one.agent,
        "number": one.number,
        "overdue": is_due(one.promise.due_at, now, one.told_at),
        "customer_came_at": one.answered_at,
    }


def _print_report(kept: Kept, options: Namespace) -> None:
    if options.json:
        names = ("in_time", "late", "broken", "moved", "overdue", "answered", "n", "share")
        figures = {name: getattr(kept, name) for name in names}
        figures["interval"] = kept.ends if kept.share is not None else None
        print(json.dumps(figures | {"days": options.days, "formula": _FORMULA}, ensure_ascii=False, indent=2))
    else:
        print(kept_line(kept, options.days))
        print(t("promises.formula", answered=kept.answered))


def _write_calendar(desk: Desk, found: tuple[Promised, ...], target: str) -> None:
    """Raises ``Fault`` when the file cannot be written."""
    from cxdesk.domain.ical import Event, calendar

    events = [
        Event(
            f"{one.promise.first_id or one.promise.id}@cxdesk",
            one.promise.due_at,
            " · ".join(part for part in (what_of(one), one.name or "") if part),
            t("promises.ticket", number=one.number, topic=t(f"topic.{one.topic}")) if one.number and one.topic else "",
            one.promise.moves,
        )
        for one in found
    ]
    name = t("promises.calendar", shop=desk.settings.shop.name) if desk.settings.shop.name else t("promises.title")
    text = calendar(events, desk.clock(), name, desk.settings.promises.remind_minutes)
    if target == "-":
        sys.stdout.write(text)
        return
    try:
        path = Path(target)
        path.touch(mode=0o600)  # it names customers
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise Fault("cannot_write", path=target, detail=error.strerror or str(error)) from error
    print(t("promises.written", n=len(events), path=target))
