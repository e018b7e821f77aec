"""``cxdesk``: open the desk on the terminal."""

import gc
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cxdesk import i18n, places
from cxdesk.desk import Desk
from cxdesk.domain.records import Agent
from cxdesk.domain.words import Language
from cxdesk.i18n import t
from cxdesk.keys import KeymapError, read_keymap
from cxdesk.settings import THEMES, Problem, Settings, read_settings
from cxdesk.storage.faults import as_faults
from cxdesk.storage.rows import fetch
from cxdesk.storage.store import Store

__all__ = ["configure", "open_desk", "reading", "run", "show"]

Clock = Callable[[], int]


def run(options: Namespace) -> int:
    """Open the desk in the data folder."""
    folder = places.data_folder(options.data)
    settings, notice = configure(folder, options)
    with Store.open(folder) as store:
        desk = open_desk(store, settings, places.now)
        return show(desk, folder, notice=notice, language=options.lang)


def configure(folder: Path, options: Namespace) -> tuple[Settings, str]:
    """The settings in force and a sentence about what could not be used, if anything."""
    settings, problems = read_settings(folder / "cxdesk.toml")
    if not options.lang and settings.view.language != "auto":
        i18n.use(Language(settings.view.language))
    return settings, " ".join(sentence(problem) for problem in problems)


def sentence(problem: Problem, ends: str = "config.problem") -> str:
    """A problem of a configuration file in words; ``ends`` says what follows from it."""
    where = t("config.at_line", n=problem.line) if problem.line else ""
    reason = t(f"config.{problem.code}", detail=problem.detail)
    return t(ends, file=problem.file, where=where, reason=reason)


def open_desk(store: Store, settings: Settings, clock: Clock) -> Desk:
    """A desk on an open file, with the agent who last worked on this machine."""
    agent_id = store.recall("agent")
    agent = fetch(store.db, Agent, "id = ?", agent_id) if agent_id else None
    return Desk(store, settings, clock=clock, mint=places.mint, agent=agent)


@contextmanager
def reading(options: Namespace) -> Iterator[Desk]:
    """The desk of the data folder, for a command that only reads. What is wrong with the file is a ``Fault``."""
    folder = places.data_folder(options.data)
    settings, _ = configure(folder, options)
    with Store.open(folder, write=False) as store, as_faults(store.path):
        yield open_desk(store, settings, places.now)


def show(
    desk: Desk,
    folder: Path,
    *,
    notice: str = "",
    language: str | None = None,
    pulse: Callable[[], bool] | None = None,
) -> int:
    """Run the screen until the agent leaves. Exit code 2 when there is no terminal or the keymap cannot be used."""
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        print(t("cli.no_terminal"), file=sys.stderr)
        return 2
    try:
        keymap = read_keymap(folder / "keymap.toml")
    except KeymapError as error:
        problem = Problem(error.file, error.line, error.code, error.detail)
        print(sentence(problem, "config.refused"), file=sys.stderr)
        return 2
    if not language and (chosen := desk.store.recall("language")):
        i18n.use(Language(chosen))
    theme = desk.store.recall("theme") or desk.settings.view.theme
    from cxdesk.app import DeskApp

    app = DeskApp(
        desk,
        keymap,
        folder / "scripts",
        theme=theme if theme in THEMES else "dark",
        notice=notice,
        pulse=pulse,
        first_frame=_settle_memory,
    )
    app.run(mouse=desk.settings.view.mouse)
    return app.return_code or 0


def _settle_memory() -> None:
    """Everything imported so far stays for good: collecting it would only be the longest pause of the day."""
    gc.freeze()
    gc.enable()
