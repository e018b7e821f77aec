"""What is in the box: cheap checks that an installed program finds its defaults. `.ci/run` installs it for real."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import cxdesk
from cxdesk.imports.synonyms import shipped_maps
from cxdesk.settings import shipped
from cxdesk.storage import migrate

ROOT = Path(__file__).parents[1]
PACKAGE = Path(cxdesk.__file__).parent


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_the_wheel_takes_config_into_the_package(project: dict[str, Any]) -> None:
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["packages"] == ["src/cxdesk"]
    assert wheel["force-include"] == {"config": "cxdesk/config"}


def test_everything_an_sdist_is_said_to_hold_is_there(project: dict[str, Any]) -> None:
    named = project["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("name", ["cxdesk.toml", "keymap.toml", "scripts/ko", "scripts/en", "imports/synonyms.toml"])
def test_shipped_files_are_found(name: str) -> None:
    assert shipped(*name.split("/")).exists()


def test_an_installed_package_looks_inside_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config").mkdir()
    monkeypatch.setattr("cxdesk.settings.__file__", str(tmp_path / "settings.py"))
    assert shipped("cxdesk.toml") == tmp_path / "config" / "cxdesk.toml"


def test_settings_and_imports_look_in_the_same_place() -> None:
    assert shipped_maps() == shipped("imports")


def test_types_and_migrations_are_part_of_the_package() -> None:
    assert (PACKAGE / "py.typed").exists()
    versions = list((PACKAGE / "storage" / "migrations" / "versions").glob("v*.py"))
    assert len(versions) == migrate.LATEST
    assert (PACKAGE / "storage" / "migrations" / "script.py.mako").exists()


def test_the_version_is_said_once_more_in_the_metadata(project: dict[str, Any]) -> None:
    assert project["project"]["version"] == cxdesk.__version__


def test_every_dependency_has_a_lower_and_an_upper_bound(project: dict[str, Any]) -> None:
    extras = project["project"]["optional-dependencies"].values()
    every = [*project["project"]["dependencies"], *(one for extra in extras for one in extra)]
    assert [one for one in every if not re.X] == []


def test_constraints_pin_every_direct_dependency_with_hashes_and_name_no_place(project: dict[str, Any]) -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    said = [line for line in lines if not line.startswith("#")]
    pinned = {line.partition("==")[0] for line in said if not line.startswith(" ")}
    every = [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["dev"]]
    every += project["build-system"]["requires"]
    assert {re.split(r"[\[><=]", one)[0] for one in every} - pinned == set()
    pin = re.compile(r"[a-z0-9.-]+==[\w.]+( ; [\w .'<>=!]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert [line for line in said if not pin.fullmatch(line)] == []


def test_ci_can_be_run() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert "set -euo pipefail" in script.read_text("utf-8")
