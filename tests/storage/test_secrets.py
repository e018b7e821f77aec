"""The one secret of a desk is never on the disk as it is, whatever key ring is there."""

from pathlib import Path
from typing import Any

import pytest

from cxdesk.storage import secrets
from cxdesk.storage.faults import Fault
from cxdesk.storage.secrets import Secrets

TOKEN = "cxd_r_0123456789abcdef"


class Ring:
    """A key ring in memory; a forgetful one loses what it is given."""

    def __init__(self, *, forgetful: bool = False) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.forgetful = forgetful

    def get_password(self, service: str, name: str) -> str | None:
        return self.kept.get((service, name))

    def set_password(self, service: str, name: str, value: str) -> None:
        if not self.forgetful:
            self.kept[service, name] = value

    def delete_password(self, service: str, name: str) -> None:
        del self.kept[service, name]


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Ring:
    made = Ring()
    monkeypatch.setattr(secrets, "_ring", lambda: made)
    return made


@pytest.fixture
def _no_ring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "_ring", lambda: None)


def test_a_key_ring_keeps_it(ring: Ring, tmp_path: Path) -> None:
    kept = Secrets(tmp_path, "sync")
    kept.write(TOKEN)
    assert Secrets(tmp_path, "sync").read() == TOKEN
    assert list(tmp_path.iterdir()) == []
    kept.forget()
    assert ring.kept == {}


def test_two_folders_have_two_secrets(ring: Ring, tmp_path: Path) -> None:
    Secrets(tmp_path / "one", "sync").write("a")
    Secrets(tmp_path / "two", "sync").write("b")
    assert Secrets(tmp_path / "one", "sync").read() == "a"


def test_a_key_ring_that_forgets_is_not_trusted(ring: Ring, tmp_path: Path) -> None:
    ring.forgetful = True
    with pytest.raises(Fault, match="no_keyring"):
        Secrets(tmp_path, "sync").write(TOKEN)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("_no_ring")
def test_a_passphrase_locks_it_and_nothing_else_opens_it(tmp_path: Path) -> None:
    kept = Secrets(tmp_path, "sync", lambda: "무화과 나무 세 그루")
    assert kept.needs_passphrase
    kept.write(TOKEN)
    (file,) = tmp_path.iterdir()
    assert TOKEN.encode() not in file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600
    later = Secrets(tmp_path, "sync")
    assert later.locked
    assert later.read() is None
    assert not later.unlock("다른 말")
    assert later.unlock("무화과 나무 세 그루")
    assert (later.read(), later.locked) == (TOKEN, False)
    file.write_bytes(file.read_bytes()[:-9] + b'AAAAAA=="}')
    assert later.read() is None


@pytest.mark.usefixtures("_no_ring")
def test_without_a_passphrase_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="no_keyring"):
        Secrets(tmp_path, "sync").write(TOKEN)
    assert list(tmp_path.iterdir()) == []


def test_a_key_ring_that_writes_plainly_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def made(module: str, priority: float) -> Any:
        return type("Keyring", (Ring,), {"__module__": module, "priority": priority})()

    plain, none = made("keyrings.alt.file", 9), made("keyring.backends.null", 8)
    good = made("keyring.backends.SecretService", 5)
    monkeypatch.setattr("keyring.backend.get_all_keyring", lambda: [plain, none])
    assert secrets._ring() is None
    monkeypatch.setattr("keyring.backend.get_all_keyring", lambda: [plain, none, good])
    assert secrets._ring() is good
