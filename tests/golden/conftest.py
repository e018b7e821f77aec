import pytest

from cxdesk.domain.words import Language
from tests.golden.screens import Taken, demo_file


@pytest.fixture(scope="session", params=list(Language))
def taken(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Taken:
    """The demo shop of a language, filled once."""
    lang: Language = request.param
    return Taken(lang, demo_file(lang, tmp_path_factory.mktemp("demo")), tmp_path_factory.mktemp("shots"))
