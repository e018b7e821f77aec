"""The documents say what the code says: keys, settings, rooms, operations, commands, and no link leads nowhere."""

import dataclasses
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from cxdesk.actions import ACTIONS
from cxdesk.cli import COMMANDS
from cxdesk.keys import read_keymap
from cxdesk.settings import Settings, read_settings
from tools import keys, operations

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.ko.md")
DOCUMENTS = (*READMES, "CONTRIBUTING.md", "CHANGELOG.md", *(f"docs/{path.name}" for path in ROOT.glob("docs/*.md")))
FIRST_LINE = "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/cxdesk demo"
SECOND_LINE = "python3 -m venv .venv && .venv/bin/pip install -e '.[dev]' && .venv/bin/pytest"


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_key_tables_and_keymap_are_up_to_date() -> None:
    found = [path.name for path in keys.stale()]
    assert not found, f"{', '.join(found)}: run python tools/keys.py --write"


def test_the_example_of_operations_is_what_the_desk_writes() -> None:
    assert operations.with_example(read("docs/protocol-operations.md")) == read("docs/protocol-operations.md"), (
        "run python tools/operations.py --write"
    )


@pytest.mark.parametrize("name", READMES)
def test_a_readme_has_the_two_lines_and_a_screen_of_its_size(name: str) -> None:
    text = read(name)
    assert FIRST_LINE in text.splitlines()
    assert SECOND_LINE in text.splitlines()
    screen = text.partition("<!-- screen:begin -->")[2].partition("<!-- screen:end -->")[0]
    lines = screen.strip().removeprefix("```text\n").removesuffix("\n```").split("\n")
    assert len(lines) == 36
    assert lines[0].startswith(" cxdesk ")


@pytest.mark.parametrize("name", READMES)
def test_a_readme_names_every_command(name: str) -> None:
    text = read(name)
    assert [command for command in COMMANDS if f"cxdesk {command}" not in text] == []


def test_both_readmes_have_the_same_parts_and_the_same_commands() -> None:
    english, korean = (re.findall(r"^```sh\n(.*?)^```", read(name), re.M | re.S) for name in READMES)
    assert len(english) == len(korean)
    parts = [len(re.findall(r"^## ", read(name), re.M)) for name in READMES]
    assert parts[0] == parts[1]


def test_the_tree_names_every_room() -> None:
    tree = read("CONTRIBUTING.md").partition("## The tree")[2].partition("```text")[2].partition("```")[0]
    named = set(re.findall(r"(\w+(?:\.py)?)/?(?=\s)", tree))
    package = ROOT / "src" / "cxdesk"
    rooms = {path.parent.name for path in package.glob("*/__init__.py")}
    modules = {path.name for path in package.glob("*.py")} - {"__init__.py"}
    assert (rooms | modules) - named == set()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_inside_the_repository_leads_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", read(name)):
        path, _, heading = target.partition("#")
        if target.startswith("https://"):
            continue
        file = (ROOT / name).parent / path if path else ROOT / name
        assert file.exists(), target
        if heading:
            headings = re.findall(r"^#+ (.+)$", file.read_text("utf-8"), re.M)
            assert heading in {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in headings}, target


@pytest.mark.parametrize("name", [*DOCUMENTS, "constraints.txt", ".ci/run", "config/cxdesk.toml", "config/keymap.toml"])
def test_no_document_names_a_folder_of_some_machine(name: str) -> None:
    assert not re.search(r"/(home|root|Users|work|opt|tmp)/", read(name))


def test_the_shipped_settings_are_the_defaults_every_one_of_them() -> None:
    path = ROOT / "config" / "cxdesk.toml"
    assert tomllib.loads(path.read_text("utf-8")) == plain(Settings())
    assert read_settings(path, {}) == (Settings(), ())


def test_every_setting_says_why_in_both_languages() -> None:
    lines = read("config/cxdesk.toml").splitlines()
    for number, line in enumerate(lines):
        if " = " in line and not line.startswith("#"):
            korean, english = lines[number - 1], lines[number - 2]
            assert re.search("[가-힣]", korean), line
            assert english.startswith("#"), line
            assert not re.search("[가-힣]", english), line


def plain(settings: Any) -> dict[str, Any]:
    """Settings as TOML would have them."""
    return {
        field.name: plain(value) if dataclasses.is_dataclass(value := getattr(settings, field.name)) else value
        for field in dataclasses.fields(settings)
    }


def test_the_shipped_keymap_changes_nothing() -> None:
    shipped = read_keymap(ROOT / "config" / "keymap.toml")
    assert shipped.keys == {action.id: action.keys for action in ACTIONS}


def test_a_keymap_with_every_line_switched_on_is_read_and_changes_nothing(tmp_path: Path) -> None:
    text = re.sub(r"^# (\w+ = \[)", r"\1", read("config/keymap.toml"), flags=re.M)
    (tmp_path / "keymap.toml").write_text(text, "utf-8")
    assert len(tomllib.loads(text)["keys"]) == len(ACTIONS)
    assert read_keymap(tmp_path / "keymap.toml").keys == {action.id: action.keys for action in ACTIONS}


def test_decisions_are_numbered_without_gaps_and_short() -> None:
    found = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(path.name[:3]) for path in found] == list(range(1, len(found) + 1))
    for path in found:
        text = path.read_text("utf-8")
        assert text.startswith(f"# {path.name[:3]} · ")
        assert len(text.splitlines()) <= 20
