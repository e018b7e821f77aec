"""``cxdesk feedback``: what customers answered in the last days, or a file of answers in."""

import json
import sys
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cxdesk import places
from cxdesk.commands.desk import configure, open_desk
from cxdesk.desk import Desk
from cxdesk.desk.answers import say
from cxdesk.domain import moments
from cxdesk.domain.feedback import Score
from cxdesk.domain.inert import inert_line
from cxdesk.i18n import language, t
from cxdesk.imports.reasons import ImportRefused, Reject
from cxdesk.storage.faults import as_faults
from cxdesk.storage.store import Store
from cxdesk.widgets.feedback import score_lines

__all__ = ["run"]

_SHOWN = 20
"""Rejected lines that are named on the screen; the file has all of them."""


def run(options: Namespace) -> int:
    """Exit code 2 when the file is refused, 1 when lines of it were."""
    folder = places.data_folder(options.data)
    settings, _ = configure(folder, options)
    write = options.import_file is not None
    with Store.open(folder, write=write) as store, as_faults(store.path):
        desk = open_desk(store, settings, places.now)
        return _bring(desk, options) if write else _figures(desk, options)


def _bring(desk: Desk, options: Namespace) -> int:
    try:
        brought = desk.feedback.bring(Path(options.import_file).expanduser())
    except ImportRefused as refusal:
        print(inert_line(t(f"import.{refusal.code}", **refusal.values), 1000), file=sys.stderr)
        return 2
    rejected = [_rejected(reject) for reject in brought.rejected]
    counts = {"new": len(brought.answers), "same": brought.same, "rejected": len(rejected)}
    if options.json:
        file = str(brought.rejects) if brought.rejects else None
        print(json.dumps(counts | {"rejects": rejected, "file": file}, ensure_ascii=False, indent=2))
    else:
        for line in rejected[:_SHOWN]:
            print(inert_line(t("feedback.rejected_line", row=line["row"], reason=line["reason"]), 1000))
        print(t("feedback.brought", **counts))
        if brought.rejects:
            print(t("import.rejected", n=len(rejected), path=str(brought.rejects)))
    return 1 if rejected else 0


def _rejected(reject: Reject) -> dict[str, Any]:
    column = reject.values.get("column")
    return {"row": reject.row, "column": column, "code": reject.code, "reason": say(reject.code, **reject.values)}


def _figures(desk: Desk, options: Namespace) -> int:
    scores, comments = desk.feedback.scores(options.days), desk.feedback.comments(options.days)
    if options.json:
        data = {
            "days": options.days,
            "scores": [_as_json(score) for score in scores],
            "comments": [asdict(answer) | {"customer": name} for answer, name in comments],
        }
        print(json.dumps(data, ensure_ascii=False, indent=2))
        return 0
    lines = ["".join(text for text, _ in line) for line in score_lines(scores)]
    for answer, name in comments:
        when = moments.ago(answer.at, desk.clock(), language())
        who = name or t("customer.unknown")
        lines.append(f"{answer.scale.upper()} {answer.value}  “{answer.comment}”  {who}, {when}")
    print("\n".join(inert_line(line, 1000) for line in lines))
    return 0


def _as_json(score: Score) -> dict[str, Any]:
    """A figure with what it rests on; ``null`` where there are too few answers for one."""
    return asdict(score) | {"explained": t(f"feedback.formula.{score.formula}")}
