"""A shop with a server in this process."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.conftest import Clock
from tests.sync.desks import Shop, shop_at


@pytest.fixture
async def shop(tmp_path: Path, blank: Path, clock: Clock) -> AsyncIterator[Shop]:
    async with shop_at(tmp_path, blank, clock) as made:
        yield made
