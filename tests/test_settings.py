from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cxdesk import i18n
from cxdesk.domain.words import Language
from cxdesk.settings import CHOICES, Problem, Settings, read_settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cxdesk.toml"


def read(file: Path, text: str) -> tuple[Settings, tuple[Problem, ...]]:
    file.write_text(text, encoding="utf-8")
    return read_settings(file, {})


def test_without_a_file_every_default_is_in_force(file: Path) -> None:
    assert read_settings(file, {}) == (Settings(), ())


def test_an_empty_file_changes_nothing(file: Path) -> None:
    assert read(file, "# 아직 아무것도\n") == (Settings(), ())


def test_what_the_owner_set_is_in_force_and_the_rest_stays(file: Path) -> None:
    settings, problems = read(
        file,
        """
        [shop]
        name = "모퉁이 옷가게"
        time_zone = "Europe/London"
        [view]
        mouse = false
        [segments]
        vip_spent = 500_000
        risk_factor = 3
        [queue]
        priority = { urgent = 900 }
        """,
    )
    assert problems == ()
    assert settings.shop.name == "모퉁이 옷가게"
    assert settings.shop.currency == "KRW"
    assert settings.view.mouse is False
    assert (settings.segments.vip_spent, settings.segments.risk_factor) == (500_000, 3.0)
    assert settings.queue.priority == {"high": 600, "urgent": 900}
    assert settings.queue.segment == Settings().queue.segment


@pytest.mark.parametrize(
    ("text", "line", "code", "detail"),
    [
        pytest.param("[shop]\nname = \n", 2, "unreadable", "Invalid value", id="unreadable"),
        pytest.param("[shop]\nname = 'a'\nname = 'b'\n", 3, "unreadable", "Cannot overwrite", id="given twice"),
        pytest.param("\n[shopp]\nname = 'x'\n", 2, "unknown", "shopp", id="unknown section"),
        pytest.param("name = 'x'\n", 1, "unknown", "name", id="outside every section"),
        pytest.param("shop = 'x'\n", 1, "unknown", "shop", id="a value where a section should be"),
        pytest.param("[view]\n\nthem = 'dark'\n", 3, "unknown", "view.them", id="unknown setting"),
        pytest.param("[view]\nmouse = 'no'\n", 2, "type", "view.mouse: 'no'", id="text for a switch"),
        pytest.param("[view]\nmouse = 1\n", 2, "type", "view.mouse: 1", id="number for a switch"),
        pytest.param(
            "[segments]\nvip_orders = true\n", 2, "type", "segments.vip_orders: True", id="switch for a number"
        ),
        pytest.param("[segments]\nvip_orders = 1.5\n", 2, "type", "segments.vip_orders: 1.5", id="half a number"),
        pytest.param("[segments]\nvip_orders = -1\n", 2, "type", "segments.vip_orders: -1", id="less than nothing"),
        pytest.param("[queue]\npriority = 5\n", 2, "type", "queue.priority: 5", id="number for a table"),
        pytest.param(
            "[queue]\npriority = {high = 'x'}\n", 2, "type", "queue.priority: {'high': 'x'}", id="words in a table"
        ),
        pytest.param("[queue.priority]\nurgnt = 5\n", 1, "choice", "urgnt (normal, high, urgent)", id="unknown word"),
        pytest.param("[view]\ntheme = 'pink'\n", 2, "choice", "'pink' (dark, light, contrast, terminal)", id="choice"),
        pytest.param(
            "[shop]\nlanguage = 'auto'\n", 2, "choice", "shop.language: 'auto' (ko, en)", id="choice elsewhere"
        ),
        pytest.param("[shop]\ntime_zone = 'Asia/Seul'\n", 2, "choice", "shop.time_zone: 'Asia/Seul'", id="time zone"),
        pytest.param("shop.name = ''\nshop.currency = 5\n", 2, "type", "shop.currency: 5", id="dotted"),
        pytest.param(
            "[view]\ntheme='dark'\n[waiting]\nbusiness='bank'\n", 4, "choice", "waiting.business", id="second section"
        ),
    ],
)
def test_what_cannot_be_used_is_named_with_its_line_and_the_default_stays(
    file: Path, text: str, line: int, code: str, detail: str
) -> None:
    settings, (problem,) = read(file, text)
    assert (problem.file, problem.line, problem.code) == (str(file), line, code)
    assert detail in problem.detail
    assert settings == Settings()
    for language in Language:
        assert f"config.{code}" in i18n.catalogue(language)


def test_the_usable_settings_of_a_faulty_file_are_used(file: Path) -> None:
    settings, problems = read(file, "[view]\ntheme = 'light'\nmouse = 'x'\n[nowhere]\n[shop]\ncurrency = 'USD'\n")
    assert (settings.view.theme, settings.view.mouse, settings.shop.currency) == ("light", True, "USD")
    assert [(problem.line, problem.code) for problem in problems] == [(3, "type"), (4, "unknown")]


def test_a_file_that_is_not_text_is_named_and_the_program_starts(file: Path) -> None:
    file.write_bytes("[shop]\nname = '가게'\n".encode("cp949"))
    settings, (problem,) = read_settings(file, {})
    assert (settings, problem.code, problem.line) == (Settings(), "unreadable", None)


def test_a_folder_in_its_place_is_named_and_the_program_starts(file: Path) -> None:
    file.mkdir()
    settings, (problem,) = read_settings(file, {})
    assert (settings, problem.code) == (Settings(), "unreadable")


def test_the_environment_has_the_last_word_on_the_theme(file: Path) -> None:
    file.write_text("[view]\ntheme = 'light'\n")
    settings, problems = read_settings(file, {"CXDESK_THEME": "contrast"})
    assert (settings.view.theme, problems) == ("contrast", ())
    settings, (problem,) = read_settings(file, {"CXDESK_THEME": "pink"})
    assert settings.view.theme == "light"
    assert (problem.file, problem.line, problem.code) == ("CXDESK_THEME", None, "choice")


def test_settings_cannot_be_changed_in_place() -> None:
    with pytest.raises(AttributeError):
        Settings().shop.name = "x"  # type: ignore[misc]


def test_the_shops_time_is_its_zones() -> None:
    assert datetime.fromtimestamp(0, Settings().zone()).hour == 9


def test_an_unknown_zone_falls_back_to_the_one_everybody_has(file: Path) -> None:
    settings, _ = read(file, "[shop]\ntime_zone = '../etc/passwd'\n")
    assert settings.shop.time_zone == "Asia/Seoul"
    assert replace(settings, shop=replace(settings.shop, time_zone="Asia/Seul")).zone() is UTC


def test_every_default_is_one_of_its_choices() -> None:
    settings = Settings()
    for name, choices in CHOICES.items():
        section, _, setting = name.partition(".")
        value = getattr(getattr(settings, section), setting)
        assert set(value) <= set(choices) if isinstance(value, dict) else value in choices
