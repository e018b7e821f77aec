import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cxdesk import i18n
from cxdesk.domain.changes import Change, Stamp, insert
from cxdesk.domain.records import Note
from cxdesk.domain.words import Language
from cxdesk.storage import check
from cxdesk.storage.faults import Fault, fault_of
from cxdesk.storage.store import Store
from tests.looking import shared

CODES = ("disk_full", "read_only", "locked", "corrupt", "cannot_open", "unknown")


def note(stamp: Stamp, size: int = 10) -> Change:
    return Change("remember", (insert(Note(stamp.mint(), "c1", "가" * size, stamp.at)),))


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (sqlite3.OperationalError("database or disk is full"), "disk_full"),
        (OSError(28, "No space left on device"), "disk_full"),
        (OSError(122, "Disk quota exceeded"), "disk_full"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "read_only"),
        (OSError(30, "Read-only file system"), "read_only"),
        (PermissionError(13, "Permission denied"), "read_only"),
        (sqlite3.OperationalError("database is locked"), "locked"),
        (sqlite3.DatabaseError("file is not a database"), "corrupt"),
        (sqlite3.DatabaseError("database disk image is malformed"), "corrupt"),
        (sqlite3.OperationalError("unable to open database file"), "cannot_open"),
        (FileExistsError(17, "File exists"), "cannot_open"),
        (NotADirectoryError(20, "Not a directory"), "cannot_open"),
        (sqlite3.OperationalError("no such table: x"), "unknown"),
    ],
)
def test_an_error_of_the_file_becomes_the_fault_it_amounts_to(error: sqlite3.Error | OSError, code: str) -> None:
    assert fault_of(error, Path("/x/desk.db")).code == code


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("code", CODES)
def test_every_fault_has_a_sentence_in_both_languages(code: str, language: Language) -> None:
    fault = Fault(code, path="/x/desk.db", detail="why")
    assert i18n.t_in(language, f"fault.{fault.code}", **fault.values)
    assert str(fault) == f"{code} (path=/x/desk.db, detail=why)"


# -- what can be in the way of opening


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "desk").write_text("a file")
    with pytest.raises(Fault, match="cannot_open"):
        Store.open(tmp_path / "desk")
    with pytest.raises(Fault, match="cannot_open"):
        Store.open(tmp_path / "desk" / "below")


def test_a_folder_where_the_file_should_be(tmp_path: Path) -> None:
    (tmp_path / "desk.db").mkdir()
    with pytest.raises(Fault, match="cannot_open"):
        Store.open(tmp_path)


@pytest.mark.parametrize("write", [True, False])
def test_a_damaged_header(folder: Path, write: bool) -> None:
    path = folder / "desk.db"
    damaged = bytearray(path.read_bytes())
    for at in range(16):
        damaged[at] ^= 0xFF
    path.write_bytes(damaged)
    with pytest.raises(Fault, match="corrupt"):
        Store.open(folder, write=write)
    assert path.read_bytes() == damaged


def test_a_page_that_became_unreadable_is_told_and_nothing_is_half_written(folder: Path, stamp: Stamp) -> None:
    with Store.open(folder) as store:
        root = store.db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'note'").fetchone()[0]
        size = store.db.execute("PRAGMA page_size").fetchone()[0]
    with (folder / "desk.db").open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    with Store.open(folder) as store:
        with pytest.raises(Fault, match="corrupt"):
            store.commit(note(stamp), stamp)
        assert not store.db.in_transaction
        assert check.faults(store.db)


# -- what can be in the way of writing


def test_a_full_file_takes_nothing_of_a_change(store: Store, stamp: Stamp) -> None:
    store.commit(note(stamp), stamp)
    before = shared(store.db)
    pages = store.db.execute("PRAGMA page_count").fetchone()[0]
    store.db.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(Fault, match="disk_full"):
        store.commit(note(stamp, 100_000), stamp)
    assert shared(store.db) == before
    assert not store.db.in_transaction
    store.db.execute("PRAGMA max_page_count = 1000000")
    store.commit(note(stamp, 100_000), stamp)
    assert check.faults(store.db) == []


def test_a_file_locked_by_another_program(store: Store, stamp: Stamp) -> None:
    store.db.execute("PRAGMA busy_timeout = 1")
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Fault, match="locked"):
        store.commit(note(stamp), stamp)
    with pytest.raises(Fault, match="locked"):
        store.undo(stamp)
    other.execute("ROLLBACK")
    other.close()
    store.commit(note(stamp), stamp)
    assert len(shared(store.db)) == 1


# -- the same on a real file system

ON_A_SMALL_DISK = """
import sys
from pathlib import Path
from cxdesk.domain.changes import Change, Stamp, insert
from cxdesk.domain.records import Note
from cxdesk.places import mint, now
from cxdesk.storage import check
from cxdesk.storage.faults import Fault
from cxdesk.storage.store import Store

folder, kept = Path(sys.argv[1]), 0
ballast = folder / "ballast"
ballast.write_bytes(bytes(1_000_000))
def work(store):
    stamp = Stamp(now(), None, mint)
    store.commit(Change("remember", (insert(Note(mint(), "c1", "가나다라" * 500, stamp.at)),)), stamp)
with Store.open(folder) as store:
    try:
        while True:
            work(store)
            kept += 1
    except Fault as fault:
        print(fault.code)
    print(store.db.execute("SELECT count(*) FROM note").fetchone()[0] == kept, check.faults(store.db))
    ballast.unlink()
    work(store)
with Store.open(folder) as store:
    print(store.db.execute("SELECT count(*) FROM note").fetchone()[0] == kept + 1, check.faults(store.db))
"""

ON_A_READ_ONLY_DISK = """
import sys
from pathlib import Path
from cxdesk.storage.faults import Fault
from cxdesk.storage.store import Store
try:
    Store.open(Path(sys.argv[1]))
except Fault as fault:
    print(fault.code)
"""


@pytest.fixture
def in_own_mounts(tmp_path: Path, blank: Path) -> Callable[[str, str, str], list[str]]:
    """Runs a program on a desk of its own tmpfs, mounted with the given options where nobody else sees it."""
    unshare = shutil.which("unshare")
    probe = [unshare or "false", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", str(tmp_path)]
    if unshare is None or subprocess.run(probe, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount a small disk of their own")

    def run(options: str, then: str, program: str) -> list[str]:
        script = (
            f"mount -t tmpfs -o {options} tmpfs '{tmp_path}' && mkdir '{tmp_path}/d' && cp '{blank}' '{tmp_path}/d/'"
            f" && {then} && exec '{sys.executable}' -c \"$PROGRAM\" '{tmp_path}/d'"
        )
        done = subprocess.run(
            [unshare, "--map-root-user", "--mount", "sh", "-c", script],
            env=os.environ | {"PROGRAM": program},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stderr == ""
        return done.stdout.splitlines()

    return run


def test_a_full_disk_loses_nothing_and_work_goes_on_when_there_is_room(
    blank: Path, in_own_mounts: Callable[[str, str, str], list[str]]
) -> None:
    shutil.copy(blank, blank.with_name("copied.db"))
    found = in_own_mounts("size=3m", "true", ON_A_SMALL_DISK)
    assert found == ["disk_full", "True []", "True []"]


def test_a_read_only_disk_is_told(in_own_mounts: Callable[[str, str, str], list[str]], tmp_path: Path) -> None:
    assert in_own_mounts("size=3m", f"mount -o remount,ro '{tmp_path}'", ON_A_READ_ONLY_DISK) == ["read_only"]
