"""What an import pulls in, asked of a fresh interpreter. Who may import whom is in .importlinter and checked here."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = (
    "sqlmodel", "sqlalchemy", "pydantic", "alembic", "httpx", "keyring", "liquid", "python_calamine", "msoffcrypto",
    "numpy", "babel",
)  # fmt: skip
SCREEN = ("textual", "rich")


def loaded_by(*modules: str) -> set[str]:
    """The names of the top-level packages, and of our own modules, that importing these loads."""
    program = f"import {', '.join(modules)}, sys; print(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    names = set(done.stdout.split())
    return {name.split(".")[0] for name in names} | {name for name in names if name.startswith("cxdesk.")}


def test_the_first_frame_waits_for_nothing_heavy() -> None:
    loaded = loaded_by("cxdesk.__main__", "cxdesk.commands.desk", "cxdesk.app")
    assert not loaded & set(HEAVY)
    assert not {name for name in loaded if name.startswith(("cxdesk.storage.tables", "cxdesk.demo", "cxdesk.imports"))}


def test_the_pure_rooms_load_neither_screen_nor_file() -> None:
    pure = ("cxdesk.protocol", "cxdesk.domain", "cxdesk.hangul", "cxdesk.wait", "cxdesk.empathy")
    names = [
        ".".join(path.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__")
        for room in pure
        for path in sorted((ROOT / "src" / room.replace(".", "/")).glob("*.py"))
    ]
    loaded = loaded_by(*names)
    assert not loaded & {*HEAVY, *SCREEN, "sqlite3"}
    ours = {name.split(".")[1] for name in loaded if name.startswith("cxdesk.")}
    assert ours == {"protocol", "domain", "hangul", "wait", "empathy"}


def test_the_desk_needs_no_screen() -> None:
    assert not loaded_by("cxdesk.desk", "cxdesk.desk.phrases", "cxdesk.desk.look") & {*SCREEN, *HEAVY}


def test_saying_the_version_loads_neither_options_nor_screen() -> None:
    program = "import runpy, sys; sys.argv = ['cxdesk', '--version']; runpy.run_module('cxdesk', run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-c", f"{program}; print(' '.join(sys.modules))"], capture_output=True, text=True, check=True
    )
    version, loaded = done.stdout.splitlines()
    assert version.startswith("cxdesk 0.")
    assert not {"argparse", "textual", "sqlite3", "cxdesk.cli"} & set(loaded.split())


def test_help_loads_no_screen_and_no_file() -> None:
    loaded = loaded_by("cxdesk.cli")
    assert not loaded & {*SCREEN, *HEAVY, "sqlite3"}


def test_imports_go_the_way_the_contracts_say() -> None:
    pytest.importorskip("importlinter")
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout
