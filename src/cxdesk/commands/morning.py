"""``cxdesk morning``: whom to see to first today, why, and what to say first."""

import json
from argparse import Namespace
from dataclasses import asdict
from typing import Any

from cxdesk.commands.desk import reading
from cxdesk.domain.inert import inert_line
from cxdesk.domain.morning import Entry
from cxdesk.i18n import t
from cxdesk.widgets.lines import Line
from cxdesk.widgets.morning import entry_row, entry_why, score_words

__all__ = ["run"]

_WIDTH = 120


def run(options: Namespace) -> int:
    """Read the list and print it."""
    with reading(options) as desk:
        found, now = desk.morning.read(), desk.clock()
    if options.json:
        entries = [_as_json(entry, entry_why(entry, now, desk.zone)) for entry in found.entries]
        data = {"entries": entries, "more": found.more, "done": found.done}
        print(json.dumps(data, ensure_ascii=False, indent=2))
        return 0
    for entry in found.entries:
        print(_text(entry_row(entry, now, desk.zone, _WIDTH)))
        print("    " + inert_line(f"“{entry.sentence}”", 1000))
        print(f"    {score_words(entry)}")
    if not found.entries:
        print(t("morning.all_done", n=found.more) if found.more else t("morning.none"))
    return 0


def _text(line: Line) -> str:
    return inert_line("".join(text for text, _ in line), 1000)


def _as_json(entry: Entry, why: str) -> dict[str, Any]:
    one = entry.candidate
    return {
        "kind": one.kind,
        "customer_id": one.customer_id,
        "customer": entry.customer.name if entry.customer else None,
        "ticket_id": one.ticket_id,
        "subject": one.subject,
        "due_at": one.at,
        "why": why,
        "sentence": entry.sentence,
        "score": entry.score,
        "parts": [asdict(part) for part in entry.parts],
    }
