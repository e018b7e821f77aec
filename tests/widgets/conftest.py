from collections.abc import Iterator
from pathlib import Path

import pytest

from cxdesk import i18n
from tests.screens.hands import Shop, open_shop


@pytest.fixture(autouse=True)
def own_language_and_clipboard(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The language is global, and a copied sentence must not land on the clipboard of whoever runs the tests."""
    monkeypatch.setenv("SSH_CONNECTION", "a test")
    before = list(i18n._current)
    yield
    i18n._current[:] = before


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with open_shop(tmp_path / "desk") as opened:
        yield opened
