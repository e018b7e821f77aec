import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import cxdesk.demo

MODULES = sorted(Path(cxdesk.demo.__file__ or "").parent.glob("*.py"))
ALLOWED = {
    "bisect": None,
    "collections": None,
    "collections.abc": None,
    "dataclasses": None,
    "datetime": {"timedelta", "timezone"},
    "enum": None,
    "functools": None,
    "math": None,
    "random": {"Random"},
    "re": None,
    "types": None,
    "typing": None,
}


def imports(path: Path) -> Iterator[tuple[str, str | None]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_the_demo_has_no_clock_no_files_and_no_dice_of_its_own(path: Path) -> None:
    for module, name in imports(path):
        if module.startswith(("cxdesk.demo", "cxdesk.domain", "cxdesk.hangul")):
            continue
        assert module in ALLOWED, module
        only = ALLOWED[module]
        assert only is None or name in only, (module, name)
    calls = {
        node.func.id
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not calls & {"open", "print", "input", "eval", "exec"}
