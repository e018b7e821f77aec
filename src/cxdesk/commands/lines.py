"""``cxdesk lines``: find lines to say with how they fared here, or bring canned replies of another program in."""

import json
import sys
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cxdesk import places
from cxdesk.commands.desk import configure
from cxdesk.desk.lines import Lines
from cxdesk.desk.phrases import Phrases
from cxdesk.desk.result import Refused
from cxdesk.domain.inert import inert_line
from cxdesk.domain.words import Stage
from cxdesk.empathy.library import Line
from cxdesk.i18n import language, t
from cxdesk.settings import Settings
from cxdesk.storage.faults import as_faults
from cxdesk.storage.store import Store

__all__ = ["run"]


def run(options: Namespace) -> int:
    """Exit code 1 when a file could not be brought in."""
    folder = places.data_folder(options.data)
    settings, _ = configure(folder, options)
    phrases = Phrases(settings.zone(), folder / "scripts")
    for problem in phrases.problems:
        sentence = t("config.line", file=problem.file, n=problem.row, code=problem.code, detail=problem.detail)
        print(sentence, file=sys.stderr)
    lines = Lines(phrases)
    if options.import_file is not None:
        return _bring(lines, Path(options.import_file).expanduser(), options)
    _look_back(phrases, folder, settings)
    found = [line for line in lines.all(language(), options.text) if not line.hidden]
    if options.json:
        print(json.dumps([_as_json(lines, line) for line in found], ensure_ascii=False, indent=2))
    else:
        rows = [inert_line(f"{line.id}  {line.text}", 1200) for line in found]
        print("\n".join(rows) or t("lines.none"))
    return 0


def _look_back(phrases: Phrases, folder: Path, settings: Settings) -> None:
    """How the lines fared, where there is a desk to look back on."""
    if not (folder / "desk.db").exists():
        return
    with Store.open(folder, write=False) as store, as_faults(store.path):
        phrases.learn(store.db, places.now(), settings.lines)


def _bring(lines: Lines, path: Path, options: Namespace) -> int:
    try:
        brought = lines.bring(path, Stage(options.stage))
    except Refused as refused:
        print(t(f"refused.{refused.code}", **refused.values), file=sys.stderr)
        return 1
    if options.json:
        print(json.dumps(asdict(brought), ensure_ascii=False, indent=2))
        return 0
    for skipped in brought.skipped:
        print(t("lines.skipped", title=skipped.title, reason=t(f"lines.skipped_because.{skipped.code}")))
    count = len(brought.skipped)
    print(t("lines.brought", new=brought.new, changed=brought.changed, same=brought.same, skipped=count))
    return 0


def _as_json(lines: Lines, line: Line) -> dict[str, Any]:
    """A line with its conditions and its record; ``share`` is ``null`` while there are too few outcomes to say."""
    tally = lines.tally(line)
    return {
        "id": line.id,
        "stage": line.stage,
        "text": line.text,
        "emotions": sorted(line.emotions),
        "topics": sorted(line.topics),
        "segments": sorted(line.segments),
        "form": line.form,
        "when": line.when,
        "own": lines.is_own(line),
        **asdict(tally),
        "share": tally.share,
    }
