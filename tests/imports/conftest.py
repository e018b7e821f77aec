"""A desk on disk, a clock that stands still, and a way to bring a file in."""

import itertools
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cxdesk.domain.changes import Stamp
from cxdesk.domain.ids import uuid7
from cxdesk.imports.choose import choose_map
from cxdesk.imports.convert import Defaults
from cxdesk.imports.ids import RunIds
from cxdesk.imports.maps import ColumnMap, load_maps
from cxdesk.imports.rejects import RejectFile
from cxdesk.imports.run import Job, Outcome, Preview, apply, dry_run
from cxdesk.imports.synonyms import shipped_maps
from cxdesk.imports.table import read_file
from cxdesk.storage.bulk import Importing
from cxdesk.storage.store import Store

NOW = 1_800_000_000_000
SEOUL = Defaults("KRW", ZoneInfo("Asia/Seoul"))


class Desk:
    """One desk and what a person would do with it."""

    def __init__(self, store: Store, folder: Path, first: int = 1) -> None:
        self.store = store
        self.folder = folder
        self._runs = itertools.count(first)

    def job(self, path: Path, map_: ColumnMap | None = None, password: str | None = None) -> Job:
        table = read_file(path, password)
        if map_ is not None:
            return Job(table, map_, SEOUL)
        choice = choose_map(table, load_maps(shipped_maps()))
        assert choice is not None, table.head
        return Job(table.under(choice.header_row), choice.map, SEOUL)

    def bring_in(self, path: Path, map_: ColumnMap | None = None, **more: Any) -> Outcome:
        return self.apply(self.job(path, map_, more.pop("password", None)), **more)

    def apply(self, job: Job, **more: Any) -> Outcome:
        run = next(self._runs)
        ops = itertools.count(run << 40)
        stamp = Stamp(NOW + run, "agent-1", lambda: uuid7(NOW, next(ops)))
        rejects = RejectFile(self.folder / f"rejected-{run}.csv", job.table.header, say)
        ids = RunIds(stamp.at, run)
        return apply(job, Importing(self.store), stamp, ids, clock=lambda: NOW + 9, rejects=rejects, **more)

    def preview(self, path: Path, map_: ColumnMap | None = None, **more: Any) -> Preview:
        return dry_run(self.job(path, map_), Importing(self.store), **more)

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return self.store.db.execute(sql, values).fetchall()

    def shared(self) -> dict[str, list[tuple[Any, ...]]]:
        """Everything an import may touch, except that it took place."""
        names = ("customer", "identity", "purchase", "note", "customer_summary", "search_key", "outbox", "text_row")
        return {name: sorted(self.rows(f"SELECT * FROM {name}"), key=repr) for name in names}  # noqa: S608


def say(code: str, **values: object) -> str:
    return f"{code}: {values}"


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("blank")
    with Store.open(folder) as store:
        store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return (folder / "desk.db").read_bytes()


@pytest.fixture
def desk(blank: bytes, tmp_path: Path) -> Iterator[Desk]:
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "desk.db").write_bytes(blank)
    with Store.open(folder) as store:
        yield Desk(store, tmp_path)
        assert not store.db.in_transaction


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def written(text: str | bytes, name: str = "file.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return written


@pytest.fixture
def scratch() -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(":memory:")
    yield db
    db.close()
