import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool
from sqlmodel import SQLModel

from cxdesk import i18n
from cxdesk.domain.changes import Change, Stamp, insert
from cxdesk.domain.records import Customer
from cxdesk.domain.words import Language
from cxdesk.storage import migrate, store, tables
from cxdesk.storage.faults import Fault
from cxdesk.storage.store import Store
from tests.looking import derived, shared

OURS = {table.__tablename__ for table in (*tables.SHARED, *tables.LOCAL, *tables.DERIVED)}
MINJI = Customer("c1", "김민지", Language.KO)


def pragma(folder: Path, name: str) -> int:
    db = sqlite3.connect(folder / "desk.db")
    try:
        return int(db.execute(f"PRAGMA {name}").fetchone()[0])
    finally:
        db.close()


def schema(db: sqlite3.Connection) -> dict[str, Any]:
    """Columns, keys and indexes of every table of ours, as SQLite sees them."""
    found: dict[str, Any] = {}
    for table in OURS:
        sql = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
        indexes = {
            row[1]: (row[2], [column[2] for column in db.execute(f"PRAGMA index_info({row[1]})")])
            for row in db.execute(f"PRAGMA index_list({table})")
            if row[3] == "c"
        }
        columns = [tuple(row)[1:] for row in db.execute(f"PRAGMA table_info({table})")]
        found[str(table)] = columns, indexes, "WITHOUT ROWID" in sql
    return found


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that knows one migration more than this one."""
    monkeypatch.setattr(migrate, "LATEST", migrate.LATEST + 1)
    monkeypatch.setattr(store, "LATEST", migrate.LATEST)


def test_a_new_file_says_what_it_is_and_how_new(folder: Path) -> None:
    assert pragma(folder, "user_version") == migrate.LATEST
    assert pragma(folder, "application_id") == migrate.APPLICATION_ID


def test_the_migrations_build_exactly_the_tables_of_record(store: Store, tmp_path: Path) -> None:
    other = tmp_path / "metadata.db"
    engine = create_engine(f"sqlite:///{other}", poolclass=NullPool)
    SQLModel.metadata.create_all(engine)
    engine.dispose()
    db = sqlite3.connect(other)
    assert schema(store.db) == schema(db)
    db.close()


def test_alembic_finds_nothing_left_to_migrate(folder: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    engine = create_engine(f"sqlite:///{folder / 'desk.db'}", poolclass=NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, parents: kind != "table" or name in OURS,
            },
        )
        assert compare_metadata(context, SQLModel.metadata) == []
    engine.dispose()


def test_a_table_outside_the_record_is_a_search_index_or_alembics_own(store: Store) -> None:
    found = {row[0] for row in store.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    extra = found - OURS
    assert {name for name in extra if not name.startswith(("text_index", "product_index"))} == {"alembic_version"}


@pytest.mark.usefixtures("later")
def test_an_older_file_is_copied_aside_before_it_is_changed(folder: Path) -> None:
    before = folder.parent / "before"
    shutil.copytree(folder, before)
    with Store.open(folder):
        pass
    assert pragma(folder, "user_version") == migrate.LATEST
    (backup,) = (folder / "backups").iterdir()
    assert backup.name == f"desk-v{migrate.LATEST - 1}-1.db"
    assert backup.stat().st_mode & 0o777 == 0o600
    assert (folder / "backups").stat().st_mode & 0o777 == 0o700
    copy = folder.parent / "copy"
    copy.mkdir()
    shutil.copy(backup, copy / "desk.db")
    assert pragma(copy, "user_version") == migrate.LATEST - 1


def test_what_was_in_an_older_file_is_there_afterwards_and_in_the_copy(
    folder: Path, stamp: Stamp, request: pytest.FixtureRequest
) -> None:
    with Store.open(folder) as opened:
        opened.commit(Change("new", (insert(MINJI),)), stamp)
        rows, found = shared(opened.db), derived(opened.db)
    request.getfixturevalue("later")
    with Store.open(folder) as opened:
        assert shared(opened.db) == rows
        assert derived(opened.db) == found
    db = sqlite3.connect(next((folder / "backups").iterdir()))
    assert shared(db) == rows
    db.close()


@pytest.mark.usefixtures("later")
def test_a_migration_that_fails_leaves_the_file_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (folder / "desk.db").read_bytes()

    def fail(path: Path) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(store, "migrate", fail)
    with pytest.raises(Fault, match="disk_full"):
        Store.open(folder)
    assert (folder / "desk.db").read_bytes() == before
    monkeypatch.undo()
    Store.open(folder).close()


@pytest.mark.usefixtures("later")
def test_every_backup_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: Path) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(store, "migrate", fail)
    for _ in range(2):
        with pytest.raises(Fault):
            Store.open(folder)
    old = migrate.LATEST - 1
    assert {path.name for path in (folder / "backups").iterdir()} == {f"desk-v{old}-1.db", f"desk-v{old}-2.db"}


@pytest.mark.usefixtures("later")
def test_a_reader_does_not_change_an_older_file(folder: Path) -> None:
    with pytest.raises(Fault, match="older_file"):
        Store.open(folder, write=False)
    assert pragma(folder, "user_version") == migrate.LATEST - 1
    assert not (folder / "backups").exists()


@pytest.mark.parametrize("write", [True, False])
def test_a_newer_file_is_refused_with_a_sentence_and_left_alone(folder: Path, write: bool) -> None:
    db = sqlite3.connect(folder / "desk.db")
    db.execute("PRAGMA user_version = 99")
    db.close()
    before = (folder / "desk.db").read_bytes()
    with pytest.raises(Fault) as fault:
        Store.open(folder, write=write)
    assert fault.value.code == "newer_file"
    assert (folder / "desk.db").read_bytes() == before
    for language, words in ((Language.KO, "더 새로운 cxdesk"), (Language.EN, "newer cxdesk (version 99")):
        assert words in i18n.t_in(language, "fault.newer_file", **fault.value.values)


@pytest.mark.parametrize("write", [True, False])
def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path, write: bool) -> None:
    db = sqlite3.connect(tmp_path / "desk.db")
    db.execute("CREATE TABLE bookmarks (url)")
    db.close()
    (tmp_path / "desk.db").chmod(0o644)
    with pytest.raises(Fault, match="foreign_file"):
        Store.open(tmp_path, write=write)
    assert (tmp_path / "desk.db").stat().st_mode & 0o777 == 0o644
    db = sqlite3.connect(tmp_path / "desk.db")
    assert [row[0] for row in db.execute("SELECT name FROM sqlite_master")] == ["bookmarks"]
    db.close()


def test_an_empty_file_left_by_a_start_that_was_cut_short_becomes_a_desk(tmp_path: Path) -> None:
    (tmp_path / "desk.db").touch()
    with Store.open(tmp_path) as opened:
        assert opened.db.execute("SELECT count(*) FROM ticket").fetchone() == (0,)
    assert not (tmp_path / "backups").exists()


def test_a_reader_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="no_desk"):
        Store.open(tmp_path / "nowhere", write=False)
    assert not (tmp_path / "nowhere").exists()
