import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cxdesk.storage.faults import Fault
from cxdesk.storage.lock import Lock
from cxdesk.storage.store import Store

HOLDER = """
import sys
from pathlib import Path
from cxdesk.storage.store import Store
with Store.open(Path(sys.argv[1])):
    print("open", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held_elsewhere(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the desk open until its standard input closes."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        yield holder


def test_a_second_writer_is_told_which_process_has_the_file(folder: Path) -> None:
    with held_elsewhere(folder) as holder:
        with pytest.raises(Fault) as fault:
            Store.open(folder)
        assert fault.value.code == "in_use"
        assert fault.value.values == {"path": str(folder), "pid": str(holder.pid)}
        with Store.open(folder, write=False) as reader:
            assert reader.db.execute("SELECT count(*) FROM ticket").fetchone() == (0,)


def test_a_process_that_was_killed_holds_nothing(folder: Path) -> None:
    with held_elsewhere(folder) as holder:
        holder.kill()
        holder.wait()
        Store.open(folder).close()


def test_a_refused_writer_leaves_the_holder_its_lock(folder: Path) -> None:
    with held_elsewhere(folder):
        for _ in range(2):
            with pytest.raises(Fault, match="in_use"):
                Store.open(folder)


def test_a_lock_given_back_can_be_taken_again(tmp_path: Path) -> None:
    lock = Lock.take(tmp_path / "desk.lock")
    lock.release()
    lock.release()
    Lock.take(tmp_path / "desk.lock").release()


def test_a_desk_that_could_not_be_opened_keeps_no_lock(folder: Path) -> None:
    (folder / "desk.db").write_bytes(b"no database at all, but long enough to be one" * 20)
    with pytest.raises(Fault, match="corrupt"):
        Store.open(folder)
    (folder / "desk.db").unlink()
    with held_elsewhere(folder):
        pass
