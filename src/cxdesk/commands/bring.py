"""``cxdesk import`` and ``cxdesk export``: files in and out, with progress on standard error."""

import json
import sys
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cxdesk import places
from cxdesk.commands.desk import configure, open_desk
from cxdesk.desk.bring import Bringing, say
from cxdesk.domain.inert import inert_line
from cxdesk.i18n import t
from cxdesk.imports.reasons import ImportRefused
from cxdesk.imports.run import Preview
from cxdesk.storage.portable import export_desk, import_desk
from cxdesk.storage.store import Store

__all__ = ["run"]


def run(options: Namespace) -> int:
    """Carry out the command; 2 when the file is refused, with the reason on standard error."""
    try:
        return _export(options) if options.command == "export" else _import(options)
    except ImportRefused as refusal:
        print(inert_line(say(refusal.code, **refusal.values), 1000), file=sys.stderr)
        return 2


def _export(options: Namespace) -> int:
    with Store.open(places.data_folder(options.data), write=False) as store:
        counts = export_desk(store.db, Path(options.folder), options.format)
    _print(options, counts, [f"{table} {count}" for table, count in counts.items()])
    return 0


def _import(options: Namespace) -> int:
    folder, path = places.data_folder(options.data), Path(options.file)
    settings, _ = configure(folder, options)
    with Store.open(folder) as store:
        if path.is_dir():
            counts = import_desk(store, path)
            _print(options, counts, [f"{table} {count}" for table, count in counts.items()])
            return 0
        bringing = Bringing.open(open_desk(store, settings, places.now), path, password=options.password)
        if options.map_name:
            bringing.read_by(options.map_name)
        if options.map:
            bringing.mean([_pair(text) for text in options.map])
        if options.dry_run:
            preview = bringing.look_ahead(_progress)
            _print(options, asdict(preview), _told(preview))
        else:
            outcome = bringing.apply(_progress)
            lines = [t("import.done", new=outcome.new, changed=outcome.changed, same=outcome.same)]
            if outcome.rejects:
                lines.append(t("import.rejected", n=outcome.rejected, path=str(outcome.rejects)))
            lines += [say(remark.code, **remark.values) for remark in outcome.remarks]
            _print(options, asdict(outcome), lines)
    return 0


def _pair(text: str) -> tuple[str, str]:
    """``column=field``; the field is after the last ``=``, because a column may hold one. Raises ``ImportRefused``."""
    column, sign, field = text.rpartition("=")
    if not sign:
        raise ImportRefused("unknown_field", field=text)
    return column.strip(), field.strip()


def _told(preview: Preview) -> list[str]:
    lines = [t("import.would", new=preview.new, changed=preview.changed, same=preview.same, rejected=preview.rejected)]
    for fate, examples in preview.examples.items():
        for example in examples:
            shown = ", ".join(f"{name}: {value}" for name, value in example.shown.items())
            reason = f" ({say(example.code, **example.values)})" if example.code else ""
            lines.append(f"  {t(f'import.fate.{fate}')} {example.row}: {shown}{reason}")
    return [*lines, *(say(remark.code, **remark.values) for remark in preview.remarks)]


def _print(options: Namespace, data: Any, lines: list[str]) -> None:
    if options.json:
        print(json.dumps(data, ensure_ascii=False, indent=2, default=str))
    else:
        print("\n".join(inert_line(line, 1000) for line in lines))


def _progress(done: int, total: int | None) -> None:
    """One line that rewrites itself, on a terminal only."""
    if sys.stderr.isatty():
        share = f" / {total:,} ({done * 100 // max(total, 1)} %)" if total else ""
        print(f"\r{done:,}{share} ", end="", file=sys.stderr, flush=True)
