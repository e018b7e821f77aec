from zoneinfo import ZoneInfo

import pytest

from cxdesk.desk.phrases import Phrases


@pytest.fixture(scope="session")
def phrases() -> Phrases:
    """The shipped lines, read once for all tests that only look at them."""
    return Phrases(ZoneInfo("Asia/Seoul"))
