"""``cxdesk import`` and ``cxdesk export``: files in and out, with progress on standard error."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from getpass import getpass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cxdesk import i18n, places
from cxdesk.commands.desk import configure, open_desk
from cxdesk.desk import Desk
from cxdesk.desk.bring import Bringing, say
from cxdesk.desk.taking_back import Run, past_imports, take_back
from cxdesk.domain import moments
from cxdesk.domain.inert import inert_line
from cxdesk.i18n import t
from cxdesk.imports.reasons import ImportRefused
from cxdesk.imports.run import Preview
from cxdesk.settings import Settings
from cxdesk.storage.older import copy_into, is_older
from cxdesk.storage.portable import export_desk, import_desk
from cxdesk.storage.store import Store

__all__ = ["run"]


def run(options: Namespace) -> int:
    """Carry out the command; 2 when the file is refused, with the reason on standard error."""
    try:
        return _export(options) if options.command == "export" else _import(options)
    except ImportRefused as refusal:
        _complain(say(refusal.code, **refusal.values))
        return 2
    except KeyboardInterrupt:
        _complain(say("cancelled"))
        return 130


def _export(options: Namespace) -> int:
    with Store.open(places.data_folder(options.data), write=False) as store:
        counts = export_desk(store.db, Path(options.folder), options.format)
    _print(options, counts, [f"{table} {count}" for table, count in counts.items()])
    return 0


def _import(options: Namespace) -> int:
    folder = places.data_folder(options.data)
    settings, _ = configure(folder, options)
    if options.list:
        return _list(options, folder, settings)
    if options.undo is not None:
        return _undo(options, folder, settings)
    if options.file is None:
        _complain(t("cli.import_file"))
        return 2
    path = Path(options.file)
    with _store(folder, options.dry_run) as store:
        if path.is_dir():
            counts = import_desk(store, path)
            _print(options, counts, [f"{table} {count}" for table, count in counts.items()])
            return 0
        bringing = _opened(open_desk(store, settings, places.now), path, options.password, folder)
        if options.map_name:
            bringing.read_by(options.map_name)
        if options.map:
            bringing.mean([_pair(text) for text in options.map])
        (_look_ahead if options.dry_run else _bring)(options, bringing)
    return 0


@contextmanager
def _store(folder: Path, looking: bool) -> Iterator[Store]:
    """The desk of the folder. For a look ahead it is only read: an empty one stands in where there is none, and for
    one of an older program a copy that is brought up to date."""
    there = (folder / "desk.db").exists()
    if not looking or (there and not is_older(folder)):
        with Store.open(folder, write=not looking) as store:
            yield store
        return
    with TemporaryDirectory() as scratch:
        if there:
            copy_into(folder, Path(scratch))
        with Store.open(Path(scratch)) as store:
            yield store


def _opened(desk: Desk, path: Path, password: str | None, folder: Path) -> Bringing:
    """The file; whoever sits at a terminal is asked for the password, as often as it takes."""
    while True:
        try:
            return Bringing.open(desk, path, password=password, folder=folder)
        except ImportRefused as refusal:
            if refusal.code not in ("password_needed", "wrong_password") or not sys.stdin.isatty():
                raise
            password = getpass(t(f"ask.{refusal.code}") + ": ")
            if not password:
                raise


def _look_ahead(options: Namespace, bringing: Bringing) -> None:
    preview = bringing.look_ahead(_progress)
    _print(options, asdict(preview), _told(preview))


def _bring(options: Namespace, bringing: Bringing) -> None:
    outcome = bringing.apply(_progress)
    lines = [t("import.done", new=outcome.new, changed=outcome.changed, same=outcome.same)]
    if outcome.rejects:
        lines.append(t("import.rejected", n=outcome.rejected, path=str(outcome.rejects)))
    lines += [say(remark.code, **remark.values) for remark in outcome.remarks]
    _print(options, asdict(outcome), lines)


def _list(options: Namespace, folder: Path, settings: Settings) -> int:
    with Store.open(folder, write=False) as store:
        desk = open_desk(store, settings, places.now)
        found = past_imports(desk)
        lines = [_listed(desk, run) for run in found] or [t("import.none_yet")]
        _print(options, [run._asdict() for run in found], lines)
    return 0


def _listed(desk: Desk, run: Run) -> str:
    at = moments.when(run.started_at, desk.zone, i18n.language(), desk.clock())
    if run.undone_at is not None:
        return t("import.listed_undone", number=run.number, at=at, file=run.file_name)
    counts = {"added": run.added, "changed": run.changed, "rejected": run.rejected}
    return t("import.listed", number=run.number, at=at, file=run.file_name, **counts)


def _undo(options: Namespace, folder: Path, settings: Settings) -> int:
    """Take back the import of that number, the latest that stands for 0."""
    with Store.open(folder) as store:
        desk = open_desk(store, settings, places.now)
        standing = (run for run in past_imports(desk) if run.undone_at is None and options.undo in (0, run.number))
        if (run := next(standing, None)) is None:
            raise ImportRefused("no_run", run=options.undo)
        taken = take_back(desk, run)
    code = "import.taken_back_but" if taken.names else "import.taken_back"
    said = taken._asdict() | {"names": ", ".join(taken.names)}
    _print(options, taken._asdict(), [t(code, **said)])
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
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)  # the line of progress
    if options.json:
        print(json.dumps(data, ensure_ascii=False, indent=2, default=str))
    else:
        print("\n".join(inert_line(line, 1000) for line in lines))


def _complain(sentence: str) -> None:
    print(inert_line(sentence, 1000), file=sys.stderr)


def _progress(done: int, total: int | None) -> None:
    """One line that rewrites itself, on a terminal only."""
    if sys.stderr.isatty():
        share = f" / {total:,} ({done * 100 // max(total, 1)} %)" if total else ""
        print(f"\r{done:,}{share} ", end="", file=sys.stderr, flush=True)
