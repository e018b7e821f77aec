"""A desk may be killed at any moment: what it said was written is written, once, here and everywhere."""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.sync import another, desk_at, serving
from cxdesk.domain.words import Channel
from cxdesk.storage import check, secrets
from cxdesk.storage.store import Store
from cxdesk.sync.status import State
from tests.sync.killed import OVER, hurry

WHOLE = "note 01a0c450-6c00-7000-8000-000000000001"


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, str]]:
    monkeypatch.setenv("CXDESK_PASSPHRASE", "무화과")
    for name in ("_MEMORY_KIB", "_PASSES", "_LANES"):
        monkeypatch.setattr(secrets, name, getattr(secrets, name))
    hurry()
    server, url, code = serving(tmp_path / "server")
    yield url, code
    server.terminate()
    server.wait()
    assert server.stdout is not None
    server.stdout.close()


def test_a_desk_that_is_killed_again_and_again_loses_nothing(tmp_path: Path, address: tuple[str, str]) -> None:
    survive(tmp_path, address, 5)


@pytest.mark.long
def test_a_desk_that_is_killed_a_thousand_times_loses_nothing(tmp_path: Path, address: tuple[str, str]) -> None:
    survive(tmp_path, address, 1000)


def survive(folder: Path, address: tuple[str, str], kills: int) -> None:
    dice = random.Random(kills)
    url, code = address
    first, second = folder / "first", folder / "second"
    with Store.open(first) as store:
        desk = desk_at(store)
        desk.arrive(Channel.PHONE)
        desk.syncing.connect(url, code, "first")
    said = lives(first, [(n, dice.randrange(50, 900)) for n in range(kills)])
    assert said
    with Store.open(first) as store:
        in_the_end(store)
        assert desk_at(store).syncing.pending == 0
        assert check.faults(store.db) == []
        notes = kept(store)
    code = another(first)
    with Store.open(second) as store:
        desk_at(store).syncing.connect(url, code, "second")
        in_the_end(store)
        assert kept(store) == notes
    assert set(said) <= set(notes)
    assert len(notes) == len(set(notes))


def in_the_end(store: Store) -> None:
    """A desk tries again until it is in step; a machine that runs much else may be too slow once."""
    for _ in range(5):
        desk = desk_at(store)
        if desk.syncing.sync_now(lambda _touched: None, lambda _done, _total: None).state is not State.OFFLINE:
            return


def lives(folder: Path, plan: list[tuple[int, int]]) -> list[str]:
    """The notes a desk said were written before it was killed, life by life; a line that was cut is none."""
    command = [sys.executable, "-m", "tests.sync.killed", str(folder)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    said = []
    for seed, ms in plan:
        process.stdin.write(f"{seed} {ms}\n")
        process.stdin.flush()
        while (line := process.stdout.readline().strip()) != OVER:
            said.append(line)
    process.communicate()
    assert process.returncode == 0
    return [note for note in said if len(note) == len(WHOLE)]


def kept(store: Store) -> list[str]:
    return [row[0] for row in store.db.execute("SELECT body FROM message WHERE kind = 'note' ORDER BY id")]
