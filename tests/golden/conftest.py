import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cxdesk.domain.words import Language
from tests.golden.screens import Taken, demo_file


@pytest.fixture(scope="session", params=list(Language))
def taken(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Taken:
    """The demo shop of a language, filled once by whichever of the parallel runs comes first."""
    lang: Language = request.param
    own = tmp_path_factory.getbasetemp()
    everybody = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    return Taken(lang, _filled_once(lang, everybody), tmp_path_factory.mktemp("shots"))


def _filled_once(lang: Language, folder: Path) -> Path:
    """An exclusive transaction is a lock that every system has and that goes with its process."""
    with closing(sqlite3.connect(folder / f"demo-{lang}.lock", timeout=300, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        made, done = folder / f"demo-{lang}", folder / f"demo-{lang}.done"
        if not done.exists():
            made.mkdir(exist_ok=True)
            demo_file(lang, made)
            done.touch()
        return made / "desk.db"
