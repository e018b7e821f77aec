"""What most tests stand on: ids and time that are handed in, an open file, a desk with an agent on duty."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cxdesk import i18n
from cxdesk.desk import Desk
from cxdesk.domain.changes import Stamp
from cxdesk.domain.ids import uuid7
from cxdesk.domain.words import Language
from cxdesk.settings import Settings
from cxdesk.storage.store import Store

START = 1_790_000_000_000
"""Monday 21 September 2026, 22:13:20 in Seoul: any moment would do."""


@dataclass
class Clock:
    """A clock that stands still until somebody moves it."""

    at: int = START

    def __call__(self) -> int:
        return self.at

    def pass_(self, seconds: float) -> None:
        self.at += round(1000 * seconds)


@dataclass
class Mint:
    """Ids in the order they are asked for, the same in every run; ``seed`` keeps two mints apart."""

    seed: int = 0
    made: int = 0

    def __call__(self) -> str:
        self.made += 1
        return uuid7(START, self.seed << 62 | self.made)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def mint() -> Mint:
    return Mint()


@pytest.fixture
def stamp(clock: Clock, mint: Mint) -> Stamp:
    return Stamp(clock(), None, mint)


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the schema and nothing in it: building one takes most of a second, copying it nothing."""
    folder = tmp_path_factory.mktemp("blank")
    Store.open(folder).close()
    return folder / "desk.db"


@pytest.fixture
def folder(tmp_path: Path, blank: Path) -> Path:
    """A data folder with an empty desk."""
    made = tmp_path / "desk"
    made.mkdir()
    shutil.copy(blank, made / "desk.db")
    return made


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with Store.open(folder) as opened:
        yield opened


@pytest.fixture
def desk(store: Store, clock: Clock, mint: Mint) -> Desk:
    """A desk on a file of its own, with 이서준 on duty and nothing to undo."""
    made = Desk(store, Settings(), clock=clock, mint=mint)
    made.sign_in("이서준")
    with store.transaction() as db:
        db.execute("DELETE FROM change_log")
    return made


@pytest.fixture(autouse=True)
def _korean() -> Iterator[None]:
    """Korean unless a test says otherwise, whatever the machine's locale is."""
    i18n.use(Language.KO)
    yield
    i18n.use(Language.KO)
